"""FRM: the parts that a document of its kind has by GB/T 9704-2012."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.checks.base import Case, Hit, check
from policyparse.text import Flow

_LETTERLIKE = re.compile(r"(?:的通知|的意见|的函|的通报|的决定|的批复|的请示|的报告|通知|通报)$")
_ADDRESSED = re.compile(r"(?:的通知|的函|的批复|的请示|的报告|通知)$")
# An office's name, and a date right below or behind it.
_SIGNED = re.compile(
    r"(?:[局委办厅院部会处组社署]|政府|中心|公室|党组)(?:\([^()\n]{1,20}\))?\s*"
    r"\(?(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇零一三四五六七八九]{4}年)"
)
_NUMBERED = re.compile(r"\([12]\d{3}\)\s*(?:第\s*)?\d{1,5}\s*号")
_FULL_DATE = re.compile(
    r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月)"
)
_CALLED = re.compile(r"^[^。;]{2,200}:$", re.MULTILINE)
_SPACES = re.compile(r"\s+")


def _official(case: Case, pattern: re.Pattern[str] = _LETTERLIKE) -> bool:
    """Whether the notice is a document that an office sends: its title names its kind and who sends it."""
    title = case.notice.title.rstrip("》)）")
    return bool(title and "关于" in title and pattern.search(title))


@check("FRM001", "no-document-number", "info")
def no_document_number(case: Case) -> Iterator[Hit]:
    """A document that is sent has no 发文字号.

    What it checks:
        The title ends in 通知, 意见, 函, 通报, 决定 or 批复, and no 发文字号 was found.
    Why it matters:
        Without it the document can't be cited, filed or found (GB/T 9704-2012, 7.2.5).
    Example::

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
        Web pages often hold the number outside the text that was saved.
    """
    if _official(case) and not case.notice.number and not (case.flow and _NUMBERED.search(case.flow.text[:400])):
        yield Hit("没有发文字号，请在版头标注，如“X政办发〔年份〕序号号”。")


@check("FRM002", "no-date", "info")
def no_date(case: Case) -> Iterator[Hit]:
    """A document that is sent has no date.

    What it checks:
        The title ends in 通知, 意见, 函 …, and no 成文日期 was found.
    Why it matters:
        Terms run from it, and years left out are read from it (GB/T 9704-2012, 7.3.5.4).
    Example::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        清溪县人民政府办公室
    Use instead::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        清溪县人民政府办公室
        2024年2月20日
    Known limits:
        As for the number, web pages may hold it elsewhere.
    """
    if not _official(case) or case.notice.issued_on is not None:
        return
    if case.flow is None or not _dated(case.flow):
        yield Hit("没有成文日期，请在发文机关署名下方标注年、月、日。")


def _dated(flow: Flow) -> bool:
    """Whether a line holds a date and little else, as below a signature."""
    lines = (flow.text[line.start : line.end] for line in flow.lines)
    alone = any(_FULL_DATE.search(line) and len(line) < 50 for line in lines)
    return alone or bool(_FULL_DATE.search(flow.text[-60:]) or _SIGNED.search(flow.text))


@check("FRM003", "no-addressee", "info")
def no_addressee(case: Case) -> Iterator[Hit]:
    """A document that is sent to somebody has no addressee.

    What it checks:
        The title ends in 通知, 函, 批复, 请示 or 报告, and no 主送机关 was found.
    Why it matters:
        Nobody is bound to receive it (GB/T 9704-2012, 7.3.2).
    Example::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
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
        Opinions and decisions may go without.
    """
    head = case.flow.text[:800] if case.flow else ""
    if _official(case, _ADDRESSED) and not case.notice.addressees and not _CALLED.search(head):
        yield Hit("没有主送机关，请在标题下方顶格写明收文机关。")


@check("FRM004", "no-signature", "info")
def no_signature(case: Case) -> Iterator[Hit]:
    """A document that is sent is not signed.

    What it checks:
        The title ends in 通知, 意见, 函 …, and no line below the title is the name of an issuer.
    Why it matters:
        The signature says whose act it is (GB/T 9704-2012, 7.3.5).
    Example::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        2024年2月20日
    Use instead::

        清政办发〔2024〕5号
        清溪县人民政府办公室关于做好春耕生产的通知
        各乡镇人民政府：
        一、备足农资。（责任单位：县农业农村局）
        清溪县人民政府办公室
        2024年2月20日
    Known limits:
        Needs the text of the notice. A seal in the picture of a scan is not seen.
    """
    if case.flow is not None and _official(case) and not _SIGNED.search(case.flow.text) and not _alone(case):
        yield Hit("没有发文机关署名，请在正文之后、成文日期之上署名。")


def _alone(case: Case) -> bool:
    """Whether a line below the title is the name of an issuer."""
    lines = (
        [_SPACES.sub("", case.flow.text[line.start : line.end]) for line in case.flow.lines[2:]] if case.flow else []
    )
    return any(name in line and len(line) < len(name) + 12 for line in lines for name in case.notice.issuers)
