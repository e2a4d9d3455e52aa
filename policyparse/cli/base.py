"""What every command shares: exit codes, errors in one line, inputs, and output that is never half-written.

A command takes its files with ``@inputs``, walks them with ``Run.notices`` and writes with ``output`` or
``write``; what goes wrong with one file is told on standard error and the rest goes on.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from policyparse.errors import PolicyParseError

if TYPE_CHECKING:
    import datetime as dt

    from policyparse import records
    from policyparse.context import Context
    from policyparse.model import Document, Notice
    from policyparse.units import Units

OK = 0
FINDINGS = 1  # a check found something of severity error
BAD_INPUT = 2  # bad usage, or at least one file could not be read
INTERRUPTED = 130  # Ctrl-C (128 + SIGINT)
PIPE_CLOSED = 141  # the reader of standard output went away (128 + SIGPIPE)

EXIT_CODES = """\b
Exit codes: 0 done; 1 findings of severity error (check); 2 bad usage or a
file that could not be read (the other files of a batch are still written);
130 interrupted; 141 the reader of standard output closed it."""

MANY = 5  # from this many files on, a progress bar is shown on a terminal
F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D")
N = TypeVar("N")


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(f"policyparse: {message}", err=True)


def inputs(function: F) -> F:
    """The argument FILE… and the options with which every command reads its notices.

    The command gets ``run``, a ``Run`` made from them.
    """

    def command(files: tuple[str, ...], max_size: int, max_pages: int, today: Any, **rest: Any) -> Any:
        return function(run=Run(files, max_size << 20, max_pages, today.date() if today else None), **rest)

    command.__doc__ = function.__doc__
    command.__name__ = function.__name__
    for decorate in (
        click.option(
            "--today",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="DATE",
            help="Date to resolve years against where a notice has none of its own (2024-09-26).",
        ),
        click.option(
            "--max-pages",
            type=click.IntRange(min=1),
            default=2000,
            show_default=True,
            metavar="N",
            help="Longest document that is read, in pages.",
        ),
        click.option(
            "--max-size",
            type=click.IntRange(min=1),
            default=50,
            show_default=True,
            metavar="MB",
            help="Largest file that is read, in megabytes.",
        ),
        click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)),
    ):
        decorate(command)
    # click keeps parameters last first: the command's own are shown before the common ones
    command.__click_params__.extend(getattr(function, "__click_params__", ()))  # type: ignore[attr-defined]
    return command  # type: ignore[return-value]


units_option = click.option(
    "--units",
    "register",
    type=click.Path(),
    metavar="FILE",
    help="Register of units (.toml or .csv) that says which names mean one unit.",
)

output_option = click.option(
    "-o", "--output", "out", type=click.Path(), metavar="OUT", help="File to write; standard output where left out."
)


class Run:
    """One call of a command: its inputs, and what became of them.

    ``failed`` holds a line for every file that could not be read.
    """

    def __init__(self, files: Iterable[str], max_bytes: int, max_pages: int, today: dt.date | None = None):
        self.files = tuple(files)
        self.max_bytes = max_bytes
        self.max_pages = max_pages
        self.today = today
        self.units: Units | None = None
        self.failed: list[str] = []

    def use_units(self, register: str | None) -> Units | None:
        """Read the register of units, where one is named, and let the notices be parsed with it."""
        if register is not None:
            from policyparse.units import load

            self.units = load(register)
        return self.units

    @property
    def exit_code(self) -> int:
        """``BAD_INPUT`` where a file failed, else ``OK``."""
        return BAD_INPUT if self.failed else OK

    @property
    def many(self) -> bool:
        """Whether more than one notice was asked for: several files, or a folder."""
        return len(self.files) > 1 or any(os.path.isdir(name) for name in self.files)

    def fail(self, message: str) -> None:
        """Take down and tell that a file could not be read."""
        self.failed.append(message)
        complain(message)

    def paths(self) -> list[str]:
        """The files asked for, folders replaced by the notices in them, in order; ``-`` is standard input."""
        out: list[str] = []
        for name in self.files:
            if name != "-" and os.path.isdir(name):
                from policyparse.reading.folders import notices_in

                try:
                    out.extend(map(str, notices_in(name)))
                except PolicyParseError as error:
                    self.fail(str(error))
            else:
                out.append(name)
        return out

    def context(self) -> Context:
        """The context that the options give."""
        from policyparse.context import Context

        return Context(today=self.today, units=self.units)

    def notices(self) -> Iterator[tuple[str, Notice]]:
        """Every input that can be read, as (path, notice); the others are told and counted in ``failed``."""
        return ((path, notice) for path, _, notice in self.documents())

    def documents(self) -> Iterator[tuple[str, Document, Notice]]:
        """The same with the document that each notice was parsed from."""
        from policyparse.api import parse
        from policyparse.reading import read

        return self._each(read, parse)

    def records(self) -> Iterator[records.Notice]:
        """The notices as records, for output that is no more than their JSON; the register of units is not asked."""
        from policyparse.notice import read
        from policyparse.reading import read_record

        return (notice for _, _, notice in self._each(read_record, read))

    def _each(self, read: Callable[..., D], parse: Callable[[D, Context], N]) -> Iterator[tuple[str, D, N]]:
        context = self.context()
        with _progress(self.paths()) as paths:
            for path in paths:
                try:
                    document = read(path, max_bytes=self.max_bytes, max_pages=self.max_pages)
                    notice = parse(document, context)
                except PolicyParseError as error:
                    self.fail(str(error))
                else:
                    gc.enable()
                    yield path, document, notice


@contextmanager
def _progress(paths: list[str]) -> Iterator[Iterable[str]]:
    """``paths``, with a progress bar on standard error where they are many and somebody is watching."""
    if len(paths) < MANY or not sys.stderr.isatty():
        yield paths
        return
    bar = click.progressbar(paths, file=sys.stderr, show_pos=True, label="parsing", item_show_func=shown)
    with bar as items:
        yield items


def shown(path: str | None) -> str:
    """What a progress bar tells of the file at hand: its name."""
    return os.path.basename(path or "")


@contextmanager
def output(out: str | None) -> Iterator[IO[bytes]]:
    """A binary stream for the result: standard output, or the file ``out`` that appears only when all is written.

    Raises PolicyParseError when ``out`` can't be written.
    """
    try:
        if out is None or out == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif os.path.isdir(out):
            raise PolicyParseError(f"{out}: is a folder; name a file to write")
        elif os.path.exists(out) and not os.path.isfile(out):
            with open(out, "wb") as stream:  # a pipe or a device has nothing that could be replaced
                yield stream
        else:
            with _replacing(os.path.realpath(out)) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        name = "standard output" if out is None else out
        raise PolicyParseError(
            f"{name}: can't be written ({error.strerror}); check the folder and the space"
        ) from error


@contextmanager
def _replacing(target: str) -> Iterator[IO[bytes]]:
    """A stream whose file takes the place of ``target`` when all went well, and leaves nothing behind when not."""
    half = f"{target}.{os.getpid()}.part"
    try:
        with open(half, "xb") as stream:
            yield stream
        if os.path.exists(target):
            os.chmod(half, os.stat(target).st_mode & 0o777)
        os.replace(half, target)
    finally:
        with suppress(OSError):
            os.unlink(half)


def write(out: str | None, text: str) -> None:
    """Write ``text`` as UTF-8 to ``out`` (None: standard output), all or nothing."""
    with output(out) as stream:
        stream.write(text.encode("utf-8"))


def guarded(call: Callable[[], Any]) -> int:
    """Run ``call`` (a click command in its non-standalone mode) and return the exit code.

    Every error ends in one sentence on standard error; Ctrl-C and a closed pipe end quietly.
    """
    try:
        result = call()
        sys.stdout.flush()
        return result if isinstance(result, int) else OK
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except PolicyParseError as error:
        complain(str(error))
        return BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more at exit: give it something that takes it.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
