"""What the readers of organs share: a body under construction, and how and where bodies are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from policyparse import lexicon
from policyparse.patterns import LETTER, regex
from policyparse.records import Group, Span
from policyparse.rules.base import Mention, Rule, candidates, compiled, settle

KIND = lexicon.alternation("organ_kinds")
# What a name can end with, for the anchors.
_LAST = f"[{''.join(sorted({'室', '会', *(word[-1] for word in lexicon.words('organ_kinds'))}))}]"
POST = lexicon.alternation("organ_posts")
_TELLING = lexicon.words("organ_kinds", 0, "telling")
CHAR = r"(?:[^,。;:、()“”\"《》\n]|“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"|\([^()\n]{1,14}\))"
_NAME = (
    rf"(?P<name>(?:{CHAR}{{1,44}}?(?:{KIND}(?:领导小组)?(?:{LETTER}{{2,8}}组(?=[,。;(\n]))?|办公室(?=。|\((?:以下)?简称|,(?:主要|具体)?(?:负责|承担|代表|作为|由)))|专家咨询委(?:员会)?))"
    r"(?=[,。;:(、)\n及和与的制由以]|$)"
)
MEMBER = ("成员", "组员", "委员")
_HELD_BY = regex(rf"(?:{KIND})?(?P<post>{POST})(?=[,;。()、\n的]|$)")
# 任 and 为 are searched one at a time, with what a post can begin with: many times as fast as either of them.
_FIRSTS = "".join(sorted({word[0] for name in ("organ_kinds", "organ_posts") for word in lexicon.words(name)}))
_HOLDING = tuple(regex(rf"{verb}(?=[{_FIRSTS}])") for verb in "任为")
# The verbs of setting up, by one character that two of them or more share.
_SETTING_UP = (regex("立(?<=[成设建]立)"), regex("组(?=[建成])"))
_ADJUSTING = (regex("充(?=实)"), regex("调(?=整)"), regex("重(?=新组建)"))
_BEFORE_ADJUSTED = (regex("将"), regex("对"))
# What stands behind a name in SEVERAL_FIELDS and MADE_OF.
_SO_CALLED = (
    regex(rf"简(?=称)(?:(?<={_LAST}\(简)|(?<={_LAST}\(以下简))"),
    regex(rf"由(?<={_LAST},由)"),
)
_OFFICE_OF = rf"(?:{KIND}|组|会|会议|部|[委办])办公室$"  # the office of a body is none
# Who must not be the one that sets it up, or how it is not set up here and now.
_THEIRS = (
    r"各(?:地|级|县|市|区|镇|乡|街道|部门|单位|开发区|有关|成员|相关|高校)|必要时|鼓励|参照|有条件|"
    r"可(?:以)?(?:根据|视|结合|按|分别|成立|设立|组建|参照)|"
    r"根据[^,。]{0,24}需要|应当?$|要$|已经?$|相继$|拟$|批准$|如$|请求$|共同$|提请|"
    r"(?:适时|探索|推动|争取|逐步|考虑|谋划|支持|指导|督促|引导|推荐)$|(?<!经)(?<!府)(?<!委)(?<!议)研究$"
)
_NOT_FIELDS = rf"成立|(?<!小)组建|设立|建立|(?:{KIND}|机制|制度|办公室|中心|基金|联盟|协会|企业|公司|平台|组)、"
_SEVERAL = r"(?:组|会|专班)[和与及]"  # several bodies in one breath


class Body:
    """A body under construction: where its name stands, and what is known of it. Offsets of the flow."""

    def __init__(self, name: str, start: int, end: int, adjusted: bool = False):
        self.name, self.start, self.end = name, start, end
        self.adjusted = adjusted  # it was there before: it counts if its people are told anew
        self.regions: list[Span] = []  # the text about it
        self.alias: str | None = None
        self.posts: list[tuple[str, str]] = []
        self.groups: list[Group] = []
        self.members: list[str] = []  # as a sentence names them
        self.listed: list[str] = []  # as a list of people does
        self.office: str | None = None
        self.last = 0  # of a body whose people are listed: where the list ends

    def hold(self, post: str, holder: str) -> None:
        """Note that ``holder`` has ``post``, once."""
        if (post, holder) not in self.posts:
            self.posts.append((post, holder))


def _name(match: re.Match[str]) -> str | None:
    name = match["name"]
    if name.startswith(("了", "过", "由", "以", "的", "各")) or is_generic(name) or compiled(_SEVERAL).search(name):
        return None
    if name.endswith("办公室") and compiled(_OFFICE_OF).search(name):
        return None
    _, among, rest = name.partition("等")  # 成立办公室等工作机构: several bodies in one breath
    return None if among and (not rest or is_generic(rest)) else name


SET_UP = Rule(
    id="organ.set-up",
    kind="organ",
    pattern=rf"(?:成立|组建|设立|建立|建立健全|组成(?=[^,。;\n]{{0,20}}?咨询委))(?:由(?P<held>[^。;\n]{{2,80}}?)的|(?P<led>[^,。;\n]{{2,20}}任[^,。;\n]{{2,4}})的|以[^。;\n]{{2,80}}?为{POST}的)?{_NAME}",
    value=_name,
    yes=(
        ("成立青石区保供工作专班", "青石区保供工作专班"),
        ("设立河湾市“互联网+养老”推进领导小组", "河湾市“互联网+养老”推进领导小组"),
        ("成立由市政府主要领导任组长的青石市雨水利用领导小组", "青石市雨水利用领导小组"),
        ("成立以市长为组长、分管副市长为副组长的青石市雨水利用领导小组", "青石市雨水利用领导小组"),
        ("建立青石市雨水利用联席会议", "青石市雨水利用联席会议"),
        ("成立青石市供水管网等老旧设施更新工作领导小组", "青石市供水管网等老旧设施更新工作领导小组"),
        ("【成立雨水收集办公室】,负责日常工作", "雨水收集办公室"),
        ('组建"清水强市"专家咨询委', '"清水强市"专家咨询委'),
        ("组建专家咨询委员会", "专家咨询委员会"),
        ("组成专家咨询委员会", "专家咨询委员会"),
    ),
    no=(
        "成立工作专班",
        "成立了青石市雨水利用领导小组",
        "建立健全相应工作机构",
        "成立领导小组",
        "成立综合协调等工作机构",
        "设立领导小组办公室,负责日常工作",
        "组建雨水收集办公室,明确工作职责",
    ),
    needs=("成立", "组建", "设立", "建立", "组成"),
)
SEVERAL_FIELDS = Rule(
    id="organ.several-fields",
    kind="organ",
    pattern=rf"(?:成立|组建|设立|建立)(?P<name>{CHAR}{{2,24}}、(?:{CHAR}|、){{2,40}}?{KIND})"
    r"(?=\((?:以下)?简称|,由[^。,;\n]{2,40}任)",
    value=lambda match: None if compiled(_NOT_FIELDS).search(match["name"]) else match["name"],
    yes=(
        ("【成立青石市供水、排水管网改造工作领导小组】(以下简称领导小组)", "青石市供水、排水管网改造工作领导小组"),
        ("【成立青石市供水、排水管网改造工作领导小组】,由市长任组长", "青石市供水、排水管网改造工作领导小组"),
    ),
    no=(
        "建立工作机制、成立青石市节水领导小组(以下简称领导小组)",
        "成立领导小组、工作专班,由市长任组长",
        "成立青石市供水、排水管网改造工作领导小组,统筹推进",
    ),
    needs=("领导小组", "专班", "指挥部", "联席会议", "委员会"),
)
MADE_OF = Rule(
    id="organ.made-of",
    kind="organ",
    pattern=rf"由(?P<held>[^。;\n由]{{4,200}}?)(?:共同)?组成{_NAME}(?=\((?:以下)?简称)",
    value=_name,
    yes=(("【由市水务局、市财政局组成青石市雨水利用工作小组】(以下简称工作小组)", "青石市雨水利用工作小组"),),
    no=("由市水务局、市财政局组成工作小组", "由市水务局组成青石市雨水利用工作小组,负责统筹"),
    needs=("组成",),
)
ADJUSTED = Rule(
    id="organ.adjusted",
    kind="organ",
    pattern=rf"(?:调整(?:充实|完善)?|充实|重新组建|将|对)(?P<span>(?P<name>{CHAR}{{2,44}}?{KIND}))"
    r"(?:组成人员|成员|人员|名单)?(?=(?:作|进行|予以|作了?如下)?(?:[相适]应)?调整|[。,](?:现将|名单|调整后|[^。]{0,24}如下))",
    value=_name,
    yes=(
        ("调整【青石市雨水利用领导小组】成员。现将名单公布如下", "青石市雨水利用领导小组"),
        ("将【青石市雨水利用领导小组】调整如下", "青石市雨水利用领导小组"),
        ("对【青石市雨水利用领导小组】组成人员进行调整", "青石市雨水利用领导小组"),
    ),
    no=("调整领导小组成员。现将名单公布如下", "将青石市雨水利用领导小组成员单位名单报市水务局", "可调整成员单位"),
    needs=("调整", "充实", "重新组建"),
)
HELD = Rule(
    id="organ.held",
    kind="organ",
    pattern=rf"(?:^|(?<=[。\n])){_NAME}由[^。\n]{{2,60}}?任{POST}",
    value=_name,
    yes=(
        ("青石区保供工作专班由副区长任组长", "青石区保供工作专班"),
        ("河湾市雨水利用推进组由市长、副市长担任总召集人", "河湾市雨水利用推进组"),
    ),
    no=("工作专班由副区长任组长", "青石区保供工作专班由区府办牵头"),
    needs=("任",),
    anchors=(f"由(?<={_LAST}由)",),
)
RULES: tuple[Rule, ...] = (SET_UP, SEVERAL_FIELDS, MADE_OF, ADJUSTED, HELD)


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Names of bodies set up in text[start:end]; the values are the names."""
    stop = len(text) if end is None else end
    places = _verbs(text, start, stop)
    found = _at(text, SET_UP, places, stop)
    if any(word.search(text, start, stop) for word in _SO_CALLED):
        several = _at(text, SEVERAL_FIELDS, places, stop)
        found += several if any(text.find(word, start, stop) >= 0 for word in SEVERAL_FIELDS.needs) else []
        found += candidates(text, (MADE_OF,), start, stop) if places else []
    changed = [one.start() for word in _ADJUSTING for one in word.finditer(text, start, stop)]
    if changed:
        before = [one.start() for word in _BEFORE_ADJUSTED for one in word.finditer(text, start, stop)]
        found += _at(text, ADJUSTED, sorted([*changed, *before]), stop)
    for _, at, close in held(text, start, stop):
        first = max(start, at - 200)
        sentence = max(text.rfind("。", first, at), text.rfind("\n", first, at), first - 1) + 1
        found += candidates(text, (HELD,), sentence, close)
    return [m for m in settle(found) if not _is_theirs(text, m)]


