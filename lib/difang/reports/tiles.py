"""The 34 province-level units: their order in the standard, and a map of one tile each.

Place, not area, is what a tile shows: 上海 is as easy to see as 新疆.
"""

from typing import NamedTuple


class Tile(NamedTuple):
    """Code of GB/T 2260 (first two digits); column and row on the map, from the upper left."""

    code: int
    column: int
    row: int


TILES: dict[str, Tile] = {
    "北京": Tile(11, 5, 2), "天津": Tile(12, 6, 2), "河北": Tile(13, 5, 3),
    "山西": Tile(14, 4, 3), "内蒙古": Tile(15, 4, 1), "辽宁": Tile(21, 7, 2),
    "吉林": Tile(22, 7, 1), "黑龙江": Tile(23, 7, 0), "上海": Tile(31, 7, 4),
    "江苏": Tile(32, 6, 4), "浙江": Tile(33, 6, 5), "安徽": Tile(34, 5, 4),
    "福建": Tile(35, 6, 6), "江西": Tile(36, 5, 5), "山东": Tile(37, 6, 3),
    "河南": Tile(41, 4, 4), "湖北": Tile(42, 4, 5), "湖南": Tile(43, 4, 6),
    "广东": Tile(44, 4, 7), "广西": Tile(45, 3, 6), "海南": Tile(46, 3, 8),
    "重庆": Tile(50, 3, 4), "四川": Tile(51, 2, 4), "贵州": Tile(52, 3, 5),
    "云南": Tile(53, 2, 5), "西藏": Tile(54, 0, 4), "陕西": Tile(61, 3, 3),
    "甘肃": Tile(62, 2, 2), "青海": Tile(63, 1, 3), "宁夏": Tile(64, 3, 2),
    "新疆": Tile(65, 0, 2), "台湾": Tile(71, 7, 6), "香港": Tile(81, 5, 7),
    "澳门": Tile(82, 4, 8),
}  # fmt: skip


def short_name(province: object) -> str | None:
    """Short name of a province (江西省 and 江西 → 江西), None if it is none.

    Examples
    --------
    >>> short_name("内蒙古自治区")
    '内蒙古'
    """
    return next((name for name in TILES if str(province).startswith(name)), None)


def by_code(province: object) -> int:
    """Rank of a province in the standard; what is none stands last."""
    name = short_name(province)
    return TILES[name].code if name else 99
