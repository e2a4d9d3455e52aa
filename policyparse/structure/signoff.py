"""The sign-off (落款: 发文机关署名 and 成文日期) and the imprint (版记: 抄送, 印发) of a notice."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import places, regex
from policyparse.records import Span
from policyparse.structure.base import (
    CENTURY,
    IN_FIGURES,
    IN_WORDS,
    SPACE,
    Head,
    Lines,
    closed_up,
    date,
    document_words,
    is_body_name,
    issuer_endings,
    split_names,
    split_outside,
    untailed,
)
from policyparse.text import Flow, Line

# Besides full dates, whole lines that stand for one: 2023-3-8, 2023年3月, 2023年　月　日.
_ALONE = r"\d\d(?:[-./]\d{1,2}[-./]\d{1,2}| ?年 ?\d{1,2} ?月| ?年 ?月 ?日)(?= *(?:\n|\Z))"
_DATE = regex(rf"(?m)[12二一](?:{CENTURY}(?:{IN_FIGURES}|(?<=^..){_ALONE})|(?<![12]){IN_WORDS})")
_CENTURIES = (
    regex("20(?=[0-9]{2})"),
    regex("19(?=[0-9]{2})"),
    regex("二(?=[〇零Oo0])"),
    regex("一(?=九)"),
)  # what it begins with
# What may stand behind the day a document was signed: nothing, a note on publication, an annex, the imprint.
_BEHIND = regex(
    rf"{SPACE}(?:$|\n|[(](?:此|本|公开|主动|依申请|不予|联系|信息|盖章|印章|共印)|"
    rf"附 ?件|抄送|主题词|公开方式|关于|{SPACE}[\w.]+\.(?:pdf|docx?))"
)
_ANNEX = regex(r"附件?(?:1[.、]?)?:")
_NOTE = regex(r"\((?:此[件文]|本[件文]|公开|主动|依申请|不予|联系|信息公开|共印|校对)[^()]{0,40}\)|公开方式[:].{1,8}$")
_HEADS = tuple("省长 市长 区长 县长 州长 主席 主任 局长 厅长 部长 总理 会长 署长 行长".split())
_PERSON = regex(r"代?..[: \u3000]+[\u4e00-\u9fff·]{1,3}(?: ?[\u4e00-\u9fff]){1,3}$")
_STOP = regex(r"[。;!?:》”]")
_CC = (regex("抄[送报][:：]"), regex("分送[:：]"))
_DAY_PRINTED = regex("印(?:(?<=日印)|(?<=日 印))")
_PRINTED = regex(" ?印[发制]")
_BEFORE_PRINTED = 60  # characters of the line that may stand before the date
_FOOTER = 30  # lines at the end of a page that may be its footer
_CONTACT = regex(
    r"\(?(?:[^:。,]{0,16}联系(?:人|电话|方式|地址)|(?:咨询|办公|传真|监督)?电话|传真|电子(?:邮箱|邮件|信箱)|邮箱|邮编|(?:通讯|通信|邮寄)地址) ?:"
)
_CONTACT_END = regex(r":(?:(?<=[人话式址真箱件编]:)|(?<=[人话式址真箱件编] :))")  # what _CONTACT can end with
_HEREBY = regex("特此")
_CLOSING = regex(r"特此(?:通知|通报|公告|函复|批复|函告|复函)[。.]?$")


class SignOff(NamedTuple):
    """Who signed, and when; ``start`` and ``end`` are offsets of the flow (both 0 where there is no sign-off)."""

    issuers: tuple[str, ...] = ()
    signed: dt.date | None = None
    start: int = 0
    end: int = 0


def dated(flow: Flow, lines: Lines, head: Head, titles: tuple[str, ...]) -> SignOff:
    """The sign-off of the notice: the first date behind ``head`` that stands where a signature's date stands.

    ``titles`` are the titles of what the notice encloses; one of them may be printed right behind the date.
    """
    for at in places(_CENTURIES, flow.text, head.body, len(flow.text)):
        found = _DATE.match(flow.text, at)
        if found and (one := _signed(flow, lines, head, found, titles)):
            return one
    return SignOff()


def undated(flow: Flow, lines: Lines, head: Head, limit: int) -> SignOff:
    """A signature without a date, right above ``limit``: where the first enclosed document is printed."""
    if limit < len(flow.text):
        last = lines.at(limit) - 1
        while last > 0 and not is_signer(flow.text[flow.lines[last].start : flow.lines[last].end]):
            last -= 1
            if lines.at(limit) - last > 3:
                return SignOff()
        names, first = _signers(flow, last, lines.at(head.body))
        if names:
            return SignOff(names, None, flow.lines[first].start, flow.lines[last].end)
    return SignOff()


def _signed(flow: Flow, lines: Lines, head: Head, found: re.Match[str], titles: tuple[str, ...]) -> SignOff | None:
    """The sign-off that the date ``found`` belongs to, or None where it belongs to none."""
    text = flow.text
    end = found.end()
    between = _between_titles(text, found.start(), end)
    if between:
        return SignOff(_names(flow.quote(between, found.start())), date(found[0]), between, end)
    behind = _BEHIND.match(text, end)
    if text.startswith("印", end) or not (behind or _follows(text, end, titles)):
        return None
    index = lines.at(found.start())
    line = flow.lines[index]
    if line.cell is not None:
        return None
    stop = _end(flow, lines, end)
    chunk = text[line.start : found.start()].strip(" (")
    if not chunk or chunk.endswith("日期:"):
        names, first = _signers(flow, index - 1, lines.at(head.body))
        if not names and not text.startswith("日", end - 1):
            return None  # not a full date: only a signature above tells that it is one
        start = flow.lines[first].start if names else line.start
        return SignOff(names or _glued(flow, index - 1, head), date(found[0]), start, stop)
    cuts = [m.end() for m in _STOP.finditer(text, line.start, found.start())]
    cut = cuts[-1] if cuts else line.start
    stretch = text[cut : found.start()]
    bracket = stretch.rfind(")")
    known = next((name for name in head.issuers if stretch.endswith(name)), "")
    if known:
        cut = found.start() - text[cut : found.start()][::-1].find(known[::-1]) - len(known)
    elif 0 <= bracket < len(stretch) - 1:
        cut += text[cut : found.start()].rfind(")") + 1
        stretch = stretch[bracket + 1 :]
    if not known and stretch.strip() and not is_body_name(stretch, 600):
        if (
            "附件:" not in text[cuts[-1] if cuts else line.start : found.start()]
            and "附件:" not in text[max(0, cut - 4) : cut]
        ):
            return None
        stretch = _behind_annexes(stretch)
        cut = found.start() - len(stretch)
    elif not known and not stretch.strip() and not (behind and text[cut - 1] in "。)"):
        return None
    raw = known or flow.quote(cut, found.start())
    return SignOff(_names(raw), date(found[0]), cut, stop)


def _between_titles(text: str, start: int, end: int) -> int:
    """Where a signature begins that runs on from an annex's title, which is printed again behind the date; else 0.

    附：某某登记表某县人民政府2021年3月1日某某登记表: as web pages print it that lost all line breaks.
    """
    mark = text.rfind("附", max(0, start - 120), start)
    opened = _ANNEX.match(text, mark, start) if mark >= 0 else None
    if not opened:
        return 0
    at = opened.end()
    while at < start and text.startswith(text[opened.end() : at + 1], end):
        at += 1
    return at if at - opened.end() >= 5 and is_body_name(text[at:start], 600) else 0


def _behind_annexes(stretch: str) -> str:
    """The body's name in a list of annexes that runs on into the signature: 附件：先进个人名单某县人民政府."""
    for word in (*lexicon.words("annex_kinds"), *document_words()):
        rest = stretch[stretch.rfind(word) + len(word) :] if word in stretch else ""
        if len(rest) >= 4 and is_body_name(rest):
            return rest
    return ""


