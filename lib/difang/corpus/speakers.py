"""Who speaks: persons named with their office who chair, speak, stress or are interviewed.

A page goes in; out comes one piece of evidence a speaker, as stated: 刘奇（省委书记）.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from itertools import zip_longest

from difang.corpus.bodies import HEAD, cite_head, is_common
from difang.corpus.cues import pattern
from difang.corpus.evidence import Evidence, Page, seek
from difang.corpus.gazetteer import common_words, find_places

LINE = "The line gives name and office before the words said."
NAME = "\ue000"  # stands for the first character of a name that speaks
FOLLOWS = 120  # characters within which 他强调 means the one just named
ELSEWHERE = "The person speaks elsewhere in the text."
BARE = "The name stands before the address, or before what the person does as speaker."
_CLAUSE_HEAD = re.compile(r"[。；！？”，\n](?=([\u4e00-\u9fff]{2}))")


def speaker_evidence(page: Page) -> list[Evidence]:
    """Name those who speak, each as name（office）, in the order of their first words.

    A person counts if a verb of speaking follows in the sentence or with the bare name elsewhere,
    if those named speak in turn, if the line holds nothing but office and name, or if the text says
    the person was interviewed.
    """
    found: dict[str, Evidence] = {}
    for text, cite in ((page.title or "", partial(cite_head, page)), (page.text, page.cite)):
        for match, reason in sorted(_persons(page, text), key=lambda m: m[0].start()):
            name = re.sub(r"\s", "", match["name"])
            if name not in found and not _is_word(page.text, name):
                plain = reason in (LINE, BARE)
                first = match.start("office") if plain else _office_start(text, match)
                begin = match.start("name")
                quote = cite(min(first, begin) if match["office"] else begin, match.end())
                value = (
                    f"{name}（{text[first : match.end('office')]}）" if match["office"] else name
                )
                how = ("stated", "high", "office and name", "")
                found[name] = Evidence("speakers", value, *how, *quote, reason)
    return list(found.values())


def _persons(page: Page, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield those who speak, with the reason to think so."""
    part = "text" if text is page.text else ""
    for match in seek(page, pattern("INTERVIEWEE"), text, part):
        yield match, LINE
    for name in ("UNTITLED", "ANSWERER"):
        yield from ((match, BARE) for match in seek(page, pattern(name), text, part))
    yield from ((match, ELSEWHERE) for match in _recurring(page.text, text))
    people = [m for m in _people(text) if not is_common(text, m.start() + 1)]
    speaks = cache(partial(_speaks, page.text))
    for match, after in zip_longest(people, people[1:]):
        if reason := _why(page, text, match, after.start() if after else len(text), speaks):
            yield match, reason


def _is_word(text: str, name: str) -> bool:
    """Tell what is no name.

    Words of time are none; nor are two signs for which two speak: no surname, a frequent word,
    found mostly amid clauses.
    """
    if pattern("NO_PERSON").search(name):
        return True
    if len(name) > 2:
        return False
    before = [text[spot - 1 : spot] for spot in _spots(text, name)]
    heads = sum(pattern("POST_OR_START").match(sign) is not None for sign in before)
    doubts = (not pattern("SURNAME").match(name), name in common_words(), 2 * heads < len(before))
    return sum(doubts) > 1


def _people(text: str) -> Iterator[re.Match[str]]:
    """Yield office and name, sought only in the sentences where a name follows a post."""
    end = 0
    while post := pattern("POST_NAMED").search(text, end):
        start = max(text.rfind(sign, end, post.start()) + 1 for sign in "。\n") or end
        end = text.find("。", post.end()) + 1 or len(text)
        end = text.find("\n", post.end(), end) + 1 or end
        yield from pattern("PERSON").finditer(text, start, end)


def _recurring(text: str, place: str) -> Iterator[re.Match[str]]:
    """Yield office and name where what follows an office speaks, by the same name, elsewhere."""
    posts = [(match.end(), match[1]) for match in _after_post().finditer(place)]
    officers, text = _clause_heads(text) & {officer for _, officer in posts}, f"\n{text}"
    heads = (spot - 1 for name in officers for spot in _spots(text, name))
    found = (pattern("TALKER").match(text, head) for head in heads)
    talkers = {talker["name"] for talker in found if talker}
    names = [name for name in talkers if any(place.startswith(name, at) for at, _ in posts)]
    if not names:
        return
    names.sort(key=len, reverse=True)
    marked, position = [*place.replace(NAME, " ")], 0
    for spot in (spot for name in names for spot in _spots(place, name)):
        marked[spot] = NAME
    line = "".join(marked)
    while (spot := line.find(NAME, position)) >= 0:
        start = max(line.rfind("。", position, spot) + 1, position)
        end = line.find("。", spot) + 1 or len(line)
        match = _office_and_name().search(line, start, end)
        if match is None:
            position = end
            continue
        size = next(len(name) for name in names if place.startswith(name, match.end() - 1))
        position = match.end() - 1 + size
        whole = re.compile(rf"(?s)(?P<office>.+?)\s?(?P<name>.{{{size}}})")
        yield from filter(None, [whole.fullmatch(place, match.start(), position)])


