"""Where the shared notices are, if they are here at all: a folder ``shared`` beside the repository or above it."""

from __future__ import annotations

from pathlib import Path

SHARED = next(
    (folder / "shared" for folder in Path(__file__).resolve().parents[2:] if (folder / "shared").is_dir()), None
)
_SEED = SHARED / "seeds" / "003_cfc934598c170a1e.txt" if SHARED else None
SEED = _SEED if _SEED and _SEED.is_file() else None
