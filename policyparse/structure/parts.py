"""The parts of a document: the notice itself (wrapper), plans enclosed with it, annexes, tables of contents."""

from __future__ import annotations

import re
from bisect import bisect_right

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.structure.base import (
    LAID_OUT,
    Head,
    Lines,
    Part,
    PartKind,
    Stretch,
    bare,
    ends_title,
    is_body_name,
    same,
    tidy,
    untailed,
)
from policyparse.structure.signoff import SignOff
from policyparse.text import Flow

_LEAD = regex(r"[#*>\s\ufeff]*")
_ANNEX = regex(r"附 ?[件表录]? ?([\d一二三四五六七八九十]{0,3}(?:-\d{1,2})?) ?[:.]?$")
_ANNEX_TITLED = regex(r"附 ?[件表录]? ?([\d一二三四五六七八九十]{0,3}(?:-\d{1,2})?) ?[:.](?=\S)")
_ANNEX_INLINE = regex(r"附 ?件 ?(\d{0,2})[:]?")
_ANNEXED = regex("附")
_LISTED = regex(r"(?:^|(?<=[^\d.]))\d{1,2}(?:-\d{1,2})?[.、] ?(?=\D|(?:19|20)\d\d)")
# No line of a title begins like this, …
_NO_TITLE = regex(
    r"[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十\d]{1,3}[章节条]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、]|1 [^\W\d]|"
    r"目 *录$|前 *言$|序 *[言号]|附 ?[件表录]?[\d一二三四五六七八九十:. ]|附$|"
    r"抄送|联系|\(此|\(本|\(公开|公开方式|来源|作者|上一[条篇]|下一[条篇]|"
    r"[-—]{2}|注[:]"
)
_NO_TITLE_ENDS = (":", "印发", ".doc", ".docx", ".pdf", ".xls", ".xlsx")  # … or ends like this, …
_SENTENCE = regex(r"[。;!?]")  # … or has such a stop in it.
_TOC = regex(r"(?:#+ ?)?目 *录$")
_LEADERS = regex(r"[.…·。 \d()-]*$")
_OPENS_BODY = regex(
    r"为|根据|按照|依据|当前|近年来|随着|第一|总则|序 ?号|组 ?长|副|成 ?员|召集|总[召负]|主任|"
    r"部 ?门$|单位|项目|类别|指标|一级|表 ?\d|图 ?\d|"
    r"填报|申报|推荐|牵头|责任|工作任务$|\d"
)
_QUOTED = regex(r"《((?:[^《》]|《[^《》]*》)+)》")
_STOP = regex(r"[。;\n]")
_ENCLOSES = regex(r"印发|转发|下发|公布|发布|颁发|颁布|印送|批转")
_HEREWITH = regex(r"现|已经|业经|予以|发给你|发你")  # not: 去年国家印发了《…》
_FROM_TITLE = regex(r"(?:印发|转发|批转|颁发|下发|发布|公布)(.+)的(?:通知|公告|通告|函|决定|批复)$")
_DATED = regex(r"\([^()]*\)$|(?:19|20)\d\d ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?$")
_MAX_TITLE = 4  # lines
OPENING = 3000  # characters of a notice in which it says what it encloses


def enclosed_titles(flow: Flow, head: Head, end: int) -> tuple[str, ...]:
    """Titles (folded) of what the notice encloses, as its title and its own text name them.

    ``end`` bounds the notice's own text, where that is known.
    """
    titles: list[str] = []
    found = _FROM_TITLE.search(flow.text[head.title_start : head.title_end].replace(" ", ""))
    if found:
        inner = found[1].strip("《》")
        titles.append(re.sub(r"^.*?(?:转发|印发)", "", inner) if "《" not in inner else inner)
    text = flow.text[head.body : min(end, head.body + OPENING)]
    for sentence in _STOP.split(text, 12)[:12]:
        if "《" not in sentence or not _ENCLOSES.search(sentence) or not _HEREWITH.search(sentence):
            continue
        for quoted in _QUOTED.finditer(sentence):
            before = sentence[: quoted.start()]
            names_basis = re.search(r"(?:根据|按照|依据|落实|贯彻|依照)[^,]*$", before)
            if not names_basis and _ENCLOSES.search(sentence[quoted.end() :] + before[-12:]):
                titles.append(quoted[1])
    return tuple(dict.fromkeys(titles))


