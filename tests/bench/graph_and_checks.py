"""Graph and all checks against parsing, on many notices, in one process: they must take less time than parsing did.

    python tests/bench/graph_and_checks.py [FOLDER] [--notices N]

FOLDER holds notices (else corpora/ is taken); they are repeated under other ids until there are N (1,000).
CPU time is measured; the exit code is 1 where graph and checks together took longer than parsing.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import policyparse as pp
from policyparse.errors import PolicyParseError
from policyparse.model import Document

ROOT = Path(__file__).resolve().parents[2]


def documents(folder: Path) -> list[Document]:
    out = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".md", ".html")):
        try:
            out.append(pp.read(path))
        except PolicyParseError:
            continue
    return out


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpora")
    arguments.add_argument("--notices", type=int, default=1000)
    given = arguments.parse_args()
    known = documents(given.folder)
    chosen = list(islice(cycle(known), given.notices))
    clock = time.process_time
    start = clock()
    notices = [pp.parse(document).model_copy(update={"id": f"n{i}"}) for i, document in enumerate(chosen)]
    parsed = clock()
    graph = pp.build_graph(*notices)
    built = clock()
    findings = pp.check(*notices, documents=chosen)
    checked = clock()
    print(f"{len(notices)} notices ({len(known)} different), {sum(len(d.text) for d in chosen):,} characters")
    print(f"parse  {parsed - start:6.2f} s")
    print(f"graph  {built - parsed:6.2f} s  {graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")
    print(f"check  {checked - built:6.2f} s  {len(findings):,} findings")
    share = (checked - parsed) / (parsed - start)
    print(f"graph and checks took {share:.2f} of the time of parsing")
    return 0 if share < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
