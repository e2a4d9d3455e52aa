"""Assignments: where a notice says which units lead, share, support or supervise.

``find`` sees brackets of every kind (folded to parentheses), own lines and running labels; each
Assignment lists its units with their roles, and whether it states a lead-first convention
(列第一位的为牵头单位，下同) or default parties (以下均需各区政府落实，不再列出).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.rules.base import behind_last
from policyparse.rules.sharing import Name
from policyparse.rules.units import clean, has_suffix, is_phrase, is_unit, names, split, trim

_RANK = ("lead", "support", "supervise", "responsible")


class Named(NamedTuple):
    """A unit and its role in an assignment; ``said`` is the label or verb that says the role, "" where none does."""

    name: Name
    role: str
    said: str = ""


class Assignment(NamedTuple):
    """Units assigned at flow[start:end]."""

    start: int
    end: int
    parties: tuple[Named, ...]
    form: str  # bracket, line or run (a label within a paragraph)
    lead_first: bool = False  # the convention holds from here on
    defaults: tuple[Name, ...] = ()  # parties of everything that follows
    content: tuple[int, int] = (0, 0)


@lru_cache(maxsize=1)
def _stems() -> str:
    return "|".join(lexicon.words("roles"))


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    """A label of a role or of a field beside roles, up to its colon."""
    nouns = "|".join(re.escape(w) for w in lexicon.words("role_nouns"))
    fields = "|".join(lexicon.words("field_labels"))
    return re.compile(
        rf"(?:[\u4e00-\u9fa5]{{0,4}}?(?P<stem>(?:{_stems()}){{1,3}})(?:(?:[市县区省局委]|分管|主要)?(?P<noun>{nouns}))?(?:\([^()]{{1,12}}\))?|(?P<field>{fields})) ?:"
    )


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    """Words behind units that say their role: 牵头, 按职责分工负责, 配合做好 …"""
    return re.compile(
        r"(?:,?(?:按照?|根据|依|结合)(?:各自)?(?:的)?(?:工作)?(?:职责|职能|任务|权限)(?:任务)?(?:和|与)?(?:权限|任务)?(?:分工)?会?(?:要求)?|分工会?|分别|共同|具体|各自|密切|积极|协同)*"
        rf"(?:(?P<verb>{_stems()})(?:{_WORK})*|组织实施|抓好落实)$"
    )


_WORK = "负责|落实|实施|推进|组织实施|组织|抓总|做好|完成|考核|抓好落实|推动|统筹|开展|配合|执行|制定|指导"


@lru_cache(maxsize=1)
def _verb_ends() -> frozenset[str]:
    """What ``_verb`` and ``_DUTY_ONLY`` can end with: a cheap test before them."""
    words = (*lexicon.words("roles"), *_WORK.split("|"), "职责", "职能", "任务", "权限", "分工")
    return frozenset(word[-1] for word in words)


_DUTY_ONLY = regex(r"(?:按照?|根据|依|结合)(?:各自)?(?:的)?(?:工作)?(?:职责|职能|任务|权限)(?:任务)?(?:分工)?$")
_JOIN = regex(r"(?:牵头)?(?:会同|商同|联合)")
CONVENTION = regex(
    r"(?:排名|排列|排序|位列|名列|排|列|居)?在?(?:责任单位|责任部门|单位)?(?:的)?(?:第一|首)(?:位|个|名)?(?:的|者)?(?:责任)?(?:单位|部门|者|的)?(?:均|即)?(?:为|是)(?:牵头|主办|主要责任)(?:单位|部门|责任单位|负责单位)?"
)
_ABOVE = regex(r"(?:以|如)?上述?各?(?:单位|部门)(?:按|共同|分别|负责|$)")  # those that were just named, no one else
_DEFAULT = regex(
    r"以下(?:各项|各条|各任务|所有|任务|工作|事项|责任单位|配合单位)?[^,。;:()]{0,4}?均(?:需|须|应|要|由|包括|包含|含|应由|需由)(?P<units>[^。;]*?)"
    r"(?P<verb>负责落实|配合落实|参与|配合|落实|负责)?,?不再(?:一一|逐一|单独|另行)?(?:列出|重复|赘述|列|注明|列明)"
)


@lru_cache(maxsize=1)
def _noun_ends() -> tuple[str, ...]:
    words = (*lexicon.words("role_nouns"), *lexicon.words("field_labels"))
    return tuple(word + space for word in words for space in ("", " "))


_HUMAN = regex(r"[\u4e00-\u9fa5]{2,3}")


_PARTS = regex(r"[,;。、(\n /]")


def _labels(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels in text[start:end]: behind a separator, or glued to the unit before them (州农委责任单位：)."""
    out: list[re.Match[str]] = []
    floor = start  # no label reaches over the colon before its own
    at = text.find(":", start, end)
    while at >= 0:
        begin = behind_last(text, _PARTS, floor, at)
        parted = begin > floor or floor == start
        if parted:
            begin = _unbulleted(text, trim(text, begin, at)[0], at)
        label = _label().match(text, begin, at + 1) if parted else None
        if not label or label.end() != at + 1 or _swallows(text, begin, label):
            label = _glued(text, begin, at, bool(out) and not out[-1]["noun"])
        if label:
            out.append(label)
        floor = at + 1
        at = text.find(":", floor, end)
    return out


