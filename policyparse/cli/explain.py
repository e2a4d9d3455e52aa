"""policyparse explain: what a check looks for, and why."""

from __future__ import annotations

import inspect

import click

from policyparse.cli.base import EXIT_CODES, write


@click.command("explain", epilog=EXIT_CODES)
@click.argument("code", required=False, metavar="[CODE]")
def command(code: str | None) -> int:
    """Explain the check CODE (OBL002, or its slug no-lead); without CODE, list all checks."""
    from policyparse import checks

    if code is None:
        rows = [f"{c.code}  {c.severity:7}  {c.slug:24}  {c.title}" for c in checks.checks().values()]
        write(None, "\n".join(rows) + "\n")
        return 0
    for check in checks.chosen([code]):
        head = f"{check.code} {check.slug} ({check.severity})"
        write(None, f"{head}\n\n{inspect.cleandoc(check.run.__doc__ or '')}\n")
    return 0
