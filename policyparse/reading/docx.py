"""Word documents (ECMA-376, ISO/IEC 29500), read from the XML itself.

Kept: automatic numbers as printed, text boxes, tracked insertions, tables with merged cells, footnotes (as notes
behind the text).  Left out: tracked deletions, hidden text, headers and footers, comments, the table of contents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyparse.patterns import regex
from policyparse.reading.archive import Archive
from policyparse.reading.base import Draft, Job, Piece
from policyparse.reading.numbering import Numbering, Style, W, number_of, whole
from policyparse.records import Cell

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_DEPTH = 60  # tables in tables, text boxes in text boxes: deeper ones are left out
_CONTENTS = regex(r"(?:toc|目录)\s*\d*$", re.I)
_SYMBOLS = {0xF0A8: "□", 0xF06F: "□", 0xF0FE: "☑", 0xF052: "☑", 0xF0FD: "☒", 0xF0FC: "✓", 0xF0B7: "•", 0xF06C: "●"}
# Elements whose content is text of the paragraph, like the paragraph's own.
_INLINE = frozenset(
    [
        f"{W}{n}"
        for n in "hyperlink smartTag sdt sdtContent ins moveTo fldSimple customXml dir bdo r ruby rubyBase".split()
    ]
    + [
        f"{_M}{n}"
        for n in "oMath oMathPara r e num den sup sub deg f sSup sSub sSubSup rad nary d m mr func fName".split()
    ]
)
_DROPPED = frozenset(f"{W}{n}" for n in "del moveFrom delText instrText delInstrText rt pPr rPr sdtPr".split())
_WRAPPERS = frozenset(f"{W}{n}" for n in "sdt sdtContent customXml ins moveTo smartTag".split())


def read(job: Job) -> Draft:
    """Read a .docx document."""
    archive = Archive(job)
    main = _main(archive)
    root = archive.xml(main) if main else None
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        data = archive.read(main) if main else None
        if data and _STRICT in data[:4000]:
            raise job.error("文件是“严格 Open XML”格式，请另存为普通的 .docx 再读取")
        raise job.error("文件已损坏或不完整（找不到文档正文），请重新获取原文件")
    folder = main.rpartition("/")[0]
    styles = _styles(archive.xml(f"{folder}/styles.xml"))
    reader = _Reader(styles, Numbering(archive.xml(f"{folder}/numbering.xml"), styles))
    reader.blocks(body, 0)
    reader.end()
    for part in ("footnotes", "endnotes"):
        if f"{part}" in reader.marks:
            reader.notes(archive.xml(f"{folder}/{part}.xml"), part)
    return Draft(pieces=reader.pieces, warnings=reader.warnings)


def _main(archive: Archive) -> str:
    """Name of the main document part, by the package's relationships (part 2, 9.3)."""
    relations = archive.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            target = relation.get("Target", "").lstrip("/")
            if target in archive.names:
                return target
    return "word/document.xml" if "word/document.xml" in archive.names else ""


def _styles(root: _Element | None) -> dict[str, Style]:
    found: dict[str, Style] = {}
    for style in root.iterfind(f"{W}style") if root is not None else ():
        if style.get(f"{W}type") != "paragraph":
            continue
        properties = style.find(f"{W}pPr")
        number, level = number_of(properties.find(f"{W}numPr") if properties is not None else None)
        found[style.get(f"{W}styleId", "")] = Style(
            based_on=_value(style, "basedOn"),
            number=number,
            level=level,
            outline=whole(_value(properties, "outlineLvl"), None),
            name=_value(style, "name"),
        )
    return found


def _value(element: _Element | None, name: str) -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def _on(element: _Element | None, name: str) -> bool:
    child = element.find(f"{W}{name}") if element is not None else None
    return child is not None and child.get(f"{W}val", "1") not in ("0", "false", "off")


