"""What a web site puts around a notice, in saved, printed and copied pages: its lines go, its metadata is used.

Lines are known by ``lexicon/site_lines.tsv``, the labels of the metadata by ``lexicon/page_metadata.tsv``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse.lexicon import load, table
from policyparse.patterns import regex
from policyparse.reading.base import Piece
from policyparse.records import Cell
from policyparse.text import fold

_HEAD, _FOOT = 20, 40  # lines at either end that are looked at
_METADATA = 60  # pieces from the start among which metadata is looked for
_LONGEST = 160  # characters of a line of the site
_LABEL = regex(r"[\[【]?([\u4e00-\u9fff][\u4e00-\u9fff\s\u3000]{0,11}?)[\]】]?\s*[:：]\s*(.*)", re.S)
_COLUMNS = regex(r"\s{2,}")
_SENTENCE = regex("[。；]")
_UNSEEN = regex("[\\s\ue000-\uf8ff]")
_ORDER = ("发文字号", "发文机关", "成文日期")


def without_site(pieces: list[Piece]) -> list[Piece]:
    """The pieces without menus, breadcrumbs, font switches, view counters and the foot of the site.

    A table of metadata is replaced by lines ``发文字号：…``, ``发文机关：…`` and ``成文日期：…`` at the top, each
    unless the text says it itself.
    """
    values, used = metadata(pieces[:_METADATA])
    rest = [piece for i, piece in enumerate(pieces) if i not in used]
    gone = _site_lines(rest)
    rest = [piece for i, piece in enumerate(rest) if i not in gone]
    return _renumbered(about(values, rest) + rest)


def metadata(pieces: list[Piece]) -> tuple[dict[str, str], set[int]]:
    """Values by label from lines ``label：value`` and label cells, and the indexes of these pieces.

    Nothing is taken for metadata unless it has 索引号, or three different labels.
    """
    names = table("page_metadata")
    values: dict[str, str] = {}
    used: set[int] = set()
    for i, piece in enumerate(pieces):
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        for label, value in _labels(piece.text, names):
            if piece.cell and not value and following and following.cell and _label(following.text, names) is None:
                if following.cell.row == piece.cell.row:
                    value = following.text
                    used.add(i + 1)
            if piece.cell or value:
                values.setdefault(label, re.sub(r"\s+", " ", value).strip())
                used.add(i)
    if "索引号" not in values and len(values) < 3:
        return {}, set()
    inside = range(min(used), max(used))
    used |= {i for i in inside if len(pieces[i].text) < 60 and _LABEL.match(pieces[i].text)}
    tables = {cell.table for i in used if (cell := pieces[i].cell)}
    return values, used | {i for i, piece in enumerate(pieces) if piece.cell and piece.cell.table in tables}


def about(values: dict[str, str], pieces: list[Piece]) -> list[Piece]:
    """Lines that say what the metadata says and the head of the text does not."""
    start = bare("".join(piece.text for piece in pieces[:12]))
    return [
        Piece(f"{label}：{values[label]}") for label in _ORDER if values.get(label) and bare(values[label]) not in start
    ]


def bare(text: str) -> str:
    """Text for comparison: without white space, width variants folded."""
    return fold(re.sub(r"\s", "", text))


def _labels(text: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """The known labels of a line and their values; a line may hold two, apart by a wide space."""
    first = _label(text, names)
    if first is None:
        return []
    for gap in _COLUMNS.finditer(first[1]):
        second = _label(first[1][gap.end() :], names)
        if second is not None and ("：" in first[1][gap.end() :] or ":" in first[1][gap.end() :]):
            return [(first[0], first[1][: gap.start()]), *_labels(first[1][gap.end() :], names)]
    return [first]


def _label(text: str, names: dict[str, str]) -> tuple[str, str] | None:
    found = _LABEL.match(text.strip())
    name, value = (found[1], found[2]) if found else (text, "")
    label = names.get(re.sub(r"\s", "", name))
    return (label, value) if label else None


def _site_lines(pieces: list[Piece]) -> set[int]:
    filled = [i for i, piece in enumerate(pieces) if piece.text and piece.cell is None and not piece.glue]
    kinds = {i: _kind(pieces[i].text) for i in {*filled[:_HEAD], *filled[-_FOOT:]}}
    gone = {i for i, kind in kinds.items() if kind == "line"}
    crumbs = [n for n, i in enumerate(filled[:_HEAD]) if kinds[i] == "crumb"]
    if crumbs:
        above = filled[: crumbs[-1]]
        gone |= {i for i in above if len(pieces[i].text) < 60 and not _SENTENCE.search(pieces[i].text)} | {
            filled[crumbs[-1]]
        }
    for i in filled[-_FOOT:]:
        below = [piece for piece in pieces[i:] if piece.text]
        if kinds[i] == "foot" and all(len(p.text) < _LONGEST and not p.cell and "。" not in p.text for p in below):
            return gone | set(range(i, len(pieces)))
    return gone | {i for i in filled[-_FOOT:] if kinds[i] == "foot"}


def _kind(text: str) -> str:
    text = _UNSEEN.sub("", text)
    if len(text) >= _LONGEST:
        return ""
    return next((kind for pattern, kind in _patterns() if pattern.fullmatch(text)), "")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """One pattern for each kind; the more telling kinds first."""
    rows = load("site_lines")
    return tuple(
        (re.compile("|".join(f"(?:{pattern})" for pattern, own in rows if own == kind)), kind)
        for kind in ("crumb", "foot", "line")
    )


def _renumbered(pieces: list[Piece]) -> list[Piece]:
    """Number the tables from 0 again, where some were left out."""
    numbers: dict[int, int] = {}
    for piece in pieces:
        if piece.cell:
            number = numbers.setdefault(piece.cell.table, len(numbers))
            if number != piece.cell.table:
                piece.cell = Cell(**{**vars(piece.cell), "table": number})
    return pieces
