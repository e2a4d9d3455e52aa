"""The page of the checks (docs/checks.md), made from their docstrings."""

from __future__ import annotations

from policyparse.checks import checks
from policyparse.checks.base import Check

_HEAD = """# Checks

This page is made from the docstrings of the checks: `python -m policyparse.checks.manual > docs/checks.md`.
The examples are run by the tests: the first must raise the code, the second must not.

`policyparse check FILE…` runs the checks; `--select` and `--ignore` take codes (`OBL002`), the beginnings of codes
(`OBL`) and slugs (`no-lead`). A file `policyparse.toml` in the working directory holds what is ignored, and why:

```toml
[[ignore]]
code = "OBL005"                  # or a list of codes
reason = "时限由年度计划统一规定"   # required
file = "2023-*.txt"              # optional
clause = "二/（一）"               # optional: this clause and those below it
```

The exit code is 1 when something of severity error is found.
"""
_FAMILIES = {
    "OBL": "OBL: what a task itself leaves open",
    "TIM": "TIM: dates that can't be, or that contradict each other",
    "COV": "COV: who was forgotten, and what was given to nobody",
    "CON": "CON: what contradicts itself, in one notice or between notices",
    "REF": "REF: names, numbers and places that lead nowhere",
    "FRM": "FRM: the parts that a document of its kind has",
}


def page() -> str:
    """The whole page as Markdown."""
    known = list(checks().values())
    rows = [f"| [{c.code}](#{c.code.lower()}-{c.slug}) | {c.slug} | {c.severity} | {c.title} |" for c in known]
    parts = [_HEAD, "| code | slug | severity | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"]
    for family, title in _FAMILIES.items():
        parts.append(f"## {title}\n")
        parts += [_section(check) for check in known if check.code.startswith(family)]
    return "\n".join(parts)


def _section(check: Check) -> str:
    lines = [f"### {check.code} {check.slug}\n", f"{check.title} Severity: {check.severity}.\n"]
    for name, text in check.sections.items():
        shown = f"```text\n{text}\n```" if name in ("Example", "Use instead") else text
        lines.append(f"**{name}**\n\n{shown}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    print(page(), end="")
