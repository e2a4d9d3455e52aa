"""Duties said in prose: who must act, and to whom it is reported, in a sentence that assigns no unit formally.

``find`` reads one sentence: ``由X牵头，Y、Z配合``, ``X应于…前报Y备案``, ``各部门要…``, ``X每月向Y报告``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policyparse import lexicon
from policyparse.rules.units import Name, is_department, is_unit, names, split, trim


@dataclass(frozen=True, slots=True)
class Actor:
    """A unit named in prose and the role its sentence gives it."""

    name: Name
    role: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What one sentence says of who must act.

    ``assigned``: it says 由…牵头/负责/会同/配合; ``recipient``: it names who is reported to; ``binding``: it asks
    something, rather than tell a goal or a fact.
    """

    actors: tuple[Actor, ...]
    assigned: bool
    recipient: bool
    binding: bool = True


# Modal verbs, and not the words that begin with the same character (应急, 要素, 可再生).
_MODAL = (
    "应当|应(?![急用届收付聘邀变战援])|(?<![重主需必次首紧纲摘概提])要(?![素求点件塞闻])|须|必须|需(?![求要])|可(?![再持视靠])|不得|将(?!军)|对(?![口外内])|按(?!揭)"
)

# What may stand right behind the subject of a duty.
_BEHIND = re.compile(
    rf"(?:也|都|均|还|又|同时|切实|主要|具体|统一)?(?:{_MODAL}|负责|承担|于|每|在|把|从|根据|结合|会同|牵头|定期|不定期|及时|分别|"
    r"共同|自|到|制定|研究|组织|建立|开展|指导|受托|配合|围绕|依托|加强|做好|抓好|提出|负总责|主动|积极|适时|原则上|明确|落实|每年|工作中|\d|一次性|编制|印发|出台|发布|完成|启动|召开|通报|评估|汇总|审核|实施|执行|推进|推动|督促|统筹|协调|整合|"
    r"设立|成立|梳理|排查|选派|确定|建成|实现|配备|提供|参照|依法|率先|全面|进一步|继续|认真|严格|,)"
)
_LEADS = re.compile(r"(?:主要|要|应|具体)?(?:负责)?牵头")
_INTRO = re.compile(
    r"(?:(?:[一二三四五六七八九]是|请|其中|此外|同时|原则上|今后|各级|下一步|同意后|必要时)?,?(?:请)?(?:第[一二三四五六七八九十]批:)?)"
)
_DATE_INTRO = re.compile(r"[^,。;]{0,6}\d[^,。;]{0,14}(?:前|底|内|起|末|中旬|上旬|下旬|期间|年|后),")
_BY = re.compile(
    r"由(?P<who>[^,。;:由]{2,60}?)(?P<verb>总?牵头(?:负责|落实|组织|会同)?|(?:具体)?负责(?!解释|人|同志)|会同|总负责|负总责|配合|组织实施|汇总|推荐)|交(?:由)?(?P<given>[^,。;:由]{2,40}?)(?:办理|落实|实施|负责)"
)
_PERSON = re.compile(r"(?:主要|分管|有关)?(?:领导|负责人|负责同志)$|(?:校长|书记|主任|局长|市长|区长|县长|镇长|厅长|秘书长|院长)$")
_APPOSITION = re.compile(r"(?<=[局委办厅部心院会行社])(?:等)?[\d一二三四五六七八九十]+(?:家|个|大)[^、,]*?(?:单位|部门)$")
_PAPER = re.compile(r"(?:的)?(?:相关|有关|具体|实施|工作|年度|各自)*(?:方案|计划|情况|总结|报告|材料|名单|办法|清单|意见|措施|台账)$")
_PAPER_ENDS = "案划况结告料单法见施账"
_TO = re.compile(
    r"(?:(?:分别|及时|定期|统一|汇总后?|逐级|一并|书面|专题|直接)*(?:"
    r"(?<![一-龥]面)向(?P<to>[^,。;:《》]{2,50}?)(?:进行|作|做|提出|提交|专题|书面|定期)*(?:报(?=[^告送批备])|报告|汇报|上报|报送|反馈|备案|报备|通报|请示|述职)|"
    r"(?:上报|报送|报备|报请|报经|呈报|反馈|提交|抄送|抄报|(?<![专简汇通申填提周季月年])(?<![^作\d]日)报(?![告名表批考道销警备送]))(?:至|给|到)?(?P<at>[^,。;:《》由]{2,50}?)(?P<end>汇总|备案|审[定批核议查]|批准|同意|备查|研究|登记|存档|(?=[,。;\n]|$))))"
)
_NOT_RECIPIENT = re.compile(r"^(?:送|告|名|表|批|考|请|道|销|警|建|经|备)|社会|公众|群众|企业|市场|申请人")


