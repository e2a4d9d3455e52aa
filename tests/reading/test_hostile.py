"""Hostile and broken files: each gives one clear sentence, soon, in little memory, and reaches nowhere.

The files that try to hang or to fill the memory are read in a child process with a time limit.
"""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from policyparse.errors import ReadError
from policyparse.reading import FORMATS, read
from policyparse.reading.folders import notices_in
from tests.reading.make import archive, docx, many_pages, numbering, ofd, ole, p, pdf, text

ROOT = Path(__file__).parent.parent.parent
MEGA = 1 << 20
SECONDS = 30
MEMORY = 450  # MB; the largest of these files would take gigabytes
CHILD = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
from policyparse.errors import ReadError
from policyparse.reading import read
try:
    result = ["text", read(sys.argv[2], ocr=False).text[:200]]
except ReadError as error:
    result = ["error", str(error)]
try:  # the peak of this program alone; ru_maxrss holds that of its parent, too
    status = open("/proc/self/status").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([*result, peak]))
"""


def in_child(path: Path) -> tuple[str, str]:
    """Whether the file gave a text or an error, and which; fails where it took too long or too much memory."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROOT), str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    kind, message, memory = json.loads(done.stdout)
    assert memory < MEMORY, f"{memory:.0f} MB"
    return kind, message


