"""Documents that a notice names: in 《》, or by number (发文字号) alone, and what it has to do with them.

``find`` says what stands in the text, ``read`` what counts as a citation: each document once, in order, without
the notice itself, what it encloses, short names of documents already cited, and publications that are no documents.
Relations follow the use of GB/T 9704 notices: a document named in the opening behind 根据, 按照, 为贯彻落实 is the
basis; one forwarded, amended or repealed says so in the sentence; anything else is mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import LETTER, regex
from policyparse.records import Relation, Span
from policyparse.rules.base import Mention, Rule, candidates, compiled, covering, settle
from policyparse.text import fold

_SERIAL = r"\( ?(?:19|20)\d\d ?\) ?(?:第 ?)?\d{1,5} ?号"
_SIGNS = LETTER
_LEADS = r"(?:按照|根据|依据|依照|参照|对照|落实|贯彻|执行|关于|以及|文件|通过|转发|印发|见|和|及|与|以|由|即|在|将)"


_NUMBERED_TITLE = rf"(?P<title>.{{2,}})\((?P<number>{_SIGNS}{{1,16}}{_SERIAL})\)$"


class Cited(NamedTuple):
    """A document as named: its title without 《》, its number; one of them may be missing."""

    title: str | None
    number: str | None


class Reference(NamedTuple):
    """A citation: flow[start:end], the document as printed, and its relation to the notice."""

    title: str | None
    number: str | None
    relation: Relation
    start: int
    end: int


def _named(match: re.Match[str]) -> Cited | None:
    title = match["title"].strip()
    number = match["number"]
    inside = compiled(_NUMBERED_TITLE).match(title) if title.endswith("号)") else None
    if inside and not number:  # 《甲办法（乙政发〔2018〕4号）》
        title, number = inside["title"], inside["number"]
    return Cited(title, _clean(number) if number else None) if len(title) > 1 else None


def _numbered(match: re.Match[str]) -> Cited | None:
    return Cited(None, _clean(match["span"]))


def _clean(number: str) -> str:
    """The number without what runs into it: 按照国办发… -> 国办发…, 工作的通知国办发… -> 国办发…"""
    number = compiled(_RUNS_IN).sub("", number.replace(" ", ""))
    return compiled(rf"^{_LEADS}+(?={_SIGNS}*\()").sub("", number) if compiled(_LEADS).match(number) else number


_RUNS_IN = r"^.*(?:文件|通知|意见|决定|办法|方案|规定)(?=.{2,}\()"


NAMED = Rule(
    id="citation.named",
    kind="citation",
    pattern=rf"《(?P<title>(?:[^《》\n]|《[^《》\n]*》)+)》(?:\( ?(?P<number>{_SIGNS}{{0,16}}{_SERIAL})[^()\n]*\))?",
    value=_named,
    yes=(
        ("《河湾省雨水利用条例》", Cited("河湾省雨水利用条例", None)),
        (
            "《关于印发〈青石市河道方案〉的通知》(青政发(2023)7号)",
            Cited("关于印发〈青石市河道方案〉的通知", "青政发(2023)7号"),
        ),
        ("《青石市工作要点》((2020)64号)", Cited("青石市工作要点", "(2020)64号")),
        ("《关于提速的意见》(河发改(2021)12号,以下简称《意见》)", Cited("关于提速的意见", "河发改(2021)12号")),
        ("《青石市节水办法(青政规(2018)4号)》", Cited("青石市节水办法", "青政规(2018)4号")),
    ),
    no=("加强《意见", "方案》已经同意", "《》"),
    needs=("《",),
)
NUMBERED = Rule(
    id="citation.numbered",
    kind="citation",
    pattern=rf"(?:{_LEADS}|(?<!{_SIGNS}))*(?P<span>{_SIGNS}{{1,12}}{_SERIAL})",
    value=_numbered,
    yes=(
        ("青政办发(2023)7号", Cited(None, "青政办发(2023)7号")),
        ("河发改环资(2019)1104号", Cited(None, "河发改环资(2019)1104号")),
    ),
    no=("到(2023)年", "第7号", "(2023)7号"),
    needs=("号",),
)
RULES: tuple[Rule, ...] = (NAMED, NUMBERED)

_SERIAL_AT = regex(_SERIAL)
_REPEALS = (
    r"(?:\((?:[^()\n]|\([^()\n]*\))*\)|《(?:[^《》\n]|《[^《》\n]*》)*》|[、,和及与等]|以及|同时|即行|自行|相应|一并|均|予以|宣布|自本[^,。\n]{0,20}起|"
    r"自\d{4}年[^,。\n]{0,12}起|文件)*(?:废止|停止执行|停止施行|不再执行|失效)"
)
_LONGEST = 1200  # characters of a sentence that are looked at
_AMENDS = r"[^。;\n]{0,24}?(?:修改|修订|作出修改)"
_FORWARDS = r"转发|批转"
_ISSUED = r"(?:通知|通报|公告|函|批复|决定)$"
_LABEL = r"(?m)(?:^[#* ]*|[。:;])(?:[一二三四五六七八九十]{1,2}、|第一[章节]|\(一\)|1[.、](?!\d)|第二条)"
_FIRST_ARTICLE = r"(?s:第一条.{0,600}?)(?=第二条)"
_BASIS = r"根据|按照|依据|依照|遵照|落实|贯彻|执行"
_STRONG = ("根据", "按照", "依据", "依照", "遵照")
_RESULT = r"制定|制订|编制|提出|特|现就|现将|现印发|如下|决定"
_OTHER = r"印发|制定|出台|修订|编制|发布|公布|对接|转发|起草|提请|签署|开展|实施|报送|收到|召开|推广|申报|建立"
_PURPOSE = r"(?:为|根据|按照|依据|依照|遵照|贯彻|落实|深入贯彻|认真贯彻|全面贯彻|全面落实|认真落实|结合|第一条)"
_ANNEXED = r"\((?:详?见)?附(?:件|后|表)"
_ALIASES = r"称(?<=[简下统]称)(?:为)?[^()《\n]{0,3}《([^《》\n]+)》"
_GENERIC = r"(?:本|该)?(?:实施|行动|工作|若干|总体|专项|指导|试点|三年)*"


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Documents named in text[start:end] (folded); values are ``Cited``."""
    stop = len(text) if end is None else end
    found = candidates(text, (NAMED,), start, stop)
    for serial in _SERIAL_AT.finditer(text, start, stop):
        found += candidates(text, (NUMBERED,), max(start, serial.start() - 14), serial.end())
    return settle(found)


