"""The lexicon: the words, set phrases and stopword lists that a researcher works with.

In goes a folder of four plain files (data/lexicon/README.md), out comes a `Lexicon`.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from difang import project
from difang.errors import DifangError
from difang.words.matching import MATCH, Phrase, is_plain_word, spelling

PHRASE_COLUMNS = (
    *("phrase", "pinyin", "gloss", "variants", "match", "kind"),
    *("first_use", "lower_bound", "occasion", "source", "confidence"),
)
DECISIVE = ["phrase", "variants", "match"]  # columns that decide the tokens
REMARK = re.compile(r"(?:^|\s)#.*")
WORD_LINE = re.compile(r"(\S+)(?:\s+(\d+))?(?:\s+([A-Za-z]+))?")


class LexiconError(DifangError):
    """A lexicon file that cannot be read as what it is meant to be."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words, set phrases and stopword lists.

    Attributes
    ----------
    words : DataFrame, one row per entry of words.txt
        word, freq (occurrences as given, 0 where none is given), tag.
    phrases : DataFrame, one row per set phrase
        phrase (as tables write it), pinyin (toned, by words), gloss (in English), variants
        (`|` between them), match (any, quoted, off), kind, first_use, lower_bound, occasion,
        source, confidence, and any further column of the file; a cell left empty is "".
    stopwords : dict of frozensets
        One set per file that ends in stopwords.txt, named after the file.
    hash : str
        SHA-256 of all that decides the tokens: words, phrases, variants, match.
    """

    words: pd.DataFrame
    phrases: pd.DataFrame
    stopwords: dict[str, frozenset[str]]
    hash: str

    @property
    def function_words(self) -> frozenset[str]:
        """The words of all the stopword lists, which tables of keywords leave out."""
        return frozenset().union(*self.stopwords.values())

    @property
    def plain_words(self) -> pd.DataFrame:
        """The words that jieba can hold; the others are matched on the text."""
        return self.words[self.words["word"].map(is_plain_word).astype(bool)]

    def to_match(self) -> list[Phrase]:
        """Return what is matched on the text: phrases, variants, words with punctuation."""
        found = [
            spelling(written, phrase, match)
            for phrase, variants, match in self.phrases[DECISIVE].itertuples(index=False)
            for written in (phrase, *variants.split("|"))
            if written and match != "off"
        ]
        odd = [word for word in self.words["word"] if not is_plain_word(word)]
        known = {phrase.key for phrase in found}
        entries = (spelling(word, bare(word), "any") for word in odd)
        return found + [entry for entry in entries if entry.key not in known]


def read_lexicon(folder: Path | str = project.LEXICON) -> Lexicon:
    """Read a folder with words.txt, set_phrases.csv and …stopwords.txt; each may be missing.

    A frequency in words.txt is a floor, never a lid. Byte-order marks, Windows line ends,
    remarks (`#`) and empty lines do no harm.

    Raises
    ------
    LexiconError
        The folder does not exist; a file is not UTF-8; a line or row says nothing that can
        be used; a phrase stands twice. The message names file and line.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise LexiconError(
            f"Cannot read the lexicon {folder}. The folder does not exist. "
            "Name a folder with words.txt or set_phrases.csv."
        )
    words = _words(folder / "words.txt")
    phrases = _phrases(folder / "set_phrases.csv")
    files = sorted(folder.glob("*stopwords.txt"))
    lists = {path.stem: frozenset(line for _, line in read_lines(path)) for path in files}
    decisive = json.dumps([words.to_numpy().tolist(), phrases[DECISIVE].to_numpy().tolist()])
    digest = hashlib.sha256(decisive.encode()).hexdigest()
    return Lexicon(words, phrases, lists, digest)


def bare(written: str) -> str:
    """Return a phrase as tables write it: without quotation marks.

    >>> bare("“五型”政府")
    '五型政府'
    """
    return spelling(written, "", "any", keep_joints=True).key


def keys(row: Mapping[str, str]) -> set[str]:
    """Give what a row of set_phrases.csv is matched by: phrase and variants, no punctuation."""
    forms = (row["phrase"], *filter(None, row.get("variants", "").split("|")))
    return {spelling(form, "", "any").key for form in forms}


