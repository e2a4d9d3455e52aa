"""Notices as web pages leave them: without line breaks, printed twice."""

import pytest

import policyparse as pp
from policyparse.text.copies import second_copy

NOTICE = """\
云岭市人民政府关于印发县域商业体系建设方案的通知
云政发〔2022〕8号
各县（市、区）人民政府：
现将《云岭市县域商业体系建设方案》印发给你们，请认真组织实施。
云岭市人民政府
2022年3月5日
云岭市县域商业体系建设方案
为加快县域商业发展，结合我市实际，制定本方案。
一、总体要求
坚持县域统筹，分类实施，到2025年，建成乡镇商贸中心30个，新增农村便民商店200家，农产品网络零售额年均增长10%以上。
二、建设县域商业体系，加快农村商业发展
（一）完善县城商业设施。改造提升县城综合商贸服务中心，引导龙头企业下沉供应链，支持县城商贸设施补齐短板。（市商务局）
（二）建设乡镇商贸中心。每年建设乡镇商贸中心10个，完善集贸市场和冷链设施，推动购物、娱乐、休闲等业态融合。（市商务局、市市场监管局）
三、保障措施
（一）加强督促检查。各县（市、区）每年12月底前报送工作进展，及时总结推广典型经验和做法，确保各项任务落到实处。（市政府督查室）
"""


def _register(text: str) -> list[tuple[object, ...]]:
    return [
        (o.clause, [p.text for p in o.parties], [d.text for d in o.deadlines]) for o in pp.parse_text(text).obligations
    ]


def test_without_line_breaks() -> None:
    lost = NOTICE.split("二、", 1)
    assert [x[:2] for x in _register(lost[0] + "二、" + lost[1].replace("\n", ""))] == [
        x[:2] for x in _register(NOTICE)
    ]


def test_signed_between_two_prints_of_a_title() -> None:
    body = "各村：为做好防汛工作，现就有关事项通知如下：一、压实责任。各村要加强巡查。二、严肃纪律。对工作不力的要追究责任。"
    signed = pp.parse_text(body + "附：村级责任人登记表云岭市青岫镇人民政府2022年3月5日村级责任人登记表村名责任人电话")
    assert signed.issuers == ("云岭市青岫镇人民政府",)
    assert str(signed.issued_on) == "2022-03-05"
    told = pp.parse_text(body + "附：村级责任人登记表云岭市青岫镇人民政府2022年3月5日以来印发的文件一并执行。")
    assert told.issued_on is None


@pytest.mark.parametrize("first", ["—、", ""])
def test_first_label_is_lost(first: str) -> None:
    body = NOTICE[NOTICE.index("一、") + 2 :]
    text = NOTICE[: NOTICE.index("一、")] + first + body.replace("\n", "")
    labels = [o.clause for o in pp.parse_text(text).obligations]
    assert labels == [("二", "（一）"), ("二", "（二）"), ("三", "（一）")]
    assert [c.label for c in pp.parse_text(text).clauses] == ["—"] * bool(first) + ["二", "三"]


def test_printed_twice() -> None:
    text = NOTICE.replace("\n", "")
    once = pp.parse_text(text)
    twice = pp.parse_text(text + " " + text)
    assert [o.text for o in twice.obligations] == [o.text for o in once.obligations] != []
    assert twice.title == once.title
    assert not any("两遍" in w for w in once.warnings)
    assert any("只读第一遍" in w for w in twice.warnings)


def test_second_copy() -> None:
    body = "".join(f"（{i}）建设第{i}个项目，年底前完成。" for i in range(40))
    assert second_copy(body) is None
    assert second_copy(body + "\n" + body) == len(body) + 1
    assert second_copy("云岭市项目清单\n" + body + "\n打印本页\n" + body + "\n关闭") is not None
    assert second_copy(body + body + body) is None  # not one text in two copies
    assert second_copy(body + "各县（市、区）：" * 20 + body) is None  # what stands between is a text of its own
    assert second_copy("通知" * 20) is None
