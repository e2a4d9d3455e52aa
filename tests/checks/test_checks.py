"""What goes into the checks and what comes out: selection, order, ignores, formats, exit codes."""

import json

import pytest
from click.testing import CliRunner

import policyparse as pp
from policyparse.checks import checks, chosen, manual
from policyparse.checks.config import load, split
from policyparse.cli import main
from policyparse.errors import PolicyParseError
from policyparse.model import Document, Notice, Organ
from policyparse.units import Unit, Units
from tests.builders import deadline, notice, obligation, party, quantity

BAD_DATE = "清溪县人民政府办公室关于报送材料的通知\n一、报送材料。请各乡镇于2024年6月31日前报送材料。（责任单位：各乡镇、县财政局）\n"
GOOD = "清溪县人民政府办公室关于报送材料的通知\n一、报送材料。请各乡镇于2024年6月30日前报送材料。（责任单位：各乡镇）\n"


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def bad(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.txt").write_text(BAD_DATE, encoding="utf-8")
    return "bad.txt"


def codes(*notices, **more):
    return [finding.code for finding in pp.check(*notices, **more)]


def test_codes_are_a_family_and_three_digits_and_slugs_are_unique():
    assert all(code[:3].isupper() and code[3:].isdigit() and len(code) == 6 for code in checks())
    assert len({check.slug for check in checks().values()}) == len(checks())


def test_a_check_is_named_by_code_beginning_or_slug():
    assert [c.code for c in chosen(["obl002"])] == [c.code for c in chosen(["no-lead"])] == ["OBL002"]
    assert {c.code[:3] for c in chosen(["OBL"])} == {"OBL"}
    assert "OBL002" not in {c.code for c in chosen((), ["no-lead"])}


@pytest.mark.parametrize("name", ["XYZ001", "no-such-thing", ""])
def test_an_unknown_code_is_one_sentence(name):
    with pytest.raises(PolicyParseError, match="no check has this code"):
        chosen([name])


def test_notices_documents_and_paths_are_taken(bad):
    document = Document(text=BAD_DATE)
    assert codes(document, select=["TIM003"]) == codes(bad, select=["TIM003"]) == ["TIM003"]
    assert codes(pp.parse(document), documents=[document], select=["TIM003"]) == ["TIM003"]
    assert codes(pp.parse(document), select=["TIM003"]) == ["TIM003"]  # by the words of the obligations alone


def test_findings_quote_the_words_they_speak_of():
    finding = pp.check(Document(text=BAD_DATE), select=["TIM003"])[0]
    assert BAD_DATE[slice(*finding.span)] == "2024年6月31日"
    assert "2024年6月31日" in finding.message and finding.severity == "error"


def test_findings_come_in_the_order_of_the_notices():
    one, two = (
        notice(f"n{i}", obligation("o1", "办事。", party("县财政局", "lead", "table"), party("县财政局")))
        for i in (1, 2)
    )
    assert [f.notice for f in pp.check(two, one, select=["OBL004"])] == ["n2", "n1"]


def test_nothing_is_found_in_nothing():
    assert codes(Notice(id="n0")) == []
    assert codes(Document(text="")) == []


def test_the_register_tells_that_two_names_are_one_unit():
    task = obligation("o1", "办事。", party("县住建局", "lead", "table"), party("县建设局", "support"))
    units = Units([Unit("县住建局", aliases=("县建设局",))])
    assert codes(notice("n1", task), select=["OBL004"]) == []
    assert codes(notice("n1", task), select=["OBL004"], units=units) == ["OBL004"]


def test_conflicts_are_found_between_notices_of_one_place_only():
    def one(id, issuer, lead):
        text = "对全县餐饮场所燃气使用情况开展全面排查，逐户建立台账并跟踪整改。"
        task = obligation("o1", text, party(lead, "lead", "table"), heading="排查燃气用户", clause="一")
        return notice(id, task, issuers=(issuer,))

    here = one("n1", "云溪市柳桥县人民政府", "县住建局")
    again = one("n2", "云溪市柳桥县人民政府", "县商务局")
    elsewhere = one("n3", "云溪市石门县人民政府", "县商务局")
    assert codes(here, again, select=["CON001"]) == ["CON001"]
    assert codes(here, elsewhere, select=["CON001"]) == []


def test_numbers_are_compared_where_they_count_the_same():
    def one(id, *quantities):
        task = obligation(
            "o1", "新建公共充电桩并接入全县统一平台。", party("县发改局", "lead", "table"), heading="建设公共充电桩"
        )
        return notice(id, task.model_copy(update={"quantities": quantities}), issuers=("云溪市柳桥县人民政府",))

    first = one("n1", quantity("200个", 200, "个", "充电桩"))
    assert codes(first, one("n2", quantity("300个", 300, "个", "充电桩")), select=["CON003"]) == ["CON003"]
    assert codes(first, one("n2", quantity("300个", 300, "个", "车位")), select=["CON003"]) == []


def test_members_of_a_collective_name_are_not_called_idle():
    tasks = [
        obligation(f"o{i}", "办事。", party(n, basis="table"))
        for i, n in enumerate(("县水利局", "县应急局", "县气象局"))
    ]
    organ = Organ(name="防汛专班", members=("县水利局", "县审计局", "各镇（街道）"), span=(90, 99))
    found = pp.check(notice("n1", *tasks, organs=(organ,)), select=["COV002"])
    assert [f.message[1:5] for f in found] == ["县审计局"]


def test_a_rest_day_follows_the_calendar_given():
    class Always:
        def is_workday(self, day):
            return True

        def covers(self, year):
            return True

    task = obligation("o1", "办事。", party("县水利局"), deadlines=(deadline("2024年10月1日前", end="2024-10-01"),))
    assert codes(notice("n1", task), select=["TIM005"]) == ["TIM005"]
    assert codes(notice("n1", task), select=["TIM005"], calendar=Always()) == []


def test_the_page_of_the_checks_is_current(request):
    page = (request.config.rootpath / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page == manual.page(), "run: python -m policyparse.checks.manual > docs/checks.md"


class TestIgnores:
    def write(self, tmp_path, text):
        file = tmp_path / "policyparse.toml"
        file.write_text(text, encoding="utf-8")
        return file

    def test_by_code_file_and_clause(self, tmp_path):
        text = '[[ignore]]\ncode = ["TIM003", "OBL"]\nreason = "已核"\nfile = "b*.txt"\nclause = "一"\n'
        ignores = load(self.write(tmp_path, text))
        parsed = pp.parse(Document(text=BAD_DATE))
        findings = pp.check(Document(text=BAD_DATE), select=["TIM003"])
        told, ignored = split([("x/bad.txt", parsed, f) for f in findings], ignores)
        assert (told, [reason for _, _, reason in ignored]) == ([], ["已核"])
        told, ignored = split([("good.txt", parsed, f) for f in findings], ignores)
        assert len(told) == 1 and not ignored

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('[[ignore]]\ncode = "OBL002"\n', "gives no reason"),
            ('[[ignore]]\nreason = "x"\n', "names no code"),
            ('[[ignore]]\ncode = "ZZZ"\nreason = "x"\n', "no check has this code"),
            ('[[ignore]]\ncode = "OBL002"\nreason = "x"\nfiles = "y"\n', "unknown field files"),
            ('[[ignore]]\ncode = 3\nreason = "x"\n', "every value must be a text"),
            ('ignore = "x"\n', "must hold"),
            ('[check]\nselect = "x"\n', "must hold"),
            ("[[ignore\n", "not valid TOML"),
        ],
    )
    def test_what_is_wrong_is_said(self, tmp_path, text, message):
        with pytest.raises(PolicyParseError, match=message):
            load(self.write(tmp_path, text))

    def test_a_missing_file_that_was_named_is_an_error(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert load() == ()
        with pytest.raises(PolicyParseError, match="can't be read"):
            load("nowhere.toml")


class TestCommand:
    def test_an_error_gives_exit_code_1_and_names_line_and_column(self, bad):
        result = run("check", bad)
        assert result.exit_code == 1
        assert "bad.txt:2:13: 错误 TIM003" in result.stdout and "错误1个" in result.stdout

    def test_without_errors_the_exit_code_is_0(self, bad):
        assert run("check", bad, "--ignore", "TIM003").exit_code == 0
        assert run("check", bad, "--select", "OBL,no-date").exit_code == 0

    def test_bad_input_gives_2(self, bad):
        assert run("check", "nowhere.txt").exit_code == 2
        assert run("check", bad, "nowhere.txt").exit_code == 2
        assert run("check", bad, "--select", "ZZZ").exit_code == 2
        assert run("check", bad, "--config", "nowhere.toml").exit_code == 2
        assert run("explain", "ZZZ").exit_code == 2

    def test_ignores_of_the_working_directory_hold(self, bad, tmp_path):
        (tmp_path / "policyparse.toml").write_text('[[ignore]]\ncode = "TIM003"\nreason = "已核"\n', encoding="utf-8")
        result = run("check", bad)
        assert result.exit_code == 0 and "另有1个按配置忽略" in result.stdout

    def test_json_holds_findings_and_counts(self, bad):
        content = json.loads(run("check", bad, "--format", "json").stdout)
        assert content["counts"]["error"] == 1
        found = next(f for f in content["findings"] if f["code"] == "TIM003")
        assert (found["file"], found["line"], found["column"]) == ("bad.txt", 2, 13)

    def test_explain_prints_the_docstring_and_lists_all(self):
        assert "Use instead" in run("explain", "no-lead").stdout
        assert run("explain").stdout.count("\n") == len(checks())


class TestSarif:
    """The parts of SARIF 2.1.0 that readers of such files rely on."""

    @pytest.fixture
    def log(self, bad, tmp_path):
        (tmp_path / "policyparse.toml").write_text('[[ignore]]\ncode = "FRM"\nreason = "网页稿"\n', encoding="utf-8")
        return json.loads(run("check", bad, "--format", "sarif").stdout)

    def test_rules_and_results_belong_together(self, log):
        (only,) = log["runs"]
        rules = only["tool"]["driver"]["rules"]
        assert log["version"] == "2.1.0" and only["columnKind"] == "unicodeCodePoints"
        for result in only["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["level"] in ("error", "warning", "note") and result["message"]["text"]

    def test_regions_point_at_the_words(self, log):
        result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "TIM003")
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        assert place["artifactLocation"]["uri"] == "bad.txt"
        at = region["charOffset"]
        assert BAD_DATE[at : at + region["charLength"]] == "2024年6月31日"
        line = BAD_DATE.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "2024年6月31日"

    def test_ignored_findings_are_suppressed_with_their_reason(self, log):
        quiet = [r for r in log["runs"][0]["results"] if "suppressions" in r]
        assert {r["ruleId"][:3] for r in quiet} == {"FRM"}
        assert {s["justification"] for r in quiet for s in r["suppressions"]} == {"网页稿"}
