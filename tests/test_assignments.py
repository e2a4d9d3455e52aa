"""Who is to do an item and by when: phrasings of assignments, each in a small notice of invented names."""

import pytest

import policyparse as pp
from tests.notices import ITEMS, party_words

# what is written, its parties as “role text=resolved name” (~ where they are not plainly stated), its deadlines
CASES = [
    (
        "各地消防救援机构会同民政、住房城乡建设部门开展检查，6月底前完成。",
        "lead 各地消防救援机构；responsible 民政=民政部门；responsible 住房城乡建设=住房城乡建设部门",
        "due 2022-06-30",
    ),
    (
        "市城乡规划、国土主管部门应于6月底前完成修订。",
        "responsible 市城乡规划=市城乡规划主管部门；responsible 国土=市国土主管部门",
        "due 2022-06-30",
    ),
    ("由市甲局、市乙局按职责分工负责，6月底前完成。", "responsible 市甲局；responsible 市乙局", "due 2022-06-30"),
    (
        "发现的问题，各地应急管理部门要在24小时内向省应急管理厅报告。",
        "responsible 各地应急管理部门；recipient 省应急管理厅",
        "within",
    ),
    ("完善机制。（由市甲局会同市乙局、市丙局负责）", "lead 市甲局；responsible 市乙局；responsible 市丙局", ""),
    ("完善。（优抚处总牵头，规划财务处负责资金保障）", "lead 优抚处；responsible 规划财务处", ""),
    (
        "完善。（分管领导：张涛；就业处负责；各级服务中心协助）",
        "official 张涛；responsible 就业处；support 各级服务中心",
        "",
    ),
    ("完善。{主办：优抚处　协办：双拥办}", "lead 优抚处；support 双拥办", ""),
    ("完善机制。〈市甲局、市乙局按职责分工负责〉", "responsible 市甲局；responsible 市乙局", ""),
    (
        "完善机制。（市甲局、各区人民政府）（2022年10月底前完成）",
        "responsible 市甲局；responsible 各区人民政府",
        "due 2022-10-31",
    ),
    ("完善。（市甲局牵头，市乙局、市丙局协同办理）", "lead 市甲局；support 市乙局；support 市丙局", ""),
    ("财政部门：应于3月31日前将资金拨付到位。", "responsible 财政部门", "due 2022-03-31"),
    (
        "市甲局会同市乙局，在今年上半年提出意见，报省人民政府批准。",
        "lead 市甲局；responsible 市乙局；recipient 省人民政府",
        "due 2022-06-30",
    ),
    ("各督查组实行日碰头，每周五17时前向县食安办报送小结。", "responsible 各督查组；recipient 县食安办", "recurring"),
    (
        "请县食安委有关成员单位接到本通知之日起3个工作日内，将名单报县食安办。",
        "responsible 县食安委有关成员单位；recipient 县食安办",
        "within",
    ),
    (
        "各牵头单位于每月25日前将进度报县政府督查室，由县政府督查室汇总。",
        "responsible 各牵头单位；recipient 县政府督查室；responsible 县政府督查室",
        "recurring",
    ),
    ("责成市信访局牵头，市司法局参与，2个月内拿出方案。", "lead 市信访局；support 市司法局", "within"),
    ("年内吸纳农村劳动力5000人次以上。（市甲局）", "responsible 市甲局", "due 2022-12-31"),
    ("分三年完成全部改造。（市甲局）", "responsible 市甲局", "within"),
    (
        "建立平台，做到“六到位”。（省甲局，各市、州、县人民政府）",
        "responsible 省甲局；responsible 各市=各市人民政府；responsible 州=各州人民政府；responsible 县人民政府=各县人民政府",
        "",
    ),
    (
        "\n【责任单位】市甲局\n【办结时限】6月20日\n【督办单位】市政府督查室",
        "responsible 市甲局；supervise 市政府督查室",
        "due 2022-06-20",
    ),
    (
        "每年召开两次会议，各成员单位就巡护工作情况向联席会议报告。",
        "responsible 各成员单位；recipient 联席会议",
        "recurring",
    ),
    (
        "坚持共建共享的原则（由市湿地局牵头，各湿地企业根据实际情况共筹费用），抓好巡护。",
        "lead 市湿地局；responsible 各湿地企业",
        "",
    ),
    (
        "市住房保障部门或者运营单位应于6月底前向市湿地局报告。",
        "responsible 市住房保障部门；responsible 运营单位；recipient 市湿地局",
        "due 2022-06-30",
    ),
    ("设计单位对外墙保温工程承担设计责任，应于6月底前完成设计。", "responsible 设计单位", "due 2022-06-30"),
    (
        "推动各项工作落实。\n责任领导：张三；牵头单位：市发展改革委；责任单位：市财政局；完成时限：2023年6月底前",
        "official 张三；lead 市发展改革委；responsible 市财政局",
        "due 2023-06-30",
    ),
    (
        "推动各项工作落实。（牵头市领导：李四，牵头单位：市发改委，配合单位：市财政局，完成时限：持续推进）",
        "official 李四；lead 市发改委；support 市财政局",
        "ongoing",
    ),
    (
        "推动各项工作落实。（市发展改革委牵头，会同市财政局、市商务局等部门落实，2023年底前完成）",
        "lead 市发展改革委；responsible 市财政局；responsible 市商务局",
        "due 2023-12-31",
    ),
    (
        "推动各项工作落实。（责任单位：市发展改革委，完成时间：2022年12月）",
        "responsible 市发展改革委",
        "due 2022-12-31",
    ),
    ("推动各项工作落实。\n——牵头单位：市教育局\n——责任单位：市财政局", "lead 市教育局；responsible 市财政局", ""),
    (
        "推动各项工作落实。\n责任单位：市教育局牵头，市财政局、市人社局配合",
        "lead 市教育局；support 市财政局；support 市人社局",
        "",
    ),
    (
        "推动各项工作落实。（各县市区人民政府，市直有关部门）",
        "responsible 各县市区人民政府；responsible 市直有关部门",
        "",
    ),
    ("推动各项工作落实。（由市水利局牵头，市财政局配合）", "lead 市水利局；support 市财政局", ""),
    ("推动各项工作落实。\n牵头单位：市教育局    责任单位：市财政局", "lead 市教育局；responsible 市财政局", ""),
    (
        "推动各项工作落实。（责任单位：市发展改革委；市财政局、市商务局按职责分工负责）",
        "responsible 市发展改革委；responsible 市财政局；responsible 市商务局",
        "",
    ),
    (
        "推动各项工作落实。（市教育局、市财政局等按职责分工负责，各区人民政府落实）",
        "responsible 市教育局；responsible 市财政局；responsible 各区人民政府",
        "",
    ),
    ("推动各项工作落实。（责任部门：办公室、各科室）", "responsible 办公室；responsible 各科室", ""),
    ("推动各项工作落实。（牵头单位：市委组织部 责任单位：各区委）", "lead 市委组织部；responsible 各区委", ""),
    ("推动各项工作落实。（牵头领导：王五 责任单位：市民政局）", "official 王五；responsible 市民政局", ""),
    (
        "推动各项工作落实。（市场监管总局、公安部、各地区分别负责）",
        "responsible 市场监管总局；responsible 公安部；responsible 各地区",
        "",
    ),
    (
        "推动各项工作落实。（省发展改革委、省财政厅负责，省级有关部门配合，持续实施）",
        "responsible 省发展改革委；responsible 省财政厅；support 省级有关部门",
        "ongoing",
    ),
    (
        "推动各项工作落实。（牵头单位：市住房城乡建设局，责任单位：市自然资源和规划局、市财政局、各区（县）人民政府、经开区管委会）",
        "lead 市住房城乡建设局；responsible 市自然资源和规划局；responsible 市财政局；responsible 各区（县）人民政府；responsible 经开区管委会",
        "",
    ),
    ("推动各项工作落实。责任单位：市教育局。", "responsible 市教育局", ""),
    (
        "推动各项工作落实。（市卫生健康委、市中医药局、市医保局、市财政局及各区负责，排名第一的为牵头单位）",
        "lead~ 市卫生健康委；responsible 市中医药局；responsible 市医保局；responsible 市财政局；responsible 各区",
        "",
    ),
    (
        "推动各项工作落实。（牵头单位：市人社局、市财政局；时间：2022年底）",
        "lead 市人社局；lead 市财政局",
        "due 2022-12-31",
    ),
    (
        "推动各项工作落实。（市委宣传部（市文明办）、团市委、市妇联，市文联）",
        "responsible 市委宣传部（市文明办）；responsible 团市委；responsible 市妇联；responsible 市文联",
        "",
    ),
    (
        "推动各项工作落实。（市公安局、市司法局、市法院、市检察院）",
        "responsible 市公安局；responsible 市司法局；responsible 市法院；responsible 市检察院",
        "",
    ),
    (
        "推动各项工作落实。(工业和信息化部、国家数据局按职责分工负责，2022年12月底前完成)",
        "responsible 工业和信息化部；responsible 国家数据局",
        "due 2022-12-31",
    ),
    (
        "推动各项工作落实。（责任单位：市数据局〔市政务服务局〕、市委编办）",
        "responsible 市数据局〔市政务服务局〕；responsible 市委编办",
        "",
    ),
    ("推动各项工作落实。【市商务局牵头，各区县配合】", "lead 市商务局；support 各区县", ""),
    ("推动各项工作落实。（主办：市商务局；协办：市文旅局）", "lead 市商务局；support 市文旅局", ""),
    ("推动各项工作落实。（第一责任单位：市水务局；配合单位：市城管局）", "lead 市水务局；support 市城管局", ""),
    (
        "推动各项工作落实。〔责任单位：市水务局、市城管局，以上单位按职责分工负责〕",
        "responsible 市水务局；responsible 市城管局",
        "",
    ),
    ("推动各项工作落实。（责任单位：市水务局；责任人：赵六）", "responsible 市水务局；official 赵六", ""),
    (
        "推动各项工作落实。（市水务局牵头，相关部门按职责分工负责；2022年9月底前）",
        "lead 市水务局；responsible 相关部门",
        "due 2022-09-30",
    ),
    (
        "推动各项工作落实。（省教育厅牵头，省财政厅、省人力资源社会保障厅等7部门按职责分工负责）",
        "lead 省教育厅；responsible 省财政厅；responsible 省人力资源社会保障厅",
        "",
    ),
    (
        "推动各项工作落实。（市直各部门、各县〔市、区〕政府按照职责分工负责）",
        "responsible 市直各部门；responsible 各县〔市、区〕政府",
        "",
    ),
    (
        "推动落实。（责任单位：市教育局，各区、县〔市〕政府）",
        "responsible 市教育局；responsible 各区=各区政府；responsible 县〔市〕政府=各县(市)政府",
        "",
    ),
    (
        "推动落实。（责任单位：市教育局、各市、县（区）教育局）",
        "responsible 市教育局；responsible 各市=各市教育局；responsible 县（区）教育局=各县(区)教育局",
        "",
    ),
    ("推动落实。（责任单位：各县、市、区）", "responsible 各县；responsible 市=各市；responsible 区=各区", ""),
    ("推动落实。（责任单位：市科协、区政府）", "responsible 市科协；responsible 区政府", ""),
    ("推动落实。（责任单位：云岭、清河市人民政府）", "responsible 云岭=云岭市人民政府；responsible 清河市人民政府", ""),
    ("推动落实。（责任单位：市人大办、市政协办）", "responsible 市人大办；responsible 市政协办", ""),
    ("推动落实。（市政协办、市财政局按职责分工负责）", "responsible 市政协办；responsible 市财政局", ""),
    (
        "推动落实。（责任单位：各县（市、区）、开发区管委会、市发展集团）",
        "responsible 各县（市、区）；responsible 开发区管委会；responsible 市发展集团",
        "",
    ),
    (
        "推动落实。（责任单位：省发展改革委、市场监督管理局、广电局）",
        "responsible 省发展改革委；responsible 市场监督管理局=省市场监督管理局；responsible 广电局=省广电局",
        "",
    ),
    (
        "推动落实。（责任单位：市税务局等涉及个人办事的市级相关部门，清河区等相关区人民政府）",
        "responsible 市税务局；responsible 清河区",
        "",
    ),
    ("推动落实。（责任单位：省科协、省工业与信息化厅）", "responsible 省科协；responsible 省工业与信息化厅", ""),
    ("各地要进行全面摸底排查。该项工作于2022年4月底前完成。", "responsible 各地", "due 2022-04-30"),
    (
        "落实有关事项，请市科技局、市工信局等部门在2022年6月底前完成。",
        "responsible 市科技局；responsible 市工信局",
        "due 2022-06-30",
    ),
    ("到2022年底，各乡镇制定出台实施方案。", "responsible 各乡镇", "due 2022-12-31"),
    ("由各有关区人民政府共同负责建设。", "responsible 各有关区人民政府", ""),
    ("市教育局要会同有关部门组织培训。", "lead~ 市教育局；responsible~ 有关部门", ""),
    (
        "市教育局要会同有关部门组织培训，重大事项及时报告市政府。",
        "lead 市教育局；responsible 有关部门；recipient 市政府",
        "",
    ),
    ("市教育局牵头做好年度评估。", "lead 市教育局", ""),
    ("推动落实。\n【责任单位】市甲局、市乙局", "responsible 市甲局；responsible 市乙局", ""),
    ("推动落实。\n责任单位∶市甲局", "responsible 市甲局", ""),
    (
        "推动落实。\n责任单位：\n市甲局\n市乙局\n各区人民政府",
        "responsible 市甲局；responsible 市乙局；responsible 各区人民政府",
        "",
    ),
    ("推动落实。\n责任单位及责任人：市甲局（马文海）", "responsible 市甲局（马文海）；official 马文海", ""),
    (
        "推动落实。\n责任部门：甲部  协同部门：乙部、各支行（部）  分管领导：陈立峰  完成时限：2月15日前",
        "responsible 甲部；support 乙部；support 各支行（部）；official 陈立峰",
        "due 2022-02-15",
    ),
    (
        "推动落实。（责任单位：市甲局、市乙局，市公安局配合）",
        "responsible 市甲局；responsible 市乙局；support 市公安局",
        "",
    ),
    (
        "编制推荐目录，采用首购方式采购，预留份额不低于四成（市甲局、市直各预算单位）。",
        "responsible 市甲局；responsible 市直各预算单位",
        "",
    ),
    ("各部门务必于6月底前将名单报送市甲局。", "responsible 各部门；recipient 市甲局", "due 2022-06-30"),
    ("每年选拔资助不少于100名。（责任单位：市甲局）", "responsible 市甲局", "recurring"),
    (
        "定期召开座谈会，畅通企业反映诉求的渠道。\n主办单位：市工商联  协办单位：市甲局",
        "lead 市工商联；support 市甲局",
        "",
    ),
    ("由市城投集团会同市交投集团负责，于6月底前完成。", "lead 市城投集团；responsible 市交投集团", "due 2022-06-30"),
    (
        "采暖季前完成管网改造，10月底前通水。此项工作由市甲局牵头负责，市乙集团参与，市审计局监督。",
        "lead 市甲局；support 市乙集团；supervise 市审计局",
        "due 2022-10-31",
    ),
    ("由市甲局会同有关部门负责解释。市乙局每月报告市政府。", "responsible 市乙局；recipient 市政府", "recurring"),
    (
        "推动落实。责任单位：镇水利站；责任人：张建国（副镇长），联系电话：13900000000。",
        "responsible 镇水利站；official 张建国（副镇长）",
        "",
    ),
    ("推动落实。主办单位：市甲局、市乙局。", "lead 市甲局；lead 市乙局", ""),
    ("推动落实。\n责任单位及责任人：青岫区政府主要领导", "official 青岫区政府主要领导", ""),
    (
        "推动落实。\n资金：100万元／责任单位：市甲局、市乙局／完成时间：2022年10月底前",
        "responsible 市甲局；responsible 市乙局",
        "due 2022-10-31",
    ),
    (
        "各责任单位于2022年6月5日和12月5日前将进展书面报告市政府。",
        "responsible 各责任单位；recipient 市政府",
        "due 2022-06-05；due 2022-12-05",
    ),
    ("各区政府应于年中和年末分别组织一次自查。", "responsible 各区政府", "due 2022-06-30；due 2022-12-31"),
    (
        "各区政府于6月底前报市甲局（联系电话：0000-1234567）。",
        "responsible 各区政府；recipient 市甲局",
        "due 2022-06-30",
    ),
    ("方案由联合采购办公室负责拟定。", "responsible 联合采购办公室", ""),
    (
        "推进组办公室每季度向推进组和上一级联席会议报告进展。",
        "responsible 推进组办公室；recipient 推进组；recipient 上一级联席会议",
        "recurring",
    ),
    ("联席会议原则上每年召开两次会议。", "responsible 联席会议", "recurring"),
    ("各级联席会议应于每年11月30日前报告市政府。", "responsible 各级联席会议；recipient 市政府", "recurring"),
    (
        "市教育局会同有关部门制定了若干措施，现印发给你们，请各区政府于6月底前报送方案。",
        "responsible 各区政府",
        "due 2022-06-30",
    ),
    ("市发展改革委牵头，市财政局配合，做好相关工作。", "lead 市发展改革委；support 市财政局", ""),
    ("各乡镇每月将进展汇总到市农业农村局。", "responsible 各乡镇", "recurring"),
    (
        "推动落实。（责任单位：市财政局、农业发展有限公司、青禾水务发展有限公司、电信公司）",
        "responsible 市财政局；responsible 农业发展有限公司=市农业发展有限公司；responsible 青禾水务发展有限公司；responsible 电信公司",
        "",
    ),
    (
        "市甲局会同市乙局制定了若干措施，请各区政府于6月底前报送方案。",
        "responsible 各区政府",
        "due 2022-06-30",
    ),
    ("市甲局会同市乙局开展走访，了解民情，于6月底前报送方案。", "lead 市甲局；responsible 市乙局", "due 2022-06-30"),
    # 请 names its subject, whatever the verb
    (
        "请各旗区高度重视，做好巡护工作，于6月底前将台账报送至企业服务局。",
        "responsible 各旗区；recipient 企业服务局",
        "due 2022-06-30",
    ),
    ("请各区林草主管部门商财政部门，于5月20日前报送清单。", "responsible 各区林草主管部门", "due 2022-05-20"),
    (
        "各区政府要抓好巡护工作，重大事项及时报告市场主体服务工作领导小组。",
        "responsible 各区政府；recipient 市场主体服务工作领导小组",
        "",
    ),
    # actors by their nature
    ("2023年底前，70%以上的湿地监测机构要配备巡护终端。", "responsible 湿地监测机构", "due 2023-12-31"),
    ("夯实基础，2023年底前，现有湿地执法人员要全部轮训。", "responsible 现有湿地执法人员", "due 2023-12-31"),
    (
        "重点工程的联络专班，每月20日前向市湿地办报送进展。",
        "responsible 重点工程的联络专班；recipient 市湿地办",
        "recurring",
    ),
    ("编制单位要开展论证，并将结果发送同级林草部门。", "responsible 编制单位；recipient 同级林草部门", ""),
    # whose the papers are that a sentence begins with
    (
        "各市（州、行委）修复方案、巡护台账以及排查等情况，要及时报送联合工作办公室。",
        "responsible 各市（州、行委）；recipient 联合工作办公室",
        "",
    ),
    (
        "各县、各院校湿地办公室成立文件于6月15日前报省林草厅。",
        "responsible 各县；responsible 各院校；recipient 省林草厅",
        "due 2022-06-15",
    ),
    (
        "建立调度机制，各县各单位完成情况每月底报市湿地办。",
        "responsible 各县；responsible 各单位；recipient 市湿地办",
        "recurring",
    ),
    ("湿地执法机关应于每年1月底前公开统计年报。", "responsible 湿地执法机关", "recurring"),
    (
        "由湿地管护部门牵头，会同监察机关及相关部门开展调查。",
        "lead 湿地管护部门；responsible 监察机关；responsible 相关部门",
        "",
    ),
    # 由X with a verb of its own; who is consulted or who only appoints does not act
    ("巡护工作由市湿地中心具体实施。", "responsible 市湿地中心", ""),
    ("所需经费由同级财政负责保障。", "responsible 同级财政", ""),
    ("其他事项，由主要领导指定分管领导负责。", "official 分管领导", ""),
    ("奖励办法由市湿地局另行制定。", "responsible~ 市湿地局", ""),
    (
        "名单由市湿地局商各成员单位确定印发，抄报组长、副组长。",
        "responsible 市湿地局；recipient 组长；recipient 副组长",
        "",
    ),
    (
        "压实责任，各级党委和政府是落实湿地名录的责任主体。",
        "responsible 各级党委；responsible 政府=各级政府",
        "",
    ),
    ("湿地公园运营单位作为巡护工作的责任主体，承担巡护责任。", "responsible 湿地公园运营单位", ""),
    # informed, by copy or by notice
    (
        "省湿地厅每季度调度一次，同时抄送各地人民政府。",
        "responsible 省湿地厅；recipient 各地人民政府",
        "recurring",
    ),
    ("市湿地局要及时通报同级水利主管部门。", "responsible 市湿地局；recipient 同级水利主管部门", ""),
    (
        "市湿地局应将结果抄送市发展改革、商务等部门。",
        "responsible 市湿地局；recipient 市发展改革=市发展改革部门；recipient 商务=市商务部门",
        "",
    ),
    (
        "水利、公安、湿地等有关部门按照职责分工，应当将信息通报同级应急主管部门。",
        "responsible 水利=水利部门；responsible 公安=公安部门；responsible 湿地=湿地部门；recipient 同级应急主管部门",
        "",
    ),
    ("请各地湿地主管部门于6月底前完成普查。", "responsible 各地湿地主管部门", "due 2022-06-30"),
    ("编制单位应将方案报当地湿地主管部门进行论证。", "responsible 编制单位；recipient 当地湿地主管部门", ""),
    ("修复工作应请地方政府按照规划抓好，于6月底前完成。", "responsible 地方政府", "due 2022-06-30"),
    ("完善名录。（推动湿地保护提升领导小组成员单位负责）", "responsible 推动湿地保护提升领导小组成员单位", ""),
    # places whose names begin like phrases
    (
        "向阳区、未央区、都江堰市应于6月底前报送方案。",
        "responsible 向阳区；responsible 未央区；responsible 都江堰市",
        "due 2022-06-30",
    ),
    # a heading that runs on into its text
    ("工作要求市湿地局要牵头做好巡护；各成员单位要密切配合。", "lead 市湿地局；responsible 各成员单位", ""),
    # X会同Y, whatever stands around it
    ("2022年市湿地局将会同市水利局根据规划认真研究。", "lead 市湿地局；responsible 市水利局", "due 2022-12-31"),
    ("市湿地局会同市水利局全面开展普查。", "lead 市湿地局；responsible 市水利局", ""),
    ("市湿地局应当会同有关部门编制名录。", "lead~ 市湿地局；responsible~ 有关部门", ""),
    (
        "市湿地局会同财政、公安等部门研究出台办法。",
        "lead 市湿地局；responsible 财政=财政部门；responsible 公安=公安部门",
        "",
    ),
    (
        "市督查室会同推进组办公室（市湿地局）定期对县区、有关部门和单位推进情况进行督查。",
        "lead 市督查室；responsible 推进组办公室（市湿地局）",
        "",
    ),
    ("市湿地局会同有关方面启动建设湿地研究中心。", "lead 市湿地局；responsible 有关方面", ""),
    (
        "市湿地局会同监管部门、数据提供部门建立反馈机制。",
        "lead 市湿地局；responsible 监管部门；responsible 数据提供部门",
        "",
    ),
    ("由湿地管护部门会同运营单位审核同意后实施。", "lead 湿地管护部门；responsible 运营单位", ""),
    # two units behind one another, and one name that holds 和
    ("推进巡护。（市财政局和运营单位）", "responsible 市财政局；responsible 运营单位", ""),
    ("推进巡护。（住房和城乡建设部门、湿地主管部门）", "responsible 住房和城乡建设部门；responsible 湿地主管部门", ""),
    ("由数据提供部门和运营单位负责。", "responsible 数据提供部门；responsible 运营单位", ""),
    ("由市湿地局牵头，市水利局重点配合。", "lead 市湿地局；support 市水利局", ""),
    ("推进巡护。（市湿地局牵头，市水利局主动配合）", "lead 市湿地局；support 市水利局", ""),
    # what the tail of an area's department says holds for the counties beside it
    (
        "推进巡护。（各区县（市）及功能区湿地管理部门）",
        "responsible 各区县（市）=各区县(市)湿地管理部门；responsible 功能区湿地管理部门",
        "",
    ),
    (
        "推进巡护。（各县（市）、青岫新区财政局）",
        "responsible 各县（市）=各县(市)财政局；responsible 青岫新区财政局",
        "",
    ),
    ("推进巡护。（各县（市）、青岫新区政府）", "responsible 各县（市）；responsible 青岫新区政府", ""),
    # names that hold what is a verb elsewhere
    ("推进巡护。（区为民服务中心、市政府受理中心）", "responsible 区为民服务中心；responsible 市政府受理中心", ""),
    ("推进巡护。（市湿地局、自行车协会）", "responsible 市湿地局；responsible 自行车协会", ""),
    ("推进巡护。（各区、建成区街道）", "responsible 各区；responsible 建成区街道", ""),
    ("由区为民服务中心牵头，区湿地局配合。", "lead 区为民服务中心；support 区湿地局", ""),
    ("由市湿地局授权区湿地局负责审批。", "responsible 区湿地局", ""),
    ("推进巡护。（责任单位：市公安局、市税务局等机关）", "responsible 市公安局；responsible 市税务局", ""),
    ("2024年市湿地局将会同市水利局开展修复。", "lead 市湿地局；responsible 市水利局", "due 2024-12-31"),
]

