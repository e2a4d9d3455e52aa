"""The graph as a file: one function a format, one table of formats."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from policyparse.errors import PolicyParseError

if TYPE_CHECKING:
    import networkx as nx

# XML 1.0 has no place for these characters, whatever the text held.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(graph: nx.MultiDiGraph[str], form: str) -> str:
    """``graph`` in the format ``form``, one of ``FORMATS``.

    Raises PolicyParseError for another format.
    """
    if form not in FORMATS:
        raise PolicyParseError(f"{form}: no such graph format; take one of {', '.join(FORMATS)}")
    return FORMATS[form](graph)


def _cleaned(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy that XML can hold: control characters replaced."""
    import networkx as nx

    out: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        out.add_node(_xml(node), **{key: _xml(value) for key, value in data.items()})
    for source, target, data in graph.edges(data=True):
        out.add_edge(_xml(source), _xml(target), **{key: _xml(value) for key, value in data.items()})
    return out


def _xml(value: Any) -> Any:
    return _NOT_XML.sub("�", value) if isinstance(value, str) else value


def graphml(graph: nx.MultiDiGraph[str]) -> str:
    """GraphML 1.0."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(_cleaned(graph))) + "\n"


def gexf(graph: nx.MultiDiGraph[str]) -> str:
    """GEXF 1.2 draft, without the date of writing: the same graph gives the same bytes."""
    import networkx as nx

    stream = io.BytesIO()
    nx.write_gexf(_cleaned(graph), stream)
    return re.sub(r' lastmodifieddate="[^"]*"', "", stream.getvalue().decode("utf-8")) + "\n"


def node_link(graph: nx.MultiDiGraph[str]) -> str:
    """JSON of nodes and edges, as ``networkx.node_link_graph(data, edges="edges")`` reads it."""
    import networkx as nx

    return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"


_SHAPES = {
    "notice": "folder",
    "clause": "plaintext",
    "obligation": "box",
    "unit": "ellipse",
    "organ": "hexagon",
    "person": "oval",
    "document": "note",
    "name": "plaintext",
}
_STYLES = {"lead": "bold", "support": "dashed", "supervise": "dotted", "recipient": "dotted"}


def dot(graph: nx.MultiDiGraph[str]) -> str:
    """A Graphviz digraph, from left to right."""
    lines = ["digraph policyparse {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    for node, data in graph.nodes(data=True):
        label, shape = data.get("label", node), _SHAPES.get(str(data.get("kind")), "box")
        lines.append(f"  {_quoted(node)} [label={_quoted(label)}, shape={shape}];")
    for source, target, data in graph.edges(data=True):
        label = data.get("role") or data["kind"]
        style = _STYLES.get(str(data.get("role")), "solid")
        lines.append(f"  {_quoted(source)} -> {_quoted(target)} [label={_quoted(label)}, style={style}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def svg(graph: nx.MultiDiGraph[str]) -> str:
    """A drawing: units left, obligations right, leads bold."""
    from policyparse.graph.drawing import draw

    return draw(graph)


FORMATS: dict[str, Callable[[Any], str]] = {
    "graphml": graphml,
    "gexf": gexf,
    "json": node_link,
    "dot": dot,
    "svg": svg,
}
