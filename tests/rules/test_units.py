"""Names that are units, and phrases that only end like one; all places are invented."""

from __future__ import annotations

import pytest

from policyparse.rules.units import is_unit, names

UNITS = """
市国家安全局 省国家安全局 市公共安全局 核安全局 市交通办 县商贸流通办 口岸通办 市畅通办 规模以下企业 规模以下工业企业 二级以下医院
县级以下人民政府 再就业服务中心 再生资源公司 再担保公司 成功镇人民政府 成功街道办事处 精准扶贫办公室 精准脱贫攻坚领导小组办公室
举办单位 考察组 遴选委员会 市深入打好污染防治攻坚战指挥部 市深入推进依法行政领导小组办公室 财经专科学校 神经专科医院 药品符合性检查中心
产权拥有单位 房屋租用单位 提请单位 依托部门 技术依托企业 市建立健全现代医院管理制度领导小组 所在相关单位 中国（云岭）对外贸易公司
市政务服务中心 云城市 上级主管部门
""".split()

PHRASES = """
数字产业发展格局 城乡公交一体化布局 全程网办 一网通办 网上办 就近办 允许企业 基于全市 再选择一批企业 成功举办 精准指导企业
调动各企业 倡导高等院校 注意与省厅 考察各区 梳理本部门 确定本部门 全州引进高科技企业 市政务中心协调各成员单位
""".split()


@pytest.mark.parametrize("name", UNITS)
def test_units(name: str) -> None:
    assert is_unit(name.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases(phrase: str) -> None:
    assert not is_unit(phrase)


@pytest.mark.parametrize(
    ("listed", "full"),
    [
        ("市住房局或者运营单位", "市住房局 运营单位"),
        ("国资监管机构或部门", "国资监管机构或部门"),
        ("甲局(牵头)或乙局", "甲局(牵头) 乙局"),
        ("省甲局,各市、州、县人民政府", "省甲局 各市人民政府 各州人民政府 各县人民政府"),
        ("责成市信访局", "市信访局"),
    ],
)
def test_lists(listed: str, full: str) -> None:
    assert [name.full for name in names(listed, 0, len(listed))] == full.split()
