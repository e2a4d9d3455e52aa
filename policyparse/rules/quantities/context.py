"""What the words around a number say: at least or at most, of what, and whether it is part of a name or of a tale."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policyparse.lexicon import alternation, load, words
from policyparse.patterns import regex
from policyparse.records import Bound

_SIDES = ("before", "after")


@lru_cache(maxsize=1)
def _bounds() -> dict[str, dict[str, Bound]]:
    """Words before and behind a number, longest first, with what they make of it."""
    out: dict[str, dict[str, Bound]] = {side: {} for side in _SIDES}
    for row in load("quantity_words"):
        side, _, bound = row[1].partition("-")
        if side in out:
            out[side][row[0]] = bound  # type: ignore[assignment]
    return out


@cache
def _tuple(kind: str) -> tuple[str, ...]:
    if kind in _SIDES:
        return tuple(_bounds()[kind])
    return words("quantity_words", where=kind)


def _without_links(left: str) -> str:
    """``left`` without the words that may stand between a noun or a bound and its number (达到, 给予, 的)."""
    links = _tuple("link")
    for _ in range(4):
        if not left.endswith(links):
            break
        left = left[: -next(len(w) for w in links if left.endswith(w))]
    return left


def _measured(left: str) -> str:
    """``left`` up to the noun that the number behind it measures: without 超过, 达到, 给予."""
    left = _without_links(left)
    if left.endswith(_tuple("before")):
        left = _without_links(left[: -next(len(w) for w in _tuple("before") if left.endswith(w))])
    return left


def bound(text: str, start: int, end: int, more: bool) -> Bound:
    """What the words around text[start:end] say about it: at least, at most, about; ``more`` is 余 or 多 inside."""
    if text.startswith(_tuple("after"), end):
        return next(b for w, b in _bounds()["after"].items() if text.startswith(w, end))
    left = text[max(0, start - 12) : start]
    words = _tuple("before")
    tail = left if left.endswith(words) else _without_links(left)
    if tail.endswith(words):
        return next(b for w, b in _bounds()["before"].items() if tail.endswith(w))
    return "about" if more else "exact"


_COUNTED = regex(r"(?:以上|以下|左右|以内|及以上)?([一-鿿]{2,9}?)(?=[,。;、():“”和及与或等\n]|$)")
_NOT_NOUN = regex(
    "^(?:年(?![轻青度])|以|左|进|给|由|在|将|按|应|要|为|并|予|一次|用|从|对|是|的|多|余)|[予给把被的]|完成|实现|全面|成功|组成|纳入"
)
_RUN = regex("[一-鿿]{2,14}$")
_HEAD = regex(
    "打造|建设|完成|培育|实现|推动|推进|力争|争取|确保|加快|超过|带动|拉动|全[国省市县区州]|我[省市县区]|[到的和及与对将使年按于]"
)


def noun(text: str, start: int, end: int, kind: str) -> str | None:
    """The noun that is counted or measured, where it stands right beside the number; None when unsure."""
    if kind in ("count", "word"):
        found = _COUNTED.match(text, end)
        return None if not found or _NOT_NOUN.search(found[1]) else found[1]
    left = _measured(text[max(0, start - 26) : start])
    if not left.endswith(_tuple("measured")):
        return None
    run = _RUN.search(left)
    last = _HEAD.split(run[0])[-1] if run else ""
    return last if 2 <= len(last) < 12 else None


# A cell or line that does nothing but count the items below it: 5个创新应用 / 1.建设…
_CAPTION = regex(r"[一-鿿]{2,8}\n\d{1,3}[.、](?!\d)")
_QUOTED = regex(r"“((?:\d{1,2}|[二两三四五六七八九十]{1,3})[个大项张种类条][^”“\n,。、;]{1,8})”")


@lru_cache(maxsize=2)
def names(text: str) -> tuple[str, ...]:
    """What ``text`` quotes somewhere that begins with a number: “四个平台” is a name without its quotes, too."""
    return tuple(sorted(set(_QUOTED.findall(text))))


def named(text: str, start: int, end: int) -> bool:
    """Whether the number is part of a name: in 《…》, in a short quotation or quoted elsewhere, or heading a list."""
    if (not start or text[start - 1] == "\n") and _CAPTION.match(text, end):
        return True
    if text.startswith(names(text), start):
        return True
    low = max(0, start - 60)
    titled = text.rfind("《", low, start)
    if titled >= 0 and titled > text.rfind("》", low, start):
        return True
    low = max(0, start - 16)
    opened = max(text.rfind("“", low, start), text.rfind("‘", low, start))
    if opened < 0 or any(text.find(c, opened, start) >= 0 for c in '”’"'):
        return False
    return any(0 <= text.find(c, end, end + 12) for c in '”’"')


# What a place has, told of it: 占地12平方公里,入驻企业80家.
_HAS = "入[住驻](?:规上|规模以上|各类)?(?:企业|机构|商户|单位)"
_EXTENT = regex(f"[^,。;\n]{{0,8}},{_HAS}约?\\d")
_RESIDENT = regex(f"占地[^。;\n]{{2,16}},{_HAS}约?$")
# A clause that adds up what an earlier clause of the sentence told with 已; none may speak of what is to come.
_SUM = ("共", "累计", "总计", "合计", "其中")
_DONE = regex("(?<!对)已(?!建成的)(?:全面|基本|初步|经|累计|先后|陆续)?[^,的]{2,}(?:,|$)")
_TO_COME = regex("[将要再]|基础上|力争|争取|确保|计划|拟|预计|20\\d\\d年|年底|今年|[下新]一步")


def _sums_up(text: str, start: int, clause: str) -> bool:
    """Whether ``clause`` sums up what its sentence told before: 已整合数据,共布置9个(其中…),累计接入8家."""
    left = text[max(0, start - 240) : start]
    listed = left.rfind("(其中") > left.rfind(")")
    if "已" not in left or not (listed or clause.startswith(_SUM)):
        return False
    sentence = re.split("[。;\n]", left)[-1]
    told = _DONE.search(sentence)
    return told is not None and not _TO_COME.search(sentence, told.start())


@lru_cache(maxsize=1)
def _stated() -> re.Pattern[str]:
    # not 20家以上年营收超亿元的企业, nor 较上年提高3个百分点
    return regex(f"(?!(?<=以)上年|(?<=[较比])[上去]年){alternation('quantity_words', where='stated')}")


def stated(text: str, start: int, end: int) -> bool:
    """Whether the words before the number tell what is already so: 在已归集10项的基础上, 目前,全县共有…"""
    low = max(0, start - 60)
    left = text[low:start]
    sentence = 1 + max(left.rfind("。"), left.rfind(";"), left.rfind("\n"))
    if (sentence or not low) and left.startswith(_tuple("opens-stated"), sentence):
        return True
    begin = max(sentence, left.rfind(",") + 1)
    if _stated().search(left, begin) and left.find("已建成的", begin) < 0:
        return True
    clause = left[begin:]
    if "占地" in left and (_RESIDENT.search(left) or ("占地" in clause and _EXTENT.match(text, end))):
        return True
    return (clause.startswith(_SUM) or "(其中" in left) and _sums_up(text, start, clause)


_COUNTABLE = ("户", "人", "量", "数", "次", "口", "企业")


def is_money(text: str, start: int, end: int, directly: bool = False) -> bool:
    """Whether an amount without 元 is money: 奖励30万。, 投资5000万启动, 收入突破1000亿; not 用户突破1000万.

    ``directly``: only the noun that is measured tells, not a word further off in the clause.
    """
    left = text[max(0, start - 18) : start]
    noun = _measured(left)
    if noun.endswith(_tuple("money")) or left.endswith(_tuple("money")):
        return True
    if directly or noun.endswith(_COUNTABLE):
        return False
    if text[end : end + 1] not in ("", ",", "。", ";", "、", ")", "\n", "的", "以", "左"):
        return False
    clause = re.split("[,。;\n]", left)[-1]
    return any(w in clause for w in _tuple("money"))
