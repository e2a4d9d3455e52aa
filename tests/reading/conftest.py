"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def real_docs() -> Path:
    """Folder of the benchmark's real notices; skips where it is not there."""
    for base in (ROOT.parent, ROOT.parent.parent):
        docs = base / "shared" / "benchmark" / "docs"
        if docs.is_dir():
            return docs
    pytest.skip("../shared/benchmark/docs is not there")


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of our own notices."""
    return ROOT / "corpora"
