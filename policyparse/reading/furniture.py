"""Lines of the web site around a notice, at the head and foot of saved, printed or copied pages."""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse.lexicon import words
from policyparse.reading.base import Piece

_HEAD, _FOOT = 20, 30  # lines at either end that are looked at
_LONGEST = 160


def without_site_lines(pieces: list[Piece]) -> list[Piece]:
    """The pieces without breadcrumbs, font-size switches, view counters, registration numbers and the like.

    What such lines look like is in ``lexicon/page_furniture.tsv``.
    """
    filled = [i for i, piece in enumerate(pieces) if piece.text and piece.cell is None and not piece.glue]
    looked_at = {*filled[:_HEAD], *filled[-_FOOT:]}
    return [piece for i, piece in enumerate(pieces) if not (i in looked_at and _is_site_line(piece.text))]


def _is_site_line(text: str) -> bool:
    return len(text) < _LONGEST and _pattern().fullmatch(re.sub(r"\s", "", text)) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words("page_furniture")))
