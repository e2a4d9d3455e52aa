"""What the readers of a notice's frame share: what comes out, and how dates, numbers and names of bodies are written.

The frame of an official document follows GB/T 9704-2012: 版头 (发文机关标志, 发文字号), 标题, 主送机关, 正文,
附件说明, 发文机关署名 and 成文日期 (落款), 附件, 版记 (抄送, 印发).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from functools import cache
from typing import Literal, NamedTuple

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.records import Kind, Span
from policyparse.text import Flow, fold

PartKind = Literal["wrapper", "plan", "annex", "toc"]


class Part(NamedTuple):
    """A part of the document: the notice itself, a plan enclosed with it, an annex, or a table of contents.

    ``first`` and ``last`` are indices of ``flow.lines`` (inclusive), ``start`` and ``end`` offsets of the flow;
    ``body`` is the offset at which its text begins behind title and addressees.  Numbering starts afresh in
    each part.  A ``toc`` lies inside the part it belongs to, before that part's ``body``.  In run-on documents
    two parts may share a line: then only the offsets tell them apart.
    """

    kind: PartKind
    title: str
    first: int
    last: int
    start: int
    end: int
    body: int
    number: str = ""  # of an annex, as printed: "1", "2-1"


class Frame(NamedTuple):
    """All of a notice that is not its text; spans are offsets of the flow."""

    kind: Kind
    title: str
    number: str | None
    issuers: tuple[str, ...]
    issued_on: dt.date | None
    addressees: tuple[str, ...]
    cc: tuple[str, ...]
    parts: tuple[Part, ...]
    used: tuple[Span, ...]  # title block, sign-off, 抄送, tables of contents …: sorted, not overlapping
    lines_used: frozenset[int]  # lines of the flow that lie wholly in ``used``
    body: int  # where the notice's own text begins
    enclosed: tuple[str, ...]  # titles of what the notice encloses or annexes, as it names them


class Stretch(NamedTuple):
    """A stretch of the flow that was recognised as something."""

    start: int
    end: int
    kind: str
    value: str = ""


DIGIT = dict(zip("〇零O0o○一二三四五六七八九", (0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
CENTURY = r"(?:(?<=1)9|(?<=2)0)"
IN_FIGURES = r"\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
IN_WORDS = r"[〇零Oo0九][〇零Oo0一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
# It begins with one class of characters: so a text is searched many times as fast.
DATE = rf"[12二一](?:{CENTURY}{IN_FIGURES}|(?<![12]){IN_WORDS})"
# 发文字号: the body's signs, the year in brackets (all brackets are () in the flow), the serial number.
SERIAL = r"\( ?(?:19|20)\d\d ?\) ?(?:第 ?)?\d{1,5} ?号"
# Before it the signs, as far as a pattern tells (``are_signs`` looks closer: the range of Han is dear to compile).
SIGNS = r"[^() ]{1,18}"
SPACE = r"[ \u3000]*"
# Where the issuing body ends in a title: 甲市人民政府关于…, 甲市人民政府印发…
ISSUES = regex(r"关于|印发|转发|批转|颁发|发布|公布|对(?=[^、]*(?:提案|建议|请示|表扬|表彰))|就")
FORWARDS = regex(r"印发|转发|批转|颁发|颁布|发布|公布|下发")
_SERIAL = regex(SERIAL)
_MOST_SIGNS = 18
_DATE_PARTS = regex(r"(\S+?) ?年 ?(\S+?) ?月 ?(\S+?) ?日|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_LAYOUT = regex(r"[\s()《》〈〉<>“”‘’\"'&;#*~-](?:(?<=&)[a-z]+;)?")
_TAIL = regex(r"\([^()]{1,40}\)$")
_COMMA = regex("[、，,]")
_AND_OTHERS = regex(r"等[一二三四五六七八九十\d]*个?(?:部门|单位|委办局)?$")
_SINGLES = regex(r"(?<![^\s])(?:[\u4e00-\u9fff]\s+)+[\u4e00-\u9fff](?![^\s])")
_NO_NAME = regex(
    r"[。;:!?《》\",@]|^\d|^附|^第[一二三四五六七八九十\d]|^[一二三四五六七八九十]{1,3}[、.]|联系|电话|如下|^[(]"
)


def numeral(text: str) -> int:
    """Value of a year, month or day, in Arabic figures or Chinese (二〇二四, 十二, 三十一)."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (DIGIT[tens] if tens else 1) * 10 + (DIGIT[ones] if ones else 0)
    return int("".join(str(DIGIT[c]) for c in text))


def date(text: str) -> dt.date | None:
    """The day that ``text`` begins with (2024年9月26日, 二〇二四年九月二十六日, 2024-09-26), or None."""
    found = _DATE_PARTS.match(text.strip(" ("))
    if not found:
        return None
    try:
        year, month, day = (numeral(part) for part in found.groups() if part)
        return dt.date(year, month, day)
    except (KeyError, ValueError):
        return None


def find_number(text: str, start: int, end: int) -> Span | None:
    """Span of the first 发文字号 in text[start:end]; what stands before it may have run into its signs."""
    serial = _SERIAL.search(text, start, end)
    if not serial:
        return None
    first = max(start, serial.start() - _MOST_SIGNS - 1)
    last = first + len(text[first : serial.start()].removesuffix("\n").removesuffix(" "))
    begin = last
    while begin > max(first, last - _MOST_SIGNS) and are_signs(text[begin - 1]):
        begin -= 1
    return (begin, serial.end()) if begin < last else None


