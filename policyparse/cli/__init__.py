"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from policyparse import __version__
from policyparse.cli.base import EXIT_CODES, guarded

# Name of the command -> module, attribute and the line for --help; a row is all that a new command needs here.
COMMANDS = {
    "parse": ("policyparse.cli.parse:command", "Parse notices and print their obligations."),
    "export": ("policyparse.cli.export:command", "Write the register for Excel, Word, calendars, data frames …"),
    "report": ("policyparse.cli.report:command", "Write one page that shows text, tasks, dates and findings."),
    "graph": ("policyparse.cli.graph:command", "Write the responsibility graph of notices."),
    "agenda": ("policyparse.cli.agenda:command", "Print what a unit must do, with whom, by when."),
    "check": ("policyparse.cli.check:command", "Find what notices forgot or contradict."),
    "explain": ("policyparse.cli.explain:command", "Explain a check, or list all checks."),
    "cascade": ("policyparse.cli.cascade:command", "Tell what subordinate notices take over from a superior one."),
    "diff": ("policyparse.cli.diff:command", "Tell what changed between two versions of a notice."),
    "schema": ("policyparse.cli.schema:command", "Print the JSON Schema of what parse writes."),
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are called, and whose errors end in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command called; here already, since click ends an interrupt or a closed pipe in its own way."""
        return guarded(lambda: super(_Lazy, self).invoke(ctx))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """Run as the program: never returns, but raises SystemExit with one of the codes of ``base``."""
        gc.disable()  # nothing to collect while modules load; ``Run.notices`` turns it on again
        more["standalone_mode"] = False
        code = guarded(lambda: super(_Lazy, self).main(args, *rest, **more))
        gc.freeze()  # all is done: let the interpreter end without searching through everything once more
        raise SystemExit(code)


@click.group(cls=_Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policyparse")
def main() -> None:
    """Turn Chinese government notices into structured, traceable obligations."""
