#!/usr/bin/env python3
"""Write corpora/formats/: one notice of our own in every format that is read, always the same bytes.

    python corpora/make_formats.py [FOLDER]

The notice is invented. The Word file numbers its clauses automatically, the PDF and the OFD break their table over
the page, the web page stands in a site, the spreadsheets hold the table alone, and the scan is a picture of the PDF's
first page.  .xls needs xlwt; .doc needs LibreOffice; the scan needs a font with Han characters on the system.
What cannot be made is named and left as it is.
"""

from __future__ import annotations

import sys
from html import escape
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.reading import make  # noqa: E402

TITLE = ["青岚县人民政府办公室关于印发", "青岚县城乡供水保障行动方案的通知"]
NUMBER = "青政办发〔2024〕18号"
LETTER = [
    "各乡镇人民政府，县政府各部门：",
    "《青岚县城乡供水保障行动方案》已经县政府同意，现印发给你们，请认真贯彻执行。",
]
SIGNED = ["青岚县人民政府办公室", "2024年9月12日"]
PLAN = "青岚县城乡供水保障行动方案"
# Level of the numbering (None: none), and the words.
BODY: list[tuple[int | None, str]] = [
    (None, "为提升城乡供水保障能力，让群众喝上放心水，结合我县实际，制定本方案。"),
    (0, "工作目标"),
    (None, "到2026年底，全县城乡供水管网漏损率降到9%以下，农村自来水普及率达到95%以上。"),
    (0, "重点任务"),
    (1, "改造老旧管网。2025年6月底前完成城区老旧供水管网改造40公里。（牵头单位：县住建局；责任单位：县财政局、县自然资源局）"),
    (1, "建设水源工程。2025年12月31日前建成云雾水库应急水源，新增日供水能力2万吨。（责任单位：县水利局、县发改局）"),
    (1, "加强水质检测。每季度对农村集中供水工程检测1次，检测结果报县卫健局备案。（责任单位：各乡镇人民政府）"),
    (0, "保障措施"),
    (None, "县政府督查室定期督查，对进展缓慢的予以通报。"),
]  # fmt: skip
TABLE_TITLE = "青岚县城乡供水保障任务分解表"
# Cells of the table: words, rows, columns; None where a cell from above or from the left covers the place.
Cell = tuple[str, int, int] | None
TABLE: list[list[Cell]] = [
    [("序号", 2, 1), ("类别", 2, 1), ("重点任务", 2, 1), ("责任分工", 1, 2), None, ("完成时限", 2, 1)],
    [None, None, None, ("牵头单位", 1, 1), ("配合单位", 1, 1), None],
    [("1", 1, 1), ("城区供水", 2, 1), ("更换老化水表3万只", 1, 1), ("县城管局", 1, 1), ("县供水公司", 1, 1), ("2025年3月底前", 1, 1)],
    [("2", 1, 1), None, ("建设智慧供水调度平台", 1, 1), ("县大数据局", 1, 1), ("县住建局、县供水公司", 1, 1), ("2025年10月底前", 1, 1)],
    [("3", 1, 1), ("农村供水", 2, 1), ("改造农村小型供水站56处", 1, 1), ("县水利局", 1, 1), ("各乡镇人民政府", 1, 1), ("2025年底前", 1, 1)],
    [("4", 1, 1), None, ("建立农村供水管护队伍，每个行政村配备管水员1名", 1, 1), ("县农业农村局", 1, 1), ("县人社局、各乡镇人民政府", 1, 1), ("长期坚持", 1, 1)],
]  # fmt: skip
WIDTHS = (640, 1200, 2800, 1400, 1600, 1200)  # of the columns in Word, in twentieths of a point
LABELS = ("{}、", "（{}）")


def labelled() -> list[str]:
    """The plan's paragraphs with their numbers as printed."""
    out, counts = [], [0, 0]
    for level, words in BODY:
        if level is None:
            out.append(words)
            continue
        counts[level] += 1
        counts[level + 1 :] = [0] * (1 - level)
        out.append(LABELS[level].format("一二三四五六七八九十"[counts[level] - 1]) + words)
    return out