def are_signs(text: str) -> bool:
    """Whether ``text`` is made of what a body's signs in a 发文字号 are written with: Han characters and capitals."""
    return all("\u4e00" <= char <= "\u9fff" or "A" <= char <= "Z" for char in text)


@cache
def document_words() -> tuple[str, ...]:
    """Words that end the title of an official document, longest first."""
    return lexicon.words("document_kinds")


@cache
def issuer_endings() -> tuple[str, ...]:
    """How names of issuing bodies end, longest first."""
    return lexicon.words("issuer_endings")


def untailed(text: str) -> str:
    """``text`` without brackets at its end: 办法(试行) -> 办法, 局(代章) -> 局."""
    while text.endswith(")"):
        shorter = _TAIL.sub("", text)
        if shorter == text:
            break
        text = shorter.rstrip()
    return text


def ends_title(text: str) -> bool:
    """Whether ``text`` can end a document's title: its last word is a kind of document."""
    return untailed(text.rstrip('》〉”" ')).rstrip('》〉”" ').endswith(document_words())


def closed_up(name: str) -> str:
    """``name`` without the spaces of letter-spacing: 教　育　部 -> 教育部."""
    name = name.strip()
    return _SINGLES.sub(lambda m: re.sub(r"\s+", "", m[0]), name) if len(name.split()) > 1 else name


def is_body_name(text: str, limit: int = 80) -> bool:
    """Whether ``text`` (folded) can be the name of an issuing body, or several of them side by side."""
    name = untailed(text.strip())
    if not 2 <= len(name) <= limit or _NO_NAME.search(name):
        return False
    return closed_up(name).endswith(issuer_endings())


def split_names(text: str) -> tuple[str, ...]:
    """Names of issuing bodies out of one line: split at 、 ， and spaces, letter-spacing closed up."""
    names: list[str] = []
    for part in _COMMA.split(text):
        for name in closed_up(part).split():
            name = _AND_OTHERS.sub("", name) if "等" in name else name
            names += _unjoined(name) if name else []
    return tuple(names)


def _unjoined(name: str) -> list[str]:
    """中共甲市委甲市人民政府 -> 中共甲市委, 甲市人民政府; other names stay whole."""
    if not name.startswith("中共"):
        return [name]
    if name.startswith("中共中央"):
        both = re.fullmatch(r"(中共中央(?:办公厅)?)(国务院(?:办公厅)?)", name)
        return [both[1], both[2]] if both else [name]
    found = re.fullmatch(
        r"(中共(.{2,12}?)(?:省|市|区|县|州|旗)?委(?:员会)?(?:办公[厅室])?)(\2.*人民政府(?:办公[厅室])?)", name
    )
    return [found[1], found[3]] if found else [name]


def tidy(title: str) -> str:
    """A title without the spaces of its layout; those between issuing bodies stay."""
    title = " ".join(title.replace("&quot;", '"').split()).strip(" *#")
    if title[:1] in ("I", "V", "X"):
        title = re.sub(r"^[IVX]{1,4}(?=[\u4e00-\u9fff])", "", title)  # a page number of the front matter
    if " " not in title:
        return title
    found = ISSUES.search(title)
    names = title[: found.start()].split(" ") if found else []
    if len(names) > 1 and all(len(n) > 2 and is_body_name(n) for n in names):
        return " ".join(names) + title[found.start() :].replace(" ", "") if found else title
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", title)


def split_outside(text: str, marks: str) -> list[tuple[int, int]]:
    """Spans of the pieces of ``text`` between any of ``marks`` that stand outside brackets."""
    out: list[tuple[int, int]] = []
    depth = begin = 0
    for found in re.finditer(rf"[()《》{re.escape(marks)}]", text):
        char = found[0]
        if char in "(《":
            depth += 1
        elif char in ")》":
            depth -= depth > 0
        elif not depth:
            out.append((begin, found.start()))
            begin = found.end()
    out.append((begin, len(text)))
    return [(a, b) for a, b in out if text[a:b].strip()]


# What a key leaves out, and white space: the characters that a line may begin with before the key's first.
LAID_OUT = frozenset("\ufeff()《》〈〉<>“”‘’\"'&;#*~-") | frozenset(
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def same(text: str) -> str:
    """Key under which two printings of one title are equal: no spaces, quotes, brackets, dashes."""
    return bare(fold(text))


def bare(text: str) -> str:
    """The key of ``text`` that is folded already."""
    return _LAYOUT.sub("", text)


class Head:
    """What stands before the notice's text; offsets of the flow."""

    def __init__(self, pieces: list[Stretch], body: int):
        self.pieces = pieces
        self.body = body  # where the text begins
        self.title = ""
        self.title_start = self.title_end = 0
        self.number: str | None = None
        self.issuers: tuple[str, ...] = ()
        self.written: dt.date | None = None
        self.addressees: tuple[str, ...] = ()


class Lines:
    """Where the lines of a flow begin, for looking up the line of an offset."""

    __slots__ = ("flow", "starts")

    def __init__(self, flow: Flow):
        self.flow = flow
        self.starts = [line.start for line in flow.lines]

    def at(self, offset: int) -> int:
        """Index of the line that holds ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)
