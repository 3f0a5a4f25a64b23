"""What a text says of its own date: the day in its title block, lead or signature, and its year.

Position and verbs decide whose date it is: a text is full of days of other events (截至…, 自…起,
anniversaries), and those are never taken for its own.
"""

import re
from collections.abc import Iterator

from difang.corpus.cues import pattern
from difang.corpus.datelines import dateline_day
from difang.corpus.evidence import Evidence, Page, of_page, seek
from difang.corpus.mentions import YEAR, mentions, number
from difang.corpus.windows import NEAR, SEVERAL_DAYS, Window, parse, several_days, show

HEAD = 700  # characters in which a title block and a lead lie
LEAD = 900  # characters in which news names its day
SCENE = 150  # characters after which a day with its year, in a later paragraph, is history
LAST = 2100  # no text is of a later year
LINE = 80  # a longer line is a paragraph

_MONTH = re.compile(
    rf"(?<!\d)({YEAR})年\s?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?=在|[)）]|$|[^。，]{{0,12}}大事记)"
)
_LINES = re.compile(r"(?m)^.*$")
_LABEL = re.compile(r"(?!.*[们志表位])\w{1,2}(?:\s?\w){1,3}\s?[：:]")  # 文号：, no address
_BRACKETED = re.compile(r"[(（][^()（）]*\d[^()（）]*[)）]")
_BARE = re.compile(r"[\s\d年月日]*")  # a day and nothing else: beside a stamp of that day, a stamp
_OWN_LINE = re.compile(r".*◆\s*在|[（(]\s*◆\s*[）)]$")
_SAVED = re.compile(r"\s*\d[^\n]{7,14}日\s{0,2}星期.")  # a site's clock at the top of a page
_LABEL_ABOVE = 24  # characters in front of a day in which a label on a line of its own stands
_STAMP = re.compile(r"\d[-./]\d|[年月]0")  # 2021-07-26, 2018年01月03日: written by a machine
# a line that ends with a day (◆)
_ALONE = re.compile(r"[（(]?[^\n，。；（(]{0,24}[（(\s]*◆[电讯]?[\s）)。]*")


def stated_dates(page: Page) -> list[Evidence]:
    """Return what the text and its labelled header say of date and publication."""
    stamp = published(page)
    block = _title_block(page)
    if stamp and block and block[0].value == stamp.value:
        beside = block[0].start <= stamp.start < block[0].end
        block = [] if beside or _BARE.fullmatch(block[0].quote) else block
    if any(pattern("NOTICE").search(line) for line, _ in headed(page)):
        own = block or _written(page)
    else:
        own = _labelled(page) or block or _lead(page) or dateline_day(page, stamp)
    return [*filter(None, [stamp]), *own, *_signature(page)]


@of_page
def _labelled(page: Page) -> list[Evidence]:
    """Read the day behind 访谈时间：, or the day between a title and the address to the hearers."""
    label = pattern("OWN_TIME").search(page.raw[: 2 * HEAD])
    day = next(mentions(page.raw, label.end()), None) if label else None
    if not label or not day or day.start > label.end() + 2:
        return []
    quote = (page.raw[day.start : day.end], day.start, day.end)
    reason = "A label names the day of the event."
    return [Evidence("date", day.value, "stated", "high", "labelled_day", "", *quote, reason)]


def _written(page: Page) -> list[Evidence]:
    """Read the day behind 成文日期：, which the fields above an official document give."""
    pieces = page.headers("date_published", "The header names the day the document was written.")
    days = ((p, next(mentions(p.value), None)) for p in pieces if _is_of_writing(page, p))
    return [p._replace(field="date", value=day.value) for p, day in days if day][:1]


def _is_of_writing(page: Page, piece: Evidence) -> bool:
    """Tell whether a field is the day of writing: by its label, or by that on the line above it."""
    if piece.rule == "header_written":
        return pattern("WRITTEN").match(piece.quote) is not None
    above = page.raw[max(0, piece.start - _LABEL_ABOVE) : piece.start]
    return pattern("WRITTEN_ABOVE").search(above) is not None


@of_page
def published(page: Page) -> Evidence | None:
    """Return the day of publication, marked on a site that posts again what stood elsewhere.

    It is a `repost_date` where users put up texts of any year, a `forum_date` where they talk.
    """
    marks = (("LIBRARY", "repost_date"), ("REPOSTED", "forum_date"), ("", "header_date"))
    rule = next(rule for name, rule in marks if not name or any(_found(page, name)))
    own = {e.start for e in _labelled(page)}
    found = page.headers("date_published", "The header names the day of publication.")
    label = pattern("ISSUE").search(page.raw[:HEAD]) or next(_found(page, "POSTED"), None)
    label = label or pattern("CLOCKED").search(page.raw[:HEAD])
    if label and not found:
        reason = "A label names the day of publication."
        spot = (page.raw[label.end() :][:16], label.end(), label.end() + 16)
        found = [Evidence("date_published", spot[0], "stated", "high", "", "", *spot, reason)]
    foot = page.offsets.raw_span(0, len(page.text))[1]
    if sum(piece.start >= foot for piece in found) > 1:  # stamps of the articles of a list
        found = [piece for piece in found if piece.start < foot]
    read = _SAVED.match(page.raw) if found[1:] else None
    saved = read.end() if read else 0
    for piece in sorted(found, key=lambda p: p.rule == "header_written" or _is_of_writing(page, p)):
        day = next((m for m in mentions(piece.value) if m.year), None)
        clock = pattern("SITE_CLOCK").search(page.raw[: max(piece.start, 0)])
        if day and piece.start >= saved and piece.start not in own and not clock:
            return piece._replace(value=day.value, rule=rule)
    return None