def _annexing(flow: Flow, lines: Lines) -> list[int]:
    """Indices of the lines that say 附, in order."""
    return sorted({lines.at(found.start()) for found in _ANNEXED.finditer(flow.text)})


def listed_annexes(flow: Flow, lines: Lines, start: int, end: int) -> tuple[tuple[str, ...], list[Stretch]]:
    """Titles in lists like ``附件：1.甲  2.乙`` within [start, end), and where these lists stand."""
    titles: list[str] = []
    spans: list[Stretch] = []
    for i in _annexing(flow, lines):
        line = flow.lines[i]
        lead = _LEAD.match(flow.text, line.start, line.end)
        begin = lead.end() if lead else line.start
        if line.start < start or line.end > end or not flow.text.startswith("附", begin):
            continue
        head = _ANNEX_TITLED.match(flow.text, begin, line.end)
        bare = _ANNEX.match(flow.text, begin, line.end) and flow.text[line.end - 1] == ":"
        listed = [flow.text[line.start : line.end][head.end() - line.start :]] if head else []
        j = i + 1
        while (head or bare) and j < min(len(flow.lines), i + 30):
            following = flow.lines[j]
            if following.end > end or not _LISTED.match(flow.text, following.start, following.end):
                break
            listed.append(flow.text[following.start : following.end])
            j += 1
        if not listed:
            continue
        spans.append(Stretch(line.start, flow.lines[j - 1].end, "annexes"))
        for item in listed:
            titles += [t.strip(" ;。《》") for t in _LISTED.split(item) if len(t.strip(" ;。")) > 3]
    return tuple(re.sub(r"\(略\)$|\.\w{3,4}$", "", title) for title in titles), spans


def read(
    flow: Flow, lines: Lines, head: Head, sign: SignOff, enclosed: tuple[str, ...], annexes: tuple[str, ...]
) -> list[Part]:
    """The parts of the document, in order; tables of contents follow the part they lie in."""
    begin = sign.end or head.body
    found: list[Part] = []
    keys = {same(t): "plan" for t in enclosed} | {
        same(t): "annex" for t in annexes if same(t) not in map(same, enclosed)
    }
    if sign.end:
        found += _behind(flow, lines, sign.end, keys)
    found += _headed(flow, lines, begin if sign.end else 0, keys)
    found += _named(flow, lines, begin, keys, found)
    found += _inline(flow, lines, begin, (*enclosed, *annexes), keys)
    return _closed(flow, lines, head, found, keys)


def _text(flow: Flow, index: int) -> str:
    line = flow.lines[index]
    text = flow.text[line.start : line.end]
    if text[:1] in LAID_OUT and (lead := _LEAD.match(text)):
        text = text[lead.end() :]
    return text.replace("&quot;", '"')


def _titled(flow: Flow, index: int, keys: dict[str, str]) -> tuple[str, int]:
    """Title that begins on line ``index`` and the index of the first line behind it; ("", index) without one."""
    rows: list[int] = []
    joined = ""
    for i in range(index, min(index + _MAX_TITLE, len(flow.lines))):
        text = _text(flow, i)
        if not text or len(text) > 90 or not _may_be_title(text):
            break
        if flow.lines[i].cell is not None and bare(text) not in keys:
            break
        if rows and not _title_goes_on(joined, text, keys):
            break
        rows.append(i)
        joined += text
    if not rows:
        return "", index
    raw = "".join(flow.quote(flow.lines[i].start, flow.lines[i].end).strip(" #*\u3000") for i in rows)
    after = rows[-1] + 1
    while after < len(flow.lines) and after < rows[-1] + 3 and _is_byline(_text(flow, after)):
        after += 1
    raw = (
        re.sub(r"\s*序\s*号.*", "", raw) if "序" in raw else raw
    )  # the head of a table that stands on the line of its title
    return tidy(raw.replace("#", "")), after


