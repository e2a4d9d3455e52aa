"""Small files of every format, made from plain values, so that tests need no files from elsewhere."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_STAMP = (2024, 1, 1, 0, 0, 0)  # the same bytes every time


def archive(members: dict[str, str | bytes]) -> bytes:
    """A zip container with these members, in this order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────


def p(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, raw: str = "") -> str:
    """A paragraph: its text in one run, its style, numbering (numId, level), and raw XML behind the run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{raw}</w:p>"


def tc(*paragraphs: str, span: int = 1, merge: str = "", width: int = 0) -> str:
    """A table cell; ``merge`` is "restart" or "continue" for cells merged downwards."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def tbl(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    """A table of rows of cells; ``widths`` of its columns in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>' if widths else ""
    return f"<w:tbl>{head}" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def numbering(levels: dict[int, Sequence[tuple[str, str]]], nums: str = "") -> str:
    """numbering.xml: for each abstract list its levels as (number format, text); numId n is list n unless given."""
    lists = ""
    for key, shapes in levels.items():
        inner = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(shapes)
        )
        lists += f'<w:abstractNum w:abstractNumId="{key}">{inner}</w:abstractNum>'
    nums = nums or "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in levels)
    return f"<w:numbering {_NAMESPACES}>{lists}{nums}</w:numbering>"


def docx(*body: str, numbering: str = "", styles: str = "", footnotes: str = "", **more: str | bytes) -> bytes:
    """A .docx with these paragraphs and tables; ``more`` adds parts below word/ (name without ending: XML)."""
    parts = [n for n, data in (("numbering", numbering), ("styles", styles), ("footnotes", footnotes)) if data]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{n}.xml" ContentType="{kind}.{n}+xml"/>' for n in parts)
        + "</Types>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{n}" '
            f'Target="{n}.xml"/>'
            for n in parts
        )
        + "</Relationships>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    }
    if numbering:
        members["word/numbering.xml"] = numbering
    if styles:
        members["word/styles.xml"] = f"<w:styles {_NAMESPACES}>{styles}</w:styles>"
    if footnotes:
        members["word/footnotes.xml"] = f"<w:footnotes {_NAMESPACES}>{footnotes}</w:footnotes>"
    members |= {f"word/{name}.xml": data for name, data in more.items()}
    return archive(members)


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────


def text(x: float, y: float, words: str, size: float = 12, matrix: str = "") -> str:
    """Words on a page: from x points from the left, y points from the top of an A4 page (baseline)."""
    hexed = words.encode("utf-16-be").hex()
    place = matrix or f"1 0 0 1 {x} {842 - y}"
    return f"BT /F1 {size} Tf {place} Tm <{hexed}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line, with y from the top."""
    return f"0.5 w {x0} {842 - y0} m {x1} {842 - y1} l S"


def table(
    xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], *, top: bool = True, bottom: bool = True
) -> list[str]:
    """A ruled table: column and row edges, and the words of its cells ("\\n" parts lines), 10 points high."""
    edges = [y for i, y in enumerate(ys) if (top or i) and (bottom or i < len(ys) - 1)]
    out = [line(xs[0], y, xs[-1], y) for y in edges] + [line(x, ys[0], x, ys[-1]) for x in xs]
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            out += [text(xs[c] + 3, ys[r] + 12 + 13 * i, part, 10) for i, part in enumerate(words.split("\n")) if part]
    return out


def pdf(
    pages: Iterable[Iterable[str] | bytes],
    *,
    page: str = "",
    compress: bool = False,
    extra: str = "",
    embed: bool = True,
) -> bytes:
    """A PDF of A4 pages with these operators (bytes: a content stream that is already compressed).

    Its font is embedded and draws every character as the same box, so that it reads alike on every machine; without
    ``embed`` it is the standard font STSong, for people to look at, of which the system has to have some likeness.
    """
    kind, program = ("CIDFontType2 /CIDToGIDMap 6 0 R", " /FontFile2 7 0 R") if embed else ("CIDFontType0", "")
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        f"<< /Type /Font /Subtype /{kind} /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>".encode(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        f"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93{program} >>".encode(),
    ]
    if embed:  # every character is glyph 0
        objects += [_stream(zlib.compress(bytes(2 * 65536), 9), " /Filter /FlateDecode"), _stream(_box_font())]
    kids = []
    for operators in pages:
        ready = isinstance(operators, bytes)
        packed = operators if isinstance(operators, bytes) else "\n".join(operators).encode("latin-1")
        packed = zlib.compress(packed, 9) if compress and not ready else packed
        objects.append(_stream(packed, " /Filter /FlateDecode" if compress or ready else ""))
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
    return _numbered(objects, extra)


