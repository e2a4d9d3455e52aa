"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from policyparse import __version__

# Name of the command -> module and attribute; a row is all that a new command needs here.
_COMMANDS = {
    "parse": "policyparse.cli.parse:command",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policyparse")
def main() -> None:
    """Turn Chinese government notices into structured, traceable obligations."""
