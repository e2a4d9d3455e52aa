"""Mentions that are looked for when somebody asks for them are those of the whole text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import notice
from policyparse.context import Context
from policyparse.mentions import Mentions
from policyparse.obligations import obligations
from policyparse.reading import read_record
from policyparse.rules.base import Mention, Trail

ROOT = Path(__file__).parent.parent


def figures(text: str, start: int, end: int) -> list[Mention]:
    return [Mention("n", *m.span(), m[0], "n") for m in re.compile(r"\d+").finditer(text, start, end)]


@given(st.text("1 a\n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_every_order_of_asking_gives_the_same(text: str, asked: list[tuple[int, int]]) -> None:
    start, end = min(3, len(text)), max(len(text) - 2, 3)
    read: list[tuple[int, int]] = []

    def find(a: int, b: int) -> list[Mention]:
        assert a < b and all(b <= x or y <= a for x, y in read), "nothing is read twice"
        read.append((a, b))
        return figures(text, a, b)

    mentions = Mentions(text, start, end, find)
    whole = figures(text, start, end) if start < end else []
    for a, b in asked:
        a, b = sorted((min(max(a, start), end), min(max(b, start), end)))
        if a < b:
            assert mentions.between(a, b) == [m for m in whole if a <= m.start and m.end <= b]
            assert mentions.begins(a, b) == any(a <= m.start < b for m in whole)
    assert list(mentions) == sorted(mentions)


def test_lines_are_read_only_when_asked_for() -> None:
    text = "第1行\n第2行\n第3行"
    read: list[str] = []
    mentions = Mentions(text, 0, len(text), lambda a, b: read.append(text[a:b]) or figures(text, a, b))  # type: ignore[func-returns-value]
    assert [m.value for m in mentions.between(4, 7)] == ["2"]
    assert read == ["第2行\n"]
    assert [m.value for m in mentions.between(0, len(text))] == ["1", "2", "3"]
    assert read == ["第2行\n", "第1行\n", "第3行"]


@pytest.mark.parametrize("path", sorted((ROOT / "corpora").glob("*.txt")), ids=lambda p: p.stem)
def test_who_traces_reads_more_and_finds_the_same(path: Path) -> None:
    found = []
    for trail in (None, Trail()):
        reading = notice.begin(read_record(path), Context())
        reading.trail = trail
        found.append(list(obligations(reading, "n", notice.read_parts(reading))))
    assert found[0] == found[1]
