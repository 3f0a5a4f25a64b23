"""Where the project's own folders lie, whatever the working directory."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
NOTEBOOKS = ROOT / "notebooks"
REFERENCE = ROOT / "data" / "reference"
LEXICON = ROOT / "data" / "lexicon"
CACHE = ROOT / "data" / "cache"
OVERRIDES = ROOT / "data" / "overrides.csv"
