"""PDF: lines become paragraphs, furniture goes, ruled lines become tables."""

from __future__ import annotations

import pytest

from policyparse.errors import ReadError
from policyparse.model import Document
from policyparse.reading import read
from tests.reading.make import line, pdf, table, text

TOP, LEFT, STEP, EM = 100, 72, 22, 12
FULL = 36  # characters of a full line


def prose(words: str, top: float = TOP, size: float = EM) -> list[str]:
    """Words set as paragraphs ("\\n" between them), first lines indented by two characters."""
    out: list[str] = []
    for paragraph in words.split("\n"):
        x, room = LEFT + 2 * size, FULL - 2
        while paragraph:
            out.append(text(x, top, paragraph[:room], size))
            paragraph, x, room, top = paragraph[room:], LEFT, FULL, top + STEP
    return out


def lines(*pages: list[str]) -> list[str]:
    return read(pdf(pages), name="a.pdf").text.split("\n")


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.span[0] : b.span[1]], b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in document.blocks
        if b.cell
    ]


ONE = "为进一步加强城乡供水保障工作，提升供水安全水平，确保群众喝上放心水，根据省政府有关工作要求，结合我县实际情况，制定本实施方案，请各镇各部门认真贯彻落实。"
TWO = "一、完善供水设施。加快老旧管网改造，新建泵站三座，改造管网四十公里，确保年底前城区漏损率降到百分之九以下。（责任单位：县水务局，各镇人民政府）"


def test_lines_become_paragraphs() -> None:
    assert lines(prose(f"{ONE}\n{TWO}\n二、强化监管。")) == [ONE, TWO, "二、强化监管。"]


def test_paragraphs_go_on_over_the_page_and_each_part_knows_its_page() -> None:
    whole = prose(f"{ONE}\n{TWO}\n{ONE}")
    cut = 4  # the second paragraph begins on the first page and ends on the second
    second = [part.replace(" Tm", " Tm") for part in prose(f"{ONE}\n{TWO}\n{ONE}", TOP - cut * STEP)[cut:]]
    document = read(pdf([[*whole[:cut], text(290, 800, "— 1 —", 10)], [*second, text(290, 800, "— 2 —", 10)]]))
    assert document.text == f"{ONE}\n{TWO}\n{ONE}"
    assert [b.page for b in document.blocks] == [1, 1, 2, 2]
    assert "".join(document.text[slice(*b.span)] for b in document.blocks[1:3]) == TWO
    x0, top, x1, bottom = document.blocks[0].box or (0, 0, 0, 0)
    assert 70 < x0 < 74 and 85 < top < 101 and 500 < x1 < 510 and bottom > top + STEP
    assert document.source.pages == 2


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第 {} 页 共 3 页", "{}/3", "－{}－"])
def test_page_numbers_and_running_heads_go(number: str) -> None:
    words = [ONE, TWO, ONE[9:]]
    pages = [
        [text(230, 40, "松岚县人民政府文件", 9), *prose(words[i]), text(290, 805, number.format(i + 1), 9)]
        for i in range(3)
    ]
    assert lines(*pages) == words


def test_a_lone_number_that_counts_nothing_stays() -> None:
    assert "2024" in lines(
        [*prose(ONE), text(290, 805, "2024", 9)], prose(TWO), [*prose(ONE[9:]), text(290, 805, "31", 9)]
    )


def test_watermarks_go() -> None:
    aslant = text(0, 0, "内部资料", 60, "0.7 0.7 -0.7 0.7 150 300")
    assert lines([*prose(ONE), aslant]) == [ONE]
    level = text(200, 500, "仅供参考", 40)
    words = [ONE, TWO, ONE[9:], TWO[9:]]
    assert lines(*[[*prose(w), level] for w in words]) == words


def test_spaces_between_han_and_digits_close() -> None:
    seen = lines([text(LEFT, TOP, "请于 2024 年 11 月 1 日前报送 Excel 2016 表格（见附件 2），占 9.5 %。")])
    assert seen == ["请于2024年11月1日前报送Excel 2016表格（见附件2），占9.5 %。"]


def test_fake_bold_is_read_once() -> None:
    title = "关于加强供水的通知"
    whole = [text(150 + i * 0.3, TOP, title, 22) for i in range(3)]
    each = [text(150 + 22 * c + i * 0.3, TOP + 40, title[c], 22) for c in range(len(title)) for i in range(3)]
    assert lines([*whole, *each, *prose(ONE, 200)]) == [title, title, ONE]


