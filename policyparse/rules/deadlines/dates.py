"""Rules for calendar dates: what is due, what begins, what lasts from … to …, what is cut off."""

from __future__ import annotations

import re

from policyparse.patterns import regex
from policyparse.rules.base import Rule
from policyparse.rules.deadlines import context
from policyparse.rules.deadlines.when import FIGURE, IN_MONTH, IN_YEAR, KIND, Point, When, read_point

_HOUR = r"(?:下班|中午|(?:上午|下午|晚上?)?\d{1,2}(?:时|点|:\d\d)|[上下]午)?"
_WEEKDAY = r"(?:\((?:(?:星期|周).|含.{0,4})\))?"
MARK = (
    rf"{_WEEKDAY}{_HOUR}(?P<mark>之前|以前|前(?![期往列十三景端沿置瞻后海述])|为?止|开始|起(?![草诉点来])"
    r"|之?后(?![续期备])|以后|以来|期间|内(?![部容地外河涝环控在]))?"
)
_COMMEMORATION = regex('[”"]?(?:世界|全国|国家|国际|中国)[^,。;\n]{0,8}[日周月节]')


def _silent(text: str, start: int, end: int, lasting: bool = False) -> bool:
    """What holds for every date: no deadline inside a title, in a document's validity, or in telling what was done.

    Documents come into force on a day; what is done from one month to another (``lasting``) is carried out (实施).
    """
    if context.names_document(text, start) or context.is_validity(text, start):
        return True
    return not lasting and context.comes_into_force(text, end)


def _cutoff(text: str, start: int, end: int, point: Point) -> When | None:
    """截至…: the last day where something is handed in, a cutoff before what is counted (…的), else an aim or a tale."""
    if context.holds(context.clause_before(text, start, 14), "closing"):
        return When("due", point)
    counted = "的" in context.clause_behind(text, end, 32)[1:]
    return When("cutoff", point) if counted else When("due", point, firm=False)


def _bare(text: str, start: int, end: int, point: Point, ended: bool) -> When | None:
    """A date without 前, 到 or 起. A month's end without a year (6月底) is firm: tales of the past give the year."""
    issues = context.issues(text, end)
    if context.tells(text, end) or (issues and point.day) or text[end : end + 1] in ("的", "版", "届", "度"):
        return None
    whole_year = point.precision == "year" and not ended
    if whole_year and (not context.stands_alone(text, start, end) or context.heads_column(text, start, end)):
        return None
    if point.day and (_COMMEMORATION.match(text, end) or (point.year and not context.dates_act(text, start, end))):
        return None
    firm = ended and point.month is not None and point.year is None and not issues
    return When("due", point, firm=firm, told=issues)


def decide(text: str, start: int, end: int, mark: str, point: Point, ended: bool) -> When | None:
    """What a date at text[start:end] bounds, by the words around it; ``ended`` says that 底 or 末 is written."""
    if _silent(text, start, end):
        return None
    left = context.before(text, start)
    if left.endswith(("截至", "截止", "截至到", "截止到", "截至于", "截止于")):
        return _cutoff(text, start, end, point)
    if mark in ("之后", "后", "以后", "以来"):
        return None
    if mark in ("起", "开始"):
        return None if point.shift is None and left.endswith("每") else When("start", start=point)
    if left.endswith(("自", "从")) or point.early:
        return None
    if mark in ("前", "之前", "以前"):
        meant = context.begins(text, end, "population") and "的" in context.clause_behind(text, end, 36)
        firm = mark != "以前" or point.precision != "year"  # 2022年以前 opens a tale
        return When("cutoff" if meant and not left.endswith(("于", "到", "力争", "确保")) else "due", point, firm=firm)
    if mark in ("止", "为止", "内") or context.labelled(left):
        return When("due", point)
    if mark == "期间":
        return When("period", point, point)
    if left.endswith(("到", "至")) and text[end : end + 1] != "的":
        return When("due", point)
    return _bare(text, start, end, point, ended)


