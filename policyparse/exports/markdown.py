"""The 任务分解表 as a Markdown table (GitHub Flavored Markdown, section 4.10), one section a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.exports.base import Options, notice_name, register
from policyparse.model import Notice

_ACTIVE = re.compile(r"([\\`*_\[\]|~$#])")


def escape(text: str) -> str:
    """``text`` as it reads, in one table cell: nothing in it is taken for Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ACTIVE.sub(r"\\\1", text).replace("\n", "<br>")


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """A heading, a line about the notice and its table, for every notice."""
    parts = []
    for notice in notices:
        table = register([notice], options)
        lines = [f"# {escape(notice_name(notice))}", "", escape(table.subtitle), ""]
        if table.rows:
            lines.append("| " + " | ".join(column.title for column in table.columns) + " |")
            lines.append("|" + " --- |" * len(table.columns))
            lines += ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in table.rows]
            lines.append("")
        parts.append("\n".join(lines))
    return "\n".join(parts).encode("utf-8")