def _may_be_title(line: str) -> bool:
    """Whether ``line`` has nothing of a sentence, a heading or a label."""
    return not (line.endswith(_NO_TITLE_ENDS) or _NO_TITLE.match(line) or _SENTENCE.search(line))


def _title_goes_on(joined: str, text: str, keys: dict[str, str]) -> bool:
    """Whether the line ``text`` goes on with the title ``joined``."""
    if bare(joined) in keys:
        return False
    both = bare(joined + text)
    if any(key.startswith(both) for key in keys):
        return True
    if text.startswith(("的", ")", "》")) or joined.startswith("《") or (text.startswith("(") and len(text) < 24):
        return True
    if _OPENS_BODY.match(text) or ":" in text or len(joined) < 5:
        return False
    return not ends_title(joined) and not untailed(joined).endswith(lexicon.words("annex_kinds"))


def _is_byline(text: str) -> bool:
    """A line between title and text: who drew the plan up, its date or version in brackets."""
    return len(text) < 30 and (is_body_name(text) or _DATED.match(text) is not None)


def _part(flow: Flow, kind: PartKind, title: str, start: int, body: int, number: str = "") -> Part:
    return Part(kind, title, 0, 0, start, start, min(body, len(flow.text)), number)


def _offset(flow: Flow, index: int) -> int:
    return flow.lines[index].start if index < len(flow.lines) else len(flow.text)


def _behind(flow: Flow, lines: Lines, end: int, keys: dict[str, str]) -> list[Part]:
    """The part whose title stands right behind the sign-off, if one does."""
    index = lines.at(end) + 1
    while index < len(flow.lines) and not _text(flow, index).strip("-*_ "):
        index += 1
    if index >= len(flow.lines) or _ANNEX.match(_text(flow, index)):
        return []
    title, after = _titled(flow, index, keys)
    if (
        not title
        or after >= len(flow.lines)
        or not (ends_title(title) or same(title) in keys or len(flow.text) - end > 400)
    ):
        return []
    return [_part(flow, "plan", title, flow.lines[index].start, _offset(flow, after))]


def _headed(flow: Flow, lines: Lines, begin: int, keys: dict[str, str]) -> list[Part]:
    """Parts under a heading of their own: 附件1."""
    out: list[Part] = []
    for index in _annexing(flow, lines):
        line = flow.lines[index]
        if line.end - line.start > 12 or line.start < begin:
            continue
        found = _ANNEX.match(_text(flow, index))
        if not found or index + 1 >= len(flow.lines) or _LISTED.match(_text(flow, index + 1)):
            continue
        title, after = _titled(flow, index + 1, keys)
        if found[0].endswith(":") and (after >= len(flow.lines) or _ANNEX.match(_text(flow, after))):
            continue  # the list of annexes, not the heading of one
        out.append(_part(flow, "annex", title, line.start, _offset(flow, after), found[1]))
    return out


def _named(flow: Flow, lines: Lines, begin: int, keys: dict[str, str], known: list[Part]) -> list[Part]:
    """Parts whose title, known from the notice, stands on lines of its own."""
    out: list[Part] = []
    text = flow.text
    taken = sorted((part.start, part.body) for part in known)
    starts = {key[:4] for key in keys if key}
    if not starts:
        return out
    firsts = LAID_OUT | {start[0] for start in starts}  # a cheap test before ``same``
    first = lines.at(begin)
    for index, at in enumerate(lines.starts[first:], first):
        if text[at] not in firsts:
            continue
        line = flow.lines[index]
        if line.end - line.start > 90:
            continue
        if text[line.start] == "(" and text[line.start + 1 : line.start + 2] not in firsts:
            continue
        if line.start < begin or line.cell is not None or bare(_text(flow, index)[:12])[:4] not in starts:
            continue
        near = bisect_right(taken, (line.start, len(flow.text))) - 1
        if near >= 0 and line.start < taken[near][1]:
            continue
        title, after = _titled(flow, index, keys)
        if title and same(title) in keys and after < len(flow.lines):
            kind: PartKind = "plan" if keys[same(title)] == "plan" else "annex"
            out.append(_part(flow, kind, title, line.start, _offset(flow, after)))
    return out


