"""xlsx, docx, csv, markdown, json, jsonl, parquet: read back with another library, everything is there."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from policyparse.errors import PolicyParseError
from policyparse.exports import FORMATS, export, render
from policyparse.exports.base import Options, clause_path, clean, register
from policyparse.exports.csv import guard
from policyparse.model import Notice
from tests.notices import DEADLINES, NASTY, sample

NOTICE, DOCUMENT = sample()


def _everything(notice: Notice) -> list[tuple[str, ...]]:
    """What each obligation must show somewhere in its row: heading, parties, deadlines as printed, numbers."""
    return [
        tuple(
            clean(value)
            for value in (
                obligation.heading,
                *(party.name for party in obligation.parties),
                *(deadline.text for deadline in obligation.deadlines),
                *(quantity.text for quantity in obligation.quantities),
            )
        )
        for obligation in notice.obligations
    ]


def _assert_all_there(rows: list[str]) -> None:
    expected = _everything(NOTICE)
    assert len(rows) == len(expected)
    for row, values in zip(rows, expected, strict=True):
        for value in values:
            assert value in row


def test_xlsx_read_back_with_calamine() -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(render(NOTICE, "xlsx")))
    assert book.sheet_names == ["任务分解表", "按单位", "检查与提示"]
    title, note, head, *rows = book.get_sheet_by_name("任务分解表").to_python(skip_empty_area=False)
    assert title[0] == "《云泽市关于推进<示例>工程的通知》任务分解表"
    assert "云政发〔2031〕7号" in note[0] and "2031年1月15日" in note[0]
    asked = "序号 条款 重点任务 具体举措 牵头单位 责任单位 配合单位 完成时限 量化目标 报送对象 来源".split()
    assert [name for name in head if name in asked] == asked
    assert {"督导单位", "责任人"} <= set(head)  # there only where somebody has that role
    _assert_all_there(["\0".join(map(str, row)) for row in rows])
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    units = book.get_sheet_by_name("按单位").to_python()[3:]
    assert [row[0] for row in units].count("市河湖局") == len(NOTICE.obligations)
    assert {row[1] for row in units} == {"牵头", "责任", "配合", "督导"}
    found = book.get_sheet_by_name("检查与提示").to_python()
    assert any("第三页有一处表格未能读出" in cell for row in found for cell in row)


def test_xlsx_texts_stay_texts() -> None:
    with zipfile.ZipFile(io.BytesIO(render(NOTICE, "xlsx"))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        workbook = book.read("xl/workbook.xml").decode()
    assert len(sheets) == 3
    for sheet in sheets:
        assert "<f>" not in sheet and "<hyperlink" not in sheet
        assert 'state="frozen"' in sheet and "<autoFilter" in sheet
        assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert workbook.count("Print_Titles") == 3


def test_xlsx_cuts_what_no_cell_holds() -> None:
    long = NOTICE.obligations[0].model_copy(update={"measures": (), "text": "𠀀长" * 20000})
    data = render(NOTICE.model_copy(update={"obligations": (long,)}), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    longest = max(strings, key=len)
    assert len(longest.encode("utf-16-le")) // 2 <= 32767
    assert longest.endswith("余文见原文）")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_libreoffice_opens_it(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    export(NOTICE, tmp_path / f"register.{form}")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    target = "csv" if form == "xlsx" else "txt:Text (encoded):UTF8"
    if form == "xlsx":
        target = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path), f"register.{form}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    (converted,) = [path for path in tmp_path.glob("register.*") if path.suffix in (".csv", ".txt")]
    text = converted.read_text("utf-8-sig")
    for values in _everything(NOTICE):
        for value in values:
            assert value.replace('"', '""') in text or value in text


def test_docx_read_back_with_lxml() -> None:
    from lxml import etree

    data = render(NOTICE, "docx")
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        root = etree.fromstring(archive.read("word/document.xml"))
    rows = root.findall(f".//{w}tr")
    assert rows[0].find(f"{w}trPr/{w}tblHeader") is not None
    size = root.find(f".//{w}pgSz")
    assert size is not None and size.get(f"{w}orient") == "landscape"

    def text(row: object) -> str:
        parts = row.iter(f"{w}t", f"{w}br")  # type: ignore[attr-defined]
        return "".join("\n" if part.tag.endswith("br") else part.text or "" for part in parts)

    _assert_all_there([text(row) for row in rows[1:]])


def test_csv_read_back_and_safe() -> None:
    data = render(NOTICE, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[0] == "序号"
    for cell in (cell for row in rows for cell in row):
        assert not cell or cell[0] not in "=+-@\t\r＝＋－＠"
    column = head.index("重点任务")
    read = [re.sub(r"^'(?='*[=+\-@\t\r＝＋－＠])", "", row[column]) for row in rows]
    assert read == [clean(o.heading) for o in NOTICE.obligations]
    _assert_all_there(["\0".join(row) for row in rows])


@pytest.mark.parametrize("text", ["=1", "'=1", "''+1", "-", "@a", "＝1", "\t=1"])
def test_guard_can_be_taken_off(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "一", "'引用", "1-2", "（=1）"])
def test_guard_leaves_plain_text(text: str) -> None:
    assert guard(text) == text


def test_markdown_has_one_line_a_row() -> None:
    text = render(NOTICE, "markdown").decode()
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == len(NOTICE.obligations) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {len(re.findall(r"\|", table[1]))}
    assert "<script" not in text and "&lt;script&gt;" in text


def test_json_and_jsonl_give_the_models_back() -> None:
    other = NOTICE.model_copy(update={"id": "n2"})
    assert Notice.model_validate_json(render(NOTICE, "json")) == NOTICE
    assert [Notice.model_validate(one) for one in json.loads(render([NOTICE, other], "json"))] == [NOTICE, other]
    lines = render([NOTICE, other], "jsonl").decode().splitlines()
    assert [Notice.model_validate_json(line) for line in lines] == [NOTICE, other]


def test_parquet_read_back() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    rows = pq.read_table(io.BytesIO(render(NOTICE, "parquet"))).to_pylist()
    assert [row["id"] for row in rows] == [o.id for o in NOTICE.obligations]
    for row, obligation in zip(rows, NOTICE.obligations, strict=True):
        assert row["heading"] == obligation.heading and tuple(row["clause"]) == obligation.clause
        assert [(p["name"], p["role"]) for p in row["parties"]] == [(p.name, p.role) for p in obligation.parties]
        assert [(d["text"], d["start"], d["end"]) for d in row["deadlines"]] == [
            (d.text, d.start, d.end) for d in obligation.deadlines
        ]
        assert [(q["value"], q["unit"]) for q in row["quantities"]] == [
            (q.value, q.unit) for q in obligation.quantities
        ]


def test_several_notices_share_a_table_that_names_each() -> None:
    other = NOTICE.model_copy(update={"id": "n2", "title": "另一份通知"})
    table = register([NOTICE, other], Options())
    assert [column.title for column in table.columns][:2] == ["序号", "文件"]
    assert {row[1] for row in table.rows} == {NOTICE.title, "另一份通知"}
    assert [row[0] for row in table.rows] == [str(i + 1) for i in range(2 * len(NOTICE.obligations))]


def test_deadlines_in_words_and_dates() -> None:
    words = {deadline.text: row for deadline, row in zip(DEADLINES_READ, WORDS, strict=True)}
    assert words["2031年11月1日前"] == "2031年11月1日前"
    assert words["年底前"] == "年底前（2031年12月31日）"
    assert words["2031年6月至12月"] == "2031年6月至12月（2031年6月1日至2031年12月31日）"
    assert words["自贷款审批同意之日起3个月内"] == "自贷款审批同意之日起3个月内"
    assert words["每月25日前"] == "每月25日前"
    assert words["截至2031年3月31日"] == "统计口径：截至2031年3月31日"


_TABLE = register([NOTICE], Options())
_COLUMN = [column.title for column in _TABLE.columns].index("完成时限")
DEADLINES_READ = [o.deadlines[0] for o in NOTICE.obligations[: len(DEADLINES)]]
WORDS = [row[_COLUMN] for row in _TABLE.rows[: len(DEADLINES)]]


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("二", "（一）", "1"), "二（一）1"),
        (("三", "1"), "三、1"),
        (("第一章", "第二条"), "第一章第二条"),
        (("二", "(一)", "1", "①"), "二(一)1、①"),
        ((), ""),
    ],
)
def test_clause_as_cited(labels: tuple[str, ...], shown: str) -> None:
    assert clause_path(labels) == shown


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_same_notice_same_bytes(form: str) -> None:
    assert render(NOTICE, form) == render(NOTICE, form)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_notice_without_obligations_is_no_error(form: str) -> None:
    assert render(Notice(id="empty"), form) or form == "markdown"


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(PolicyParseError, match="can't be written"):
        export(NOTICE, tmp_path / "missing" / "a.csv")
    with pytest.raises(PolicyParseError, match="no format given"):
        export(NOTICE, tmp_path / "a.xyz")
    with pytest.raises(PolicyParseError, match="not known"):
        export(NOTICE, tmp_path / "a", "xyz")
    export(NOTICE, tmp_path / "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_nasty_texts_are_really_in_the_sample() -> None:
    assert {o.heading for o in NOTICE.obligations} >= set(NASTY)
    for obligation in NOTICE.obligations:
        for party in obligation.parties:
            assert DOCUMENT.text[slice(*party.span)] == party.text
