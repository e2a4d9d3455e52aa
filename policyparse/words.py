"""Words of a text. The only home of jieba.

A private tokenizer is used, so that a host's own jieba (its user words, its cache) is neither read nor
changed.  Its dictionary is loaded on first use and its cache kept where only this user may write: jieba
reads the cache with ``marshal``, which must not come from a folder that others can write to.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policyparse.patterns import regex

if TYPE_CHECKING:
    import jieba  # type: ignore[import-untyped]

_WORD = regex("[一-鿿A-Za-z0-9]{2,}$")


def _private_folder() -> str:
    """A folder of this user's own for jieba's cache; a fresh temporary one where there is none to be had."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "policyparse"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
        mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
        if mine and not state.st_mode & 0o022 and os.access(folder, os.W_OK):
            return str(folder)
    except OSError:
        pass
    return tempfile.mkdtemp(prefix="policyparse-")


@cache
def tokenizer() -> jieba.Tokenizer:
    """The private tokenizer, its dictionary loaded."""
    import jieba

    out = jieba.Tokenizer()
    out.tmp_dir = _private_folder()
    log = logging.getLogger("jieba")
    level = log.level
    log.setLevel(logging.WARNING)  # else it tells on standard error that it builds its dictionary
    try:
        out.initialize()
    finally:
        log.setLevel(level)
    return out


def words(text: str) -> list[str]:
    """The words of ``text``, in order."""
    return list(tokenizer().cut(text))


def vocabulary(text: str) -> Counter[str]:
    """How often each word of two characters and more stands in ``text``."""
    return Counter(word for word in words(text) if _WORD.match(word))
