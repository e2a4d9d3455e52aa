"""The trace: what rules saw, what became of it, and why values came out as they did."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import policyparse
from policyparse.model import Document
from policyparse.trace import gather, trace
from policyparse.trace.base import ClauseView, Explained, ObligationView, Sight, Trace

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"
NOTICES = sorted(p for p in CORPORA.iterdir() if p.suffix in (".txt", ".md"))


def traced(name: str, *clauses: str) -> Trace:
    return gather(policyparse.read(CORPORA / name), None, clauses)


def clause(name: str, path: str) -> ClauseView:
    """The one clause at ``path``."""
    found = [c for c in traced(name, path).clauses if "/".join(c.path) == path]
    assert len(found) == 1
    return found[0]


def sight(view: ClauseView, text: str, rule: str) -> Sight:
    return next(s for s in view.sights if (s.text, s.rule) == (text, rule))


def written(body: str, head: str = "云泽市人民政府关于推进河湖治理的通知\n各县人民政府：\n") -> Document:
    return Document(text=f"{head}{body}\n云泽市人民政府\n2031年1月15日\n")


def values(view: ObligationView) -> dict[str, Explained]:
    return {v.value.text: v for v in (*view.parties, *view.deadlines, *view.quantities)}


# --- it shows what the parse does


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_every_obligation_is_shown_as_parsed(path: Path) -> None:
    document = policyparse.read(path)
    shown = [o for c in gather(document).clauses for o in c.obligations]
    made = policyparse.parse(document).obligations
    assert sorted((o.obligation for o in shown), key=lambda o: o.id) == sorted(made, key=lambda o: o.id)
    for view in shown:
        assert tuple(v.value for v in view.parties) == view.obligation.parties
        assert tuple(v.value for v in view.deadlines) == view.obligation.deadlines
        assert tuple(v.value for v in view.quantities) == view.obligation.quantities
        assert all(v.why for v in (*view.parties, *view.deadlines, *view.quantities))


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_spans_point_at_what_is_quoted(path: Path) -> None:
    document = policyparse.read(path)
    for view in gather(document).clauses:
        for said in (*view.sights, *view.assignments, *view.sentences):
            a, b = said.span
            read = "".join(document.text[a:b].split())
            assert read[:1] == said.text[:1] and read[-1:] == said.text[-1:]


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_what_is_bound_is_a_value(path: Path) -> None:
    for view in traced(path.name).clauses:
        bound = {s.span for s in view.sights if s.fate == "bound"}
        held = {v.value.span for o in view.obligations for v in (*o.deadlines, *o.quantities)}
        assert held <= bound


# --- mentions


def test_losers_know_who_won() -> None:
    seen = sight(clause("prose.txt", "二"), "至2024年4月30日", "date")
    assert seen.fate == "lost"
    assert "“2023年12月1日至2024年4月30日” (date-range), which begins earlier" in seen.why


def test_joined_mentions_lead_to_the_whole() -> None:
    view = clause("lead_first.txt", "三/（三）")
    assert sight(view, "自2025年起", "date").fate == "joined"
    assert "“自2025年起于每年12月10日前”" in sight(view, "每年12月10日前", "recurring").why
    assert sight(view, "自2025年起于每年12月10日前", "recurring").fate == "bound"
    assert {sight(clause("named_roles.txt", "二/（四）"), words, "figures").fate for words in ("2万元", "5万元")} == {
        "joined"
    }


def test_what_is_already_so_is_dropped() -> None:
    body = "一、建设清单。在已归集10项的基础上，再归集20项。（责任单位：市数据局）"
    view = gather(written(body)).clauses[0]
    assert (sight(view, "10项", "figures").fate, sight(view, "20项", "figures").fate) == ("dropped", "bound")
    assert "already so" in sight(view, "10项", "figures").why


def test_past_and_repeated_dates_are_dropped() -> None:
    body = "一、疏浚河道。2020年6月，完成勘测。2031年6月底前完成疏浚，2031年6月底前验收。（责任单位：市河湖局）"
    view = gather(written(body)).clauses[0]
    fates = [(s.text, s.fate, s.why.partition(" (")[0]) for s in view.sights if s.fate != "abstained"]
    assert ("2020年6月", "dropped", "its date lies before the notice: it tells what was done") in fates
    assert [fate for text, fate, _ in fates if text == "2031年6月底前"] == ["bound", "dropped"]


def test_what_a_rule_declines_is_told() -> None:
    assert sight(clause("lead_first.txt", "二/（一）/1"), "6个", "figures").fate == "abstained"


def test_what_lies_in_a_clause_and_binds_nothing() -> None:
    view = clause("bare_lists.txt", "一")
    assert view.obligations == ()
    assert sight(view, "到2026年", "date").fate == "unused"
    assert view.notes == ("no obligation: neither an assignment nor a sentence of it names who must act",)


# --- assignments


def test_units_tell_what_said_their_role() -> None:
    found = clause("own_lines.md", "一/1").assignments[0]
    assert found.form == "line"
    assert [(u.name, u.role, u.said) for u in found.units][:2] == [
        ("市政务服务局", "lead", "牵头单位"),
        ("市自然资源和规划局", "responsible", "责任单位"),
    ]


def test_columns_say_roles() -> None:
    view = clause("flat_table.txt", "二/5")
    assert [(a.form, [(u.name, u.said) for u in a.units]) for a in view.assignments] == [
        ("table", [("县住建局", "牵头单位"), ("各乡镇人民政府", "责任单位")])
    ]


def test_a_shared_assignment_is_shown_with_every_item() -> None:
    for path in ("二/3/（1）", "二/3/（2）", "二/3/（3）"):
        view = clause("own_lines.md", path)
        assert len(view.assignments[0].obligations) == 3
    assert "shared with its neighbours" in clause("own_lines.md", "二/3/（1）").obligations[0].deadlines[0].why


def test_names_tell_how_they_were_written_out() -> None:
    why = values(clause("bare_lists.txt", "二/2").obligations[0])["商务委"].why
    assert "“市” carried over from the unit before it" in why
    view = gather(written("一、巡查河道。（责任单位：市河湖局，各市、县人民政府）")).clauses[0]
    unit = next(u for u in view.assignments[0].units if u.text == "各市")
    assert (unit.name, unit.how) == ("各市人民政府", "“人民政府” shared with its neighbours in the list")


def test_convention_and_defaults_are_quoted() -> None:
    whole = traced("lead_first.txt")
    assert [(c.text, c.lasts) for c in whole.conventions] == [("列第一位的为牵头单位，下同", True)]
    lead = whole.clauses[2].obligations[0].parties[0]
    assert lead.why == "first of its list, under the convention “列第一位的为牵头单位，下同” [598:611]"
    default = values(clause("named_roles.txt", "一/（二）").obligations[0])["各市政府"]
    assert default.why.startswith("stated once for many items: “以下均需各市政府落实，不再列出” [")


# --- prose


def test_sentences_that_are_obligations_say_why() -> None:
    said = clause("prose.txt", "一").sentences
    assert [(s.fate, s.assigned, s.recipient, s.binding, s.timed) for s in said] == [
        ("own", True, False, True, True),
        ("own", False, True, True, True),
    ]
    assert said[1].why == "an obligation: it binds, and it holds a time, it names who is reported to"
    assert [(a.text, a.role) for a in said[1].actors] == [
        ("乡镇人民政府", "responsible"),
        ("县森林防灭火指挥部办公室", "recipient"),
    ]


def test_sentences_that_are_only_basis_prose_say_why() -> None:
    (said,) = clause("lead_first.txt", "二/（一）").sentences
    assert said.fate == "prose"
    assert said.why == "basis prose only: it has no time, no 由…牵头 or 负责, and nobody who is reported to"
    (beside,) = clause("lead_first.txt", "二/（一）/3").sentences
    assert (beside.fate, beside.why.startswith("its item has an assignment of its own")) == ("prose", True)


# --- deadlines


@pytest.mark.parametrize(
    ("heading", "sentence", "why"),
    [
        ("疏浚河道", "2031年6月底前完成", "end 2031-06-30: year in the words themselves"),
        (
            "疏浚河道",
            "2032年3月底前勘测，6月底前完成",
            "end 2032-06-30: year of the nearest date before it in the item",
        ),
        ("疏浚河道", "6月底前完成", "end 2031-06-30: year by the date of issue 2031-01-15"),
    ],
)
def test_deadlines_tell_where_the_year_came_from(heading: str, sentence: str, why: str) -> None:
    view = gather(written(f"一、{heading}。{sentence}。（责任单位：市河湖局）")).clauses[0]
    assert view.obligations[0].deadlines[-1].why == why


def test_years_of_headings_and_plans() -> None:
    body = "一、2032年重点任务\n（一）疏浚河道。6月底前完成。（责任单位：市河湖局）"
    below = next(c for c in gather(written(body)).clauses if c.path == ("一", "（一）"))
    assert "end 2032-06-30: year of a heading above" in [d.why for d in below.obligations[0].deadlines]
    row = clause("flat_table.txt", "一/3").obligations[0].deadlines[0]
    assert "year of the plan, from the title “松岚县2025年《政府工作报告》重点任务分解表”" in row.why


def test_spans_of_time_tell_what_they_are_counted_from() -> None:
    issued = values(clause("named_roles.txt", "四").obligations[-1]) | values(
        clause("named_roles.txt", "四").obligations[0]
    )
    assert "from 2024-11-05 (year by the date of issue 2024-11-05)" in issued["本意见印发之日起3个月内"].why
    view = gather(written("一、办理许可。自本通知印发之日起10个工作日内办结。（责任单位：市河湖局）")).clauses[0]
    why = view.obligations[0].deadlines[0].why
    assert "by the State Council calendar, provisional" in why
    left = clause("lead_first.txt", "二/（一）/1").obligations[0].deadlines[1]
    assert left.why == "open: the date of “用房移交” is not in the notice"


def test_today_is_told() -> None:
    document = Document(text="关于疏浚河道的通知\n一、疏浚河道。6月底前完成。（责任单位：市河湖局）")
    context = policyparse.Context(today=dt.date(2030, 5, 1))
    (found,) = gather(document, context).clauses[0].obligations[0].deadlines
    assert found.why == "end 2030-06-30: year of Context.today 2030-05-01"


# --- clauses


def test_paths_in_any_width_and_as_prefix() -> None:
    paths = [c.path for c in traced("lead_first.txt", "二/（一）").clauses]
    assert paths == [("二", "（一）"), *(("二", "（一）", n) for n in "123")]
    assert [c.path for c in traced("lead_first.txt", "二／(一)").clauses] == paths
    both = traced("lead_first.txt", "三/(三)", "二/(一)/2").clauses
    assert [c.path for c in both] == [("二", "（一）", "2"), ("三", "（三）")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lead_first.txt", "this notice has none; its clauses are 一, 二, 二/（一）"),
        ("news.txt", "a document of kind news is read for facts, not for obligations"),
    ],
)
def test_an_unknown_clause_is_one_sentence(name: str, words: str) -> None:
    with pytest.raises(policyparse.PolicyParseError) as error:
        traced(name, "九/(九)")
    assert f"clause '九/(九)': {words}" in str(error.value)


def test_a_notice_without_obligations_is_no_error() -> None:
    assert traced("news.txt").clauses == ()
    assert traced("no_obligations.txt").clauses == ()


# --- as text, and on the command line


def run(*args: object) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from policyparse.cli import main; main(prog_name='policyparse')"]
    return subprocess.run(
        [*program, *map(str, args)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_text() -> None:
    text = trace(policyparse.read(CORPORA / "lead_first.txt"), None, ["三/(三)"])
    assert text == trace(policyparse.read(CORPORA / "lead_first.txt"), None, ["三/(三)"])
    for line in (
        "  lead-first convention [598:611] “列第一位的为牵头单位，下同”, for all lists from here on",
        "  lost      date         [1149:1156] “12月10日前” = kind due, end (month 12, day 10) "
        "(overlaps “每年12月10日前” (recurring), which begins earlier)",
        "    -> own: an obligation: it binds, and it holds a time, it names who is reported to",
        "           because: start 2025-01-01: year in the words themselves; recurs YEARLY, "
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
    ):
        assert line in text.splitlines()


def test_command_line() -> None:
    done = run("parse", "corpora/lead_first.txt", "--trace", "--clause", "三/(三)")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == trace(policyparse.read(CORPORA / "lead_first.txt"), None, ["三/（三）"])
    several = run("parse", "corpora/lead_first.txt", "corpora/prose.txt", "--trace")
    assert [row for row in several.stdout.splitlines() if row.startswith("=== ")] == [
        "=== corpora/lead_first.txt",
        "=== corpora/prose.txt",
    ]


def test_command_line_errors() -> None:
    done = run("parse", "corpora/lead_first.txt", "--trace", "--clause", "九")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("policyparse: corpora/lead_first.txt: clause '九': this notice has none;")
    assert len(done.stderr.splitlines()) == 1
    for wrong in (["--clause", "一"], ["--trace", "--format", "json"], ["--trace", "--jobs", "2"]):
        assert run("parse", "corpora/lead_first.txt", *wrong).returncode == 2
