"""schemas/ says what the models say, and what the program writes validates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import policyparse
from policyparse.cli import schema

ROOT = Path(__file__).parent.parent
NOTICES = sorted(p for p in (ROOT / "corpora").iterdir() if p.suffix in (".txt", ".md"))


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema.schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", schema.NAMES)
def test_files_equal_the_models(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema.text(name), "run: make schemas"


@pytest.mark.parametrize("name", schema.NAMES)
def test_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema.schema(name))


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.stem)
def test_output_validates(path: Path) -> None:
    document = policyparse.read(path)
    validator("document").validate(json.loads(document.model_dump_json()))
    validator("notice").validate(json.loads(policyparse.parse(document).model_dump_json()))


def test_what_is_no_notice_does_not_validate() -> None:
    notice = json.loads(policyparse.parse(NOTICES[0]).model_dump_json())
    for broken in ({**notice, "kind": "poem"}, {**notice, "extra": 1}, {k: v for k, v in notice.items() if k != "id"}):
        assert list(validator("notice").iter_errors(broken))
