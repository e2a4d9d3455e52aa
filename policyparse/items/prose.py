"""Items that prose makes: sentences that name who must act, in clauses that no list of units assigns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policyparse.items.base import PUNCTUATION, Item, Seat, behind_signs
from policyparse.mentions import Mentions
from policyparse.patterns import regex
from policyparse.rules import duties
from policyparse.rules.base import behind_last, covering, some_in
from policyparse.structure.outline import Node, heading


class Said(NamedTuple):
    """A sentence that names who must act: flow[start:end], and what it was judged by (kept for ``policyparse.trace``).

    ``assigns``: it makes an obligation as an assignment does; ``beside``: its item has an assignment anyway;
    ``founds``: it only sets up a body.
    """

    start: int
    end: int
    duty: duties.Duty
    timed: bool
    formal: bool = True
    assigns: bool = False
    beside: bool = False
    founds: bool = False


class Prose:
    """The sentences of one part of a notice, read for who must act.

    ``times`` are the part's deadlines; ``formal`` is False where prose never assigns (regulations); ``said``
    takes down how sentences were judged.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        times: Mentions,
        formal: bool = True,
        said: list[Said] | None = None,
    ):
        self.text, self.times, self.formal, self.said = text, times, formal, said
        self._signs = duties.places(text, start, end)
        self._places = sorted([at for signs in self._signs for at in signs])
        # why it is issued (…甲局会同有关方面启动建设….现将…印发给你们) asks nothing
        self._reasons = [(text.rfind("\n", start, at) + 1, at) for at in _issued(text, start, end)]

    def sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences of text[start:end] that can say who must act: most cannot."""
        i = bisect_left(self._places, start)
        while i < len(self._places) and (at := self._places[i]) < end:
            if reason := covering(self._reasons, at):
                start = reason[1]
                i = bisect_left(self._places, start, i)
                continue
            a = behind_last(self.text, _STOPS, start, at)
            found = _SENTENCE.match(self.text, a, end)
            start = found.end() if found else at + 1
            yield a, start
            i = bisect_left(self._places, start, i)

    def speaks(self, start: int, end: int) -> bool:
        """Whether a sentence of text[start:end] can say who must act."""
        return some_in(self._places, start, end)

    def duty(self, start: int, end: int) -> duties.Duty | None:
        """Who must act by the sentence text[start:end]; None where nobody is named."""
        return duties.find(self.text, start, end, self._signs)

    def timed(self, start: int, end: int) -> bool:
        """Whether text[start:end] says a time."""
        return self.times.begins(start, end)


_ISSUED = regex(r"现(?:予以|予|将)[^\n]{0,120}?(?:印发|转发|下发)(?:给你们|你们)")


def _issued(text: str, start: int, end: int) -> list[int]:
    """Where sentences of text[start:end] begin that issue a document: 现将…印发给你们."""
    found = _ISSUED.finditer(text, start, end) if text.find("给你们", start, end) >= 0 else ()
    return [behind_last(text, _STOPS, max(start, one.start() - 60), one.start()) for one in found]


_SENTENCE = regex(r"[^。!?\n]+[。!?]?")
_STOPS = regex(r"[。!?\n]")


def said_items(prose: Prose, nodes: Sequence[Node], taken: Sequence[tuple[int, int]]) -> list[Item]:
    """Items of the sentences outside all assignments that name who must act."""
    out: list[Item] = []
    at, covered = 0, 0
    for node in nodes:  # in order, so that ``taken`` is walked once
        floor, stop = max(node.start, covered), node.own_end
        while at < len(taken) and taken[at][0] < stop:
            a, b = taken[at]
            if a > floor and prose.speaks(floor, a):
                out += _stretch(prose, node, floor, a)
            floor = covered = max(floor, b)
            at += 1
        if stop > floor and prose.speaks(floor, stop):
            out += _stretch(prose, node, floor, stop)
    return out


# 该项工作于4月底前完成: the date of what the sentence before it asks.
_BACK = regex(r"(?:该项?|此项?|这项|以上|上述)(?:工作|任务|事项|方案|措施)(?!由)")
# 此项工作由甲局牵头: who is to do what the sentences before it ask.
_GIVEN = regex(r"(?:该项?|此项?|这项|以上|上述)(?:工作|任务|事项)由")


def _acts(duty: duties.Duty) -> bool:
    return any(a.role != "recipient" for a in duty.actors)


_BODY = regex(
    r"(?:成立|组建|设立|下设)[^。]{2,40}?(?:专班|小组|委员会|指挥部|联席会议|攻坚组|[^\W\d]组\()|等成员单位按"
)


# 领导小组下设经济、社会等2个工作组，分别由甲、乙牵头；下设综合组（由甲牵头）: groups of a body, with who leads them.
_GROUPS = regex(r"下设[^。]{2,160}?(?:组|专班)(?:,分别由|\(由?|,由)[^。;]{2,160}?牵头")


def _told(prose: Prose, node: Node, start: int, end: int) -> list[_Told]:
    """The sentences of text[start:end] that name who must act, each with whether it surely assigns."""
    text, formal = prose.text, prose.formal
    told: list[_Told] = []
    for first, b in prose.sentences(start, end):
        a = node.body if first < node.body < b else first
        if told and a < told[-1][1]:
            continue  # it goes on with the sentence before it
        duty = prose.duty(a, b)
        if not duty:
            continue
        if duty.assigned and _GIVEN.match(text, a, b):
            a = told[-1][1] if told else behind_signs(text, start, a)
        has_time = prose.timed(a, b)
        founds = not (has_time or duty.recipient) and (
            (not duty.assigned and _BODY.search(text, a, b) is not None) or _GROUPS.search(text, a, b) is not None
        )
        acts = _acts(duty)
        sure = formal and acts and duty.binding and (has_time or duty.recipient or duty.assigned)
        if prose.said is not None:
            prose.said.append(Said(a, b, duty, has_time, formal, sure, founds=founds))
        if (duty.binding or not has_time) and not founds:  # a body's posts and members are read as such
            told.append(_going_on(prose, a, b, duty, sure, end))
    return _with_subjects(told, formal)


def _going_on(prose: Prose, a: int, b: int, duty: duties.Duty, sure: bool, end: int) -> _Told:
    """A sentence with those behind it that say when its work is to be done."""
    while _BACK.match(prose.text, b, end) and (more := _SENTENCE.match(prose.text, b, end)):
        if not prose.timed(b, more.end()):
            break
        b, sure = more.end(), prose.formal and _acts(duty)
    return a, b, duty, sure


def _several_times(prose: Prose, node: Node, start: int, end: int) -> bool:
    """Whether more than one sentence of text[start:end] says a time."""
    spans = [found.span() for found in _SENTENCE.finditer(prose.text, start, end)]
    return sum(prose.timed(node.body if a < node.body < b else a, b) for a, b in spans) > 1


def _stretch(prose: Prose, node: Node, start: int, end: int) -> list[Item]:
    told = _told(prose, node, start, end)
    if not told:
        return []
    text = prose.text
    beyond = _beyond(text, node, start)
    strong = [t for t in told if t[3]]
    if len(strong) > 1:
        return [_said(text, node, a, b, duty, beyond) for a, b, duty, _ in strong]
    whole = not strong or (
        len(told) > 1
        and node.style != "root"
        and not beyond
        and not node.children
        and end - start <= 700
        and not _several_times(prose, node, start, end)
    )
    if not whole:
        a, b, duty, _ = strong[0]
        if not beyond and not PUNCTUATION.sub("", text[node.heading[1] : a]):
            a = start  # nothing but the clause's title stands before it
        return [_said(text, node, a, b, duty, beyond)]
    if node.style == "root" and not strong:
        return [Item(node, a, b, (a, a), _acting(duty, False)) for a, b, duty, _ in told]
    seats = [s for _, _, duty, sure in told for s in _acting(duty, sure)]
    return [Item(node, behind_signs(text, start, end), end, node.heading, seats)]


_Told = tuple[int, int, duties.Duty, bool]


def _with_subjects(told: list[_Told], formal: bool) -> list[_Told]:
    """A sentence that only says to whom it is reported takes its subject from the sentence before it."""
    out: list[_Told] = []
    for a, b, duty, sure in told:
        own = any(x.role != "recipient" and x.name.start <= a + 4 for x in duty.actors)
        if out and not own and duty.recipient and out[-1][1] == a and not out[-1][3]:
            before = out.pop()
            actors = (*before[2].actors, *duty.actors)
            out.append((before[0], b, duties.Duty(actors, duty.assigned, True, True), formal))
        else:
            out.append((a, b, duty, sure))
    return out


def _beyond(text: str, node: Node, start: int) -> bool:
    """Whether the text at ``start`` is a closing paragraph behind the clause, not part of it."""
    return node.style == "root" or (start > node.body and "\n" in text[start - 1 : start + 2])


def _said(text: str, node: Node, start: int, end: int, duty: duties.Duty, beyond: bool) -> Item:
    """The item of one sentence that names who must act; outside all clauses it has no label and no heading."""
    if beyond:
        return Item(node, start, end, (start, start), _acting(duty, True), labels=())
    titled = node.heading[1] - node.heading[0] <= 24 and "," not in text[node.heading[0] : node.heading[1]]
    where = node.heading if titled or start <= node.body else heading(text, start, end)
    return Item(node, start, end, where, _acting(duty, True))


def _acting(duty: duties.Duty, stated: bool) -> list[Seat]:
    return [Seat(a.name, a.role, "stated" if stated else "prose") for a in duty.actors]


def add_prose(prose: Prose, item: Item) -> None:
    """Who must act by the sentences of an item that has an assignment of its own: basis prose."""
    stop = item.assignment.start if item.assignment and item.start <= item.assignment.start <= item.end else item.end
    body = item.node.body if item.start == item.node.start else item.start
    if not prose.speaks(body, stop):
        return
    known = {s.name.text for s in item.seats}
    for a, b in prose.sentences(body, stop):
        duty = prose.duty(a, b)
        if duty and prose.said is not None:
            prose.said.append(Said(a, b, duty, False, beside=True))
        for actor in duty.actors if duty else ():
            if actor.name.text not in known or actor.role == "recipient":
                item.seats.append(Seat(actor.name, actor.role, "prose"))
