"""Vocabulary as TSV data.

Each file is tab separated, its first line names the columns, lines that start with # are comments.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=None)
def load(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of ``lexicon/<name>.tsv``, longest first column first.

    Raises FileNotFoundError when there is no such vocabulary.
    """
    path = os.path.join(os.path.dirname(__file__), f"{name}.tsv")
    loader: Any = __spec__.loader  # as pkgutil.get_data asks it, but without loading pkgutil or importlib.resources
    text = loader.get_data(path).decode()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = [tuple(line.split("\t")) for line in lines[1:]]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=None)
def table(name: str) -> dict[str, str]:
    """First column -> second column of ``lexicon/<name>.tsv``."""
    return {row[0]: row[1] for row in load(name)}


@lru_cache(maxsize=None)
def words(name: str, column: int = 0, where: str | None = None) -> tuple[str, ...]:
    """One column of ``lexicon/<name>.tsv``, longest first; ``where`` keeps rows whose second column equals it."""
    rows = [row for row in load(name) if where is None or row[1] == where]
    return tuple(sorted({row[column] for row in rows}, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=None)
def alternation(name: str, where: str | None = None) -> str:
    """The words of ``lexicon/<name>.tsv`` as a regular expression that never captures, longest first.

    Those of one character, the last of them, go into one class: hundreds of surnames are compiled as one.
    """
    found = words(name, 0, where)
    ways = [re.escape(w) for w in found if len(w) > 1]
    if singles := "".join(re.escape(w) for w in found if len(w) == 1):
        ways.append(f"[{singles}]")
    return f"(?:{'|'.join(ways)})"
