"""Everything that was read, as JSON by schemas/notice.schema.json: one notice a line, or an object or array."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyparse.errors import PolicyParseError
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


def read(path: str | Path) -> list[Notice]:
    """The notices in a file that ``write`` or ``write_array`` wrote; raises PolicyParseError for any other."""
    from pydantic import TypeAdapter, ValidationError

    try:
        text = Path(path).read_text("utf-8-sig").strip()
        if text.startswith("["):
            return TypeAdapter(list[Notice]).validate_json(text)
        if "\n{" in text or "\n" not in text:
            return [Notice.model_validate_json(line) for line in text.splitlines() if line]
        return [Notice.model_validate_json(text)]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        reason = getattr(error, "strerror", None) or "not JSON as policyparse writes it"
        raise PolicyParseError(f"{path}: can't be taken up ({reason}); give a notice or the output of parse") from error
