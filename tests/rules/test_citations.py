"""Citations of invented notices: what counts as one, and its relation."""

from __future__ import annotations

import pytest

from policyparse.rules import citations
from policyparse.text import fold


def read(text: str, own: tuple[str, ...] = (), number: str | None = None) -> list[tuple[str | None, str | None, str]]:
    folded = fold(text)
    opening = citations.opening(folded, 0, len(folded))
    found = citations.read(folded, text, [opening], own, number)
    return [(one.title, one.number, one.relation) for one in found]


CASES: list[tuple[str, str, list[tuple[str | None, str | None, str]]]] = [
    (
        "basis, several in one sentence",
        "根据《河湾省雨水利用条例》、《河湾省人民政府关于印发〈节水方案〉的通知》（河政发〔2023〕1号）和《青石市节水办法》精神，制定本方案。\n一、总体要求",
        [
            ("河湾省雨水利用条例", None, "basis"),
            ("河湾省人民政府关于印发〈节水方案〉的通知", "河政发〔2023〕1号", "basis"),
            ("青石市节水办法", None, "basis"),
        ],
    ),
    (
        "inside an item it is a mention",
        "一、总体要求\n按照《河湾省雨水利用条例》推进。",
        [("河湾省雨水利用条例", None, "mentions")],
    ),
    (
        "what was done before is no basis",
        "近年来，各地认真贯彻落实《河湾省雨水利用条例》，取得成效。\n一、总体要求",
        [("河湾省雨水利用条例", None, "mentions")],
    ),
    (
        "repealed",
        "一、附则\n《青石市节水办法》（青政发〔2010〕3号）、《青石市用水办法》同时废止。",
        [("青石市节水办法", "青政发〔2010〕3号", "repeals"), ("青石市用水办法", None, "repeals")],
    ),
    (
        "forwarded",
        "现将《河湾省水利厅关于开展检查的通知》（河水〔2021〕5号）转发给你们，请遵照执行。",
        [("河湾省水利厅关于开展检查的通知", "河水〔2021〕5号", "forwards")],
    ),
    (
        "short names and generic words are none",
        "为落实《青石市雨水利用三年行动方案》（以下简称《行动方案》），制定本细则。\n一、要求\n《行动方案》和《细则》要落实到位。",
        [("青石市雨水利用三年行动方案", None, "basis")],
    ),
    (
        "number alone, once",
        "根据河政发〔2023〕1号文件，现通知如下。\n一、要求\n落实河政发〔2023〕1号。",
        [(None, "河政发〔2023〕1号", "basis")],
    ),
    (
        "publications and annexes are none",
        "一、要求\n在《青石日报》和《清泉》杂志刊登，填写《节水统计表》（附件1）。",
        [],
    ),
    (
        "the first article of a regulation",
        "第一条 为了加强管理，根据《河湾省雨水利用条例》，制定本办法。第二条 本办法适用于全市。",
        [("河湾省雨水利用条例", None, "basis")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_citations(text: str, wanted: list[tuple[str | None, str | None, str]]) -> None:
    assert read(text) == wanted


def test_enclosed_documents_are_none_unless_issued_before() -> None:
    text = "现将《青石市节水方案》印发给你们。2015年印发的《青石市节水方案》同时废止。"
    assert read(text, own=("青石市节水方案",)) == [("青石市节水方案", None, "repeals")]
    assert read("现将《青石市节水方案》印发给你们。", own=("青石市节水方案",)) == []


def test_own_number_is_none() -> None:
    assert read("青石市人民政府办公室文件青政办发〔2023〕7号", number="青政办发〔2023〕7号") == []
