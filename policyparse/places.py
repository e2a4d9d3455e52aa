"""Where a notice speaks from, and the full name of a unit that it names from there.

市教育局 in a notice of 云溪市 and in one of 江宁市 are two offices; 市教育局 in a notice of 云溪市柳桥区
is the office of the city above.  Without the user's register, that is all that is certain about a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policyparse.model import Notice
from policyparse.patterns import regex

_HAN = "[一-鿿]"
_NOT = "(?!场|民(?![政族宗])|容|政(?![府协法务数研公]))"  # 市场, 市民, 市政 are words of their own
_PLACE = regex(
    rf"(?:中国共产党|中共)?(?P<province>{_HAN}{{2,8}}?(?:省|自治区))?"
    rf"(?P<city>{_HAN}{{1,7}}?(?:自治州|地区|州(?![市县区])(?=人民政府|政府|委|直|.{{2,8}}[局办])|市{_NOT}|盟))?"
    rf"(?P<county>{_HAN}{{1,8}}?(?:自治县|自治旗|新区|县(?!域)|区(?![域块])|旗|市{_NOT}))?"
    rf"(?P<town>{_HAN}{{1,6}}?(?:镇|街道|(?<!城)乡(?!村)))?"
)
# A name that begins like this belongs to no place; one that begins with a level is that level's.
_ABSOLUTE = regex(r"国家|国务院|中国|中华|中央|中共|全国|国网|最高人民|公安部|海关总署|税务总局")
_LEVEL = regex(r"自治区|省(?!会)|市" + _NOT + r"|州|盟|县(?!域)|旗|区(?![域块])|镇|乡(?!村)|街道")
_OWN_PLACE = regex(rf"{_HAN}{{2,9}}?(?:省|自治区|自治州|市{_NOT}|县(?!域)|区(?![域块])|旗)(?={_HAN})")
_STEM = regex(r"(?:壮族|回族|维吾尔)?自治区$|省$|市$|自治州$|州$|地区$|盟$|新区$|自治县$|县$|区$|旗$")


@dataclass(frozen=True, slots=True)
class Place:
    """Full names of the levels that a notice speaks from; "" where it does not say."""

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""

    @property
    def here(self) -> str:
        """The innermost level with all that is known above it, without the province where a city is known."""
        return self.town and self.county + self.town or self._county or self.city or self.province

    @property
    def _county(self) -> str:
        return self.city + self.county if self.county else ""

    def of_level(self, level: str) -> str:
        """Full name of the ``level`` (省, 市, 区 …) as seen from here, or ""."""
        if level in ("省", "自治区"):
            return self.province
        if level in ("市", "州", "盟"):
            return self.city or (self._county if self.county.endswith("市") else "")
        if level in ("县", "区", "旗"):
            if self.county:
                return self._county
            return self.province if level == "区" and self.province.endswith("区") and not self.city else ""
        return self.here if self.town else ""

    @property
    def stems(self) -> tuple[str, ...]:
        """The names of the levels without 省, 市 …, as in 人行云溪分行; only those of two characters and more."""
        names = (self.province, self.city, self.county)
        return tuple(stem for stem in (_STEM.sub("", name) for name in names) if len(stem) > 1)

    @property
    def level(self) -> int:
        """0 for the State, 1 province, 2 city, 3 county, 4 town."""
        return 4 if self.town else 3 if self.county else 2 if self.city else 1 if self.province else 0


@lru_cache(maxsize=4096)
def place_in(name: str) -> Place:
    """The place with which the name of an office or a title begins."""
    if _ABSOLUTE.match(name) and not name.startswith("中共"):
        return Place()
    found = _PLACE.match(name)
    return Place(**{key: value or "" for key, value in found.groupdict().items()}) if found else Place()


def place_of(notice: Notice) -> Place:
    """The place that ``notice`` speaks from: that of its first issuer, else of its title."""
    for name in (*notice.issuers[:1], notice.title):
        place = place_in(name.removeprefix("关于印发"))
        if place.here:
            return place
    return Place()


@lru_cache(maxsize=65536)
def full_name(name: str, place: Place) -> str:
    """``name`` with the place written out, as certain as it can be known.

    A level that ``place`` does not know leaves the name with ``@`` and the place, so that the same
    words in a notice from elsewhere do not fall together with it.
    """
    here = place.here
    if not here or _ABSOLUTE.match(name) or name.startswith(here):
        return name
    level = _LEVEL.match(name)
    if level:
        of = place.of_level(level[0])
        return of + name[level.end() :] if of else f"{name}@{here}"
    own = _OWN_PLACE.match(name)
    if own:
        return place.city + name if own[0] == place.county else name
    return name if any(stem in name for stem in place.stems) else here + name


_LEVELS = {"省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "街道": 4}


@lru_cache(maxsize=16384)
def unit_level(name: str) -> int | None:
    """Level of a unit by the first words of its name: 0 State, 1 province, 2 city, 3 county, 4 town; None: not said."""
    if _ABSOLUTE.match(name):
        return 0
    level = _LEVEL.match(name)
    return _LEVELS.get(level[0]) if level else None
