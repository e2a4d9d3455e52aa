"""policyparse report: one page that shows a notice's text beside its register."""

from __future__ import annotations

import click

from policyparse.cli.base import EXIT_CODES, Run, inputs, output, output_option, units_option
from policyparse.cli.findings import findings, read_triggers, tell_unused, trigger_option, unchecked_option


@click.command("report", epilog=EXIT_CODES)
@inputs
@trigger_option
@unchecked_option
@units_option
@output_option
def command(run: Run, triggers: tuple[str, ...], no_check: bool, register: str | None, out: str | None) -> int:
    """Write notices as one HTML page that works offline: text, tasks, responsibilities, dates, findings."""
    from policyparse.exports.base import Options
    from policyparse.exports.report import render

    dates = read_triggers(triggers)
    units = run.use_units(register)
    read = list(run.documents())
    if not read:
        return run.exit_code
    tell_unused(dates, [notice for _, _, notice in read])
    found = None if no_check else findings(read, units)
    pairs = [(notice, document) for _, document, notice in read]
    page = render(pairs, Options(findings=found, triggers=dates), run.today)
    with output(out) as stream:
        stream.write(page.encode("utf-8"))
    return run.exit_code
