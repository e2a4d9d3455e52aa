"""Values in the Chinese words that officials read."""

from __future__ import annotations

from policyparse.model import Quantity, Role

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
    return f"{quantity.of or ''}{number(quantity.value)}{quantity.unit}"
