"""The listings in docs/exports.md are what the commands print; UPDATE=1 rewrites them."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from policyparse.cli import main

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "exports.md"
WIDTH = 160  # longer lines are cut and end in …


def _console(block: str) -> str:
    """A console block with what its command prints."""
    prompt = block.splitlines()[0]
    command, _, rest = prompt.removeprefix("$ policyparse ").partition(" | ")
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    lines = result.stdout.removeprefix("\ufeff").splitlines()
    if rest:
        tool, _, count = shlex.split(rest)
        lines = lines[: int(count)] if tool == "head" else lines[-int(count) :]
    return "\n".join([prompt, *(line if len(line) <= WIDTH else line[: WIDTH - 1] + "…" for line in lines)])


def _python(block: str) -> str:
    """A doctest block with what its statements show."""
    space: dict[str, object] = {}
    out = []
    for line in block.splitlines():
        if not line.startswith(">>> "):
            continue
        out.append(line)
        try:
            value = eval(line[4:], space)
        except SyntaxError:
            exec(line[4:], space)
        else:
            if value is not None:
                out.append(repr(value))
    return "\n".join(out)


def test_listings(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(ROOT)
    import spacy

    import policyparse.spacy  # noqa: F401 - registers the component where the package is not installed

    assert spacy.__version__
    page = PAGE.read_text("utf-8")

    def fresh(match: re.Match[str]) -> str:
        kind, block = match[1], match[2]
        if kind == "console":
            return f"```console\n{_console(block)}\n```"
        return f"```python\n{_python(block)}\n```" if block.startswith(">>> ") else match[0]

    made = re.sub(r"```(console|python)\n(.*?)\n```", fresh, page, flags=re.DOTALL)
    if os.environ.get("UPDATE"):
        PAGE.write_text(made, "utf-8")
    assert made == PAGE.read_text("utf-8")


def test_pictures_are_there() -> None:
    names = re.findall(r"\((pictures/[^)]+)\)", PAGE.read_text("utf-8"))
    assert names and all((PAGE.parent / name).is_file() for name in names)
