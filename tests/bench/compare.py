#!/usr/bin/env python3
"""Gains and losses between two versions of the package over a folder of notices, in absolute counts.

    python tests/bench/compare.py OLD NEW FOLDER [-v]

OLD and NEW are checkouts (folders that hold policyparse/) or revisions of this repository (main, HEAD~3, a tag).
Each version parses every notice of FOLDER in a process of its own.  What they found is compared by its place
in the text: an obligation by where it starts, a party by its place, name and role, a deadline by its place, kind
and dates, a quantity by its place, value and unit.  A value that changed counts as one lost and one gained.
Only documents with a difference are printed; -v prints each thing gained (+) and lost (-).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
KINDS = ("obligations", "parties", "deadlines", "quantities")

RUN = """
import json, sys
from pathlib import Path
import policyparse
for path in map(Path, sys.stdin.read().splitlines()):
    try:
        print(json.dumps([path.name, json.loads(policyparse.parse(path).model_dump_json())]), flush=True)
    except Exception as error:
        print(json.dumps([path.name, f"{type(error).__name__}: {error}"]), flush=True)
"""


def main() -> None:
    """Compare the versions named on the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("old", help="checkout or revision")
    options.add_argument("new", help="checkout or revision")
    options.add_argument("folder", type=Path)
    options.add_argument("-v", "--verbose", action="store_true", help="print everything gained and lost")
    args = options.parse_args()
    sys.path.insert(0, str(ROOT))
    from policyparse.reading.folders import notices_in

    files = [path.resolve() for path in notices_in(args.folder)]
    with tempfile.TemporaryDirectory() as scratch:
        old = run(checkout(args.old, Path(scratch, "old")), files)
        new = run(checkout(args.new, Path(scratch, "new")), files)
    totals: Counter[tuple[str, str]] = Counter()
    print(f"{'document':<32}" + "".join(f"{kind:>16}" for kind in KINDS))
    for name in sorted(old.keys() | new.keys()):
        before, after = things(old.get(name)), things(new.get(name))
        gained = {kind: after[kind] - before[kind] for kind in KINDS}
        lost = {kind: before[kind] - after[kind] for kind in KINDS}
        if any(gained.values()) or any(lost.values()):
            row = [f"+{gained[kind].total()} -{lost[kind].total()}" for kind in KINDS]
            print(f"{name[:31]:<32}" + "".join(f"{cell:>16}" for cell in row))
            if args.verbose:
                show("+", gained)
                show("-", lost)
        for kind in KINDS:
            totals["+", kind] += gained[kind].total()
            totals["-", kind] += lost[kind].total()
        for version, found in (("old", old), ("new", new)):
            if isinstance(found.get(name), str):
                print(f"{name[:31]:<32}  {version}: {found[name]}")
    row = [f"+{totals['+', kind]} -{totals['-', kind]}" for kind in KINDS]
    print(f"{'all':<32}" + "".join(f"{cell:>16}" for cell in row))


def checkout(version: str, target: Path) -> Path:
    """The folder that holds the package: ``version`` itself, or the revision of that name unpacked in ``target``."""
    if Path(version, "policyparse").is_dir():
        return Path(version).resolve()
    archive = subprocess.run(["git", "archive", version, "policyparse"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(target, filter="data")
    return target


def run(package: Path, files: list[Path]) -> dict[str, Any]:
    """What the package in ``package`` makes of ``files``, by name: the notice as JSON, or the error in words."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input="\n".join(map(str, files)),
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(line) for line in done.stdout.splitlines())


def things(notice: Any) -> dict[str, Counter[tuple[Any, ...]]]:
    """What a notice holds, by kind, each with its place in the text first and its words last."""
    out: dict[str, Counter[tuple[Any, ...]]] = {kind: Counter() for kind in KINDS}
    if not isinstance(notice, dict):
        return out
    for one in notice["obligations"]:
        out["obligations"][one["span"][0], one["heading"] or one["text"][:30]] += 1
        for p in one["parties"]:
            out["parties"][p["span"][0], p["role"], p["name"]] += 1
        for d in one["deadlines"]:
            value = [d[key] for key in ("kind", "start", "end", "amount", "unit", "freq", "by") if d[key] is not None]
            out["deadlines"][d["span"][0], *value, d["text"]] += 1
        for q in one["quantities"]:
            out["quantities"][q["span"][0], q["value"], q["unit"], q["text"]] += 1
    return out


def show(sign: str, found: dict[str, Counter[tuple[Any, ...]]]) -> None:
    """Print what was gained or lost."""
    for kind in KINDS:
        for thing in sorted(found[kind].elements(), key=lambda t: (t[0], str(t))):
            print(f"  {sign} {kind:<12} {' '.join(str(part) for part in thing)}")


if __name__ == "__main__":
    main()