def _point(match: re.Match[str]) -> When | None:
    written = match["point"]
    point = read_point(written)
    if point is None:
        return None
    in_words = not written[0].isdigit()
    mark = match["mark"] or ""
    if in_words and point.year is None and not (mark or point.day or point.tenday or "份" in written):
        return None  # 一月一次, 三月 … are too often something else
    return decide(match.string, match.start(), match.end(), mark, point, written[-1] in "底末内终")


def _range(match: re.Match[str]) -> When | None:
    first, last = match["first"], match["last"]
    start, end = read_point(first if len(first) == 4 or not first[-1].isdigit() else first + "月"), read_point(last)
    text = match.string
    if start is None or end is None or _silent(text, match.start(), match.end(), lasting=not end.day):
        return None
    if end.day and not end.month:
        end = end._replace(month=start.month)
    if start.year and not end.year:
        end = end._replace(year=start.year + (end.shift or 0), shift=None)
    if end.year and not start.year and start.month:
        start = start._replace(year=None if (start.month > (end.month or 12)) else end.year)
    if context.tells(text, match.end()) or text[match.end() : match.end() + 1] in ("的", "版", "度"):
        return None
    loose = start.precision == end.precision == "year" and not match["through"]
    if loose and not context.before(text, match.start()).endswith(("从", "自")):
        labelled = context.labelled(context.before(text, match.start()))
        if not labelled and not context.stands_alone(text, match.start(), match.end()):
            return None
    return When("period", end, start, firm=False, told=context.issues(text, match.end()))


def _dotted(match: re.Match[str]) -> When | None:
    text, start, end = match.string, match.start(), match.end()
    figures = re.split(r"[.\-/]", match["point"])
    written = f"{figures[0]}年{figures[1]}月" + (f"{figures[2]}日" if len(figures) == 3 else "")
    point = read_point(written)
    left = context.before(text, start)
    alone = len(figures) == 2 and (not left or left[-1] in "\n(;") and (end >= len(text) or text[end] in "\n);")
    if point is None or not (match["mark"] or alone or context.labelled(left)):
        return None
    return decide(text, start, end, match["mark"] or "", point, False) if match["mark"] else When("due", point)


def _five_year(match: re.Match[str]) -> When | None:
    text = match.string
    left = context.before(text, match.start()).rstrip("“\"'「")
    if (
        left.endswith(("较", "比", "与", "《"))
        or context.in_title(text, match.start())
        or text[match.end() : match.end() + 1] == "是"
    ):
        return None
    number = "一二三四五六七八九".find(match["n"]) + 11 if match["n"] else 10
    first = 2021 + (number - 14) * 5
    if match["tail"].endswith("末"):
        return When("due", Point(year=first + 4), firm=False)
    return When("period", Point(year=first + 4), Point(year=first), firm=False)


def _issue_day(match: re.Match[str]) -> When | None:
    if context.comes_into_force(match.string, match.end()):
        return None
    return When("start", start=Point(month_shift=0, day=99))


_NUMERAL = f"[0-9〇零一二三四五六七八九十](?<![-~0-9第〇零一二三四五六七八九十].){FIGURE}{{0,3}}"
_POINT = f"(?:{IN_YEAR}|{IN_MONTH}|底(?=前))"
# Begins with a single class of characters, which is searched fast; the look-behinds tell what each may go on with.
_WORD = (
    f"[今当明次翌本下年上全第一二三四](?:(?<=[今当明次翌])年(?:年?[底末]|{FIGURE}{{1,2}}{IN_MONTH})|(?<=[今当明])年年?内"
    f"|(?<=本)年(?:度?内|年?[底末])|(?<=[今明])年(?:上半年|下半年|第?[一二三四]季度末?)|(?<=明)年"
    f"|(?<=当)(?:月[底末]?|季末?)|(?:(?<=[次本])月|(?<=下)个?月)(?:{FIGURE}{{1,2}}日|[上中下]旬|[底末])|(?<=次)月初?|(?<=本)月内"
    f"|(?<=年)(?:[底末内终](?!效|考|绩|总)|中(?=[、和及与,]年?[末终底]|[,前]|分别|组织|进行|开展))"
    f"|(?<=[上下])半年|(?<=全)年(?![度])|(?<=第)[一二三四]季度末?|(?<=[一二三四])季度末?)"
)