def _swallows(text: str, begin: int, label: re.Match[str]) -> bool:
    """Whether what ``label`` begins with is the last unit of the list before it: 甲部、办公室分管领导:."""
    return bool(label["stem"]) and text[begin - 1] == "、" and is_unit(text[begin : label.start("stem")])


def _unbulleted(text: str, start: int, end: int) -> int:
    """``start``, or the offset behind the bullets that stand there."""
    while start < end and text[start] in "-*•●":
        start += 1
    return start


_LONGEST_UNIT = 34  # characters that ``is_unit`` allows


def _glued(text: str, begin: int, at: int, bare: bool) -> re.Match[str] | None:
    """The label up to the colon ``at`` that stands right behind the unit that begins at ``begin``.

    It needs a noun (州农委责任单位:), unless it is ``bare`` like the label before it (牵头:州农委配合:州林业局).
    """
    if not text.endswith(_noun_ends(), begin, at) and not (bare and text.endswith(lexicon.words("roles"), begin, at)):
        return None
    if text[begin - 1] == "(" and ")" in text[begin:at]:
        begin = behind_last(text, _PARTS, max(0, begin - _LONGEST_UNIT), begin - 1)  # 各支行(部)分管领导:
    for k in range(begin + 2, min(at - 1, begin + _LONGEST_UNIT + 1)):
        label = _label().match(text, k, at + 1)
        if not label or label.end() != at + 1 or not (bare or label["noun"] or label["field"]):
            continue
        if not label["field"] and label.start("stem") != k:
            continue
        if is_unit(text[begin:k]) or _HUMAN.fullmatch(text, begin, k):
            return label
    return None


_SPEAKS = regex(
    r"牵头|职责|职能|负责|分工|会同|联合|商同|配合|参与|参加|协助|协同|协办|主办|落实|实施|推进|指导|监督|督导|督办|考核|承办|执行|支持|监管|督查|协作|会办|责任|主管"
)
_ASIDE = regex("下同|上|:")
_OTHER_FIELD = regex(r"(?:其他|其它)?[^:]{2,8}:")


def _said(piece: str) -> tuple[int, str | None]:
    """Where the verb at the end of ``piece`` begins, and the role it says; None where there is none."""
    if piece[-1:] not in _verb_ends():
        return 0, None
    if (verb := _verb().search(piece)) and (verb.start() < 2 or not is_unit(piece) or is_unit(piece[: verb.start()])):
        return verb.start(), role_of(verb["verb"] or "负责") or "responsible"
    if alone := _DUTY_ONLY.search(piece):
        return alone.start(), "responsible"
    return 0, None


@lru_cache(maxsize=256)
def role_of(label: str) -> str | None:
    """The role that a label or verb names; None where it names none."""
    roles = {role for word, role in lexicon.table("roles").items() if word in label}
    return next((role for role in _RANK if role in roles), None)


def _person(noun: str | None) -> bool:
    return noun is not None and lexicon.table("role_nouns").get(noun) == "person"


