"""Texts that a page holds twice: once for the screen and once for the printer."""

from __future__ import annotations

import re

_PROBE = 60  # characters that are looked for again
_LEAST = 300  # characters (without white space) of a text that is worth leaving out
_EDGE = 40  # characters that may stand between two copies, and behind the second
_HEADS = (0, 40, 100, 200, 400)  # where the first copy may begin: a page prints its title but once


def second_copy(text: str) -> int | None:
    """Where in ``text`` the same text begins anew up to its end, as web pages print it for screen and printer."""
    if len(text) < 2 * _LEAST:
        return None
    bare = "".join(text.split())
    for at in _HEADS:
        probe = bare[at : at + _PROBE]
        again = bare.find(probe, at + _LEAST) if len(probe) == _PROBE else -1
        if again < 0:
            continue
        shift = again - at
        first = at
        while first and bare[first - 1] == bare[first - 1 + shift]:
            first -= 1
        last = at + _PROBE
        while last + shift < len(bare) and last < first + shift and bare[last] == bare[last + shift]:
            last += 1
        if last - first >= _LEAST and first + shift - last <= _EDGE and len(bare) - (last + shift) <= _EDGE:
            return _place(text, first + shift)
    return None


def _place(text: str, count: int) -> int:
    """The offset in ``text`` of the character before which ``count`` characters other than white space stand."""
    for found in re.finditer(r"\S+", text):
        length = found.end() - found.start()
        if count < length:
            return found.start() + count
        count -= length
    return len(text)
