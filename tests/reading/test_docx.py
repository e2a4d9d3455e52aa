"""Word documents: what is printed is read, and nothing else."""

from __future__ import annotations

from policyparse.model import Document
from policyparse.reading import read
from tests.reading.make import W, docx, numbering, p, tbl, tc

CHINESE = [
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def text_of(*body: str, **parts: str) -> str:
    return read(docx(*body, **parts), name="a.docx").text


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column, row span and column span of every cell."""
    return [
        (document.text[b.span[0] : b.span[1]], b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in document.blocks
        if b.cell
    ]


def test_automatic_numbers_are_printed_and_restart_below_each_heading() -> None:
    seen = text_of(
        p("总体要求", num=(1, 0)),
        p("工作目标", num=(1, 1)),
        p("基本原则", num=(1, 1)),
        p("坚持统筹", num=(1, 2)),
        p("坚持创新", num=(1, 2)),
        p("细化", num=(1, 3)),
        p("重点任务", num=(1, 0)),
        p("加强组织", num=(1, 1)),
        p("压实责任", num=(1, 2)),
        numbering=numbering({1: CHINESE}),
    )
    assert seen.split("\n") == [
        "一、总体要求", "（一）工作目标", "（二）基本原则", "1.坚持统筹", "2.坚持创新", "①细化",
        "二、重点任务", "（一）加强组织", "1.压实责任",
    ]  # fmt: skip


def test_numbers_by_style_and_by_the_style_it_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    document = read(
        docx(
            p("总体要求", style="H1"), p("目标", style="H2"), p("正文。"), p("原则", style="H2"), p("任务", style="H1"),
            p("不编号", style="H1", num=(0, 0)),
            numbering=numbering({1: CHINESE}), styles=styles,
        )
    )  # fmt: skip
    assert document.text.split("\n") == ["一、总体要求", "（一）目标", "正文。", "（二）原则", "二、任务", "不编号"]
    assert [b.kind for b in document.blocks] == ["heading", "heading", "paragraph", "heading", "heading", "heading"]


def test_lists_that_share_a_definition_go_on_and_an_override_restarts() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="7"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/></w:lvl></w:lvlOverride></w:num>'
    )
    body = [p("甲", num=(n, 0)) for n in (1, 2, 3, 3, 1)] + [p("乙", num=(4, 0))]
    seen = text_of(*body, numbering=numbering({1: [("decimal", "%1.")]}, nums))
    assert seen.split("\n") == ["1.甲", "2.甲", "1.甲", "2.甲", "3.甲", "第4条 乙"]


def test_number_formats() -> None:
    from policyparse.reading.numerals import numeral

    assert [numeral(n, "chineseCountingThousand") for n in (1, 10, 11, 20, 21, 101, 110, 999)] == [
        "一", "十", "十一", "二十", "二十一", "一百〇一", "一百一十", "九百九十九",
    ]  # fmt: skip
    assert numeral(12, "decimalEnclosedCircleChinese") == "⑫"
    assert numeral(21, "decimalEnclosedCircle") == "㉑"
    assert [numeral(4, f) for f in ("upperRoman", "lowerLetter", "decimalZero", "ideographTraditional")] == [
        "IV", "d", "04", "丁",
    ]  # fmt: skip
    assert numeral(3, "chineseLegalSimplified") == "叁"
    assert numeral(15, "someNewFormat") == "15"


def test_tracked_changes_as_if_accepted() -> None:
    ins = '<w:ins w:id="1" w:author="x"><w:r><w:t>10月底前</w:t></w:r></w:ins>'
    gone = '<w:del w:id="2" w:author="x"><w:r><w:delText>年底前</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3"><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo w:id="4"><w:r><w:t>完成。</w:t></w:r></w:moveTo>'
    deleted_mark = f"<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>"  # noqa: F541
    deleted = "<w:p><w:pPr><w:rPr><w:del w:id='6'/></w:rPr></w:pPr><w:del w:id='7'><w:r><w:delText>整段</w:delText></w:r></w:del></w:p>"
    row = f"<w:tr><w:trPr><w:del w:id='8'/></w:trPr>{tc(p('删'))}{tc(p('行'))}</w:tr>"
    table = tbl([tc(p("甲")), tc(p("乙"))]).replace("</w:tbl>", row + "</w:tbl>")
    assert text_of(p("请于", raw=gone + ins + moved), deleted_mark, p("后半句。"), deleted, table).split("\n") == [
        "请于10月底前完成。", "前半句，后半句。", "甲", "乙",
    ]  # fmt: skip


def test_text_boxes_once_hidden_text_and_fields() -> None:
    box = f"<w:txbxContent>{p('红头文件')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>看得见</w:t></w:r>"
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>2024年</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    marks = "<w:r><w:noBreakHyphen/><w:t>甲</w:t><w:softHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/><w:br/><w:t>乙</w:t></w:r>"
    assert text_of(p("", raw=shape), p("正文", raw=hidden), p("", raw=field), p("", raw=marks)).split("\n") == [
        "红头文件", "正文看得见", "2024年", "-甲☑", "乙",
    ]  # fmt: skip


def test_headers_footers_comments_and_contents_stay_out_and_footnotes_stand_behind() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('一、总体要求 1')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    notes = f"<w:footnote w:type='separator' w:id='0'>{p('-')}</w:footnote><w:footnote w:id='2'>{p('本数含以上。')}</w:footnote>"
    document = read(
        docx(
            contents, p("二、重点任务 2", style="T1"), p("正文", raw="<w:r><w:footnoteReference w:id='2'/></w:r>"),
            f"<w:sdt><w:sdtContent>{p('内容控件里的话')}</w:sdtContent></w:sdt>",
            styles=styles, footnotes=notes,
            header1=f"<w:hdr xmlns:w='{W}'>{p('页眉')}</w:hdr>", footer1=f"<w:ftr xmlns:w='{W}'>{p('— 1 —')}</w:ftr>",
            comments=f"<w:comments xmlns:w='{W}'><w:comment w:id='1'>{p('批注')}</w:comment></w:comments>",
        )
    )  # fmt: skip
    assert document.text.split("\n") == ["正文", "内容控件里的话", "本数含以上。"]
    assert document.blocks[-1].kind == "note"


def test_merged_cells_keep_their_place() -> None:
    document = read(
        docx(
            p("任务分解表"),
            tbl(
                [tc(p("序号"), merge="restart"), tc(p("任务"), merge="restart"), tc(p("责任分工"), span=2)],
                [tc(merge="continue"), tc(merge="continue"), tc(p("牵头单位")), tc(p("配合单位"))],
                [tc(p("1")), tc(p("改造管网"), p("新建泵站")), tc(p("市水务局")), tc()],
                [tc(p("2")), tc(p("植树"), merge="restart"), tc(p("市林业局")), tc(p("各镇"))],
                [tc(p("3")), tc(merge="continue"), tc(p("市园林局")), tc(p("各街道"))],
            ),
            p("完"),
        )
    )
    assert cells(document) == [
        ("序号", 0, 0, 2, 1), ("任务", 0, 1, 2, 1), ("责任分工", 0, 2, 1, 2), ("牵头单位", 1, 2, 1, 1), ("配合单位", 1, 3, 1, 1),
        ("1", 2, 0, 1, 1), ("改造管网\n新建泵站", 2, 1, 1, 1), ("市水务局", 2, 2, 1, 1),
        ("2", 3, 0, 1, 1), ("植树", 3, 1, 2, 1), ("市林业局", 3, 2, 1, 1), ("各镇", 3, 3, 1, 1),
        ("3", 4, 0, 1, 1), ("市园林局", 4, 2, 1, 1), ("各街道", 4, 3, 1, 1),
    ]  # fmt: skip
    assert document.text.startswith("任务分解表\n序号\n") and document.text.endswith("各街道\n完")


def test_numbers_in_table_cells_and_frames_of_one_cell() -> None:
    document = read(
        docx(
            tbl([tc(p("框中的话"))]),
            tbl(
                [tc(p("", num=(1, 0))), tc(p("甲"))],
                [tc(p("", num=(1, 0))), tc(p("乙"), tbl([tc(p("内")), tc(p("表"))]))],
            ),
            numbering=numbering({1: [("decimal", "%1")]}),
        )
    )
    assert cells(document) == [("1", 0, 0, 1, 1), ("甲", 0, 1, 1, 1), ("2", 1, 0, 1, 1), ("乙\n内\n表", 1, 1, 1, 1)]
    assert document.text.startswith("框中的话\n1\n甲")


def test_empty_paragraphs_leave_one_empty_line() -> None:
    assert text_of(p(), p("标题"), p(), p(), p("正文"), p()) == "标题\n\n正文"


def test_every_block_is_its_text() -> None:
    document = read(docx(p("甲"), tbl([tc(p("乙"), p("丙")), tc(p("丁"))]), p("戊")))
    assert [document.text[slice(*b.span)] for b in document.blocks] == ["甲", "乙\n丙", "丁", "戊"]
    assert document.source.format == "docx" and document.source.characters == len(document.text)
