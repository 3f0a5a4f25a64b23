"""PDFs written by hand, so that what they hold is known without a library that writes PDF."""

import hashlib

PICTURE = None  # in place of the lines of a page
_FONT = [
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R"
    b" /CIDSystemInfo 6 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
    b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >>",
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>",
]
_IMAGE = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
_ID = bytes(16)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(*pages: list[str] | None, password: bytes | None = None) -> bytes:
    """Write a PDF of pages (the lines of each, or a picture), locked if there is a password.

    A line after a tab begins two characters further right, without blanks.
    With an empty password anybody may read it, but not print or change it.
    """
    owner = bytes(32)
    start = (password or b"") + _PAD
    key = hashlib.md5(start[:32] + owner + b"\xfc\xff\xff\xff" + _ID).digest()[:5]

    def stream(number: int, head: str, content: bytes) -> bytes:
        if password is not None:
            own = hashlib.md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
            content = _rc4(own, content)
        return f"<< {head} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"

    kids = " ".join(f"{8 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *_FONT,
        stream(7, f"{_IMAGE} /BitsPerComponent 8", b"x"),
    ]
    for n, lines in enumerate(pages):
        content = "q 99 0 0 99 72 600 cm /Im Do Q"
        if lines is not PICTURE:
            shown = " ".join(map(_shown, lines))
            content = f"BT /F 12 Tf 14 TL 72 720 Td {shown} ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {9 + 2 * n} 0 R"
            " /Resources << /Font << /F 3 0 R >> /XObject << /Im 7 0 R >> >> >>".encode(),
            stream(9 + 2 * n, "", content.encode()),
        ]
    data, places = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    lock = b""
    if password is not None:
        values = (owner.hex().encode(), _rc4(key, _PAD).hex().encode(), _ID.hex().encode())
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -4 >> /ID [<%b> <00>]"
        lock %= values
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, places)
    end = b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
    return data + table + end % (size, lock, len(data))


def _shown(line: str) -> str:
    text = f"<{line.lstrip(chr(9)).encode('utf-16-be').hex()}> Tj"
    return f"24 0 Td {text} -24 0 Td T*" if line.startswith("\t") else f"{text} T*"


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
