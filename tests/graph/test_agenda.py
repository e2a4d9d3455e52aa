"""The agenda of a unit."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

import policyparse as pp
from policyparse.cli import main
from policyparse.units import Unit, Units
from tests.builders import deadline, notice, obligation, party

TASKS = (
    obligation("o1", "无时限。", party("县住建局", "lead"), party("县财政局", "support")),
    obligation("o2", "年底。", party("县住建局"), deadlines=(deadline("年底前", end="2024-12-31"),)),
    obligation("o3", "年中。", party("县住房和城乡建设局", "lead"), deadlines=(deadline("6月底前", end="2024-06-30"),)),
    obligation(
        "o4",
        "月报。",
        party("各镇"),
        party("县住建局", "recipient"),
        deadlines=(deadline("每月25日前", "recurring", freq="MONTHLY", by="25", rrule="FREQ=MONTHLY;BYMONTHDAY=25"),),
    ),
    obligation("o5", "别人的事。", party("县水利局")),
)
NOTICE = notice("n1", *TASKS, issuers=("云溪市柳桥县人民政府",), issued_on=dt.date(2024, 3, 1), title="测试通知")
UNTIL = dt.date(2024, 12, 31)


def days(unit, **more):
    return [(item.obligation, item.date and item.date.isoformat()) for item in pp.agenda(unit, NOTICE, **more)]


def test_sorted_by_date_with_what_has_none_last():
    assert days("县住建局") == [("o3", "2024-06-30"), ("o2", "2024-12-31"), ("o1", None), ("o4", None)]


def test_recurring_ones_are_spelled_out_up_to_a_day():
    found = days("县住建局", until=dt.date(2024, 5, 31))
    assert found == [("o4", "2024-03-25"), ("o4", "2024-04-25"), ("o4", "2024-05-25"), ("o1", None)]
    assert days("县住建局", since=dt.date(2024, 5, 1), until=dt.date(2024, 5, 31)) == [
        ("o4", "2024-05-25"),
        ("o1", None),
    ]


def test_with_whom_and_in_which_role():
    item = next(i for i in pp.agenda("县住建局", NOTICE) if i.obligation == "o1")
    assert (item.role, [(p.name, p.role) for p in item.partners]) == ("lead", [("县财政局", "support")])


@pytest.mark.parametrize("name", ["县住建局", "县住房和城乡建设局", "云溪市柳桥县住建局", "柳桥县住房城乡建设局"])
def test_any_certain_name_will_do(name):
    assert len(pp.agenda(name, NOTICE)) == 4


def test_a_member_has_the_tasks_of_its_collective():
    units = Units([Unit("各镇", members=("石门镇",)), Unit("石门镇")])
    assert days("石门镇", until=dt.date(2024, 3, 31), units=units) == [("o4", "2024-03-25")]
    assert days("石门镇", until=dt.date(2024, 3, 31)) == []


def test_the_command(tmp_path):
    file = tmp_path / "n.txt"
    file.write_text(
        "柳桥县人民政府办公室关于停车的通知\n一、建停车场。2024年6月底前建成。（牵头单位：县住建局；责任单位：县财政局）\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["agenda", "县住建局", str(file)])
    assert (
        result.exit_code == 0
        and "2024-06-30  [牵头] 一 建停车场" in result.stdout
        and "责任：县财政局" in result.stdout
    )
    result = CliRunner().invoke(main, ["agenda", "县住建局", str(file), "--format", "json"])
    assert json.loads(result.stdout)[0]["date"] == "2024-06-30"
    result = CliRunner().invoke(main, ["agenda", "县水利局", str(file)])
    assert result.exit_code == 0 and "没有找到" in result.stdout
