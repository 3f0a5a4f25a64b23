"""Archives: what lies in a .zip or .gz, unpacked in memory, one member at a time.

Nothing is ever written. What would unfold beyond measure, or names a place outside, is refused.
"""

import gzip
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from difang.corpus.parts import FormatError, damaged

RATIO = 100  # texts are packed to a third or a tenth of their size; bombs to a thousandth
FLOOR = 64 * 2**20  # bytes that any archive may unfold to
DEPTH = 3  # archives within archives
_UTF8, _LOCKED, _LINK = 0x800, 0x1, 0o120000  # flags of a member, and its type in Unix


class Budget:
    """How many bytes one file of the corpus may still unfold to, archives within it included."""

    def __init__(self, packed: int) -> None:
        self.left = max(FLOOR, RATIO * packed)

    def spend(self, size: int) -> None:
        """Refuse what is more than is left.

        Raises
        ------
        FormatError
            The file unfolds beyond measure.
        """
        self.left -= size
        if self.left < 0:
            reason = f"Unpacked it would be more than {RATIO} times its size, as a zip bomb is."
            raise FormatError(reason, "If you trust it, unpack it into the folder.")


def members(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | FormatError]]:
    """Yield name and bytes of each file in a zip, or why it is not read, in the order of names.

    Raises
    ------
    FormatError
        It is no zip, is cut off, or unfolds beyond measure.
    """
    archive = open_zip(data, budget)
    files = [(_name(i), i) for i in archive.infolist() if not i.orig_filename.endswith("/")]
    times = Counter(name for name, _ in files)
    for name, info in sorted(files, key=lambda file: (file[0], file[1].header_offset)):
        try:
            yield name, _content(archive, info, name, times[name])
        except FormatError as error:
            yield name, error
        times[name] -= 1


def open_zip(data: bytes, budget: Budget) -> zipfile.ZipFile:
    """Open a zip whose members, as it states their sizes, are within the budget."""
    with damaged("zip"):
        archive = zipfile.ZipFile(io.BytesIO(data))
    budget.spend(sum(info.file_size for info in archive.infolist()))
    return archive


def gunzip(data: bytes, budget: Budget) -> bytes:
    """Unpack a gzip file; one that is cut off or unfolds beyond measure is a FormatError."""
    with damaged("gzip"):
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(budget.left + 1)
    budget.spend(len(content))
    return content


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, times: int) -> bytes:
    """Return the bytes of a member; zipfile reads no more of them than the size it states."""
    place = PurePosixPath(name)
    if not name or place.is_absolute() or ".." in place.parts or ":" in name.split("/")[0]:
        raise FormatError("Its name points out of the archive.", "Unpack and rename it.")
    if times > 1:
        raise FormatError("The archive holds a later file of this name.", "Delete one of them.")
    if info.flag_bits & _LOCKED:
        raise FormatError("It is locked with a password.", "Unpack it into the folder.")
    if (info.external_attr >> 16) & 0o170000 == _LINK:
        raise FormatError("A link in an archive is not followed.", "Pack the file itself.")
    with damaged("a member of a zip"):
        return archive.read(info)


def _name(info: zipfile.ZipInfo) -> str:
    r"""Return the name of a member; without the mark of UTF-8 it may be that, or GBK."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        for codec in ("utf-8", "gb18030"):
            try:
                name = name.encode("cp437").decode(codec)
                break
            except UnicodeError:
                continue
    return name.split("\0")[0].replace("\\", "/")
