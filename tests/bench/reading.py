#!/usr/bin/env python3
"""How fast files are read, as ratios taken in one run, so that the machine doesn't matter.

    python tests/bench/reading.py [--check]

pdf     a page of a text PDF, read into a Document, against pdfplumber's extract_text: where ../shared exists its real
        PDFs with a text layer, at least 5 times as fast is wanted; our own are told only (our notice embeds no font:
        that pdfium looks for one on the system takes most of the time)
docx    a Word file of 50 pages, read and parsed, against parsing its plain text; under 10 times is wanted
text    reading a text file against decoding it; told only

All times are processor times, the best of several rounds.  With --check the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
TARGETS = {"pdf": 5.0, "docx": 10.0}
ITEM = (
    "（{}）完善农村供水设施。加快老旧管网改造，新建泵站三座，改造管网40公里，2025年底前农村自来水普及率达到95%以上，"
    "城乡供水管网漏损率控制在9%以内，供水水质达标率达到98%以上，建立供水工程长效管护机制。"
    "（牵头单位：县水利局；责任单位：县发展改革局、县财政局、县住房城乡建设局，各乡镇人民政府）"
)


def main() -> int:
    """Run everything, print a table, and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts (5)")
    options.add_argument("--check", action="store_true", help="exit with 1 where a target is missed")
    args = options.parse_args()
    seen = {name: pdf(name, data, args.rounds) for name, data in pdfs().items()}
    missed = [seen.get("real PDFs", TARGETS["pdf"]) < TARGETS["pdf"]]
    missed.append(docx(args.rounds) > TARGETS["docx"])
    text(args.rounds)
    return int(args.check and any(missed))


def best(call: Callable[[], object], rounds: int) -> float:
    """Processor time of ``call`` in seconds: the best of ``rounds``."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return min(times)


def pdfs() -> dict[str, list[bytes]]:
    """Sets of PDFs with a text layer."""
    from tests.reading import make

    words = ITEM.format("一") * 8
    page = [make.text(79, 110 + 27 * i, words[28 * i : 28 * i + 28], 16) for i in range(22)]
    out = {"our notice": [(ROOT / "corpora/formats/notice.pdf").read_bytes()], "full pages": [make.pdf([page] * 20)]}
    docs = next((p for p in (ROOT.parent, ROOT.parent.parent) if (p / "shared/benchmark/docs").is_dir()), None)
    if docs:
        real = sorted((docs / "shared/benchmark/docs").glob("*.pdf"))
        out["real PDFs"] = [p.read_bytes() for p in real if p.name[:3] not in ("281", "282")]  # these two are scans
    return out


def pdf(name: str, files: list[bytes], rounds: int) -> float:
    """How many times as fast as pdfplumber a page is read."""
    import pdfplumber

    from policyparse.reading import read

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

    def theirs() -> None:
        for data in files:
            with pdfplumber.open(BytesIO(data)) as document:
                for page in document.pages:
                    page.extract_text()

    def ours() -> int:
        return sum(read(data).source.pages or 0 for data in files)

    pages = ours()
    a, b = best(theirs, rounds) / pages, best(ours, rounds) / pages
    print(f"pdf   {name:<12} {1000 * b:6.2f} ms a page, pdfplumber {1000 * a:6.2f}: {a / b:5.1f} times as fast")
    return a / b


def docx(rounds: int) -> float:
    """Time to read and parse a Word file of 50 pages, as a multiple of parsing its text."""
    import policyparse
    from policyparse.reading import read
    from tests.reading import make

    data = make.docx(*(make.p(ITEM.format("一二三四五六七八九十"[i % 10])) for i in range(50 * 600 // len(ITEM))))
    text = read(data).text
    whole = best(lambda: policyparse.parse(read(data)), rounds)
    alone = best(lambda: read(data), rounds)
    plain = best(lambda: policyparse.parse_text(text), rounds)
    print(
        f"docx  {len(text)} characters: read {1000 * alone:.1f} ms, read and parsed {1000 * whole:.1f} ms, "
        f"its text parsed {1000 * plain:.1f} ms: {whole / plain:.2f} times"
    )
    return whole / plain


def text(rounds: int) -> None:
    """Reading a text file of 10,000 characters."""
    from policyparse.reading import read

    data = (ITEM * 60).encode()[:30_000]
    data = data.decode("utf-8", errors="ignore").encode()
    ours, theirs = best(lambda: read(data), rounds * 20), best(lambda: data.decode(), rounds * 20)
    print(f"text  {1e6 * ours:.0f} µs, decoding alone {1e6 * theirs:.0f} µs")


if __name__ == "__main__":
    sys.exit(main())
