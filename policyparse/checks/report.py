"""Findings as text, JSON and SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format)."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from policyparse import __version__
from policyparse.checks import checks
from policyparse.digest import sha256
from policyparse.model import Finding, Severity, Span

SEVERITY_WORDS: dict[Severity, str] = {"error": "错误", "warning": "警告", "info": "提示"}
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Source:
    """A file that was checked: where it is, its notice's id and its text."""

    path: str
    notice: str
    text: str

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def line(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``, both from 1; the column counts code points."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


@dataclass(frozen=True)
class Report:
    """What a run of the checks came to."""

    sources: Sequence[Source]
    told: Sequence[tuple[str, Finding]]
    ignored: Sequence[tuple[str, Finding, str]] = field(default=())

    def source(self, path: str) -> Source:
        """The file ``path``."""
        return next(source for source in self.sources if source.path == path)

    def of_notice(self, notice: str) -> Source | None:
        """The file of the notice, where it is among those checked."""
        return next((source for source in self.sources if source.notice == notice), None)

    def counts(self) -> dict[Severity, int]:
        """Number of findings told, by severity."""
        seen = Counter(finding.severity for _, finding in self.told)
        return {severity: seen[severity] for severity in SEVERITY_WORDS}


def text(report: Report) -> str:
    """A line a finding: file, line, column, severity, code, message; a closing line with the counts."""
    lines = []
    for path, finding in report.told:
        at = ":".join(map(str, report.source(path).line(finding.span[0]))) if finding.span else ""
        where = f"{path}:{at}" if at else path
        lines.append(f"{where}: {SEVERITY_WORDS[finding.severity]} {finding.code} {finding.message}")
    counts = "，".join(f"{SEVERITY_WORDS[severity]}{count}个" for severity, count in report.counts().items())
    ignored = f"，另有{len(report.ignored)}个按配置忽略" if report.ignored else ""
    lines.append(f"检查{len(report.sources)}个文件：{counts}{ignored}。")
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """An object with the findings (each with its file, line and column), those ignored, and the counts."""

    def row(path: str, finding: Finding) -> dict[str, Any]:
        line, column = report.source(path).line(finding.span[0]) if finding.span else (None, None)
        return {"file": path, "line": line, "column": column, **finding.model_dump(mode="json")}

    content = {
        "findings": [row(path, finding) for path, finding in report.told],
        "ignored": [{**row(path, finding), "reason": reason} for path, finding, reason in report.ignored],
        "counts": report.counts(),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def sarif(report: Report) -> str:
    """A SARIF 2.1.0 log with one run; columns and offsets count code points, ignored findings are suppressed."""
    used = sorted({f.code for _, f in report.told} | {f.code for _, f, _ in report.ignored})
    results = [_result(report, path, finding, used) for path, finding in report.told]
    for path, finding, reason in report.ignored:
        suppression = {"kind": "external", "justification": reason}
        results.append({**_result(report, path, finding, used), "suppressions": [suppression]})
    driver = {
        "name": "policyparse",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in used],
    }
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    check = checks()[code]
    sections = check.sections
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in check.slug.split("-")),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": " ".join(sections["What it checks"].split())},
        "help": {"text": "\n\n".join(f"{name}: {sections[name]}" for name in ("Why it matters", "Known limits"))},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(report: Report, path: str, finding: Finding, used: Sequence[str]) -> dict[str, Any]:
    source = report.source(path)
    what = f"{finding.code} {PurePath(path).name} {finding.obligation or finding.message}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": used.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _place(source, finding.span)}],
        "partialFingerprints": {"policyparse/v1": sha256(what.encode())[:32]},
    }
    related = [(other, report.of_notice(other.notice)) for other in finding.related]
    places = [
        {"id": i, "message": {"text": other.text}, "physicalLocation": _place(known, other.span)}
        for i, (other, known) in enumerate(related, 1)
        if known is not None
    ]
    return {**result, "relatedLocations": places} if places else result


def _place(source: Source, span: Span | None) -> dict[str, Any]:
    path = source.path if source.path != "-" else "stdin"
    uri = quote(path.replace("\\", "/"))
    place: dict[str, Any] = {"artifactLocation": {"uri": f"file://{uri}" if uri.startswith("/") else uri}}
    if span is not None:
        (line, column), (last, end) = source.line(span[0]), source.line(span[1])
        place["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": last,
            "endColumn": end,
            "charOffset": span[0],
            "charLength": span[1] - span[0],
        }
    return place


FORMATS: dict[str, Callable[[Report], str]] = {"text": text, "json": as_json, "sarif": sarif}