def find(text: str, start: int, end: int) -> Duty | None:
    """Who must act and who is reported to in the sentence text[start:end]; None where nobody is named."""
    actors: list[Actor] = []
    assigned = _assigned(text, start, end, actors)
    assigned = _together(text, start, end, actors) or assigned
    mechanism = _standing(text, start, end, actors)
    if not actors or (mechanism and not assigned):
        subject = _subject(text, start, end)
        leads = bool(subject) and _LEADS.match(text, subject[-1].end, end) is not None
        actors += [Actor(n, "official" if _PERSON.search(n.text) else "lead" if leads else "responsible") for n in subject if n.start not in {x.name.start for x in actors}]
    assigned = assigned or mechanism
    _elsewhere(text, start, end, actors)
    before = len(actors)
    _recipients(text, start, end, actors)
    if not actors:
        return None
    actors.sort(key=lambda a: a.name.start)
    return Duty(tuple(actors), assigned, len(actors) > before, _binding(text, start, end, actors))


_MUST = re.compile(r"应当|(?<![相反响效供对适])应(?![急用届收付聘邀变战援])|(?<![重主需必次首紧纲摘概提])要(?![素求点件塞闻])|(?<!必)须|必须|不得|^请|[,;]请|请各")
_PRIVATE = re.compile(r"(?:公司|集团|企业|协会|商会|高校|大学|学院|机构|银行|市|县|区|镇|乡|村|园区)(?:[(〈].*)?$")
_GOAL = re.compile(r"(?:^|[,;])[^,。;]{0,8}到(?:19|20)\d\d年|^(?:19|20)\d\d年,")
_TOLD = re.compile(r"成立于|创办于|位于|[\u4e00-\u9fa5](?<!为)了|已经?[\u4e00-\u9fa5]|赴[^,。]{2,20}(?:考察|调研)|(?:成功|如期)举办")


