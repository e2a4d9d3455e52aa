"""Notices -> nodes and edges, as ``policyparse.graph`` describes them. The only home of networkx, with ``formats``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from policyparse.model import Clause, Notice, Obligation, Organ, Span
from policyparse.naming import Naming, is_vague
from policyparse.units import Units, canonical

_DATED = ("due", "period")


def build(notices: Iterable[Notice], units: Units | None = None) -> nx.MultiDiGraph[str]:
    """The graph of ``notices``; a notice whose id was there before is left out."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if units is not None:
        _register(graph, units)
    given = {notice.id: notice for notice in reversed(list(notices))}
    inside: dict[str, str] = {}  # number or title -> node of a notice among those given, or of a document cited
    for notice in given.values():
        for name in (notice.number, notice.title):
            if name:
                inside[canonical(name)] = f"notice:{notice.id}"
    for notice in reversed(given.values()):
        _Adding(graph, notice, units, inside).run()
    return graph


def _register(graph: nx.MultiDiGraph[str], units: Units) -> None:
    """The register's own nodes, and which unit stands above or for which."""
    for unit in units:
        data = _given(label=unit.name, name=unit.name, full_name=unit.name, level=unit.level)
        graph.add_node(_unit_id(unit.name), kind="unit", **data, registered=True, vague=False)
    for unit in units:
        for member in unit.members:
            if units.find(member):
                _join(graph, _unit_id(units.name_of(member)), _unit_id(unit.name), "member_of")
        if unit.parent and units.find(unit.parent):
            _join(graph, _unit_id(unit.name), _unit_id(units.name_of(unit.parent)), "part_of")


def _join(graph: nx.MultiDiGraph[str], source: str, target: str, kind: str) -> None:
    graph.add_edge(source, target, kind=kind, basis="register")


def _unit_id(full: str) -> str:
    return f"unit:{canonical(full)}"


def obligation_id(notice: Notice, obligation: Obligation) -> str:
    """Node of ``obligation``."""
    return f"obligation:{notice.id}#{obligation.id}"


