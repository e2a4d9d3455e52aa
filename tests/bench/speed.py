#!/usr/bin/env python3
"""How fast policyparse is, as ratios taken in one run, so that the machine doesn't matter.

    python tests/bench/speed.py [--docs FOLDER] [--notices N] [--check]

speed    a full parse against jieba.lcut on the same text: our own notices, and where ../shared exists its seed
         notice and the notices of FOLDER (../shared/benchmark/docs); at least 3 times as fast is wanted
memory   peak of a process that parses them all (120 MB at most)
start    the command line on one notice against python -c "import click, pydantic" (2.5 times at most)

All times are processor times, the best of several rounds.  What the package remembers of names it has read (is_unit …)
stays from round to round, as it does in a batch; "at first sight" is measured with that forgotten.  With --check the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TARGETS = {"speed": 3.0, "memory": 120.0, "start": 2.5}

MEMORY = """
import resource, sys
import policyparse
for path in sys.stdin.read().splitlines():
    policyparse.parse(path)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> int:
    """Run everything, print a table, and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--docs", type=Path, help="folder of real notices (text)")
    options.add_argument("--notices", type=int, default=100, help="how many of them at most (100)")
    options.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts (5)")
    options.add_argument("--check", action="store_true", help="exit with 1 where a target is missed")
    args = options.parse_args()
    sets = {"our notices": texts_of(ROOT / "corpora", 100)}
    shared = next((p for p in (ROOT.parent / "shared", ROOT.parent.parent / "shared") if p.is_dir()), None)
    if shared:
        sets["the seed"] = sorted((shared / "seeds").glob("003*"))
    if shared or args.docs:
        sets["real notices"] = texts_of(args.docs or shared / "benchmark" / "docs", args.notices)  # type: ignore[operator]
    paths = [path for some in sets.values() for path in some]
    missed = [speed(name, some, args.rounds) < TARGETS["speed"] for name, some in sets.items()]
    missed.append(memory(paths) > TARGETS["memory"])
    one = sets.get("the seed") or [ROOT / "corpora" / "lead_first.txt"]
    missed.append(start(one[0], args.rounds * 2) > TARGETS["start"])
    return int(args.check and any(missed))


def texts_of(folder: Path, most: int) -> list[Path]:
    """The text notices of ``folder``, sorted, ``most`` of them."""
    return sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md"))[:most]


def forget() -> None:
    """Empty the caches that hold what was read before; tables and patterns, which hang on no text, stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("policyparse"):
            for value in vars(module).values():
                if hasattr(value, "cache_parameters") and (value.cache_parameters()["maxsize"] or 0) >= 64:
                    value.cache_clear()


def first_sight(call: Callable[[], object], rounds: int) -> float:
    """The same as ``best``, with nothing remembered."""
    times = []
    for _ in range(rounds):
        forget()
        times.append(best(call, 1))
    return min(times)


def best(call: Callable[[], object], rounds: int) -> float:
    """Processor time of ``call`` in seconds: the best of ``rounds``."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return min(times)


def speed(name: str, paths: list[Path], rounds: int) -> float:
    """How many times as fast a parse is as jieba.lcut; prints both and says which notice is slowest."""
    import jieba

    import policyparse

    jieba.setLogLevel(60)
    jieba.initialize()
    documents = [policyparse.read(path) for path in paths]
    characters = sum(len(d.text) for d in documents)
    gc.collect()
    gc.freeze()  # else each collection between two rounds walks over jieba's dictionary and the cache is cold
    ours = fresh = theirs = 0.0
    ratios = []
    for document, path in zip(documents, paths, strict=True):
        a = best(lambda d=document: policyparse.parse(d), rounds)  # type: ignore[misc]
        b = best(lambda d=document: jieba.lcut(d.text), rounds)  # type: ignore[misc]
        fresh += first_sight(lambda d=document: policyparse.parse(d), rounds)  # type: ignore[misc]
        ours, theirs = ours + a, theirs + b
        ratios.append((b / a, path.name, len(document.text)))
    print(
        f"speed   {name}: {len(paths)} notices, {characters} characters; parse {ours * 1000:.0f} ms "
        f"({characters / ours / 1e6:.2f} M characters/s), jieba.lcut {theirs * 1000:.0f} ms: {theirs / ours:.2f} times "
        f"as fast, at first sight {theirs / fresh:.2f} (wanted: {TARGETS['speed']:.0f})"
    )
    for ratio, file, size in sorted(ratios)[:3]:
        print(f"          slowest: {file} ({size} characters) {ratio:.2f} times")
    return theirs / ours


def memory(paths: list[Path]) -> float:
    """Peak of a process that parses ``paths`` one after the other, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    peak = float(done.stdout)
    print(f"memory  peak {peak:.0f} MB over {len(paths)} notices (at most {TARGETS['memory']:.0f})")
    return peak


def start(path: Path, rounds: int) -> float:
    """How many times as long the command line takes on ``path`` as the import of click and pydantic.

    Both run from bytecode, as an installed package does.
    """
    cli = [sys.executable, "-c", "from policyparse.cli import main; main()", "parse", str(path)]
    bare = [sys.executable, "-c", "import click, pydantic"]
    a = b = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        env = {**environment(), "PYTHONPYCACHEPREFIX": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        processor_time(cli, env)
        processor_time(bare, env)
        for _ in range(rounds):  # in turn, so that a busy moment meets both
            a, b = min(a, processor_time(cli, env)), min(b, processor_time(bare, env))
    print(
        f"start   policyparse parse {path.name} {a * 1000:.0f} ms, import click, pydantic {b * 1000:.0f} ms: "
        f"{a / b:.2f} times (at most {TARGETS['start']})"
    )
    return a / b


def processor_time(command: list[str], env: dict[str, str]) -> float:
    """User and system time of a child process in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def environment() -> dict[str, str]:
    """This environment, with the checkout first on the path."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