def _binding(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """Whether the sentence asks something of its actors: no goal (到2025年，全县…实现), no tale of what is."""
    if _MUST.search(text, start, end):
        return True
    if _GOAL.search(text[start:end]) or _TOLD.search(text, start, end):
        return False
    return not all(_PRIVATE.search(a.name.text) and not a.name.text.startswith("各") for a in actors)


_WITH = re.compile(r"(?<![应要须,])(?:将|要)?会同")
_BEARER = re.compile(r"(?P<who>[^,。;:]{2,40}?)(?:是|为)[^,。;:]{0,30}责任主体")
_MECHANISM = re.compile(r"(?P<lead>[^,。;:立]{2,24}?)牵头、(?P<help>[^,。;:]{2,40}?)(?:参与|参加|配合)的")
_FOUNDED = re.compile(r"(?:成立|组建|设立)(?P<who>[^,。;:()]{4,36}?(?:专班|小组|委员会|办公室|联席会议|工作组))(?:\([^()]*\))?,(?:负责|承担|统筹)")


def _together(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """X会同Y… as the subject of a clause: X leads, Y join (not behind 应 or 要)."""
    found = _WITH.search(text, start, end) if text.find("会同", start, end) > start else None
    if not found:
        return False
    a = max(text.rfind(c, start, found.start()) for c in ",;。:") + 1 or start
    a = max(a, start)
    listed = _units(text, a + (text[a] in "经由"), found.start())
    if not listed:
        return False
    joined: list[Actor] = []
    _joined(text, found.end(), end, joined, True)
    actors += [Actor(n, "lead") for n in listed] + joined
    return bool(joined)


def _standing(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """X是…责任主体; 建立X牵头、Y参与的机制; 成立X，负责…."""
    said = False
    if (found := _BEARER.match(text, start, end)) and (listed := _units(text, *found.span("who"))):
        actors += [Actor(n, "responsible") for n in listed]
        said = True
    if text.find("牵头、", start, end) >= 0 and (found := _MECHANISM.search(text, start, end)):
        lead, helpers = _units(text, *found.span("lead")), _units(text, *found.span("help"))
        if lead and helpers:
            actors += [Actor(n, "lead") for n in lead] + [Actor(n, "support") for n in helpers]
            said = True
    if (found := _FOUNDED.search(text, start, end)) and (listed := _units(text, *found.span("who"))):
        actors += [Actor(n, "responsible") for n in listed]
    return said


def _units(text: str, start: int, end: int) -> list[Name]:
    """The units of text[start:end], or nothing where any piece is not a unit."""
    start, end = trim(text, start, end)
    if end - start < 2 or text[end - 1] not in _last_characters():
        return []
    if text.count("(", start, end) != text.count(")", start, end):
        return []
    if trades := _trades(text, start, end):
        return trades
    cut = _APPOSITION.search(text[start:end])
    if cut:
        end = start + cut.start()
    listed = names(text, start, end) if end - start <= 160 else []
    if all(_GENERIC.fullmatch(n.text) for n in listed):
        return []
    return listed if all(is_unit(n.text) or len(n.full) > len(n.text) for n in listed) else []


# Words for everybody and nobody.
_GENERIC = re.compile(r"政府|企业|学校|高校|医院|单位|部门|园区|社区|城区|县区|机构|银行|小镇|本市|本省|本县|本区|我市|我省|我县|我区|多部门|全社会")


_TRADES = re.compile(r"[\u4e00-\u9fa5]{2,8}(?:、[\u4e00-\u9fa5]{2,8})+等(?:有关|相关|职能|主管)?部门")


def _trades(text: str, start: int, end: int) -> list[Name]:
    """发展改革、财政、公安等部门: departments named by their field alone."""
    if not _TRADES.fullmatch(text, start, end):
        return []
    out: list[Name] = []
    for a, b, _ in split(text, start, text.rindex("等", start, end)):
        if is_unit(text[a:b]) or not is_department(text[a:b]):
            return []
        out.append(Name(a, b, text[a:b], text[a:b] + "部门"))
    return out


def _subject(text: str, start: int, end: int) -> list[Name]:
    """The units that a sentence begins with, or that own the paper it begins with."""
    intro = _INTRO.match(text, start, end)
    start = intro.end() if intro else start
    date = _DATE_INTRO.match(text, start, end)
    if date:
        start = date.end()
    limit = min(end, start + 170)
    for found in _BEHIND.finditer(text, start + 2, limit):
        at = found.start()
        if found[0] == "," and not _follows_duty(text, at + 1, end):
            if "、" not in text[start:at] and text[start:at].count(",") == 0:
                return []
            continue
        who = _units(text, start, at)
        if who:
            return who
        paper = _PAPER.search(text[start:at]) if text[at - 1] in _PAPER_ENDS else None
        if paper:
            return _units(text, start, start + paper.start())
        if at - start > 60 and "、" not in text[start:at]:
            break
    return []


def _follows_duty(text: str, at: int, end: int) -> bool:
    return re.compile(r"要|应|须|于|每|并于|按|\d").match(text, at, end) is not None


@lru_cache(maxsize=1)
def _last_characters() -> frozenset[str]:
    """What a name of a unit can end with: a cheap test before the dear ones."""
    return frozenset(w[-1] for w in lexicon.words("unit_suffixes")) | frozenset(")〉等")


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    """The end of a unit's name with a verb of duty behind it."""
    words = lexicon.words("unit_suffixes")
    ends = "|".join(re.escape(w) for w in words if len(w) > 1 or w in "局委办厅部院府处室队站")
    places = "".join(w for w in words if len(w) == 1 and w in "区县市州旗镇乡村省")
    return re.compile(
        rf"(?:{ends}|(?<=[各关])[{places}])(?:\([^()]{{1,10}}\))?(?=(?:也|都|均|还|同时|要|主要|及时|切实|适时|定期|具体)?(?:{_MODAL}|负责|承担|指导|加强|积极|密切|组织|做好|配合|适时|开展|每月|每季|每年))"
    )


_CLAUSE = re.compile(r"[^,。;:!?\n]*$")
_HELP = re.compile(r"(?:积极|密切|主动|协同)*(?:配合|协助|参与)(?:[,。;]|$)")


def _elsewhere(text: str, start: int, end: int, actors: list[Actor]) -> None:
    """Subjects of further clauses: …不一致的,区建设局应及时…; 组织审计部门适时…; 有关处室积极配合."""
    for found in _acts().finditer(text, start, end):
        opening = _CLAUSE.search(text[max(start, found.start() - 60) : found.end()])
        a = found.end() - len(opening[0]) if opening else found.start()
        a = max(a, text.rfind("由", a, found.end()) + 1)
        by = text.rfind("组织", a, found.end())
        if by >= 0 and text[by + 2] != "部":
            a = by + 2
        listed = _units(text, a, found.end())
        helps = _HELP.match(text, found.end(), end) is not None
        known = {x.name.start for x in actors}
        actors += [Actor(n, "support" if helps else "responsible") for n in listed if n.start not in known]


def _assigned(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """Units behind 由 with 牵头/负责/会同/配合, and the ones that join them."""
    found = _BY.search(text, start, end) if text.find("由", start, end) >= 0 or text.find("交", start, end) >= 0 else None
    seen = False
    while found:
        who = found.span("who") if found["who"] else found.span("given")
        listed = _units(text, *who) if text[found.start() - 1 : found.start()] != "(" else []
        if listed:
            verb = found["verb"] or "落实"
            role = "lead" if "牵头" in verb or verb == "会同" else "support" if verb == "配合" else "responsible"
            actors += [Actor(n, "official" if _PERSON.search(n.text) else role) for n in listed]
            if role == "lead":
                _joined(text, found.end(), end, actors, verb.endswith("会同"))
            seen = seen or verb not in ("汇总", "推荐")
        elif text[found.start() - 1 : found.start()] != "(" and _PERSON.search(text[who[0] : who[1]]) and who[1] - who[0] <= 14:
            name = text[who[0] : who[1]]
            actors.append(Actor(Name(*who, name, name), "official"))
            seen = True
        found = _BY.search(text, found.start() + 1, end)
    return seen


def _joined(text: str, start: int, end: int, actors: list[Actor], open_list: bool) -> None:
    """Units that join a lead: ,会同Y、Z… or ,Y、Z配合/参加."""
    pieces = split(text, start, end)
    waiting: list[Name] = []
    listing = open_list
    for a, b, _ in pieces[:30]:
        piece = text[a:b]
        if piece.startswith(("会同", "联合")):
            listing, a = True, a + 2
            piece = text[a:b]
        verb = re.search(r"(?:按(?:照)?职责(?:分工)?|共同|积极|密切)*(配合|参加|参与|协助|负责|牵头落实|落实|组成|推进)", piece)
        stop = a + verb.start() if verb else b
        if not verb and (cut := _unit_end(piece)):
            waiting += _units(text, a, a + cut)
            break
        listed = _units(text, a, stop) if stop > a else []
        if not listed:
            cut = _unit_end(piece)
            listed = _units(text, a, a + cut) if cut else []
        if not listed:
            break
        waiting += listed
        if verb:
            role = "support" if verb[1] in ("配合", "参加", "参与", "协助") else "responsible"
            actors += [Actor(n, role) for n in waiting]
            waiting = []
            break
    if listing:
        actors += [Actor(n, "responsible") for n in waiting]


_GO_ON = re.compile(r"等|组织|组建|统筹|开展|对|制定|研究|建立|共同|联合|按|及时|加强|定期|进行|做好|筛选|将|于|在|提出|推进|根据|指导|督促|拟[订定]|另行")


def _unit_end(piece: str) -> int:
    """Where the unit that ``piece`` begins with ends, when a verb follows it; 0 where that is not certain."""
    for found in _acts_end().finditer(piece):
        if _GO_ON.match(piece, found.end()) and is_unit(piece[: found.end()]):
            return found.end()
    return 0


@lru_cache(maxsize=1)
def _acts_end() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in lexicon.words("unit_suffixes")))


def _recipients(text: str, start: int, end: int, actors: list[Actor]) -> None:
    if not any(text.find(c, start, end) >= 0 for c in ("向", "报", "反馈", "提交", "抄送")):
        return
    for found in _TO.finditer(text, start, end):
        group = "to" if found["to"] else "at"
        a, b = found.span(group)
        b -= len(text[a:b]) - len(re.sub(r"(?:工作)?邮箱$", "", text[a:b]))
        if _NOT_RECIPIENT.search(text[a:b]):
            continue
        listed = _units(text, a, b)
        if not listed and _PERSON.search(text[a:b]) and b - a <= 20:
            listed = names(text, a, b)
        actors += [Actor(n, "recipient") for n in listed]
