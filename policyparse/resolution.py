"""What needs the rest of the notice: lead-first conventions, default parties, aliases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from policyparse.items import Item, Seat
from policyparse.patterns import regex
from policyparse.rules.parties import CONVENTION
from policyparse.rules.sharing import Name
from policyparse.structure.outline import Node


def resolve(text: str, items: Sequence[Item]) -> None:
    """Settle, over a whole notice, what its lists leave to other places: joined names, lead-first conventions."""
    join_names(text, items)
    apply_convention(items, conventions(text))


_RANKED = (regex("第一(?=[位个名的者])"), regex("首[位个名]"))


def conventions(text: str) -> list[tuple[int, bool]]:
    """Where the notice says that the first unit leads: (offset, whether it holds from there on)."""
    out: list[tuple[int, bool]] = []
    for start, end in sorted(word.span() for ranked in _RANKED for word in ranked.finditer(text)):
        m = CONVENTION.search(text, max(0, start - 24), min(len(text), end + 24))
        if m and m.start() <= start < m.end() and (not out or m.start() > out[-1][0]):
            behind = _SENTENCE_ENDS.split(text[m.end() : m.end() + 30])[0]
            out.append((m.start(), "下同" in behind or "以下" in behind or _is_rule(text, m.start())))
    return out


_GENERAL = regex("以下|下列|各项|各条|逐项|逐条|本(?:方案|意见|通知|措施|清单|分工)|分工表|任务表|清单中|所列")
_SENTENCE_ENDS = regex("[。;\n)]")
_SENTENCE_STARTS = regex("[。;\n(]")


def _is_rule(text: str, at: int) -> bool:
    """Whether the convention at ``at`` is a sentence of its own on all lists to come, not a remark in one of them."""
    if text[at - 1 : at] == "。":  # …抓好落实。列第一位的为牵头单位。
        return True
    low = max(0, at - 60)
    sentence = _SENTENCE_STARTS.split(text[low:at])[-1]
    return _GENERAL.search(sentence) is not None


def convention_for(item: Item, said: Sequence[tuple[int, bool]], lasting: int | None) -> int | None:
    """Where the lead-first convention is said that the list of ``item`` stands under; None where there is none.

    ``lasting`` is the offset from which on one holds for everything.
    """
    if item.assignment is None and not item.table:
        return None
    start, end = (item.assignment.start, item.assignment.end) if item.assignment else (item.start, item.end)
    i = bisect_left(said, (start, False))
    if i < len(said) and said[i][0] < end:
        return said[i][0]
    return lasting if lasting is not None and start >= lasting else None


def lasting_from(said: Sequence[tuple[int, bool]]) -> int | None:
    """From where on a convention holds for all lists (下同); None where none does."""
    return min((at for at, lasts in said if lasts), default=None)


def apply_convention(items: Sequence[Item], said: Sequence[tuple[int, bool]]) -> None:
    """Make the first unit of every list under a lead-first convention the lead."""
    if not said:
        return
    lasting = lasting_from(said)
    for item in items:
        if convention_for(item, said, lasting) is None:
            continue
        stated = [i for i, s in enumerate(item.seats) if s.basis in ("stated", "table")]
        if any(item.seats[i].role == "lead" for i in stated):
            continue
        first = next((i for i in stated if item.seats[i].role == "responsible"), None)
        if first is not None:
            item.seats[first] = Seat(item.seats[first].name, "lead", "convention", item.seats[first].said)


def apply_defaults(items: Sequence[Item], top: Sequence[Node], end: int) -> None:
    """Add parties stated once (以下均需…落实，不再列出) to every item behind them, to the end of that part."""
    for source in items:
        if source.assignment is None or not source.assignment.defaults:
            continue
        at = source.assignment.end
        limit = _scope(top, source.start, end)
        for item in items:
            if item.assignment is None or not at <= item.assignment.end <= limit:
                continue
            known = {s.name.full for s in item.seats if s.basis != "prose"}
            item.seats += [
                Seat(name, "responsible", "default") for name in source.assignment.defaults if name.full not in known
            ]


def _scope(top: Sequence[Node], at: int, end: int) -> int:
    """End of the top-level part that holds ``at``; parts whose items are numbered on count as one list."""
    limit = end
    last = 0
    for node in top:
        if node.start <= at < node.end:
            limit, last = node.end, node.children[-1].number if node.children else 0
        elif node.start >= limit and last and node.children and node.children[0].number == last + 1:
            limit, last = node.end, node.children[-1].number
        elif node.start >= limit:
            break
    return limit


def join_names(text: str, items: Sequence[Item]) -> None:
    """Make one name of two units that every list writes as a pair (…，市甲委、乙管委会，…).

    A list tells its own separators: where units stand between commas, a 、 inside one of them belongs to the
    name. Certain only where the same pair recurs so and is never split otherwise.
    """
    runs = [r for item in items if item.assignment for r in _runs(text, item.seats)]
    pairs: dict[tuple[str, str], int] = {}
    for run in runs:
        inner = [i for i in range(1, len(run)) if run[i][1] == "、"]
        if len(inner) == 1 and len(run) >= 4:
            i = inner[0]
            key = (run[i - 1][0].name.text, run[i][0].name.text)
            pairs[key] = pairs.get(key, 0) + 1
    sure = {pair for pair, count in pairs.items() if count >= 2 and not any(_apart(run, pair) for run in runs)}
    if sure:
        for item in items:
            item.seats[:] = _joined(text, item.seats, sure)


_Run = list[tuple[Seat, str]]


def _runs(text: str, seats: Sequence[Seat]) -> list[_Run]:
    """Seats that one list names, each with the separator before it."""
    out: list[_Run] = []
    for seat in seats:
        before = text[seat.name.start - 1 : seat.name.start]
        if out and before in ("、", ",") and out[-1][-1][0].name.end == seat.name.start - 1:
            out[-1].append((seat, before))
        else:
            out.append([(seat, "")])
    return out


def _apart(run: _Run, pair: tuple[str, str]) -> bool:
    """Whether a list holds one of the pair without the other right beside it."""
    texts = [seat.name.text for seat, _ in run]
    for i, text in enumerate(texts):
        if text == pair[0] and (i + 1 >= len(texts) or texts[i + 1] != pair[1]):
            return True
        if text == pair[1] and (i == 0 or texts[i - 1] != pair[0]):
            return True
    return False


def _joined(text: str, seats: Sequence[Seat], sure: set[tuple[str, str]]) -> list[Seat]:
    out: list[Seat] = []
    for seat in seats:
        last = out[-1] if out else None
        if last and (last.name.text, seat.name.text) in sure and last.name.end + 1 == seat.name.start:
            whole = text[last.name.start : seat.name.end]
            out[-1] = Seat(Name(last.name.start, seat.name.end, whole, whole, "pair"), last.role, last.basis, last.said)
        else:
            out.append(seat)
    return out


def unique(seats: Sequence[Seat]) -> list[Seat]:
    """Each unit once for a role; what is stated outranks prose."""
    if len(seats) < 2:
        return list(seats)
    out: dict[tuple[str, str], Seat] = {}
    stated = {s.name.full for s in seats if s.basis != "prose"}
    for seat in seats:
        key = (seat.name.full, seat.role)
        if seat.basis == "prose" and seat.role == "responsible" and seat.name.full in stated:
            continue
        if key not in out or (out[key].basis == "prose" and seat.basis != "prose"):
            out[key] = seat
    return list(out.values())