@lru_cache(maxsize=1)  # asked for the title and for the text
def _clause_heads(text: str) -> set[str]:
    """Give how the clauses of a text begin, by two characters."""
    return set(_CLAUSE_HEAD.findall(f"\n{text}"))


@cache
def _after_post() -> re.Pattern[str]:
    posts = f"[记任席员表]|{pattern('HEAD_OF').pattern}"
    return re.compile(rf"[长记任席员表](?<={posts})(?=([\u4e00-\u9fff]{{2}}))")


@cache
def _office_and_name() -> re.Pattern[str]:
    """Match an office and the mark of a name behind it; marks may stand in the office, too."""
    office = pattern("OFFICE").pattern.replace(r"[\u4e00-\u9fff]", rf"[\u4e00-\u9fff{NAME}]")
    return re.compile(rf"{office}\s?{NAME}")


def _spots(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text."""
    spot = text.find(word)
    while spot >= 0:
        yield spot
        spot = text.find(word, spot + 1)


def _speaks(text: str, name: str) -> bool:
    """Return whether a verb of speaking follows a name somewhere, or it heads a line of talk."""
    if any(f"\n{name}{colon}" in text for colon in "：:"):
        return True
    ends = (spot + len(name) for spot in _spots(text, name))
    return any(pattern("SPEAKS").match(text, end) for end in ends)


def _why(
    page: Page, text: str, match: re.Match[str], stop: int, speaks: Callable[[str], bool]
) -> str:
    name, start, end = re.sub(r"\s", "", match["name"]), match.start(), match.end()
    sentence = re.split(r"[。；\n]", text[end : end + 200], maxsplit=1)[0]
    own = sentence[: stop - end]
    office = _office_start(text, match)
    studied = pattern("STUDIED").search(text[max(0, office - 12) : office])
    if not studied and (
        pattern("VERBS").search(own.split("，", 1)[0]) or pattern("GOES_ON").search(own)
    ):
        return "The sentence says that the person speaks or chairs."
    if not studied and pattern("IN_TURN").search(sentence):
        return "The sentence says that those named speak."
    if pattern("ASKED").search(text[max(0, office - 40) : office]):
        return "The text says that the person was interviewed."
    line = text[text.rfind("\n", 0, min(start, HEAD)) + 1 : HEAD + HEAD].split("\n", 1)[0]
    if start < HEAD and len(line) <= len(match[0]) + 12 and not re.search(r"[，。]", line):
        return "A line at the head gives office and name."
    if speaks(name):
        return ELSEWHERE
    follows = text[end : min(stop, end + FOLLOWS)]
    if not pattern("ATTENDS").search(sentence) and pattern("HE_SAYS").search(follows):
        return "The text goes on: he stresses (他强调)."
    first = start < HEAD and not pattern("PERSON").search(text, 0, start)
    if first and pattern("HE_SAYS").search(page.text):
        return "The one told of first speaks (他强调)."
    return ""


def _office_start(text: str, match: re.Match[str]) -> int:
    """Find where the office begins: at the last body named, with the place before it."""
    first = re.split(r"[、兼]", match["office"], maxsplit=1)[0]
    signs = list(pattern("OFFICE_BODY").finditer(first))[-1:]
    signs = signs or list(pattern("OFFICE_SIGN").finditer(first))[:1]
    lead = pattern("OFFICE_LEAD").match(first)
    start = match.start() + (signs[0].start() if signs else lead.end() if lead else 0)
    if text.startswith("区", start):
        start = _zone_start(text, match.start() + (lead.end() if lead else 0), start)
    before = max(0, start - 12)
    for place in find_places(text[before : start + 3]):
        if place.full and before + place.start < start < before + place.end + 1:
            return before + place.start
    return start


def _zone_start(text: str, first: int, start: int) -> int:
    """Find where the name of a zone begins, if 区 ends one: 高新区, 滨湖新区."""
    zone = pattern("ZONE_HEAD").search(text[first:start])
    if zone is None:
        return start
    named = zone["own"] and zone["own"] not in common_words()
    return first + (zone.end("own") if zone["own"] and not named else zone.start())
