"""Which format a file has, told from its content; the name's ending only decides between kinds of text."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from policyparse.reading.base import Job

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
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
)
_ODF = ((b"application/vnd.oasis.opendocument.text", "odt"), (b"application/vnd.oasis.opendocument.spreadsheet", "xlsx"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("EncryptedPackage", "encrypted"))
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta\s)", re.I)
_HTML_PIECE = re.compile(rb"<(?:p|div|table|h[1-6]|span|title|center|font|br)\b[^<>]*>", re.I)
_MHTML = re.compile(rb"^(?:from|mime-version|content-type|subject|date|snapshot-[a-z-]+|x-[a-z-]+)\s*:", re.I)
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
    if data.startswith(_OLE):
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
    try:
        with zipfile.ZipFile(BytesIO(job.data)) as archive:
            names = set(archive.namelist())
            for member, found in _ZIP_MEMBERS:
                if member in names:
                    return found
            kind = archive.read("mimetype")[:100] if _small(archive, "mimetype") else b""
            if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
                return "docx"
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise job.error("文件已损坏或不完整（压缩结构无法打开），请重新获取原文件") from error
    for start, found in _ODF:
        if kind.startswith(start):
            return found
    raise job.error("这是压缩包，请先解压，再读取其中的文件")


def _small(archive: zipfile.ZipFile, member: str) -> bool:
    try:
        return archive.getinfo(member).file_size < 200
    except KeyError:
        return False


def _ole(job: Job) -> str:
    """Kind of an OLE2 compound file ([MS-CFB]) by the first stream of a known name in its directory."""
    size = 1 << int.from_bytes(job.data[30:32], "little") if len(job.data) > 512 else 512
    start = (int.from_bytes(job.data[48:52], "little") + 1) * min(size, 4096)
    found = []
    for stream, kind in _OLE_STREAMS:
        name = stream.encode("utf-16-le") + b"\0\0"
        at = job.data.find(name, start)
        if at < 0:
            at = job.data.find(name)
        if at >= 0:
            found.append((at, kind))
    kind = min(found)[1] if found else ""
    if any(k == "encrypted" for _, k in found) and kind not in ("doc", "xls"):
        raise job.error("文件设有打开密码，请先在 Word 或 WPS 中取消密码再读取")
    if not kind:
        raise job.error("无法识别的文件：是 Office 旧格式，但既不是文字文档也不是表格，或者文件不完整")
    return kind


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
    if b"progid=\"Word.Document\"" in head or b"schemas.microsoft.com/office/word/2003" in head:
        return "doc"
    if suffix in _HTML_SUFFIXES or (_begins_with_tag(head) and suffix not in _TEXT_SUFFIXES):
        if _HTML_PIECE.search(job.data[:65536]) or suffix in _HTML_SUFFIXES:
            return "html"
    if head.lstrip().startswith(b"<?xml") and suffix not in _TEXT_SUFFIXES:
        raise job.error("无法识别的文件：是 XML，但不是网页，也不是 Word 文档")
    return "text"


def _begins_with_tag(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
