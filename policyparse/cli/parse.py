"""policyparse parse: notices -> JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("parse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Parse FILES and print their obligations as JSON. (Stand-in.)"""
    from policyparse.api import parse

    for file in files:
        click.echo(json.dumps(parse(file).model_dump(mode="json"), ensure_ascii=False, indent=2))
