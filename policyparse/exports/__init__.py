"""Out into the tools people use: one file a format, one row a format in the table below."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from policyparse.errors import PolicyParseError
from policyparse.exports.base import Format, Options, Writer
from policyparse.model import Notice

FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("xlsx", (".xlsx",), "xlsx:write", "Excel workbook: 任务分解表, the same by unit, findings"),
        Format("docx", (".docx",), "docx:write", "Word document with the 任务分解表"),
        Format("csv", (".csv",), "csv:write", "the 任务分解表 as comma-separated values, UTF-8 with BOM"),
        Format("markdown", (".md", ".markdown"), "markdown:write", "the 任务分解表 as a Markdown table"),
        Format("ics", (".ics",), "ics:write", "calendar: every dated or recurring deadline as a task and an event"),
        Format("json", (".json",), "jsonl:write_array", "everything, by the schema; several notices as an array"),
        Format("jsonl", (".jsonl", ".ndjson"), "jsonl:write", "everything, by the schema, one notice a line"),
        Format("parquet", (".parquet",), "parquet:write", "one row an obligation, parties and dates nested (extra)"),
    )
}


def format_of(name: str | None, target: str | Path | None) -> Format:
    """The format called ``name``, or the one that the suffix of ``target`` stands for.

    Raises PolicyParseError where neither is known.
    """
    if name is not None:
        if name not in FORMATS:
            raise PolicyParseError(f"format {name!r} is not known; take one of {', '.join(FORMATS)}")
        return FORMATS[name]
    suffix = Path(target).suffix.lower() if target is not None else ""
    for row in FORMATS.values():
        if suffix in row.suffixes:
            return row
    raise PolicyParseError(f"no format given for {target or 'the output'}; take one of {', '.join(FORMATS)}")


def render(notices: Notice | Iterable[Notice], format: str, **options: Any) -> bytes:
    """``notices`` in ``format`` as bytes; see ``Options`` for what else can be asked.

    Raises PolicyParseError for an unknown format or one whose library is not installed.
    """
    several: Sequence[Notice] = (notices,) if isinstance(notices, Notice) else tuple(notices)
    module, _, function = format_of(format, None).write.partition(":")
    write: Writer = getattr(import_module(f"policyparse.exports.{module}"), function)
    return write(several, Options(**options))


def export(
    notices: Notice | Iterable[Notice], target: str | Path | IO[bytes], format: str | None = None, **options: Any
) -> None:
    """Write ``notices`` to ``target``, a path or a binary stream, in ``format`` (None: by the path's suffix).

    A file appears only when all of it is written.  Options are those of ``policyparse.exports.base.Options``,
    e.g. ``export(notice, "tasks.ics", triggers={"贷款审批同意": date(2024, 10, 8)})``.
    Raises PolicyParseError for an unknown format, a missing library, or a place that can't be written to.
    """
    path = target if isinstance(target, (str, Path)) else None
    data = render(notices, format_of(format, path).name, **options)
    if path is None:
        target.write(data)  # type: ignore[union-attr]
    else:
        write_whole(path, data)


def write_whole(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path``, all or nothing; raises PolicyParseError where that can't be done."""
    half = Path(f"{path}.{os.getpid()}.part")
    try:
        half.write_bytes(data)
        os.replace(half, path)
    except OSError as error:
        raise PolicyParseError(
            f"{path}: can't be written ({error.strerror}); name a file in a folder you may write to"
        ) from error
    finally:
        with suppress(OSError):
            half.unlink()
