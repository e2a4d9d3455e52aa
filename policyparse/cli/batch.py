"""policyparse parse FOLDER -o OUT.jsonl: many notices, several processes, taken up again where it stopped."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from policyparse.cli.base import Run, complain, shown

if TYPE_CHECKING:
    from policyparse.batch import Outcome
    from policyparse.context import Context
    from policyparse.records import Notice


def parse_batch(run: Run, out: str, jobs: int) -> int:
    """Parse the files of ``run`` with ``jobs`` processes (0: one a core) into ``out``; returns the exit code.

    Progress, the files that could not be read and a closing line go to standard error.
    """
    from policyparse import batch

    gc.enable()
    paths = run.paths()
    one = partial(_parse, max_bytes=run.max_bytes, max_pages=run.max_pages, context=run.context())
    settings = f"{run.max_bytes} bytes, {run.max_pages} pages, today {run.today}"
    try:
        with _progress(len(paths)) as tell:
            outcome = batch.run(paths, out, one, jobs=jobs or os.cpu_count() or 1, settings=settings, progress=tell)
    except KeyboardInterrupt:
        complain("interrupted; the same command goes on where it stopped")
        raise
    for failure in outcome.failures:
        run.fail(failure)
    complain(_closing(outcome))
    return run.exit_code


@contextmanager
def _progress(files: int) -> Iterator[Callable[[str], None] | None]:
    """A bar on standard error that the function given moves on by one file; none where nobody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    bar: Any = click.progressbar(length=files, file=sys.stderr, show_pos=True, label="parsing", item_show_func=shown)
    with bar:
        yield lambda path: bar.update(1, path)


def _parse(path: str, max_bytes: int, max_pages: int, context: Context) -> Notice:
    from policyparse.notice import read
    from policyparse.reading import read_record

    return read(read_record(path, max_bytes=max_bytes, max_pages=max_pages), context)


def _closing(outcome: Outcome) -> str:
    resumed = f" ({outcome.resumed:,} done before)" if outcome.resumed else ""
    failures = len(outcome.failures)
    return (
        f"{outcome.files:,} files{resumed}, {outcome.obligations:,} obligations, "
        f"{failures:,} failure{'' if failures == 1 else 's'}"
    )
