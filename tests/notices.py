"""Notices made by hand for the tests of what is written out: every kind of value, and texts that break naive writers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from policyparse.model import (
    Clause,
    Deadline,
    Document,
    Group,
    Measure,
    Notice,
    Obligation,
    Organ,
    Party,
    Post,
    Quantity,
    Source,
)

# a notice of two items: the words under test are written into the first; the second names 市甲局 and 市乙局
ITEMS = """\
云岭市人民政府办公室关于印发行动方案的通知
云政办发〔2022〕5号
各区人民政府：
《云岭市行动方案（2022—2023年）》已经市政府同意，现印发给你们。
云岭市人民政府办公室
2022年3月5日
云岭市行动方案（2022—2023年）
一、重点任务
（一）强化支撑
1.加快建设。{}
2.做好其他。完善机制。（责任单位：市甲局、市乙局）
"""

NASTY = (
    '=HYPERLINK("http://x","点我")',
    "+86 电话",
    "-1+2",
    "@SUM(A1:A9)",
    "<script>document.title='坏'</script>",
    "</script><img src=x onerror=document.title='坏'>",
    "引号\"与'单引号'，逗号,分号;竖线|反斜线\\",
    "第一行\n第二行",
    "控制\x0b符\x01号",
    "{{ 7 * 7 }}{% raw %}",
)


def party_words(party: Party) -> str:
    """Role, name as printed and resolved name of a party: “lead~ 教育局=市教育局”, ~ where it is not plainly stated."""
    name = "" if party.name == party.text else f"={party.name}"
    return f"{party.role}{'' if party.basis == 'stated' else '~'} {party.text}{name}"


class Writer:
    """Builds a Document and the spans into it while text is written."""

    def __init__(self) -> None:
        self.text = ""

    def say(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


_DUE = {"kind": "due", "end": dt.date(2031, 11, 1), "precision": "day"}
DEADLINES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("2031年11月1日前", _DUE),
    ("年底前", {"kind": "due", "end": dt.date(2031, 12, 31), "precision": "year"}),
    ("2031年6月至12月", {"kind": "period", "start": dt.date(2031, 6, 1), "end": dt.date(2031, 12, 31)}),
    ("自2031年10月1日起", {"kind": "start", "start": dt.date(2031, 10, 1)}),
    ("自贷款审批同意之日起3个月内", {"kind": "within", "amount": 3, "unit": "month", "trigger": "贷款审批同意之日"}),
    ("收到申请后15个工作日内", {"kind": "within", "amount": 15, "unit": "workday", "trigger": "收到申请"}),
    ("合同到期提前6个月", {"kind": "ahead", "amount": 6, "unit": "month", "trigger": "合同到期"}),
    ("每月25日前", {"kind": "recurring", "freq": "MONTHLY", "by": "25", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25"}),
    (
        "每年2月底前",
        {"kind": "recurring", "freq": "YEARLY", "by": "02-28", "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"},
    ),
    ("每季度", {"kind": "recurring", "freq": "QUARTERLY"}),
    ("长期坚持", {"kind": "ongoing"}),
    ("截至2031年3月31日", {"kind": "cutoff", "end": dt.date(2031, 3, 31)}),
)
_ROLES = ("lead", "responsible", "responsible", "support", "supervise", "recipient", "official")
_UNITS = ("市河湖局", "市数据局", "云泽县〈街道、开发区〉", "市园林局", "市督查室", "市政府办公室", "陈某某")


def obligation(
    pen: Writer, number: int, heading: str, body: str, kinds: Any, modality: Any = "obligation"
) -> Obligation:
    """One item: label, heading, two sentences, an assignment with every role, the given deadlines, a number."""
    start = len(pen.text)
    pen.say(f"{number}. ")
    head = pen.say(heading)
    pen.say("。")
    first = pen.say(body + "，")
    deadlines = []
    for text, fields in kinds:
        deadlines.append(Deadline(text=text, span=pen.say(text), **fields))
        pen.say("完成，")
    count = pen.say("1764套")
    second = pen.say("保障房建设。")
    pen.say("（")
    parties = []
    for role, unit in zip(_ROLES, _UNITS, strict=True):
        parties.append(Party(name=unit, text=unit, role=role, basis="stated", span=pen.say(unit)))  # type: ignore[arg-type]
        pen.say("、")
    pen.say("负责）")
    end = len(pen.text)
    pen.say("\n\n")
    return Obligation(
        id=f"n1-{number:03d}",
        clause=("二", "（一）", str(number)),
        heading=heading,
        text=pen.text[start:end].replace("\n", ""),
        span=(start, end),
        page=1 + number // 5 if number % 2 else None,
        modality=modality,
        measures=(
            Measure(text=heading + "。", span=head),
            Measure(text=pen.text[first[0] : second[1]], span=(first[0], second[1])),
        ),
        parties=tuple(parties),
        deadlines=tuple(deadlines),
        quantities=(Quantity(text="1764套", span=count, value=1764, unit="套", bound="min", of="保障房"),),
    )


def sample(count: int = 0) -> tuple[Notice, Document]:
    """A notice with one obligation a deadline kind, one a nasty text, and ``count`` plain ones, with its document."""
    pen = Writer()
    title = pen.say("云泽市关于推进<示例>工程的通知")
    pen.say("\n\n")
    first = len(pen.text)
    pen.say("（一）重点任务。\n\n")
    items = []
    for text, fields in DEADLINES:
        items.append(obligation(pen, len(items) + 1, f"推进事项{len(items) + 1}", "抓紧办理", [(text, fields)]))
    for text in NASTY:
        items.append(obligation(pen, len(items) + 1, text, text, [DEADLINES[0], DEADLINES[4]]))
    for i in range(count):
        items.append(obligation(pen, len(items) + 1, f"一般事项{i}", "落实到位" * 20, [DEADLINES[i % len(DEADLINES)]]))
    body = pen.say("成立市工程推进专班，由市长任组长。\n")
    organ = Organ(
        name="市工程推进专班",
        alias="市专班",
        posts=(Post(post="组长", holder="市长"),),
        groups=(Group(name="建设组", lead="市河湖局", members=("市数据局",)),),
        span=body,
    )
    notice = Notice(
        id="n1",
        kind="notice",
        title=pen.text[slice(*title)],
        number="云政发〔2031〕7号",
        issuers=("云泽市人民政府",),
        addressees=("各县人民政府",),
        issued_on=dt.date(2031, 1, 15),
        organs=(organ,),
        clauses=(Clause(path=("二",), label="二", heading="重点任务", span=(first, len(pen.text))),),
        obligations=tuple(items),
        warnings=("第三页有一处表格未能读出",),
        source=Source(name="示例.txt", characters=len(pen.text)),
    )
    return notice, Document(text=pen.text, source=notice.source)
