"""The head of a notice: data sheet, nameplate, number, title, addressees – all that stands before its text.

The head is read as a row of pieces.  A piece is a line, or a part of a line where the document lost its
line breaks (``…的通知国办发〔2020〕43号各省、自治区…：党中央…``).
"""

from __future__ import annotations

import re
from functools import cache

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.structure.base import (
    DATE,
    FORWARDS,
    SERIAL,
    SIGNS,
    SPACE,
    Head,
    Stretch,
    are_signs,
    date,
    document_words,
    ends_title,
    find_number,
    is_body_name,
    split_outside,
)
from policyparse.structure.decimals import begins
from policyparse.text import Flow, fold

_LIMIT = 120  # lines: web pages may print menus and a data sheet above the notice
_LEAD = regex(r"[#*>•·●◆■▪\s\ufeff]*")
_NUMBER_LINE = regex(rf"\(?(?:({SIGNS}) ?)?{SERIAL}\)?$|\(?(?:(?:19|20)\d\d ?年 ?)?第 ?\d{{1,4}} ?号\)?$")
_STARTS_NUMBER = regex(rf"({SIGNS}) ?{SERIAL}")
_DATE_LINE = regex(rf"\(? ?{DATE} ?\)?$")
_SIGNED = regex(rf"(?P<who>[\u4e00-\u9fff]{{4,40}}) (?P<date>{DATE})$")  # who issues minutes, and when
_YEAR_LINE = regex(r"\(? ?(?:19|20)\d\d ?年(?: ?\d{1,2} ?月)? ?\)?$")
_SPACE = regex(SPACE)
_DATELINE = regex(r"(?:新华社|本报|本网|中新网).{0,16}[电讯]$")
_POSTED = regex(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日? ?(?:\d{1,2}:\d\d|$|\()")
_LABELLED = regex(r"[\u4e00-\u9fff]{2,6} ?:[^:,。;]{1,40}$")
_SIGNER = regex(r" *签发(?:人)? ?:")
_SPOKEN = regex(r"-*(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,12}在.*会议")  # when and where a report was given
_HISTORY = regex(r"\([^()]{0,12}(?:19|20)\d\d ?年[^)]*(?:公布|通过|修订|修正|发布|施行)")
_ISSUED = regex(
    rf"\( ?(?P<date>{DATE}) ?(?:(?P<issuer>[\u4e00-\u9fff]{{2,40}}?)(?P<number>(?:令|公告) ?第 ?\d+ ?号)(?:公布|发布)|"
    r"(?P<adopted>[\u4e00-\u9fff]{2,40}?(?:委员会|代表大会))第[^次()]{1,12}次(?:会议)?(?:通过|公布))"
)
_OPENER = regex(
    r"第[一二三四五六七八九十\d]{1,3}[章节条部]|[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十\d]{1,2}\)|1[.、](?!\d)|"
    r"为(?:深入|全面|进一步|贯彻|切实|加快|加强|落实|认真|推动|促进|规范|做好|了|有效|确保|充分|更好)|"
    r"目 *录$|前 *言$|序 *言$|引 *言$|[-—]{2}[\u4e00-\u9fff]|各位代表|序号"
)
_OPENS = "第一二三四五六七八九十(1为目前序引-—各"  # what _OPENER can begin with
_ANNEX = regex(r"附 ?[件表录] ?[\d一二三四五六七八九十-]*[:.]?$")
_NO_ADDRESSEE = regex(
    r"[。!?“”<>]|(?:如下|下列|以下|通知|要求|意见|说明|问题|包括|主要|情况|目标|内容|原则|方式|名单)$|"
    r"^(?:各位|附|问|答|联系|电话|抄|责任|牵头|配合|主办|承办|协办|来源|其中|注|组|副|成员|一是|现)"
)
_ADDRESSEE = regex(
    r"(?:^|[、,])各|(?:政府|部门|单位|机构|机关|委员|代表|厅|局|部|委|办|处|院|校|公司|企业|中心|行|队|团|协会|学会|商会|"
    r"总会|联合会|室|会|社|主席|主任|总理|省长|市长|书记|同志|先生|女士|区|县|市|省|乡|镇|村|州|旗|盟)(?:\([^()]*\))?$"
)


@cache
def _meta() -> re.Pattern[str]:
    labels = "|".join(" ?".join(label) for label in lexicon.words("meta_labels"))  # 索 引 号
    return regex(rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[号日室厅局委会]))({labels}) ?[:】] ?")


@cache
def _meta_heads() -> tuple[str, ...]:
    return tuple({label[0] for label in lexicon.words("meta_labels")})


@cache
def _furniture() -> re.Pattern[str]:
    return regex(lexicon.alternation("page_furniture"))


def read(flow: Flow) -> tuple[Head, dict[str, str]]:
    """The head of ``flow``, as yet without title and issuers, and what its data sheet says (field -> value)."""
    pieces, body = _pieces(flow)
    head = Head(pieces, body)
    fields: dict[str, str] = {}
    for piece in pieces:
        if piece.kind == "meta":
            fields |= _fields(flow, piece)
        elif piece.kind == "date" and head.written is None:
            head.written = date(flow.text[piece.start : piece.end])
        elif piece.kind == "signed" and (found := _SIGNED.match(flow.text, piece.start, piece.end)):
            fields |= {"signer": flow.quote(*found.span("who")), "written": flow.quote(*found.span("date"))}
        elif piece.kind == "addressee":
            head.addressees = _addressees(flow, piece)
        elif piece.kind == "history" and "issuer" not in fields:
            fields |= _promulgation(flow, piece)
    return head, fields


def number(flow: Flow, head: Head) -> str | None:
    """The 发文字号 in the head that stands nearest to the title, as printed."""
    numbers = [p for p in head.pieces if p.kind == "number"]
    if not numbers:
        return None
    nearest = min(numbers, key=lambda p: abs(p.start - head.title_start))
    return flow.quote(nearest.start, nearest.end).strip("()（） ").replace(" ", "")


def _fields(flow: Flow, piece: Stretch) -> dict[str, str]:
    """What the data sheet says: field -> value as printed."""
    text, table = flow.text[piece.start : piece.end], lexicon.table("meta_labels")
    found = list(_meta().finditer(text))
    out: dict[str, str] = {}
    ends = [one.start() for one in found[1:]] + [len(text)]
    for one, end in zip(found, ends, strict=False):
        value = flow.quote(piece.start + one.end(), piece.start + end).strip(" \t\u3000|")
        name = table[one[1].replace(" ", "")]
        if name != "-" and value and (name != "number" or find_number(fold(value), 0, len(value))):
            out[name] = value
    return out


def _promulgation(flow: Flow, piece: Stretch) -> dict[str, str]:
    """By whom, when and under which number a regulation was first issued, as the bracket below its title says."""
    found = _ISSUED.match(flow.text, piece.start, piece.end)
    if not found:
        return {}
    issuer = "issuer" if found["issuer"] else "adopted"
    out = {"issuer": flow.quote(*found.span(issuer)), "written": flow.quote(*found.span("date"))}
    if found["number"]:
        out["number"] = flow.quote(found.start("issuer"), found.end("number")).replace(" ", "")
    return out


def _pieces(flow: Flow) -> tuple[list[Stretch], int]:
    """The pieces of the head in order, and the offset at which the text begins."""
    out: list[Stretch] = []
    text, limit = flow.text, 0
    for i, line in enumerate(flow.lines[:_LIMIT]):
        if line.start < limit:  # the bracket of a history runs on over lines
            out.append(Stretch(line.start, line.end, "history"))
            continue
        if (line.cell and line.cell.table in flow.drawn) or _heads_table(flow, i) or begins(text, line.start):
            return out, line.start
        lead = _LEAD.match(text, line.start, line.end)
        start = lead.end() if lead else line.start
        kind = _kind(text[start : line.end])
        if kind == "text" and _lacks_colon(text[start : line.end], out):
            kind = "addressee"
        begun = any(piece.kind in ("text", "number") for piece in out)
        if kind == "run" and not begun and _LABELLED.match(text, start, line.end):
            kind = "meta"  # a field of the data sheet that we have no name for
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


_TABLE_HEAD = regex(
    r"序 ?号|(?:工作|具体|重点|主要|年度|目标|任务|项目|整改|民生)?(?:任务|内容|事项|目标|措施|要求|项目|名称|类别|问题|实事)"
)


@cache
def _somebody() -> re.Pattern[str]:
    stems, nouns = "|".join(lexicon.words("roles")), "|".join(map(re.escape, lexicon.words("role_nouns")))
    return regex(f"(?:{stems}){{1,2}}(?:{nouns})")


def _heads_table(flow: Flow, i: int) -> bool:
    """Whether line ``i`` begins a table with one cell a line: what to do (工作任务), and below it who does it (责任单位)."""
    line = flow.lines[i]
    if line.end - line.start > 10 or not _TABLE_HEAD.fullmatch(flow.text, line.start, line.end):
        return False
    return any(_somebody().fullmatch(flow.text, x.start, x.end) for x in flow.lines[i + 1 : i + 7])


def _kind(line: str) -> str:
    """What one line of the head is."""
    if line.startswith("附") and _ANNEX.match(line):
        return "annex"
    if _is_meta(line):
        return "meta"
    numbered, dated = "号" in line, "年" in line
    if numbered and _is_numbered(_NUMBER_LINE.match(line)):
        return "number"
    if dated and _DATE_LINE.match(line):
        return "date"
    if dated and (signed := _SIGNED.match(line)) and is_body_name(signed["who"]):
        return "signed"
    if dated and _YEAR_LINE.match(line):
        return "year"
    if dated and _SPOKEN.match(line):
        return "history"
    if line[0] == "(" and _HISTORY.match(line):
        return "history"
    starts = numbered and _is_numbered(_STARTS_NUMBER.match(line))
    if line[-1] == ":" and "关于" not in line and not starts and is_addressee(line[:-1]):
        return "addressee"
    if line.startswith("主送:"):
        return "addressee"
    if line[0] in _OPENS and _OPENER.match(line):
        return "body"
    if "。" in line or ":" in line or find_number(line, 0, len(line)) or len(line) > 120:
        return "run"
    return "text"


def _is_numbered(found: re.Match[str] | None) -> bool:
    return found is not None and are_signs(found[1] or "")


def _lacks_colon(line: str, before: list[Stretch]) -> bool:
    """Whether ``line`` is a list of addressees whose colon was left out: 各区人民政府，市政府各部门."""
    titled = any(piece.kind == "text" for piece in before)
    return titled and line.startswith("各") and ("、" in line or "," in line) and is_addressee(line)


def _is_meta(line: str) -> bool:
    """Whether a line belongs to the page and not to the document: menus, data sheet, dateline, time of posting."""
    if not line.strip("-*_= ·.━─═") or _DATELINE.match(line) or _POSTED.match(line):
        return True
    if line.startswith(_meta_heads()) and _meta().match(line):
        return True
    if len(line) > 150 or "关于" in line:
        return False
    buttons = _furniture().findall(line)
    alone = len(buttons) == 1 and (line.startswith(buttons[0]) or len(line) < 13)
    return ">" in line or "|" in line or len(buttons) > 1 or alone


def is_addressee(text: str) -> bool:
    """Whether ``text`` (folded, without its colon) can be a list of addressees."""
    return 2 <= len(text) <= 1200 and not _NO_ADDRESSEE.search(text) and _ADDRESSEE.search(text) is not None


def _run(text: str, start: int, end: int) -> tuple[list[Stretch], int | None]:
    """Pieces of a line that may hold title, number, addressees and text; offset of the text, if there is any."""
    stop = text.find("。", start, end)
    out: list[Stretch] = []
    at = start
    found = find_number(text, start, min(end if stop < 0 else stop, start + 400))
    cut = _number_start(text, start, found[0]) if found else start
    if found and "关于" not in text[cut : found[1]]:  # 关于贯彻国发〔2005〕36号文件的通知 names another document
        before = text[start:cut].rstrip("( ")
        if _is_before_number(before, whole=stop < 0 and text[found[1] : end].strip(") ") == ""):
            if before:
                out.append(Stretch(start, start + len(before), "text"))
            out.append(Stretch(cut, found[1], "number"))
            at = found[1]
            while at < end and text[at] in ") ":
                at += 1
    if at >= end or _SIGNER.match(text, at, end):
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


def _is_before_number(before: str, whole: bool) -> bool:
    """Whether a number that follows on ``before`` is the notice's own, not that of a document cited in its text.

    ``whole`` says that the two are all of a short line.
    """
    if ":" in before or before.startswith(("为", "根据", "按照", "近")):
        return False
    if before.endswith("》") and not FORWARDS.search(before):
        return False
    return not before or before.endswith("文件") or ends_title(before) or whole


def _number_start(text: str, start: int, begin: int) -> int:
    """Where a number that is glued to a title begins: behind the word that ends the title."""
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
    return regex(rf"文件|{words}|(?<=的)[函令]")


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
    start = piece.start + (3 if flow.text.startswith("主送:", piece.start) else 0)
    text = flow.text[start : piece.end].rstrip(":。")
    names = [flow.quote(start + a, start + b).strip() for a, b in split_outside(text, "、,;")]
    names = [name.removeprefix("尊敬的") for name in names]
    return tuple(name for name in names if name)