class _Reader:
    """Walks the body in order and collects pieces."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering):
        self.pieces: list[Piece] = []
        self.warnings: list[str] = []
        self.marks: set[str] = set()
        self._styles = styles
        self._numbering = numbering
        self._open = ""  # text of a paragraph whose end mark was deleted: the next one goes on with it
        self._boxes: list[_Element] = []
        self._tables = 0

    def blocks(self, parent: _Element, depth: int) -> None:
        """Paragraphs and tables directly below ``parent``."""
        if depth > _DEPTH:
            return
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in _WRAPPERS:
                if not _is_contents(child):
                    self.blocks(child, depth + 1)
            elif child.tag == f"{_MC}AlternateContent":
                for choice in _alternative(child):
                    self.blocks(choice, depth + 1)
            elif child.tag == f"{W}altChunk" and not self.warnings:
                self.warnings.append("文档中嵌入了另一个文件（altChunk），其内容没有读取")

    def end(self) -> None:
        """Close a paragraph that was left open."""
        if self._open:
            self.pieces.append(Piece(self._open))
            self._open = ""

    def notes(self, root: _Element | None, part: str) -> None:
        """Footnotes or endnotes, one piece each, behind the text."""
        for note in root if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                text = "\n".join(p.text for p in self._inside(note, 0) if p.text)
                self.pieces.append(Piece(text, "note"))

    def _paragraph(self, paragraph: _Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        if _CONTENTS.match(self._styles.get(style, Style()).name):
            return
        parts: list[str] = []
        self._inline(paragraph, parts, 0)
        text = "".join(parts)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        deleted = mark is not None and mark.find(f"{W}del") is not None
        if deleted and not text.strip():
            return
        text = self._open + self._numbering.label(properties, style) + text
        self._open = ""
        if deleted:
            self._open = text
        else:
            self.pieces.append(Piece(text, "heading" if self._is_heading(properties, style) else "paragraph"))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _is_heading(self, properties: _Element | None, style: str) -> bool:
        outline = whole(_value(properties, "outlineLvl"), None)
        for _ in range(10):
            if outline is not None or style not in self._styles:
                break
            outline, style = self._styles[style].outline, self._styles[style].based_on
        return outline is not None and outline < 9

    def _inline(self, parent: _Element, parts: list[str], depth: int) -> None:
        """Text of the runs below ``parent``; text boxes met on the way are kept for later."""
        if depth > _DEPTH:
            return
        for child in parent:
            tag = child.tag
            if tag == f"{W}t" or tag == f"{_M}t":
                parts.append(child.text or "")
            elif tag == f"{W}r":
                if not _on(child.find(f"{W}rPr"), "vanish"):
                    self._inline(child, parts, depth + 1)
            elif tag in _DROPPED:
                continue
            elif tag in _INLINE:
                self._inline(child, parts, depth + 1)
            elif tag == f"{W}tab" or tag == f"{W}ptab":
                parts.append("\t")
            elif tag == f"{W}br" or tag == f"{W}cr":
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{W}sym":
                parts.append(_symbol(child.get(f"{W}char", "")))
            elif tag == f"{_MC}AlternateContent":
                for choice in _alternative(child):
                    self._inline(choice, parts, depth + 1)
            elif tag == f"{W}footnoteReference" or tag == f"{W}endnoteReference":
                self.marks.add("footnotes" if tag == f"{W}footnoteReference" else "endnotes")
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._boxes += [box for box in child.iter(f"{W}txbxContent") if _is_outermost(box, child)]

    def _inside(self, parent: _Element, depth: int) -> list[Piece]:
        """The pieces of a cell, a text box or a note."""
        outer, self.pieces = self.pieces, []
        left_open, self._open = self._open, ""
        self.blocks(parent, depth + 1)
        self.end()
        inner, self.pieces = self.pieces, outer
        self._open = left_open
        return inner

    def _table(self, table: _Element, depth: int) -> None:
        self.end()
        rows = [row for row in _below(table, f"{W}tr") if not _deleted_row(row)]
        if max((sum(1 for _ in _below(row, f"{W}tc")) for row in rows), default=0) < 2:
            for row in rows:  # a single column frames text
                for cell in _below(row, f"{W}tc"):
                    self.blocks(cell, depth + 1)
            return
        number, self._tables = self._tables, self._tables + 1
        grid: dict[int, Piece] = {}  # column -> the cell above that goes on downwards
        for r, row in enumerate(rows):
            column = whole(_value(row.find(f"{W}trPr"), "gridBefore"), 0) or 0
            for cell in _below(row, f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                wide = max(whole(_value(properties, "gridSpan"), 1) or 1, 1)
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                inner = self._inside(cell, depth)
                above = grid.get(column)
                if merge is not None and merge.get(f"{W}val", "continue") != "restart" and above is not None:
                    _grow(above, r)
                else:
                    place = Cell(table=number, row=r, column=column, column_span=wide)
                    piece = Piece("\n".join(p.text for p in inner if p.text), "cell", cell=place)
                    self.pieces.append(piece)
                    if merge is not None:
                        grid[column] = piece
                    else:
                        grid.pop(column, None)
                column += wide


def _grow(piece: Piece, row: int) -> None:
    if piece.cell is not None:
        piece.cell = Cell(**{**vars(piece.cell), "row_span": row - piece.cell.row + 1})


def _below(parent: _Element, tag: str) -> list[_Element]:
    """Children of that tag, also inside content controls and tracked changes, not inside inner tables."""
    found: list[_Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _WRAPPERS:
            found += _below(child, tag)
    return found


def _deleted_row(row: _Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _alternative(element: _Element) -> list[_Element]:
    """The one branch of mc:AlternateContent that is read: the first choice, else the fallback."""
    branches = [b for b in element if b.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return branches[:1]


def _is_outermost(box: _Element, limit: _Element) -> bool:
    """Whether a text box is the first reading of its shape: not inside another box, not the fallback of a choice."""
    node = box.getparent()
    while node is not None and node is not limit:
        if node.tag == f"{W}txbxContent":
            return False
        parent = node.getparent()
        if parent is not None and parent.tag == f"{_MC}AlternateContent" and node not in _alternative(parent):
            return False
        node = parent
    return True


def _is_contents(element: _Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val", "") == "Table of Contents"


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(number, "" if 0xE000 <= number <= 0xF8FF else chr(number) if number < 0xD800 else "")
