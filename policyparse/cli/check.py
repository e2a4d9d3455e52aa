"""policyparse check: what notices forgot or contradict."""

from __future__ import annotations

import click

from policyparse.cli.base import EXIT_CODES, FINDINGS, Run, inputs, output_option, units_option, write


def _codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[str]:
    return [code.strip() for value in values for code in value.split(",") if code.strip()]


@click.command("check", epilog=EXIT_CODES)
@inputs
@click.option(
    "--select", multiple=True, callback=_codes, metavar="CODE", help="Only these: OBL002, OBL, no-lead; or A,B."
)
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODE", help="All but these.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option(
    "--config",
    type=click.Path(),
    metavar="FILE",
    help="Ignores with their reasons; left out: policyparse.toml in the working directory.",
)
@units_option
@output_option
def command(
    run: Run,
    select: list[str],
    ignore: list[str],
    form: str,
    config: str | None,
    register: str | None,
    out: str | None,
) -> int:
    """Check FILE... and tell what is missing, contradicts itself, or leads nowhere.

    `policyparse explain` lists the checks.
    """
    from policyparse import checks
    from policyparse.checks.config import load, split
    from policyparse.checks.report import FORMATS, Report, Source

    ignores = load(config)
    checks.chosen(select, ignore)  # a wrong code is told before anything is read
    units = run.use_units(register)
    read = list(run.documents())
    if not read:
        return run.exit_code
    notices = [notice for _, _, notice in read]
    findings = checks.check(
        *notices, select=select, ignore=ignore, documents=[document for _, document, _ in read], units=units
    )
    homes = {notice.id: (path, notice) for path, _, notice in reversed(read)}
    told, ignored = split([(*homes[finding.notice], finding) for finding in findings], ignores)
    sources = [Source(path, notice.id, document.text) for path, document, notice in read]
    report = Report(sources, told, ignored)
    write(out, FORMATS[form](report))
    return run.exit_code or (FINDINGS if report.counts()["error"] else run.exit_code)