# what names nobody who must act, or nobody who is reported to
SILENT = [
    ("允许湿地企业于6月底前申报。", ""),
    ("基于全市对湿地的普查，6月底前建成智慧城市对接平台。", ""),
    ("形成“一核两翼”湿地产业发展格局，将于6月底前实现全程网上办，要再选择一批企业。", ""),
    ("调动各企业积极参与巡护，6月底前举办湿地节，倡导高等院校加强研究。", ""),
    ("坚持共建共享的原则（由市甲局牵头的项目除外），抓好巡护。", ""),
    ("【适用范围】对湿地企业要给予支持。", ""),
    ("国有湿地监管机构或部门应定期开展巡护。", "responsible~ 国有湿地监管机构或部门"),
    ("湿地管理单位对外开放湿地。", ""),
    ("请高度重视，于6月底前完成巡护。", ""),
    ("各区政府要抓好巡护工作，及时向社会和企业通报进展。", "responsible~ 各区政府"),
    ("针对各类管理人员开展培训，2023年底前完成。", ""),
    ("市湿地局及其工作人员在工作中存在失职行为的，依法处理。", ""),
    ("市湿地局负责人的任免，应于6月底前完成。", ""),
    ("70%以上的湿地按要求修复。", ""),
    ("各级政府配置的湿地观测设施应设立导览点。", ""),
    ("开展自评，并配合区湿地局开展重点评价。", ""),
    ("巡护制度在各级执法机关全面推行。", ""),
    ("落实由市湿地局制定的名录。", ""),
    ("以政府为责任主体，推动湿地修复。", ""),
    ("市湿地局要及时通报进展，对落后的给予通报批评。", "responsible~ 市湿地局"),
    ("配合有关部门开展巡护，6月底前完成。", ""),
    ("市湿地局应将名录提交至市政府网站进行公示。", "responsible~ 市湿地局"),
    ("推动成立湿地保护工作领导小组，6月底前完成。", ""),
    ("新建5G基站300个，2023年底前推动区内高校开展巡护。", ""),
    ("面向湿地企业开展培训，6月底前支持市属国有企业开展试点。", ""),
    ("全市以城区镇街、社区为单位开展普查，6月底前明确各单位负责的区域。", ""),
    ("市湿地局委托第三方机构开展评估。", "responsible~ 市湿地局"),
    ("湿地专家委员会受市政府委托开展评估。", ""),
    ("客户报装后无需往返湿地营业厅，6月底前实现。", ""),
    ("市湿地局联合相关镇街开展巡护，6月底前完成。", ""),
    ("于都县开展普查。", "responsible~ 于都县"),
    ("财务事项由会计事务所对材料进行审核。", ""),
    ("加大巡查力度，严厉查处对湿地的破坏。", ""),
    ("2023年市湿地局会同市水利局共检查企业100家。", ""),
    ("2023年市湿地局会同市水利局累计排查隐患300处。", ""),
    ("发现工作人员应及时劝离。", ""),
    ("6月底前配备执法人员应当满足巡护需要。", ""),
    ("发送短信提醒各单位。", ""),
    ("发送整改通知单给责任单位。", ""),
    ("通报约谈各区人民政府。", ""),
    ("由机关负责。", ""),
    ("机关要带头节水，6月底前完成改造。", ""),
    ("由各区推荐的企业应于6月底前完成改造。", ""),
    ("请求市财政局于6月底前拨付。", ""),
]


