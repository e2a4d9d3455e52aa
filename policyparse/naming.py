"""Which unit a printed name means: the register's, else what is certain by abbreviations, aliases and places."""

from __future__ import annotations

from functools import lru_cache

from policyparse.model import Notice, Party
from policyparse.patterns import regex
from policyparse.places import Place, full_name, place_of
from policyparse.units import Units, canonical

_VAGUE = regex(
    r"(?:各|省|市|区|县|州|旗|省级|市级|区级|县级|市直|省直|区直|县直|上级)*"
    r"(?:(?:各?有关|各?相关|其他|其它|各|有关职能|相关职能|各?成员|各?责任|所属|主管|职能|行业主管|各?涉及)+"
    r"(?:行业|主管|职能|责任|成员|地方|牵头)*(?:部门|单位|方面|地区|机构|处室|科室|企业|部委)|部门|单位)"
    r"(?:[(〈(](?:单位|部门|机构|处室|科室)[)〉)])?"
)


@lru_cache(maxsize=16384)
def is_vague(name: str) -> bool:
    """Whether ``name`` (有关部门, 各单位 …) leaves open who is meant."""
    return _VAGUE.fullmatch(name.replace("（", "(").replace("）", ")")) is not None


class Naming:
    """Names of one notice -> the unit that is meant.

    ``key`` gives what is equal for all names of one unit, within this notice and across notices.
    """

    def __init__(self, notice: Notice, units: Units | None = None):
        self.place: Place = place_of(notice)
        self._units = units
        self._aliases = notice.aliases

    def full(self, name: str) -> str:
        """The full name: the register's, else aliases and the place written out."""
        full = full_name(self._aliases.get(name, name), self.place)
        if self._units is None:
            return full
        unit = self._units.find(full) or self._units.find(name)
        return unit.name if unit else full

    def key(self, name: str) -> str:
        """The key under which all certain names of the unit fall together."""
        return canonical(self.full(name))


def registered(notice: Notice, units: Units) -> Notice:
    """``notice`` with ``Party.unit`` filled in for every party that the register ``units`` knows."""
    naming = Naming(notice, units)

    def known(party: Party) -> Party:
        unit = units.find(naming.full(party.name))
        return party.model_copy(update={"unit": unit.name}) if unit else party

    tasks = (o.model_copy(update={"parties": tuple(map(known, o.parties))}) for o in notice.obligations)
    return notice.model_copy(update={"obligations": tuple(tasks)})
