"""REF: names, numbers and places in the text that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.checks.base import Case, Hit, check, place, shorten
from policyparse.model import Clause, Related
from policyparse.text import fold

_BODY = re.compile(r"领导小组|专班|指挥部|联席会议|协调机制|工作组|攻坚组|专项组")
_BARE_BODY = re.compile(
    r"(?:[省市县区州]|本)?(?:工作)?(?:领导小组|专班|指挥部|联席会议|协调机制)(?:办公室|办|成员单位|各成员单位)?"
)
_QUOTES = tuple("”’\"'》")
_BEFORE_NAME = re.compile("[向报由经送在至对]|成立|设立|建立|按照|前")
_SHORT = re.compile(r"(?:以下|下)(?:统一)?简?称[\"“]?([一-鿿A-Za-z0-9·“”]{1,20}?)[\"”]?[,;)]")
_ANNEX = re.compile(r"(?:详?见|按照?|填[写报]|根据)\s*附件\s*(\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d:.、])")
_ANNEX_LIST = re.compile(r"附\s*件\s*[:：]?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})?")
_LISTED = re.compile(r"(?:^|[\n ;]|(?<=[一-鿿)》]))\s*(?:附件)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[.、:：]")
_OWN_ARTICLE = re.compile(
    r"本(?:办法|规定|细则|制度|规则|方案|意见|措施|条例)第([一二三四五六七八九十百]{1,6}|\d{1,3})条"
)
_ARTICLE_LABEL = re.compile(r"第([一二三四五六七八九十百零]{1,6}|\d{1,3})条")
# What stands before the year and figure of a document that is sent; orders (令) and announcements have none of it.
_DOCUMENT_NUMBER = re.compile(
    r"^[一-鿿A-Za-z]{2,20}?(?:字|发|函|办|规|综|通|电|秘|笺)?\s*[〔\[［(（【第]?\s*\d{4}\D{0,2}\s*(?:第\s*)?\d+\s*号$"
)
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")}
_LABEL = re.compile(r"\(?([一二三四五六七八九十百]{1,5}|\d{1,2})[)、.]?$")


def figure(text: str) -> int | None:
    """The value of a numeral up to 999 in Han or Arabic digits (二十三, 105), or None."""
    if text.isdigit():
        return int(text)
    total = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit


@check("REF001", "undefined-body", "info")
def undefined_body(case: Case) -> Iterator[Hit]:
    """A body is named by a short name that the notice never explains.

    What it checks:
        A party of a task is called just 领导小组, 专班办公室, 市联席会议 …, and no body of that kind is set up,
        defined by 以下简称, or named in full anywhere in the notice.
    Why it matters:
        In a place with a hundred leading groups nobody knows which one is meant.
    Example::

        清溪县人民政府办公室关于做好旱情应对工作的通知
        各乡镇人民政府：
        一、报告旱情。各乡镇人民政府每周五前向领导小组办公室报告旱情。
    Use instead::

        清溪县人民政府办公室关于做好旱情应对工作的通知
        各乡镇人民政府：
        一、报告旱情。各乡镇人民政府每周五前向清溪县抗旱工作领导小组办公室报告旱情。
    Known limits:
        Needs the text of the notice to see where else the body is named.
    """
    if case.flow is None:
        return
    told: set[str] = set()
    for obligation in case.notice.obligations:
        for party in obligation.parties:
            body = _BODY.search(party.text)
            if not body or not _BARE_BODY.fullmatch(party.text) or party.text in told:
                continue
            if case.document and case.document.text[: party.span[0]].rstrip()[-1:] in _QUOTES:
                continue  # the name began before the quotation mark
            told.add(party.text)
            if not _explained(case, party.text, body[0]):
                yield Hit(
                    f"{place(obligation)}中的“{party.text}”没有交代是哪个机构，请写全称，或在首次出现处注明“以下简称”。",
                    obligation,
                    party.span,
                )


def _explained(case: Case, name: str, kind: str) -> bool:
    """Whether the notice sets up, defines or names in full a body of this ``kind`` (领导小组 …)."""
    notice = case.notice
    if any(kind in other for o in notice.organs for other in (o.name, o.alias or "")) or name in notice.aliases:
        return True
    if any(kind in short or kind in full for short, full in notice.aliases.items()):
        return True
    text = case.flow.text if case.flow else ""
    called = (_BEFORE_NAME.split(found[0])[-1] for found in re.finditer(rf"[一-鿿“”]{{3,30}}{kind}", text))
    return any(not _BARE_BODY.fullmatch(full) for full in called)


@check("REF002", "alias-defined-twice", "warning")
def alias_defined_twice(case: Case) -> Iterator[Hit]:
    """One short name is defined twice.

    What it checks:
        以下简称 gives the same short name in two places.
    Why it matters:
        Where the two meanings differ, every sentence between them is in doubt; where they do not, one is too many.
    Example::

        清溪县人民政府办公室关于推进保障房建设的通知
        一、成立清溪县保障房建设工作专班（以下简称专班）。
        二、成立清溪县房票安置工作专班（以下简称专班）。
    Use instead::

        清溪县人民政府办公室关于推进保障房建设的通知
        一、成立清溪县保障房建设工作专班（以下简称建设专班）。
        二、成立清溪县房票安置工作专班（以下简称房票专班）。
    Known limits:
        The wrapper notice and the plan enclosed with it, or two annexes, may each define their own names.
    """
    first: dict[str, tuple[int, int]] = {}
    for passage, match in case.find(_SHORT):
        name, span = match[1].strip("“”"), passage.span(*match.span())
        before = first.setdefault(name, span)
        if before != span:
            related = (Related(notice=case.notice.id, span=before, text=f"简称{name}"),)
            yield Hit(f"简称“{name}”定义了两次，请合并，或改用不同的简称。", None, span, related)


@check("REF003", "missing-annex", "warning")
def missing_annex(case: Case) -> Iterator[Hit]:
    """An annex is named that isn't there.

    What it checks:
        The text points at 附件N (见附件3), and neither a list of annexes nor the heading of an annex has that number.
    Why it matters:
        The reader looks for a form or a table that he never got.
    Example::

        清溪县人民政府办公室关于报送项目的通知
        一、填报项目。各乡镇人民政府填写项目申报表（见附件2）。
        附件：1.项目汇总表
    Use instead::

        清溪县人民政府办公室关于报送项目的通知
        一、填报项目。各乡镇人民政府填写项目申报表（见附件2）。
        附件：1.项目汇总表
        2.项目申报表
    Known limits:
        Needs the text of the notice; annexes without a number are passed over.
    """
    if case.flow is None:
        return
    text = case.flow.text
    pointed = [(match, figure(match[1])) for match in _ANNEX.finditer(text)]
    if not pointed:
        return
    places = {match.start(1) for match, _ in pointed}
    there: set[int | None] = set()
    for match in _ANNEX_LIST.finditer(text):
        if match.start(1) not in places and (match.start() == 0 or text[match.start() - 1] in "\n :。)"):
            there.add(figure(match[1]) if match[1] else 1)
            after = text[match.end() : match.end() + 600]
            there.update(figure(n[1]) for n in _LISTED.finditer(after))
    told: set[int | None] = set()
    for match, wanted in pointed:
        if wanted not in there and wanted not in told:
            told.add(wanted)
            yield Hit(
                f"文中提到“{match[0]}”，但没有附件{match[1]}，请补上附件，或改正序号。",
                None,
                case.flow.span(*match.span()),
            )


@check("REF004", "missing-article", "warning")
def missing_article(case: Case) -> Iterator[Hit]:
    """An article of this document is named that isn't there.

    What it checks:
        本办法第N条 (本规定, 本细则, 本方案 …) where the document has articles and none with that number.
    Why it matters:
        Mostly articles were moved and the reference was not.
    Example::

        清溪县公共停车场管理办法
        第一条 为规范停车管理，制定本办法。
        第二条 违反本办法第九条规定的，由县城管局处理。
    Use instead::

        清溪县公共停车场管理办法
        第一条 为规范停车管理，制定本办法。
        第二条 违反本办法第一条规定的，由县城管局处理。
    Known limits:
        Articles of other documents (《…法》第九条) are not looked at.
    """
    if case.flow is None:
        return
    text = case.flow.text
    there = {figure(match[1]) for match in re.finditer(r"(?:^|\n)\s*" + _ARTICLE_LABEL.pattern, text)}
    if not there:
        return
    for match in _OWN_ARTICLE.finditer(text):
        if figure(match[1]) not in there:
            yield Hit(f"文中提到“{match[0]}”，但没有这一条，请核对条款序号。", None, case.flow.span(*match.span()))


@check("REF005", "numbering-gap", "warning")
def numbering_gap(case: Case) -> Iterator[Hit]:
    """The numbering of clauses leaves one out.

    What it checks:
        Beside each other stand clauses of one kind of label, and a number between two of them is missing (一、三、).
    Why it matters:
        A clause was lost, or references to the later ones are wrong.
    Example::

        清溪县人民政府办公室关于开展爱国卫生运动的通知
        一、清理垃圾。清理村庄垃圾。
        二、疏通沟渠。疏通排水沟渠。
        四、消杀灭蚊。清除积水容器。
    Use instead::

        清溪县人民政府办公室关于开展爱国卫生运动的通知
        一、清理垃圾。清理村庄垃圾。
        二、疏通沟渠。疏通排水沟渠。
        三、消杀灭蚊。清除积水容器。
    Known limits:
        Needs the text of the notice: where the number stands in it after all, though not as a clause, it is no gap.
    """
    yield from _gaps(case, case.notice.clauses)


def _gaps(case: Case, clauses: tuple[Clause, ...]) -> Iterator[Hit]:
    before: Clause | None = None
    for clause in clauses:
        yield from _gaps(case, clause.children)
        if before is not None and _style(before.label) == _style(clause.label):
            here, there = _value(before.label), _value(clause.label)
            missing = range((here or 0) + 1, there or 0)
            if here and 0 < len(missing) < 3 and not any(_inside(case, before, clause, n) for n in missing):
                yield Hit(
                    f"序号从“{before.label}”直接到“{clause.label}”（“{shorten(clause.heading, 20)}”），中间缺号，请核对。",
                    span=(clause.span[0], clause.span[0] + len(clause.label)),
                    related=(Related(notice=case.notice.id, span=before.span, text=before.label),),
                )
        before = clause


def _inside(case: Case, before: Clause, after: Clause, number: int) -> bool:
    """Whether ``number`` stands in the text between two clauses, though it did not become a clause."""
    if case.document is None:
        return True
    text = fold(case.document.text[before.span[0] : after.span[0]])
    return any(
        re.search(rf"(?<![\d一二三四五六七八九十百]){figure}\s*[.、)章节条款是:\s]", text)
        for figure in (str(number), _han(number))
    ) or (number <= 20 and chr(0x245F + number) in text)


def _han(number: int) -> str:
    """``number`` below 1000 in Han digits."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")


