"""Values in the Chinese words that officials read."""

from __future__ import annotations

from policyparse.model import Obligation, Quantity, Role
from policyparse.patterns import regex

ROLE_WORDS: dict[Role, str] = {
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "supervise": "督导",
    "recipient": "报送对象",
    "official": "责任人",
}


def number(value: float) -> str:
    """A number without a needless fraction."""
    return f"{value:.0f}" if value == int(value) else f"{value:g}"


def amount(quantity: Quantity) -> str:
    """A quantity: what is counted, how many, of which unit."""
    return f"{quantity.of}{number(quantity.value)}{quantity.unit}" if quantity.of else quantity.text


_BOUND = regex(r"(?:不少于|不低于|不超过|不小于|至少|达到|超过|力争|约|达|到|为|超|近|的|,|，)+$")
_HAN = regex(r"[一-鿿]{2,4}$")


def counted(obligation: Obligation, quantity: Quantity) -> str:
    """What ``quantity`` counts: its noun, else the two to four characters before it; "" where none stand there."""
    if quantity.of:
        return quantity.of
    at = obligation.text.find(quantity.text)
    before = _HAN.search(_BOUND.sub("", obligation.text[max(0, at - 16) : at])) if at > 0 else None
    return before[0] if before else ""