class _Reader:
    """Reads the content of one assignment; collects parties, the convention and defaults."""

    __slots__ = ("defaults", "lead_first", "parties", "spoken", "text")

    def __init__(self, text: str):
        self.text = text
        self.parties: list[Named] = []
        self.lead_first = False
        self.defaults: list[Name] = []
        self.spoken = False  # a label or a verb said a role

    def content(self, start: int, end: int) -> None:
        text = self.text
        if default := _DEFAULT.search(text, start, end):
            self.defaults = names(text, *default.span("units"))
            self._fields(start, default.start())
            end = default.start()
            return
        self._fields(start, end)

    def cell(self, start: int, end: int, role: str) -> None:
        """Units of a table cell: the column says their role."""
        if self.text.find(":", start, end) >= 0 and _label().search(self.text, start, end):
            self._fields(start, end)
        else:
            self._run(start, end, role)

    def _fields(self, start: int, end: int) -> None:
        text = self.text
        found = _labels(text, start, end)
        head = found[0].start() if found else end
        if head > start:
            before = len(self.parties)
            self._run(start, head, None)
            if found:  # what stands before a label is a unit only where it reads like one
                self.parties[before:] = [p for p in self.parties[before:] if is_unit(p.name.text)]
        for i, label in enumerate(found):
            stop = found[i + 1].start() if i + 1 < len(found) else end
            if label["field"]:
                continue
            while text[stop - 1] in "/ ":
                stop -= 1
            role = "official" if _person(label["noun"]) else role_of(label["stem"])
            self.spoken = True
            self._run(label.end(), stop, role, label[0].rstrip(" :"))

    def _run(self, start: int, end: int, role: str | None, label: str = "") -> None:
        """Units with verbs behind them: A牵头,B、C按职责分工负责."""
        pending: list[tuple[int, int, str]] = []
        content = self.text[start:end]
        if label and content.startswith("\n") and (lines := _units_in_lines(self.text, start, end)):
            for a, b in lines:
                self._run(a, b, role, label)
            return
        verbs = _SPEAKS.search(content) is not None
        first = "第一" in content or "首" in content
        if not (verbs or first or _ASIDE.search(content)):  # nothing but a list of units, as most are
            start += len(content) - len(content.lstrip(" \n、,;。"))
            self._flush([(start, end, "")] if start < end else [], role or "responsible", label)
            return
        for a, b, separator in split(self.text, start, end):
            piece = self.text[a:b]
            if first and CONVENTION.search(piece):
                self.lead_first = True
                b = a + self._before_convention(piece)
                if b <= a:
                    continue
                piece = self.text[a:b]
            if piece in ("下同", "以下同") or _ABOVE.match(piece):
                continue
            if ":" in piece and _OTHER_FIELD.match(piece):
                break  # a field that is not about units
            if not verbs:
                pending.append((a, b, separator))
                continue
            if (
                (join := _JOIN.search(piece))
                and join.start() > 1
                and is_unit(piece[: join.start()].removesuffix("牵头"))
            ):
                stop = a + join.start() - (2 if piece[: join.start()].endswith("牵头") else 0)
                pending.append((a, stop, separator))
                self._flush(pending, "lead", piece[stop - a : join.end()])
                self.spoken = True
                a += join.end()
                piece, separator = self.text[a:b], ","
            cut, said = _said(piece)
            if said:
                if cut:
                    pending.append((a, a + cut, separator))
                comma = max((i for i, (_, _, sep) in enumerate(pending) if sep == ","), default=0)
                if role and comma and said != role:  # 责任单位:甲局、乙局,丙局配合
                    before = pending[:comma]
                    del pending[:comma]
                    self._flush(before, role, label)
                self._flush(pending, said, piece[cut:])
                self.spoken = True
            else:
                pending.append((a, b, separator))
        self._flush(pending, role or "responsible", label)

    def _before_convention(self, piece: str) -> int:
        """Where the name in front of a nested convention bracket ends; 0 where there is none."""
        at = max(piece.rfind("("), piece.rfind("〈"))
        return at if at > 0 else 0

    def _flush(self, pending: list[tuple[int, int, str]], role: str, said: str) -> None:
        if not pending:
            return
        # A run of pieces is one list: names() writes carried-over prefixes out.
        listed = names(self.text, pending[0][0], pending[-1][1])
        pending.clear()
        for name in listed:
            if name.text[-1] != ")":
                who = _who(name.text) if len(name.full) > 1 else "nobody"
                if who != "nobody":
                    self.parties.append(Named(name, "official" if who == "office" else role, said))
                continue
            marked = _MARKED.search(name.text)
            if marked:
                cut = marked.start()
                full = name.full[: len(name.full) - len(marked[0])]
                name = Name(name.start, name.start + cut, name.text[:cut], full, name.how)
            person = _IN_BRACKET.search(name.text) if "人" in said and not marked and is_unit(name.text) else None
            who = _who(name.text) if len(name.full) > 1 else "nobody"
            if who != "nobody":
                own = role_of(marked[1]) if marked else None
                held = "official" if who == "office" else own or role
                self.parties.append(Named(name, held, marked[1] if marked and own else said))
            if person:  # 责任单位及责任人:甲局(张三)
                a, b = name.start + person.start(1), name.start + person.end(1)
                self.parties.append(Named(Name(a, b, person[1], person[1]), "official", said))