class _Adding:
    """One notice on its way into the graph."""

    def __init__(self, graph: nx.MultiDiGraph[str], notice: Notice, units: Units | None, inside: dict[str, str]):
        self.graph = graph
        self.notice = notice
        self.units = units
        self.inside = inside
        self.naming = Naming(notice, units)
        self.node = f"notice:{notice.id}"
        self.organs: dict[str, str] = {}  # name or alias of a body of this notice -> node
        self.clauses: dict[tuple[str, ...], list[tuple[Span, str]]] = {}
        self.nodes: dict[str, str] = {}  # printed name -> node

    def run(self) -> None:
        notice = self.notice
        self.graph.add_node(
            self.node,
            kind="notice",
            label=notice.title or notice.id,
            **_given(
                title=notice.title,
                number=notice.number,
                issuer="、".join(notice.issuers),
                issued_on=notice.issued_on and notice.issued_on.isoformat(),
            ),
        )
        for clause in notice.clauses:
            self._clause(clause, self.node)
        for organ in notice.organs:
            self._organ(organ)
        for name in notice.issuers:
            self._edge(self.unit(name), self.node, "issued")
        for name in notice.addressees:
            self._edge(self.node, self.unit(name), "addressed")
        for obligation in notice.obligations:
            self._obligation(obligation)
        self._citations()

    def _edge(self, source: str, target: str, kind: str, span: Span | None = None, **more: Any) -> None:
        """An edge with the place it was read from; a dict is filled only with what is known."""
        data: dict[str, Any] = {"kind": kind, "notice": self.notice.id, **more}
        if span is not None:
            data["start"], data["end"] = span
        self.graph.add_edge(source, target, **data)

    def unit(self, name: str) -> str:
        """The node of a printed name: a body set up here, else a unit, made where it is new."""
        node = self.nodes.get(name)
        if node is None:
            node = self.nodes[name] = self.organs.get(name) or self._new_unit(name)
        return node

    def _new_unit(self, name: str) -> str:
        full = self.naming.full(name)
        node = _unit_id(full)
        data = self.graph.nodes.get(node)
        if data is None:
            entry = self.units.find(full) if self.units else None
            shown = entry.name if entry else name
            data = _given(kind="unit", label=shown, name=shown, full_name=full, level=entry and entry.level)
            self.graph.add_node(node, **data, registered=entry is not None, vague=is_vague(name))
        elif name not in (data["name"], data["full_name"]):
            self._same_as(name, node, data)
        return node

    def _same_as(self, name: str, node: str, data: dict[str, Any]) -> None:
        """``name`` is another name of the unit ``node``; the same words in another place's mouth are not."""
        other = f"name:{name}@{data['full_name']}"
        if other not in self.graph:
            self.graph.add_node(other, kind="name", label=name, name=name)
            known = "alias" if name in self.notice.aliases else "register" if data.get("registered") else "abbreviation"
            self._edge(other, node, "same_as", basis=known)

    def person(self, name: str) -> str:
        node = f"person:{name}@{self.notice.id}"
        if node not in self.graph:
            self.graph.add_node(node, kind="person", label=name, name=name)
        return node

    def _clause(self, clause: Clause, parent: str) -> None:
        node = f"clause:{self.notice.id}#{'/'.join(clause.path)}"
        if node in self.graph:  # the numbering starts afresh in an annex
            node += f"@{clause.span[0]}"
        self.graph.add_node(
            node, kind="clause", label=clause.label, heading=clause.heading, start=clause.span[0], end=clause.span[1]
        )
        self.clauses.setdefault(clause.path, []).append((clause.span, node))
        self._edge(node, parent, "part_of", clause.span)
        for child in clause.children:
            self._clause(child, node)

    def _home(self, obligation: Obligation) -> str:
        """The clause that ``obligation`` stands in, else the notice."""
        path = obligation.clause
        while path:
            for (start, end), node in self.clauses.get(path, ()):
                if start <= obligation.span[0] < end:
                    return node
            path = path[:-1]
        return self.node

    def _organ(self, organ: Organ) -> None:
        node = self._body(organ.name, organ.span, organ.alias)
        self._edge(self.node, node, "sets_up", organ.span)
        for post in organ.posts:
            self._edge(self.person(post.holder), node, "member_of", organ.span, post=post.post)
        for member in organ.members:
            self._edge(self.unit(member), node, "member_of", organ.span)
        if organ.office_at:
            self._edge(self.unit(organ.office_at), node, "hosts", organ.span)
        for group in organ.groups:
            part = self._body(group.name, organ.span)
            self._edge(part, node, "part_of", organ.span)
            if group.lead:
                self._edge(self.unit(group.lead), part, "leads_group", organ.span)
            for member in group.members:
                self._edge(self.unit(member), part, "member_of", organ.span)

    def _body(self, name: str, span: Span, alias: str | None = None) -> str:
        node = f"organ:{name}@{self.notice.id}"
        data = _given(kind="organ", label=name, name=name, alias=alias)
        self.graph.add_node(node, **data, start=span[0], end=span[1])
        self.organs[name] = node
        aliases = [short for short, full in self.notice.aliases.items() if full == name]
        for other in sorted({alias or "", *aliases} - {"", name}):
            self.organs[other] = node
            self.graph.add_node(f"name:{other}@{node}", kind="name", label=other, name=other)
            self._edge(f"name:{other}@{node}", node, "same_as", span, basis="alias")
        return node

    def _obligation(self, obligation: Obligation) -> None:
        node = obligation_id(self.notice, obligation)
        start, end = obligation.span
        dates = [d.end for d in obligation.deadlines if d.kind in _DATED and d.end]
        self.graph.add_node(
            node,
            kind="obligation",
            label=obligation.heading or obligation.text[:20],
            heading=obligation.heading,
            text=obligation.text,
            modality=obligation.modality,
            clause="/".join(obligation.clause),
            **_given(due=min(dates).isoformat() if dates else None),
            start=start,
            end=end,
        )
        self._edge(node, self._home(obligation), "part_of", obligation.span)
        for party in obligation.parties:
            source = self.person(party.name) if party.role == "official" else self.unit(party.unit or party.name)
            self._edge(source, node, "assigned", party.span, role=party.role, basis=party.basis, text=party.text)

    def _citations(self) -> None:
        for citation in self.notice.citations:
            name = citation.number or citation.title
            if not name:
                continue
            keys = [canonical(key) for key in (citation.number, citation.title) if key]
            node = next((self.inside[key] for key in keys if key in self.inside), f"document:{canonical(name)}")
            for key in keys:  # the next notice may name it by its title alone
                self.inside.setdefault(key, node)
            if node not in self.graph and node.startswith("document:"):
                data = _given(title=citation.title, number=citation.number)
                self.graph.add_node(node, kind="document", label=citation.title or name, **data)
            kind = "forwards" if citation.relation == "forwards" else "cites"
            self._edge(self.node, node, kind, citation.span, relation=citation.relation)


def _given(**values: Any) -> dict[str, Any]:
    """The values that are there: GraphML and GEXF take no None."""
    return {key: value for key, value in values.items() if value not in (None, "")}
