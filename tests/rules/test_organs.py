"""Bodies that invented notices set up."""

from __future__ import annotations

import pytest

from policyparse.model import Document, Group, Organ, Post
from policyparse.rules import organs
from policyparse.text import flow


def read(text: str, title: str = "") -> list[Organ]:
    document = Document(text=f"{title}\n{text}" if title else text)
    flowed = flow(document)
    start = len(title) + 1 if title else 0
    found = organs.read(flowed, [(title, start, len(flowed.text))], [(0, start)] if title else [], document.text)
    return [Organ.model_validate(organ.plain()) for organ in found]


def test_everything_in_one_sentence() -> None:
    (organ,) = read(
        "一、组织实施\n（一）健全机制。成立青石区保供工作专班（以下简称区专班），由区政府主要领导任总召集人，区政府相关领导任副召集人，"
        "区专班办公室设在区水务局。区专班下设供水组（由区水务局牵头）、信访组（由区信访局牵头），区发改局、区公安分局、各镇（街道、开发区）"
        "等成员单位按职责做好相关工作。\n（二）强化落实。区专班下设各小组相关方案于2024年11月1日前报区专班办公室备案。"
    )
    assert (organ.name, organ.alias, organ.office_at) == ("青石区保供工作专班", "区专班", "区水务局")
    assert organ.posts == (
        Post(post="总召集人", holder="区政府主要领导"),
        Post(post="副召集人", holder="区政府相关领导"),
    )
    assert organ.groups == (Group(name="供水组", lead="区水务局"), Group(name="信访组", lead="区信访局"))
    assert organ.members == ("区发改局", "区公安分局", "各镇（街道、开发区）")


def test_named_with_its_people() -> None:
    (organ,) = read(
        "河湾区“清水”专项工作专班由区委副书记、区长王小明任顾问，副区长李小红任组长，区水务局等单位相关负责人为成员。"
        "领导小组设督查组、财务组、追缴组3个工作专班。"
    )
    assert organ.name == "河湾区“清水”专项工作专班"
    assert [post.holder for post in organ.posts] == [
        "区委副书记、区长王小明",
        "副区长李小红",
        "区水务局等单位相关负责人",
    ]
    assert [group.name for group in organ.groups] == ["督查组", "财务组", "追缴组"]


def test_posts_in_the_attribute_and_the_other_way_round() -> None:
    (organ,) = read(
        "一、保障\n成立由市政府主要领导任组长的青石市节水领导小组，副组长由分管副市长担任，办公室设在市水务局。"
    )
    assert organ.name == "青石市节水领导小组"
    assert organ.posts == (Post(post="组长", holder="市政府主要领导"), Post(post="副组长", holder="分管副市长"))
    assert organ.office_at == "市水务局"


def test_groups_that_share_their_name() -> None:
    (organ,) = read(
        "市政府决定，建立青石市节水工作领导小组。领导小组下设经济、社会等2个专项小组，分别由市发改委、市民政局牵头。"
    )
    assert organ.groups == (Group(name="经济专项小组", lead="市发改委"), Group(name="社会专项小组", lead="市民政局"))


def test_roster_under_a_title() -> None:
    text = "组　长：王小明　市长\n副组长：李小红　副市长\n成　员：张大山　市水务局局长\n　　　　赵小河　市财政局局长\n领导小组办公室设在市水务局。"
    (organ,) = read(text, "青石市节水领导小组成员名单")
    assert organ.name == "青石市节水领导小组"
    assert [post.post for post in organ.posts] == ["组长", "副组长"]
    assert organ.posts[0].holder == "王小明 市长"
    assert organ.members == ("张大山 市水务局局长", "赵小河 市财政局局长")
    assert organ.office_at == "市水务局"


@pytest.mark.parametrize(
    "text",
    [
        "围绕重点任务成立工作专班，细化措施。",
        "各地要成立节水工作领导小组，统筹推进。",
        "可根据需要成立青石市节水联合工作组。",
        "必要时，成立青石市供水应急指挥部。",
        "我市成立了青石市节水工作领导小组。",
        "《关于成立青石市节水领导小组的通知》同时废止。",
        "共同成立新公司进行开发。",
    ],
)
def test_not_set_up_here(text: str) -> None:
    assert read(text) == []
