"""The flow of invented texts: wrapped lines, half-width full stops, labels in brackets, rules across the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import policyparse as pp
from policyparse.model import Document
from policyparse.text import flow, joining

WRAPPED = """\
  （一）拉网排查。按照“不漏一栋、不漏一户”的要求
逐栋入户排查，录入完整率达到 100%。（责任单位：
区甲局、区综合行政执法局、各镇人民政府、街道办
事处；配合单位：区乙局）
  （二）专业鉴定。组织 6 支队伍对初判存在隐患的
房屋开展鉴定，鉴定报告一栋一档。（区丙局、区市场
监管局按职责分工负责）
  （三）分类处置。对危房采取停用、加固、拆除等措
施，撤离率达到 100%，拆除重建不少于 40 栋，确保
年底前清零。（责任单位：区丁局）
"""


def test_lines_wrap_at_a_width_that_counts_digits_half() -> None:
    lines = flow(Document(text=WRAPPED)).text.split("\n")
    assert len(lines) == 3
    assert lines[0].endswith("(责任单位:区甲局、区综合行政执法局、各镇人民政府、街道办事处;配合单位:区乙局)")


def test_lines_wrap_though_one_of_twenty_is_longer() -> None:
    body = WRAPPED.splitlines()
    joined = [body[0] + body[1], *body[2:]] + body[1:] + body[1:]
    lines = flow(Document(text="\n".join(joined))).text.split("\n")
    assert len(lines) == 9
    assert sum(line.startswith("(一)拉网排查。") for line in lines) == 1


def test_a_long_introduction_above_a_list_is_no_joined_line() -> None:
    units = [
        f"市{name}局负责本部门湿地保护工作的组织实施和经费保障"
        for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    ]
    text = "\n".join(["各部门要按照" + "职责分工认真抓好落实" * 15 + "，具体如下", *units])
    assert len(flow(Document(text=text)).lines) == len(units) + 1


def test_full_width_numbers_open_a_paragraph() -> None:
    lines = flow(
        Document(text="一、主要任务，包括\n１、开展巡护工作，\n２、完善台账制度，\n３．建立名录。")
    ).text.split("\n")
    assert [line[:2] for line in lines] == ["一、", "1、", "2、", "3."]


def test_half_width_full_stops_end_sentences_where_they_are_the_habit() -> None:
    habit = flow(Document(text="现提出如下意见. \n一. 总体要求. 到2025年建成3.5万套. \n二. 任务. 抓好落实. (市甲局)"))
    assert habit.text == "现提出如下意见。\n一. 总体要求。 到2025年建成3.5万套。\n二. 任务。 抓好落实。 (市甲局)"
    assert flow(Document(text="意见如下。见附件. \n抓好落实。")).text == "意见如下。见附件.\n抓好落实。"


def test_a_label_in_brackets_opens_a_line_like_one_with_a_colon() -> None:
    document = Document(text="推动落实。\n【责任单位】市甲局")
    flowed = flow(document)
    assert flowed.text.split("\n")[1] == " 责任单位:市甲局"
    assert flowed.raw.split("\n")[1] == "【责任单位】市甲局"


def test_rules_across_the_page_are_no_lines() -> None:
    assert (
        flow(Document(text="青岫大学文件\n━━━━━━━━━━\n关于做好工作的通知")).text == "青岫大学文件\n关于做好工作的通知"
    )


def test_a_convention_said_in_a_sentence_holds_from_there_on() -> None:
    notice = pp.parse_text(
        "云岭省人民政府关于推动商贸业发展的实施意见\n各市人民政府：\n以下各项任务后逐项列明责任单位，列首位的为牵头单位。\n"
        "一、重点任务\n（一）建设枢纽。扩能改造。（省甲厅、省乙厅）\n（二）完善网络。改造提升。（省丙厅）"
    )
    assert [[(p.name, p.role) for p in o.parties] for o in notice.obligations] == [
        [("省甲厅", "lead"), ("省乙厅", "responsible")],
        [("省丙厅", "lead")],
    ]


def test_units_behind_a_title_are_its_assignment() -> None:
    notice = pp.parse_text(
        "云岭经开区关于印发行动方案的通知\n各部门：\n一、主要任务\n1.加快项目落地〔投促局、经发局〕。新签约项目35个。\n"
        "2.推进厂区改造〔规建局〕。6月底前完成设计。\n3.市城管局（综合执法局）。抓好落实。"
    )
    assert [(o.heading, [p.name for p in o.parties]) for o in notice.obligations] == [
        ("加快项目落地", ["投促局", "经发局"]),
        ("推进厂区改造", ["规建局"]),
    ]


@given(
    st.text(
        "#-*·第一十百零（(39牵责配主协承参落负完时联抄附组副成长员章节条、.)）单位是①⑳⑥ ：:甲", min_size=1, max_size=8
    )
)
def test_cheap_test_before_what_opens_a_paragraph(line: str) -> None:
    assert joining._opens(line) is (joining._OPENER.match(line) is not None)
