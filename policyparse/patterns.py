"""Regular expressions that are compiled when they are first used.

Compiling a pattern costs as much as running it over a whole notice, and a notice needs but a part of the patterns of
this package: compiled on import, they would make up a third of the time that one short notice takes on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, AnyStr, cast

# A letter, which is Han in nearly all that stands in a notice. A range of Han takes half a millisecond to compile.
LETTER = r"[^\W\d]"

_CLASS = re.compile(r"\\.|\[(?P<few>\^?]?(?:\\.|[^]\\])*)](?P<times>[*+?{])?", re.DOTALL)
_OPENERS = re.compile(r"(?:\((?:\?(?::|P<\w+>|<?[=!]|m\)))?|\^)*")  # what may stand before the first thing to match
_MOST = 12  # characters of a class that are tried one by one as fast as all at once

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "groupindex")


def regex(source: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """The regular expression ``source``; what ``re.compile`` would raise comes at its first use.

    One that is made of vocabulary can be a function that gives it: so importing a module loads no word lists.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


def compile_cheaply(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, but classes of a few Han characters are written as the choice between them: [底末] as 底|末.

    A class of more than two is compiled to a bitmap of all characters, which takes several times as long.  Where a text
    is not searched for the class (it is not what the pattern begins with) both are equally fast.  A pattern with
    comments (re.VERBOSE) stays as it is.
    """
    commented = flags & re.VERBOSE or "(?#" in source or "(?x" in source
    return re.compile(source if commented else _CLASS.sub(_choice, source), flags)


def _choice(found: re.Match[str]) -> str:
    few = found["few"]
    if not few or found["times"] or not 2 < len(few) <= _MOST or max(few) <= "\xff" or not _SPECIAL.isdisjoint(few):
        return found[0]
    if _OPENERS.fullmatch(found.string, 0, found.start()):
        return found[0]
    first, *others = map(re.escape, few)
    return f"(?:{first}(?=)|{'|'.join(others)})"  # the empty look-ahead keeps ``re`` from making it a class again


_SPECIAL = frozenset("\\^-")  # what has a meaning of its own in a class


def places(patterns: Iterable[re.Pattern[str]], text: str, start: int, end: int) -> list[int]:
    """The offsets in text[start:end], sorted, at which one of ``patterns`` matches.

    For patterns that each begin with a literal character: several of these searches take less time than one for a
    class of characters.
    """
    return sorted([found.start() for pattern in patterns for found in pattern.finditer(text, start, end)])


class _Lazy:
    """The methods of a pattern, taken over from it on first use: from then on as fast as the pattern itself."""

    def __init__(self, source: str | bytes | Callable[[], str | bytes], flags: int):
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # asked only for what is not there yet
        if name not in _METHODS:
            raise AttributeError(name)
        source = self._source() if callable(self._source) else self._source
        compiled: Any = (
            compile_cheaply(source, self._flags) if isinstance(source, str) else re.compile(source, self._flags)
        )
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]
