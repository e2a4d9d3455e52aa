"""The unit register, certain abbreviations, and the place a notice speaks from."""

import pytest

import policyparse as pp
from policyparse.errors import PolicyParseError
from policyparse.places import full_name, place_in, unit_level
from policyparse.units import Unit, Units, canonical, load

TOML = """
[[unit]]
name = "云溪市发展和改革委员会"
aliases = ["市发改委"]
parent = "云溪市人民政府"
level = "city"

[[unit]]
name = "各镇"
members = ["石门镇", "柳桥镇"]
"""
CSV = (
    "name,aliases,parent,level,members\n云溪市发展和改革委员会,市发改委,云溪市人民政府,city,\n各镇,,,,石门镇、柳桥镇\n"
)


@pytest.mark.parametrize(("name", "text"), [("units.toml", TOML), ("units.csv", CSV), ("bom.csv", "\ufeff" + CSV)])
def test_both_formats_say_the_same(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    units = load(tmp_path / name)
    assert units.name_of("市发改委") == units.name_of("云溪市发展改革委") == "云溪市发展和改革委员会"
    assert units.find("市财政局") is None
    assert units.collectives("石门镇") == ("各镇",)
    assert units.above("市发改委") == ("云溪市人民政府",)
    assert len(units) == 2 and [unit.level for unit in units] == ["city", None]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("units.xlsx", "", r"ends in \.toml or \.csv"),
        ("units.toml", "[[unit]\n", "not valid TOML"),
        ("units.toml", "[other]\n", "holds .* tables and nothing else"),
        ("units.toml", '[[unit]]\nlevel = "x"\n', "unit 1: has no name"),
        ("units.toml", '[[unit]]\nname = "甲局"\nboss = "x"\n', "unknown field boss"),
        ("units.toml", '[[unit]]\nname = "甲局"\naliases = "x"\n', "must be a list"),
        ("units.toml", '[[unit]]\nname = "甲局"\nparent = 3\n', "must be a text"),
        ("units.csv", "unit\n甲局\n", "must name the columns"),
        ("units.csv", "name\n甲局,乙局\n", "more cells"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyParseError, match=message):
        load(tmp_path / name)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(PolicyParseError, match="can't be read"):
        load(tmp_path / "nowhere.toml")
    (tmp_path / "gbk.csv").write_bytes("name\n甲局\n".encode("gbk"))
    with pytest.raises(PolicyParseError, match="not UTF-8"):
        load(tmp_path / "gbk.csv")


def test_one_name_for_two_units_and_circles_are_refused():
    with pytest.raises(PolicyParseError, match="names both"):
        Units([Unit("甲局", aliases=("办公室",)), Unit("乙局", aliases=("办公室",))])
    with pytest.raises(PolicyParseError, match="above itself"):
        Units([Unit("甲局", parent="乙局"), Unit("乙局", parent="甲局")])


@pytest.mark.parametrize(
    "names",
    [
        ("市发展和改革委员会", "市发展改革委", "市发改委"),
        ("区住房和城乡建设局", "区住建局"),
        ("省人力资源社会保障厅", "省人社厅"),
        ("县人民政府办公室", "县政府办"),
        ("各镇（街道）", "各镇(街道)", "各镇〈街道〉", "各镇 〔街道〕"),
    ],
)
def test_certain_abbreviations_fall_together(names):
    assert len({canonical(name) for name in names}) == 1


@pytest.mark.parametrize(
    "pair", [("市建设局", "市住建局"), ("市发改委", "区发改委"), ("市公安局", "市公安分局"), ("县经信局", "县工信局")]
)
def test_names_that_only_look_alike_stay_apart(pair):
    assert canonical(pair[0]) != canonical(pair[1])


@pytest.mark.parametrize(
    ("office", "here"),
    [
        ("云溪市柳桥区人民政府办公室", "云溪市柳桥区"),
        ("江澜省民政厅", "江澜省"),
        ("云溪市民政局", "云溪市"),
        ("云溪市市场监督管理局", "云溪市"),
        ("柳桥县石门镇人民政府", "柳桥县石门镇"),
        ("甘河藏族自治州人民政府", "甘河藏族自治州"),
        ("北岭自治区教育厅", "北岭自治区"),
        ("中共云溪市委办公室", "云溪市"),
        ("国务院办公厅", ""),
        ("工业和信息化部", ""),
    ],
)
def test_the_place_an_office_speaks_from(office, here):
    assert place_in(office).here == here


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("区建设局", "云溪市柳桥区建设局"),
        ("市教育局", "云溪市教育局"),
        ("教育局", "云溪市柳桥区教育局"),
        ("市场监管局", "云溪市柳桥区市场监管局"),
        ("市市场监管局", "云溪市市场监管局"),
        ("省财政厅", "省财政厅@云溪市柳桥区"),
        ("石门市财政局", "石门市财政局"),
        ("柳桥区财政局", "云溪市柳桥区财政局"),
        ("人行云溪分行", "人行云溪分行"),
        ("国家税务总局", "国家税务总局"),
    ],
)
def test_full_names_as_seen_from_a_district(name, full):
    assert full_name(name, place_in("云溪市柳桥区人民政府")) == full


def test_the_register_of_the_context_names_the_unit_of_each_party():
    text = "柳桥县人民政府办公室关于停车的通知\n一、建停车场。新建停车场。（牵头单位：县住建局；责任单位：县财政局）\n"
    units = Units([Unit("柳桥县住房和城乡建设局", aliases=("县建设局",))])
    parties = pp.parse_text(text, pp.Context(units=units)).obligations[0].parties
    assert [(p.text, p.unit) for p in parties] == [("县住建局", "柳桥县住房和城乡建设局"), ("县财政局", None)]


def test_without_a_place_names_stay_as_they_are():
    assert full_name("市教育局", place_in("国务院办公厅")) == "市教育局"


@pytest.mark.parametrize(
    ("name", "level"),
    [("省民政厅", 1), ("市民政局", 2), ("县民政局", 3), ("镇政府", 4), ("国家能源局", 0), ("市场监管局", None)],
)
def test_the_level_a_name_speaks_of(name, level):
    assert unit_level(name) == level
