"""Frames of invented notices, in the layouts that real ones come in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from policyparse.model import Document
from policyparse.structure import frame
from policyparse.structure.base import Frame
from policyparse.text import flow


def read(text: str) -> Frame:
    return frame.read(flow(Document(text=text)))


BODY = "为贯彻落实省委、省政府决策部署，加快推进雨水利用工作，结合实际，现将有关事项通知如下。"
PLAN = "为加快推进雨水利用，制定本方案。\n一、总体要求\n坚持节水优先。\n二、重点任务\n（一）建设雨水花园。到2025年建成10处。"

LAYOUTS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "red head, title over two lines",
        "青石市人民政府办公室文件\n\n青政办发〔2023〕7号\n\n青石市人民政府办公室\n关于印发青石市雨水利用实施方案的通知\n\n"
        "各区、县（市）人民政府，市政府各部门、各直属单位：\n　　《青石市雨水利用实施方案》已经市政府同意，现印发给你们，请认真贯彻执行。\n\n"
        f"青石市人民政府办公室\n2023年3月8日\n（此件公开发布）\n\n青石市雨水利用实施方案\n{PLAN}\n"
        "抄送：市委各部门，市人大常委会办公室，市政协办公室。\n青石市人民政府办公室　2023年3月9日印发",
        {
            "kind": "notice",
            "title": "青石市人民政府办公室关于印发青石市雨水利用实施方案的通知",
            "number": "青政办发〔2023〕7号",
            "issuers": ("青石市人民政府办公室",),
            "issued_on": dt.date(2023, 3, 8),
            "addressees": ("各区", "县（市）人民政府", "市政府各部门", "各直属单位"),
            "cc": ("市委各部门", "市人大常委会办公室", "市政协办公室"),
            "parts": [("wrapper", ""), ("plan", "青石市雨水利用实施方案")],
        },
    ),
    (
        "urgency, copy number and signer beside the number",
        "000123\n特急\n河湾县人民政府文件\n湾政发〔2022〕15号　　　　签发人：王小明\n河湾县人民政府关于加强雨水利用工作的意见\n"
        f"各乡镇人民政府，县直各部门：\n{BODY}\n一、提高认识\n各乡镇要高度重视。\n河湾县人民政府\n2022年5月6日",
        {
            "kind": "opinion",
            "title": "河湾县人民政府关于加强雨水利用工作的意见",
            "number": "湾政发〔2022〕15号",
            "issuers": ("河湾县人民政府",),
            "issued_on": dt.date(2022, 5, 6),
            "addressees": ("各乡镇人民政府", "县直各部门"),
        },
    ),
    (
        "title printed twice, number in brackets",
        "青石市水务局关于印发《青石市节水行动计划（2021—2023年）》的通知\n\n"
        "青石市水务局关于印发《青石市节水行动计划（2021-2023年）》的通知\n（青水〔2021〕46号）\n各区水务局，局属各单位：\n"
        "　　现将《青石市节水行动计划（2021-2023年）》印发给你们。\n　　特此通知。\n青石市水务局\n2021年7月21日\n"
        f"青石市节水行动计划\n（2021-2023年）\n{PLAN}",
        {
            "title": "青石市水务局关于印发《青石市节水行动计划（2021-2023年）》的通知",
            "number": "青水〔2021〕46号",
            "issued_on": dt.date(2021, 7, 21),
            "parts": [("wrapper", ""), ("plan", "青石市节水行动计划（2021-2023年）")],
        },
    ),
    (
        "all on one line",
        "青石市人民政府办公厅关于印发青石市雨水利用实施方案的通知青政办发〔2023〕7号各区县人民政府，市政府各部门："
        "《青石市雨水利用实施方案》已经市政府同意，现印发给你们，请认真贯彻落实。青石市人民政府办公厅2023年3月8日（此件公开发布）"
        "青石市雨水利用实施方案为加快推进雨水利用，制定本方案。一、总体要求坚持节水优先。二、重点任务（一）建设雨水花园。",
        {
            "title": "青石市人民政府办公厅关于印发青石市雨水利用实施方案的通知",
            "number": "青政办发〔2023〕7号",
            "issuers": ("青石市人民政府办公厅",),
            "issued_on": dt.date(2023, 3, 8),
            "addressees": ("各区县人民政府", "市政府各部门"),
            "parts": [("wrapper", ""), ("plan", "青石市雨水利用实施方案")],
        },
    ),
    (
        "number first, no title, all on one line",
        f"青府办〔2015〕29号各县（市、区）人民政府，市政府各部门：{BODY}青石市人民政府办公室2015年5月8日",
        {
            "title": "",
            "number": "青府办〔2015〕29号",
            "issuers": ("青石市人民政府办公室",),
            "issued_on": dt.date(2015, 5, 8),
            "addressees": ("各县（市、区）人民政府", "市政府各部门"),
        },
    ),
    (
        "several signers, letter-spaced and two on a line; a stamp is no issuer",
        f"关于做好雨水利用工作的通知\n各有关单位：\n{BODY}\n河湾省水利厅　　河湾省财政厅\n教　　育　　部\n（河湾省水利厅代章）\n2020年10月26日",
        {"issuers": ("河湾省水利厅", "河湾省财政厅", "教育部"), "issued_on": dt.date(2020, 10, 26), "kind": "notice"},
    ),
    (
        "Chinese numerals, signature counts before the title",
        f"省人民政府关于推进雨水利用的意见\n河政发〔2005〕3号\n各市人民政府：\n{BODY}\n河湾省人民政府\n二○○五年十二月三日",
        {"issuers": ("河湾省人民政府",), "issued_on": dt.date(2005, 12, 3), "addressees": ("各市人民政府",)},
    ),
    (
        "data sheet of a web page, title only there",
        "首页 > 信息公开 > 政策文件\n索 引 号：\t0081/2020-00328\n发文字号：\t无\n标 题：\t青石市河湾区人民政府办公室关于印发2020年工作要点的通知\n"
        f"有 效 性：\t有效\n各乡镇人民政府、街道办事处：\n{BODY}\n2020年4月9日",
        {
            "title": "青石市河湾区人民政府办公室关于印发2020年工作要点的通知",
            "number": None,
            "issuers": ("青石市河湾区人民政府办公室",),
            "issued_on": dt.date(2020, 4, 9),
            "addressees": ("各乡镇人民政府", "街道办事处"),
        },
    ),
    (
        "bulleted data sheet with values on lines of their own",
        "返回顶部\n\n  • 索引号:\n\n    6107280000/2024-001005\n  • 发文字号:\n\n    河政发〔2024〕7号\n  • 发文日期:\n\n    2024年04月06日 16:40\n"
        "  • 有效性:\n\n河湾县人民政府工作规则\n\n第一章 总则\n\n一、根据《中华人民共和国宪法》，制定本规则。",
        {"title": "河湾县人民政府工作规则", "number": "河政发〔2024〕7号", "kind": "measures"},
    ),
    (
        "headline that does not end in a kind of document",
        f"2021年县政府重点工作任务（河政发〔2021〕2号）\n来源：河湾县政府   2021-03-23 10:56\n浏览量：1\n各乡镇人民政府、县直各单位：\n{BODY}",
        {
            "title": "2021年县政府重点工作任务",
            "number": "河政发〔2021〕2号",
            "addressees": ("各乡镇人民政府", "县直各单位"),
        },
    ),
    (
        "two plans in one notice",
        "青石市人民政府关于印发青石市节水办法和青石市雨水利用方案的通知\n青政发〔2022〕9号\n各区人民政府：\n"
        "《青石市节水办法》《青石市雨水利用方案》已经市政府同意，现印发给你们。\n青石市人民政府\n2022年9月2日\n"
        f"青石市节水办法\n{PLAN}\n青石市雨水利用方案\n{PLAN}",
        {"parts": [("wrapper", ""), ("plan", "青石市节水办法"), ("plan", "青石市雨水利用方案")]},
    ),
    (
        "annexes: list in the notice, then headings of their own",
        f"青石市水务局关于开展节水检查的通知\n各区水务局：\n{BODY}\n附件：1.节水检查表\n2.节水检查工作领导小组成员名单\n青石市水务局\n2022年9月2日\n"
        "附件1\n节水检查表\n序号\n检查内容\n附件2\n节水检查工作领导小组成员名单\n组长：王小明\n成员：李小红",
        {
            "title": "青石市水务局关于开展节水检查的通知",
            "parts": [("wrapper", ""), ("annex", "节水检查表"), ("annex", "节水检查工作领导小组成员名单")],
        },
    ),
    (
        "an annex alone",
        f"附件4\n\n河湾省雨水利用与健康用水\n推进行动\n\n{PLAN}",
        {
            "title": "河湾省雨水利用与健康用水推进行动",
            "number": None,
            "issuers": (),
            "issued_on": None,
            "parts": [("annex", "河湾省雨水利用与健康用水推进行动")],
        },
    ),
    (
        "table of contents",
        "青石市人民政府关于印发青石市节水规划的通知\n青政发〔2022〕9号\n各区人民政府：\n现将《青石市节水规划》印发给你们。\n青石市人民政府\n2022年9月2日\n"
        "青石市节水规划\n目　录\n一、发展基础……1\n二、总体要求……3\n一、发展基础\n近年来，节水工作取得成效。\n二、总体要求\n坚持节水优先。",
        {"parts": [("wrapper", ""), ("plan", "青石市节水规划"), ("toc", "目录")]},
    ),
    (
        "regulation with its history in brackets",
        "青石市雨水利用管理办法\n（2021年3月1日青石市人民政府令第12号公布，根据2023年5月1日青石市人民政府令第20号修订）\n第一章　总则\n第一条　为了加强雨水利用管理，制定本办法。",
        {"title": "青石市雨水利用管理办法", "kind": "measures"},
    ),
    (
        "party and government together, day of adoption under the title",
        "中共河湾省委　河湾省人民政府\n关于推进雨水利用的实施意见\n（2023年12月1日）\n为深入贯彻落实党中央、国务院决策部署，制定如下实施意见。\n一、总体要求",
        {
            "title": "中共河湾省委 河湾省人民政府关于推进雨水利用的实施意见",
            "issuers": ("中共河湾省委", "河湾省人民政府"),
            "issued_on": dt.date(2023, 12, 1),
            "kind": "opinion",
        },
    ),
    (
        "addressees without a colon, parted by semicolons",
        f"青石市水务局关于做好节水工作的通知\n各区水务局；局属各单位，各有关企业\n{BODY}\n青石市水务局\n2023-3-8",
        {"addressees": ("各区水务局", "局属各单位", "各有关企业"), "issued_on": dt.date(2023, 3, 8)},
    ),
    (
        "主送, a date without day, a mayor's name",
        f"青石市人民政府令\n第12号\n主送：各区人民政府\n{BODY}\n市长：王小明\n青石市人民政府\n2023年3月",
        {"addressees": ("各区人民政府",), "number": "第12号", "issuers": ("青石市人民政府",), "issued_on": None},
    ),
    (
        "a decree below the name of the regulation that it puts into force",
        "青石市雨水利用管理办法\n青石市人民政府令\n\n（第12号）\n　　《青石市雨水利用管理办法》已经市人民政府第3次常务会议审议通过，现予公布，自2023年6月1日起施行。\n"
        "市长　王小明\n2023年5月8日\n青石市雨水利用管理办法\n第一章　总则\n第一条　为了加强雨水利用管理，制定本办法。",
        {
            "title": "青石市雨水利用管理办法",
            "kind": "measures",
            "number": "第12号",
            "issuers": ("青石市人民政府",),
            "issued_on": dt.date(2023, 5, 8),
        },
    ),
    (
        "a heading 附 and a list 附：",
        f"青石市水务局关于做好节水工作的通知\n各区水务局：\n{BODY}\n附：1.节水检查表\n青石市水务局\n2023年3月8日\n附：\n节水检查表\n序号\n内容",
        {"parts": [("wrapper", ""), ("annex", "节水检查表")], "issued_on": dt.date(2023, 3, 8)},
    ),
    (
        "work on explaining policy is no explanation",
        f"2023年青石市政务公开和政策解读工作要点\n{PLAN}",
        {"kind": "plan", "title": "2023年青石市政务公开和政策解读工作要点"},
    ),
    ("an explanation", "一图读懂《青石市节水方案》\n近日，青石市印发方案。", {"kind": "news"}),
    (
        "reply to a proposal",
        "青石市水务局关于加强雨水利用的提案（第31号）的答复\n尊敬的王小明委员：\n您提出的提案收悉，现答复如下：\n感谢您的关心。\n青石市水务局\n2021年7月29日",
        {"kind": "letter", "addressees": ("王小明委员",), "issuers": ("青石市水务局",)},
    ),
    (
        "interview",
        "青石市水务局有关负责同志就雨水利用答记者问\n（2021年11月6日）\n近日，青石市印发《青石市雨水利用方案》。\n问：有何考虑？\n答：主要有三点。",
        {"kind": "news", "addressees": ()},
    ),
    (
        "news without a frame",
        "近日，河湾社区组织网格员开展节水宣传，发放宣传单300份。社区工作人员介绍，活动受到居民欢迎。",
        {"kind": "news", "title": "", "issuers": ()},
    ),
    (
        "work report",
        "2025年青石市政府工作报告\n——2025年1月15日在青石市第十六届人民代表大会第三次会议上\n市长　王小明\n各位代表：\n现在，我代表市人民政府，向大会报告工作。\n一、2024年工作回顾",
        {"kind": "report", "title": "2025年青石市政府工作报告", "addressees": ()},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_layouts(text: str, wanted: dict[str, Any]) -> None:
    seen = read(text)
    for name, value in wanted.items():
        if name == "parts":
            titles = [(part.kind, "" if part.kind == "wrapper" else part.title) for part in seen.parts]
            assert titles == value
        else:
            assert getattr(seen, name) == value, name


@pytest.mark.parametrize("text", [case[1] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_parts_cover_the_document_in_order(text: str) -> None:
    flowed = flow(Document(text=text))
    seen = frame.read(flowed)
    parts = [part for part in seen.parts if part.kind != "toc"]
    assert parts[0].start == 0
    assert parts[-1].end == len(flowed.text)
    for part, after in zip(parts, parts[1:], strict=False):
        assert part.end == after.start
    for part in seen.parts:
        assert part.start <= part.body <= part.end
        assert part.first <= part.last < len(flowed.lines)
    assert all(a < b for a, b in seen.used)
    assert all(b < c for (_, b), (c, _) in zip(seen.used, seen.used[1:], strict=False))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "。", "附件", "附件1", "（）", "：", "2023年3月8日", "目录", "《》", "—" * 50]
)
def test_never_raises_on_scraps(text: str) -> None:
    assert read(text).number is None


def test_a_number_that_the_title_names_is_not_the_notices_own() -> None:
    title = "青石省人民政府办公厅关于贯彻落实国发〔2005〕36号文件进一步加强雨水利用工作的通知"
    found = read(f"{title}\n青政办发〔2006〕18号\n各市、州、县人民政府：\n{BODY}\n")
    assert (found.title, found.number) == (title, "青政办发〔2006〕18号")
    assert found.issuers == ("青石省人民政府办公厅",)


def test_minutes_are_signed_above_their_title() -> None:
    found = read(
        "青石市人民政府\n专题会议纪要\n〔2022〕38号\n\n青石市人民政府办公室　　　　　　2022年5月19日\n\n"
        "关于雨水利用工作的会议纪要\n\n　　2022年5月16日，市政府召开专题会议。现将议定事项纪要如下：\n一、关于资金。由市甲局负责。\n"
    )
    assert found.title == "关于雨水利用工作的会议纪要"
    assert found.issuers == ("青石市人民政府办公室",)
    assert found.issued_on == dt.date(2022, 5, 19)


def test_documents_issued_by_others_are_not_enclosed() -> None:
    seen = read(
        "青石市水务局关于做好节水工作的通知\n各区水务局：\n2020年，国家印发了《国家节水方案》，明确了要求。现将《青石市节水清单》印发给你们。\n"
        "青石市水务局\n2023年3月8日"
    )
    assert seen.enclosed == ("青石市节水清单",)
