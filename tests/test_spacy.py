"""The spaCy component, in this process and found by its entry point in an installed package."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from policyparse.api import parse_text  # noqa: E402
from policyparse.spacy import COLORS  # noqa: E402

TEXT = """云泽市人民政府关于推进河湖治理的通知

各县人民政府：

一、重点任务
（一）推进河湖治理。2031年6月底前完成整治12处。（牵头单位：市水务局；责任单位：市财政局、
各县〈市、区〉政府）
（二）抓好资金管理。每月25日前报送进度，投入500万元。（牵头单位：市财政局）

云泽市人民政府
2031年1月15日
"""


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_notice_and_exact_offsets(segmenter: str) -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("policyparse")
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert doc._.notice == parse_text(TEXT)
    assert doc._.notice.obligations
    expected = {(p.span, p.role.upper(), o.id) for o in doc._.notice.obligations for p in o.parties} | {
        (d.span, "DEADLINE", o.id) for o in doc._.notice.obligations for d in o.deadlines
    }
    found = {(s._.exact, s.label_, s._.obligation) for s in doc.spans["policyparse"]}
    assert expected and expected <= found
    for span in doc.spans["policyparse"]:
        start, end = span._.exact
        assert span.start_char <= start < end <= span.end_char
        assert doc.text[start:end] in span.text
        if segmenter == "char":
            assert (span.start_char, span.end_char) == (start, end)
    assert [s._.obligation for s in doc.spans["policyparse_obligations"]] == [o.id for o in doc._.notice.obligations]


def test_docs_serialise_and_travel_between_processes() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policyparse", config={"today": "2031-01-15"})
    docs = list(nlp.pipe([TEXT, "没有任务。", TEXT], n_process=2))
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(docs[0].to_bytes())
    here = nlp(TEXT)
    for doc in (docs[0], docs[2], again):
        assert doc._.notice == here._.notice
        assert [s._.exact for s in doc.spans["policyparse"]] == [s._.exact for s in here.spans["policyparse"]]
    assert docs[1]._.notice.obligations == ()


def test_displacy_draws_the_spans() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policyparse")
    html = spacy.displacy.render(
        nlp(TEXT), style="span", page=False, jupyter=False, options={"spans_key": "policyparse", "colors": COLORS}
    )
    assert "LEAD" in html and COLORS["LEAD"] in html


def test_every_label_has_a_colour() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policyparse")
    doc = nlp(TEXT)
    assert {span.label_ for span in doc.spans["policyparse"]} <= set(COLORS)


def test_entry_points() -> None:
    names = {point.value for point in entry_points(name="policyparse") if point.group.startswith("spacy")}
    if not names:
        pytest.skip("policyparse is not installed; entry points are read from installed packages only")
    assert names == {"policyparse.spacy:create", "policyparse.spacy:COLORS"}
    assert Path(__file__).exists() and "policyparse" in spacy.registry.factories.get_all()
