"""The head of a notice: data sheet, nameplate, number, title, addressees – all that stands before its text.

The head is read as a row of pieces.  A piece is a line, or a part of a line where the document lost its
line breaks (``…的通知国办发〔2020〕43号各省、自治区…：党中央…``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache

from policyparse import lexicon
from policyparse.structure.base import (
    DATE,
    NUMBER,
    SPACE,
    Stretch,
    closed_up,
    date,
    document_words,
    ends_title,
    is_body_name,
    split_outside,
)
from policyparse.text import Flow, fold

_LIMIT = 120  # lines: web pages may print menus and a data sheet above the notice
_LEAD = re.compile(r"[#*>\s\ufeff]*")
_NUMBER_LINE = re.compile(rf"\(?{NUMBER}\)?$|\(?(?:(?:19|20)\d\d ?年 ?)?第 ?\d{{1,4}} ?号\)?$")
_NUMBER = re.compile(NUMBER)
_DATE_LINE = re.compile(rf"\(? ?{DATE} ?\)?$")
_YEAR_LINE = re.compile(r"\(? ?(?:19|20)\d\d ?年(?: ?\d{1,2} ?月)? ?\)?$")
_SPACE = re.compile(SPACE)
_DATELINE = re.compile(r"(?:新华社|本报|本网|中新网).{0,16}[电讯]$")
_DATED = re.compile(r"\((?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?\)$")  # behind a title: the day it was adopted
_SPOKEN = re.compile(r"-*(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,12}在.*会议")  # when and where a report was given
_HISTORY = re.compile(r"\([^()]{0,12}(?:19|20)\d\d ?年[^)]*(?:公布|通过|修订|修正|发布|施行)")
_OPENER = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节条部]|[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十\d]{1,2}\)|1[.、](?!\d)|"
    r"为(?:深入|全面|进一步|贯彻|切实|加快|加强|落实|认真|推动|促进|规范|做好|了|有效|确保|充分|更好)|目 *录$|前 *言$|序 *言$|引 *言$|[-—]{2}[\u4e00-\u9fff]|各位代表|序号"
)
_ANNEX = re.compile(r"附 ?[件表] ?[\d一二三四五六七八九十-]*[:.]?$")
_NO_ADDRESSEE = re.compile(
    r"[。;!?“”<>]|(?:如下|下列|以下|通知|要求|意见|说明|问题|包括|主要|情况|目标|内容|原则|方式|名单)$|"
    r"^(?:附|问|答|联系|电话|抄|责任|牵头|配合|主办|承办|协办|来源|其中|注|组|副|成员|一是|现)"
)
_ADDRESSEE = re.compile(
    r"(?:^|[、,])各|(?:政府|部门|单位|机构|机关|委员|代表|厅|局|部|委|办|处|院|校|公司|企业|中心|行|队|团|协会|学会|商会|"
    r"总会|联合会|室|会|社|主席|主任|总理|省长|市长|书记|同志|先生|女士|区|县|市|省|乡|镇|村|州|旗|盟)(?:\([^()]*\))?$"
)
_SPLITS = re.compile(r"关于|印发|转发|批转|颁发|发布|公布|对(?=[^、]*(?:提案|建议|请示|表扬|表彰))|就")
_FORWARDS = re.compile(r"印发|转发|批转|颁发|颁布|发布|公布|下发")
_OFFICIAL = re.compile(
    r"(?:通知|通报|公告|通告|决定|命令|意见|函|批复|报告|请示|答复|纪要|办法|规定|细则|方案)(?:\([^()]*\))?$"
)
_NOTICE_END = re.compile(r"(?:通知|通报|公告|通告|决定|命令|令|函|批复)(?:\([^()]*\))?$")


@dataclass(slots=True)
class Head:
    """What stands before the notice's text; offsets of the flow."""

    title: str = ""
    title_start: int = 0
    title_end: int = 0
    number: str | None = None
    issuers: tuple[str, ...] = ()
    written: dt.date | None = None
    addressees: tuple[str, ...] = ()
    body: int = 0
    annex: bool = False  # the document begins with the heading of an annex
    pieces: list[Stretch] = field(default_factory=list)


@cache
def _meta() -> re.Pattern[str]:
    labels = lexicon.alternation("meta_labels").replace("\\ ", "")
    return re.compile(rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=\d))({labels}) ?[:】] ?")