@pytest.mark.parametrize(("words", "parties", "deadlines"), CASES, ids=range(len(CASES)))
def test_assignment(words: str, parties: str, deadlines: str) -> None:
    notice = pp.parse_text(ITEMS.format(words))
    found = {o.clause: o for o in notice.obligations}[("一", "（一）", "1")]
    assert "；".join(party_words(p) for p in found.parties) == parties
    assert "；".join(f"{d.kind} {d.end or d.start or ''}".strip() for d in found.deadlines) == deadlines


@pytest.mark.parametrize(("words", "parties"), SILENT, ids=range(len(SILENT)))
def test_no_assignment(words: str, parties: str) -> None:
    found = [o for o in pp.parse_text(ITEMS.format(words)).obligations if o.clause[-1] != "2"]
    assert "；".join(party_words(p) for o in found for p in o.parties) == parties


def test_groups_with_their_leads_are_no_task() -> None:
    said = "领导小组下设经济、社会等2个专项小组，分别由市甲局、市乙局牵头，负责相关领域工作。"
    notice = pp.parse_text(
        f"云岭市人民政府关于成立节水领导小组的通知\n各区人民政府：\n决定成立云岭市节水领导小组。\n{said}\n云岭市人民政府\n2022年3月5日\n"
    )
    assert notice.obligations == ()
    assert [group.lead for group in notice.organs[0].groups] == ["市甲局", "市乙局"]


def test_why_a_document_is_issued_is_no_duty() -> None:
    notice = pp.parse_text(
        "云岭市湿地局关于印发湿地修复方案的通知\n各区湿地局：\n"
        "为保护湿地，市湿地局会同有关方面启动建设湿地观测网。现将《湿地修复方案》印发给你们，请认真贯彻执行。各区湿地局要于2025年6月底前报送进展。\n"
        "云岭市湿地局\n2025年1月5日\n"
    )
    assert [[p.name for p in o.parties] for o in notice.obligations] == [["各区湿地局"]]


@pytest.mark.parametrize("convention", ["列第一位的为牵头单位，其他为责任单位，下同。", "列第一位的为牵头单位。"])
def test_a_convention_in_the_notice_holds_for_what_it_encloses(convention: str) -> None:
    text = ITEMS.replace("已经市政府同意，现印发给你们。", "已经市政府同意，现印发给你们，请抓好落实。" + convention)
    found = pp.parse_text(text.format("（市甲局、市乙局）"))
    assert [[(p.name, p.role) for p in o.parties] for o in found.obligations] == [
        [("市甲局", "lead"), ("市乙局", "responsible")]
    ] * 2
