"""What kind of document it is: notice, plan, opinion, measures, report, letter, news or other.

The title decides where it ends in the word for a kind of official document (公文文种).  Only a text that has
none of a notice's frame – no number, addressees or sign-off – can be a news piece.
"""

from __future__ import annotations

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.records import Kind
from policyparse.structure.base import document_words, untailed
from policyparse.text import Flow, fold

_PRESS = regex(r"答记者问|记者会|新闻发布会|吹风会|实录|政策解读|图解|一图读懂|访谈|问答|解读$|专访")
_EXPLAINS = regex(r"(?:一图读懂|图解|图说)|[^:|丨]{0,10}(?:解读|问答|实录)[:|丨]")
_REPORTER = regex(
    r"记者|通讯员|本报讯|新华社|近日|日前|”[^“”。\n]{0,25}(?:说|表示|介绍|感慨|告诉|坦言)[,。]|[\u4e00-\u9fff]{2,4}(?:介绍|表示|告诉)[,:]|"
    r"(?:来源|供稿|编辑|摄影)[:]"
)
_OUTLINE = regex(r"(?m)^(?:#+ ?)?(?:[一二三四五六七八九十]{1,2}[、.]|第[一二三四五六七八九十]{1,3}[章条])")
_DUTY = regex(
    r"(?:责任|牵头|配合|负责)(?:单位|部门|处室)[:]|(?:牵头|负责)\)|按职责分工|各?[部单]?[门位](?:应|要|须)[^,。]"
)
_SALUTATION = regex(r"各位代表[:,!]")


def read(flow: Flow, title: str, framed: bool) -> Kind:
    """The kind of ``flow``; ``framed`` says whether it has a number, addressees or a sign-off."""
    title = fold(title)
    plain = untailed(title.rstrip('》〉”" ')).rstrip('》〉”" ')
    if _PRESS.search(plain) and (_EXPLAINS.match(plain) or not plain.endswith(document_words())):
        return "news"
    if plain.endswith("工作报告") or (_SALUTATION.search(flow.text, 0, 2000) and "报告" in title + flow.text[:400]):
        return "report"
    if "(" in title and title.rstrip().endswith(")") and "答复" in plain:
        return "letter"
    for word in document_words():
        if plain.endswith(word):
            return _kind(word)
    if framed:
        return "notice"
    return "news" if _is_news(flow) else "other"


def _kind(word: str) -> Kind:
    table: dict[str, Kind] = lexicon.table("document_kinds")  # type: ignore[assignment]
    return table[word]


def _is_news(flow: Flow) -> bool:
    """Whether a text without frame tells what happened: reporters' phrases, no numbered parts, no duties assigned."""
    text = flow.text
    if len(_OUTLINE.findall(text)) >= 2 or len(_DUTY.findall(text)) > 2:
        return False
    return len(_REPORTER.findall(text)) >= 1 + (len(text) > 3000)
