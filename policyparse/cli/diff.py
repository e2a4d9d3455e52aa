"""policyparse diff: what changed between two versions of a notice."""

from __future__ import annotations

import click

from policyparse.cli.base import BAD_INPUT, EXIT_CODES, Run, inputs, output_option, write


@click.command("diff", epilog=EXIT_CODES)
@inputs
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--matching",
    type=click.Choice(["lexical", "semantic"]),
    default="lexical",
    show_default=True,
    help="lexical: by characters; semantic: by meaning too (needs the extra of that name).",
)
@output_option
def command(run: Run, form: str, matching: str, out: str | None) -> int:
    """Tell what the second FILE adds, drops, moves and changes against the first."""
    from policyparse.comparison.render import difference_text
    from policyparse.comparison.versions import diff

    if len(run.files) != 2:
        raise click.UsageError("name two files: the old version and the new one")
    notices = [notice for _, notice in run.notices()]
    if run.failed or len(notices) != 2:
        return BAD_INPUT
    found = diff(notices[0], notices[1], matching=matching)
    write(out, found.model_dump_json(indent=2) + "\n" if form == "json" else difference_text(found))
    return run.exit_code
