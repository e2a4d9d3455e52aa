"""Labels and verbs that say a role: 牵头单位:, 州农委责任单位:, 按职责分工负责."""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse import lexicon
from policyparse.patterns import LETTER, regex
from policyparse.rules.base import behind_last
from policyparse.rules.units import is_unit, trim

_RANK = ("lead", "support", "supervise", "responsible")


@lru_cache(maxsize=1)
def stems() -> str:
    """The words that say a role, as alternatives of a pattern."""
    return "|".join(lexicon.words("roles"))


@lru_cache(maxsize=1)
def label_pattern() -> re.Pattern[str]:
    """A label of a role or of a field beside roles, up to its colon."""
    nouns = "|".join(re.escape(w) for w in lexicon.words("role_nouns"))
    fields = "|".join(lexicon.words("field_labels"))
    return regex(
        rf"(?:{LETTER}{{0,4}}?(?P<stem>(?:{stems()}){{1,3}})(?:(?:[市县区省局委]|分管|主要)?(?P<noun>{nouns}))?(?:\([^()]{{1,12}}\))?|(?P<field>{fields})) ?:"
    )


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    """Words behind units that say their role: 牵头, 按职责分工负责, 配合做好 …"""
    return regex(
        r"(?:,?(?:按照?|根据|依|结合)(?:各自)?(?:的)?(?:工作)?(?:职责|职能|任务|权限)(?:任务)?(?:和|与)?(?:权限|任务)?(?:分工)?会?(?:要求)?|分工会?|分别|共同|具体|各自|密切|积极|主动|重点|全力|协同|总(?=牵头))*"
        rf"(?:(?P<verb>{stems()})(?:{_WORK})*|组织实施|抓好落实)$"
    )


_WORK = "负责|落实|实施|推进|组织实施|组织|抓总|做好|完成|考核|抓好落实|推动|统筹|开展|配合|执行|制定|指导|办理"


@lru_cache(maxsize=1)
def _verb_ends() -> frozenset[str]:
    """What ``_verb`` and ``_DUTY_ONLY`` can end with: a cheap test before them."""
    words = (*lexicon.words("roles"), *_WORK.split("|"), "职责", "职能", "任务", "权限", "分工")
    return frozenset(word[-1] for word in words)


_WITH_OBJECT = regex(r"(?:具体)?负责[^,;:()的由]{2,10}$")  # 甲处总牵头,乙处负责资金保障
_DUTY_ONLY = regex(r"(?:按照?|根据|依|结合)(?:各自)?(?:的)?(?:工作)?(?:职责|职能|任务|权限)(?:任务)?(?:分工)?$")


@lru_cache(maxsize=1)
def _noun_ends() -> tuple[str, ...]:
    words = (*lexicon.words("role_nouns"), *lexicon.words("field_labels"))
    return tuple(word + space for word in words for space in ("", " "))


_HUMAN = regex(r"[\u4e00-\u9fa5]{2,3}")
_PARTS = regex(r"[,;。、(\n /]")


def labels(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels in text[start:end]: behind a separator, or glued to the unit before them (州农委责任单位：)."""
    out: list[re.Match[str]] = []
    floor = start  # no label reaches over the colon before its own
    at = text.find(":", start, end)
    while at >= 0:
        begin = behind_last(text, _PARTS, floor, at)
        parted = begin > floor or floor == start
        if parted:
            begin = unbulleted(text, trim(text, begin, at)[0], at)
        label = label_pattern().match(text, begin, at + 1) if parted else None
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


def unbulleted(text: str, start: int, end: int) -> int:
    """``start``, or the offset behind the bullets that stand there."""
    while start < end and text[start] in "-*•●":
        start += 1
    return start


LONGEST_UNIT = 34  # characters that ``is_unit`` allows


def _glued(text: str, begin: int, at: int, bare: bool) -> re.Match[str] | None:
    """The label up to the colon ``at`` that stands right behind the unit that begins at ``begin``.

    It needs a noun (州农委责任单位:), unless it is ``bare`` like the label before it (牵头:州农委配合:州林业局).
    """
    if not text.endswith(_noun_ends(), begin, at) and not (bare and text.endswith(lexicon.words("roles"), begin, at)):
        return None
    if text[begin - 1] == "(" and ")" in text[begin:at]:
        begin = behind_last(text, _PARTS, max(0, begin - LONGEST_UNIT), begin - 1)  # 各支行(部)分管领导:
    for k in range(begin + 2, min(at - 1, begin + LONGEST_UNIT + 1)):
        label = label_pattern().match(text, k, at + 1)
        if not label or label.end() != at + 1 or not (bare or label["noun"] or label["field"]):
            continue
        if not label["field"] and label.start("stem") != k:
            continue
        if is_unit(text[begin:k]) or _HUMAN.fullmatch(text, begin, k):
            return label
    return None


def said_by(piece: str) -> tuple[int, str | None]:
    """Where the verb at the end of ``piece`` begins, and the role it says; None where there is none."""
    if "负责" in piece[:-2] and (with_object := _WITH_OBJECT.search(piece)) and is_unit(piece[: with_object.start()]):
        return with_object.start(), "responsible"
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


def is_person(noun: str | None) -> bool:
    """Whether the noun of a label means persons: 责任人."""
    return noun is not None and lexicon.table("role_nouns").get(noun) == "person"