def _verbs(text: str, start: int, stop: int) -> list[int]:
    """Where text[start:stop] says 成立, 设立, 建立, 组建 or 组成."""
    standing, grouped = _SETTING_UP
    places = [found.start() - 1 for found in standing.finditer(text, start + 1, stop)]
    return sorted([*places, *(found.start() for found in grouped.finditer(text, start, stop))])


def _at(text: str, rule: Rule, places: Sequence[int], stop: int) -> list[Mention]:
    """What ``rule``, whose matches begin at one of ``places`` (in order), sees in text up to ``stop``."""
    out: list[Mention] = []
    pattern, last = compiled(rule.pattern), 0
    group = "span" if "span" in pattern.groupindex else 0
    for at in places:
        found = pattern.match(text, at, stop) if at >= last else None
        if found:
            last = found.end()
            value = rule.value(found)
            if value is not None:
                out.append(Mention(rule.kind, *found.span(group), value, rule.id))
    return out


def held(text: str, start: int, stop: int) -> Iterator[tuple[str, int, int]]:
    """Posts that somebody is said to hold: 市长任组长, 副市长为副组长 – not 作为成员. Post, end of the holder, end."""
    last = start
    for at in sorted(verb.start() for word in _HOLDING for verb in word.finditer(text, start, stop)):
        found = _HELD_BY.match(text, at + 1, stop) if at >= last else None
        if not found:
            continue
        last = found.end()
        before = text[at - 1 : at]
        if before in ("成", "认", "定", "称", "主") or (before == "作" and found["post"] in MEMBER):
            continue
        yield found["post"], at - (before in ("担", "兼", "作", "出")), found.end()


