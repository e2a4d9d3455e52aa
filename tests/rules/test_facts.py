"""Facts of invented news pieces and reports."""

from __future__ import annotations

from functools import partial

from policyparse.model import Document, Fact
from policyparse.rules import facts, quantities
from policyparse.text import flow


def read(text: str) -> list[Fact]:
    return facts.read(flow(Document(text=text)), partial(quantities.find, facts=True))


def test_numbers_and_times() -> None:
    found = read("2023年，青石区共拨付资金1.7亿元，建成雨水花园16个。“住得放心了。”居民说。下一步，将建成20个。")
    assert len(found) == 1
    assert found[0].when == "2023年"
    assert [(q.value, q.unit) for q in found[0].quantities] == [(170000000.0, "元"), (16.0, "个")]


def test_what_was_done_at_a_time_is_a_fact_without_numbers() -> None:
    (fact,) = read("今年2月，青石区召开现场推进会。")
    assert (fact.when, fact.quantities) == ("今年2月", ())


def test_parts_on_the_time_to_come_are_left_out() -> None:
    found = read(
        "一、2024年工作回顾\n全年新增绿地30万平方米。\n二、2025年重点工作\n新增绿地50万平方米。\n三、自身建设\n办结建议300件。"
    )
    assert [q.value for fact in found for q in fact.quantities] == [300000.0]


def test_in_a_look_back_estimates_and_efforts_are_told_as_done() -> None:
    found = read("一、2024年工作回顾\n预计生产总值增长5.2%，争取资金20亿元。\n二、2025年重点工作\n争取资金30亿元。")
    assert [q.value for fact in found for q in fact.quantities] == [5.2, 2000000000.0]
    assert read("预计生产总值增长5.2%。") == []


def test_spans_quote_the_document() -> None:
    document = Document(text="目前，青石区已建成雨水花园１６个。")
    (fact,) = read(document.text)
    start, end = fact.quantities[0].span
    assert document.text[start:end] == fact.quantities[0].text == "１６个"