def _follows(text: str, end: int, titles: tuple[str, ...]) -> bool:
    """Whether one of ``titles`` is printed right behind ``end``."""
    gap = re.compile(SPACE).match(text, end)
    return any(title and text.startswith(title, gap.end() if gap else end) for title in titles)


def _end(flow: Flow, lines: Lines, end: int) -> int:
    """End of the sign-off whose date ends at ``end``: notes like （此件公开发布） belong to it."""
    gap = re.compile(SPACE)
    while True:
        space = gap.match(flow.text, end)
        at = space.end() if space else end
        if flow.text.startswith("\n", at):
            at += 1
        note = _NOTE.match(flow.text, at)
        if not note:
            return end
        end = note.end()


def is_signer(line: str) -> bool:
    """Whether a whole line is the name of a signing body, of several side by side, or of the head of one."""
    line = line.strip(" -")
    return is_body_name(line) or line.endswith("代章)") or _is_person(line)


def _is_person(line: str) -> bool:
    """Whether a line is the head of a body with a name: 市长 王小明."""
    return line.removeprefix("代").startswith(_HEADS) and _PERSON.match(line) is not None


def _signers(flow: Flow, last: int, first: int) -> tuple[tuple[str, ...], int]:
    """Names on the lines that end with line ``last``, not above line ``first``; index of the first of them."""
    names: list[str] = []
    index = last
    pending = ""
    while index >= first:
        line = flow.lines[index]
        text = flow.text[line.start : line.end]
        if line.cell is not None or not (is_signer(text) or _is_bracketed(text)):
            break
        raw = flow.quote(line.start, line.end)
        if _is_bracketed(text):
            pending = raw.strip() + pending
        elif "代章" in text and not is_body_name(text):
            pass
        elif not _is_person(text.strip()):
            names[:0] = _names(raw + pending)
            pending = ""
        index -= 1
    return tuple(names), index + 1


