"""Ruled lines -> grids, by the table finder of pdfplumber; what PDF and OFD have in common."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from policyparse.reading.base import Box
from policyparse.reading.grid import Grid

THIN = 3.0  # a filled area as thin as this many points is a line
_SHORT = 6.0  # shorter lines are no edges of cells
_NEAR = 4.0  # lines this far apart meet
_MOST_EDGES = 4000
_MOST_CROSSINGS = 5000  # the finder's time grows with their square; a full page of cells has under 1000

Edge = dict[str, Any]
Gap = tuple[float, float, float]  # where at least an edge is missing: its place, from where, to where


def edge(x0: float, top: float, x1: float, bottom: float) -> Edge | None:
    """A straight line as an edge, or None where it is aslant or too short."""
    x0, x1, top, bottom = min(x0, x1), max(x0, x1), min(top, bottom), max(top, bottom)
    wide, high = x1 - x0, bottom - top
    if max(wide, high) < _SHORT or min(wide, high) > THIN:
        return None
    if wide >= high:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "object_type": "line",
        "orientation": "h" if wide >= high else "v",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def rectangle(box: Box) -> list[Edge]:
    """The sides of a drawn rectangle; of a thin one, the line that it is."""
    x0, top, x1, bottom = box
    if min(x1 - x0, bottom - top) <= THIN:
        sides = [edge(*box)]
    else:
        sides = [
            edge(x0, top, x1, top),
            edge(x0, bottom, x1, bottom),
            edge(x0, top, x0, bottom),
            edge(x1, top, x1, bottom),
        ]
    return [side for side in sides if side is not None]


def grids(edges: list[Edge], page: int) -> list[Grid]:
    """The tables that the edges of a page draw, those of one column (frames around text) left out.

    A page end may cut a table without a line, and the sides of a table may be open: these edges are added.
    """
    if not _may_be_table(edges):
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges(edges, 3, 3, 3, 3)
    across = [e for e in edges if e["orientation"] == "h"]
    down = [e for e in edges if e["orientation"] == "v"]
    gaps = _open_ends(down, across, ("top", "bottom"), ("x0", "x1"), 2)
    sides = _open_ends(across, down, ("x0", "x1"), ("top", "bottom"), 3)
    added = [*(edge(a, at, b, at) for at, a, b in gaps), *(edge(at, a, at, b) for at, a, b in sides)]
    edges += [e for e in added if e is not None]
    crossings = edges_to_intersections(edges, _NEAR, _NEAR)
    if not 4 <= len(crossings) <= _MOST_CROSSINGS:
        return []
    found = []
    for cells in cells_to_tables(intersections_to_cells(crossings)):
        if len({round(cell[0]) for cell in cells}) > 1:
            found.append(Grid(cells, page, gaps))
    return found


def _may_be_table(edges: list[Edge]) -> bool:
    across = sum(1 for e in edges if e["orientation"] == "h")
    return across >= 2 and len(edges) - across >= 2 and 5 <= len(edges) <= _MOST_EDGES


def _open_ends(
    lines: list[Edge], closing: list[Edge], ends: tuple[str, str], sides: tuple[str, str], least: int
) -> list[Gap]:
    """Between which neighbours of at least ``least`` lines that end together nothing closes the cell."""
    found: list[Gap] = []
    for end in ends:
        for group in _together(lines, end):
            places = sorted({line[sides[0]] for line in group})
            at = group[0][end]
            for low, high in pairwise(places) if len(places) >= least else ():
                middle = (low + high) / 2
                closed = any(c[sides[0]] < middle < c[sides[1]] and abs(c[ends[0]] - at) < _NEAR + 1 for c in closing)
                if high - low > _NEAR and not closed:
                    found.append((at, low, high))
    return found


def _together(lines: Iterable[Edge], end: str) -> list[list[Edge]]:
    groups: list[list[Edge]] = []
    for line in sorted(lines, key=lambda line: line[end]):
        if groups and line[end] - groups[-1][0][end] < _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
