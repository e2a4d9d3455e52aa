"""policyparse parse: notices -> JSON, JSON lines, or a table on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

import click

from policyparse.cli.base import EXIT_CODES, Run, inputs, output, output_option
from policyparse.errors import PolicyParseError

if TYPE_CHECKING:
    from policyparse import records
    from policyparse.model import Notice


@click.command("parse", epilog=EXIT_CODES)
@inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "table"]),
    help="json: an object, or an array for several files; jsonl: one line a notice; table: the 任务分解表 for reading "
    "[by the ending of OUT, else json].",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes for several files with -o OUT.jsonl; 0: one for each core.",
)
@click.option(
    "--trace",
    "traced",
    is_flag=True,
    help="Print how the obligations came about instead: which rules saw what, which overlaps lost, how each value "
    "was resolved.",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="PATH",
    help="With --trace: this clause and those below it (二/（一）/1), whether it became an obligation or not; "
    "may be repeated [every clause that became one].",
)
@output_option
def command(run: Run, form: str | None, jobs: int, traced: bool, clauses: tuple[str, ...], out: str | None) -> int:
    """Parse notices (files, folders, or - for standard input) and print their obligations.

    Several files with -o OUT.jsonl make a batch: if it is interrupted, the same command goes on where it stopped.
    """
    if clauses and not traced:
        raise click.UsageError("--clause works with --trace")
    if traced and (form or jobs != 1):
        raise click.UsageError("--trace prints plain text, one file after the other; leave --format and --jobs out")
    if traced:
        return _trace(run, clauses, out)
    form = form or ("jsonl" if out and out.endswith(".jsonl") else "json")
    if run.many and form == "jsonl" and out not in (None, "-") and "-" not in run.files:
        from policyparse.cli.batch import parse_batch

        return parse_batch(run, out or "", jobs)
    if jobs != 1:
        raise click.UsageError("--jobs works on several files with -o OUT.jsonl")
    notices: Iterator[Any] = (notice for _, notice in run.notices()) if form == "table" else run.records()
    first = next(notices, None)
    if first is not None:  # where nothing could be read, nothing is written
        with output(out) as stream:
            _FORMATS[form](chain([first], notices), run.many, stream)
    return run.exit_code


def _trace(run: Run, clauses: tuple[str, ...], out: str | None) -> int:
    """Write the traces of all inputs; a clause that a notice does not have is told like a file that can't be read."""
    traces = _traces(run, clauses)
    first = next(traces, None)
    if first is not None:
        with output(out) as stream:
            for text in chain([first], traces):
                stream.write(text.encode())
    return run.exit_code


def _traces(run: Run, clauses: tuple[str, ...]) -> Iterator[str]:
    from policyparse.trace import trace

    for path, document, _ in run.documents():
        try:
            text = trace(document, run.context(), clauses)
        except PolicyParseError as error:
            run.fail(f"{path}: {error}")
        else:
            yield f"=== {path}\n{text}\n" if run.many else text


def _json(notices: Iterable[records.Notice], many: bool, stream: IO[bytes]) -> None:
    """One notice is an object; several are an array, written one by one."""
    stream.write(b"[" if many else b"")
    for i, notice in enumerate(notices):
        stream.write((b",\n" if i else b"\n" if many else b"") + notice.model_dump_json(indent=2).encode())
    stream.write(b"\n]\n" if many else b"\n")


def _jsonl(notices: Iterable[records.Notice], many: bool, stream: IO[bytes]) -> None:
    for notice in notices:
        stream.write(notice.model_dump_json().encode() + b"\n")


def _table(notices: Iterable[Notice], many: bool, stream: IO[bytes]) -> None:
    from policyparse.cli import table

    table.write(notices, many, stream)


_FORMATS: dict[str, Callable[[Iterable[Any], bool, IO[bytes]], None]] = {
    "json": _json,
    "jsonl": _jsonl,
    "table": _table,
}
