"""Numerals in digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.rules.numbers import integer, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000),
        ("2.5", 2.5),
        ("3.3万", 33000),
        ("26.1亿", 2610000000),
        ("1万亿", 10**12),
        ("5千", 5000),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两百", 200),
        ("一千二百", 1200),
        ("三万五千", 35000),
        ("一亿二千万", 120000000),
        ("百亿", 10**10),
        ("千万", 10**7),
        ("一十一", 11),
    ],
)
def test_values(text: str, value: float) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["", "1.2.3", "三成", "abc", "1,", "."])
def test_no_numbers(text: str) -> None:
    assert parse(text) is None


def test_years_are_read_figure_by_figure() -> None:
    assert integer("二〇二五") == 2025
    assert integer("二零二五") == 2025
    assert integer("十二") == 12
    assert integer("2024") == 2024


@given(st.text(alphabet="0123456789〇零一二两三四五六七八九十百千万亿.,", max_size=20))
def test_never_raises(text: str) -> None:
    parse(text)


@given(st.integers(0, 10**12))
def test_digits_read_as_themselves(number: int) -> None:
    assert parse(str(number)) == number
    assert parse(f"{number:,}") == number