def test_a_title_over_two_lines_stays_apart_from_the_text() -> None:
    page = [
        text(144, 60, "松岚县人民政府办公室关于印发", 22),
        text(188, 90, "供水保障方案的通知", 22),
        *prose(ONE, 140),
    ]
    document = read(pdf([page]))
    assert document.text.split("\n") == ["松岚县人民政府办公室关于印发", "供水保障方案的通知", ONE]
    assert [b.kind for b in document.blocks] == ["heading", "heading", "paragraph"]


def test_a_turned_page_reads_upright() -> None:
    page = [
        text(0, 0, words, 12, f"0 1 -1 0 {100 + 20 * i} 100")
        for i, words in enumerate(["第一行的文字。", "第二行的文字。"])
    ]
    document = read(pdf([page], page="/Rotate 90"))
    assert document.text == "第一行的文字。\n第二行的文字。"
    assert document.blocks[0].box is not None and document.blocks[0].box[0] == pytest.approx(100, abs=1)


def test_lines_of_a_table_of_contents_go() -> None:
    assert lines(
        [
            text(LEFT, TOP, "一、总体要求……………………………3"),
            text(LEFT, TOP + 20, "二、重点任务...........12"),
            *prose(ONE, 200),
        ]
    ) == [ONE]


def test_text_without_a_font_is_not_lost_in_silence() -> None:
    """Each character is a text of its own; machines without a Han font drop them, but for digits."""
    page = [text(LEFT + EM * i, TOP, c) for i, c in enumerate("请于2024年底前报送供水保障工作总结并抄送县水务局。")]
    for pages, rest in ([[page], ""], [[prose(ONE), page], ONE]):
        try:
            document = read(pdf(pages, embed=False), name="a.pdf")
        except ReadError as error:
            assert "PDF 没有嵌入字体" in str(error) and not rest
        else:
            assert "报送供水保障" in document.text or (
                rest and any("第 2 页没有嵌入字体" in w for w in document.warnings)
            )
    blanks = [text(LEFT + 30 * i, TOP, c) for i, c in enumerate("a b c d e f g h i j k l m n o p q r s t u v")]
    assert not read(pdf([blanks], embed=False), name="a.pdf").warnings


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────────

XS = [60, 100, 300, 420, 485]
HEAD = ["序号", "重点任务", "责任单位", "完成时限"]


def test_a_ruled_table() -> None:
    rows = [HEAD, ["1", "加快老旧小区供水管网改造，改造城乡管网\n40公里", "市水务局\n市财政局", "2024年12月\n31日前"]]
    document = read(pdf([[*prose(ONE), *table(XS, [300, 320, 360], rows), *prose(TWO, 400)]]))
    assert [c[0] for c in cells(document)] == [
        *HEAD, "1", "加快老旧小区供水管网改造，改造城乡管网40公里", "市水务局\n市财政局", "2024年12月31日前",
    ]  # fmt: skip
    assert document.text.startswith(ONE + "\n序号\n") and document.text.endswith(TWO)
    block = next(b for b in document.blocks if b.cell)
    assert block.box == pytest.approx((60, 300, 100, 320), abs=1)


def test_merged_cells() -> None:
    page = [line(60, 100, 420, 100), line(60, 140, 300, 140), line(100, 120, 420, 120), line(60, 160, 420, 160)]
    page += [line(60, 100, 60, 160), line(100, 100, 100, 160), line(300, 120, 300, 160), line(420, 100, 420, 160)]
    page += [
        text(63, 112, "序号", 10),
        text(103, 112, "任务分工", 10),
        text(103, 132, "任务", 10),
        text(303, 132, "单位", 10),
        text(103, 152, "植树", 10),
    ]
    assert cells(read(pdf([page]))) == [
        ("序号", 0, 0, 2, 1), ("任务分工", 0, 1, 1, 2), ("任务", 1, 1, 1, 1), ("单位", 1, 2, 2, 1), ("植树", 2, 1, 1, 1),
    ]  # fmt: skip