def _inline(flow: Flow, lines: Lines, begin: int, titles: tuple[str, ...], keys: dict[str, str]) -> list[Part]:
    """Parts of a run-on document: their titles stand inside a line, behind the sign-off."""
    out: list[Part] = []
    line = flow.lines[lines.at(max(begin - 1, 0))] if flow.lines else None
    if not line or line.end - begin < 20 or not titles:
        return out
    for title in dict.fromkeys(titles):
        at = flow.text.find(title, begin, line.end)
        if at < 0 or flow.text[at - 1] in "《〈“":
            continue
        heading = _ANNEX_INLINE.search(flow.text, max(begin, at - 6), at)
        kind: PartKind = "plan" if keys.get(same(title)) == "plan" else "annex"
        start = heading.start() if heading else at
        out.append(
            _part(
                flow, kind, tidy(flow.quote(at, at + len(title))), start, at + len(title), heading[1] if heading else ""
            )
        )
    return out


def _closed(flow: Flow, lines: Lines, head: Head, found: list[Part], keys: dict[str, str]) -> list[Part]:
    """``found`` in order, without doubles, each reaching to the next; the wrapper before them."""
    ordered: list[Part] = []
    for part in sorted(found, key=lambda p: (p.start, p.kind == "annex")):
        if not ordered or part.start >= ordered[-1].body:
            ordered.append(part)
    if not ordered or flow.text[: ordered[0].start].strip("#* \n"):
        ordered.insert(0, _part(flow, "wrapper", head.title, 0, head.body))
    out: list[Part] = []
    ends = [part.start for part in ordered[1:]] + [len(flow.text)]
    for part, end in zip(ordered, ends, strict=True):
        if part.kind == "annex" and (keys.get(same(part.title)) == "plan"):
            part = part._replace(kind="plan")
        toc = _toc(flow, lines, part.body, end)
        body = toc.end + 1 if toc else part.body
        last = max(lines.at(part.start), lines.at(max(end - 1, 0)))
        out.append(part._replace(first=lines.at(part.start), last=last, end=end, body=min(body, end)))
        if toc:
            out.append(toc)
    return out


def _toc(flow: Flow, lines: Lines, start: int, end: int) -> Part | None:
    """A table of contents within the first lines behind ``start``: it ends where its first entry comes again."""
    first = lines.at(start)
    for index in range(first, min(first + 4, len(flow.lines))):
        if flow.lines[index].end <= end and _TOC.match(_text(flow, index)):
            break
    else:
        return None
    last = _toc_end(flow, index, end)
    if last == index:
        return None
    return Part("toc", "目录", index, last, flow.lines[index].start, flow.lines[last].end, flow.lines[index].end)


def _toc_end(flow: Flow, index: int, end: int) -> int:
    """Last line of the table of contents under line ``index``."""
    entry = _entry(flow, index + 1)
    firsts = LAID_OUT | {entry[:1]}  # a cheap test before ``_entry``
    text_at = 0
    for i in range(index + 2, min(index + 400, len(flow.lines))):
        line = flow.lines[i]
        if line.start >= end:
            break
        if entry and flow.text[line.start] in firsts and _entry(flow, i) == entry:
            return i - 1
        if not text_at and (line.end - line.start > 70 or flow.text.find("。", line.start, line.end) >= 0):
            text_at = i
    # No entry comes again: the table reaches to the text, or to the heading right above it.
    return max(index, text_at - 2) if text_at > index + 3 else index


def _entry(flow: Flow, index: int) -> str:
    """Key of a heading that is equal in the table of contents and in the text."""
    if index >= len(flow.lines):
        return ""
    return bare(_LEADERS.sub("", _text(flow, index)))
