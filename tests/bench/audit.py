#!/usr/bin/env python3
"""What a folder of notices says that ended up in no obligation: an audit that needs no gold.

    python tests/bench/audit.py FOLDER [-v] [--kind marker] [--limit 20]

Walks every notice of FOLDER (all formats) and looks, with patterns far simpler than the rules, for

  marker   words that assign responsibility: labels (牵头单位：), brackets that end in 负责）, 牵头）, 配合）, 落实）,
           and 由…牵头, 由…负责, 由…会同
  date     dates, ends of months and years, rates (每月), spans of time (3个月内)
  number   numbers with a unit

Each is one of
  read     a party stands beside the marker, a deadline or quantity was read from the date or number,
           or it belongs to a body that was set up, a citation or a reported fact
  unread   it stands inside an obligation, but nothing was read from it
  outside  it ended up in no obligation

The table at the end has the totals; -v prints every unread or outside one with its surroundings.  Not all
are mistakes (dates of documents, remits, examples in forms): look for classes, not for cases.
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

_ROLE = "(?:牵头|责任|配合|主办|协办|承办|协同|参与|参加|推进|实施|落实|督办|考核|负责)"
_BODY = "(?:单位|部门|处室|科室|领导|机构)"
PATTERNS = {
    "marker": (
        rf"{_ROLE}{_BODY}(?:\([^()\n]{{0,12}}\))?:",  # 牵头单位：, 责任处室（科室）：
        r"牵头落实:|牵头:|责任人:|负责人:",
        r"(?<=[^(\n])(?:牵头|负责|配合|落实|参与|协助)\)",  # （甲牵头，乙配合）
        r"由[^,。;:()\n]{2,40}?(?:牵头|负责(?!解释)|会同|配合)",
    ),
    "date": (
        r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|初|末|[上中下]旬)?(?:之?前|以前|起)?",
        r"\d{4}年(?:底|末|[上下]半年|[一二三四]季度)?(?:之?前|以前|起)?|年底前|[上下]半年",
        r"每(?:半年|年|季度?|两?月|两?周|日|天)",
        r"\d+(?:个工作日|个月|个小时|日|天|年|周)(?:以|之)?内|提前\d+",
    ),
    "number": (
        r"(?<![\d.])\d[\d,.]*[万亿千百]*[余多]?(?:元|%|个百分点|个(?![月工小])|家|项|台|套|人|名|户|亩|公顷|公里|(?:平方|立方)米|吨|"
        r"(?:千|兆)瓦|座|所|条|次|辆|处|件|门|场|批|批次|只|张|部|篇|支|倍)",
    ),
}
NEAR = 25  # characters between a marker and a party that was read from beside it


def main() -> None:
    """Audit the folder named on the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("-v", "--verbose", action="store_true", help="print every unread or outside one")
    options.add_argument("--kind", choices=list(PATTERNS), action="append", help="only this kind (may be repeated)")
    options.add_argument("--limit", type=int, default=0, help="print at most so many a document")
    args = options.parse_args()
    from policyparse.reading.folders import notices_in

    kinds = args.kind or list(PATTERNS)
    totals: Counter[tuple[str, str]] = Counter()
    failed = []
    for path in notices_in(args.folder):
        try:
            seen = list(audit(path, kinds))
        except Exception as error:  # an audit goes on whatever happens, and says so at its end
            failed.append(f"{path.name}: {type(error).__name__}: {error}")
            continue
        totals.update((kind, state) for kind, state, _ in seen)
        if args.verbose:
            report(path.name, [row for row in seen if row[1] != "read"], args.limit)
    print(f"{'':<8}{'total':>8}{'read':>8}{'unread':>8}{'outside':>8}   in no obligation")
    for kind in kinds:
        row = [totals[kind, state] for state in ("read", "unread", "outside")]
        share = 100 * row[2] / sum(row) if sum(row) else 0.0
        print(f"{kind:<8}{sum(row):>8}{row[0]:>8}{row[1]:>8}{row[2]:>8}   {share:.2f} %")
    for line in failed:
        print("not read:", line)


def report(name: str, rows: list[tuple[str, str, str]], limit: int) -> None:
    """Print a document's rows, ``limit`` of them at most (0: all)."""
    for kind, state, around in rows[: limit or None]:
        print(f"{name[:28]:<28} {kind:<7} {state:<8} {around}")
    if limit and len(rows) > limit:
        print(f"{name[:28]:<28} … and {len(rows) - limit} more")


def audit(path: Path, kinds: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(kind, state, surroundings) of everything that the patterns find in the notice at ``path``."""
    import policyparse
    from policyparse.text import flow

    document = policyparse.read(path)
    notice = policyparse.parse(document)
    flowed = flow(document)
    obligations = Spans(o.span for o in notice.obligations)
    told = Spans([o.span for o in notice.organs] + [f.span for f in notice.facts] + [c.span for c in notice.citations])
    read = {
        "marker": Spans((max(0, p.span[0] - NEAR), p.span[1] + NEAR) for o in notice.obligations for p in o.parties),
        "date": Spans(d.span for o in notice.obligations for d in o.deadlines),
        "number": Spans(
            [q.span for o in notice.obligations for q in o.quantities]
            + [d.span for o in notice.obligations for d in o.deadlines]
        ),
    }
    for kind in kinds:
        for match in re.finditer("|".join(PATTERNS[kind]), flowed.text):
            span = flowed.span(*match.span())
            if read[kind].touch(span) or told.touch(span):
                state = "read"
            else:
                state = "unread" if obligations.touch(span) else "outside"
            a, b = match.span()
            around = flowed.text[max(0, a - 24) : a] + "【" + match[0] + "】" + flowed.text[b : b + 16]
            yield kind, state, around.replace("\n", "⏎")


class Spans:
    """A set of spans that can be asked whether one of them touches another span."""

    def __init__(self, spans: Iterable[tuple[int, int]]):
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, span: tuple[int, int]) -> bool:
        """Whether a span of the set shares a character with ``span``."""
        i = bisect_left(self.ends, span[0] + 1)
        return i < len(self.starts) and self.starts[i] < span[1]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))
    main()
