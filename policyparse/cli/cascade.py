"""policyparse cascade: what subordinate notices take over from a superior one."""

from __future__ import annotations

import click

from policyparse.cli.base import BAD_INPUT, EXIT_CODES, Run, inputs, output_option, write


@click.command("cascade", epilog=EXIT_CODES)
@inputs
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option(
    "--matching",
    type=click.Choice(["lexical", "semantic"]),
    default="lexical",
    show_default=True,
    help="lexical: by characters; semantic: by meaning too (needs the extra of that name).",
)
@click.option(
    "--least", type=click.FloatRange(0, 1), metavar="SCORE", help="Score from which a pair counts, from 0 to 1."
)
@output_option
def command(run: Run, form: str, matching: str, least: float | None, out: str | None) -> int:
    """Put each obligation of the first FILE beside the one of the other FILEs that takes it over.

    The first FILE is the superior notice, the others are the subordinate ones.
    """
    from policyparse.comparison.levels import LEAST, cascade
    from policyparse.comparison.render import FORMATS

    if len(run.files) < 2:
        raise click.UsageError("name the superior notice and at least one subordinate notice")
    notices = [notice for _, notice in run.notices()]
    if run.failed or len(notices) < 2:
        return BAD_INPUT
    found = cascade(notices[0], *notices[1:], matching=matching, least=LEAST if least is None else least)
    write(out, FORMATS[form](found, notices))
    return run.exit_code
