"""Whatever a notice says, every format can hold it and gives it back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from policyparse.exports import FORMATS, render
from policyparse.exports.base import clean
from policyparse.exports.report import report
from policyparse.model import Document, Notice
from tests.notices import sample

NOTICE, _ = sample()
QUIET = settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    [
        "=1+1",
        "]]>",
        "_x0041_",
        "\\n\\,;",
        "'=",
        "\x00\x0b",
        "a\r\nb",
        "\u202e反",
        "BEGIN:VEVENT\r\nEND:VCALENDAR",
        "&amp;",
    ]
)


def _with(text: str) -> Notice:
    first = NOTICE.obligations[0]
    party = first.parties[0].model_copy(update={"name": text, "text": text})
    deadline = first.deadlines[0].model_copy(update={"text": text})
    changed = first.model_copy(
        update={
            "heading": text,
            "text": text,
            "measures": (),
            "parties": (party,),
            "deadlines": (deadline,),
            "clause": (text,),
        }
    )
    return NOTICE.model_copy(update={"title": text, "obligations": (changed,), "issuers": (text,), "warnings": (text,)})


@QUIET
@given(TEXT)
@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"parquet"}))
def test_never_fails(form: str, text: str) -> None:
    assert render(_with(text), form)


@QUIET
@given(TEXT)
def test_report_never_fails(text: str) -> None:
    page = report((_with(text), Document(text=text + "。" * 200)))
    assert page.count("<script>") == 1 and page.count("</script>") == 1


@QUIET
@given(TEXT)
def test_read_back(text: str) -> None:
    notice, kept = _with(text), clean(text)
    head, row = csv.reader(io.StringIO(render(notice, "csv").decode("utf-8-sig"), newline=""))
    cell = row[head.index("重点任务")]
    assert cell in (kept, "'" + kept)
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(notice, "xlsx")))
    _, _, head, row = book.get_sheet_by_name("任务分解表").to_python(skip_empty_area=False)
    assert row[head.index("重点任务")] == kept
    calendar = Calendar.from_ical(render(notice, "ics"))
    (todo,) = calendar.walk("VTODO")
    assert str(todo["summary"]) == kept.replace("\n", "")
    (name,) = todo["categories"].cats
    assert str(name) == kept