def docx() -> bytes:
    """Word, its clauses numbered automatically."""
    rows: list[list[str]] = [[] for _ in TABLE]
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            if cell is None:
                above = next((TABLE[k][c] for k in range(r - 1, -1, -1) if TABLE[k][c]), None)
                if above and above[1] > 1:
                    rows[r].append(make.tc(merge="continue", width=WIDTHS[c]))
                continue
            words, high, wide = cell
            merge = "restart" if high > 1 else ""
            rows[r].append(make.tc(make.p(words), span=wide, merge=merge, width=sum(WIDTHS[c : c + wide])))
    plan = [make.p(words, num=None if level is None else (1, level)) for level, words in BODY]
    head = [make.p(NUMBER), *map(make.p, TITLE), make.p(), *map(make.p, LETTER), *map(make.p, SIGNED), make.p()]
    levels = {1: [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")]}
    return make.docx(
        *head,
        make.p(PLAN),
        *plan,
        make.p("附件"),
        make.p(TABLE_TITLE),
        make.tbl(*rows, widths=WIDTHS),
        numbering=make.numbering(levels),
    )


def html() -> bytes:
    """A page of a government site."""
    rows = ""
    for row in TABLE:
        cells = (f"<td rowspan={c[1]} colspan={c[2]}><p>{escape(c[0])}</p></td>" for c in row if c)
        rows += f"<tr>{''.join(cells)}</tr>\n"
    words = [*LETTER, *SIGNED, PLAN, *labelled(), "附件", TABLE_TITLE]
    text = "".join(f"<p>　　{escape(w)}</p>\n" for w in words)
    title = "".join(TITLE)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title} - 青岚县人民政府门户网站</title></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政府文件</a></div>
<table class="xxgk"><tr><td>索引号：</td><td>QL010-2024-00018</td><td>发文字号：</td><td>{NUMBER}</td></tr>
<tr><td>发文机关：</td><td>青岚县人民政府办公室</td><td>成文日期：</td><td>2024年09月12日</td></tr></table>
<h1>{title}</h1><div class="info">发布日期：2024-09-13　浏览次数：36　【字体：大 中 小】</div>
<div class="article">
{text}<table border="1">
{rows}</table>
</div>
<div class="footer">主办：青岚县人民政府办公室　网站标识码：0000000000</div></body></html>
""".encode()


def rtf() -> bytes:
    """Rich text, every character beyond ASCII by its code."""

    def coded(words: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in words)

    words = [NUMBER, *TITLE, "", *LETTER, *SIGNED, "", PLAN, *labelled(), "附件", TABLE_TITLE]
    out = "".join(f"\\pard {coded(w)}\\par\n" for w in words)
    for r, row in enumerate(TABLE):
        shape = filled = ""
        for c, cell in enumerate(row):
            above = next((TABLE[k][c] for k in range(r, -1, -1) if TABLE[k][c]), None)
            left = next((row[k] for k in range(c, -1, -1) if row[k]), None)
            if cell and cell[1] > 1:
                shape += "\\clvmgf"
            elif cell is None and above and above[1] > 1:
                shape += "\\clvmrg"
            if cell and cell[2] > 1:
                shape += "\\clmgf"
            elif cell is None and left and left[2] > 1 and not (above and above[1] > 1):
                shape += "\\clmrg"
            shape += f"\\cellx{sum(WIDTHS[: c + 1])}"
            filled += f"\\pard\\intbl {coded(cell[0]) if cell else ''}\\cell"
        out += f"\\trowd{shape}\n{filled}\\row\n"
    return f"{{\\rtf1\\ansi\\uc1\n{out}\\pard\\par}}".encode("ascii")


MARGIN, SIZE, PITCH, FULL, FOOT = 79.0, 16.0, 29.0, 27, 740.0  # points; GB/T 9704-2012 sets 三号 in lines of 28
COLUMNS = (79.0, 111.0, 171.0, 311.0, 381.0, 461.0, 521.0)
SMALL = 10.0


class Sheets:
    """Sets the notice on A4 pages: texts as (page, x, baseline, size, words), lines as (page, x0, y0, x1, y1)."""

    def __init__(self) -> None:
        self.texts: list[tuple[int, float, float, float, str]] = []
        self.lines: list[tuple[int, float, float, float, float]] = []
        self.page, self.y = 0, 110.0
        self._notice()
        self._table()
        for page in range(self.page + 1):
            self.texts.append((page, 290, 790, 12, f"— {page + 1} —"))

    def _put(self, x: float, words: str, size: float = SIZE, pitch: float = PITCH) -> None:
        if self.y > FOOT:
            self.page, self.y = self.page + 1, 110.0
        self.texts.append((self.page, x, self.y, size, words))
        self.y += pitch

    def _centred(self, words: str, size: float) -> None:
        wide = sum(size if c > "\x7f" else size / 2 for c in words)
        self._put((595 - wide) / 2, words, size, size * 1.6)

    def _paragraph(self, words: str, indent: int = 2) -> None:
        for i, part in enumerate(_wrapped(words, SIZE, FULL * SIZE, indent * SIZE)):
            self._put(MARGIN + (0 if i else indent * SIZE), part)

    def _notice(self) -> None:
        self._centred(NUMBER, SIZE)
        self.y += 20
        for part in TITLE:
            self._centred(part, 22)
        self.y += 10
        self._paragraph(LETTER[0], 0)
        self._paragraph(LETTER[1])
        self._put(340, SIGNED[0])
        self._put(370, SIGNED[1])
        self.y += 20
        self._centred(PLAN, 22)
        for words in labelled():
            self._paragraph(words)

    def _table(self) -> None:
        self.page, self.y = self.page + 1, 560.0
        self._put(MARGIN, "附件")
        self._centred(TABLE_TITLE, 18)
        parts = {(r, c): self._in_cell(r, c) for r, row in enumerate(TABLE) for c, cell in enumerate(row) if cell}
        for group in ((0, 1), (2, 3), (4, 5)):  # rows that merged cells hold together stay on one page
            high = {r: 10 + 13 * max(len(parts.get((r, c), ())) for c in range(6) if parts.get((r, c))) for r in group}
            if self.y + sum(high.values()) > FOOT:
                self.page, self.y = self.page + 1, 90.0
            tops = {group[0]: self.y, group[1]: self.y + high[group[0]], group[1] + 1: self.y + sum(high.values())}
            for r in group:
                self._row(r, tops, parts)
            self.y = tops[group[1] + 1]

    def _in_cell(self, row: int, column: int) -> list[str]:
        words, _, wide = TABLE[row][column] or ("", 1, 1)
        return _wrapped(words, SMALL, COLUMNS[column + wide] - COLUMNS[column] - 10, 0)

    def _row(self, row: int, tops: dict[int, float], parts: dict[tuple[int, int], list[str]]) -> None:
        for column, cell in enumerate(TABLE[row]):
            if cell is None:
                continue
            _, rows, wide = cell
            x0, x1, top, bottom = COLUMNS[column], COLUMNS[column + wide], tops[row], tops[row + rows]
            for line in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
                self.lines.append((self.page, *line))
            for i, part in enumerate(parts[row, column]):
                self.texts.append((self.page, x0 + 5, top + 14 + 13 * i, SMALL, part))


def _wrapped(words: str, size: float, room: float, indent: float) -> list[str]:
    """Words in lines of a width; punctuation does not begin a line, numbers stay whole."""
    import re

    out, line, left = [], "", room - indent
    for token in re.findall(r"[0-9A-Za-z.%]+[，。；：、）》]*|.[，。；：、）》]*", words):
        wide = sum(size if c > "\x7f" else size / 2 for c in token)
        if wide > left and line:
            out, line, left = [*out, line], "", room
        line, left = line + token, left - wide
    return [*out, line]


def pdf(sheets: Sheets) -> bytes:
    """A PDF with a text layer."""
    pages: list[list[str]] = [[] for _ in range(sheets.page + 1)]
    for page, x, y, size, words in sheets.texts:
        pages[page].append(make.text(x, y, words, size))
    for page, *ends in sheets.lines:
        pages[page].append(make.line(*ends))
    return make.pdf(pages, embed=False)


def ofd(sheets: Sheets) -> bytes:
    """An OFD document; it measures in millimetres."""
    pages: list[list[tuple[float, float, float, str]]] = [[] for _ in range(sheets.page + 1)]
    lines: list[list[tuple[float, ...]]] = [[] for _ in range(sheets.page + 1)]
    scale = 25.4 / 72
    for page, x, y, size, words in sheets.texts:
        pages[page].append((round(x * scale, 3), round(y * scale, 3), round(size * scale, 3), words))
    for page, *ends in sheets.lines:
        lines[page].append(tuple(round(v * scale, 3) for v in ends))
    return make.ofd(pages, lines)


def xlsx() -> bytes:
    """The table as a spreadsheet."""
    import datetime as dt

    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": dt.datetime(2024, 9, 12)})
        sheet = book.add_worksheet("任务分解表")
        sheet.merge_range(0, 0, 0, 5, TABLE_TITLE)
        for r, row in enumerate(TABLE, 1):
            for c, cell in enumerate(row):
                if cell and cell[1:] != (1, 1):
                    sheet.merge_range(r, c, r + cell[1] - 1, c + cell[2] - 1, cell[0])
                elif cell:
                    sheet.write(r, c, int(cell[0]) if cell[0].isdecimal() else cell[0])
    return out.getvalue()


def xls() -> bytes:
    """The table as an old spreadsheet."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("任务分解表")
    sheet.write_merge(0, 0, 0, 5, TABLE_TITLE)
    for r, row in enumerate(TABLE, 1):
        for c, cell in enumerate(row):
            if cell:
                value = int(cell[0]) if cell[0].isdecimal() else cell[0]
                sheet.write_merge(r, r + cell[1] - 1, c, c + cell[2] - 1, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def png(data: bytes) -> bytes:
    """The first page of a PDF as a grey picture, as a scanner makes it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    out = BytesIO()
    document[0].render(scale=150 / 72, grayscale=True).to_pil().quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def converted(data: bytes, ending: str) -> bytes:
    """Rich text turned into another format by LibreOffice."""
    import subprocess
    import tempfile

    from policyparse.reading.office import soffice

    program = soffice()
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "notice.rtf").write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", ending, "--outdir", folder, f"{folder}/notice.rtf"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / f"notice.{ending}").read_bytes()


def main(folder: Path) -> None:
    """Write every file that can be made here."""
    folder.mkdir(exist_ok=True)
    sheets = Sheets()
    word, page = docx(), pdf(sheets)
    jobs = {
        "docx": lambda: word,
        "html": html,
        "pdf": lambda: page,
        "ofd": lambda: ofd(sheets),
        "xlsx": xlsx,
        "xls": xls,
        "rtf": rtf,
        "doc": lambda: converted(rtf(), "doc"),
        "png": lambda: png(page),
    }
    for ending, job in jobs.items():
        try:
            (folder / f"notice.{ending}").write_bytes(job())
        except (ImportError, RuntimeError, OSError) as error:
            print(f"notice.{ending}: not made ({error})", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "formats")
