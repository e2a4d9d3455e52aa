"""Numerals as notices write them: 1,000, 2.5, 3万, 十二, 两, 百亿, 二〇二五.

The fragments never capture, so that rules can be built from them.
"""

from __future__ import annotations

from typing import Any

from policyparse.patterns import regex

# A number in digits, thousands separators allowed. Patterns that start with one character class are searched fast, and
# [0-9] is several times as fast as \d: a rule that must look back writes [0-9], the look-behind, and MORE_DIGITS. What
# follows a number is never a digit, a point or a comma: so no shorter one is tried.
MORE_DIGITS = r"(?>[0-9]{0,2}(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?+"
DIGITS = "[0-9]" + MORE_DIGITS
# A number in words.
NUMERAL = "[〇零一二两三四五六七八九十百千]"
WORDS = NUMERAL + "{1,12}"
# Multipliers behind a number: 3万, 2亿, 1万亿, 5千, 3百.
SCALE = "(?:万亿|[百千]?[万亿]|[百千](?![克米瓦伏升卡帕]))"

_FIGURES = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MIXED = regex(r"([\d,.]+)([十百千万亿]*)$")


def parse(text: str) -> float | None:
    """The value of a numeral in digits, words or both (``3.5万``, ``一千二百``, ``百亿``); None when it is none."""
    if text.isdecimal():
        return float(text)
    mixed = _MIXED.match(text)
    if mixed:
        figures = mixed[1].replace(",", "")
        if figures.count(".") > 1 or not mixed[1][0].isdigit() or not mixed[1][-1].isdigit():
            return None
        value: Any = int(figures) if figures.isdecimal() else _fraction(figures)
        for power in mixed[2]:
            value *= _POWERS[power]
        return float(value)
    return _words(text)


def _fraction(figures: str) -> Any:
    from decimal import Decimal  # loaded only where a number has one: it takes as long as to compile two patterns

    return Decimal(figures)


def integer(text: str) -> int | None:
    """The same for whole numbers below 10,000, digits read one by one where no power is written (``二〇二五``)."""
    if text.isdecimal():
        return int(text)
    if text and all(c in _FIGURES for c in text):
        return int("".join(str(_FIGURES[c]) for c in text))
    value = _words(text)
    return None if value is None else int(value)


def _words(text: str) -> float | None:
    """Value of a numeral in words; a power without figure before it counts as one (``百亿`` is 10,000,000,000)."""
    if not text:
        return None
    total, section, figure = 0, 0, -1
    for char in text:
        if char in _FIGURES:
            figure = _FIGURES[char]
            continue
        power = _POWERS.get(char)
        if power is None:
            return None
        if power == 10**8:
            total = (total + section + max(figure, 0) or 1) * power
            section = 0
        elif power == 10**4:
            total += (section + max(figure, 0) or 1) * power
            section = 0
        else:
            section += (figure if figure > 0 else 1) * power
        figure = -1
    return float(total + section + max(figure, 0))
