"""Many notices at once: several processes, one journal, nothing done twice and nothing lost.

While a batch runs, every finished file is one line of the journal ``OUT.part``: what it is (path, size,
time of change) in JSON, a tab, and its notice in JSON.  A batch that was killed leaves the journal behind;
started again with the same output it keeps the lines of files that have not changed since and does the
rest.  When all are done, the notices go to OUT in the order of the inputs, whatever order they finished
in, and the journal is removed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from policyparse import __version__
from policyparse.errors import PolicyParseError

if TYPE_CHECKING:
    from policyparse import model, records

Parse = Callable[[str], "model.Notice | records.Notice"]
Progress = Callable[[str], None]

_AHEAD = 2  # files that each worker has in hand, so that it never waits for the next


@dataclass
class Outcome:
    """What became of a batch: counts, and one line for each file that could not be read."""

    files: int = 0
    obligations: int = 0
    resumed: int = 0
    failures: list[str] = field(default_factory=list)


def run(
    paths: Sequence[str],
    out: str | Path,
    parse: Parse,
    *,
    jobs: int = 1,
    settings: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Parse ``paths`` with ``jobs`` processes and write one notice a line to ``out``, in the order of ``paths``.

    parse:    path to Notice; what it raises as PolicyParseError or OSError is reported and the rest goes on,
              and so it does when a worker process dies over a file.
    settings: whatever else the result depends on; a journal written with other settings is not taken up.
    progress: called with each path as it is done.
    Interrupted in any way (even SIGKILL), the same call goes on where it stopped and ends with the same bytes.
    Raises PolicyParseError where ``out`` can't be written, or another batch is writing it.
    """
    paths = list(dict.fromkeys(paths))
    with _Journal(Path(out), settings) as journal:
        done = journal.load(paths)
        for path in done:
            _tell(progress, path)
        left = [path for path in paths if path not in done]
        results = _serially(left, parse) if jobs <= 1 or len(left) < 2 else _workers(left, parse, jobs)
        for line in results:
            _tell(progress, journal.add(line))
        outcome = journal.finish(paths)
    outcome.resumed = len(done)
    return outcome


def _tell(progress: Progress | None, path: str) -> None:
    if progress is not None:
        progress(path)


# --- the journal --------------------------------------------------------------------------------------------


def _state(path: str) -> list[int] | None:
    """Size and time of change: what tells that a file is still the one that was read."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


class _Journal:
    """``OUT.part``, locked while it is open."""

    def __init__(self, out: Path, settings: str):
        self.out = Path(os.path.realpath(out))
        self.path = self.out.with_name(self.out.name + ".part")
        self.head = json.dumps({"policyparse": __version__, "settings": settings}, ensure_ascii=False).encode()
        self.places: dict[str, tuple[int, int, dict[str, Any]]] = {}  # path -> offset and length of its notice, key
        self.stream: IO[bytes]

    def __enter__(self) -> Self:
        if self.out.exists() and not self.out.is_file():
            raise PolicyParseError(f"{self.out}: is no file; name a file to write")
        try:
            self.stream = open(self.path, "a+b")
        except OSError as error:
            raise PolicyParseError(
                f"{self.out}: can't be written ({error.strerror}); name a file in a folder you may write to"
            ) from error
        if not _lock(self.stream):
            self.stream.close()
            raise PolicyParseError(f"{self.out}: another batch is writing it; wait for it or name another file")
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def load(self, paths: Iterable[str]) -> set[str]:
        """The files of ``paths`` that the journal already holds unchanged; a half-written last line is cut off."""
        wanted = set(paths)
        self.stream.seek(0)
        end = 0
        for line in self.stream:
            if not line.endswith(b"\n") or (end == 0 and line[:-1] != self.head):
                break
            if end and not self._note(line, end, wanted):
                break
            end += len(line)
        self.stream.truncate(end)
        self.stream.seek(end)
        if end == 0:
            self._append(self.head + b"\n")
        return set(self.places)

    def _note(self, line: bytes, start: int, wanted: set[str]) -> bool:
        """Take up one line; False where it is damaged."""
        try:
            entry = _entry(line)
        except ValueError:
            return False
        if entry["path"] in wanted and entry["state"] == _state(entry["path"]):
            self._place(line, start, entry)
        return True

    def _place(self, line: bytes, start: int, entry: dict[str, Any]) -> None:
        key = line.index(b"\t") + 1
        self.places[entry["path"]] = (start + key, len(line) - key - 1, entry)

    def add(self, line: bytes) -> str:
        """Write down one finished file; its path."""
        entry = _entry(line)
        self._place(line, self.stream.tell(), entry)
        self._append(line)
        path: str = entry["path"]
        return path

    def _append(self, line: bytes) -> None:
        self.stream.write(line)
        self.stream.flush()

    def finish(self, paths: Iterable[str]) -> Outcome:
        """Write the notices to the output in the order of ``paths`` and remove the journal."""
        outcome = Outcome()
        half = self.out.with_name(f"{self.out.name}.{os.getpid()}.half")
        try:
            with open(half, "xb") as whole:
                for path in paths:
                    start, length, entry = self.places[path]
                    outcome.files += 1
                    outcome.obligations += entry["obligations"]
                    if "error" in entry:
                        outcome.failures.append(entry["error"])
                        continue
                    self.stream.seek(start)
                    whole.write(self.stream.read(length) + b"\n")
            if outcome.files > len(outcome.failures):  # where nothing could be read, nothing is written
                os.replace(half, self.out)
        except OSError as error:
            raise PolicyParseError(f"{self.out}: can't be written ({error.strerror})") from error
        finally:
            with suppress(OSError):
                half.unlink()
        self.path.unlink()
        return outcome


def _line(
    path: str, state: list[int] | None, notice: str = "", obligations: int = 0, error: str | None = None
) -> bytes:
    """One finished file as a line of the journal: its notice as JSON, or what was wrong with it."""
    entry = {"path": path, "state": state, "obligations": obligations}
    if error is not None:
        entry["error"] = error
    return b"%b\t%b\n" % (json.dumps(entry).encode(), notice.encode())


def _entry(line: bytes) -> dict[str, Any]:
    """What a line of the journal says of its file; ValueError where it is damaged."""
    entry: dict[str, Any] = json.loads(line[: line.index(b"\t")])
    return entry


def _lock(stream: IO[bytes]) -> bool:
    """Take the file for this process; where the system has no such locks, trust that nobody else writes it."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        # Of this process alone: a lock by flock would live on in workers that outlive a killed parent.
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- the work -----------------------------------------------------------------------------------------------