def opening(text: str, start: int, end: int) -> Span:
    """The opening of a part whose text is text[start:end]: what stands before its first numbered heading.

    In regulations it is the first article; without any heading it is the first paragraph.
    """
    article = compiled(_FIRST_ARTICLE).search(text, start, min(end, start + 3000))
    if article:
        return article.span()
    label = compiled(_LABEL).search(text, start, end)
    if label:
        return (start, max(start, label.start()))
    paragraph = text.find("\n", start + 2, end)
    return (start, paragraph if paragraph >= 0 else min(end, start + 1200))


def read(
    text: str,
    raw: str,
    openings: Sequence[Span] = (),
    own: Iterable[str] = (),
    own_number: str | None = None,
    skip: Sequence[Span] = (),
) -> list[Reference]:
    """Citations of a notice, each document once, in order of appearance.

    text, raw:   the flow, folded and as printed (same offsets).
    openings:    spans in which 根据/按照/为落实《…》 names the notice's basis (see ``opening``).
    own:         titles of the notice itself and of what it encloses: no citations.
    own_number:  the notice's own number.
    skip:        spans that are not searched (titles, sign-off).
    """
    mine = {_key(title) for title in own if title}
    known: set[str] = set()
    aliases = {_key(found[1]) for found in compiled(_ALIASES).finditer(text)}
    skip, openings = sorted(skip), sorted(openings)
    out: dict[str, Reference] = {}
    numbers = {_key(own_number)} if own_number else {"\n"}
    for mention in find(text):
        if covering(skip, mention.start):
            continue
        one = _reference(text, raw, mention, openings)
        key, number = _key(one.title or ""), _key(one.number or "")
        if one.title:
            if compiled(_ANNEXED).match(text, one.end):
                mine.add(key)
            if _is_foreign(text, one) or key in aliases or _is_short(key, known, mine):
                continue
            if key in mine and not _is_passed_on(text, one):
                continue
        elif any(number.endswith(other) for other in numbers):
            continue
        known.add(key)
        numbers |= {number} if number else set()
        old = out.get(key or number)
        out[key or number] = (
            one if old is None else old._replace(number=old.number or one.number, relation=_stronger(old, one))
        )
    return list(out.values())


