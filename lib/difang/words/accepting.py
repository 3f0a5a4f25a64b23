"""Accepting: phrases that a researcher takes into a lexicon, with who, when and why.

In goes a register or a list of candidates, and the folder of a lexicon; its set_phrases.csv has
the phrases afterwards.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from difang import project
from difang.corpus.reference import append_rows
from difang.words.lexicon import PHRASE_COLUMNS, LexiconError, bare, keys, read_lexicon, read_text
from difang.writing import make_folder

FILE = "set_phrases.csv"
FORMS = ("phrase", "variants")
SIGNED = ("who", "when", "why")  # columns that follow those of the file


def accept(
    phrases: pd.DataFrame | Iterable[str],
    *,
    who: str,
    why: str = "",
    when: str | None = None,
    folder: Path = project.LEXICON,
) -> pd.DataFrame:
    """Take phrases into the lexicon of a folder.

    Rows that stand in the file stay as they are; so do phrases it has, as entry or as variant.
    Other lexicons are not touched, and what was read before is as it was: read the folder again.
    Of a phrase only its wording is written, and who took it, when and why: first seen in a corpus
    is no official first use.

    Parameters
    ----------
    phrases : DataFrame with a column phrase, or iterable of str
        Such as rows of `candidates` or `set_phrases`.
    who, why : str
        Who accepts them, and for which reason.
    when : str, optional
        Day; today by default.
    folder : Path
        Of the lexicon; its set_phrases.csv is made if it is not there.

    Returns
    -------
    DataFrame
        The rows that were added; `attrs["known"]`: the phrases that were there already.

    Raises
    ------
    LexiconError
        `who` is empty; there is no column phrase; a phrase is punctuation only; or the file
        cannot be read. The file is then as it was.
    OutputError
        The file cannot be written.
    """
    rows = phrases if isinstance(phrases, pd.DataFrame) else pd.DataFrame({"phrase": [*phrases]})
    if not who.strip() or "phrase" not in rows:
        lacks = "Nobody signs: `who` is empty" if "phrase" in rows else "There is no column phrase"
        raise LexiconError(
            f"Cannot accept {len(rows)} phrases. {lacks}. Call "
            'accept(rows, who="your name", why="…") with rows of `candidates` or `set_phrases`.'
        )
    make_folder(folder)
    known = read_lexicon(folder).phrases.to_dict("records")
    taken = {key for row in known for key in keys({name: str(row[name]) for name in FORMS})}
    wanted = {keys({"phrase": one}).pop(): bare(one) for one in rows["phrase"]}
    if "" in wanted:
        raise LexiconError(f"Cannot accept {wanted['']!r}. It is no wording. Leave that row out.")
    new = [phrase for key, phrase in wanted.items() if key not in taken]
    added = pd.DataFrame({"phrase": new, "match": "any", "who": who, "why": why}, dtype="str")
    added["when"] = when or date.today().isoformat()
    path = folder / FILE
    append_rows(path, read_text(path), added, header=PHRASE_COLUMNS, needed=SIGNED)
    added.attrs["known"] = [phrase for phrase in wanted.values() if phrase not in new]
    return added