def read(flow: Flow) -> Head:
    """The head of ``flow``; ``Head.body`` is where the text behind it begins."""
    pieces, body = _pieces(flow)
    head = Head(body=body, pieces=pieces, annex=bool(pieces) and pieces[0].kind == "annex")
    fields: dict[str, str] = {}
    for piece in pieces:
        if piece.kind == "meta":
            fields |= _fields(flow, piece)
        elif piece.kind == "date" and head.written is None:
            head.written = date(flow.text[piece.start : piece.end])
        elif piece.kind == "addressee":
            head.addressees = _addressees(flow, piece)
    nameplates = _read_title(flow, head)
    numbers = [p for p in pieces if p.kind == "number"]
    if numbers:
        nearest = min(numbers, key=lambda p: abs(p.start - head.title_start))
        head.number = flow.quote(nearest.start, nearest.end).strip("()（） ").replace(" ", "")
    elif fields.get("number"):
        head.number = fields["number"]
    if not head.title and not nameplates and fields.get("title"):
        head.title = fields["title"]
    head.issuers = issuers_of_title(head.title) or nameplates or split_names(fields.get("issuer", ""))
    head.written = head.written or date(fields.get("written", ""))
    return head


def _fields(flow: Flow, piece: Stretch) -> dict[str, str]:
    """What the data sheet says: field -> value as printed."""
    text, table = flow.text[piece.start : piece.end], lexicon.table("meta_labels")
    found = list(_meta().finditer(text))
    out: dict[str, str] = {}
    ends = [one.start() for one in found[1:]] + [len(text)]
    for one, end in zip(found, ends, strict=False):
        value = flow.quote(piece.start + one.end(), piece.start + end).strip()
        if table[one[1]] != "-" and value:
            out[table[one[1]]] = value
    return out


def _pieces(flow: Flow) -> tuple[list[Stretch], int]:
    """The pieces of the head in order, and the offset at which the text begins."""
    out: list[Stretch] = []
    text, limit = flow.text, 0
    for i, line in enumerate(flow.lines[:_LIMIT]):
        if line.start < limit:  # the bracket of a history runs on over lines
            out.append(Stretch(line.start, line.end, "history"))
            continue
        lead = _LEAD.match(text, line.start, line.end)
        start = lead.end() if lead else line.start
        kind = _kind(text[start : line.end])
        if kind == "run":
            pieces, body = _run(text, start, line.end)
            out += pieces
            if body is not None:
                return out, body
            continue
        if kind == "body":
            return out, line.start
        if kind == "history":
            close = text.find("\n第", start) if ")" not in text[start : line.end] else -1
            limit = close if 0 <= close < start + 600 else 0
        out.append(Stretch(start, line.end, kind))
        if kind == "addressee":
            return out, flow.lines[i + 1].start if i + 1 < len(flow.lines) else line.end
    end = flow.lines[min(_LIMIT, len(flow.lines)) - 1].end if flow.lines else 0
    return out, end


def _kind(line: str) -> str:
    """What one line of the head is."""
    if not line.strip("-*_= ·.") or (len(line) < 150 and (">" in line or "|" in line)) or _DATELINE.match(line):
        return "meta"
    if _ANNEX.match(line):
        return "annex"
    if _meta().match(line):
        return "meta"
    if _NUMBER_LINE.match(line):
        return "number"
    if _DATE_LINE.match(line):
        return "date"
    if _YEAR_LINE.match(line):
        return "year"
    if _SPOKEN.match(line):
        return "history"
    if line[0] == "(" and _HISTORY.match(line):
        return "history"
    if line[-1] == ":" and "关于" not in line and not _NUMBER.match(line) and is_addressee(line[:-1]):
        return "addressee"
    if _OPENER.match(line):
        return "body"
    if "。" in line or ":" in line or _NUMBER.search(line) or len(line) > 120:
        return "run"
    return "text"


def is_addressee(text: str) -> bool:
    """Whether ``text`` (folded, without its colon) can be a list of addressees."""
    return 2 <= len(text) <= 1200 and not _NO_ADDRESSEE.search(text) and _ADDRESSEE.search(text) is not None


