"""OFD, spreadsheets, old Word files and scans."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from policyparse.errors import ReadError
from policyparse.model import Document
from policyparse.reading import ocr, office, read
from tests.reading.make import ofd, pdf

needs_ocr = pytest.mark.skipif(bool(ocr.missing()), reason="the extra ocr (rapidocr, onnxruntime) is not installed")
needs_office = pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.span[0] : b.span[1]], b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in document.blocks
        if b.cell
    ]


# ── OFD ───────────────────────────────────────────────────────────────────────────────────────────────


def test_ofd_paragraphs_and_page_numbers() -> None:
    full = "为进一步加强城乡供水保障工作，提升供水安全水平，确保群众喝上"  # 30 characters of 5 mm: a full line
    page = [
        (40, 40, 7, "松岚县水务局文件"),
        (40, 60, 5, full[:28]),
        (30, 70, 5, "放心水，请各镇各部门认真贯彻落实，并将情况于6月底前报送县"),
        (30, 80, 5, "水务局。"),
        (100, 280, 4, "— 1 —"),
    ]
    document = read(ofd([page]), name="a.ofd")
    assert document.source.format == "ofd" and document.source.pages == 1
    assert document.text.split("\n") == [
        "松岚县水务局文件", full[:28] + "放心水，请各镇各部门认真贯彻落实，并将情况于6月底前报送县水务局。",
    ]  # fmt: skip
    assert document.blocks[0].page == 1 and document.blocks[0].box == pytest.approx((113.4, 96.4, 272.1, 116.2), abs=1)


def test_ofd_tables() -> None:
    lines = [(20, y, 140, y) for y in (50, 60, 80)] + [(x, 50, x, 80) for x in (20, 40, 100, 140)]
    words = [
        (22, 57, 4, "序号"),
        (42, 57, 4, "任务"),
        (102, 57, 4, "单位"),
        (22, 70, 4, "1"),
        (42, 70, 4, "改造管网"),
        (102, 70, 4, "市水务局"),
    ]
    assert cells(read(ofd([words], [lines]))) == [
        ("序号", 0, 0, 1, 1), ("任务", 0, 1, 1, 1), ("单位", 0, 2, 1, 1), ("1", 1, 0, 1, 1), ("改造管网", 1, 1, 1, 1), ("市水务局", 1, 2, 1, 1),
    ]  # fmt: skip


def test_real_ofd(real_docs: Path) -> None:
    document = read(next(real_docs.glob("317_*.ofd")))
    found = {c[1:3]: c[0] for c in cells(document)}
    assert found[(5, 0)] == "公文标题" and found[(5, 1)] == "市委主要领导同志调研后续落实事项的通知"
    assert read(next(real_docs.glob("316_*.ofd"))).text.split("\n")[2] == "关于同意张阿三同志辞职的批复"


# ── Spreadsheets ──────────────────────────────────────────────────────────────────────────────────────


def workbook() -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("任务分解")
        sheet.merge_range(0, 0, 0, 4, "青川区2025年重点任务分解表")
        for column, head in ((0, "序号"), (1, "重点任务"), (4, "完成时限")):
            sheet.merge_range(1, column, 2, column, head)
        sheet.merge_range(1, 2, 1, 3, "责任分工")
        sheet.write_row(2, 2, ["牵头单位", "配合单位"])
        sheet.merge_range(3, 1, 4, 1, "推进供水改造")
        sheet.write_row(3, 2, ["区水务局", "区财政局"])
        sheet.write(3, 0, 1)
        sheet.write_datetime(3, 4, dt.datetime(2025, 6, 30), date)
        sheet.write_row(4, 2, ["区住建局", "", "2025年底前"])
        sheet.write(4, 0, 2.5)
        sheet.write(5, 0, "注：以上任务按季度报送进度。")
        book.add_worksheet("底稿").write(0, 0, "不读")
        book.worksheets()[1].hide()
    return out.getvalue()


def test_spreadsheet() -> None:
    document = read(workbook(), name="a.xlsx")
    assert cells(document) == [
        ("序号", 0, 0, 2, 1), ("重点任务", 0, 1, 2, 1), ("责任分工", 0, 2, 1, 2), ("完成时限", 0, 4, 2, 1),
        ("牵头单位", 1, 2, 1, 1), ("配合单位", 1, 3, 1, 1),
        ("1", 2, 0, 1, 1), ("推进供水改造", 2, 1, 2, 1), ("区水务局", 2, 2, 1, 1), ("区财政局", 2, 3, 1, 1), ("2025年6月30日", 2, 4, 1, 1),
        ("2.5", 3, 0, 1, 1), ("区住建局", 3, 2, 1, 1), ("2025年底前", 3, 4, 1, 1),
    ]  # fmt: skip
    assert document.text.startswith("青川区2025年重点任务分解表\n序号\n")
    assert document.text.endswith("\n注：以上任务按季度报送进度。")
    assert document.warnings == ("隐藏的工作表没有读取：底稿",)


def test_old_spreadsheet() -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    sheet.write_merge(0, 1, 0, 0, "任务")
    sheet.write(0, 1, "牵头单位")
    sheet.write(1, 1, "县水利局")
    out = io.BytesIO()
    book.save(out)
    document = read(out.getvalue(), name="a.xls")
    assert document.source.format == "xls"
    assert cells(document) == [("任务", 0, 0, 2, 1), ("牵头单位", 0, 1, 1, 1), ("县水利局", 1, 1, 1, 1)]


# ── Old Word files ────────────────────────────────────────────────────────────────────────────────────

RTF = rb"{\rtf1\ansi\ansicpg936 \'b8\'f7\'d5\'f2\'c8\'cb\'c3\'f1\'d5\'fe\'b8\'ae\'a3\'ba\par \'c7\'eb\'d6\'b4\'d0\'d0\'a1\'a3\par}"


@needs_office
def test_rtf_through_libreoffice() -> None:
    document = read(RTF, name="a.rtf")
    assert document.text == "各镇人民政府：\n请执行。" and document.source.format == "rtf"


@needs_office
def test_real_doc(real_docs: Path) -> None:
    text = read(next(real_docs.glob("273_*.doc"))).text
    assert text.startswith("附件５\n") and "二、《方案》的主要内容" in text


@needs_office
def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from policyparse.reading.base import Job, Limits

    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nsleep 60 & wait\n")
    fake.chmod(0o755)
    monkeypatch.setattr(office, "soffice", lambda: str(fake))
    with pytest.raises(ReadError, match="没有转换完"):
        office.to_docx(Job(RTF, "a.rtf", Limits(seconds=0.5)), "rtf")


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    with pytest.raises(ReadError, match=r"a\.rtf：读取RTF 文档需要安装 LibreOffice"):
        read(RTF, name="a.rtf")


# ── Scans ─────────────────────────────────────────────────────────────────────────────────────────────


def blank_scan() -> bytes:
    """A PDF of one page that is one grey image."""
    image = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    return pdf([[image]])


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: ocr._HOW)
    png = b"\x89PNG\r\n\x1a\n" + bytes(100)
    for data, name in ((blank_scan(), "a.pdf"), (png, "a.png")):
        with pytest.raises(ReadError, match=r"pip install 'policyparse\[ocr\]'"):
            read(data, name=name)


def test_recognition_can_be_refused() -> None:
    with pytest.raises(ReadError, match="文字识别已关闭"):
        read(blank_scan(), name="a.pdf", ocr=False)


def test_gaps_in_the_numbering_are_told() -> None:
    assert ocr.gaps(["一、总体要求", "（一）目标", "（三）原则", "三、任务", "（一）组织"]) == [
        "“（一）”之后就是“（三）原则”，中间的编号可能没有识别出来",
        "“一、”之后就是“三、任务”，中间的编号可能没有识别出来",
    ]
    assert ocr.gaps([f"第{n}条 内容" for n in ("一", "二", "十二")]) == [
        "“第二条”之后就是“第十二条 内容”，中间的编号可能没有识别出来"
    ]
    assert (
        ocr.gaps(["第九条", "第十条", "第十一条"][:0] + ["一、甲", "二、乙", "一、附件里的甲", "二、附件里的乙"]) == []
    )


@needs_ocr
def test_a_scan_is_read_with_its_confidence(corpora: Path) -> None:
    path = corpora / "formats" / "notice.png"
    document = read(path)
    assert document.source.format == "image" and document.source.pages == 1
    assert "供水" in document.text
    assert all(b.confidence is not None and 0 < b.confidence <= 1 and b.box for b in document.blocks)
    assert any("扫描" in w for w in document.warnings)


@needs_office
def test_what_a_document_links_to_is_not_fetched(tmp_path: Path) -> None:
    """Pictures, sections and fields that point to a server or to another file are left alone."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    from tests.reading.make import archive

    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.txt"
    secret.write_text("别处的内容", encoding="utf-8")
    base = f"http://127.0.0.1:{server.server_port}"
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    sections = "".join(
        f'<text:section text:name="s{i}"><text:section-source xlink:href="{target}"/><text:p>节</text:p></text:section>'
        for i, target in enumerate((f"{base}/section.odt", secret.as_uri()))
    )
    odt = archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
            f'<text:p>通知<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{base}/a.png"/></draw:frame>'
            f"</text:p>{sections}</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        }
    )
    rtf = (
        RTF[:-1]
        + (
            rf'{{\field{{\*\fldinst INCLUDEPICTURE "{base}/b.png" \\d}}{{\fldrslt x}}}}'
            rf'{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}{{\fldrslt y}}}}{{\*\template {base}/t.dot}}}}'
        ).encode()
    )
    try:
        texts = [read(odt, name="a.odt").text, read(rtf, name="a.rtf").text]
    finally:
        server.shutdown()
    assert asked == [] and not any("别处" in text for text in texts)
    assert texts[0].startswith("通知") and texts[1].startswith("各镇人民政府")
