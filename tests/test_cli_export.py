"""policyparse export and report from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policyparse.cli import main
from policyparse.exports import FORMATS

TEXT = """云泽市人民政府关于推进河湖治理的通知

各县人民政府：

一、重点任务
（一）推进河湖治理。2031年6月底前完成整治12处。（牵头单位：市水务局；责任单位：市财政局、各县政府）
（二）办理用地审批。自项目备案之日起3个月内办结。（牵头单位：市自然资源局）

云泽市人民政府
2031年1月15日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def _run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_by_its_ending(form: str, notice: Path, tmp_path: Path) -> None:
    out = tmp_path / ("out" + FORMATS[form].suffixes[0])
    result = _run("export", notice, "-o", out)
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 100
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", out.name])
    first = out.read_bytes()
    _run("export", notice, "--format", form, "-o", out)
    assert out.read_bytes() == first


def test_standard_output_and_unit(notice: Path) -> None:
    text = _run("export", notice, "--format", "csv").stdout
    assert "市水务局" in text and "市自然资源局" in text
    only = _run("export", notice, "--format", "csv", "--unit", "市财政局").stdout
    assert "推进河湖治理" in only and "用地审批" not in only


def test_triggers(notice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ics"
    assert _run("export", notice, "-o", out).exit_code == 0
    assert out.read_text("utf-8").count("BEGIN:VTODO") == 1
    result = _run("export", notice, "-o", out, "--trigger", "项目备案=2031-02-03", "--trigger", "开工=2031-02-03")
    assert result.exit_code == 0
    assert "DUE;TZID=Asia/Shanghai:20310503T235900" in out.read_text("utf-8")
    assert "'开工' fits no deadline; the events named are: 项目备案" in result.stderr
    wrong = _run("export", notice, "-o", out, "--trigger", "项目备案")
    assert wrong.exit_code == 2 and "write the event and its date" in wrong.stderr


def test_what_parse_wrote_can_be_exported(notice: Path, tmp_path: Path) -> None:
    for name, form in (("a.json", "json"), ("a.jsonl", "jsonl")):
        assert _run("parse", notice, "--format", form, "-o", tmp_path / name).exit_code == 0
        direct, again = (_run("export", source, "--format", "csv").stdout for source in (notice, tmp_path / name))
        assert direct == again
    (tmp_path / "b.json").write_text('{"a": 1}', "utf-8")
    result = _run("export", tmp_path / "b.json", "--format", "csv")
    assert result.exit_code == 2 and "not JSON as policyparse writes it" in result.stderr


def test_one_bad_file_does_not_stop_the_rest(notice: Path, tmp_path: Path) -> None:
    result = _run("export", tmp_path / "none.txt", notice, "-o", tmp_path / "out.json")
    assert result.exit_code == 2 and "none.txt" in result.stderr
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["obligations"]


def test_no_format_is_one_clear_sentence(notice: Path, tmp_path: Path) -> None:
    result = _run("export", notice)
    assert result.exit_code == 2 and "no format given" in result.stderr
    result = _run("export", notice, "-o", tmp_path / "none" / "a.csv")
    assert result.exit_code == 2 and "can't be written" in result.stderr


def test_report(notice: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert _run("report", notice, "-o", out, "--today", "2031-03-01").exit_code == 0
    page = out.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") and "本报告未运行检查" not in page and "今日" in page
    assert "本报告未运行检查" in _run("report", notice, "--no-check").stdout


def test_jobs_is_for_batches(notice: Path, tmp_path: Path) -> None:
    result = _run("parse", notice, "--jobs", "2")
    assert result.exit_code == 2 and "-o OUT.jsonl" in result.stderr
    (tmp_path / "in").mkdir()
    for name in ("x", "y"):
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "z.txt").write_text("", "utf-8")
    result = _run("parse", tmp_path / "in", "-o", tmp_path / "out.jsonl", "--jobs", "2")
    assert result.exit_code == 2
    assert "3 files, 4 obligations, 1 failure" in result.stderr and "z.txt" in result.stderr
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 2
