#!/usr/bin/env python3
"""How much faster several processes are than one: the command line on 400 notices, by the clock.

    python tests/bench/batch.py [--docs FOLDER] [--notices N] [--jobs N] [--rounds N] [--check]

The notices are those of FOLDER (left out: ../shared/benchmark/docs where it exists, else corpora/), repeated until there
are N: once in all formats as they came in, and once text alone, of which 400 take so little time (about 2 s) that the
start of the processes, which none can share, weighs more than with anything longer.  Each process recognises scans with one thread: else
one process would keep all cores busy as soon as it comes to one.
Best of several rounds, the whole command with its start and its closing,
from bytecode, as an installed package runs.
With --check the exit code is 1 where two processes are not at least 1.8 times as fast as one, or their
output differs.  By the clock: nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WANTED = 1.8
TEXT = (".txt", ".md")
FORMATS = (*TEXT, ".html", ".docx", ".pdf", ".ofd")
COMMAND = [sys.executable, "-c", "from policyparse.cli import main; main()", "parse"]


def main() -> int:
    """Run everything, print a table, and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--docs", type=Path, help="folder of notices")
    options.add_argument("--notices", type=int, default=400, help="how many (400)")
    options.add_argument("--jobs", type=int, default=2, help="processes against one (2)")
    options.add_argument("--text", action="store_true", help="text only")
    options.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts (3)")
    options.add_argument("--check", action="store_true", help="exit with 1 where the target is missed")
    args = options.parse_args()
    ratios = [measure(args, FORMATS)] if not args.text else []
    ratios.append(measure(args, TEXT))
    return int(args.check and (ratios[0] < WANTED or not all(ratios)))


def measure(args: argparse.Namespace, formats: tuple[str, ...]) -> float:
    """How many times as fast several processes are; 0 where they write something else. Prints what it measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        used = fill(folder, args.docs, args.notices, formats)
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(Path(name) / "bytecode"),
            "OMP_NUM_THREADS": "1",
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        timed(folder, Path(name) / "first.jsonl", 1, env)
        best: dict[int, float] = {}
        for _ in range(args.rounds):
            for jobs in (1, args.jobs):
                best[jobs] = min(best.get(jobs, 1e9), timed(folder, Path(name) / f"{jobs}.jsonl", jobs, env))
        same = (Path(name) / "1.jsonl").read_bytes() == (Path(name) / f"{args.jobs}.jsonl").read_bytes()
    ratio = best[1] / best[args.jobs]
    print(
        f"{args.notices} notices ({' '.join(used)}): 1 process {best[1]:.2f} s, {args.jobs} processes "
        f"{best[args.jobs]:.2f} s: {ratio:.2f} x; output {'the same' if same else 'DIFFERS'}; wanted with 2: {WANTED} x"
    )
    return ratio if same else 0.0


def fill(folder: Path, docs: Path | None, count: int, formats: tuple[str, ...]) -> list[str]:
    """``count`` notices in ``folder``; the endings among them."""
    shared = [p / "shared/benchmark/docs" for p in (ROOT.parent, ROOT.parent.parent)]
    source = docs or next((p for p in shared if p.is_dir()), ROOT / "corpora")
    found = sorted(p for p in source.iterdir() if p.suffix in formats)
    folder.mkdir()
    for i in range(count):
        notice = found[i % len(found)]
        (folder / f"{i:05d}{notice.suffix}").write_bytes(notice.read_bytes())
    return sorted({p.suffix for p in found[:count]})


def timed(folder: Path, out: Path, jobs: int, env: dict[str, str]) -> float:
    """Seconds that the command takes in the environment ``env``."""
    begun = time.perf_counter()
    subprocess.run(
        [*COMMAND, str(folder), "-o", str(out), "--jobs", str(jobs)],
        check=True,
        capture_output=True,
        env=env,
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
