"""Which format a file has, told from its content; the name's ending only decides between kinds of text."""

from __future__ import annotations

import re
from io import BytesIO

from policyparse.patterns import regex
from policyparse.reading.base import OLE, Job

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rtf", "rtf"),
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("OFD.xml", "ofd"),
)
_ODT = b"application/vnd.oasis.opendocument.text"
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_HTML = regex(rb"<(?:!doctype\s+html|html|head|body|meta\s)", re.I)
_HTML_PIECE = regex(rb"<(?:p|div|table|h[1-6]|span|title|center|font|br)\b[^<>]*>", re.I)
_MHTML = regex(rb"^(?:from|mime-version|content-type|subject|date|snapshot-[a-z-]+|x-[a-z-]+)\s*:", re.I)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text")


def sniff(job: Job) -> str:
    """Name of the format in the table of ``policyparse.reading``.

    Raises ReadError for an empty file, an archive, an encrypted Office file, or a kind of file that is not read.
    """
    data = job.data
    if not data.strip():
        raise job.error("文件是空的，没有可读的内容")
    if data.startswith(b"PK"):
        return _zip(job)
    if data.startswith(OLE):
        return _ole(job)
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ARCHIVES):
        raise job.error("这是压缩包，请先解压，再读取其中的文件")
    return _text(job)


def _zip(job: Job) -> str:
    import zipfile  # not at the top: a text file, the common case, needs none of it

    try:
        with zipfile.ZipFile(BytesIO(job.data)) as archive:
            names = set(archive.namelist())
            for member, found in _ZIP_MEMBERS:
                if member in names:
                    return found
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
            if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
                return "docx"
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise job.error("文件已损坏或不完整（压缩结构无法打开），请重新获取原文件") from error
    if kind.startswith(_ODT):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet") or "xl/workbook.bin" in names:
        raise job.error("这种表格格式无法读取，请另存为 .xlsx")
    raise job.error("这是压缩包，请先解压，再读取其中的文件")


def _ole(job: Job) -> str:
    """Kind of a compound file by the streams at its root; objects embedded in it do not count."""
    import struct  # not at the top, like zipfile

    from policyparse.reading.ole import Compound, Damaged

    try:
        names = Compound(job.data).streams
    except (Damaged, ValueError, struct.error):
        raise job.error("文件已损坏或不完整，无法打开，请重新获取原文件") from None
    for stream, kind in _OLE_STREAMS:
        if stream in names:
            if kind == "encrypted":
                raise job.error("文件设有打开密码，请先在 Word、Excel 或 WPS 中取消密码再读取")
            return kind
    raise job.error("无法识别的文件：是 Office 旧格式，但既不是文字文档也不是表格")


def _text(job: Job) -> str:
    """Web page, saved page (MIME HTML), Word 2003 XML, or plain text."""
    head = job.data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    suffix = "." + job.name.lower().rpartition(".")[2]
    if _HTML.search(head) and (suffix not in _TEXT_SUFFIXES or _begins_with_tag(head)):
        if _MHTML.match(head) and b"mime-version" in head.lower():
            return "mhtml"
        return "html"
    if _MHTML.match(head) and b"multipart/related" in head.lower():
        return "mhtml"
    if b'progid="Word.Document"' in head or b"schemas.microsoft.com/office/word/2003" in head:
        return "doc"
    if suffix in _HTML_SUFFIXES:
        return "html"
    if suffix not in _TEXT_SUFFIXES and _begins_with_tag(head) and _HTML_PIECE.search(job.data[:65536]):
        return "html"
    if head.lstrip().startswith(b"<?xml") and suffix not in _TEXT_SUFFIXES:
        raise job.error("无法识别的文件：是 XML，但不是网页，也不是 Word 文档")
    return "text"


def _begins_with_tag(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
