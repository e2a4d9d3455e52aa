"""What ``export`` and ``report`` share: the dates of events, and the findings of the checks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from policyparse.cli.base import complain

if TYPE_CHECKING:
    from policyparse.model import Finding, Notice

trigger_option = click.option(
    "--trigger",
    "triggers",
    multiple=True,
    metavar="EVENT=DATE",
    help='Date of an event that deadlines count from, such as "贷款审批同意=2024-10-08"; may be repeated.',
)
unchecked_option = click.option("--no-check", is_flag=True, help="Leave the findings of the checks out.")


def read_triggers(texts: tuple[str, ...]) -> dict[str, dt.date]:
    """The events and dates given by ``--trigger``; raises PolicyParseError where one is neither."""
    from policyparse.schedule import parse_trigger

    return dict(parse_trigger(text) for text in texts)


def tell_unused(triggers: dict[str, dt.date], notices: list[Notice]) -> None:
    """Say on standard error which triggers fit no deadline, and what events there are."""
    from policyparse.schedule import trigger_of

    relative = [d for n in notices for o in n.obligations for d in o.deadlines if d.trigger]
    used = {trigger_of(deadline, triggers) for deadline in relative}
    events = "、".join(dict.fromkeys(d.trigger or "" for d in relative)) or "none"
    for event in triggers:
        if event not in used:
            complain(f"trigger {event!r} fits no deadline; the events named are: {events}")


Read = list[tuple[str, Any, "Notice"]]  # path, document (None where only the notice was saved), notice


def findings(read: Read, units: Any = None) -> list[Finding]:
    """What the checks find, without what policyparse.toml in the working directory tells to ignore."""
    from policyparse.checks import check
    from policyparse.checks.config import load, split

    ignores = load(None)
    found = check(*(notice for _, _, notice in read), documents=[document for _, document, _ in read], units=units)
    homes = {notice.id: (path, notice) for path, _, notice in reversed(read)}
    told, _ = split([(*homes[finding.notice], finding) for finding in found], ignores)
    return [finding for _, finding in told]
