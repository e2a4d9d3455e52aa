"""Bytes -> Document: one file a format, one table of formats.

A format is one file with ``read(job) -> Draft`` and one row in ``FORMATS``.  Importing this package loads
no reader; each is loaded when a file of its format comes.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from policyparse.digest import sha256
from policyparse.errors import ReadError
from policyparse.reading.base import Draft, Job, Limits, compose
from policyparse.reading.sniff import sniff
from policyparse.records import Block, Document, Source

if TYPE_CHECKING:
    from pathlib import Path

    from policyparse import model


class Format(NamedTuple):
    """A row of the table: the module that reads the format, the endings it goes by, and what must be done before.

    ``convert`` names a function that turns the job into one of the format ``into``.
    """

    module: str
    suffixes: tuple[str, ...]
    convert: str = ""
    into: str = ""


FORMATS: dict[str, Format] = {
    "text": Format("text", (".txt", ".md", ".text", ".markdown")),
    "html": Format("html", (".html", ".htm", ".shtml", ".xhtml")),
    "mhtml": Format("html", (".mht", ".mhtml")),
    "docx": Format("docx", (".docx", ".docm")),
    "doc": Format("docx", (".doc", ".wps"), "office:to_docx", "docx"),
    "rtf": Format("docx", (".rtf",), "office:to_docx", "docx"),
    "odt": Format("docx", (".odt",), "office:to_docx", "docx"),
    "pdf": Format("pdf", (".pdf",)),
    "ofd": Format("ofd", (".ofd",)),
    "xlsx": Format("sheet", (".xlsx", ".xlsm")),
    "xls": Format("sheet", (".xls", ".et")),
    "image": Format("scan", (".png", ".jpg", ".jpeg", ".tif", ".tiff")),
}

_DEFAULT = Limits()
SUFFIXES = frozenset(suffix for row in FORMATS.values() for suffix in row.suffixes)


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    max_bytes: int = _DEFAULT.bytes,
    max_pages: int = _DEFAULT.pages,
    ocr: bool = True,
) -> model.Document:
    """Read a notice of any known format into a Document.

    source:    a path, ``"-"`` for standard input, the bytes themselves, or an open binary file.
    name:      file name for messages and ``Source.name``; taken from the path where there is one.
    max_bytes: files of more bytes are refused (the option ``--max-size`` of the command line).
    max_pages: documents of more pages are refused (``--max-pages``).
    ocr:       False refuses scans instead of recognising them.

    The format is found by content.  Raises ReadError, in one sentence that names the file, for what is
    missing, empty, damaged, encrypted, too large, of an unknown format, or needs a part that is not installed.
    """
    from policyparse import model

    record = read_record(source, name=name, max_bytes=max_bytes, max_pages=max_pages, ocr=ocr)
    return model.Document.model_validate(record.plain())


def read_record(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    max_bytes: int = _DEFAULT.bytes,
    max_pages: int = _DEFAULT.pages,
    ocr: bool = True,
) -> Document:
    """The same as a record, which is what a parse begins with."""
    limits = Limits(bytes=max_bytes, pages=max_pages)
    data, name = _bytes(source, name, limits)
    job = Job(data, name or "（输入）", limits, ocr)
    kind = sniff(job)
    draft = _draft(job, kind)
    if len(draft.pieces) > limits.pieces:
        raise job.error(f"有 {len(draft.pieces)} 个段落和单元格，超过上限，不像是公文，请拆分后读取")
    text, blocks = _text(draft)
    if not text.strip():
        raise job.error("没有读到文字，文件里可能没有内容，或者只有图片")
    origin = Source(
        name=name,
        format="html" if kind == "mhtml" else kind,
        encoding=draft.encoding,
        sha256=sha256(data),
        pages=draft.pages,
        characters=len(text),
    )
    return Document(text=text, blocks=blocks, source=origin, warnings=tuple(draft.warnings))


def _text(draft: Draft) -> tuple[str, tuple[Block, ...]]:
    if draft.text is not None:
        return draft.text, ()
    from policyparse.reading.furniture import without_site

    return compose(without_site(draft.pieces))


def _draft(job: Job, kind: str) -> Draft:
    row = FORMATS[kind]
    if row.convert:
        module, _, function = row.convert.partition(":")
        job = getattr(import_module(f"policyparse.reading.{module}"), function)(job, kind)
    return cast(Draft, import_module(f"policyparse.reading.{row.module}").read(job))


def _bytes(source: str | Path | bytes | BinaryIO, name: str | None, limits: Limits) -> tuple[bytes, str | None]:
    """The bytes of ``source``, never more than the limit, and the name to call it by."""
    if isinstance(source, bytes):
        data = source
    elif source == "-":
        data = sys.stdin.buffer.read(limits.bytes + 1)
        name = name or "标准输入"
    elif isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        name = name or os.path.basename(path) or path
        data = _file(path, limits)
    else:
        data = source.read(limits.bytes + 1)
        given = getattr(source, "name", None)
        name = name or (os.path.basename(given) if isinstance(given, str) else None)
    if len(data) > limits.bytes:
        raise ReadError(f"{name or '（输入）'}：超过 {_mega(limits.bytes)}，可用 --max-size 提高上限")
    return data, name


def _file(path: str, limits: Limits) -> bytes:
    try:
        if os.path.isdir(path):
            raise ReadError(f"{path}：是文件夹，不是文件")
        if os.path.isfile(path) and os.path.getsize(path) > limits.bytes:
            raise ReadError(
                f"{path}：文件有 {_mega(os.path.getsize(path))}，超过 {_mega(limits.bytes)}，可用 --max-size 提高上限"
            )
        with open(path, "rb") as file:
            return file.read(limits.bytes + 1)
    except FileNotFoundError:
        raise ReadError(f"{path}：文件不存在") from None
    except PermissionError:
        raise ReadError(f"{path}：没有读取权限") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise ReadError(f"{path}：无法读取（{reason or error}）") from None


def _mega(size: int) -> str:
    return f"{size / 1024 / 1024:.4g} MB"