def _reference(text: str, raw: str, mention: Mention, openings: Sequence[Span]) -> Reference:
    """The mention with its text as printed and its relation."""
    cited: Cited = mention.value
    title = number = None
    if cited.title is not None:
        at = text.index(cited.title, mention.start)
        title = raw[at : at + len(cited.title)]
    if cited.number is not None:
        close = re.sub(r"\s", "", text[mention.start : mention.end])
        at = close.find(cited.number)
        number = re.sub(r"\s", "", raw[mention.start : mention.end])[at : at + len(cited.number)]
    inside = covering(openings, mention.start)
    relation = _relation(text, mention, inside[0] if inside else None)
    return Reference(title, number, relation, mention.start, mention.end)


def _relation(text: str, mention: Mention, inside: int | None) -> Relation:
    """What the sentence around ``mention`` says about the document; in an opening (at ``inside``) it may be the basis."""
    first = max(inside or 0, mention.start - _LONGEST)
    start = max(first, 1 + max(text.rfind(mark, first, mention.start) for mark in "。\n;"))
    before = text[start : mention.start]
    if compiled(_REPEALS).match(text, mention.end):
        return "repeals"
    if inside is None:
        return "mentions"
    if before.endswith(("修改", "修订")) or (
        before.endswith(("对", "将")) and compiled(_AMENDS).match(text, mention.end)
    ):
        return "amends"
    if compiled(_FORWARDS).search(re.sub(r"《[^《》]*》", "", before[-12:])) or re.match(
        r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?[^。;\n《》]{0,30}(?:转发|批转)", text[mention.end : mention.end + 80]
    ):
        return "forwards"
    plain = re.sub(r"《(?:[^《》]|《[^《》]*》)*》", "", before)
    basis = max((m.start() for m in compiled(_BASIS).finditer(plain)), default=-1)
    other = max((m.start() for m in compiled(_OTHER).finditer(plain)), default=-1)
    if basis <= other:
        return "mentions"
    stop = text.find("。", mention.end)
    leads_on = plain[basis:].startswith(_STRONG) and compiled(_RESULT).search(
        text, mention.end, stop if stop >= 0 else len(text)
    )
    clause = plain[plain.rfind(",", 0, basis) + 1 :]
    return (
        "basis" if leads_on or clause.startswith("为") or compiled(_PURPOSE).match(plain.lstrip("#* ")) else "mentions"
    )


def _key(text: str) -> str:
    """Key under which two namings of one document are equal."""
    return compiled(_LAYOUT).sub("", fold(text))


_LAYOUT = r"&[a-z]+;|[\s《》〈〉<>“”\"‘’'()-]"


def _is_foreign(text: str, one: Reference) -> bool:
    """Whether 《》 holds a publication, or the bare word for a kind of document (the short name of one)."""
    title = fold(one.title or "")
    words = lexicon.words("document_kinds")
    if title in words or compiled(_GENERIC).sub("", title, count=1) in words:
        return True
    beside = lexicon.words("publications", 0, "beside")
    return (
        title.endswith(lexicon.words("publications", 0, "end"))
        or text[max(0, one.start - 8) : one.start].endswith(beside)
        or text.startswith(beside, one.end)
    )


@lru_cache(maxsize=4096)
def _is_within(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in order, ending alike."""
    chars = iter(full)
    return short[-2:] == full[-2:] and all(char in chars for char in short)


def _is_short(key: str, known: set[str], mine: set[str]) -> bool:
    """Whether ``key`` is the short name of a document already named, or of the notice's own (``mine``)."""
    if key in known or key in mine:
        return False
    if len(key) <= 6 and any(_is_within(key, full) for full in mine):
        return True
    return any(
        len(key) < len(full) and (full.endswith(key) or (len(key) <= 10 and _is_within(key, full))) for full in known
    )


def _is_passed_on(text: str, one: Reference) -> bool:
    """Whether an enclosed document is one issued before, passed on or repealed here, rather than issued herewith."""
    if one.relation == "repeals" or one.number:
        return True
    return one.relation == "forwards" and compiled(_ISSUED).search(one.title or "") is not None


def _stronger(old: Reference, new: Reference) -> Relation:
    """The relation that says more, of two namings of one document."""
    order: tuple[Relation, ...] = ("mentions", "basis", "forwards", "amends", "repeals")
    return max(old.relation, new.relation, key=order.index)
