"""Comparisons as text, JSON and HTML, in the words that officials read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from policyparse.comparison.base import Side
from policyparse.comparison.levels import Cascade
from policyparse.comparison.versions import Difference, Kept
from policyparse.model import Notice

FIELD_WORDS = {"party": "责任单位", "deadline": "时限", "quantity": "数量", "heading": "标题", "text": "正文"}


def _title(notices: Sequence[Notice], key: str) -> str:
    return next((n.title or n.source.name or n.id for n in notices if n.id == key), key)


def cascade_json(cascade: Cascade, notices: Sequence[Notice]) -> str:
    """The comparison as it is, in JSON."""
    return cascade.model_dump_json(indent=2) + "\n"


def cascade_text(cascade: Cascade, notices: Sequence[Notice]) -> str:
    """For the terminal: each pair with its reason, then what was not taken over, then what is new."""
    lines = [f"上级文件：{_title(notices, cascade.parent)}"]
    for child in cascade.children:
        pairs = [pair for pair in cascade.pairs if pair.child.notice == child]
        missing = [side for side in cascade.not_taken_over if side.by == child]
        new = [side for side in cascade.new_in_child if side.notice == child]
        lines += [
            "",
            f"下级文件：{_title(notices, child)}",
            f"承接{len(pairs)}项，未承接{len(missing)}项，新增{len(new)}项",
        ]
        for pair in pairs:
            lines += [f"= {pair.parent.place}", f"  → {pair.child.place}  [{pair.score:.2f}] {pair.reason}"]
            lines += [f"    ! {remark.message}" for remark in pair.remarks]
        lines += [f"- 未承接：{side.place}" for side in missing]
        lines += [f"+ 新增：{side.place}" for side in new]
    return "\n".join(lines) + "\n"


_STYLE = """body{font-family:"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:2rem;line-height:1.6;
color:#1f2937;background:#fff}table{border-collapse:collapse;width:100%}th,td{border:1px solid #cbd5e1;padding:.4rem .6rem;
text-align:left;vertical-align:top}th{background:#f1f5f9}.missing td{background:#fef2f2}.new td{background:#f0fdf4}
.remark{color:#9a3412}@media(prefers-color-scheme:dark){body{background:#0f172a;color:#e2e8f0}th{background:#1e293b}
.missing td{background:#450a0a}.new td{background:#052e16}.remark{color:#fdba74}td,th{border-color:#475569}}"""


def cascade_html(cascade: Cascade, notices: Sequence[Notice]) -> str:
    """One self-contained page: a table for each subordinate notice, without scripts or anything loaded."""
    title = _title(notices, cascade.parent)
    body = [f"<h1>{escape(title)}</h1>"]
    for child in cascade.children:
        rows = list(_rows(cascade, child))
        body.append(
            f"<h2>{escape(_title(notices, child))}</h2>\n<table>\n<thead><tr><th>上级任务</th><th>承接任务</th>"
            "<th>得分</th><th>依据</th></tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
        )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}：逐级承接</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _rows(cascade: Cascade, child: str) -> Iterator[str]:
    for pair in cascade.pairs:
        if pair.child.notice == child:
            remarks = "".join(f'<br><span class="remark">{escape(r.message)}</span>' for r in pair.remarks)
            yield _row("", pair.parent, pair.child, f"{pair.score:.2f}", escape(pair.reason) + remarks)
    for missing in cascade.not_taken_over:
        if missing.by == child:
            yield _row("missing", missing, None, "", "未承接")
    for new in cascade.new_in_child:
        if new.notice == child:
            yield _row("new", None, new, "", "新增")


def _row(kind: str, parent: Side | None, child: Side | None, score: str, reason: str) -> str:
    cells = [escape(parent.place) if parent else "", escape(child.place) if child else "", score, reason]
    return f'<tr class="{kind}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


FORMATS: dict[str, Callable[[Cascade, Sequence[Notice]], str]] = {
    "text": cascade_text,
    "json": cascade_json,
    "html": cascade_html,
}


def difference_text(found: Difference) -> str:
    """For the terminal: what was added, dropped and moved, and what changed in what was kept."""
    lines = [
        f"新增{len(found.added)}项，删去{len(found.dropped)}项，移动{len(found.moved)}项，"
        f"修改{len(found.changed)}项，共保留{len(found.kept)}项"
    ]
    lines += [f"+ 新增：{side.place}" for side in found.added]
    lines += [f"- 删去：{side.place}" for side in found.dropped]
    for pair in found.kept:
        if pair.moved or pair.changes or pair.old.clause != pair.new.clause:
            lines += _kept(pair)
    return "\n".join(lines) + "\n"


def _kept(pair: Kept) -> Iterator[str]:
    was = "移自" if pair.moved else "原" if pair.old.clause != pair.new.clause else ""
    yield f"= {pair.new.place}" + (f"（{was}{pair.old.place}）" if was else "")
    for change in pair.changes:
        word = FIELD_WORDS[change.field]
        if change.field == "text":
            yield f"    {word}有改动"
        elif not change.old:
            yield f"    {word}增加“{change.new}”"
        elif not change.new:
            yield f"    {word}删去“{change.old}”"
        else:
            yield f"    {word}由“{change.old}”改为“{change.new}”"
