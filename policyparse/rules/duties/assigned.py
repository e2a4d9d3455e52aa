"""Prose that assigns: 由X牵头，Y、Z配合; X会同Y负责; 建立X牵头、Y参与的机制."""

from __future__ import annotations

from policyparse.patterns import regex
from policyparse.rules.duties.base import TRADES, Actor, persons, signs, unit_end, units
from policyparse.rules.sharing import Name
from policyparse.rules.units import split

_WORK = r"(?:专班|小组|委员会|办公室|联席会议|工作组)"
_IS_FOUNDED = rf"(?=[^,。;:()]{{4,36}}?{_WORK}(?:\([^()]*\))?,(?:负责|承担|统筹))"
# What somebody does, rather than is charged with: 由甲局制定.
_ACTS = "汇总|推荐|确定|制[定订]|印发|发布|提出|审[定批核]"
# One of these stands in every sentence that this module reads: a new pattern below needs its sign here.  They rule
# nothing out by what follows: so they hold for a sentence that is cut off anywhere.
SIGNS = signs(
    rf"由(?=[^,。;:由]{{2,60}}?(?:牵头|负责|会同|负总责|配合|组织实施|具体实施|{_ACTS}))",
    "交(?=由?[^,。;:由]{2,40}?(?:办理|落实|实施|负责))",
    "会同",
    "责任主体",
    "牵头(?=[、,]|负责,|落实,)",
    f"立(?<=[成设]立){_IS_FOUNDED}",
    f"组建{_IS_FOUNDED}",
    "启动",
)
_BY = regex(
    r"由(?P<who>[^,。;:由]{2,60}?)(?:共同|统一|全面|分别|具体|另行|自行|按照?(?:各自)?职责(?:分工)?)*"
    r"(?P<verb>总?牵头(?:负责|落实|组织|会同)?|(?:具体)?负责(?!解释|人|同志)|会同|总负责|负总责|配合|组织实施|具体实施|"
    rf"(?P<act>{_ACTS})(?!的))"
    r"|交(?:由)?(?P<given>[^,。;:由]{2,40}?)(?:办理|落实|实施|负责)"
)
_WITH = regex(r"(?:牵头,?)?(?P<asked>(?:积极|主动)?(?:应当?|要|必?须|可))?(?<!,)将?会同")
_YEAR = regex(r"(?:19|20)\d\d年")
_BEARER = regex(r"(?P<who>[^,。;:]{2,40}?)(?:是|作?为)[^,。;:]{0,30}责任主体")
_MECHANISM = regex(r"(?P<lead>[^,。;:立]{2,24}?)牵头、(?P<help>[^,。;:]{2,40}?)(?:参与|参加|配合)的")
_FOUNDED = regex(rf"(?:成立|组建|设立)(?P<who>[^,。;:()]{{4,36}}?{_WORK})(?:\([^()]*\))?,(?:负责|承担|统筹)")


# 启动剩余委办局…工作: a step that takes in the units named behind it.
_STARTED = regex(r"启动(?P<who>(?:剩余|其余|其他)[^,。;:]{0,8}?(?:单位|部门|委办局|地区|区县))(?=[^,。;]{2,20}工作)")