def _run(text: str, start: int, end: int) -> tuple[list[Stretch], int | None]:
    """Pieces of a line that may hold title, number, addressees and text; offset of the text, or None if there is none."""
    stop = text.find("。", start, end)
    out: list[Stretch] = []
    at = start
    number = _NUMBER.search(text, start, min(end, start + 400) if stop < 0 else min(stop, start + 400))
    if number:
        cut = _number_start(text, start, number)
        before = text[start:cut].rstrip("( ")
        if _is_before_number(before):
            if before:
                out.append(Stretch(start, start + len(before), "text"))
            out.append(Stretch(cut, number.end(), "number"))
            at = number.end()
            while at < end and text[at] in ") ":
                at += 1
    if at >= end:
        return out, None
    colon = text.find(":", at, end)
    if 0 <= colon < (stop if stop >= 0 else end):
        split = _title_end(text, at, colon)
        if split:
            out.append(Stretch(at, split[0], "text"))
            at = split[1]
        if split or is_addressee(text[at:colon]):
            return [*out, Stretch(at, colon + 1, "addressee")], min(colon + 1 + (colon + 1 == end), len(text))
    if stop < 0 and len(text[at:end]) <= 200 and (ends_title(text[at:end]) or colon < 0):
        return [*out, Stretch(at, end, "text")], None
    return out, at


def _is_before_number(before: str) -> bool:
    """Whether a number that follows on ``before`` is the notice's own, not that of a document cited in its text."""
    if ":" in before or before.startswith(("为", "根据", "按照", "近")):
        return False
    if before.endswith("》") and not _FORWARDS.search(before):
        return False
    return not before or before.endswith("文件") or ends_title(before)


def _number_start(text: str, start: int, number: re.Match[str]) -> int:
    """Where a number that is glued to a title begins: behind the word that ends the title."""
    begin = number.start()
    if begin > start and text[begin - 1] in "( ":
        return begin
    open_bracket = text.find("(", begin)
    ends = [m.end() for m in _kinds().finditer(text, begin, open_bracket) if text[m.end()] != "的"]
    ends = [end for end in ends if open_bracket - end >= 2]
    return ends[-1] if ends else begin


@cache
def _kinds() -> re.Pattern[str]:
    """A word that ends a title (single characters only behind 的), or 文件 on a nameplate."""
    words = "|".join(word for word in document_words() if len(word) > 1)
    return re.compile(rf"文件|{words}|(?<=的)[函令]")


def _title_end(text: str, start: int, colon: int) -> tuple[int, int] | None:
    """Where a title that is glued to its addressees ends, and where they begin; None where none is."""
    for found in _kinds().finditer(text, start + 6, colon):
        end = found.end()
        gap = _SPACE.match(text, end)
        after = gap.end() if gap else end
        if (
            text[end] not in "的》〉”、和及与()"
            and text.count("《", start, end) == text.count("》", start, end)
            and is_addressee(text[after:colon])
        ):
            return end, after
    return None


def _addressees(flow: Flow, piece: Stretch) -> tuple[str, ...]:
    """主送机关, split literally at 、 and ， outside brackets."""
    text = flow.text[piece.start : piece.end - 1]
    names = [flow.quote(piece.start + a, piece.start + b).strip() for a, b in split_outside(text, "、,;")]
    names = [name.removeprefix("尊敬的") for name in names]
    return tuple(name for name in names if name)


def _read_title(flow: Flow, head: Head) -> tuple[str, ...]:
    """Fill in the title of ``head``; return the bodies named on the nameplate (发文机关标志)."""
    groups = _groups(flow, head.pieces)
    texts = ["".join(flow.text[p.start : p.end] for p in group) for group in groups]
    plates = [text.removesuffix("文件").strip() for text in texts]
    titles = [i for i, text in enumerate(texts) if ends_title(text)]
    if not titles and not head.addressees:
        titles = [i for i, plate in enumerate(plates) if not is_body_name(plate) and len(plate) > 4][:1]
    above = groups[: titles[-1]] if titles else groups
    plate_lines = [flow.text[p.start : p.end].strip() for group in above for p in group]
    names = tuple(n for line in plate_lines for n in split_names(line.removesuffix("文件").strip()) if is_body_name(n))
    if head.annex:
        names = ()
    if not titles:
        return names
    chosen = groups[titles[-1]]
    head.title_start, head.title_end = chosen[0].start, chosen[-1].end
    title = tidy("".join(flow.quote(p.start, p.end).strip() for p in chosen))
    dated = _DATED.search(fold(title))
    if dated:
        head.written = head.written or date(dated[0])
        title = title[: dated.start()]
    head.title = title
    return names


