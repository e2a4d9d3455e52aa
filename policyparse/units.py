"""Names of units: the user's register of them, and which printed names certainly mean one unit.

A register is a TOML or CSV file that says for each unit its name, its other names, the unit above it,
its level, and, for a collective such as 各镇, its members::

    [[unit]]
    name = "云溪市发展和改革委员会"
    aliases = ["市发展改革委", "市发改委"]
    parent = "云溪市人民政府"
    level = "city"

    [[unit]]
    name = "各镇"
    members = ["柳桥镇", "石门镇"]

In CSV the columns have the same names, and a cell holds several values divided by 、 or ; or |.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from policyparse.errors import PolicyParseError
from policyparse.lexicon import table
from policyparse.patterns import regex
from policyparse.text import fold

FIELDS = ("name", "aliases", "parent", "level", "members")
_DIVIDER = regex(r"[、;；|]")
_SPACE = regex(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry of the register; ``members`` are the units that a collective name stands for."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    level: str | None = None
    members: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _long_forms() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table("unit_short_forms"), key=lambda w: (-len(w), w)))))


@lru_cache(maxsize=65536)
def canonical(name: str) -> str:
    """The key under which all names that certainly mean the same unit fall together.

    市发展和改革委员会, 市发展改革委 and 市发改委 give one key; names that only look alike do not.
    """
    short = table("unit_short_forms")
    key = _SPACE.sub("", fold(name)).translate(_ANGLES)
    key = _long_forms().sub(lambda found: short[found[0]], key)
    return key[:-2] if key.endswith("委员会") else key


_ANGLES = str.maketrans("〈〉《》", "()()")


class Units:
    """The register: finds a unit by any of its names.

    Raises PolicyParseError where one name is given to two units, or a unit stands above itself.
    """

    def __init__(self, entries: Iterable[Unit]):
        self._by_name: dict[str, Unit] = {}
        self._held_by: dict[str, list[str]] = {}
        self._entries: tuple[Unit, ...] = tuple(entries)
        for unit in self._entries:
            for name in (unit.name, *unit.aliases):
                other = self._by_name.setdefault(canonical(name), unit)
                if other is not unit:
                    raise PolicyParseError(
                        f"unit register: {name} names both {other.name} and {unit.name}; leave it with one of them"
                    )
        for unit in self._entries:
            self._refuse_circles(unit)
            for member in unit.members:
                self._held_by.setdefault(self.name_of(member), []).append(unit.name)

    @classmethod
    def load(cls, path: str | Path) -> Units:
        """The register of the file ``path``; see ``load``."""
        return load(path)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, name: str) -> Unit | None:
        """The unit that ``name`` is one of the names of, or None."""
        return self._by_name.get(canonical(name))

    def name_of(self, name: str) -> str:
        """The register's name for ``name``, or ``name`` itself where the register does not know it."""
        unit = self.find(name)
        return unit.name if unit else name

    def collectives(self, name: str) -> tuple[str, ...]:
        """The collectives (各镇 …) that the unit is a member of."""
        return tuple(self._held_by.get(self.name_of(name), ()))

    def above(self, name: str) -> tuple[str, ...]:
        """The units above ``name``, nearest first."""
        out: list[str] = []
        unit = self.find(name)
        while unit and unit.parent:
            out.append(self.name_of(unit.parent))
            unit = self.find(unit.parent)
        return tuple(out)

    def _refuse_circles(self, unit: Unit) -> None:
        seen = {unit.name}
        above: Unit | None = unit
        while above and above.parent:
            above = self.find(above.parent)
            if above and above.name in seen:
                raise PolicyParseError(
                    f"unit register: {unit.name} stands above itself; mend the parent of {above.name}"
                )
            if above:
                seen.add(above.name)


def load(path: str | Path) -> Units:
    """Read a register from a ``.toml`` or ``.csv`` file.

    Raises PolicyParseError where the file is missing, of another kind, or does not say what it must.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise PolicyParseError(f"{path}: the unit register can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PolicyParseError(f"{path}: the unit register is not UTF-8; save it as UTF-8") from error
    kind = file.suffix.lower()
    if kind == ".toml":
        rows = _toml(text, str(path))
    elif kind == ".csv":
        rows = _csv(text, str(path))
    else:
        raise PolicyParseError(f"{path}: a unit register ends in .toml or .csv")
    return Units(_unit(row, f"{path}: unit {number}") for number, row in enumerate(rows, 1))


def _toml(text: str, path: str) -> list[Any]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyParseError(f"{path}: not valid TOML ({error})") from error
    rows = content.get("unit", [])
    if not isinstance(rows, list) or set(content) - {"unit"}:
        raise PolicyParseError(f"{path}: a unit register holds [[unit]] tables and nothing else")
    return rows


def _csv(text: str, path: str) -> list[Any]:
    reader = csv.DictReader(io.StringIO(text))
    if "name" not in (reader.fieldnames or ()):
        raise PolicyParseError(f"{path}: the first line must name the columns: {', '.join(FIELDS)}")
    rows: list[Any] = []
    for row in reader:
        if None in row:
            raise PolicyParseError(f"{path}: line {reader.line_num} has more cells than the first line")
        filled: dict[str, Any] = {key: (value or "").strip() for key, value in row.items()}
        for field in ("aliases", "members"):
            filled[field] = [part.strip() for part in _DIVIDER.split(filled.get(field, "")) if part.strip()]
        rows.append({key: value for key, value in filled.items() if value})
    return rows


def _unit(row: Any, where: str) -> Unit:
    """One entry, with each field of the right type."""
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise PolicyParseError(f"{where}: has no name")
    unknown = sorted(set(row) - set(FIELDS))
    if unknown:
        raise PolicyParseError(
            f"{where} ({row['name']}): unknown field {unknown[0]}; the fields are {', '.join(FIELDS)}"
        )
    for field in ("parent", "level"):
        if not isinstance(row.get(field, ""), str):
            raise PolicyParseError(f"{where} ({row['name']}): {field} must be a text")
    for field in ("aliases", "members"):
        value = row.get(field, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise PolicyParseError(f"{where} ({row['name']}): {field} must be a list of texts")
    return Unit(
        name=row["name"].strip(),
        aliases=tuple(row.get("aliases", ())),
        parent=row.get("parent") or None,
        level=row.get("level") or None,
        members=tuple(row.get("members", ())),
    )
