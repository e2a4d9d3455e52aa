"""Duties said in prose: who must act, and to whom it is reported, in a sentence that assigns no unit formally.

``find`` reads one sentence: ``由X牵头，Y、Z配合``, ``X应于…前报Y备案``, ``各部门要…``, ``X每月向Y报告``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.rules.base import lie_in, some_in
from policyparse.rules.duties import assigned, recipients, subjects
from policyparse.rules.duties.base import Actor, Sign

__all__ = ["Actor", "Duty", "Places", "find", "places"]


class Duty(NamedTuple):
    """What one sentence says of who must act.

    ``assigned``: it says 由…牵头/负责/会同/配合; ``recipient``: it names who is reported to; ``binding``: it asks
    something, rather than tell a goal or a fact.
    """

    actors: tuple[Actor, ...]
    assigned: bool
    recipient: bool
    binding: bool = True


class Places(NamedTuple):
    """Offsets, sorted, of what a sentence needs that has a subject, that assigns, or that says whom it is reported to."""

    subjects: list[int]
    assigned: list[int]
    recipients: list[int]


def places(text: str, start: int, end: int) -> Places:
    """The places in text[start:end], one of which lies in every sentence that says who must act."""
    return Places(
        sorted([*_places(subjects.ASKS, text, start, end), *subjects.places(text, start, end)]),
        sorted(_places(assigned.SIGNS, text, start, end)),
        sorted(_places(recipients.SIGNS, text, start, end)),
    )


def _places(signs: Sequence[Sign], text: str, start: int, end: int) -> list[int]:
    return [
        found.start()
        for first, pattern in signs
        if text.find(first, start, end) >= 0
        for found in pattern.finditer(text, start, end)
    ]


def find(text: str, start: int, end: int, places: Places) -> Duty | None:
    """Who must act and who is reported to in the sentence text[start:end]; None where nobody is named.

    ``places`` are those of a stretch that the sentence lies in.
    """
    actors: list[Actor] = []
    said = mechanism = False
    if text.find("现", start, end) >= 0 and (issued := _ISSUED.search(text, start, end)):
        start = issued.end()  # 甲局会同有关部门制定了…,现印发给你们: no duty stands before it
    assigns = some_in(places.assigned, start, end)
    if assigns and text.find("会同", start, end) >= 0 and (done := _DONE.match(text, start, end)):
        start = done.end()  # what was done together is told, not asked
    if text.find("解释", start, end) >= 0 and (explained := _EXPLAINED.search(text, start, end)):
        end = explained.start()  # who interprets a document is no duty
    if assigns:
        said = assigned.assigned(text, start, end, actors)
        said = assigned.together(text, start, end, actors) or said
        mechanism = assigned.standing(text, start, end, actors)
    if named := lie_in(places.subjects, start, end):
        if not actors or (mechanism and not said) or _hands_on(text, start, actors, named[0]):
            if opening := subjects.read(text, start, end, named):  # 甲局于每月报乙局,由乙局汇总
                said = said or any(a.role == "lead" for a in opening)
                _add(actors, opening)
        if more := subjects.elsewhere(text, start, end, named):
            _add(actors, more)
    told = recipients.read(text, start, end) if some_in(places.recipients, start, end) else []
    actors += told
    if not actors:
        return None
    actors = _whole(actors)
    return Duty(tuple(actors), said or mechanism, bool(told), _binding(text, start, end, actors, said))


def _hands_on(text: str, start: int, actors: list[Actor], place: int) -> bool:
    """Whether a unit at ``place`` may act before those behind 由: 甲局于每月报乙局,由乙局汇总."""
    return text.rfind(",由", start, min(a.name.start for a in actors)) > place


def _add(actors: list[Actor], more: list[Actor]) -> None:
    """Add those of ``more`` that don't stand within one that is known."""
    taken = {at for a in actors for at in range(a.name.start, a.name.end)}
    for one in more:
        if one.name.start not in taken:
            actors.append(one)
            taken.update(range(one.name.start, one.name.end))


def _whole(actors: list[Actor]) -> list[Actor]:
    """The actors in order, without those that are but the end of another's name (投集团 in 交投集团)."""
    out: list[Actor] = []
    for one in sorted(actors, key=lambda a: (a.name.start, -a.name.end)):
        if not out or one.name.start >= out[-1].name.end or one.name.start == out[-1].name.start:
            out.append(one)
    return out


_DONE = regex("[^,。;:会]*会同[^,。;:了]*(?<![为除])了(?![解结])[^,。;:]*")  # 甲局会同乙局提出了意见
_EXPLAINED = regex("由[^,。;]{2,60}负责(?:具体)?解释")
_ISSUED = regex("现(?:予以|予|将)?(?:[^。;]{0,90}?)?(?:印发|转发|下发)(?:给你们|你们|执行|实施)?")
# Each alternative begins with a character: so a sentence is searched several times as fast.
_MUST = regex(
    r"应当|应(?<![相反响效供对适]应)(?![急用届收付聘邀变战援])|要(?<![重主需必次首紧纲摘概提]要)(?![素求点件塞闻])|须(?<!必须)|必须|不得|,请|;请|请各"
)
_PRIVATE = regex(r"(?:公司|集团|企业|协会|商会|高校|大学|学院|机构|银行|市|县|区|镇|乡|村|园区)(?:[(〈].*)?$")
_GOAL = regex(r"(?:^|[,;])[^,。;]{0,8}到(?:19|20)\d\d年|^(?:19|20)\d\d年,")
_TOLD = regex(
    r"成立于|创办于|位于(?<!单位于)|了(?<=[^\W\d]了)(?<!为了)(?!解)|已经?[^\W\d]|赴[^,。]{2,20}(?:考察|调研)|成功举办|如期举办"
)


# 到2021年底，各乡镇制定出台…: an act of the units, not a state that is aimed at.
_ACT = regex("制[定订]|出台|建立|编制|印发|组织|完成|开展|启动|报送|设立|成立|梳理|公布|发布|修订|召开")


def _binding(text: str, start: int, end: int, actors: list[Actor], said: bool) -> bool:
    """Whether the sentence asks something of its actors: no goal (到2025年，全县…实现), no tale of what is."""
    if text.startswith("请", start) or _MUST.search(text, start, end):
        return True
    if _TOLD.search(text, start, end):
        return False
    if said:
        return True
    if text.find("年", start, end) >= 0 and _GOAL.search(text[start:end]):
        if not any(_ACT.match(text, a.name.end, end) for a in actors if a.role != "recipient"):
            return False
    return not all(_PRIVATE.search(a.name.text) and not a.name.text.startswith("各") for a in actors)
