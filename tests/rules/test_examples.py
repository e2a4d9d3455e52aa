"""Every rule with its own examples: each yes is seen whole, once, with its value; for each no the rule is silent,
and so is the whole kind where it is read by a finder of its own.

A yes phrase may mark the mention inside its context with 【】, which no folded text holds.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from policyparse import rules
from policyparse.rules import base, deadlines, quantities
from policyparse.rules.base import Mention, Rule

# Kinds whose module does more to what its rules see (widens, joins, splits) are tried as they are used.
FINDERS: dict[str, Callable[[str], list[Mention]]] = {
    deadlines.__name__: deadlines.find,
    quantities.__name__: quantities.find,
}


def modules() -> Iterator[Any]:
    """The modules of policyparse.rules that have rules."""
    for info in pkgutil.iter_modules(rules.__path__, rules.__name__ + "."):
        module = importlib.import_module(info.name)
        if getattr(module, "RULES", None):
            yield module


def every_rule() -> list[Any]:
    return [pytest.param(m, r, id=f"{m.__name__.rpartition('.')[2]}:{r.id}") for m in modules() for r in m.RULES]


def seen(module: Any, text: str) -> list[Mention]:
    find = FINDERS.get(module.__name__) or (lambda t: base.find(t, module.RULES))
    return find(text)


def marked(phrase: str) -> tuple[str, int, int]:
    """A phrase without its marks, and where the mention stands in it."""
    text = phrase.replace("【", "").replace("】", "")
    return (text, phrase.index("【"), phrase.index("】") - 1) if "【" in phrase else (text, 0, len(text))


@pytest.mark.parametrize(("module", "rule"), every_rule())
def test_examples(module: Any, rule: Rule) -> None:
    assert rule.yes, "a rule without yes examples"
    assert rule.no, "a rule without no examples"
    for phrase, value in rule.yes:
        text, start, end = marked(phrase)
        found = seen(module, text)
        assert {(m.start, m.end, m.rule) for m in found} == {(start, end, rule.id)}, phrase
        values = tuple(m.value for m in found)
        assert values == (value if isinstance(value, tuple) and len(values) == len(value) else (value,)), phrase
    for phrase in rule.no:
        found = [m for m in seen(module, phrase) if m.rule == rule.id or module.__name__ in FINDERS]
        assert [(phrase[m.start : m.end], m.rule) for m in found] == [], phrase


def test_ids_are_unique() -> None:
    ids = [f"{m.__name__}:{r.id}" for m in modules() for r in m.RULES]
    assert len(ids) == len(set(ids))


HOSTILE = """
import importlib, sys, time
from policyparse.rules.base import candidates
for rule in importlib.import_module(sys.argv[1]).RULES:
    print(rule.id, flush=True)
    pieces = [w for phrase, _ in rule.yes for w in (phrase.strip("【】"), phrase[: len(phrase) // 2])]
    pieces += ["1", "十", "年", "(", "《", "一二三四五六七八九十", "2024-", "1,", "前", "的", "每", "、1", "建设局、"]
    for piece in pieces:
        def taken(size):
            text = (piece * (size // len(piece) + 1))[:size]
            begin = time.process_time()
            candidates(text, [rule])
            return time.process_time() - begin
        short, long = taken(3_000), taken(30_000)
        for _ in range(3):  # a busy moment of the machine passes
            if long > 0.05 and long > 30 * short:
                long = min(long, taken(30_000))
        if long > 0.05 and long > 30 * short:
            sys.exit(f"{piece!r}: {short:.4f} s for 3,000 characters, {long:.4f} s for 30,000")
"""


@pytest.mark.parametrize("module", list(modules()), ids=lambda m: m.__name__.rpartition(".")[2])
def test_stays_linear(module: Any) -> None:
    """Ten times the text takes about ten times as long, whatever the text; tried in a process that may be killed."""
    command = [sys.executable, "-c", HOSTILE, module.__name__]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    except subprocess.TimeoutExpired as late:
        tried = (late.stdout or b"").decode().split()
        pytest.fail(f"rule {tried[-1] if tried else '?'} did not end")
    assert run.returncode == 0, f"{run.stdout.split()[-1:]} {run.stderr.strip().splitlines()[-1]}"
