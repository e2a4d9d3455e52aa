"""policyparse.toml: which findings are ignored, and why.

::

    [[ignore]]
    code = "OBL005"                  # a code, the beginning of one, or a slug; or a list of them
    reason = "时限由年度计划统一规定"   # required: who reads this later must know why
    file = "2023-*.txt"              # optional: names of files, with * and ?
    clause = "二/（一）"               # optional: this clause and those below it
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import Any

from policyparse.checks import chosen
from policyparse.errors import PolicyParseError
from policyparse.model import Finding, Notice

NAME = "policyparse.toml"


@dataclass(frozen=True)
class Ignore:
    """Findings that are not to be told, with the reason."""

    codes: frozenset[str]
    reason: str
    file: str | None = None
    clause: tuple[str, ...] = ()

    def covers(self, finding: Finding, path: str, clause: Sequence[str]) -> bool:
        """Whether it speaks of ``finding``, made in the file ``path`` and in ``clause``."""
        if finding.code not in self.codes or (self.file and not fnmatch(PurePath(path).name, self.file)):
            return False
        return tuple(clause[: len(self.clause)]) == self.clause


def load(path: str | Path | None = None) -> tuple[Ignore, ...]:
    """The ignores of the file ``path``; without one, of policyparse.toml in the working directory, if it is there.

    Raises PolicyParseError where the file can't be read, holds an unknown field or code, or an ignore has no reason.
    """
    file = Path(path if path is not None else NAME)
    if path is None and not file.is_file():
        return ()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyParseError(f"{file}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PolicyParseError(f"{file}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyParseError(f"{file}: not valid TOML ({error})") from error
    rows = content.pop("ignore", [])
    if content or not isinstance(rows, list):
        raise PolicyParseError(f"{file}: holds {', '.join(content) or 'ignore'}; it must hold [[ignore]] tables alone")
    return tuple(_ignore(row, f"{file}: ignore {number}") for number, row in enumerate(rows, 1))


def _ignore(row: Any, where: str) -> Ignore:
    if not isinstance(row, dict) or not all(
        isinstance(value, str) for key, value in row.items() if not (key == "code" and isinstance(value, list))
    ):
        raise PolicyParseError(f"{where}: every value must be a text (code may be a list of texts)")
    unknown = sorted(set(row) - {"code", "reason", "file", "clause"})
    if unknown:
        raise PolicyParseError(f"{where}: unknown field {unknown[0]}; the fields are code, reason, file, clause")
    codes = row.get("code", [])
    codes = [codes] if isinstance(codes, str) else codes
    if not codes or not all(isinstance(code, str) and code for code in codes):
        raise PolicyParseError(f"{where}: names no code")
    if not row.get("reason", "").strip():
        raise PolicyParseError(
            f"{where} ({', '.join(codes)}): gives no reason; say why these findings are right to ignore"
        )
    clause = tuple(part for part in row.get("clause", "").split("/") if part)
    return Ignore(frozenset(c.code for c in chosen(codes)), row["reason"].strip(), row.get("file"), clause)


def split(
    findings: Iterable[tuple[str, Notice, Finding]], ignores: Sequence[Ignore]
) -> tuple[list[tuple[str, Finding]], list[tuple[str, Finding, str]]]:
    """Findings (each with its file and notice) as those to tell, and those ignored with the reason."""
    told: list[tuple[str, Finding]] = []
    ignored: list[tuple[str, Finding, str]] = []
    for path, notice, finding in findings:
        clause = next((o.clause for o in notice.obligations if o.id == finding.obligation), ())
        ignore = next((i for i in ignores if i.covers(finding, path, clause)), None)
        if ignore is None:
            told.append((path, finding))
        else:
            ignored.append((path, finding, ignore.reason))
    return told, ignored
