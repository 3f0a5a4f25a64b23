"""What stands beside a text, in a table, front matter or its file name, as evidence.

Column names may be Chinese or English; provinces are brought to their full official names.
"""

import re
from functools import cache
from itertools import chain

from difang.corpus.dates import mentions
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import units
from difang.corpus.windows import parse

FIELDS = {
    "title": "title 标题 题目 题名 篇名",
    "date": "date date_delivered date_event 日期 成文日期 时间 会议日期 讲话日期",
    "date_published": "date_published published pubdate 发布日期 发布时间 发表日期 刊发日期",
    "year": "year 年份 年 年度",
    "month": "month 月份 月",
    "province": "province 省份 省 省级 省市 地区",
    "city": "city 城市 市 地级市 地市",
    "county": "county district 县 区县 县区 县市区",
    "code": "code 区划代码 行政区划代码",
    "level": "level 层级 级别",
    "genre": "genre type 文种 体裁 类型",
    "speakers": "speakers speaker 讲话人 发言人",
    "source": "source 来源 出处",
}
NAMES = {name: field for field, names in FIELDS.items() for name in names.split()}
LEVELS = {
    "national": "national 国家 国家级 全国 中央", "province": "province provincial 省 省级",
    "city": "city 市 市级 地级 地市级", "county": "county 县 县级 区县级",
    "township": "township 乡 乡镇 乡镇级",
}  # fmt: skip
GENRES = {
    "meeting news": "会议新闻 会议报道", "speech": "讲话 发言 致辞", "interview": "访谈 专访",
    "work report": "政府工作报告 工作报告", "plan": "规划 计划 方案", "news": "新闻 报道",
    "other": "其他", "fiction": "小说",
}  # fmt: skip
DAYS = ("date", "date_published")
PATH = "path"


def given_evidence(page: Page) -> list[Evidence]:
    """Return what is given for a page, one piece for each field that has a readable value.

    A value that cannot be read (a date that is none) stays as low evidence, so that it is seen.
    """
    items = [(NAMES.get(g.field.strip().lower()), g.value.strip(), g.where) for g in page.given]
    if all(where != PATH for _, _, where in items):
        items += [(field, value, PATH) for field, value in fields_of_path(page.doc_id)]
    return [
        p for field, value, where in items if field and value for p in _pieces(field, value, where)
    ]


def _pieces(field: str, value: str, where: str) -> list[Evidence]:
    value, sure = _value(field, value)
    if field == "province" and value in LEVELS["national"].split():
        field, value = "level", "national"
    confidence = "high" if sure else "low"
    reason = f"Given in {where}." if sure else f"Given in {where}, but no {field} can be read."
    piece = Evidence(field, value, "given", confidence, "given", where, "", -1, -1, reason)
    if field == "date" and sure and len(value) < len("2020-01-01"):  # a year or a month
        return [piece._replace(field="year", value=value[:4]), piece]
    return [piece]


@cache
def provinces() -> tuple[str, ...]:
    """Return the full official names of the provinces of today."""
    table = units(2024)
    return tuple(table.loc[table["level"].eq("province") & table["last"].eq(9999), "name"])


def _value(field: str, value: str) -> tuple[str, bool]:
    """Bring a value to the form of the column, and say whether that went."""
    if field in DAYS:
        compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", value)
        iso = "-".join(compact.groups()) if compact else value.replace("/", "-").split(" ")[0]
        day = next((m.value for m in mentions(value) if m.year), iso)
        window = parse(day)
        exact = window is not None and window.is_day
        return day, exact or (window is not None and field == "date")
    if field in ("year", "month"):
        number = re.fullmatch(r"(\d{1,4})(?:\.0)?[年月]?", value)
        right = number and (parse(number[1]) if field == "year" else 1 <= int(number[1]) <= 12)
        return (number[1] if number else value), bool(right)
    if field == "province":
        full = next((p for p in provinces() if p.startswith(value) and len(value) > 1), None)
        return full or value, full is not None or value in LEVELS["national"].split()
    if field in ("level", "genre"):
        words = LEVELS if field == "level" else GENRES
        known = [word for word, also in words.items() if value in (word, *also.split())]
        return (known or [value])[0], bool(known)
    return value, True


PATH_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?![0-9A-Za-z])")  # not inside a hash
SIGNS = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")


def fields_of_path(path: str) -> list[tuple[str, str]]:
    """Read province and year off a path below the corpus folder, as (field, value) pairs.

    >>> fields_of_path("江西省/2018.md"), fields_of_path("notes/2018-2019.txt")
    ([('year', '2018'), ('province', '江西省')], [])
    """
    years = set(PATH_YEAR.findall(path))
    parts = [part for part in re.split(r"[\W_\d年]+", path) if part]
    named = {
        p for p in provinces() for part in parts if part.startswith(p) or part == SIGNS.sub("", p)
    }
    year = [("year", y) for y in years if len(years) == 1]
    return list(chain(year, (("province", p) for p in named if len(named) == 1)))
