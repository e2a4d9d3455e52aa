"""Where a time expression stands: what the words before and behind it say about it."""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse.lexicon import alternation

_LABEL = re.compile(
    r"(?<!发布)(?<!印发)(?<!成文)(?<!公布)(?<!公开)(?<!更新)(?<!生成)(?:时限|节点|时间|期限|进度)(?:要求|安排|节点)?(?:为|是|在|:)?(?:[^,。:;\n]{0,12};)?(?:第?[一二三四五六](?:批|期|阶段))?$"
)
_VALIDITY = re.compile(r"(?:有效期|施行期|试行期|执行期|规划期|实施期|基准年|基期|水平年|服务期)[^,。;\n]{0,16}$")
_TITLE_YEARS = re.compile("(?:计划|方案|规划|行动|意见|纲要|措施|办法|指引|清单|要点|指南|目录|案|表|书)[\\n]?\\($")
_REFERENCE = re.compile(
    r"(?:根据|依据|按照|参照|较|比|相比|相较|较之|不含|发布|征集|列入|纳入|对|对照|自|从|由|与|和|及|关于|认定为|入选|上)$"
)
_ADVERBIAL = re.compile(
    r"(?:力争|争取|确保|计划|预计|拟|于|在|并|将|要|应|到|至|其中|努力|再|[,。;:!?、\n(\"”)*.-]|^|[一二三四五六七八九十]是)$"
)
_DOCUMENT = re.compile("[《“]|计划|方案|规划|要点|会议|办法|目录|指南|考核|考评|专项资金|中央|一号文件")
_SIGNED = re.compile(r"[^,。;\n]{0,4}(?:印发|发布|公布|签发|成立|出生|颁布)|(?:电|讯|来源)")
_FORCE = re.compile("(?:正式|开始|全面|起)*(?:施行|实施|执行|生效|废止|失效)(?=[,。;:)的\\n]|$)")
_TOLD = re.compile("[^,。;\n为除]{0,20}(?<![为除])了")


@lru_cache(maxsize=1)
def _action() -> re.Pattern[str]:
    return re.compile(alternation("actions") + "|[,。;)]|\n|$")


@lru_cache(maxsize=1)
def _result() -> re.Pattern[str]:
    return re.compile(
        r"([^,。;:()《\n]{0,20}?)(?:\d|完成|实现|达到?|超过?|突破|增长|新增|新建|建成|不低于|力争|将|要|提高|降)"
    )


def before(text: str, at: int, width: int = 24) -> str:
    """Up to ``width`` characters before ``at``."""
    return text[max(0, at - width) : at]


def in_title(text: str, at: int) -> bool:
    """Whether ``at`` stands inside 《…》 (looked for within 80 characters)."""
    low = max(0, at - 80)
    return text.rfind("《", low, at) > text.rfind("》", low, at)


def labelled(left: str) -> bool:
    """Whether the words before are a label such as 完成时限：."""
    return ("时" in left or "限" in left or "节点" in left or "进度" in left) and _LABEL.search(left) is not None


def is_validity(left: str) -> bool:
    """Whether the words before say that the date bounds a document's validity (有效期至…)."""
    return "期" in left and _VALIDITY.search(left) is not None


def names_document(text: str, start: int, end: int) -> bool:
    """Whether the years are part of a document's name: 《…》, or 行动计划(2024-2026年)."""
    return in_title(text, start) or (
        text[start - 1 : start] == "(" and _TITLE_YEARS.search(before(text, start, 8)) is not None
    )


def comes_into_force(text: str, end: int) -> bool:
    """Whether the date is the day from which a document applies: …起施行。"""
    return _FORCE.match(text, end) is not None


def is_signature(text: str, start: int, end: int) -> bool:
    """Whether the date is that of an act already done: 印发, 发布, or told with 了."""
    return _SIGNED.match(text, end) is not None or _TOLD.match(text, end) is not None


def stands_alone(text: str, start: int, end: int, directly: bool = False) -> bool:
    """Whether a bare date says when something is to be done, rather than naming something (2022年世界大会).

    ``directly``: only a word of action right behind it tells.
    """
    left = before(text, start, 8)
    following = text[end : end + 1]
    if following in "的版届":
        return not following
    if _REFERENCE.search(left) and not left.endswith(("到", "至")):
        return False
    acts = _action().match(text, end) is not None
    if not _ADVERBIAL.search(left):
        return acts and following not in ",。;)\n"
    if acts or directly:
        return acts
    found = _result().match(text, end)
    return found is not None and _DOCUMENT.search(found[1]) is None