def _word(match: re.Match[str]) -> When | None:
    text, start, end, written = match.string, match.start(), match.end(), match["point"]
    mark = match["mark"] or ""
    left = context.before(text, start)
    if left[-1:] in "0123456789〇零一二三四五六七八九十年近几两每数" and left or left.endswith(("期", "每年", "各")):
        return None
    if written.startswith(("当季", "当月", "次月", "当年", "次年", "翌年")):
        when = decide(text, start, end, mark or "前", read_point(written) or Point(month_shift=0), True)
        return when
    point = read_point(written)
    if point is None:
        return None
    loose = not mark and (written[-1] not in "日旬" and not any(c.isdigit() for c in written))
    named = written.endswith("季度") and context.before(text, start, 2) in (
        "争取",
        "力争",
    )  # 第三季度经济形势 names the data
    if written == "年内" and left[-1:] in tuple(",。;:、(\n"):
        return None if text[end : end + 1] in "无未不" else decide(text, start, end, "内", point, True)
    if loose and not context.labelled(left) and (named or not context.stands_alone(text, start, end, directly=True)):
        return None
    return decide(text, start, end, mark, point, True)


RULES = (
    Rule(
        id="date-range",
        kind=KIND,
        pattern=(
            rf"(?P<first>[0-9〇二](?<![-~0-9第].){FIGURE}{{0,3}}(?:年{FIGURE}{{1,2}}(?=[-~至]{FIGURE}{{1,2}}月)|{IN_YEAR}|{IN_MONTH})?)(?:起|开始)?(?:--?|~|至|到)"
            rf"(?P<last>(?:[次翌明]年)?{FIGURE}{{1,4}}(?:{IN_YEAR}|{IN_MONTH}|日))(?P<through>期间|间|为?止)?"
        ),
        value=_range,
        yes=(
            ("2024年6月至12月", When("period", Point(year=2024, month=12), Point(year=2024, month=6), firm=False)),
            ("2024年1-6月", When("period", Point(year=2024, month=6), Point(year=2024, month=1), firm=False)),
            ("2018-2020年", When("period", Point(year=2020), Point(year=2018), firm=False)),
            ("10月至次年3月", When("period", Point(shift=1, month=3), Point(month=10), firm=False)),
            ("9月3日至10日", When("period", Point(month=9, day=10), Point(month=9, day=3), firm=False)),
        ),
        no=(
            "三年行动计划(2018-2020年)",
            "企业2021-2023年财务报告",
            "有效期自2024年1月1日至2026年12月31日",
            "《数字乡村规划(2021-2025年)》",
        ),
        needs=("-", "至", "到", "~"),
        anchors=tuple(
            f"{sign}(?:(?<=[0-9]{sign})|(?<=-{sign})|(?<=[年月份日号旬底末初]{sign})|(?<=[终内度起始]{sign})"
            f"|(?<=[〇零一二三四五六七八九十]{sign}))(?=[次翌明]年|.{{1,4}}[年月日])"
            for sign in "-~至到"
        ),
    ),
    Rule(
        id="date",
        kind=KIND,
        pattern=rf"(?P<point>{_NUMERAL}{_POINT}){MARK}",
        value=_point,
        yes=(
            ("2027年底前", When("due", Point(year=2027))),
            ("到2025年", When("due", Point(year=2025))),
            ("6月底前", When("due", Point(month=6, tenday=31))),
            ("11底前", When("due", Point(month=11, tenday=31))),
            ("2018年10月中旬", When("due", Point(year=2018, month=10, tenday=20), firm=False)),
            ("自2024年10月1日起", When("start", start=Point(year=2024, month=10, day=1))),
            ("7月份起", When("start", start=Point(month=7))),
            ("十二月底前", When("due", Point(month=12, tenday=31))),
            ("2025年第三季度末前", When("due", Point(year=2025, quarter=3))),
            ("12月5日(星期五)17时前", When("due", Point(month=12, day=5))),
            ("2024年12月31日(含)前", When("due", Point(year=2024, month=12, day=31))),
            ("9月30日下班前", When("due", Point(month=9, day=30))),
            ("【2019年】制定、发布一批标准", When("due", Point(year=2019), firm=False, told=True)),
            ("【2024年】出台实施细则", When("due", Point(year=2024), firm=False)),
        ),
        no=(
            "青政办发(2024)25号",
            "2022年世界园艺博览会",
            "有效期至2026年12月31日",
            "本办法自2024年3月1日起施行。",
            "2020年版目录",
            "2025年国庆节前完成",
            "2025年主汛期前",
            "在2019年基础上翻一番",
            "2019年以来",
            "4月的专班会议",
            "《2024年春晖县工作要点》",
            "13月底前",
            "2023年3月出台了若干政策",
            "执行2019年发布的标准",
            "2019年已印发两批清单",
            "2024年3月5日印发",
            "视察时的“4·27”讲话",
        ),
        needs=("年", "月", "底"),
    ),
    Rule(
        id="date-words",
        kind=KIND,
        pattern=rf"(?P<point>{_WORD}){MARK}",
        value=_word,
        yes=(
            ("年底前", When("due", Point())),
            ("年内", When("due", Point(), firm=False)),
            ("今年9月底前", When("due", Point(shift=0, month=9, tenday=31))),
            ("明年3月底前", When("due", Point(shift=1, month=3, tenday=31))),
            ("上半年", When("due", Point(half=1), firm=False)),
        ),
        no=("今后五年年内", "纳入年底效能考核", "(上半年考评分值", "全年度计划", "第三季度经济形势", "规划期年底"),
        needs=("年", "季度", "月", "当季"),
        anchors=(
            "年(?:(?<=[今当明次翌本全]年)|(?=[底末内终中])|(?<=[上下]半年))",
            "月(?:(?<=[当次本下]月)|(?<=下个月))",
            "季(?:(?<=当季)|(?<=[一二三四]季)(?=度))",
        ),
        reach=(3, 40),
    ),
    Rule(
        id="date-figures",
        kind=KIND,
        pattern=rf"(?P<point>20\d\d[.\-/](?:1[0-2]|0?[1-9])(?:[.\-/](?:3[01]|[12]\d|0?[1-9]))?(?!\d))底?{MARK}",
        value=_dotted,
        yes=(
            ("2024.12.31前", When("due", Point(year=2024, month=12, day=31))),
            ("2025-06", When("due", Point(year=2025, month=6))),
        ),
        no=("发布时间2024-04-02 09:49", "2023-10-19", "GB/T2021-12标准", "2024.2.30.1"),
        needs=(".", "-", "/"),
        anchors=(r"20\d\d[.\-/]\d",),
    ),
    Rule(
        id="five-year-plan",
        kind=KIND,
        pattern="十(?P<n>[一二三四五六七八九])?五[”\"'」]*(?P<tail>期间|时期末|时期|期末|规划期末|规划期|末)",
        value=_five_year,
        yes=(
            ("“十四五”期间", When("period", Point(year=2025), Point(year=2021), firm=False)),
            ("“十五五”末", When("due", Point(year=2030), firm=False)),
        ),
        no=("“十四五”规划", "较“十三五”末增长", "“十四五”时期是关键五年"),
        needs=("五",),
        anchors=("十[一二三四五六七八九]?五",),
    ),
    Rule(
        id="issue-day",
        kind=KIND,
        pattern="(?:即日起|自即日起|发文之日起)",
        value=_issue_day,
        yes=(("即日起", When("start", start=Point(month_shift=0, day=99))),),
        no=("自即日起施行。",),
        needs=("即日起", "发文之日起"),
    ),
)
