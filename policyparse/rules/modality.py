"""Deontic modality of a sentence, in LegalRuleML's terms: obligation, prohibition, permission.

The main clause decides: the first one, or the second where the first is but a topic or a condition
(``对…项目，可采取缓建措施``).  A notice's plain imperatives (推进…, 加强…) are obligations, and so are 鼓励 and 支持:
they say what the units addressed must encourage, not what anybody may do.
"""

from __future__ import annotations

from policyparse.patterns import regex
from policyparse.records import Modality
from policyparse.rules.base import Rule, compiled, holds_any

PROHIBITION = Rule(
    id="modality.prohibition",
    kind="modality",
    pattern=r"不得(?!不|已)|严禁|(?<!被)禁止(?!性|类)|不准(?!确)|不许(?!可)|不允许|不应(?!有的)|不能(?!力)|一律不(?=[^要])",
    value=lambda match: "prohibition",
    yes=(("不得", "prohibition"), ("严禁", "prohibition"), ("不准", "prohibition"), ("禁止", "prohibition")),
    no=("不得不", "禁止性条款", "不准确", "迫不得已"),
)
PERMISSION = Rule(
    id="modality.permission",
    kind="modality",
    pattern=(
        r"可以(?!看出|说)|(?<!不)允许|准许|有权|"
        r"(?<![许认宁方尽不均皆即无])可(?=(?:按|在|由|向|对|将|根据|依|参|申|采|选|适|先|优先|自|给|享|直接|结合|视|作|使|予|通过|单独|继续|延|减|免|放|以|不再))"
    ),
    value=lambda match: "permission",
    yes=(("可以", "permission"), ("允许", "permission"), ("准许", "permission")),
    no=("可持续发展", "许可按程序办理", "可靠", "可能"),
)
RULES: tuple[Rule, ...] = (PROHIBITION, PERMISSION)

_MARKS = ("不", "可", "禁", "许", "有权")
_ASIDE = regex(r"\([^()]*\)|“[^”]*”|《[^》]*》")
_CLAUSE = regex(r"[,;。:]")
_TOPIC = regex(r"(?:对|在|凡|如|若|因|除|未|经|针对|涉及|符合|属于|自|任何|其他|按照|根据)|.*(?:的|时|后|等|前)$")


def is_marked(part: str) -> bool:
    """Whether ``part`` holds something that each prohibition and permission has: a cheap test before ``of``."""
    return holds_any(part, _MARKS)


def of(sentence: str) -> Modality:
    """The modality of ``sentence`` (folded text)."""
    if not is_marked(sentence):
        return "obligation"
    clauses = [clause for clause in _CLAUSE.split(_ASIDE.sub("", sentence)) if clause]
    main = clauses[:1]
    while len(main) < min(len(clauses), 4) and _TOPIC.match(main[-1]) and not _marked(main[-1]):
        main = clauses[: len(main) + 1]
    return _marked(main[-1]) or "obligation" if main else "obligation"


def _marked(clause: str) -> Modality | None:
    if compiled(PROHIBITION.pattern).search(clause):
        return "prohibition"
    if compiled(PERMISSION.pattern).search(clause):
        return "permission"
    return None
