"""Records with a label above each value; all places and units are invented."""

from __future__ import annotations

import policyparse

HEAD = "栎川县人民政府关于印发重点任务清单的通知\n各乡镇人民政府：\n现印发给你们。\n栎川县人民政府\n2031年3月1日\n附件\n重点任务清单\n"


def told(*lines: str) -> list[tuple[tuple[str, ...], list[tuple[str, str]], list[str]]]:
    notice = policyparse.parse_text(HEAD + "\n".join(lines) + "\n")
    return [
        (o.clause, [(p.name, p.role) for p in o.parties], [d.text for d in o.deadlines])
        for o in notice.obligations
        if any(p.basis == "table" for p in o.parties)
    ]


def test_a_record_for_each_task() -> None:
    assert told(
        *("一、安居", "具体任务", "改造老旧小区6个，惠及900户。", "责任单位", "县住建局、县财政局"),
        *("配合单位", "各乡镇", "完成时限", "10月底前"),
        *("二、出行", "具体任务", "打通断头路2条；", "新增车位300个。", "责任单位", "县城管局"),
        *("配合单位", "/", "完成时限", "年底前"),
        "抄送：县委办。",
    ) == [
        (("一",), [("县住建局", "responsible"), ("县财政局", "responsible"), ("各乡镇", "support")], ["10月底前"]),
        (("二",), [("县城管局", "responsible")], ["年底前"]),
    ]


def test_a_record_may_leave_a_value_out() -> None:
    assert told("工作任务", "修复古桥1座。", "牵头单位", "县文旅局", "配合单位", "完成时限", "9月底前") == [
        ((), [("县文旅局", "lead")], ["9月底前"])
    ]


def test_records_may_be_numbered() -> None:
    lines = ("1", "任务名称", "修复古桥1座。", "责任单位", "县文旅局", "时间节点", "9月底前")
    assert told(*lines, "2", *lines[1:]) == [
        (("1",), [("县文旅局", "responsible")], ["9月底前"]),
        (("2",), [("县文旅局", "responsible")], ["9月底前"]),
    ]


def test_a_record_may_have_a_name_and_a_text() -> None:
    assert told(
        *(
            "任务名称",
            "古桥修复",
            "主要内容",
            "1.修复古桥1座；",
            "2.铺设步道。",
            "牵头单位",
            "县文旅局",
            "完成时间",
            "9月底前",
        ),
        *(
            "任务名称",
            "水厂新建",
            "主要内容",
            "新建水厂2座。",
            "牵头单位",
            "县水利局",
            "县财政局",
            "完成时间",
            "年底前",
        ),
    ) == [
        ((), [("县文旅局", "lead")], ["9月底前"]),
        ((), [("县水利局", "lead"), ("县财政局", "lead")], ["年底前"]),
    ]


def test_headings_of_prose_are_no_labels() -> None:
    assert (
        told("工作任务", "各单位要抓好落实。", "责任单位", "要各负其责，按时完成任务。", "完成时限", "以通知为准") == []
    )
