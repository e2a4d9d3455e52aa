"""The report: one self-contained page that works offline and runs nothing but its own script.

The Content-Security-Policy names the hashes of the page's one style sheet and one script; nothing else may
load or run, whatever a notice's text holds.  Without the script the page still shows everything, its links
included.  The only home of jinja2.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from policyparse.context import Context
from policyparse.exports import write_whole
from policyparse.exports.base import ROLES, SEVERITIES, Options
from policyparse.exports.report.view import BASES, RELATIONS, view
from policyparse.model import Document, Notice

Source = str | Path | Document | tuple[Notice, Document]


def report(
    sources: Source | Iterable[Source], target: str | Path | None = None, context: Context | None = None, **options: Any
) -> str:
    """The page for ``sources`` (paths, Documents, or pairs of a Notice and its Document), also written to ``target``.

    ``options`` are those of ``policyparse.exports.base.Options``; ``findings`` and ``triggers`` concern a report.
    ``context.today`` is marked on the timeline.  Raises PolicyParseError for what can't be read or written.
    """
    several = [sources] if isinstance(sources, (str, Path, Document, tuple)) else list(sources)
    pairs = [_pair(one, context) for one in several]
    page = render(pairs, Options(**options), context.today if context else None)
    if target is not None:
        write_whole(target, page.encode("utf-8"))
    return page


def _pair(source: Source, context: Context | None) -> tuple[Notice, Document]:
    from policyparse import api, reading

    if isinstance(source, tuple):
        return source
    document = source if isinstance(source, Document) else reading.read(source)
    return api.parse(document, context), document


def render(pairs: Sequence[tuple[Notice, Document]], options: Options, today: dt.date | None = None) -> str:
    """The page as HTML; the same notices give the same characters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    style, script = _asset("report.css"), _asset("report.js")
    environment = Environment(
        loader=PackageLoader("policyparse.exports.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    views = [view(index, notice, document, options, today) for index, (notice, document) in enumerate(pairs)]
    return environment.get_template("page.html.j2").render(
        views=views,
        title=views[0].name if len(views) == 1 else f"{len(views)}份文件的任务报告",
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
        roles=ROLES,
        bases=BASES,
        relations=RELATIONS,
        severities=SEVERITIES,
    )


def _asset(name: str) -> str:
    return files("policyparse.exports.report").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """CSP source expression (Content Security Policy Level 3, 2.3.1) for an inline element holding ``text``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
