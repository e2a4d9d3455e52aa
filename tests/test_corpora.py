"""The notices of corpora/ against their golden files; ``UPDATE=1 pytest tests/test_corpora.py`` rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import policyparse
from tests import golden

CORPORA = Path(__file__).parent.parent / "corpora"
GOLDEN = sorted(CORPORA.glob("*.golden"))


def source(path: Path) -> Path:
    """The notice that belongs to a golden file."""
    return next(p for p in CORPORA.glob(f"{path.stem}.*") if p.suffix in (".txt", ".md"))


def test_there_are_enough() -> None:
    assert len(GOLDEN) >= 8


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden(path: Path) -> None:
    document = policyparse.read(source(path))
    seen = golden.render(document, policyparse.parse(document))
    if os.environ.get("UPDATE"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden_holds_the_notice(path: Path) -> None:
    text = source(path).read_text(encoding="utf-8")
    assert golden.plain(path.read_text(encoding="utf-8")) == text


def test_a_notice_without_obligations_says_so() -> None:
    notice = policyparse.parse(CORPORA / "no_obligations.txt")
    assert notice.obligations == ()
    assert notice.warnings