_IN_BRACKET = regex(r"\(([\u4e00-\u9fa5]{2,3})\)$")


# 市民政局（牵头）、市财政局: the role stands behind the name.
_MARKED = regex(r"\((牵头|主办|配合|协办|负责)(?:单位|部门)?\)$")


_OFFICE = regex(r"(?:主要|分管)(?:领导|负责人|负责同志)$|^(?:校长|书记|主任|局长|市长|县长|区长|镇长)$")
_CALL = regex(r"鼓励|支持|引导|推动|督促|对|将|向|与|由|在|为|按|经过|即|含|包括")
_NO_UNIT = regex(
    r"^(?:长期|持续|常年|常态化)(?:坚持|推进|实施|开展)?$|[。:;!?]|[×…_*]{2}|^[×xX]{1,4}|\d(?:年|月|日|季度)|(?:完成|下同|各自|为主)$|^\d+$|^(?:有关|相关)$"
)


@lru_cache(maxsize=8192)
def _who(name: str) -> str:
    """What ``name`` may be: a unit, an office (分管领导, 校长), whose holder is official whatever the label, or nobody."""
    if len(name) > 50 or _NO_UNIT.search(name):
        return "nobody"
    if is_phrase(name) and (not has_suffix(name) or _CALL.match(name)):
        return "nobody"
    return "office" if _OFFICE.search(name) else "unit"


def cell(text: str, start: int, end: int, role: str) -> list[Named]:
    """The units of a table cell whose column says ``role``; verbs in the cell outrank the column."""
    reader = _Reader(text)
    reader.cell(start, end, role)
    return reader.parties


_BRACKET = regex(r"[()\n]")
_OPENING = regex(r"\((?:[^()\n]*\))?")  # with all of the bracket where no other stands in it


def pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost brackets of text[start:end] as (offset of the opening, offset behind the closing).

    A bracket that is never closed ends with its line.
    """
    out: list[tuple[int, int]] = []
    stop = start
    for found in _OPENING.finditer(text, start, end):
        at, closed = found.span()
        if at >= stop:
            stop = closed if closed > at + 1 else _closing(text, at, end)
            out.append((at, stop))
    return out


def _closing(text: str, start: int, end: int) -> int:
    """The offset behind the bracket that closes the one at ``start``; the end of its line where none does."""
    depth = 0
    for found in _BRACKET.finditer(text, start, end):
        if found[0] == "\n":
            return found.start()
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return end


_MARKER = regex(r"牵头|负责|责任|单位|部门|配合|主办|协办|承办|落实|参与|参加|处室|均需|指导")


_SHORTEST = 3  # characters of a bracket in which no unit has room: (一)


def find(text: str, start: int = 0, end: int | None = None) -> list[Assignment]:
    """All assignments in text[start:end] in order: brackets, own lines, running labels."""
    stop = len(text) if end is None else end
    out = [
        a
        for pair in pairs(text, start, stop)
        if pair[1] - pair[0] > _SHORTEST and (a := bracket(text, *pair)) is not None
    ]
    taken = [(a.start, a.end) for a in out]
    out += _lines(text, start, stop, taken)
    return sorted(out, key=lambda a: a.start)


_NEXT = regex(
    r" ?(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d))"
)  # a label without a line break


_TITLE = regex(
    r"(?:^|[\n。])[ #*]*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])(?P<title>[^,。;:()\n]{4,30})$"
)


def _behind_title(text: str, start: int, end: int) -> bool:
    """Whether the bracket text[start:end] closes the title of a numbered item: 1.推进厂区改造(甲局、乙局)。…"""
    if text[end : end + 1] not in ("。", "\n"):
        return False
    found = _TITLE.search(text[max(0, start - 40) : start])
    return found is not None and not is_unit(found["title"].strip())


def _closes_item(text: str, start: int, end: int, inside: str) -> bool:
    """Whether the bracket text[start:end] ends an item: …不低于40%(甲局、乙局)。 and no gloss on units (各部门(甲局、乙局)。"""
    if not text.startswith(("。\n", "。"), end) or text[end + 1 : end + 2] not in ("", "\n") or "、" not in inside:
        return False
    sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start))
    return start - sentence > 20 and not has_suffix(text[max(0, start - 8) : start])


# 〔甲局、乙局〕（排在首位的为牵头单位，下同）: the convention in a bracket of its own belongs to the list before it
_CONVENTION_BEHIND = regex(rf"\((?:以上|以下)?{CONVENTION.pattern}(?:,以?下同)?\)")


def bracket(text: str, start: int, end: int) -> Assignment | None:
    """The assignment in the bracket text[start:end], or None."""
    a = start + 1
    closed = text[end - 1] == ")"
    b = end - 1 if closed else end
    inside = text[a:b]
    before = text[start - 1] if start else "\n"
    if len(inside) < 2 or len(inside) > 1500:
        return None
    loose = before not in "。;!?\n"
    closing = loose and (_behind_title(text, start, end) or _closes_item(text, start, end, inside))
    if loose and not closing and not _MARKER.search(inside):
        return None
    reader = _Reader(text)
    reader.content(a, b)
    if not closed and not _label().match(text, a):
        return None
    if not reader.parties and not reader.defaults:
        return None
    if text.startswith("(", end) and (behind := _CONVENTION_BEHIND.match(text, end)):
        reader.lead_first, end = True, behind.end()
    if not reader.spoken and not reader.defaults:
        # A bare list must stand behind a sentence and hold nothing but units.
        follows = text[end : end + 2].lstrip(" ")[:1]
        if (
            (loose and not closing)
            or (follows not in ("", "\n", "。") and not _NEXT.match(text, end))
            or not all(is_unit(p.name.text) for p in reader.parties)
        ):
            return None
        if len(reader.parties) == 1 and not is_unit(clean_text(inside)):
            return None
    elif ":" not in inside or not _label().search(inside):
        follows = text[end : end + 1]
        amid = before not in "。;!?\n)" and (follows not in ("", "\n", "。", ";", "(") or inside.startswith("由"))
        if amid or not _said_of_units(reader):
            return None
    return Assignment(start, end, tuple(reader.parties), "bracket", reader.lead_first, tuple(reader.defaults), (a, b))


def _said_of_units(reader: _Reader) -> bool:
    """Whether a bracket that speaks in verbs is about units (财政部牵头) and not a gloss (由财政承担的部分)."""
    good = sum(is_unit(p.name.text) for p in reader.parties)
    return good * 2 >= len(reader.parties) and good > 0


_OCCASION = regex("大会|会议|论坛|活动|比赛|大赛|竞赛|展会|展览|博览|培训班|讲座|晚会|仪式")


def _below_task(text: str, at: int) -> bool:
    """Whether the line before offset ``at`` is the text of a numbered task, not that of an event."""
    line = text[text.rfind("\n", 0, max(at - 1, 0)) + 1 : max(at - 1, 0)]
    return len(line) > 20 and line.endswith("。") and _NEXT.match(line) is not None and not _OCCASION.search(line)


# Own lines: 主办/协办/承办单位 alone are those of an event, not of a duty; behind a task in its line they are.
_EVENT = regex(r"(?:主办|协办|承办|支持|指导|参加|参与|联系|推荐|申报|报送)(?:单位|部门|机构)?")


def _lines(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Assignment]:
    """Assignments whose label stands at the start of a line or of a sentence."""
    found = list(_opening_labels(text, start, end, taken))
    out: list[Assignment] = []
    i = 0
    while i < len(found):
        group = [found[i]]
        while i + 1 < len(found) and _adjacent(text, group[-1], found[i + 1]):
            i += 1
            group.append(found[i])
        i += 1
        assignment = _line_group(text, group, end)
        if assignment is not None:
            out.append(assignment)
    return out


def _opening_labels(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The labels that a line or a sentence begins with, outside ``taken``."""
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        i = bisect_right(taken, (at, end)) - 1
        if text[at - 1] not in _label_ends() or (i >= 0 and at < taken[i][1]):
            continue
        low = max(start, at - _LONGEST_LABEL - 1)
        begin = max(*(text.rfind(stop, low, at) for stop in "\n。;/"), low - 1) + 1
        if at - begin <= _LONGEST_LABEL:
            begin = _unbulleted(text, trim(text, begin, at)[0], at)
            opens = begin + 1 if begin < at and text[begin] == "(" else begin
            label = _label().match(text, opens, at + 1)
            i = bisect_right(taken, (begin, end)) - 1
            if label and label.end() == at + 1 and not (i >= 0 and begin < taken[i][1]):
                yield label


_COLON = regex(":")
_LONGEST_LABEL = 24


@lru_cache(maxsize=1)
def _label_ends() -> frozenset[str]:
    """What a label can end with: a cheap test before the dear one."""
    words = (*lexicon.words("roles"), *lexicon.words("role_nouns"), *lexicon.words("field_labels"), ")", " ")
    return frozenset(word[-1] for word in words)


def _adjacent(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    between = text[one.end() : two.start()]
    return "。" not in between[:-1] and between.count("\n") <= 1 + (between.startswith("\n"))


def _line_end(text: str, at: int, end: int) -> int:
    """End of the value that starts at ``at``: its line; where that is empty, all the lines of units behind it."""
    below = text[at : at + 1] == "\n"
    if below:
        at += 1
    stop = text.find("\n", at, end)
    stop = end if stop < 0 else stop
    while below and stop < end and _units_in_lines(text, at, stop):
        more = text.find("\n", stop + 1, end)
        more = end if more < 0 else more
        if more - stop > _LONGEST_UNIT or not _units_in_lines(text, stop + 1, more):
            break
        stop = more
    full = text.find("。", at, stop)
    return full if full >= 0 else stop


def _units_in_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of text[start:end] where each is a unit or a list of units, else nothing."""
    spans = [trim(text, m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
    spans = [(a, b) for a, b in spans if a < b]
    return spans if all(all(is_unit(text[x:y]) for x, y, _ in split(text, a, b)) for a, b in spans) else []


_LINE = regex(r"[^\n]+")


def _line_group(text: str, group: list[re.Match[str]], end: int) -> Assignment | None:
    roles = [m for m in group if m["stem"]]
    own = group[0].start() == 0 or text[group[0].start() - 1] == "\n"
    events = all(_EVENT.fullmatch(m[0].rstrip(" :").split("\n")[-1]) for m in roles)
    if not roles or (own and events and not _below_task(text, group[0].start())):
        return None
    stop = _line_end(text, group[-1].end(), end)
    reader = _Reader(text)
    reader.content(group[0].start(), stop)
    if not reader.parties and not reader.defaults:
        return None
    if not own and not all(p.role == "official" or is_unit(clean_text(p.name.text)) for p in reader.parties):
        return None
    return Assignment(
        group[0].start(),
        stop,
        tuple(reader.parties),
        "line" if own else "run",
        reader.lead_first,
        tuple(reader.defaults),
        (group[0].start(), stop),
    )


def clean_text(name: str) -> str:
    """``name`` without 等有关部门 and glosses."""
    a, b = clean(name, 0, len(name))
    return name[a:b]
