"""The content of an assignment: units with the labels before them or the verbs behind them, conventions and defaults."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.rules.parties.labels import is_person, label_pattern, labels, role_of, said_by
from policyparse.rules.sharing import Name
from policyparse.rules.units import clean, has_suffix, is_phrase, is_unit, names, split, trim


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


CONVENTION = regex(
    r"(?:排名|排列|排序|位列|名列|排|列|居)?在?(?:责任单位|责任部门|单位)?(?:的)?(?:第一|首)(?:位|个|名)?(?:的|者)?(?:责任)?(?:单位|部门|者|的)?(?:均|即)?(?:为|是)(?:牵头|主办|主要责任)(?:单位|部门|责任单位|负责单位)?"
)
_JOIN = regex(r"(?:牵头)?(?:会同|商同|联合)")
_ABOVE = regex(r"(?:以|如)?上述?各?(?:单位|部门)(?:按|共同|分别|负责|$)")  # those that were just named, no one else
DEFAULT = regex(
    r"以下(?:各项|各条|各任务|所有|任务|工作|事项|责任单位|配合单位){0,2}[^,。;:()]{0,4}?均(?:需|须|应|要|由|包括|包含|含|应由|需由)(?P<units>[^。;]*?)"
    r"(?P<verb>负责落实|配合落实|贯彻落实|参与|配合|落实|负责)?,?不再(?:一一|逐一|逐条|逐项|单独|另行)?(?:列出|重复|赘述|列|注明|列明)"
)
_SPEAKS = regex(
    r"牵头|职责|职能|负责|分工|会同|联合|商同|配合|参与|参加|协助|协同|协办|主办|落实|实施|推进|指导|监督|督导|督办|考核|承办|执行|支持|监管|督查|协作|会办|责任|主管"
)
_ASIDE = regex("下同|上|:")
_OTHER_FIELD = regex(r"(?:其他|其它)?[^:]{2,8}:")


class Reader:
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
        if text.find("以下", start, end) >= 0 and (default := DEFAULT.search(text, start, end)):
            self.defaults = names(text, *default.span("units"))
            self._fields(start, default.start())
            end = default.start()
            return
        self._fields(start, end)

    def cell(self, start: int, end: int, role: str) -> None:
        """Units of a table cell: the column says their role."""
        if self.text.find(":", start, end) >= 0 and label_pattern().search(self.text, start, end):
            self._fields(start, end)
        else:
            self._run(start, end, role)

    def _fields(self, start: int, end: int) -> None:
        text = self.text
        found = labels(text, start, end)
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
            role = "official" if is_person(label["noun"]) else role_of(label["stem"])
            self.spoken = True
            self._run(label.end(), stop, role, label[0].rstrip(" :"))

    def _run(self, start: int, end: int, role: str | None, label: str = "") -> None:
        """Units with verbs behind them: A牵头,B、C按职责分工负责."""
        pending: list[tuple[int, int, str]] = []
        content = self.text[start:end]
        if label and content.startswith("\n") and (lines := units_in_lines(self.text, start, end)):
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
                and is_unit(piece[: join.start()].removesuffix("牵头").removeprefix("由"))
            ):
                stop = a + join.start() - (2 if piece[: join.start()].endswith("牵头") else 0)
                pending.append((a, stop, separator))
                self._flush(pending, "lead", piece[stop - a : join.end()])
                self.spoken = True
                a += join.end()
                piece, separator = self.text[a:b], ","
            cut, said = said_by(piece)
            if said:
                if cut:
                    pending.append((a, a + cut, separator))
                comma = max((i for i, (_, _, sep) in enumerate(pending) if sep in (",", ";")), default=0)
                if role and comma and said != role:  # 责任单位:甲局、乙局,丙局配合
                    before = pending[:comma]
                    del pending[:comma]
                    self._flush(before, role, label)
                self._flush(pending, said, piece[cut:])
                self.spoken = True
            else:
                if (how := _HOW.search(piece)) and is_unit(piece[: how.start()]):
                    b = a + how.start()  # 各企业根据实际情况共筹费用
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
            marked = person = None
            if name.text[-1] == ")":
                if marked := _MARKED.search(name.text):
                    cut = marked.start()
                    full = name.full[: len(name.full) - len(marked[0])]
                    name = Name(name.start, name.start + cut, name.text[:cut], full, name.how)
                elif "人" in said and is_unit(name.text):
                    person = _IN_BRACKET.search(name.text)
            who = _who(name.text) if len(name.full) > 1 else "nobody"
            if who != "nobody":
                own = role_of(marked[1]) if marked else None
                held = "official" if who == "office" else own or role
                self.parties.append(Named(name, held, marked[1] if marked and own else said))
            if person:  # 责任单位及责任人:甲局(张三)
                a, b = name.start + person.start(1), name.start + person.end(1)
                self.parties.append(Named(Name(a, b, person[1], person[1]), "official", said))


def units_in_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of text[start:end] where each is a unit or a list of units, else nothing."""
    spans = [trim(text, m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
    spans = [(a, b) for a, b in spans if a < b]
    return spans if all(all(is_unit(text[x:y]) for x, y, _ in split(text, a, b)) for a, b in spans) else []


_HOW = regex("根据|结合|依据|按照")
_LINE = regex(r"[^\n]+")
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
    reader = Reader(text)
    reader.cell(start, end, role)
    return reader.parties


def clean_text(name: str) -> str:
    """``name`` without 等有关部门 and glosses."""
    a, b = clean(name, 0, len(name))
    return name[a:b]
