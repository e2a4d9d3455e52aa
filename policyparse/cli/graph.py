"""policyparse graph: notices -> the responsibility graph in a file format."""

from __future__ import annotations

import click

from policyparse.cli.base import EXIT_CODES, Run, inputs, output_option, units_option, write


@click.command("graph", epilog=EXIT_CODES)
@inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "gexf", "json", "dot", "svg"]),
    default="json",
    show_default=True,
    help="json: nodes and edges as networkx reads them; svg: a drawing, units left, tasks right, leads bold.",
)
@units_option
@output_option
def command(run: Run, form: str, register: str | None, out: str | None) -> int:
    """Write who is responsible for what in FILE..., as one graph."""
    from policyparse.graph import build_graph
    from policyparse.graph.formats import render

    units = run.use_units(register)
    notices = [notice for _, notice in run.notices()]
    if notices:
        write(out, render(build_graph(*notices, units=units), form))
    return run.exit_code
