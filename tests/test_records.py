"""Records and models: the same fields, the same defaults, the same JSON."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from policyparse import model, notice, reading, records
from policyparse.context import Context

ROOT = Path(__file__).parent.parent
NAMES = [name for name, each in vars(records).items() if inspect.isclass(each) and issubclass(each, records.Record)][1:]


def test_every_record_has_its_model() -> None:
    assert len(NAMES) == 16


@pytest.mark.parametrize("name", NAMES)
def test_fields_are_those_of_the_model(name: str) -> None:
    ours, theirs = getattr(records, name), getattr(model, name)
    hints = {field: str(hint).replace("policyparse.records", "X") for field, hint in get_type_hints(ours).items()}
    hints = {field: hint for field, hint in hints.items() if "ClassVar" not in hint}
    expected = {field: str(hint).replace("policyparse.model", "X") for field, hint in get_type_hints(theirs).items()}
    assert hints == {field: expected[field] for field in theirs.model_fields}
    for field, info in theirs.model_fields.items():
        given = vars(ours).get(field)
        default = None if info.is_required() or info.default_factory else info.default
        assert given == default or field == "source", field


@pytest.mark.parametrize("path", sorted((ROOT / "corpora").glob("*.txt")), ids=lambda p: p.stem)
@pytest.mark.parametrize("indent", [None, 2])
def test_records_write_the_json_of_the_model(path: Path, indent: int | None) -> None:
    document = reading.read_record(path)
    found = notice.read(document, Context())
    assert found.model_dump_json(indent=indent) == model.Notice.model_validate(found.plain()).model_dump_json(
        indent=indent
    )
    assert document.model_dump_json() == reading.read(path).model_dump_json()


def test_what_was_not_given_counts_as_not_set() -> None:
    record = records.Party(name="甲局", text="甲局", role="lead", basis="stated", span=(0, 2))
    found = model.Party.model_validate(record.plain())
    assert found.model_fields_set == {"name", "text", "role", "basis", "span"}
    assert json.loads(record.model_dump_json()) == found.model_dump(mode="json")


def test_a_number_without_end_is_null() -> None:
    text = f"一、供水\n建设管网{'9' * 400}公里。（责任单位：青石市水务局）"
    found = notice.read(records.Document(text=text), Context())
    assert '"value":null' in found.model_dump_json()
    assert found.model_dump_json() == model.Notice.model_validate(found.plain()).model_dump_json()


def test_the_command_line_parses_without_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from policyparse.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print([m for m in sys.modules if m.startswith('pydantic')])"
    )
    notices = [str(ROOT / "corpora" / "lead_first.txt"), "-o", str(tmp_path / "one.json")]
    done = subprocess.run([sys.executable, "-c", code, "parse", *notices], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
