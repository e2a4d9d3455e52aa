"""Web pages: the notice, without the site around it."""

from __future__ import annotations

import pytest

from policyparse.model import Document
from policyparse.reading import read

BODY = (
    "<p>各镇人民政府，县政府各部门：</p><p>为做好防汛工作，保障群众安全，现就有关事项通知如下。</p>"
    "<p>一、排查隐患。请于6月底前完成水库、堤防隐患排查。（责任单位：县水利局，各镇人民政府）</p>"
    "<p>二、备足物资。按照标准储备防汛物资，及时更新。（责任单位：县应急局）</p><p>松岚县人民政府</p><p>2024年5月8日</p>"
)
TITLE = "松岚县人民政府关于做好2024年防汛工作的通知"
SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 松岚县人民政府门户网站</title>
<style>p{{color:red}}</style><script>var 恶 = "代码，。；";</script></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开，要闻</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/z">政务公开</a></div>
<table class="meta"><tr><td>索 引 号：</td><td>11330000/2024-00012</td><td>主题分类：</td><td>水利</td></tr>
<tr><td>发文机关：</td><td>松岚县人民政府</td><td>成文日期：</td><td>2024年05月08日</td></tr>
<tr><td>发文字号：</td><td>松政发〔2024〕6号</td><td>有效性：</td><td></td></tr></table>
<h1>{title}</h1><div class="info">发布日期：2024-05-09 浏览次数：12 【字体：大 中 小】</div>
<div id="box">{body}</div>
<div style="display: none">{body}</div><div hidden>隐藏的话，不读。</div>
<ul class="related"><li><a href="/1">相关：某某通知，某某办法。</a></li></ul>
<div class="footer">版权所有：松岚县人民政府办公室，网站标识码1234567890，松ICP备1号。</div></body></html>"""


def lines(page: str | bytes, name: str = "a.html") -> list[str]:
    return read(page.encode() if isinstance(page, str) else page, name=name).text.split("\n")


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.span[0] : b.span[1]], b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in document.blocks
        if b.cell
    ]


def test_a_page_of_a_site_is_its_notice_with_what_the_page_says_about_it() -> None:
    assert lines(SITE.format(title=TITLE, body=BODY)) == [
        "发文字号：松政发〔2024〕6号",
        "成文日期：2024年05月08日",
        TITLE,
        "各镇人民政府，县政府各部门：",
        "为做好防汛工作，保障群众安全，现就有关事项通知如下。",
        "一、排查隐患。请于6月底前完成水库、堤防隐患排查。（责任单位：县水利局，各镇人民政府）",
        "二、备足物资。按照标准储备防汛物资，及时更新。（责任单位：县应急局）",
        "松岚县人民政府",
        "2024年5月8日",
    ]


def test_what_the_text_says_itself_is_not_said_again() -> None:
    body = f"<p>松政发〔2024〕6号</p><p>{TITLE[:12]}</p><p>{TITLE[12:]}</p>{BODY}"
    seen = lines(SITE.format(title=TITLE, body=body))
    assert seen[:4] == ["成文日期：2024年05月08日", "松政发〔2024〕6号", TITLE[:12], TITLE[12:]]


def test_a_text_inside_what_is_named_like_furniture() -> None:
    page = f'<html><body><ul><li><a href=/>首页</a></li></ul><div class="main-bottom"><div class="share">{BODY}</div></div></body></html>'
    assert lines(page)[0] == "各镇人民政府，县政府各部门：" and len(lines(page)) == 6


def test_letter_and_plan_in_boxes_of_their_own() -> None:
    letter = "<div class=s1><p>各镇人民政府：</p><p>现将《方案》印发给你们，请认真贯彻执行。</p></div>"
    plan = "".join(f"<p>{i}.加强巡查，排查隐患，及时整改。</p>" for i in range(1, 80))
    page = (
        f"<html><body><ul class=nav><li>首页</li></ul><div id=c>{letter}<div class=s2>{plan}</div></div></body></html>"
    )
    assert lines(page)[:3] == [
        "各镇人民政府：",
        "现将《方案》印发给你们，请认真贯彻执行。",
        "1.加强巡查，排查隐患，及时整改。",
    ]


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("<title>政策文件_松岚县人民政府</title><h1>松岚县人民政府信息公开</h1>", "各镇人民政府，县政府各部门："),
        (f"<title>政策文件</title><h1>信息公开</h1><h1>{TITLE}</h1>", TITLE),
        (f'<meta name="ArticleTitle" content="{TITLE}"><title>松岚县人民政府</title>', TITLE),
        ("<title>松岚县防汛行动方案（2024—2026年）-松岚县水利局网站</title>", "松岚县防汛行动方案（2024—2026年）"),
        ("<title>松岚打响防汛攻坚战 - 松岚县人民政府</title><h1>松岚打响防汛攻坚战</h1>", "松岚打响防汛攻坚战"),
    ],
)
def test_the_title_above_the_text(head: str, first: str) -> None:
    heading, _, above = head.partition("<h1>")
    page = f"<html><head>{heading}</head><body>{'<h1>' * bool(above)}{above}<div>{BODY}</div></body></html>"
    assert lines(page)[0] == first


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-8-sig", "utf-16"])
def test_charset_of_the_page(encoding: str) -> None:
    text = "關於防汛工作的通知，請遵照執行。" if encoding == "big5" else "关于防汛工作的通知，请遵照执行。"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body><p>{text}</p></body></html>'
    assert lines(page.encode(encoding)) == [text]


def test_charset_declared_wrongly_or_not_at_all() -> None:
    page = "<html><body><p>关于防汛工作的通知，请遵照执行。</p></body></html>"
    assert lines(page.encode("gbk")) == ["关于防汛工作的通知，请遵照执行。"]
    wrong = page.replace("<html>", '<html><meta charset="utf-8">')
    assert lines(wrong.encode("gbk")) == ["关于防汛工作的通知，请遵照执行。"]


def test_tables_with_spans_and_tables_that_only_lay_out() -> None:
    table = (
        "<table><caption>任务分工表</caption><thead><tr><th rowspan=2>序号</th><th colspan=2>责任</th></tr>"
        "<tr><th>牵头单位</th><th>配合单位</th></tr></thead><tr><td>1</td><td rowspan='2'>县水利局<br>县应急局</td><td></td></tr>"
        "<tr><td><p>2</p></td><td><p>各镇，</p><p>各街道</p></td></tr></table>"
    )
    document = read(f"<html><body><table><tr><td>{BODY}{table}</td></tr></table></body></html>".encode(), name="a.htm")
    assert cells(document) == [
        ("序号", 0, 0, 2, 1), ("责任", 0, 1, 1, 2), ("牵头单位", 1, 1, 1, 1), ("配合单位", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1), ("县水利局\n县应急局", 2, 1, 2, 1), ("2", 3, 0, 1, 1), ("各镇，\n各街道", 3, 2, 1, 1),
    ]  # fmt: skip
    assert "任务分工表\n序号" in document.text
    assert document.text.startswith("各镇人民政府")


def test_source_line_ends_are_no_spaces_and_list_items_are_numbered() -> None:
    page = "<html><body><p>请认真\n   贯彻执行，按 2024 年\n计划推进。</p><ol><li>排查隐患。</li><li value=5>备足物资。</li></ol></body></html>"
    assert lines(page) == ["请认真贯彻执行，按 2024 年计划推进。", "1.排查隐患。", "5.备足物资。"]


def test_a_page_with_a_text_ending_and_a_saved_archive() -> None:
    page = f"<!DOCTYPE html><html><body>{BODY}</body></html>"
    assert read(page.encode(), name="a.txt").source.format == "html"
    archive = (
        (
            b'From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"; type="text/html"\r\n\r\n'
            b'--B\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        )
        + page.replace("<html>", '<html><meta charset="gb2312">').encode("gbk")
        + b"\r\n--B--\r\n"
    )
    for name in ("a.mht", "a.doc", "a.html"):
        assert lines(archive, name)[0] == "各镇人民政府，县政府各部门："


def test_markdown_that_begins_with_a_tag_stays_text() -> None:
    text = "<div align=center>\n\n# 通知\n\n</div>\n\n各镇：请执行。\n"
    assert read(text.encode(), name="a.md").text == text


def test_real_pages(real_docs) -> None:  # type: ignore[no-untyped-def]
    """Whole pages of a site: the text starts with the notice, and no menu or footer is left in it."""
    for path in sorted(real_docs.glob("30?_*.html")):
        text = read(path).text
        for word in ("首页", "无障碍", "高级搜索", "网站地图", "分享到", "ICP备", "版权所有", "浏览次数", "function("):
            assert word not in text, (path.name, word)
        assert "\n各区" in text[:400], path.name
