"""The verbs: each takes plain things and returns a model."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from policyparse.context import Context
from policyparse.model import Document, Notice

if TYPE_CHECKING:
    from policyparse import records


def parse(source: str | Path | Document, context: Context | None = None) -> Notice:
    """Read a notice (a path or a Document) and return its responsibility register."""
    from policyparse import notice, reading

    # a Document has all that the parse asks of its record
    document = cast("records.Document", source) if isinstance(source, Document) else reading.read_record(source)
    context = context or Context()
    with uncollected():
        # the records have the fields of the models and no others (tests/test_records.py): no need to look for any
        register = Notice.model_validate(notice.read(document, context).plain(), extra="ignore")
    if context.units is None:
        return register
    from policyparse.naming import registered

    return registered(register, context.units)


def parse_text(text: str, context: Context | None = None) -> Notice:
    """The same for a notice that is already a string."""
    from policyparse.model import Source

    return parse(Document(text=text, source=Source(characters=len(text))), context)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection within: a parse makes many objects and next to no cycles, so one would find nothing.

    It would walk again and again over what grows, and now and then over all that the caller holds.
    """
    global _within, _collects
    with _lock:  # several threads may parse: the first stops the collection, the last lets it go on
        if not _within:
            _collects = gc.isenabled()
            gc.disable()
        _within += 1
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if _collects and not _within:
                gc.enable()


_lock = Lock()
_within = 0  # parses that are under way
_collects = True  # whether garbage was collected before the first of them began
