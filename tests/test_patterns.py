"""Patterns that are compiled in a cheaper form match the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import patterns

SOURCES = (
    "月[底末初]前",
    "(?<![重主需必]要)应(?![急用届收付])",
    "年(?<=[今当明]年)[底末中](?=[、,。]|$)",
    "(?:第[章节条]|附[件表录])[一二三四]{1,2}[.、)]",
    "[年月日]前|前[年月日]",
    "(?P<unit>[年月日])(?P=unit)",
    r"一[年\[月]二|\[[年月日]\]",
    "一[^年月日]|一[年-月日]|一[年月]|一[abc]|一[年月日]+",
    "一[.*+?|()年]",
)


@pytest.mark.parametrize("source", SOURCES)
@given(st.text("年月日底末初前今当明第章节条附件表录一二三四.、,。)重主需必要应急用届收付中[]^-abc*+?|(", max_size=12))
def test_same_matches(source: str, text: str) -> None:
    cheap, plain = patterns.compile_cheaply(source), re.compile(source)
    assert [m.span() for m in cheap.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert cheap.groups == plain.groups and cheap.groupindex == plain.groupindex


def test_first_class_stays() -> None:
    assert patterns.compile_cheaply("[年月日]前").pattern == "[年月日]前"  # a text is searched for it as a class
    assert patterns.compile_cheaply("(?:(?P<a>[年月日])前)").pattern == "(?:(?P<a>[年月日])前)"
    assert patterns.compile_cheaply("第[年月日]").pattern == "第(?:年(?=)|月|日)"