def name_span(mention: Mention) -> Span:
    """Where the name stands in a mention: at its beginning before 由…任, behind the verb elsewhere."""
    size = len(mention.value)
    if mention.rule == HELD.id:
        return mention.start, mention.start + size
    return mention.end - size, mention.end


def is_generic(name: str) -> bool:
    """Whether nothing but the word for the kind of body is there: 工作专班, 相应工作机构, 专家委员会."""
    bare = _generic().sub("", name)
    return len(bare) < 2 and name not in _TELLING


@cache
def _generic() -> re.Pattern[str]:
    return regex(
        rf"^(?:相应|本级|本地区|专门|专业|联合|各级|市级|县级|省级|相关|有关|专项|统一|若干|多个|强有力|高规格|跨部门|健全|完善|工作|推进|现场|组织|协调|的|和|\d+个|个)*(?:{KIND}|办公室)$"
    )


def _is_theirs(text: str, mention: Mention) -> bool:
    """Whether the sentence leaves it to others to set the body up, or says that it was set up before."""
    first = max(0, mention.start - 600)
    start = max(first, max(text.rfind(mark, first, mention.start) for mark in "。;:\n") + 1)
    verb = text[start : mention.start]
    if verb.count("《") > verb.count("》"):
        return True
    verb = re.sub(r"(?:成立|组建|设立|建立健全|建立)[^,。;]*$", "", verb)
    return compiled(_THEIRS).search(verb) is not None and mention.rule != HELD.id


def split(text: str) -> list[Span]:
    """Spans of the pieces of ``text`` between 、 or ， outside brackets and quotes."""
    out: list[Span] = []
    depth = begin = 0
    for i, char in enumerate(text):
        if char in "(“《":
            depth += 1
        elif char in ")”》" or (char == ";" and text.endswith("&quot", 0, i)):
            depth = max(0, depth - 1)
        elif char in "、,;" and depth <= 0:
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(text)))
    return [(a, b) for a, b in out if text[a:b].strip()]
