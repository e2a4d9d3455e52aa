"""CSV (RFC 4180) for spreadsheets: UTF-8 with BOM, so that Excel shows Chinese, and safe to open.

A spreadsheet takes a cell that starts with = + - @ (also full-width), a tab or a carriage return for a
formula.  Such a cell gets one apostrophe in front, as OWASP advises (CSV Injection); the text stays as
it was behind it.  A cell that already starts with apostrophes and then one of these gets one more, so
that dropping one apostrophe from every cell that matches ``'+[=+-@…]`` gives the text back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from policyparse.exports.base import Options, clean, register
from policyparse.model import Notice

_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def guard(cell: str) -> str:
    """``cell`` as text that no spreadsheet runs."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """The 任务分解表 with its heading row; line breaks within a cell stay, quoted."""
    table = register(notices, options)
    stream = io.StringIO(newline="")
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow([column.title for column in table.columns])
    out.writerows([guard(clean(cell)) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")
