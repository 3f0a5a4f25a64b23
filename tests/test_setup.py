"""The set-up files agree: pyproject.toml, environment.yml, the lock, and what git ignores."""

import hashlib
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
ASKED_FOR = {"jupyterlab", "pandas", "jieba", "matplotlib", "wordcloud", "scikit-learn"}
CONDA_NAMES = {"brotli-python": "brotli"}
PLATFORMS = [
    {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"},
    {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
]
SEEDS = {
    "000_e42d4e34f27c5150.txt": "85428fbc394d9389ce2f22c23c7df65afb72a3c26a6e6c8ec8fc4d8db0d42b01",
    "001_e082826ebc31ba23.txt": "7a153783c71614cee7b2a330e80fd7780cd654ad4a74a2804b59eda48ecd226c",
    "002_fe6e44c51daf8143.txt": "a6b188211ce05ab5ed01aff46197e86565cb7568ee9ace15b41efcc0c5451f32",
    "003_00368fc007a92287.txt": "c8ab2ad050a5d47ef67fd136247baa83126756ef8b202d2b90147af550017fef",
    "004_b317a05d6deb3d65.txt": "3efecbfff10ac463a56c7d26e92abaccb5fff2339c1dc5ca0a087e36abd71aaf",
}


def ranges(requirements: list[Requirement]) -> dict[str, SpecifierSet]:
    return {canonicalize_name(needed.name): needed.specifier for needed in requirements}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def needed(project) -> dict[str, SpecifierSet]:
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    return ranges([Requirement(line) for line in project["dependencies"] + extras])


@pytest.fixture(scope="module")
def conda() -> dict[str, SpecifierSet]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    pip = listed.pop()["pip"]
    assert pip.pop() == "-e ."
    table = ranges([Requirement(line) for line in listed + pip])
    assert len(table) == len(listed + pip), "a package is listed twice"
    return {CONDA_NAMES.get(name, name): specifier for name, specifier in table.items()}


@pytest.fixture(scope="module")
def lock() -> dict[str, tuple[Requirement, list[str]]]:
    text = (ROOT / "requirements.lock.txt").read_text("utf-8").replace("\\\n", " ")
    table = {}
    for line in text.splitlines():
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        requirement = Requirement(pin)
        assert requirement.name not in table, f"{requirement.name} has more than one version"
        table[requirement.name] = (requirement, hashes)
    return table


def applies(requirement: Requirement, python: str, platform: dict[str, str]) -> bool:
    settings = {"python_version": python, "python_full_version": f"{python}.0", **platform}
    return requirement.marker is None or requirement.marker.evaluate({**settings, "extra": ""})


def test_environment_yml_has_the_names_ranges_and_python_of_pyproject(project, needed, conda):
    assert conda.pop("python") == SpecifierSet(project["requires-python"])
    assert conda.pop("pip") == SpecifierSet()
    assert conda == needed


def test_the_six_packages_asked_for_are_in_all_three(project, conda, lock):
    core = ranges([Requirement(line) for line in project["dependencies"]])
    assert core.keys() >= ASKED_FOR
    assert conda.keys() >= ASKED_FOR
    assert lock.keys() >= ASKED_FOR


def test_the_lock_pins_every_dependency_inside_its_range_everywhere(needed, lock):
    for name, specifier in needed.items():
        pin, _ = lock[name]
        assert pin.marker is None
        assert specifier.contains(str(pin.specifier).removeprefix("=="))


def test_every_line_of_the_lock_is_one_version_with_hashes_and_no_address(lock):
    text = (ROOT / "requirements.lock.txt").read_text("utf-8")
    for requirement, hashes in lock.values():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier))
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)
    assert not re.search(r"://|(?m:^\s*-[^-])|--(?!hash=)| @ ", text)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_holds_what_its_packages_require_on_every_platform(lock, python):
    for name, (pin, _) in lock.items():
        if not is_installed_as_pinned(name, pin):
            continue
        for line in metadata.requires(name) or []:
            requirement = Requirement(line)
            for platform in PLATFORMS:
                if applies(pin, python, platform) and applies(requirement, python, platform):
                    found, _ = lock[canonicalize_name(requirement.name)]
                    assert applies(found, python, platform)
                    version = str(found.specifier).removeprefix("==")
                    assert requirement.specifier.contains(version, prereleases=True)


def is_installed_as_pinned(name: str, pin: Requirement) -> bool:
    """A package for another platform is not installed here; conda may hold other versions."""
    try:
        return pin.specifier.contains(metadata.version(name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False


def test_the_seeds_are_the_bytes_that_were_handed_over():
    files = (ROOT / "seeds").iterdir()
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == SEEDS


@pytest.fixture(scope="module")
def is_ignored(tmp_path_factory):
    """Ask git itself, in a repository that has our rules and none of the user's own."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copy(ROOT / ".gitignore", folder)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)

    def ask(path: str) -> bool:
        command = ["git", "-c", "core.excludesFile=", "check-ignore", "--quiet", path]
        status = subprocess.run(command, cwd=folder, check=False).returncode
        assert status in (0, 1), "git could not say"
        return status == 0

    return ask


@pytest.mark.parametrize(
    "path",
    [
        "lib/difang/corpus/new.py",
        "data/reference/new.csv",
        "data/lexicon/words.txt",
        "data/overrides.csv",
        "data/corpus/README.md",
        "seeds/005_new.txt",
        "notebooks/01-corpus.ipynb",
        "lib/difang/reports/template/page.html.j2",
        "tests/reports/test_new.py",
    ],
)
def test_git_keeps_what_belongs_to_the_project(path, is_ignored):
    assert not is_ignored(path)


@pytest.mark.parametrize(
    "path",
    [
        ".venv/bin/python",
        ".venv.lock",
        "uv.lock",
        "reports/index.html",
        "data/cache/x.npy",
        "data/corpus/mine.txt",
        "lib/difang.egg-info/PKG-INFO",
        "notebooks/.ipynb_checkpoints/x.ipynb",
    ],
)
def test_git_leaves_out_what_is_built_or_private(path, is_ignored):
    assert is_ignored(path)