def together(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """X会同Y… as the subject of a clause: X leads, Y join; behind 应 or 要 it is a duty, but assigns nobody formally."""
    found = _WITH.search(text, start, end) if text.find("会同", start, end) > start else None
    if not found:
        return False
    a = max(text.rfind(c, start, found.start()) for c in ",;。:") + 1 or start
    a = max(a, start)
    asked = found["asked"] or text[found.end() - 3] == "将"
    if asked and (year := _YEAR.match(text, a, found.start())):  # 2004年甲局会同乙局检查300处 is a tale
        a = year.end()
    listed = units(text, a + (text[a] in "经由"), found.start())
    if not listed:
        return False
    joined: list[Actor] = []
    _joined(text, found.end(), end, joined, True)
    actors += [Actor(n, "lead") for n in listed] + joined
    return bool(joined) and not found["asked"]


# X牵头，Y、Z配合: a lead at the head of a clause, with those who join it.
_LEADING = regex(r"(?:^|[,;。])(?P<who>[^,。;:]{2,40}?)牵头(?:负责|落实)?,")


def standing(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """X是…责任主体; 建立X牵头、Y参与的机制; 成立X，负责…."""
    said = False
    if text.find("牵头", start, end) >= 0 and (found := _LEADING.search(text[start:end])):
        lead = units(text, start + found.start("who"), start + found.end("who"))
        joined: list[Actor] = []
        if lead:
            _joined(text, start + found.end(), end, joined, False)
        if joined:
            actors += [Actor(n, "lead") for n in lead] + joined
            said = True
    bearer = text.find("责任主体", start, end) >= 0 and _BEARER.search(text, start, end)
    if (found := bearer or None) and (listed := units(text, *found.span("who"))):
        actors += [Actor(n, "responsible") for n in listed]
        said = True
    if text.find("牵头、", start, end) >= 0 and (found := _MECHANISM.search(text, start, end)):
        lead, helpers = units(text, *found.span("lead")), units(text, *found.span("help"))
        if lead and helpers:
            actors += [Actor(n, "lead") for n in lead] + [Actor(n, "support") for n in helpers]
            said = True
    if text.find("启动", start, end) >= 0 and (found := _STARTED.search(text, start, end)):
        actors += [Actor(n, "responsible") for n in units(text, *found.span("who"))]
    founded = text.find("立", start, end) >= 0 or text.find("组建", start, end) >= 0
    if founded and (found := _FOUNDED.search(text, start, end)) and (listed := units(text, *found.span("who"))):
        actors += [Actor(n, "responsible") for n in listed]
    return said


_SETS = ("制定", "制订", "确定", "印发", "提出")
_TREASURY = regex("(?:各级|同级|本级|中央|[省市县区镇](?:级|本级)?)财政")
_APPOINTS = regex("(?:指定|委托|授权)(?!的)")


def assigned(text: str, start: int, end: int, actors: list[Actor]) -> bool:
    """Units behind 由 with 牵头/负责/会同/配合, and the ones that join them."""
    by = text.find("由", start, end) >= 0 or text.find("交", start, end) >= 0
    found = _BY.search(text, start, end) if by else None
    seen = False
    while found:
        who = found.span("who") if found["who"] else found.span("given")
        if appoints := _APPOINTS.search(text, *who):
            who = (appoints.end(), who[1])  # 由甲指定乙负责
        listed = units(text, *who) if text[found.start() - 1 : found.start()] != "(" else []
        if not listed and found["act"] in _SETS and (cut := unit_end(text[slice(*who)])):
            listed = units(text, who[0], who[0] + cut)  # 由甲局根据本通知制定
        if not listed and _TREASURY.fullmatch(text, *who):
            listed = [Name(*who, text[slice(*who)], text[slice(*who)])]
        if listed:
            verb = found["verb"] or "落实"
            role = "lead" if "牵头" in verb or verb == "会同" else "support" if verb == "配合" else "responsible"
            actors += [Actor(n, "official" if n.text.endswith(persons()) else role) for n in listed]
            if role == "lead":
                _joined(text, found.end(), end, actors, verb.endswith("会同"))
            seen = seen or not found["act"]
        elif (
            text[found.start() - 1 : found.start()] != "(" and text.endswith(persons(), *who) and who[1] - who[0] <= 14
        ):
            name = text[who[0] : who[1]]
            actors.append(Actor(Name(*who, name, name), "official"))
            seen = True
        found = _BY.search(text, found.start() + 1, end)
    return seen


_JOINS = regex(
    r"(?:按(?:照)?职责(?:分工)?|共同|积极|密切|主动|重点|全力|协同)*(配合|参加|参与|协助|协同办理|协办|协作|负责|牵头落实|落实|组成|推进|监督|督导|指导)"
)


_JOINED_AS = {
    **dict.fromkeys(("配合", "参加", "参与", "协助", "协同办理", "协办", "协作"), "support"),
    **dict.fromkeys(("监督", "督导", "指导"), "supervise"),
}


_LONGEST_LIST = 1200  # characters of thirty units


def _joined(text: str, start: int, end: int, actors: list[Actor], open_list: bool) -> None:
    """Units that join a lead: ,会同Y、Z… or ,Y、Z配合/参加."""
    waiting: list[Name] = []
    listing = open_list
    if listing and (trades := TRADES.match(text, start, end)):  # 会同财政、公安等部门
        waiting, start = units(text, *trades.span()), trades.end()
    pieces = split(text, start, min(end, start + _LONGEST_LIST))
    for a, b, _ in pieces[:30]:
        piece = text[a:b]
        if piece.startswith(("会同", "联合")):
            listing, a = True, a + 2
            piece = text[a:b]
        verb = _JOINS.search(piece, 2)  # behind a name
        stop = a + verb.start() if verb else b
        cut = 0 if verb else unit_end(piece)
        listed = units(text, a, stop) if stop > a and not cut else []
        role = _JOINED_AS.get(verb[1], "responsible") if verb else ""
        if not listed:
            role = "responsible" if role == "supervise" else role  # 会同乙局对…进行指导: both guide
            cut = cut or unit_end(piece)
            listed = units(text, a, a + cut) if cut else []
        if not listed:
            break
        waiting += listed
        if verb:
            actors += [Actor(n, role) for n in waiting]
            waiting, listing = [], False
        if cut:  # what its units do follows
            break
    if listing:
        actors += [Actor(n, "responsible") for n in waiting]