def _stream(data: bytes, entries: str = "") -> bytes:
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def _box_font() -> bytes:
    """A TrueType font (https://learn.microsoft.com/typography/opentype/spec/otff) with one glyph, a box."""
    corners = struct.pack(">hhhhhHH", 1, 0, -120, 1000, 880, 3, 0) + b"\1" * 4  # one outline of four points on it
    tables = {
        b"glyf": corners + struct.pack(">8h", 0, 1000, 0, -1000, -120, 0, 1000, 0),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 1 << 16, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhH11hH", 1 << 16, 880, -120, 0, 1000, *[0] * 11, 1),
        b"hmtx": struct.pack(">Hh", 1000, 0),
        b"loca": struct.pack(">II", 0, len(corners) + 16),
        b"maxp": struct.pack(">I14H", 1 << 16, 1, 4, 1, *[0] * 11),
    }
    out = struct.pack(">IHHHH", 1 << 16, len(tables), 64, 2, 32)
    at = len(out) + 16 * len(tables)
    for name, data in tables.items():
        out += name + struct.pack(">III", 0, at, len(data))
        at += len(data) + -len(data) % 4
    return out + b"".join(data + bytes(-len(data) % 4) for data in tables.values())


def many_pages(count: int) -> bytes:
    """A PDF of ``count`` empty pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    kids = " ".join(f"{i + 3} 0 R" for i in range(count))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    return _numbered(objects, "")


def _numbered(objects: Sequence[bytes], extra: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


# ── OFD ───────────────────────────────────────────────────────────────────────────────────────────────

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    pages: Sequence[Sequence[tuple[float, float, float, str]]], lines: Sequence[Sequence[tuple[float, ...]]] = ()
) -> bytes:
    """An OFD: for each page its texts as (x, y of the baseline, size, words) in millimetres, and its lines."""
    members: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, texts in enumerate(pages):
        objects = ""
        for i, (x, y, size, words) in enumerate(texts):
            steps = " ".join(str(size if c > "\x7f" else size / 2) for c in words[:-1])
            objects += (
                f'<ofd:TextObject ID="{100 + i}" Font="1" Size="{size}" Boundary="{x} {y - size} {size * len(words)} '
                f'{size * 1.2}"><ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
            )
        for i, (x0, y0, x1, y1) in enumerate(lines[number] if number < len(lines) else ()):
            wide, high = x1 - x0, y1 - y0
            objects += (
                f'<ofd:PathObject ID="{900 + i}" Boundary="{x0} {y0} {max(wide, 0.3)} {max(high, 0.3)}" Stroke="true">'
                f"<ofd:AbbreviatedData>M 0 0 L {wide} {high}</ofd:AbbreviatedData></ofd:PathObject>"
            )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return archive(members)


# ── Compound files (the container of .doc, .xls and of encrypted .docx) ───────────────────────────────


def ole(names: Sequence[str], loop: bool = False) -> bytes:
    """A compound file with empty streams of these names; with ``loop`` its directory leads in a circle."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    entries = [_entry("Root Entry", 5, child=1 if names else free)]
    for i, name in enumerate(names, 1):
        entries.append(_entry(name, 2, right=i + 1 if i < len(names) else free))
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = b"".join(entries)
    sectors = len(directory) // 512
    chain = [fat_mark, *range(2, sectors + 1), 1 if loop else end]
    fat = b"".join(n.to_bytes(4, "little") for n in chain + [free] * (128 - len(chain)))
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = bytes((0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0))
    for at, value in ((44, 1), (48, 1), (56, 4096), (60, end), (68, end), (76, 0)):
        header[at : at + 4] = value.to_bytes(4, "little")
    header[80:512] = b"\xff" * 432
    return bytes(header) + fat + directory


def _entry(name: str, kind: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    out = bytearray(128)
    out[: len(raw)] = raw
    out[64:66] = len(raw).to_bytes(2, "little")
    out[66] = kind
    for at, value in ((68, 0xFFFFFFFF), (72, right), (76, child), (116, 0xFFFFFFFE)):
        out[at : at + 4] = value.to_bytes(4, "little")
    return bytes(out)