def _found(page: Page, name: str) -> Iterator[re.Match[str]]:
    return seek(page, pattern(name), page.raw, "raw")


@of_page
def headed(page: Page) -> list[tuple[str, tuple[str, int, int]]]:
    """List the title and the short lines before the first paragraph, each with its place.

    An address to the hearers ends them.
    """
    titles = page.headers("title", "The text is headed so.")
    found = [(title.value, (title.quote, title.start, title.end)) for title in titles]
    for match in _LINES.finditer(page.text):
        line = match[0].strip()
        ends = re.search("。|[：:]$", line) and not _LABEL.fullmatch(line)
        if match.start() >= HEAD or len(line) > LINE or ends:
            break
        found.append((line, page.cite(*match.span())))
    return found


def _title_block(page: Page) -> list[Evidence]:
    """Read the day of a meeting or speech from the title and the short lines before the text."""
    for line, place in headed(page):
        day = next(mentions(line), None)
        month = _MONTH.search(line)
        decided = day and re.search(f"(?:{pattern('DECIDED').pattern})$", line[: day.start])
        stamped = _STAMP.search(line) and not _BRACKETED.search(line)
        if decided or stamped or pattern("PUBLISHING").search(line):
            continue
        own = day and _OWN_LINE.match(f"{line[: day.start]}◆{line[day.end :]}")
        if day and (own or (day.year and re.search("年|[(（]", line))):
            value, reason = day.value, "The title block names the day."
        elif month:
            value = f"{number(month[1]):04}-{number(month[2]):02}"
            reason = "The title block names the month."
        else:
            continue
        return [Evidence("date", value, "stated", "high", "title_block", "", *place, reason)]
    return []


def _lead(page: Page) -> list[Evidence]:
    """Read the day of the event from the lead: at the head of a sentence, or with 召开 and 举行.

    A day of an earlier year than the text goes on to is recounted.
    """
    text = page.text
    for day in mentions(text, 0, LEAD):
        around = f"\n{text}"[max(0, day.start - 24) : day.start + 1] + f"◆{text[day.end :][:60]}"
        past = day.year and ("\n" in text[: day.start][SCENE:] or newest_year(page) > day.year + 1)
        if _STAMP.search(text, *day[:2]) or past:
            continue
        if pattern("OWN_DAY").search(around) and not pattern("OTHER_DAY").search(around):
            last = pattern("LAST_DAY").match(text, day.end)  # 1月6日至8日
            rule, end = (SEVERAL_DAYS, last.end()) if last else ("lead", day.end)
            reason = "The lead opens with the day of the event."
            reason = "The lead opens with the days of the event." if last else reason
            whole = parse(day.value) if last else None  # None without a year, too
            days = show(several_days(whole.start, text[day.start : end])) if whole else day.value
            return [page.piece("date", days, (day.start, end), reason, rule=rule)]
    return []


def newest_year(page: Page, latest: int = LAST) -> int:
    """Return the newest year, up to `latest`, that the text names and not as an aim; 0 if none."""
    return max((year for year in _years_named(page) if year <= latest), default=0)


@of_page
def _years_named(page: Page) -> set[int]:
    return {int(m[1]) for m in seek(page, pattern("YEAR_NAMED"), page.text, "text")}


def _signature(page: Page) -> list[Evidence]:
    """Read the day at the foot, alone on its line or behind the name of the body that signs.

    Below it may stand who gets the document, and annexes; below a notice, what it hands down. If
    an office sends the text in, the day is that of sending, soon after.
    """
    text = f"{page.text}\n"
    for day in mentions(text):
        start = text.rfind("\n", max(0, day.start - LEAD), day.start) + 1
        end = text.find("\n", day.end, day.end + LEAD)
        if end < 0 or day.start - start > LEAD:
            continue
        line = f"{text[start : day.start]}◆{text[day.end : end]}"
        wired = re.search("◆[电讯]", line)
        if not (day.year or wired) or not _ALONE.fullmatch(line):
            continue
        if pattern("PUBLISHING").search(line):
            continue
        before, below = text[max(0, start - LEAD // 3) : start], day.start >= len(text) // 3
        foot = below and (wired or pattern("COLOPHON").match(text, end))
        if foot or pattern("HANDED_DOWN").search(before):
            value, reason = day.value, "The text is signed so."
            if pattern("SENT_IN").search(before) and (sent := parse(value)):
                value, reason = show(Window(sent.start - NEAR, sent.end)), "It was sent in then."
            how = {"rule": "signature", "confidence": "medium"}
            return [page.piece("date", value, day[:2], reason, **how)]
    return _wired(page)


def _wired(page: Page) -> list[Evidence]:
    """Read the day behind the last words, which cleaning took for the source: （北京3月9日电）."""
    pieces = page.headers("source", "The text was wired then.")
    foot = [piece for piece in pieces if piece.start > len(page.raw) // 3]
    days = [(piece, day) for piece in foot for day in mentions(piece.value)]
    wired = [d for d in days if pattern("DATELINE_END").match(d[0].value, d[1].end)]
    return [
        piece._replace(field="date", value=day.value, rule="signature", confidence="medium")
        for piece, day in wired[:1]
    ]
