"""The responsibility graph: who is responsible for what, in one notice or in many.

Nodes (attribute ``kind``; ids begin with it):

==========  ==================================================  ==============================================
kind        id                                                  further attributes
==========  ==================================================  ==============================================
notice      ``notice:<id>``                                     title, number, issuer, issued_on
clause      ``clause:<notice id>#<labels>``                     heading, start, end
obligation  ``obligation:<notice id>#<obligation id>``          heading, text, modality, due, clause, start, end
unit        ``unit:<full name>``                                name, full_name, level, registered, vague
person      ``person:<name>@<notice id>``                       name
organ       ``organ:<name>@<notice id>``                        name, alias, start, end
document    ``document:<number or title>``                      title, number
name        ``name:<name>@<unit>``                              name
==========  ==================================================  ==============================================

Edges (attribute ``kind``), each with the words and the place it was read from (``text``, ``start``, ``end``;
offsets into the text of notice ``notice``):

=============  ===========================================  ==================================================
kind           from -> to                                   further attributes
=============  ===========================================  ==================================================
assigned       unit, organ or person -> obligation          role, basis (see ``model.Party``)
part_of        clause, obligation -> clause, notice;
               working group -> its body
issued         unit -> notice
addressed      notice -> unit
cites          notice -> document or notice                 relation (basis, amends, repeals, mentions)
forwards       notice -> document or notice                 relation
sets_up        notice -> organ
member_of      unit or person -> organ, or collective       post, where one is held
leads_group    unit or person -> organ
hosts          unit -> organ (its office is there)
same_as        name -> unit (two names of one unit)         basis (alias, abbreviation or register)
=============  ===========================================  ==================================================

Every attribute is a string, an int or a bool, and missing ones are left out: GraphML and GEXF take them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyparse.model import Notice

if TYPE_CHECKING:
    import networkx as nx

    from policyparse.units import Units


def build_graph(*notices: Notice, units: Units | None = None) -> nx.MultiDiGraph[str]:
    """The responsibility graph of ``notices``; nodes and edges are described above.

    A unit is one node across notices.  Its names fall together where the register ``units`` says so, where
    they are certain abbreviations of each other (市发展改革委, 市发改委), and where the notice defines one as
    the other's short name; 市教育局 in notices of two cities stays two nodes.  A notice given twice (same id)
    is taken once.
    """
    from policyparse.graph.build import build

    return build(notices, units)
