"""How well deadlines and quantities are seen in the gold documents of a benchmark, before obligations are built.

    python tests/bench/mentions_vs_gold.py BENCHMARK [-v] [deadlines|quantities] [NAME…]

For every gold item the text from its anchor to the next item's anchor (at most 1,500 characters) is read.
A gold value that is not found there is a miss; a value found between the anchor and the item's closing
assignment bracket that no gold item wants is an excess. Both are approximations: they need no obligations.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import unicodedata
from pathlib import Path

from policyparse.model import Document
from policyparse.rules import deadlines, quantities
from policyparse.text import flow

REACH = 1500
CLOSING = re.compile(
    r"\([^()]{0,200}(?:单位|部门|负责|牵头|处室|落实|配合)[^()]*\)|\n(?:责任单位|牵头单位)|\([^()\n]{2,80}(?:局|委|办|政府|厅|部|院)\)(?=\n|$)"
)


def plain_text(path: Path) -> str:
    """The text of a document, simply read: enough to look for anchors in."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        import zipfile

        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        return re.sub("<[^>]+>", "", re.sub("</w:p>", "\n", xml))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    if path.suffix in (".html", ".htm"):
        text = re.sub("(?is)<(script|style).*?</\\1>", "", text)
        text = re.sub("(?i)<(p|br|div|tr|td|h\\d|li)[^>]*>", "\n", text)
        text = re.sub("<[^>]+>", "", text).replace("&nbsp;", " ")
    return text


def squeezed(text: str) -> tuple[str, list[int]]:
    """NFKC without white space, and the place in ``text`` of each of its characters."""
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        for folded in re.sub("[‐-―−─]", "-", unicodedata.normalize("NFKC", char)):
            if not folded.isspace():
                out.append(folded)
                at.append(i)
    return "".join(out), at


def deadline_keys(text: str, start: int, end: int, gold: dict) -> dict:
    """Keys of the deadlines of text[start:end], as score.py compares them, with their words."""
    notice = gold.get("notice") or {}
    issued = notice.get("issued_on")
    years = re.search(r"(20\d\d)(?:年?[-—–－](20\d\d))?年", notice.get("title") or "")
    plan = (int(years[1]), int(years[2] or years[1])) if years else None
    found = deadlines.resolve(
        deadlines.find(text, start, end),
        text,
        plan_years=plan,
        issued_on=dt.date.fromisoformat(issued) if issued else None,
    )
    keys = {}
    for d in found:
        iso = {"start": d.start and d.start.isoformat(), "end": d.end and d.end.isoformat()}
        keys[_key({"kind": d.kind, "amount": d.amount, "unit": d.unit, "freq": d.freq, "by": d.by, **iso})] = d.span
    return keys


def _key(d: dict) -> tuple:
    kind = d["kind"]
    if kind in ("due", "period", "start", "cutoff"):
        return (
            kind,
            d.get("start") if kind in ("period", "start") else None,
            d.get("end") if kind != "start" else None,
        )
    if kind in ("within", "ahead"):
        return (kind, float(d.get("amount") or 0), d.get("unit"))
    if kind == "recurring":
        return (kind, d.get("freq"), str(d.get("by") or ""))
    return (kind,)


def quantity_keys(text: str, start: int, end: int, gold: dict) -> dict:
    """Keys of the quantities of text[start:end] with their places."""
    return {(round(m.value.value, 6), m.value.unit): (m.start, m.end) for m in quantities.find(text, start, end)}


def wanted(item: dict, track: str) -> set[tuple]:
    """Keys of what the gold item lists."""
    if track == "deadlines":
        return {_key(d) for d in item.get("deadlines", [])}
    return {(round(float(v), 6), unicodedata.normalize("NFKC", u)) for _, v, u in item.get("quantities", [])}


def run(root: Path, gold_path: Path, track: str, verbose: bool) -> tuple[int, int, int]:
    """Hits, misses and excess of one document."""
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    if track not in gold["tracks"] or "assigned" not in gold["tracks"]:
        return 0, 0, 0
    text = flow(Document(text=plain_text(root / gold["file"]))).text
    plain, at = squeezed(text)
    places = []
    for item in gold["obligations"]:
        where = plain.find(squeezed(item["anchor"])[0])
        places.append(at[where] if where >= 0 else -1)
    order = sorted(p for p in places if p >= 0)
    keys = deadline_keys if track == "deadlines" else quantity_keys
    everywhere = set().union(*(wanted(i, track) for i in gold["obligations"])) if gold["obligations"] else set()
    hits = misses = excess = 0
    for item, place in zip(gold["obligations"], places, strict=True):
        want = wanted(item, track)
        if place < 0:
            continue
        later = [p for p in order if p > place]
        stop = min(later[0] if later else len(text), place + REACH)
        line = text.rfind("\n", 0, place) + 1
        start = max([line, *[p for p in order if p < place and p >= line]]) if place - line < 400 else place
        seen = keys(text, start, stop, gold)
        closing = CLOSING.search(text, place, stop)
        sure = keys(text, start, closing.end(), gold) if closing else {}
        hits += len(want & set(seen))
        misses += len(want - set(seen))
        more = [k for k in sure if k not in want]
        excess += len(more)
        if verbose:
            for k in want - set(seen):
                print(f"  - {gold_path.stem} [{item['anchor'][:14]}] {k}")
            for k in more:
                a, b = sure[k]
                known = "(elsewhere) " if k in everywhere else ""
                print(
                    f"  + {gold_path.stem} [{item['anchor'][:14]}] {known}{k} …{text[max(0, a - 14) : a]}【{text[a:b]}】{text[b : b + 14]}…"
                )
    return hits, misses, excess


def main() -> None:
    """Run over all gold files and print the sums."""
    args = [a for a in sys.argv[1:] if a != "-v"]
    root = Path(args.pop(0))
    tracks = [a for a in args if a in ("deadlines", "quantities")] or ["deadlines", "quantities"]
    names = [a for a in args if a not in ("deadlines", "quantities")]
    for track in tracks:
        total = [0, 0, 0]
        for path in sorted((root / "gold").glob("*.json")):
            if not names or any(n in path.name for n in names):
                total = [a + b for a, b in zip(total, run(root, path, track, "-v" in sys.argv), strict=True)]
        print(f"{track}: found {total[0]}, missed {total[1]}, in excess {total[2]}")


if __name__ == "__main__":
    main()