def _style(label: str) -> str:
    return re.sub(r"[一二三四五六七八九十百零]+", "一", re.sub(r"\d+", "1", label))


def _value(label: str) -> int | None:
    found = re.search(r"[一二三四五六七八九十百零]+|\d+", label)
    return figure(found[0]) if found else None


@check("REF006", "malformed-number", "info")
def malformed_number(case: Case) -> Iterator[Hit]:
    """A 发文字号 is not written as the standard asks.

    What it checks:
        The notice's own number has other brackets than 〔〕 around the year, a 第 before its figure, or a
        figure filled up with zeros (GB/T 9704-2012, 7.2.5).
    Why it matters:
        Registers and search engines find a document by its number.
    Example::

        清政办发[2024]05号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        清溪县人民政府办公室
        2024年2月20日
    Use instead::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        清溪县人民政府办公室
        2024年2月20日
    Known limits:
        Orders (令) and announcements are numbered otherwise and passed over. Web pages often print other brackets.
    """
    number = case.notice.number
    if not number or not _DOCUMENT_NUMBER.search(number):
        return
    faults = []
    if not re.search(r"〔\d{4}〕", number):
        faults.append("年份应当用六角括号〔〕" if re.search(r"\d{4}", number) else "缺少年份")
    if "第" in number:
        faults.append("序号前不加“第”")
    if re.search(r"(?<!\d)0+\d+号", number):
        faults.append("序号不编虚位")
    if faults:
        yield Hit(f"发文字号“{number}”不合规范（GB/T 9704—2012）：{'，'.join(faults)}，请改正。")
