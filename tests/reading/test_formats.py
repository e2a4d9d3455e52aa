"""One notice in every format gives one register; so do real notices that came in two formats."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import policyparse
from policyparse.reading import ocr, office, read
from policyparse.text import flow

ROOT = Path(__file__).parent.parent.parent
Row = tuple[tuple[str, ...], str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]


def register(path: Path) -> list[Row]:
    """The obligations of a file: clause, heading, parties with roles, deadlines with kinds."""
    return [
        (
            o.clause,
            re.sub(r"\s", "", o.heading),
            tuple((p.name, p.role) for p in o.parties),
            tuple((d.kind, str(d.end or d.rrule or d.start)) for d in o.deadlines),
        )
        for o in policyparse.parse(read(path)).obligations
    ]


def skip_where_it_cannot_be_read(ending: str) -> None:
    if ending in ("doc", "rtf") and office.soffice() is None:
        pytest.skip("LibreOffice is not installed")
    if ending == "png" and ocr.missing():
        pytest.skip("the extra ocr (rapidocr, onnxruntime) is not installed")


@pytest.mark.parametrize("ending", ["html", "pdf", "ofd", "doc", "rtf"])
def test_our_notice_in_every_format(ending: str, corpora: Path) -> None:
    skip_where_it_cannot_be_read(ending)
    wanted = register(corpora / "formats" / "notice.docx")
    assert len(wanted) >= 7
    assert register(corpora / "formats" / f"notice.{ending}") == wanted


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_our_table_as_a_spreadsheet(ending: str, corpora: Path) -> None:
    """The spreadsheets hold the annexed table alone."""
    wanted = register(corpora / "formats" / "notice.docx")
    seen = register(corpora / "formats" / f"notice.{ending}")
    assert len(seen) == 4
    assert [row[1:] for row in seen] == [row[1:] for row in wanted[-4:]]


def test_our_notice_as_a_scan_of_its_first_page(corpora: Path) -> None:
    skip_where_it_cannot_be_read("png")
    wanted = register(corpora / "formats" / "notice.docx")
    assert register(corpora / "formats" / "notice.png")[:1] == wanted[:1]


def test_the_files_are_what_the_script_makes(corpora: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "corpora" / "make_formats.py"), str(tmp_path)], check=True, capture_output=True
    )
    for ending in ("docx", "html", "pdf", "ofd", "rtf"):  # the others depend on the versions of what makes them
        made, kept = tmp_path / f"notice.{ending}", corpora / "formats" / f"notice.{ending}"
        assert made.read_bytes() == kept.read_bytes(), f"run corpora/make_formats.py: {kept.name} is not what it makes"


# ── Real notices in two formats ───────────────────────────────────────────────────────────────────────

PAIRS = [("235", "236"), ("265", "266"), ("267", "268"), ("314", "315")]


def lines_of(docs: Path, number: str) -> list[str]:
    document = read(next(docs.glob(f"{number}_*")))
    return [bare for line in flow(document).text.split("\n") if (bare := re.sub(r"\s", "", line))]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_pairs_hold_the_same_characters(one: str, other: str, real_docs: Path) -> None:
    """Letters of the shorter reading that the other one holds in the same order; the rest is what the site adds."""
    from difflib import SequenceMatcher

    a, b = "".join(lines_of(real_docs, one)), "".join(lines_of(real_docs, other))
    same = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    assert same >= 0.985 * min(len(a), len(b))


@pytest.mark.parametrize(("one", "other", "share"), [("265", "266", 0.95), ("267", "268", 0.95)])
def test_pairs_hold_the_same_paragraphs(one: str, other: str, share: float, real_docs: Path) -> None:
    a, b = lines_of(real_docs, one), set(lines_of(real_docs, other))
    assert sum(line in b for line in a) >= share * len(a)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_pairs_give_the_same_register(one: str, other: str, real_docs: Path) -> None:
    a, b = (register(next(real_docs.glob(f"{n}_*"))) for n in (one, other))
    assert [row[2:] for row in a] == [row[2:] for row in b]
