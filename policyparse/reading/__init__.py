"""Bytes -> Document: one file a format, one table of formats."""

from __future__ import annotations

import hashlib
from pathlib import Path

from policyparse.model import Document, Source


def read(path: str | Path) -> Document:
    """Read a file into a Document. (Stand-in: UTF-8 text only.)"""
    data = Path(path).read_bytes()
    text = data.decode("utf-8-sig")
    return Document(
        text=text,
        source=Source(name=Path(path).name, encoding="utf-8", sha256=hashlib.sha256(data).hexdigest(), characters=len(text)),
    )
