"""Bodies that invented notices set up."""

from __future__ import annotations

import pytest

from policyparse import lexicon
from policyparse.model import Document, Group, Organ, Post
from policyparse.rules import organs
from policyparse.rules.organs.listed import entries
from policyparse.rules.organs.people import each, ends_in_office, is_name
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
    assert [post.post for post in organ.posts] == ["组长", "副组长", "成员", "成员"]
    assert organ.posts[0].holder == "王小明 市长"
    assert organ.members == ("张大山 市水务局局长", "赵小河 市财政局局长")
    assert organ.office_at == "市水务局"


def held(organ: Organ, post: str) -> list[str]:
    return [one.holder for one in organ.posts if one.post == post]


@pytest.mark.parametrize(
    ("printed", "holders"),
    [
        ("市发改委副主任王小明、市水务局副局长李小红", ["市发改委副主任王小明", "市水务局副局长李小红"]),
        ("市发改委副主任王小明、赵小河", ["市发改委副主任王小明", "赵小河"]),
        ("市委常委、副市长王小明、市政府秘书长李小红", ["市委常委、副市长王小明", "市政府秘书长李小红"]),
        ("王小明、李小红同志", ["王小明", "李小红"]),
        ("赵小河同志", ["赵小河"]),
        ("市水务局有关同志", ["市水务局有关同志"]),
        ("区委副书记、区长王小明", ["区委副书记、区长王小明"]),
        ("市委常委、副市长", ["市委常委、副市长"]),
        ("市委常委、政法委书记、市公安局局长", ["市委常委、政法委书记、市公安局局长"]),
        ("副市长、市公安局局长", ["副市长、市公安局局长"]),
        ("市长和市政府秘书长", ["市长", "市政府秘书长"]),
        (
            "分管供水、排水工作的县政府办公室副主任，以及县水利局局长、县住建局局长",
            ["分管供水、排水工作的县政府办公室副主任", "县水利局局长", "县住建局局长"],
        ),
        (
            "负责供水工作的市政府副秘书长、市水务局主要负责同志",
            ["负责供水工作的市政府副秘书长", "市水务局主要负责同志"],
        ),
        ("市水务局、市财政局分管负责同志", ["市水务局、市财政局分管负责同志"]),
        ("市委、市政府主要领导", ["市委、市政府主要领导"]),
        ("各区（县）、各部门主要负责人", ["各区（县）、各部门主要负责人"]),
        ("分管工业和信息化工作的副市长", ["分管工业和信息化工作的副市长"]),
        ("青石区（市水务局代管，以下简称区）政府主要负责人", ["青石区政府主要负责人"]),
        ("市水务局、林业局、应急局", ["市水务局、林业局、应急局"]),
    ],
)
def test_one_holder_a_person(printed: str, holders: list[str]) -> None:
    assert each(printed) == holders


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("王小明 市长", ["王小明 市长"]),
        ("李 红 副市长、市公安局局长", ["李红 副市长、市公安局局长"]),
        ("许 明 戴小平", ["许明", "戴小平"]),
        ("陈 红（市水务局，市河长办）", ["陈红（市水务局，市河长办）"]),
        (
            "王小明 副市长李 红 市水务局局长欧阳山 市财政局局长",
            ["王小明 副市长", "李红 市水务局局长", "欧阳山 市财政局局长"],
        ),
        ("王小明 市水务局总经理根据项目情况，各区主要负责人任副组长。", ["王小明 市水务局总经理"]),
        ("陆 丰、李贞、钱小海领导小组下设办公室，李贞任办公室主任。办公地点设在综合科", ["陆丰", "李贞", "钱小海"]),
        ("市水务局局长", ["市水务局局长"]),
        ("负责全面工作。研究决定重大事项", []),
    ],
)
def test_one_line_of_a_list(line: str, people: list[str]) -> None:
    assert entries(line) == people


def test_roster_in_one_line() -> None:
    (organ,) = read(
        "各村：经研究，决定调整青石镇防汛工作领导小组成员。现将名单公布如下：组 长：王小明 镇党委书记副 组 长：李小红 镇长"
        "张 山 副镇长成 员：赵小河 水利站站长孙 江 财政所所长领导小组下设办公室，设在水利站，由赵小河兼任办公室主任。"
    )
    assert organ.name == "青石镇防汛工作领导小组"
    assert [(post.post, post.holder) for post in organ.posts] == [
        ("组长", "王小明 镇党委书记"),
        ("副组长", "李小红 镇长"),
        ("副组长", "张山 副镇长"),
        ("成员", "赵小河 水利站站长"),
        ("成员", "孙江 财政所所长"),
        ("办公室主任", "赵小河"),
    ]
    assert organ.office_at == "水利站"


def test_name_only_in_the_title() -> None:
    (organ,) = read(
        "经研究，决定成立领导小组。现将组成人员通知如下：\n组  长：王小明  市长\n成  员：市发改委主任\n        市财政局局长\n"
        "领导小组下设办公室在市水务局，由李小红兼任主任，赵小河任副主任。",
        "关于成立青石市节水工作领导小组的通知",
    )
    assert (organ.name, organ.office_at) == ("青石市节水工作领导小组", "市水务局")
    assert held(organ, "成员") == ["市发改委主任", "市财政局局长"]
    assert (held(organ, "办公室主任"), held(organ, "办公室副主任")) == (["李小红"], ["赵小河"])


def test_a_list_of_units_is_no_post() -> None:
    (organ,) = read(
        "成立青石市供水管网等老旧设施更新领导小组。\n组长：市长\n副组长：分管副市长\n成员：市水务局、市财政局，各区人民政府\n"
    )
    assert held(organ, "成员") == []
    assert organ.members == ("市水务局", "市财政局", "各区人民政府")


