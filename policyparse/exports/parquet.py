"""Parquet for data frames: one row an obligation, its parties, deadlines and numbers nested (the extra ``parquet``).

The only home of pyarrow.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from policyparse.errors import PolicyParseError
from policyparse.exports.base import Options, deadline_words
from policyparse.model import Notice, Obligation


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """See ``_schema`` for the columns.  Raises PolicyParseError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import pyarrow.parquet as pq  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise PolicyParseError("parquet needs pyarrow: pip install 'policyparse[parquet]'") from error
    rows = [_row(notice, obligation, options) for notice in notices for obligation in notice.obligations]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema(pa)), stream)
    return stream.getvalue()


def _schema(pa: Any) -> Any:
    """Column names are those of the models; spans are [start, end) into the document's text."""
    text, day, number = pa.string(), pa.date32(), pa.float64()
    span = [("span_start", pa.int64()), ("span_end", pa.int64())]
    party = pa.struct([("name", text), ("text", text), ("role", text), ("basis", text), ("unit", text), *span])
    deadline = pa.struct(
        [("text", text), ("kind", text), ("start", day), ("end", day), ("amount", number), ("unit", text)]
        + [("trigger", text), ("freq", text), ("by", text), ("rrule", text), ("words", text), *span]
    )
    quantity = pa.struct([("text", text), ("value", number), ("unit", text), ("bound", text), ("of", text), *span])
    return pa.schema(
        [("notice_id", text), ("notice_title", text), ("notice_number", text), ("issued_on", day), ("file", text)]
        + [("id", text), ("clause", pa.list_(text)), ("heading", text), ("text", text), ("modality", text)]
        + [("page", pa.int64()), *span, ("parties", pa.list_(party)), ("deadlines", pa.list_(deadline))]
        + [("quantities", pa.list_(quantity))]
    )


def _row(notice: Notice, obligation: Obligation, options: Options) -> dict[str, Any]:
    return {
        "notice_id": notice.id,
        "notice_title": notice.title,
        "notice_number": notice.number,
        "issued_on": notice.issued_on,
        "file": notice.source.name,
        **_flat(obligation, "id", "clause", "heading", "text", "modality", "page"),
        "parties": [_flat(p, "name", "text", "role", "basis", "unit") for p in obligation.parties],
        "deadlines": [
            _flat(d, "text", "kind", "start", "end", "amount", "unit", "trigger", "freq", "by", "rrule")
            | {"words": deadline_words(d, options)}
            for d in obligation.deadlines
        ],
        "quantities": [_flat(q, "text", "value", "unit", "bound", "of") for q in obligation.quantities],
    }


def _flat(model: Any, *names: str) -> dict[str, Any]:
    out = {name: getattr(model, name) for name in names}
    out["span_start"], out["span_end"] = model.span
    return out
