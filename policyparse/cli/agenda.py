"""policyparse agenda: what one unit must do."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from policyparse.cli.base import EXIT_CODES, Run, inputs, output_option, units_option, write
from policyparse.wording import ROLE_WORDS

if TYPE_CHECKING:
    from policyparse.worklist import AgendaItem

_DATE = click.DateTime(["%Y-%m-%d"])


@click.command("agenda", epilog=EXIT_CODES)
@click.argument("unit", metavar="UNIT")
@inputs
@click.option("--until", type=_DATE, metavar="DATE", help="Last day; recurring tasks are spelled out up to it.")
@click.option("--since", type=_DATE, metavar="DATE", help="First day; left out: each notice's own date.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@units_option
@output_option
def command(
    unit: str,
    run: Run,
    until: dt.datetime | None,
    since: dt.datetime | None,
    form: str,
    register: str | None,
    out: str | None,
) -> int:
    """Print what UNIT must do by FILE..., sorted by date, what has no date last."""
    from policyparse.worklist import agenda

    units = run.use_units(register)
    notices = [notice for _, notice in run.notices()]
    if notices:
        last, first = (day.date() if day else None for day in (until, since))
        items = agenda(unit, *notices, until=last, since=first, units=units)
        write(out, _json(items) if form == "json" else _text(unit, items))
    return run.exit_code


def _json(items: list[AgendaItem]) -> str:
    return json.dumps([item.model_dump(mode="json") for item in items], ensure_ascii=False, indent=2) + "\n"


def _text(unit: str, items: list[AgendaItem]) -> str:
    if not items:
        return f"没有找到“{unit}”的任务。\n"
    lines = [f"{unit}：{len(items)}项"]
    for item in items:
        when = item.date.isoformat() if item.date else "未定日期  "
        said = f"（{item.deadline}）" if item.deadline else ""
        lines.append(
            f"{when}  [{ROLE_WORDS[item.role]}] {' '.join(filter(None, ['/'.join(item.clause), item.task]))}{said}"
        )
        partners = "；".join(
            f"{word}：{'、'.join(p.name for p in item.partners if p.role == role)}"
            for role, word in ROLE_WORDS.items()
            if any(p.role == role for p in item.partners)
        )
        lines.append(f"            {item.title or item.notice}" + (f"  {partners}" if partners else ""))
    return "\n".join(lines) + "\n"
