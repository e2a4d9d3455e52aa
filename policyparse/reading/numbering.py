"""Automatic numbering of Word documents: which label a paragraph prints (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policyparse.patterns import regex
from policyparse.reading.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = regex(r"%([1-9])")
# Bullets of the Symbol and Wingdings fonts live in the private use area; the rest prints as a plain dot.
_BULLETS = {0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0B7: "•", 0xF0A8: "□"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering definition."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level (from 1) after which it starts again; 0 never, None after any higher one
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about numbering and outline."""

    based_on: str = ""
    number: str = ""
    level: int | None = None
    outline: int | None = None
    name: str = ""


class Numbering:
    """Counts the numbered paragraphs of a document in their order and prints their labels."""

    def __init__(self, numbering: _Element | None, styles: dict[str, Style]):
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}  # abstract definition -> style whose list it takes over
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def label(self, properties: _Element | None, style: str) -> str:
        """Label that the next paragraph prints, with the space behind it, or ""; counts the paragraph."""
        place = self._place(properties, style)
        if place is None:
            return ""
        number, index = place
        found = self._lists.get(number)
        if found is None or index not in found.levels:
            return ""
        level = found.levels[index]
        counts = self._counts.setdefault(found.abstract, {})
        self._count(number, found, counts, index)
        if level.style == "bullet":
            return _bullet(level.text)
        text = _PLACE.sub(lambda m: self._part(found, counts, level, int(m[1]) - 1), level.text)
        if not text:
            return ""
        # A tab or space is only kept where the label would run into the text: 第一条 为了 …
        run_in = text[-1].isalpha() or text[-1].isdecimal()
        return text + (" " if run_in and level.suffix != "nothing" else "")

    def _place(self, properties: _Element | None, style: str) -> tuple[str, int] | None:
        """Numbering instance and level: the paragraph's own, else those of its style and what it is based on."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, level = number_of(own)
        seen: set[str] = set()
        from_style = False
        while not number and style in self._styles and style not in seen:
            seen.add(style)
            number = self._styles[style].number
            level = self._styles[style].level if level is None else level
            from_style = bool(number)
            style = style if number else self._styles[style].based_on
        if not number or number == "0":
            return None
        if from_style and level is None and number in self._lists:
            level = next((i for i, v in self._lists[number].levels.items() if v.paragraph_style == style), 0)
        return number, level or 0

    def _count(self, number: str, found: _List, counts: dict[int, int], index: int) -> None:
        if index in found.starts and (number, index) not in self._begun:
            counts.pop(index, None)  # a list that overrides the start begins anew when it is first used
            counts.update({index: found.starts[index] - 1})
        self._begun.add((number, index))
        counts[index] = counts.get(index, self._start(found, index) - 1) + 1
        for deeper in [i for i in counts if i > index]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or 0 < index + 1 <= restart:
                del counts[deeper]

    def _start(self, found: _List, index: int) -> int:
        return found.starts.get(index, found.levels[index].start if index in found.levels else 1)

    def _part(self, found: _List, counts: dict[int, int], level: Level, index: int) -> str:
        style = found.levels[index].style if index in found.levels else "decimal"
        if level.legal and style not in ("none", "bullet"):
            style = "decimal"
        return numeral(counts.get(index, self._start(found, index)), style)

    def _load(self, numbering: _Element) -> None:
        for element in numbering.iterfind(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId", "")
            self._abstract[key] = dict(_level(e) for e in element.iterfind(f"{W}lvl"))
            link = element.find(f"{W}numStyleLink")
            if link is not None:
                self._links[key] = link.get(f"{W}val", "")
        owners: dict[str, str] = {}
        for element in numbering.iterfind(f"{W}num"):
            abstract = element.find(f"{W}abstractNumId")
            if abstract is not None:
                owners[element.get(f"{W}numId", "")] = abstract.get(f"{W}val", "")
        for element in numbering.iterfind(f"{W}num"):
            key = element.get(f"{W}numId", "")
            abstract_key = owners.get(key, "")
            if abstract_key in self._links:
                style = self._styles.get(self._links[abstract_key], Style())
                abstract_key = owners.get(style.number, abstract_key)
            found = _List(abstract_key, dict(self._abstract.get(abstract_key, {})))
            for override in element.iterfind(f"{W}lvlOverride"):
                _override(found, override)
            self._lists[key] = found


def number_of(element: _Element | None) -> tuple[str, int | None]:
    """numId and level of a ``w:numPr``."""
    if element is None:
        return "", None
    number, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    index = whole(level.get(f"{W}val") if level is not None else None, None)
    return (number.get(f"{W}val", "") if number is not None else ""), index


def whole(text: str | None, otherwise: int | None) -> int | None:
    """A small whole number from an attribute, or ``otherwise``."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _level(element: _Element) -> tuple[int, Level]:
    def value(name: str) -> str | None:
        child = element.find(f"{W}{name}")
        if child is None:
            # A number format newer than Word 2007 stands in mc:AlternateContent, with a plain one to fall back on.
            child = element.find(f".//{W}{name}")
        return child.get(f"{W}val", "") if child is not None else None

    legal = element.find(f"{W}isLgl")
    return whole(element.get(f"{W}ilvl"), 0) or 0, Level(
        start=whole(value("start"), 1) if value("start") is not None else 0,  # type: ignore[arg-type]
        style=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        suffix=value("suff") or "tab",
        restart=whole(value("lvlRestart"), None),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        paragraph_style=value("pStyle") or "",
    )


def _override(found: _List, element: _Element) -> None:
    index = whole(element.get(f"{W}ilvl"), 0) or 0
    level = element.find(f"{W}lvl")
    if level is not None:
        found.levels[index] = _level(level)[1]
    start = element.find(f"{W}startOverride")
    if start is not None:
        found.starts[index] = whole(start.get(f"{W}val"), 1) or 0
        if index in found.levels:
            found.levels[index] = replace(found.levels[index], start=found.starts[index])


def _bullet(text: str) -> str:
    mark = text[:1]
    if not mark.strip():
        return ""
    return _BULLETS.get(ord(mark), "•") if "\ue000" <= mark <= "\uf8ff" else mark
