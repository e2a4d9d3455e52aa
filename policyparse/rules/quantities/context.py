"""What the words around a number say: at least or at most, of what, and whether it is part of a name or of a tale."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policyparse.lexicon import load, words
from policyparse.model import Bound
from policyparse.patterns import regex

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


def bound(text: str, start: int, end: int, more: bool) -> Bound:
    """What the words around text[start:end] say about it: at least, at most, about; ``more`` is 余 or 多 inside."""
    if text.startswith(_tuple("after"), end):
        return next(b for w, b in _bounds()["after"].items() if text.startswith(w, end))
    left = text[max(0, start - 12) : start]
    for tail in (left, _without_links(left)):
        if tail.endswith(_tuple("before")):
            return next(b for w, b in _bounds()["before"].items() if tail.endswith(w))
    return "about" if more else "exact"


_COUNTED = regex(r"(?:以上|以下|左右|以内|及以上)?([一-鿿]{2,9}?)(?=[,。;、():“”和及与或等\n]|$)")
_NOT_NOUN = regex(
    "^(?:以|左|进|给|由|在|将|按|应|要|为|并|予|一次|用|从|对|是|的|多|余)|[予给把被的]|完成|实现|全面|成功|组成|纳入"
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
    left = _without_links(text[max(0, start - 26) : start])
    if left.endswith(_tuple("before")):
        left = _without_links(left[: -next(len(w) for w in _tuple("before") if left.endswith(w))])
    if not left.endswith(_tuple("measured")):
        return None
    run = _RUN.search(left)
    last = _HEAD.split(run[0])[-1] if run else ""
    return last if 2 <= len(last) < 12 else None


def named(text: str, start: int, end: int) -> bool:
    """Whether the number is part of a name: in 《…》, or in a short quotation."""
    low = max(0, start - 60)
    if text.rfind("《", low, start) > text.rfind("》", low, start):
        return True
    low = max(0, start - 16)
    opened = max(text.rfind("“", low, start), text.rfind("‘", low, start))
    if opened < 0 or any(text.find(c, opened, start) >= 0 for c in '”’"'):
        return False
    return any(0 <= text.find(c, end, end + 12) for c in '”’"')


def stated(text: str, start: int) -> bool:
    """Whether the words before the number tell what is already so: 在已归集10项的基础上, 目前,全县共有…"""
    low = max(0, start - 60)
    left = text[low:start]
    sentence = 1 + max(left.rfind("。"), left.rfind(";"), left.rfind("\n"))
    if (sentence or not low) and left.startswith(_tuple("opens-stated"), sentence):
        return True
    clause = left[max(sentence, left.rfind(",") + 1) :]
    return any(w in clause for w in _tuple("stated")) and "已建成的" not in clause


def is_money(text: str, start: int, end: int) -> bool:
    """Whether an amount without 元 is money: 奖励30万。, 投资5000万启动."""
    left = text[max(0, start - 18) : start]
    if _without_links(left).endswith(_tuple("money")) or left.endswith(_tuple("money")):
        return True
    if text[end : end + 1] not in ("", ",", "。", ";", "、", ")", "\n", "的", "以", "左"):
        return False
    clause = re.split("[,。;\n]", left)[-1]
    return any(w in clause for w in _tuple("money"))
