"""Regular expressions that are compiled when they are first used.

Compiling a pattern costs as much as running it over a whole notice, and a notice needs but a part of the patterns of
this package: compiled on import, they would make up a third of the time that one short notice takes on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

# A letter, which is Han in nearly all that stands in a notice. A range of Han takes half a millisecond to compile.
LETTER = r"[^\W\d]"

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "groupindex")


def regex(source: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """The regular expression ``source``; what ``re.compile`` would raise comes at its first use.

    One that is made of vocabulary can be a function that gives it: so importing a module loads no word lists.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


class _Lazy:
    """The methods of a pattern, taken over from it on first use: from then on as fast as the pattern itself."""

    def __init__(self, source: str | bytes | Callable[[], str | bytes], flags: int):
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # asked only for what is not there yet
        if name not in _METHODS:
            raise AttributeError(name)
        compiled: Any = re.compile(self._source() if callable(self._source) else self._source, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]