def test_a_table_over_two_pages_with_its_heading_repeated() -> None:
    first = table(XS, [700, 720, 760], [HEAD, ["1", "改造管网。", "市水务局", "10月底前"]])
    second = table(XS, [60, 80, 120], [HEAD, ["2", "新建泵站。", "市住建局", "年底前"]])
    document = read(
        pdf([[*prose(ONE), *first, text(290, 805, "1", 9)], [*second, *prose(TWO, 200), text(290, 805, "2", 9)]])
    )
    assert [c[:3] for c in cells(document)] == [
        *((h, 0, i) for i, h in enumerate(HEAD)),
        ("1", 1, 0), ("改造管网。", 1, 1), ("市水务局", 1, 2), ("10月底前", 1, 3),
        ("2", 2, 0), ("新建泵站。", 2, 1), ("市住建局", 2, 2), ("年底前", 2, 3),
    ]  # fmt: skip
    assert {b.cell.table for b in document.blocks if b.cell} == {0}
    assert [b.page for b in document.blocks if b.cell][-1] == 2


@pytest.mark.parametrize("drawn", [True, False], ids=["closed at the page end", "open at the page end"])
def test_a_row_cut_by_the_page_end_is_one_row(drawn: bool) -> None:
    first = table(
        XS,
        [700, 720, 760],
        [HEAD, ["1", "加快老旧小区供水管网改造，新建改造城乡\n供水管网四十公里，新建泵", "市水务局", "年底前"]],
        bottom=drawn,
    )
    second = table(
        XS, [60, 100, 120], [["", "站三座，提升供水能力。", "", ""], ["2", "植树。", "市林业局", "3月"]], top=drawn
    )
    document = read(pdf([first, second]))
    assert [c[0] for c in cells(document) if c[1] == 1] == [
        "1", "加快老旧小区供水管网改造，新建改造城乡供水管网四十公里，新建泵站三座，提升供水能力。", "市水务局", "年底前",
    ]  # fmt: skip
    assert [c[0] for c in cells(document) if c[1] == 2] == ["2", "植树。", "市林业局", "3月"]


def test_a_new_row_under_a_merged_cell_is_not_the_rest_of_the_last_one() -> None:
    xs = [60, 140, 300, 420]
    first = [*table(xs, [700, 740], [["供水保障", "改造管网四十公里。", "市水务局"]])]
    second = [line(60, 60, 420, 60), line(140, 90, 420, 90), line(60, 120, 420, 120)]
    second += [line(x, 60, x, 120) for x in xs]
    second += [
        text(143, 75, "新建泵站三座。", 10),
        text(303, 75, "市住建局", 10),
        text(143, 105, "检测水质。", 10),
        text(303, 105, "市卫健委", 10),
    ]
    assert cells(read(pdf([first, second]))) == [
        ("供水保障", 0, 0, 3, 1), ("改造管网四十公里。", 0, 1, 1, 1), ("市水务局", 0, 2, 1, 1),
        ("新建泵站三座。", 1, 1, 1, 1), ("市住建局", 1, 2, 1, 1), ("检测水质。", 2, 1, 1, 1), ("市卫健委", 2, 2, 1, 1),
    ]  # fmt: skip


def test_tables_with_open_sides() -> None:
    page = [*(line(60, y, 420, y) for y in (100, 120, 140, 160)), *(line(x, 100, x, 160) for x in (140, 300))]
    for i, row in enumerate((["任务", "单位", "时限"], ["植树", "市林业局", "3月"], ["种草", "市草原站", "5月"])):
        page += [text(x, 112 + 20 * i, words, 10) for x, words in zip((63, 143, 303), row, strict=True)]
    assert [c[0] for c in cells(read(pdf([page])))] == [
        "任务",
        "单位",
        "时限",
        "植树",
        "市林业局",
        "3月",
        "种草",
        "市草原站",
        "5月",
    ]


def test_a_frame_and_a_rule_are_no_table() -> None:
    frame = [
        line(60, 80, 530, 80),
        line(60, 400, 530, 400),
        line(60, 80, 60, 400),
        line(530, 80, 530, 400),
        line(60, 90, 530, 90),
    ]
    document = read(pdf([[*frame, *prose(ONE, 120)]]))
    assert document.text == ONE and not cells(document)


def test_real_table_over_four_pages(real_docs) -> None:  # type: ignore[no-untyped-def]
    document = read(next(real_docs.glob("280_*.pdf")))
    own = [b.cell for b in document.blocks if b.cell and b.cell.table == 0]
    assert {c.column for c in own} == {0, 1, 2, 3} and max(c.row for c in own) == 21
    numbers = [
        (document.text[slice(*b.span)], b.cell.row_span)
        for b in document.blocks
        if b.cell and b.cell.table == 0 and b.cell.column == 0
    ]
    assert numbers == [("序号", 1), ("1", 3), ("2", 7), ("3", 6), ("4", 3), ("5", 2)]
