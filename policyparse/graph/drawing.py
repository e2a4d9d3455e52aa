"""The responsibility graph as SVG, drawn here: units left, obligations right, leads bold.

Rows of both sides are ordered so that few lines cross: obligations stay in the order of the notice, a unit
stands at the mean height of what it answers for.  All sizes are pixels at 96 dpi.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

LEFT, RIGHT, WIDTH = 250, 620, 1120  # right edge of the units, left edge of the obligations, the whole
LINE = 18
TOP = 78
HEADING = 33  # full-width characters of a heading that fit into a line
_ROLES = {
    "lead": ("牵头", "#9a3412", 2.6, ""),
    "responsible": ("责任", "#1d4ed8", 1.1, ""),
    "support": ("配合", "#0f766e", 1.1, "5 3"),
    "supervise": ("督导", "#6d28d9", 1.1, "2 3"),
    "recipient": ("报送", "#6d28d9", 1.1, "8 3 2 3"),
    "official": ("责任人", "#525252", 1.1, "5 3"),
}
_STYLE = """text{font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;\
font-size:14px;fill:#1f2937}
.lead{font-weight:700}.dim{fill:#6b7280;font-size:12px}.title{font-size:17px;font-weight:700}
path{fill:none}rect{fill:#f8fafc;stroke:#cbd5e1}.back{fill:#fff;stroke:none}"""


@dataclass
class _Row:
    node: str
    lines: list[str]
    note: str = ""
    y: float = 0.0

    @property
    def height(self) -> float:
        return LINE * (len(self.lines) + bool(self.note)) + 12


def draw(graph: nx.MultiDiGraph[str]) -> str:
    """The SVG of ``graph``: one row for each unit, body or person with a task, one for each of their obligations."""
    edges = [(a, b, data) for a, b, data in graph.edges(data=True) if data.get("kind") == "assigned"]
    tasks = [_task(node, data) for node, data in graph.nodes(data=True) if data.get("kind") == "obligation"]
    tasks = [row for row in tasks if graph.in_degree(row.node)]
    names = {unit: _wrap(graph.nodes[unit].get("label", unit), 15) for unit, _, _ in edges}
    bottom = max(_stack([_Row(unit, lines) for unit, lines in names.items()]), _stack(tasks))
    _stack(tasks, bottom)
    middle = {row.node: row.y + row.height / 2 for row in tasks}
    held: dict[str, list[float]] = defaultdict(list)
    for unit, task, data in edges:
        held[unit] += [middle[task]] * (3 if data["role"] == "lead" else 1)
    order = sorted(held, key=lambda unit: (sum(held[unit]) / len(held[unit]), unit))
    units = [_Row(unit, names[unit]) for unit in order]
    _stack(units, bottom)
    leading = {unit for unit, _, data in edges if data["role"] == "lead"}
    at = {row.node: row for row in units}
    body = [_line(at[unit], middle[task], data) for unit, task, data in _bold_last(edges)]
    body += [_box(row, 10, LEFT - 10, anchor="end", lead=row.node in leading) for row in units]
    body += [_box(row, RIGHT, WIDTH - RIGHT - 10) for row in tasks]
    return _page(graph, body, bottom + 16, {data["role"] for _, _, data in edges}, len(units), len(tasks))


def _task(node: str, data: dict[str, Any]) -> _Row:
    label = " ".join(part for part in (data.get("clause", ""), data.get("label", "")) if part)
    due = f"期限 {data['due']}" if data.get("due") else ""
    return _Row(node, _wrap(label, HEADING), due)


def _stack(rows: list[_Row], spread: float = 0.0) -> float:
    """Put ``rows`` below each other from the top, evenly over ``spread`` pixels where they are fewer; the bottom."""
    needed = sum(row.height + 8 for row in rows)
    gap = 8 + max(0.0, (spread - TOP - needed) / max(len(rows), 1))
    y = TOP + (gap - 8) / 2
    for row in rows:
        row.y = round(y, 1)
        y += row.height + gap
    return max(y, TOP)


def _wrap(text: str, width: int, most: int = 2) -> list[str]:
    """``text`` in at most ``most`` lines of ``width`` full-width characters; what is over ends in …"""
    lines, line, used = [], "", 0.0
    for char in text:
        size = 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56
        if used + size > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + size
    lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _bold_last(edges: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(edges, key=lambda edge: edge[2]["role"] == "lead")


def _line(row: _Row, middle: float, data: dict[str, Any]) -> str:
    a, b = round(row.y + row.height / 2, 1), round(middle, 1)
    name, colour, width, dash = _ROLES[data["role"]]
    bend = (LEFT + RIGHT) / 2
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{LEFT},{a} C{bend:g},{a} {bend:g},{b} {RIGHT},{b}" stroke="{colour}" stroke-width="{width}"'
        f' stroke-opacity="{0.95 if data["role"] == "lead" else 0.5}"{dashed}>'
        f"<title>{escape(row.lines[0])} {name}</title></path>"
    )


def _box(row: _Row, x: float, width: float, anchor: str = "start", lead: bool = False) -> str:
    at = x + width - 10 if anchor == "end" else x + 10
    weight = ' class="lead"' if lead else ""
    parts = [f'<rect x="{x}" y="{row.y:g}" width="{width:g}" height="{row.height:g}" rx="4"/>']
    y = row.y + LINE + 1
    for line in row.lines:
        parts.append(f'<text x="{at:g}" y="{y:g}" text-anchor="{anchor}"{weight}>{_text(line)}</text>')
        y += LINE
    if row.note:
        parts.append(f'<text x="{at:g}" y="{y:g}" text-anchor="{anchor}" class="dim">{_text(row.note)}</text>')
    return "".join(parts)


def _text(text: str) -> str:
    return escape("".join(max(char, " ") for char in text))  # control characters are no XML


def _page(graph: nx.MultiDiGraph[str], body: list[str], height: float, roles: set[str], units: int, tasks: int) -> str:
    titles = [data.get("label", "") for _, data in graph.nodes(data=True) if data.get("kind") == "notice"]
    title = titles[0] if len(titles) == 1 else f"{len(titles)}份文件的责任关系"
    legend, x = [], 10.0
    for role, (name, colour, width, dash) in _ROLES.items():
        if role in roles:
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            legend.append(
                f'<path d="M{x:g},54 h34" stroke="{colour}" stroke-width="{width}"{dashed}/>'
                f'<text x="{x + 40:g}" y="59" class="dim">{name}</text>'
            )
            x += 58 + 12 * len(name)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}"'
        f' viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{_text(title)}</title>\n<desc id="desc">左侧{units}个单位，右侧{tasks}项任务，粗线为牵头。</desc>\n'
        f'<style>{_STYLE}</style>\n<rect class="back" width="{WIDTH}" height="{height:g}"/>\n'
        f'<text x="10" y="30" class="title">{_text(_wrap(title, 62, 1)[0])}</text>\n'
    )
    return head + "\n".join([*legend, *body]) + "\n</svg>\n"
