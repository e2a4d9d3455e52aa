"""What the READMEs show is what the program prints; ``UPDATE=1 pytest tests/test_readme.py`` rewrites it.

Blocks of ```console hold commands behind ``$ `` with their output, run by bash in the checkout; blocks of ```pycon
are run by doctest.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
CONSOLE = re.compile(r"(?<=^```console\n)(?P<body>.*?)(?=^```$)", re.M | re.S)
PYTHON = re.compile(r"^```pycon\n(?P<body>.*?)^```$", re.M | re.S)

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


def ran(body: str, folder: Path) -> str:
    """The block ``body`` with the outputs its commands have now, run in a checkout whose files they may add to."""
    out = []
    for line in body.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                ["bash", "-c", line[2:]],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
                check=False,
            )
            out += [line, *(row.rstrip() for row in done.stdout.rstrip("\n").splitlines())]
    return "\n".join(out) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with corpora/ and a command called policyparse."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    program = tmp_path / "policyparse"
    program.write_text(
        f"#!{sys.executable}\nfrom policyparse.cli import main\nmain(prog_name='policyparse')\n", encoding="utf-8"
    )
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_console(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    now = CONSOLE.sub(lambda block: ran(block["body"], folder), text)
    if os.environ.get("UPDATE"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_python(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = PYTHON.findall(path.read_text(encoding="utf-8"))
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, path.name, str(path), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert runner.run(test).failed == 0
