"""Recipients: to whom something is reported, filed or handed in."""

from __future__ import annotations

from policyparse.patterns import regex
from policyparse.rules.duties.base import Actor, persons, signs, units
from policyparse.rules.units import names

_TO = regex(
    r"[向上报呈反提抄汇函发通](?:(?<=向)(?<!面向)(?P<to>[^,。;:《》]{2,50}?)(?:进行|作|做|提出|提交|专题|书面|定期)*"
    r"(?:报(?=[^告送批备])|报告|汇报|上报|报送|反馈|备案|报备|通报|请示|述职)|"
    r"(?:(?<=报)(?<![的和作份结析估查测评审价]报)告(?![报的和并会期书单]|制度)|(?<=[上呈抄])报|(?<=报)(?:[送备请]|经(?=[^,。;]{2,30}(?:同意|批准|审)))|(?<=函)告|(?<=反)馈|(?<=提)交|(?<=[抄发])送|(?<=通)报(?![并批表])|(?<=汇)总(?=[到至])|(?<=报)(?<![专简汇通申填提周季月年]报)(?<![^作\d]日报)(?![告名表批考道销警备送]))(?:至|给|到)?"
    r"(?P<at>[^,。;:《》由]{2,50}?)(?P<end>汇总|备案|审[定批核议查]|批准|同意|备查|审阅|审签|阅示|研究|登记|存档|统一(?=[公汇上])|进行|(?=[,。;\n]|$|\([^()]{0,14}(?:设在|电话|邮箱|传真|地址))))"
)
_SAID = regex("向|报|反馈|提交|抄送|函告|发送")
# One of these stands where ``_TO`` matches.  They rule nothing out by what comes behind its match: so they hold for a
# sentence that is cut off anywhere.
SIGNS = signs(
    r"向(?<!面向)(?=[^,。;:《》]{2,50}?(?:进行|作|做|提出|提交|专题|书面|定期)*(?:报|汇|上|反|备|通|请|述))",
    r"报(?:(?<![的和作份结析估查测评审价]报)告(?![报的和并会期书单]|制度)|(?<=[上呈抄]报)|[送备请经]|"
    r"(?<![专简汇通申填提周季月年]报)(?<![^作\d]日报)(?![告名表批考道销警备送]))[^,。;:《》由]{2}",
    "馈(?<=反馈)",
    "交(?<=提交)",
    "抄送",
    "通报",
    "发送",
    "函告",
    "汇总[到至]",
)
_MAILBOX = regex(r"(?:工作)?邮箱$")
_NOT_RECIPIENT = regex(
    r"^(?:送|告|装|废|价|名|表|批|考|请|道|销|警|建|经(?![发信济贸开])|备)|"
    r"^(?:短信|通知|函|信息|整改|约谈|批评|表扬|曝光)|公众|群众|申请人|(?:社会|企业|市场)(?:主体|组织)?(?:$|[、和及与])"
)


def read(text: str, start: int, end: int) -> list[Actor]:
    """Who is reported to in the sentence text[start:end]."""
    actors: list[Actor] = []
    if not _SAID.search(text, start, end):
        return actors
    for found in _TO.finditer(text, start, end):
        group = "to" if found["to"] else "at"
        a, b = found.span(group)
        b = a + len(_MAILBOX.sub("", text[a:b]))
        if _NOT_RECIPIENT.search(text[a:b]):
            continue
        listed = units(text, a, b)
        if not listed and text.endswith(persons(), a, b) and b - a <= 20:
            listed = names(text, a, b)
        actors += [Actor(n, "recipient") for n in listed]
    return actors
