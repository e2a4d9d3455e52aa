"""The 任务分解表 as a Word document: A4 landscape, the heading row on every page.  The only home of python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from policyparse.exports.base import Options, Register, clean, register
from policyparse.model import Notice

_BODY, _HEAD = "宋体", "黑体"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_USABLE_CM = 29.7 - 2 * 1.5


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """Title, a line about the notice, the table."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = register(notices, options)
    document = Document()
    _page(document)
    for text, font, size in ((table.title, _HEAD, 16), (table.subtitle, _BODY, 9)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, font, size)
    _fill(document, table)
    document.core_properties.title = table.title[:255]  # the format's own limit
    document.core_properties.author = clean("、".join(notices[0].issuers))[:255] if len(notices) == 1 else ""
    document.core_properties.comments = ""
    stream = io.BytesIO()
    document.save(stream)
    return _same_bytes(stream.getvalue())


def _page(document: Any) -> None:
    """A4 landscape with 1.5 cm margins, page numbers, Chinese fonts."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.5))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _BODY, Pt(9)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _fill(document: Any, table: Register) -> None:
    """The table itself; rows are filled through their own cells (Table.cell() walks the whole table each time)."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    total = sum(column.width for column in table.columns)
    widths = [Cm(_USABLE_CM * column.width / total) for column in table.columns]
    grid = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    grid.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "60")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    head = grid.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _row(head, [column.title for column in table.columns], widths, _HEAD)
    for cells in table.rows:
        _row(grid.add_row(), cells, widths, _BODY)


def _row(row: Any, texts: Sequence[str], widths: Sequence[Any], font: str) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        _run(cell.paragraphs[0], text, font, 9)


def _run(paragraph: Any, text: str, font: str, size: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, Pt(size), font == _HEAD or None
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)


def _same_bytes(archive: bytes) -> bytes:
    """The same archive with fixed times in its entries: python-docx writes the time of day into them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