def _is_bracketed(text: str) -> bool:
    """(爱国卫生运动委员会)(代章): a second nameplate on a line of its own."""
    text = text.strip()
    return (
        text.startswith("(") and text.endswith(")") and len(text) < 40 and is_body_name(text.split(")")[0].strip("("))
    )


def _names(raw: str) -> tuple[str, ...]:
    """Names in a line of signatures; stamps (代章) are no names, nor are bodies that only lend their stamp."""
    raw = re.sub(r"[（(](?:代章|盖章|印章|章)[）)]", "", raw)
    names = [name.strip() for part in split_names(raw) for name in _unglued(part)]
    return tuple(name for name in names if name and "代章" not in name)


def _unglued(name: str) -> list[str]:
    """Names that lost the space between them: cut where the first one's place begins again."""
    place = re.match(r"(?:中共)?([^省市区县州]{1,6}(?:省|市|自治区|区|县|州))", name)
    if len(name) < 12 or not place:
        return [name]
    out, begin = [], 0
    for found in re.finditer(re.escape(place[1]) + "|中共|中国", name):
        at = found.start()
        before = name[begin:at]
        if (
            at > begin + 3
            and untailed(before).endswith(issuer_endings())
            and not before.endswith(("省委", "市委", "区委"))
        ):
            out.append(before)
            begin = at
    return [*out, name[begin:]]


def _glued(flow: Flow, index: int, head: Head) -> tuple[str, ...]:
    """Issuers of the title whose name ends line ``index``, where the signature grew together with the text."""
    if index < 0:
        return ()
    line = flow.lines[index]
    tail = flow.text[line.start : line.end].rstrip()
    return tuple(name for name in head.issuers if tail.endswith(name))


class Imprint(NamedTuple):
    """抄送 and 印发: bodies copied in, the day of printing, and where it all stands."""

    cc: tuple[str, ...] = ()
    printed: dt.date | None = None
    spans: tuple[Span, ...] = ()


def imprint(flow: Flow, start: int) -> Imprint:
    """The imprint behind offset ``start``, if the document has one."""
    text = flow.text
    cc: tuple[str, ...] = ()
    spans: list[Span] = []
    found = min(filter(None, [word.search(text, start) for word in _CC]), key=lambda m: m.start(), default=None)
    end = start
    if found:
        end = text.find("\n", found.end())
        stop = text.find("。", found.end())
        end = min(e for e in (end, stop + 1 if stop >= 0 else -1, len(text)) if e > 0)
        body = text[found.end() : end].rstrip("。\n ")
        cc = tuple(flow.quote(found.end() + a, found.end() + b).strip() for a, b in split_outside(body, "、,;"))
        spans.append((found.start(), end))
    printed = None
    may_be = _DAY_PRINTED.search(text, text.rfind("\n", 0, end) + 1)  # seldom: 印发 alone stands in many a title
    at = text.rfind("印发", end) if may_be else -1
    line = text.rfind("\n", 0, at) + 1
    if at >= 0 and _DAY_PRINTED.search(text, line):
        line = max(line, end if found else line)
        day = _day_printed(text, line)
        if day:
            printed = date(day[0])
            spans.append((line, text.index("印", day.end()) + 2))
    return Imprint(tuple(closed_up(name) for name in cc), printed, tuple(spans))


def _day_printed(text: str, line: int) -> re.Match[str] | None:
    """The date behind which 印发 stands, in the sentence that begins at ``line``."""
    for day in _DATE.finditer(text, line):
        before = text[line : day.start()]
        if len(before) > _BEFORE_PRINTED or "\n" in before or "。" in before:
            break
        if _PRINTED.match(text, day.end()):
            return day
    return None


@cache
def _footers() -> re.Pattern[str]:
    return re.compile(lexicon.alternation("page_footers"))


def page_footer(flow: Flow) -> list[Span]:
    """What a web page prints below the notice (registration numbers, links), to the end of the flow."""
    last = flow.lines[-_FOOTER:]
    for i, line in enumerate(last):
        if line.end - line.start > 120 or not _footers().search(flow.text, line.start, line.end):
            continue
        if all(after.end - after.start < 120 and "。" not in flow.text[after.start : after.end] for after in last[i:]):
            return [(line.start, len(flow.text))]
    return []


def asides(flow: Flow, lines: Lines) -> list[Span]:
    """Lines that carry nothing of the text: 特此通知。 and whom to ask (联系人：…, 电话：…)."""
    text = flow.text
    hints = [*_HEREBY.finditer(text), *_CONTACT_END.finditer(text)]
    found = [flow.lines[i] for i in sorted({lines.at(hint.start()) for hint in hints})]
    out = [(line.start, line.end) for line in found if _is_aside(text, line)]
    return out if out and ("特此" in text or "联系" in text or "电话" in text) else []


def _is_aside(text: str, line: Line) -> bool:
    if line.end - line.start >= 100 or line.cell is not None:
        return False
    contact = _CONTACT.match(text, line.start, line.end)
    return contact is not None or _CLOSING.match(text, line.start, line.end) is not None
