"""Folding of width variants (１→1, （→(, ，→,) and of what is printed in place of a sign; the length never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policyparse.patterns import regex

# Variants are replaced one by one, and only those that are present: many times as fast as str.translate.
FREQUENT, _FREQUENT_TO = "，（）；：．", ",();:."
RARE = (
    "０１２３４５６７８９"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
    "［］[]〔〕【】〖〗﹝﹞｛｝{}％＋－‐‑‒–—―−─～∼〜／！？＜＞＆＃＊＝｜＂＇｡､\xa0\u3000\u2002\u2003\u2009\t﹑﹒﹐﹔﹕﹙﹚㎡㎞○∶︰"
)
_RARE_TO = (
    "0123456789"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "()()()()()()()()%+---------~~~/!?〈〉&#*=|\"'。、      、.,;:()㎡㎞〇::"
)
FOLDED = dict(zip(FREQUENT + RARE, _FREQUENT_TO + _RARE_TO, strict=True))
_VARIANT = regex("[" + re.escape(FREQUENT + RARE) + "]")


def fold(text: str, variants: Iterable[str] | None = None) -> str:
    """Return ``text`` with width variants folded to one form; the length never changes.

    Brackets of every kind but 《》〈〉 become (), dashes -, digits and Latin letters ASCII.  ``variants`` are those
    that it can hold, where that is known.
    """
    for variant in set(_VARIANT.findall(text)) if variants is None else variants:
        text = text.replace(variant, FOLDED[variant])
    return text


# A full stop of half width: behind a word, before a space, a bracket or the end of the line (not 一. or 3.5).
_HALF_STOP = regex(r"\.(?=[ \n(]|$)(?<=[\u4e00-\u9fff)”%]\.)(?<![一二三四五六七八九十]\.)")
_MAY_STOP = regex(r"\.(?=[ \n])")  # a cheap test
_FEW = 0.2  # of the full stops have their full width, where the half width is the habit of the text
# 【责任单位】甲局: a label in brackets at the start of a line.
_BRACKETED = regex(
    r"\n( *)\(((?:牵头|责任|配合|主办|协办|承办|参与|参加|落实|实施|督办|督导|监督|包保|分管|负责)(?:责任)?(?:单位|部门|处室|科室|主体|领导|人)|"
    r"(?:完成|办结|办理|整改|落实|销号)?(?:时限|期限|时间))\)(?= ?[\u4e00-\u9fff\d])"
)
_ANGLED = regex(r"(?<=。)〈([^〈〉\n]{4,200})〉(?=\n|$)")
_MAY_BE_LABEL = regex("\n *\\([牵责配主协承参落实督监包分负完办整销时期]")  # a cheap test, cheap to compile


def labelled(text: str) -> str:
    """Folded ``text`` in which a label in brackets (``(责任单位)甲局``) stands before a colon; the length stays.

    A sentence's assignment in ``〈〉``, which stand within names elsewhere (各镇〈街道〉), gets brackets like the others.
    """
    if "。〈" in text:
        text = _ANGLED.sub(r"(\1)", text)
    return _BRACKETED.sub(r"\n\1 \2:", text) if _MAY_BE_LABEL.search(text) else text


def stopped(text: str) -> str:
    """Folded ``text`` whose sentences end in half-width stops (``现提出如下意见. ``), with full stops in their place."""
    if not _MAY_STOP.search(text):
        return text
    count = len(_HALF_STOP.findall(text))
    return _HALF_STOP.sub("。", text) if count > 2 and text.count("。") <= _FEW * count else text
