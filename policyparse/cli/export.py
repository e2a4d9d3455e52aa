"""policyparse export: the register in the format of another tool."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policyparse.cli.base import EXIT_CODES, Run, complain, inputs, output, output_option, units_option
from policyparse.exports import FORMATS, format_of, render

if TYPE_CHECKING:
    from policyparse.model import Finding, Notice

_DAY = click.DateTime(["%Y-%m-%d"])

trigger_option = click.option(
    "--trigger",
    "triggers",
    multiple=True,
    metavar="EVENT=DATE",
    help='Date of an event that deadlines count from, such as "贷款审批同意=2024-10-08"; may be repeated.',
)
unchecked_option = click.option("--no-check", is_flag=True, help="Leave the findings of the checks out.")


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
    options: dict[str, Any] = {"triggers": read_triggers(triggers)}
    options["since"] = since.date() if since else run.today
    options["stamp"] = stamp.date() if stamp else None
    if alarms:
        options["alarms"] = alarms
    if entries:
        options["components"] = (entries,)
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


def read_triggers(texts: tuple[str, ...]) -> dict[str, dt.date]:
    """The events and dates given by ``--trigger``; raises PolicyParseError where one is neither."""
    from policyparse.schedule import parse_trigger

    return dict(parse_trigger(text) for text in texts)


def tell_unused(triggers: dict[str, dt.date], notices: list[Notice]) -> None:
    """Say on standard error which triggers fit no deadline, and what events there are."""
    from policyparse.schedule import trigger_of

    relative = [d for n in notices for o in n.obligations for d in o.deadlines if d.trigger]
    used = {trigger_of(deadline, triggers) for deadline in relative}
    events = "、".join(dict.fromkeys(d.trigger or "" for d in relative)) or "none"
    for event in triggers:
        if event not in used:
            complain(f"trigger {event!r} fits no deadline; the events named are: {events}")


Read = list[tuple[str, Any, "Notice"]]  # path, document (None where only the notice was saved), notice


def findings(read: Read, units: Any = None) -> list[Finding]:
    """What the checks find, without what policyparse.toml in the working directory tells to ignore."""
    from policyparse.checks import check
    from policyparse.checks.config import load, split

    ignores = load(None)
    found = check(*(notice for _, _, notice in read), documents=[document for _, document, _ in read], units=units)
    homes = {notice.id: (path, notice) for path, _, notice in reversed(read)}
    told, _ = split([(*homes[finding.notice], finding) for finding in found], ignores)
    return [finding for _, finding in told]


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
