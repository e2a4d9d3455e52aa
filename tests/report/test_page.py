"""The page without a browser: what is in it, what is escaped, and that nothing but its own script may run."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from policyparse.context import Context
from policyparse.errors import PolicyParseError
from policyparse.exports.report import report
from policyparse.exports.report.source import Mark, lines
from policyparse.model import Block, Document, Finding, Notice, Related
from tests.notices import sample

NOTICE, DOCUMENT = sample()
RELATED = NOTICE.obligations[1].parties[0].span
FINDING = Finding(
    code="OBL002",
    slug="no-lead",
    severity="warning",
    message="二（一）1 没有牵头单位<b>",
    notice="n1",
    obligation="n1-001",
    span=NOTICE.obligations[0].span,
    related=(Related(notice="n1", span=RELATED, text="市河湖局"), Related(notice="n9", span=(0, 1), text="别处")),
)
PAGE = report((NOTICE, DOCUMENT), findings=[FINDING], context=Context(today=dt.date(2031, 5, 1)))
TREE = html.document_fromstring(PAGE)


def test_policy_allows_this_style_and_script_only() -> None:
    (policy,) = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    for tag in ("style", "script"):
        (element,) = re.findall(f"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(element.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not TREE.xpath("//@style | //@*[starts-with(name(), 'on')]")
    assert not TREE.xpath("//link | //img | //iframe | //object | //*[@src]")
    assert all(link.startswith("#") for link in TREE.xpath("//@href"))


def test_texts_are_escaped() -> None:
    assert len(TREE.xpath("//script")) == 1
    assert "<script>document" not in PAGE and "</script><img" not in PAGE and "49" not in TREE.xpath("string(//h1)")
    headings = [th.text_content().strip() for th in TREE.xpath("//tbody//th")]
    assert "<script>document.title='坏'</script>" in headings
    assert "{{ 7 * 7 }}{% raw %}" in headings


def test_every_obligation_party_and_date_is_there_and_linked() -> None:
    rows = TREE.xpath("//tbody/tr")
    assert len(rows) == len(NOTICE.obligations)
    ids = set(TREE.xpath("//@id"))
    assert len(ids) == len(TREE.xpath("//@id"))  # no id twice
    for row, obligation in zip(rows, NOTICE.obligations, strict=True):
        chips = [(a.get("data-kind"), a.text_content(), a.get("href")) for a in row.xpath(".//a[@data-kind]")]
        for party in obligation.parties:
            assert (party.role, party.name, f"#n0c{party.span[0]}") in chips
        for deadline in obligation.deadlines:
            assert any(kind == "deadline" and deadline.text in text for kind, text, _ in chips)
        assert {href[1:] for _, _, href in chips} <= ids
    assert {link[1:] for link in TREE.xpath("//@href")} <= ids


def test_source_text_is_whole() -> None:
    (text,) = TREE.xpath("//section[@class='source']//div[contains(@class, 'text')]")
    shown = "".join(
        "".join(node for node in p.xpath(".//text()[not(ancestor::a[@class='back'])]")) for p in text.xpath(".//p")
    )
    kept = re.sub("[\x00-\x08\x0b-\x1f]", "", DOCUMENT.text)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", kept)


def test_marks_hold_the_words_that_were_read() -> None:
    for obligation in NOTICE.obligations[:12]:
        for thing in (*obligation.parties, *obligation.deadlines, *obligation.quantities):
            (mark,) = TREE.xpath(f"//mark[@id='n0c{thing.span[0]}']")
            assert mark.text_content() == thing.text


def test_findings_are_linked_to_their_words() -> None:
    (item,) = TREE.xpath("//ul[@class='problems']/li[@class='warning']")
    assert "OBL002" in item.text_content() and "没有牵头单位<b>" in item.text_content()
    assert item.xpath(".//a/@href") == ["#n0s1", f"#n0c{RELATED[0]}"]  # a whole obligation, and some words
    assert "第三页有一处表格未能读出" in TREE.xpath("string(//ul[@class='problems'])")


def test_drawings() -> None:
    graph, time = TREE.xpath("//div[contains(@class, 'drawing')]/svg")
    assert len(graph.xpath(".//a[contains(@class, 'unit')]")) == 7
    assert len(graph.xpath(".//a[@class='task']")) == len(NOTICE.obligations)
    entries = time.xpath(".//a[contains(@class, 'entry')]")
    dated = [d for o in NOTICE.obligations for d in o.deadlines if d.kind in ("due", "period", "start", "recurring")]
    assert len(entries) == len(dated)
    assert "今日" in time.text_content()
    open_ones = [d for o in NOTICE.obligations for d in o.deadlines if d.kind in ("within", "ahead", "ongoing")]
    assert len(TREE.xpath("//ul[@class='undated']/li")) == len(open_ones)
    with_dates = report((NOTICE, DOCUMENT), triggers={"贷款审批同意": dt.date(2031, 3, 1)})
    assert with_dates.count('class="entry within"') == 11


def test_accessible_names() -> None:
    assert TREE.get("lang") == "zh-CN"
    for tab in TREE.xpath("//*[@role='tab']"):
        (panel,) = TREE.xpath(f"//*[@id='{tab.get('aria-controls')}']")
        assert panel.get("aria-labelledby") == tab.get("id")
    for field in TREE.xpath("//select | //input"):
        assert field.xpath("ancestor::label")
    assert TREE.xpath("//table/caption") and all(th.get("scope") for th in TREE.xpath("//table//th"))
    assert TREE.xpath("//*[@role='status'][@aria-live]")


def test_same_notice_same_bytes_and_no_document_needed_but_text() -> None:
    assert report((NOTICE, DOCUMENT)) == report((NOTICE, DOCUMENT))
    assert "没有列明单位的任务" in report((Notice(id="empty"), Document(text="")))


def test_several_notices_have_ids_of_their_own() -> None:
    tree = html.document_fromstring(report([(NOTICE, DOCUMENT), (NOTICE.model_copy(update={"id": "n2"}), DOCUMENT)]))
    assert len(tree.xpath("//article")) == 2
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))


def test_from_paths_and_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("关于<b>某事</b>的通知\n一、推进整治。（牵头单位：市水务局）\n", "utf-8")
    page = report(tmp_path / "a.txt", tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text("utf-8") == page and "&lt;b&gt;某事" in page
    with pytest.raises(PolicyParseError):
        report(tmp_path / "none.txt")


def test_spans_that_overlap_nest_and_cross_lines() -> None:
    document = Document(text="甲乙丙\n\n丁戊己\n庚", blocks=(Block(span=(0, 4), page=1), Block(span=(5, 9), page=2)))
    found = lines(
        document,
        [(0, 7), (5, 10)],
        [Mark((1, 6), "lead"), Mark((2, 7), "deadline"), Mark((3, 5), "x"), Mark((90, 95), "y")],
    )
    assert [line.page for line in found] == [1, 2, None]
    text = "\n".join("".join(piece.text for run in line.runs for piece in run.pieces) for line in found)
    assert text == "甲乙丙\n丁戊己\n庚"
    pieces = [(piece.text, piece.kinds, piece.at) for line in found for run in line.runs for piece in run.pieces]
    assert pieces[:3] == [("甲", "", None), ("乙", "lead", 1), ("丙", "deadline lead", 2)]
    assert [run.numbers for line in found for run in line.runs] == [(1,), (1, 2), (2,), (2,)]
    assert [run.first for line in found for run in line.runs] == [(1,), (2,), (), ()]
