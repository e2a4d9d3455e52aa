"""Posts that the text says somebody holds: 由甲任组长, 组长由甲担任, 设召集人2人，由甲和乙担任."""

from __future__ import annotations

import re

from policyparse.rules.base import compiled
from policyparse.rules.organs.base import POST, Body, held
from policyparse.rules.organs.people import each
from policyparse.text import Flow

_COUNT = r"(?:\d{1,2}|[一二两三四五六])[名人位]"
_POST_BY = (
    rf"(?P<post>{POST})(?:{_COUNT})?[,:]?(?:分别)?由(?P<holder>[^;。\n]{{2,200}}?)"
    r"(?:兼任|担任|出任|(?<!主)任)(?=[,;。\n]|$)"
)
_BEFORE_HOLDER = r"由|^以|任命|聘任|聘请|推选"
_TO_BE_NAMED = r"明确|指定|确定|选派|安排|指派|推荐"  # 明确1名干部为联络员 asks others to name somebody
_LONGEST = 60
_LABEL = r"(?:[#* ]*(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十\d]{1,2}[、.]))?"
_HEAD = ("主任", "副主任", "常务副主任")


def add_posts(flow: Flow, body: Body, start: int, stop: int) -> None:
    """Posts of ``body`` that flow[start:stop] says somebody holds; those of its groups are left out."""
    text = flow.text
    found: list[tuple[int, str, int, int]] = []  # where it stands, post, its holder
    last = start
    for post, at, close in held(text, start, stop):
        begin = _holder_start(text, start, at)
        if begin < last < at:  # 由甲任组长、乙任副组长
            begin = last + (text[last] in "、和及")
        last = close
        sentence = max(start, text.rfind("。", start, begin) + 1)
        if "设在" not in text[begin:at] and not re.search("成立|(?<!小)组建|设立", text[sentence:at]):
            found.append((begin, post, begin, at))
    if text.find("由", start, stop) >= 0:
        for one in compiled(_POST_BY).finditer(text, start, stop):
            found.append((one.start(), one["post"], *one.span("holder")))
    heads_office = False
    for at, post, begin, end in sorted(found):
        sentence = max(start, text.rfind("。", start, at) + 1, text.rfind("\n", start, at) + 1)
        if _of_group(text, body, sentence, at) or re.search(_TO_BE_NAMED, text[begin:end]):
            continue
        if post in _HEAD and not body.name.endswith("办公室") and (heads_office or "办公室" in text[sentence:at]):
            post = "办公室" + post
        heads_office = post.startswith("办公室")
        for holder in each(flow.quote(begin, end)):
            if 2 <= len(holder) <= _LONGEST:
                body.hold(post, holder)


def _of_group(text: str, body: Body, sentence: int, at: int) -> bool:
    """Whether the sentence or its paragraph begins with the name of one of the body's groups."""
    if not body.groups:
        return False
    group = re.compile(_LABEL + "(?:" + "|".join(re.escape(one.name) for one in body.groups) + ")")
    paragraph = text.rfind("\n", 0, at) + 1
    return (group.match(text, sentence, at) or group.match(text, paragraph, at)) is not None


def _holder_start(text: str, start: int, end: int) -> int:
    """Where the one begins who holds the post named at ``end``: behind a stop, an open bracket or 由."""
    begin = end
    while begin > start:
        begin = max(*(text.rfind(mark, start, begin - 1) for mark in ",;。:\n"), start - 1) + 1
        inside = text[begin:end]
        if inside.count(")") > inside.count("("):
            continue  # the stop stands inside brackets
        if begin > start and text[begin - 1] == "\n" and _goes_on(text, start, begin - 1):
            continue  # a line that was cut in the middle of a sentence
        break
    behind = [found.end() for found in re.finditer(_BEFORE_HOLDER, text[begin:end])]
    begin += behind[-1] if behind else 0
    inside = text[begin:end]
    return begin + inside.rfind("(") + 1 if inside.count("(") > inside.count(")") else begin


def _goes_on(text: str, start: int, line_end: int) -> bool:
    """Whether the line that ends at ``line_end`` holds a stop and breaks off without one."""
    line = text[max(start, text.rfind("\n", start, line_end) + 1) : line_end]
    return len(line) > 18 and line[-1] not in "。;:!?)”" and any(mark in line for mark in ",;。")