def read_text(path: Path) -> str:
    """Read a file of the lexicon, with or without byte-order mark; "" if it is not there."""
    try:
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LexiconError(
            f"Cannot read {path} as UTF-8, line {line}. It holds the byte "
            f"0x{error.object[error.start]:02x} there. Save the file as UTF-8 "
            "(in Excel: “CSV UTF-8”)."
        ) from error


def read_lines(path: Path) -> list[tuple[int, str]]:
    """Read a list, one entry a line, with its line numbers: without remarks and empty lines."""
    lines = (REMARK.sub("", line).strip() for line in read_text(path).splitlines())
    return [(number, line) for number, line in enumerate(lines, start=1) if line]


def read_table(
    path: Path,
    columns: Sequence[str],
    needed: Sequence[str],
    problem: Callable[[dict[str, str], int], str],
) -> pd.DataFrame:
    """Read a CSV table; spaces around a cell and empty rows do no harm, an empty cell is "".

    Parameters
    ----------
    columns : sequence of str
        Stand first, empty where the file lacks them; further ones follow as in the file.
    needed : sequence of str
        Columns that the file must have.
    problem : function
        Says of a row and its line what is wrong with it, "" if nothing is.

    Raises
    ------
    LexiconError
        Names the file and the first line that cannot be used.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), restval="", strict=True)
    rows: list[dict[str, str]] = []
    try:
        found = reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        if any(found.count(name) != 1 for name in needed):
            raise LexiconError(
                f"Cannot use {path}. It holds the columns {', '.join(found) or 'none'}. "
                f"Name one column `{'` and one `'.join(needed)}`, and separate them by commas."
            )
        names = list(dict.fromkeys([*columns, *filter(None, found)]))
        for given in reader:
            row = {name: given.get(name, "").strip() for name in names}
            if not any(row.values()):
                continue
            wide = "it has more cells than the head of the table" if None in given else ""
            if said := wide or problem(row, reader.line_num):
                line = reader.line_num
                raise LexiconError(f"Cannot use {path}, line {line}: {said}. Mend that row.")
            rows.append(row)
    except csv.Error as error:
        line = reader.line_num
        raise LexiconError(f"Cannot read {path} after line {line}: {error}. Mend it.") from error
    return pd.DataFrame(rows, columns=names, dtype="str")


def _words(path: Path) -> pd.DataFrame:
    rows: dict[str, tuple[str, int, str]] = {}
    for number, line in read_lines(path):
        match = WORD_LINE.fullmatch(line)
        if match is None or not spelling(match[1], "", "any").key:
            raise LexiconError(
                f"Cannot read {path}, line {number}: {line!r}. A line holds a word, then a whole "
                "number if wanted, then a tag in letters if wanted. Wordings with a space belong "
                "into set_phrases.csv."
            )
        word, freq, tag = match.groups(default="")
        rows[word] = (word, max(int(freq or 0), rows.get(word, ("", 0))[1]), tag)
    table = pd.DataFrame(list(rows.values()), columns=["word", "freq", "tag"])
    return table.astype({"word": str, "freq": "int64", "tag": str})


def _phrases(path: Path) -> pd.DataFrame:
    if not read_text(path):
        return pd.DataFrame(columns=PHRASE_COLUMNS, dtype="str")
    earlier: set[str] = set()
    table = read_table(path, PHRASE_COLUMNS, ["phrase"], lambda row, _: _problem(row, earlier))
    table["phrase"], table["match"] = table["phrase"].map(bare), table["match"].replace("", "any")
    return table


def _problem(row: dict[str, str], earlier: set[str]) -> str:
    """Say what is wrong with a row; note its keys as taken."""
    forms = keys(row)
    if "" in forms:
        return "it holds no phrase, or a variant of punctuation only"
    if row["match"] not in ("", *MATCH):
        return f"match is {row['match']!r}, not one of {', '.join(MATCH)}"
    if forms & earlier:
        return f"{bare(row['phrase'])} or a variant of it stands in an earlier row too"
    earlier |= forms
    return ""