def zeros(member: str, size: int = 310 * MEGA, **others: str) -> bytes:
    """A zip with a member of ``size`` zero bytes, packed small, beside others."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in others.items():
            file.writestr(name.replace("__", "/"), data)
        with file.open(member, "w", force_zip64=True) as big:
            for _ in range(size // MEGA):
                big.write(bytes(MEGA))
    return out.getvalue()


def lying(data: bytes, member: str, size: int) -> bytes:
    """The same zip, but its directory and header claim that a member unpacks to ``size`` bytes."""
    out = bytearray(data)
    for signature, place, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if data[at + name_at : at + name_at + len(member)] == member.encode():
                out[at + place : at + place + 4] = struct.pack("<I", size)
    return bytes(out)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "' + "甲" * 1000 + '">'
    + "".join(f'<!ENTITY {b} "{"&" + a + ";"}{("&" + a + ";") * 9}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)  # fmt: skip
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BOOK = {
    "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
    "xl/workbook.xml": "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
    "<sheet name='甲' sheetId='1' r:id='r1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' "
    "Target='worksheets/sheet1.xml'/></Relationships>",
}


def workbook(rows: str, head: str = "") -> bytes:
    return archive(BOOK | {"xl/worksheets/sheet1.xml": head + SHEET.format(rows)})


def word(head: str = "", inner: str = "&i;") -> bytes:
    whole = docx(p("通知"))
    with zipfile.ZipFile(BytesIO(whole)) as file:
        members: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    body = members["word/document.xml"]
    assert isinstance(body, bytes)
    members["word/document.xml"] = head + body.decode().replace("通知", inner)
    return archive(members)


def flate_bomb() -> bytes:
    packer = zlib.compressobj(1)
    return pdf([b"".join(packer.compress(b" " * MEGA) for _ in range(310)) + packer.flush()])


def far_cells() -> bytes:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "甲")
    sheet.write(65535, 255, "乙")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "docx bomb": ("a.docx", lambda: zeros("word/document.xml"), "过大"),
    "xlsx bomb": ("a.xlsx", lambda: zeros("xl/sharedStrings.xml", **{"xl__workbook.xml": BOOK["xl/workbook.xml"]}), "过大"),
    "ofd bomb": ("a.ofd", lambda: zeros("Doc_0/Document.xml", **{"OFD.xml": "<OFD/>"}), "过大"),
    "docx that lies": ("a.docx", lambda: lying(zeros("word/document.xml"), "word/document.xml", 900), "损坏|过大"),
    "xlsx that lies": ("a.xlsx", lambda: lying(zeros("xl/workbook.xml"), "xl/workbook.xml", 900), "损坏|过大"),
    "zip of many members": ("a.docx", lambda: archive({"word/document.xml": "", **{f"x{i}": "" for i in range(10_001)}}), "部件"),
    "entities in docx": ("a.docx", lambda: word(ENTITIES), "实体"),
    "entities in xlsx": ("a.xlsx", lambda: workbook("<row><c t='inlineStr'><is><t>&i;</t></is></c></row>", ENTITIES), "文档类型"),
    "entities in ofd": ("a.ofd", lambda: archive({"OFD.xml": ENTITIES + "<OFD><DocBody>&i;</DocBody></OFD>"}), "损坏|实体"),
    "external entity in docx": ("a.docx", lambda: word(EXTERNAL), "实体"),
    "external entity in ofd": ("a.ofd", lambda: archive({"OFD.xml": EXTERNAL + "<OFD>&i;</OFD>"}), "损坏|实体"),
    "docx nested deep": ("a.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 4000 + p("甲") + "</w:tc></w:tr></w:tbl>" * 4000), "XML"),
    "cells far apart in xlsx": ("a.xlsx", lambda: workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "区域过大"),
    "cells far apart in xls": ("a.xls", far_cells, "区域过大"),
    "pdf bomb": ("a.pdf", flate_bomb, "过大"),
    "pdf of 10,000 pages": ("a.pdf", lambda: many_pages(10_000), "共 10000 页，超过 2000 页，可用 --max-pages"),
    "html of a million paragraphs": ("a.html", lambda: ("<html><body>" + "<p>通知，" * 1_000_000).encode(), "元素过多"),
    "docx of half a million paragraphs": ("a.docx", lambda: docx(p("通知，") * 500_000), "元素过多"),
    "html nested deep": ("a.html", lambda: ("<html><body>" + "<div>" * 300_000 + "通知，").encode(), "嵌套过深"),
    "directory in a circle": ("a.doc", lambda: ole(["WordDocument"], loop=True), "损坏"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused(case: str, tmp_path: Path) -> None:
    name, make, reason = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(make())
    kind, message = in_child(path)
    assert kind == "error" and re.search(reason, message), message
    assert message.startswith(name) and "\n" not in message and "root:" not in message


HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "spans that cover millions of cells": (
        "a.html",
        lambda: ("<html><body><p>通知，内容。</p><table>" + "<tr>" + "<td rowspan=65000 colspan=1000>甲" * 20 + "</table>").encode(),
    ),
    "many tables in tables": ("a.html", lambda: ("<html><body>" + "<table><tr><td>" * 4000 + "通知，内容。").encode()),
    "merged over many columns": ("a.docx", lambda: docx(p("通知"), '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>' + p("甲") + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>")),
    "a list numbered in millions": ("a.docx", lambda: docx(p("甲", num=(1, 0)), numbering=numbering({1: [("upperRoman", "%1.")]}).replace('w:start w:val="1"', 'w:start w:val="999999"'))),
    "a page full of lines": ("a.pdf", lambda: pdf([[text(72, 72, "通知的内容很多，线条更多。"), *(f"0.5 w {10 + i % 500} {i % 800} m 590 {i % 800} l S {i % 590} 0 m {i % 590} 800 l S" for i in range(15_000))]])),
    "a form that draws itself": ("a.pdf", lambda: pdf([[text(72, 72, "通知内容很多，"), "/Fm0 Do"]], page="/X 1")),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS)
def test_odd_files_are_read_in_time(case: str, tmp_path: Path) -> None:
    name, make = HARMLESS[case]
    path = tmp_path / name
    path.write_bytes(make())
    assert in_child(path)[0] == "text"


def test_an_option_raises_the_limit_of_pages() -> None:
    with pytest.raises(ReadError, match="没有读到文字"):
        read(many_pages(2500), name="a.pdf", max_pages=3000)


# ── Damaged, encrypted, mistaken ──────────────────────────────────────────────────────────────────────


def whole_files() -> dict[str, bytes]:
    return {
        "a.docx": docx(*(p(f"第{i}段，内容各不相同，{i * 7919}。") for i in range(300))),
        "a.xlsx": workbook("".join(f'<row r="{i}"><c r="A{i}"><v>{i * 7919}</v></c></row>' for i in range(1, 400))),
        "a.ofd": ofd([[(20, 20 + i, 4, f"第{i}行，内容各不相同，{i * 7919}。") for i in range(200)]]),
        "a.pdf": pdf(
            [[text(72, 72 + 12 * i, f"第{i}行，内容各不相同，{i * 7919}。") for i in range(50)]], compress=True
        ),
        "a.doc": ole(["WordDocument", "1Table"]),
        "a.html": b"<html><body>" + "<p>通知，内容。</p>".encode() * 50,
        "a.png": b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(500)),
    }


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("name", whole_files())
def test_truncated_files_give_an_error_or_what_is_left(
    name: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policyparse.reading import office

    monkeypatch.setattr(office, "soffice", lambda: None)
    data = whole_files()[name]
    try:
        read(data[: int(len(data) * share)], name=name)
    except ReadError as error:
        assert str(error).startswith(f"{name}：") and "\n" not in str(error)


@pytest.mark.parametrize("name", whole_files())
def test_flipped_bytes_never_raise_anything_else(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from policyparse.reading import office

    monkeypatch.setattr(office, "soffice", lambda: None)
    data = whole_files()[name]
    order = random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(order.randrange(1, 20)):
            broken[order.randrange(len(broken))] = order.randrange(256)
        try:
            read(bytes(broken), name=name, ocr=False)
        except ReadError as error:
            assert "\n" not in str(error)


def test_encrypted_files_say_so() -> None:
    keys = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + "> >> /ID [<00> <00>]"
    )
    for data, name in (
        (pdf([[text(72, 72, "通知")]], extra=keys), "a.pdf"),
        (ole(["EncryptionInfo", "EncryptedPackage"]), "a.docx"),
        (ole(["EncryptedPackage", "DataSpaces"]), "a.xlsx"),
    ):
        with pytest.raises(ReadError, match=rf"{name}.*密码"):
            read(data, name=name)
    locked = bytearray(docx(p("通知")))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := locked.find(signature, at + 1)) >= 0:
            locked[at + place] |= 1
    with pytest.raises(ReadError, match="已加密"):
        read(bytes(locked), name="a.docx")


@pytest.mark.parametrize("ending", [".txt", ".docx", ".pdf", ".html", ".xlsx", ".ofd", ".doc", ""])
def test_wrong_endings(ending: str) -> None:
    """What a file is, its content says, whatever its name ends in."""
    files = {
        "docx": docx(p("各镇人民政府：")),
        "pdf": pdf([[text(72, 72, "各镇人民政府：")]]),
        "ofd": ofd([[(20, 20, 5, "各镇人民政府：")]]),
        "html": "<!DOCTYPE html><html><body><p>各镇人民政府：</p></body></html>".encode(),
        "text": "各镇人民政府：".encode() if ending != ".html" else "<html>各镇人民政府：".encode(),
    }
    for kind, data in files.items():
        document = read(data, name=f"通知{ending}")
        assert document.text.strip() in ("各镇人民政府：", "<html>各镇人民政府：")
        assert document.source.format == (kind if (kind, ending) != ("text", ".html") else "html")


@pytest.mark.parametrize("suffix", sorted(s for row in FORMATS.values() for s in row.suffixes))
def test_zero_bytes(suffix: str) -> None:
    with pytest.raises(ReadError, match="空的"):
        read(b"", name=f"a{suffix}")


def test_archives_and_unknown_kinds_say_what_to_do() -> None:
    for data in (
        archive({"通知.txt": "各镇"}),
        b"Rar!\x1a\x07\x01\x00" + bytes(50),
        b"7z\xbc\xaf\x27\x1c" + bytes(50),
        b"\x1f\x8b" + bytes(50),
    ):
        with pytest.raises(ReadError, match="先解压"):
            read(data, name="a.docx")
    with pytest.raises(ReadError, match="无法识别"):
        read(ole(["PowerPoint Document"]), name="a.ppt")
    with pytest.raises(ReadError, match="无法识别"):
        read(b"<?xml version='1.0'?><data/>", name="a.xml")


# ── Folders ───────────────────────────────────────────────────────────────────────────────────────────


def test_folders_with_links(tmp_path: Path) -> None:
    inner = tmp_path / "b" / "c"
    inner.mkdir(parents=True)
    for file in (
        inner / "2.DOCX",
        tmp_path / "b" / "1.txt",
        tmp_path / "a.pdf",
        tmp_path / "x.exe",
        tmp_path / "~$a.docx",
        inner / ".h.txt",
    ):
        file.write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "z.txt").write_bytes(b"x")
    os.symlink(tmp_path, inner / "up")
    os.symlink("/", tmp_path / "root")
    os.symlink(tmp_path / "gone.txt", tmp_path / "gone.txt")
    os.symlink(tmp_path / "a.pdf", tmp_path / "same.pdf")
    assert [str(f.relative_to(tmp_path)) for f in notices_in(tmp_path)] == [
        "a.pdf",
        "b/1.txt",
        "b/c/2.DOCX",
        "same.pdf",
    ]
    assert notices_in(tmp_path / "a.pdf") == [tmp_path / "a.pdf"]
    with pytest.raises(ReadError, match="没有可以读取的文件"):
        notices_in(tmp_path / ".git" / "..").__len__() and notices_in(_empty(tmp_path))
    with pytest.raises(ReadError, match="不存在"):
        notices_in(tmp_path / "none")


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"
