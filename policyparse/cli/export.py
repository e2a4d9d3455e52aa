"""policyparse export: the register in the format of another tool."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policyparse.cli.base import EXIT_CODES, Run, inputs, output, output_option, units_option
from policyparse.cli.findings import Read, findings, read_triggers, tell_unused, trigger_option, unchecked_option
from policyparse.exports import FORMATS, format_of, render

if TYPE_CHECKING:
    from policyparse.model import Notice

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("export", epilog=EXIT_CODES)
@inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="What to write; told from the ending of OUT where left out.",
)
@trigger_option
@click.option("--unit", metavar="NAME", help="Only the tasks in which this unit has a part.")
@click.option(
    "--alarm", "alarms", type=int, multiple=True, metavar="DAYS", help="ics: remind so many days ahead [7, 1]."
)
@click.option("--entries", type=click.Choice(["todo", "event"]), help="ics: tasks or events only, not both.")
@click.option("--since", type=_DAY, metavar="DATE", help="ics: first day of recurring tasks in notices without a date.")
@click.option("--stamp", type=_DAY, metavar="DATE", help="ics: DTSTAMP; the notice's date of issue where left out.")
@unchecked_option
@units_option
@output_option
def command(
    run: Run,
    form: str | None,
    triggers: tuple[str, ...],
    unit: str | None,
    alarms: tuple[int, ...],
    entries: str | None,
    since: dt.datetime | None,
    stamp: dt.datetime | None,
    no_check: bool,
    register: str | None,
    out: str | None,
) -> int:
    """Export notices (files, folders, - for standard input, or JSON and JSON lines written by parse).

    \b
    xlsx      Excel workbook: 任务分解表, the same by unit, findings
    docx      Word document with the 任务分解表
    csv       the 任务分解表, UTF-8 with BOM
    markdown  the 任务分解表 as a Markdown table
    ics       calendar: dated and recurring deadlines as tasks and events
    json      everything, by the schema; several notices as an array
    jsonl     everything, by the schema, one notice a line
    parquet   one row an obligation (pip install 'policyparse[parquet]')
    """
    chosen = format_of(form, out).name
    options: dict[str, Any] = {
        "triggers": read_triggers(triggers),
        "since": since.date() if since else run.today,
        "stamp": stamp.date() if stamp else None,
        **({"alarms": alarms} if alarms else {}),
        **({"components": (entries,)} if entries else {}),
    }
    units = run.use_units(register)
    read = _saved(run) + list(run.documents())
    if not read:
        return run.exit_code
    if chosen == "xlsx" and not no_check:
        options["findings"] = findings(read, units)
    notices = [_only(unit, notice) for _, _, notice in read]
    tell_unused(options["triggers"], notices)
    data = render(notices, chosen, **options)
    with output(out) as stream:
        stream.write(data)
    return run.exit_code


def _saved(run: Run) -> Read:
    """The notices in JSON and JSON lines files; ``run`` keeps the other files."""
    from policyparse.errors import PolicyParseError
    from policyparse.exports.jsonl import read as load

    saved = [name for name in run.files if Path(name).suffix in (".json", ".jsonl") and Path(name).is_file()]
    run.files = tuple(name for name in run.files if name not in saved)
    out: Read = []
    for name in saved:
        try:
            out += [(name, None, notice) for notice in load(name)]
        except PolicyParseError as error:
            run.fail(str(error))
    return out


def _only(unit: str | None, notice: Notice) -> Notice:
    """``notice`` with the obligations in which ``unit`` has a part (None: all)."""
    if unit is None:
        return notice
    kept = tuple(o for o in notice.obligations if any(unit in (p.name, p.text, p.unit) for p in o.parties))
    return notice.model_copy(update={"obligations": kept})
