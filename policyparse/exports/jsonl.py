"""Everything that was read, as JSON by schemas/notice.schema.json: one notice a line, or an object or array."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.exports.base import Options
from policyparse.model import Notice


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """One notice a line (JSON Lines), as ``policyparse parse --format jsonl`` writes them."""
    return b"".join(notice.model_dump_json().encode("utf-8") + b"\n" for notice in notices)


def write_array(notices: Sequence[Notice], options: Options) -> bytes:
    """One notice as an object, several as an array, as ``policyparse parse --format json`` writes them."""
    shown = [notice.model_dump_json(indent=2) for notice in notices]
    text = shown[0] if len(shown) == 1 else "[" + ",".join("\n" + one for one in shown) + "\n]"
    return text.encode("utf-8") + b"\n"
