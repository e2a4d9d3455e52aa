"""The 任务分解表 on the terminal, right with full-width characters; rich's only home."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import StringIO
from typing import IO, TYPE_CHECKING

from policyparse.patterns import regex

if TYPE_CHECKING:
    from policyparse.model import Notice, Obligation

COLUMNS = ("序号", "条款", "任务", "牵头单位", "责任/配合单位", "时限", "数量")
WIDTH = 120  # where the output is no terminal and COLUMNS says nothing

# Control characters and marks of writing direction: a notice must not move the cursor or turn lines round.
_CONTROL = regex("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def write(notices: Iterable[Notice], many: bool, stream: IO[bytes]) -> None:
    """One table a notice; ``many`` puts an empty line between them."""
    for i, notice in enumerate(notices):
        stream.write((b"\n" if i else b"") + render(notice, width(stream), colour(stream)).encode("utf-8"))
        if many:
            stream.flush()


def width(stream: IO[bytes]) -> int:
    """Columns by the environment variable COLUMNS, else those of the terminal, else ``WIDTH``."""
    if os.environ.get("COLUMNS", "").isdigit():
        return max(40, int(os.environ["COLUMNS"]))
    return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else WIDTH


def colour(stream: IO[bytes]) -> bool:
    """Whether to write bold type: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def render(notice: Notice, width: int, colour: bool) -> str:
    """The table of one notice, ``width`` cells wide, with terminal colours or without."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from policyparse.exports.base import table_title

    table = Table(box=box.SQUARE, show_lines=True, title_style="bold", title_justify="left", header_style="bold")
    table.title = Text(_plain(table_title([notice])))
    for title, share in zip(COLUMNS, (None, None, 5, 3, 5, 3, 3), strict=True):
        table.add_column(title, ratio=share, no_wrap=share is None, overflow="fold")
    for number, one in enumerate(notice.obligations, 1):
        table.add_row(*(Text(_plain(cell)) for cell in row(number, one)))
    table.expand = True
    out = Console(
        file=StringIO(), width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    out.print(table)
    for warning in notice.warnings:
        out.print(Text(f"注意：{_plain(warning)}"))
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


def row(number: int, one: Obligation) -> tuple[str, ...]:
    """The cells of an obligation, in the order of ``COLUMNS``."""
    from policyparse.exports.base import Options, clause_path, deadline_words, quantity_words, units

    support = units(one, "support")
    shared = "\n".join(part for part in (units(one, "responsible"), support and f"配合：{support}") if part)
    return (
        str(number),
        clause_path(one.clause),
        one.heading or one.text[:40],
        units(one, "lead"),
        shared,
        "\n".join(dict.fromkeys(deadline_words(d, Options()) for d in one.deadlines)),
        "\n".join(dict.fromkeys(quantity_words(q) for q in one.quantities)),
    )


def _plain(text: str) -> str:
    return _CONTROL.sub("", text)
