"""Where a time expression stands: what the words before and behind it say about it.

The words are those of ``lexicon/time_words.tsv`` and ``lexicon/actions.tsv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policyparse.lexicon import alternation, words
from policyparse.patterns import regex
from policyparse.rules.base import holds_any

_STOPS = regex("[,。;:\n]")
_LABEL = regex(
    "(?<!发布)(?<!印发)(?<!成文)(?<!公布)(?<!公开)(?<!更新)(?<!生成)(?:时限|节点|时间|期限|工期|进度|(?:截止|完成|办结|办理)日期)(?:要求|安排|节点)?(?:为|是|在|:)?"
    "(?:[^,。:;\n]{0,12};)?(?:第?[一二三四五六](?:批|期|阶段))?(?:贯穿)?$"
)
_LONE_YEAR = regex(r"\n20\d\d年(?=\n|$)|\n(?:指标|单位|基数|现状|目标)[^\n]{0,6}(?=\n|$)")
_TOLD = regex("[^,。;\n为除]{0,20}(?<![为除])了")
# What a bare year may be followed by to say how things are to stand then.
_RESULT = regex(
    "([^,。;:()《\n]{0,20}?)(?:\\d|完成|实现|达到?|超过?|突破|增长|新增|新建|建成|不低于|力争|将|要|提高|降)"
)


@cache
def _tuple(kind: str) -> tuple[str, ...]:
    return words("time_words", where=kind)


def ends(left: str, kind: str) -> bool:
    """Whether ``left`` ends with a word of ``kind``."""
    return left.endswith(_tuple(kind))


def begins(text: str, at: int, kind: str) -> bool:
    """Whether a word of ``kind`` begins at ``at``."""
    return text.startswith(_tuple(kind), at)


def holds(part: str, kind: str) -> bool:
    """Whether ``part`` holds a word of ``kind``."""
    return holds_any(part, _tuple(kind))


def before(text: str, at: int, width: int = 24) -> str:
    """Up to ``width`` characters before ``at``."""
    return text[max(0, at - width) : at]


def clause_before(text: str, at: int, width: int = 24) -> str:
    """The same, but no further than the last stop."""
    return _STOPS.split(before(text, at, width))[-1]


def clause_behind(text: str, at: int, width: int = 24) -> str:
    """Up to ``width`` characters behind ``at``, up to the next stop."""
    return _STOPS.split(text[at : at + width], maxsplit=1)[0]


def in_title(text: str, at: int) -> bool:
    """Whether ``at`` stands inside 《…》 (looked for within 80 characters)."""
    low = max(0, at - 80)
    opened = text.rfind("《", low, at)
    return opened >= 0 and opened > text.rfind("》", low, at)


def names_document(text: str, start: int) -> bool:
    """Whether the date is part of a document's name: 《…》, or 行动计划(2024-2026年)."""
    if in_title(text, start):
        return True
    return start > 0 and text[start - 1] == "(" and ends(text[max(0, start - 9) : start - 1].rstrip("\n"), "titled")


def labelled(left: str) -> bool:
    """Whether the words before are a label such as 完成时限：."""
    marked = "时" in left or "限" in left or "节点" in left or "进度" in left or "工期" in left or "日期" in left
    return marked and _LABEL.search(left) is not None


def is_validity(text: str, start: int) -> bool:
    """Whether the words before say that the date bounds a document's validity (有效期至…)."""
    left = before(text, start)
    return ("期" in left or "年" in left) and holds(_STOPS.split(left)[-1], "validity")


@lru_cache(maxsize=1)
def _force() -> re.Pattern[str]:
    return regex(f"(?:正式|开始|全面|起)*{alternation('time_words', where='force')}(?=[,。;:)的\n]|$)")


def comes_into_force(text: str, end: int) -> bool:
    """Whether the date is the day from which a document applies: …起施行。"""
    return _force().match(text, end) is not None


@lru_cache(maxsize=1)
def _done() -> re.Pattern[str]:
    return regex(f"已|[^,。;:\n]{{0,4}}{alternation('time_words', where='act')}的")


def tells(text: str, end: int) -> bool:
    """Whether the date is that of an act surely done: told with 了 or 已, or naming its outcome (2019年发布的标准)."""
    return _TOLD.match(text, end) is not None or _done().match(text, end) is not None


def issues(text: str, end: int) -> bool:
    """Whether 印发, 发布, 成立 … stand behind the date: done then in a tale, to be done then in a plan."""
    return holds(clause_behind(text, end, 6), "act")


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return regex("[一-鿿]{2,4}" + alternation("time_words", where="document") + "(?=[,。;、》”)的\n]|$)")


def acts(text: str, end: int) -> bool:
    """Whether a word of action begins at ``end``: 完成, 启动, 全面 …"""
    return text.startswith(words("actions"), end)


_NOT_INTENT = (
    "关于",
    "对于",
    "由于",
    "鉴于",
    "属于",
    "位于",
    "立于",
    "始于",
    "定于",
    "已于",
    "曾于",
    "印发于",
    "出生于",
)


def _intended(left: str) -> bool:
    return ends(left.removesuffix("在"), "intent") and (not left.endswith(_NOT_INTENT) or left.endswith("单位于"))


def _adverbial(left: str) -> bool:
    return not left or left[-1] in ',。;:!?、\n("”)*.-' or ends(left, "adverb")


_AND_BEFORE = regex(
    "(?:年中|[上下]半年|[底末日旬月])[和及与、]$"
)  # 年中和年末: the second date stands as the first does


def stands_alone(text: str, start: int, end: int, directly: bool = False) -> bool:
    """Whether a bare date says when something is to be done, rather than naming something (2022年世界大会).

    ``directly``: only a word of action right behind it, or of intent right before it, tells.
    """
    left, following = _AND_BEFORE.sub("", before(text, start, 8)), text[end : end + 1]
    if (following and following in "的版届度是") or begins(text, end, "season") or _named().match(text, end):
        return False
    if _intended(left):
        return True
    if ends(left, "reference"):
        return False
    done = acts(text, end)
    if not _adverbial(left):
        return done
    if done or following in ("", ",", "。", ";", ")", "\n"):
        return True
    found = _RESULT.match(text, end)
    if found is None or (directly and found[0][-1].isdigit()):
        return False
    return not holds(found[1], "document") and "“" not in found[1]


def dates_act(text: str, start: int, end: int) -> bool:
    """Whether a full date without 前 or 起 is the time of a task, rather than a signature or a document's date."""
    left = before(text, start, 8)
    return not left.endswith("定于") and (_intended(left) or acts(text, end) or text[end : end + 1] == ",")


def heads_column(text: str, start: int, end: int) -> bool:
    """Whether a year alone on its line stands beside another such year: the head of a table of figures."""
    if (start and text[start - 1] != "\n") or text[end : end + 1] not in ("", "\n"):
        return False
    line = text.rfind("\n", 0, max(0, start - 1))
    return _LONE_YEAR.match(text, end) is not None or (line >= 0 and _LONE_YEAR.match(text, line) is not None)