def _one(path: str, parse: Parse) -> bytes:
    """The line of the journal for one file."""
    state = _state(path)  # before it is read: a change during the reading is then seen next time
    try:
        notice = parse(path)
        return _line(path, state, notice.model_dump_json(), len(notice.obligations))
    except PolicyParseError as error:
        return _line(path, state, error=str(error))
    except OSError as error:
        return _line(path, state, error=f"{path}: can't be read ({error.strerror})")
    except Exception as error:  # a defect of ours must not take the other files with it
        return _line(path, state, error=f"{path}: failed with {type(error).__name__}: {error}; please report this")


def _serially(paths: Iterable[str], parse: Parse) -> Iterator[bytes]:
    for path in paths:
        yield _one(path, parse)


class _Worker:
    """A process that takes paths and gives lines of the journal, with the paths it still has in hand, in order."""

    def __init__(self, parse: Parse, jobs: int):
        import multiprocessing

        # fork starts a worker in milliseconds with all that is loaded; elsewhere it is not safe.
        mp: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        self.pipe, theirs = mp.Pipe()
        self.process = mp.Process(target=_serve, args=(theirs, self.pipe, parse, jobs), daemon=True)
        self.process.start()
        theirs.close()
        self.hand: list[str] = []

    def give(self, paths: list[str]) -> None:
        """Fill the worker's hand from the end of ``paths``; one that died is found out when it should answer."""
        while paths and len(self.hand) < _AHEAD:
            self.hand.append(paths.pop())
            with suppress(OSError):
                self.pipe.send(self.hand[-1])

    def close(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _serve(pipe: Any, parents: Any, parse: Parse, jobs: int) -> None:
    """The worker's side: ends when the pipe does, or when the parent is gone."""
    import signal
    import threading
    from multiprocessing import parent_process

    parents.close()
    # each of ``jobs`` workers has its share of the cores: else every scan is recognised with as many threads as there are
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // jobs)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()

    def follow() -> None:
        parent.join()  # type: ignore[union-attr]
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_one(pipe.recv(), parse))


def _workers(paths: Sequence[str], parse: Parse, jobs: int) -> Iterator[bytes]:
    """Lines of the journal in the order in which they are done; the largest files are begun first, so that none is left last."""
    from multiprocessing.connection import wait

    left = sorted(paths, key=lambda path: ((_state(path) or [0])[0], path))
    jobs = min(jobs, len(left))
    workers = [_Worker(parse, jobs) for _ in range(jobs)]
    try:
        while True:
            for worker in workers:
                worker.give(left)
            busy = {worker.pipe: worker for worker in workers if worker.hand}
            if not busy:
                return
            for pipe in wait(list(busy)):
                worker = busy[pipe]
                try:
                    line = worker.pipe.recv_bytes()
                except (EOFError, OSError):
                    yield _died(worker, left)
                    workers[workers.index(worker)] = _Worker(parse, jobs)
                else:
                    worker.hand.pop(0)  # it takes them in order
                    yield line
    finally:
        for worker in workers:
            worker.close()


def _died(worker: _Worker, left: list[str]) -> bytes:
    """The line for the file over which ``worker`` died; what else it had in hand goes back."""
    path, *rest = worker.hand
    left.extend(rest)
    worker.close()
    return _line(
        path, _state(path), error=f"{path}: the process that read it ended with code {worker.process.exitcode}"
    )
