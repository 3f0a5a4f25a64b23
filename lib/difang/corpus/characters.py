"""Classes of characters, for regular expressions: what counts as Han, and as its neighbour.

Each constant is the inside of a character class: `re.compile(f"[{HAN}]+")`.
"""

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
WIDE = HAN + "\u3001-\u303f\u3300-\u33ff\uff01-\uffee“”‘’—…·"
END = "。！？!?…；：”’）》】"  # a line that ends in one of these ends a sentence or a clause
LETTERS = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếềɡ\u0300-\u030c"
NUMERAL = "一二三四五六七八九十百零〇两"
HEAD = (  # of a numbered section or paragraph
    rf"(?:第[{NUMERAL}]+[章节条部篇、，是]|[（(][{NUMERAL}]+[）)]|"
    rf"[{NUMERAL}]+[、是]|\d{{1,2}}[.、．])"
)


def run_of(inside: str) -> str:
    """Return a pattern for a run of a class, which is found in half the time that `[x]+` takes.

    For what begins with one character of a class the engine does not try each place.
    """
    return f"[{inside}][{inside}]*+"
