"""PDF (ISO 32000): text, boxes and drawn lines by pdfium; pages without text are scans and are recognised.

Tables are found from the drawn lines (``policyparse.reading.ruling``), paragraphs from the positions of the
lines (``policyparse.reading.layout``).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from policyparse.patterns import regex
from policyparse.reading.base import Draft, Job
from policyparse.reading.layout import Page, compose_pages
from policyparse.reading.pdf_page import HAN, Characters, Frame, edges, is_picture, left_out
from policyparse.reading.ruling import grids

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_CHARACTERS = 300_000  # on one page
_GARBAGE = regex("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANK = 8  # a page with fewer characters than this may be a scan,
_UNREADABLE = 0.3  # and so may one with this share of characters without a meaning
_STREAM = regex(rb"stream\r?\n")
_SMALL_STREAM = 100_000
_NO_FONT = "没有嵌入字体，本机也没有相应的中文字体，文字没有读出，请安装中文字体后重读"
_DPI = 200
_MOST_PIXELS = 4000  # along the longer side of a page that is recognised
_MOST_SCANNED = 300  # pages recognised at most


def read(job: Job) -> Draft:
    """Read a PDF; raises ReadError where it is damaged, encrypted, too long, or a scan that cannot be recognised."""
    import pypdfium2

    _refuse_bombs(job)
    try:
        document = pypdfium2.PdfDocument(job.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise job.error("PDF 设有打开密码，请先取消密码再读取") from None
        raise job.error("PDF 已损坏或不完整，无法打开，请重新获取原文件") from None
    try:
        count = len(document)
        if count > job.limits.pages:
            raise job.error(f"共 {count} 页，超过 {job.limits.pages} 页，可用 --max-pages 提高上限")
        if count == 0:
            raise job.error("PDF 里没有页面，文件可能已损坏")
        return _document(job, document)
    finally:
        document.close()


def _document(job: Job, document: PdfDocument) -> Draft:
    warnings: list[str] = []
    pages: list[Page] = []
    flaws: dict[str, list[int]] = {"": [], "scan": [], "font": []}
    for index in range(len(document)):
        page, flaw = _page(job, document, index)
        pages.append(page)
        flaws[flaw].append(index)
    if flaws["font"]:
        if len(flaws["font"]) == len(pages):
            raise job.error(f"PDF {_NO_FONT}")
        warnings.append(f"第 {_numbers(flaws['font'])} 页{_NO_FONT}")
    if flaws["scan"]:
        _recognise(job, document, pages, flaws["scan"], warnings)
    return Draft(pieces=compose_pages(pages), pages=len(pages), warnings=warnings)


def _page(job: Job, document: PdfDocument, index: int) -> tuple[Page, str]:
    """A page with its lines and tables, and its flaw: "scan" (it has none yet), "font" (hardly any was read), ""."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise job.error(f"PDF 第 {index + 1} 页已损坏，无法打开") from None
    try:
        frame = Frame(page)
        found = Page(index + 1, frame.width, frame.height)
        text_page = page.get_textpage()
        try:
            if text_page.count_chars() > _MOST_CHARACTERS:
                raise job.error(f"PDF 第 {index + 1} 页的字符过多，可能是恶意文件，未读取")
            characters = Characters(text_page, frame)
            visible = characters.text.strip()
            unreadable = len(_GARBAGE.findall(visible)) > _UNREADABLE * len(visible)
            if (len(visible) < _BLANK or unreadable) and is_picture(page, frame):
                return found, "scan"
            # No Han character, and more texts left out than characters read: these can't all be blanks.
            if not HAN.search(visible) and left_out(page) > max(len(visible), _BLANK):
                return found, "font"
            found.grids = grids(edges(page, frame), index + 1) if visible else []
            found.lines = characters.fill(found.grids) if found.grids else characters.lines()
            return found, ""
        finally:
            text_page.close()
    finally:
        page.close()


def _recognise(job: Job, document: PdfDocument, pages: list[Page], scans: list[int], warnings: list[str]) -> None:
    """Read the pages that are pictures; where that cannot be done and the rest has text, say which were left out."""
    from policyparse.reading import ocr

    reason = ocr.missing() if job.ocr else "文字识别已关闭"
    if reason:
        if len(scans) == len(pages):
            raise job.error(f"是扫描件，没有可提取的文字：{reason}")
        warnings.append(f"第 {_numbers(scans)} 页是扫描图像，没有读取：{reason}")
        return
    if len(scans) > _MOST_SCANNED:
        raise job.error(f"有 {len(scans)} 页是扫描图像，超过可识别的 {_MOST_SCANNED} 页，请拆分后读取")
    for index in scans:
        page = document[index]
        try:
            scale = min(_DPI / 72, _MOST_PIXELS / max(*page.get_size(), 1.0))
            pages[index].lines = ocr.lines(page.render(scale=scale).to_pil(), 1 / scale)
        finally:
            page.close()
    warnings += ocr.doubts([pages[index] for index in scans])


def _numbers(indexes: list[int]) -> str:
    return "、".join(str(i + 1) for i in indexes[:8]) + (" 等" if len(indexes) > 8 else "")


def _refuse_bombs(job: Job) -> None:
    """Refuse a file in which one compressed stream unpacks to more than the limit.

    Only streams of more than 100 KB can: Deflate packs at most 1032 : 1 (RFC 1951).
    """
    data = job.data
    for found in _STREAM.finditer(data):
        start = found.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if end - start < _SMALL_STREAM or b"FlateDecode" not in data[max(0, start - 600) : start]:
            continue
        unpacker, size, rest = zlib.decompressobj(), 0, data[start:end]
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
                if size > job.limits.unpacked:
                    raise job.error("PDF 中的数据解压后过大，可能是恶意文件，未读取")
        except zlib.error:
            continue