def test_named_people_and_units_side_by_side() -> None:
    (organ,) = read(
        "建立青石市节水工作联席会议（以下简称联席会议）制度。联席会议由市水务局、市财政局、市发改委3个部门组成。"
        "联席会议设召集人1人，由分管副市长担任；设副召集人2人，由市水务局主要负责同志和市政府副秘书长担任；"
        "其他成员单位有关负责同志为联席会议成员（名单附后）。联席会议设联络员，由各成员单位有关处室负责人担任。\n"
        "召集人：王小明  副市长\n成员：李小红  市财政局副局长"
    )
    assert held(organ, "召集人") == ["王小明 副市长", "分管副市长"]
    assert held(organ, "副召集人") == ["市水务局主要负责同志", "市政府副秘书长"]
    assert held(organ, "成员") == ["李小红 市财政局副局长", "其他成员单位有关负责同志"]
    assert held(organ, "联络员") == ["各成员单位有关处室负责人"]
    assert organ.members == ("市水务局", "市财政局", "市发改委")


def test_who_is_still_to_be_named_holds_no_post() -> None:
    (organ,) = read("成立青石市节水工作专班，由市长任组长。各部门明确1名干部为联络员。")
    assert [post.post for post in organ.posts] == ["组长"]


def test_several_posts_in_one_breath() -> None:
    (organ,) = read(
        "成立以市长为组长、分管副市长为副组长、市直有关部门主要负责人为成员的青石市节水工作领导小组，统筹推进。"
    )
    assert [(post.post, post.holder) for post in organ.posts] == [
        ("组长", "市长"),
        ("副组长", "分管副市长"),
        ("成员", "市直有关部门主要负责人"),
    ]


def test_people_of_a_group_are_not_the_bodys() -> None:
    (organ,) = read(
        "现将调整后的青石市节水指挥部组成人员公布如下：总指挥：王小明（市长）；成员：李小红（市水务局局长）。指挥部下设两个组。"
        "1.综合组。组长：市水务局局长。牵头单位：市水务局；2.督查组。组长：市政府督查室主任。牵头单位：市政府督查室。"
    )
    assert organ.name == "青石市节水指挥部"
    assert [(post.post, post.holder) for post in organ.posts] == [
        ("总指挥", "王小明（市长）"),
        ("成员", "李小红（市水务局局长）"),
    ]


def test_groups_in_paragraphs_of_their_own() -> None:
    (organ,) = read(
        "成立青石市节水指挥部（以下简称指挥部），由市委书记任政委，市长任指挥长。指挥部下设两个工作组。\n"
        "1.综合协调组。牵头单位：市发改委；成员单位：市财政局、市审计局。\n2.宣传组：由市委宣传部牵头，负责宣传。组长由市委宣传部部长担任。"
    )
    assert organ.groups == (
        Group(name="综合协调组", lead="市发改委", members=("市财政局", "市审计局")),
        Group(name="宣传组", lead="市委宣传部"),
    )
    assert [post.post for post in organ.posts] == ["政委", "指挥长"]


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        (
            "下设综合组、督导组，分别由市发改委、市政府督查室牵头。",
            [("综合组", "市发改委"), ("督导组", "市政府督查室")],
        ),
        ("下设“两水融合&quot;推进组、宣传组。", [("“两水融合&quot;推进组", None), ("宣传组", None)]),
        ("下设工作专班，由市水务局抽调人员组成。", [("工作专班", None)]),
        ("下设秘书处，承担日常工作。", [("秘书处", None)]),
        ("下设若干工作组。", []),
        ("下设办公室，负责日常工作。", []),
    ],
)
def test_groups_below_a_body(said: str, groups: list[tuple[str, str | None]]) -> None:
    (organ,) = read("成立青石市节水工作领导小组，由市长任组长。领导小组" + said)
    assert [(group.name, group.lead) for group in organ.groups] == groups


@pytest.mark.parametrize(
    "said",
    [
        "办公室设在市水务局。",
        "办公室设市水务局，负责日常工作。",
        "领导小组下设办公室在市水务局，负责日常工作。",
        "领导小组下设办公室，设在市水务局，由市水务局局长任办公室主任。",
        "领导小组下设办公室（设在市水务局）。",
        "领导小组下设办公室，办公地点设在市水务局。",
    ],
)
def test_where_the_office_is(said: str) -> None:
    (organ,) = read("成立青石市节水工作领导小组，由市长任组长。" + said)
    assert organ.office_at == "市水务局"


def test_an_office_of_its_own() -> None:
    (organ,) = read("设立镇级河湖长办公室，负责日常工作，办公室设在镇水利站。")
    assert (organ.name, organ.office_at) == ("镇级河湖长办公室", "镇水利站")


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
        "适时组建青石市节水专家咨询委员会，提供咨询。",
        "探索成立青石市节水工作专班。",
        "设立领导小组办公室，负责日常工作。",
        "调整青石市节水工作领导小组成员单位职责。",
        "各区要探索建立首席节水官制度，组建节水转型办公室，负责日常工作。",
    ],
)
def test_not_set_up_here(text: str) -> None:
    assert read(text) == []


def test_no_name_is_the_end_of_an_office() -> None:
    """What ends in an office is not searched for a name: 领导干部 is no leader whose name is 干部."""
    for word in lexicon.words("office_titles"):
        for cut in range(1, len(word) - 1):
            assert not (ends_in_office(word[:cut]) and is_name(word[cut:]))