def _groups(flow: Flow, pieces: list[Stretch]) -> list[list[Stretch]]:
    """Titles and nameplates: runs of text pieces, cut where a title is complete."""
    groups: list[list[Stretch]] = []
    current: list[Stretch] = []
    for piece in _unglued(flow, pieces):
        text = flow.text[piece.start : piece.end]
        if piece.kind != "text":
            if current:
                groups.append(current)
            current = []
            continue
        before = "".join(flow.text[p.start : p.end] for p in current)
        if (
            current
            and _is_complete(before)
            and text[0] not in "的()》〉”和及"
            and not _goes_on(before, text)
            or current
            and is_body_name(before.removesuffix("文件").strip())
            and _names_issuer(text)
        ):
            groups.append(current)
            current = []
        current.append(piece)
    if current:
        groups.append(current)
    return groups


def _unglued(flow: Flow, pieces: list[Stretch]) -> list[Stretch]:
    """``pieces``, with a title printed twice on one line cut in two."""
    out: list[Stretch] = []
    for piece in pieces:
        text = flow.text[piece.start : piece.end]
        again = text.find(text[:4], 8) if piece.kind == "text" and len(text) > 40 else -1
        if again > 0 and ends_title(text[:again]) and ends_title(text[again:]) and "关于" in text[again:]:
            out += [Stretch(piece.start, piece.start + again, "text"), Stretch(piece.start + again, piece.end, "text")]
        else:
            out.append(piece)
    return out


def _is_complete(title: str) -> bool:
    """Whether a title could end here: 关于印发…的通知 is complete with 通知 only."""
    if title.count("《") != title.count("》") or title.count("(") != title.count(")"):
        return False
    outside = title.partition("《")[0]
    if _FORWARDS.search(outside):
        return _NOTICE_END.search(title) is not None or title.endswith("》")
    return ends_title(title)


def _goes_on(before: str, after: str) -> bool:
    """关于甲制度 / 乙制度的意见: a title that could end at ``before`` goes on to the word for a kind of document."""
    return "关于" in before and not _OFFICIAL.search(before) and ends_title(after) and not _names_issuer(after)


def _names_issuer(title: str) -> bool:
    """Whether the line of a title begins with the body that issues it."""
    found = _SPLITS.search(title)
    return found is not None and found.start() > 1 and is_body_name(title[: found.start()])


def tidy(title: str) -> str:
    """A title without the spaces of its layout; those between issuing bodies stay."""
    title = re.sub(r"[\s\u3000]+", " ", title.replace("&quot;", '"')).strip(" *#")
    found = _SPLITS.search(title)
    names = title[: found.start()].split(" ") if found else []
    if len(names) > 1 and all(len(n) > 2 and is_body_name(n) for n in names):
        return " ".join(names) + title[found.start() :].replace(" ", "") if found else title
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", title)


def issuers_of_title(title: str) -> tuple[str, ...]:
    """The bodies that a title names as issuing it: 甲市人民政府办公室关于印发… -> 甲市人民政府办公室."""
    found = _SPLITS.search(title)
    before = title[: found.start()] if found else re.sub(r"(?:令|公告|通告)$", "", title)
    names = split_names(before) if before != title else ()
    return names if all(is_body_name(fold(name)) for name in names) else ()


def split_names(text: str) -> tuple[str, ...]:
    """Names of issuing bodies out of one line: split at 、 ， and spaces, letter-spacing closed up."""
    names: list[str] = []
    for part in re.split(r"[、，,]", text):
        for name in re.split(r"\s+", closed_up(part)):
            name = re.sub(r"等[一二三四五六七八九十\d]*个?(?:部门|单位|委办局)?$", "", name)
            names += _unjoined(name) if name else []
    return tuple(names)


def _unjoined(name: str) -> list[str]:
    """中共甲市委甲市人民政府 -> 中共甲市委, 甲市人民政府; other names stay whole."""
    if name.startswith("中共中央"):
        both = re.fullmatch(r"(中共中央(?:办公厅)?)(国务院(?:办公厅)?)", name)
        return [both[1], both[2]] if both else [name]
    found = re.fullmatch(
        r"(中共(.{2,12}?)(?:省|市|区|县|州|旗)?委(?:员会)?(?:办公[厅室])?)(\2.*人民政府(?:办公[厅室])?)", name
    )
    return [found[1], found[3]] if found else [name]
