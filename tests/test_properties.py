"""What holds for every text: parse never raises, spans quote what they claim, same input gives the same bytes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policyparse
from policyparse.model import Document
from tests import spans

ROOT = Path(__file__).parent.parent
CORPORA = sorted(p for p in (ROOT / "corpora").iterdir() if p.suffix in (".txt", ".md"))
SHARED = next((p for p in (ROOT.parent / "shared", ROOT.parent.parent / "shared") if p.is_dir()), None)
REAL = sorted((SHARED / "benchmark" / "docs").glob("*.txt")) if SHARED else []
QUIET = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = (
    *(
        "一、",
        "（一）",
        "1.",
        "1．",
        "（1）",
        "①",
        "第一章",
        "第三条",
        "附件1",
        "# ",
        "\n",
        "\n\n",
        "　　",
        "－1－\n",
        "\r\n",
        "\t",
        "\u3000",
    ),
    *(
        "（责任单位：",
        "牵头单位：",
        "配合单位:",
        "（",
        "）",
        "〔",
        "］",
        "【",
        "〈",
        "、",
        "，",
        "；",
        "。",
        "：",
        "《",
        "》",
        "“",
        "”",
    ),
    *(
        "市发展改革委",
        "区财政局",
        "各镇〈街道、开发区〉",
        "各县（市、区）政府",
        "教育局",
        "等部门",
        "县政府",
        "领导小组",
        "工作专班",
    ),
    *(
        "牵头",
        "负责",
        "配合",
        "会同",
        "由",
        "列第一位的为牵头单位，下同",
        "以下均需各市政府落实，不再列出",
        "以下简称",
        "按职责分工负责",
    ),
    *(
        "2025年6月底前",
        "年底前",
        "每月25日前",
        "3个月内",
        "提前6个月",
        "自2024年起",
        "2月30日",
        "99999年",
        "第一时间",
        "长期坚持",
    ),
    *("500万元", "30%", "10余个", "三成", "2万平方米", "百亿", "1.2.3", "０", "零", "负", "3:7"),
    *(
        "云政发〔2024〕25号",
        "关于",
        "的通知",
        "云岭市人民政府",
        "2024年9月26日",
        "抄送：",
        "不得",
        "报备案",
        "成立",
        "任组长",
        "设在",
    ),
    *("请", "各区县", "10月底前，", "要", "工作要求", "报送", "市甲局将会同", "联席会议办公室"),
)
fragments = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join)


@st.composite
def shuffled(draw: st.DrawFn) -> str:
    """A notice of ours with lines cut, dropped, doubled and moved."""
    lines = draw(st.sampled_from(CORPORA)).read_text(encoding="utf-8").splitlines(keepends=True)
    order = draw(st.lists(st.integers(0, len(lines) - 1), max_size=40))
    cut = draw(st.integers(0, 40))
    return "".join(lines[i][cut:] if i % 3 == 0 else lines[i] for i in order)


def check(document: Document) -> None:
    notice = policyparse.parse(document)
    assert spans.wrong(document, notice) == []
    assert policyparse.parse(document).model_dump_json() == notice.model_dump_json()


@settings(QUIET, max_examples=300)
@given(fragments)
def test_fragments(text: str) -> None:
    check(Document(text=text))


@settings(QUIET, max_examples=150)
@given(shuffled())
def test_shuffled_notices(text: str) -> None:
    check(Document(text=text))


@settings(QUIET, max_examples=100)
@given(st.text())
def test_any_text(text: str) -> None:
    check(Document(text=text))


@pytest.mark.parametrize("path", CORPORA, ids=lambda p: p.stem)
def test_corpora(path: Path) -> None:
    check(policyparse.read(path))


@pytest.mark.skipif(not REAL, reason="../shared/benchmark/docs is not here")
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.stem[:3])
def test_real_notices(path: Path) -> None:
    check(policyparse.read(path))


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_catastrophe(piece: str) -> None:
    """12,000 characters of the same piece take no time worth mentioning (a quadratic pattern would need many seconds)."""
    text = piece * (12_000 // len(piece))
    begin = time.process_time()
    policyparse.parse(Document(text=text))
    assert time.process_time() - begin < 1.5


@pytest.mark.parametrize("said", ["请各区县在,", "由市局负责", "由市局会同乙,", "由市教育局牵头,"])
def test_no_catastrophe_in_one_sentence(said: str) -> None:
    begin = time.process_time()
    policyparse.parse(Document(text="关于做好工作的通知\n一、" + said * 1500))
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    "text", ["。请", "关于做好工作的通知\n一、任务\n（一）要求\n各区县10月底前，", "一、工作要求", "\ud800"]
)
def test_cut_off(text: str) -> None:
    policyparse.parse(Document(text=text))


def test_time_is_linear() -> None:
    """20 times the text takes at most 22 times as long: the best of several measurements, in processor time."""
    once = "\n".join(p.read_text(encoding="utf-8") for p in CORPORA)
    short, long = Document(text=once), Document(text="\n".join([once] * 20))
    policyparse.parse(short)
    best = {"short": float("inf"), "long": float("inf")}
    for _ in range(6):
        for name, document, times in (("short", short, 20), ("long", long, 1)):
            begin = time.process_time()
            for _ in range(times):
                policyparse.parse(document)
            best[name] = min(best[name], time.process_time() - begin)
        if best["long"] <= best["short"] * 22 / 20:
            return
    raise AssertionError(f"20 times the text takes {best['long'] / best['short'] * 20:.1f} times as long")
