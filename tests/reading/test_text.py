"""Text files: encodings, and input that cannot be read."""

from __future__ import annotations

import codecs
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from policyparse.errors import ReadError
from policyparse.reading import read

SIMPLIFIED = "关于做好防汛工作的通知\r\n\r\n各镇人民政府：\n　　请于6月底前完成隐患排查（责任单位：县水利局）。\n"
TRADITIONAL = "關於加強防汛工作的通知\n各鎮人民政府：請於六月底前完成隱患排查，並將結果報縣水利局備案。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
        (codecs.BOM_UTF8 + SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
        (codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED),
        (codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), "utf-16-be", SIMPLIFIED),
        (SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED),
        (SIMPLIFIED.encode("utf-16-be"), "utf-16-be", SIMPLIFIED),
        (codecs.BOM_UTF32_LE + SIMPLIFIED.encode("utf-32-le"), "utf-32-le", SIMPLIFIED),
        (SIMPLIFIED.encode("gbk"), "gb18030", SIMPLIFIED),
        ("㐀𠀀镕".encode("gb18030") + SIMPLIFIED.encode("gb18030"), "gb18030", "㐀𠀀镕" + SIMPLIFIED),
        (TRADITIONAL.encode("big5"), "big5", TRADITIONAL),
        ("县水利局".encode("gbk"), "gb18030", "县水利局"),
        ("縣水利局負責".encode("big5"), "big5", "縣水利局負責"),
        ("通知".encode("gbk"), "gb18030", "通知"),
    ],
)
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    document = read(data, name="a.txt")
    assert document.text == text
    assert document.blocks == ()
    assert (document.source.format, document.source.encoding) == ("text", encoding)
    assert document.source.characters == len(text)


def test_real_notices_survive_every_encoding(real_docs: Path) -> None:
    """Every text notice of the benchmark, in five encodings, comes back as the same characters."""
    for path in sorted(real_docs.glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        for encoding in ("gb18030", "utf-16-le", "utf-16-be", "utf-8-sig"):
            assert read(text.encode(encoding), name="a.txt").text == text, (path.name, encoding)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "空的"),
        (b" \r\n\t ", "a.md", "空的"),
        (codecs.BOM_UTF8 + b"\n", "a.txt", "空的"),
        (bytes(range(256)) * 20, "a.txt", "二进制"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "a.txt", "二进制"),
        ("通知".encode() + b"\xff\xfe\x80" + "各镇人民政府要认真组织实施".encode() * 40, "a.txt", "UTF-8"),
        (b"\xff\xfe\x00\xd8" + "通知".encode("utf-16-le"), "a.txt", "UTF-16-LE"),
        ("ГОСТ Привет мир, как дела сегодня".encode("koi8-r"), "a.txt", "编码"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read(data, name=name)
    assert str(caught.value).startswith(f"{name}：")
    assert "\n" not in str(caught.value)


def test_a_file_over_the_limit_names_the_option(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes("通知".encode() * 1000)
    for source in (path, str(path), path.read_bytes(), io.BytesIO(path.read_bytes())):
        with pytest.raises(ReadError, match="--max-size"):
            read(source, max_bytes=1000)
    assert read(path, max_bytes=6000).text.startswith("通知")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"没有\.txt：文件不存在"):
        read(tmp_path / "没有.txt")
    with pytest.raises(ReadError, match="是文件夹"):
        read(tmp_path)
    with pytest.raises(ReadError):
        read("a\0b")


def test_every_kind_of_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(SIMPLIFIED, encoding="gbk", newline="")
    same = {read(path).text, read(str(path)).text, read(path.read_bytes()).text}
    with path.open("rb") as file:
        document = read(file)
        same.add(document.text)
        assert document.source.name == "通知.txt"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(path.read_bytes())))
    document = read("-")
    same.add(document.text)
    assert same == {SIMPLIFIED}
    assert document.source.name == "标准输入"
    assert document.source.sha256 == read(path).source.sha256


def test_reading_text_loads_no_other_reader() -> None:
    import subprocess

    code = (
        "import sys; from policyparse.reading import read; read('通知'.encode(), name='a.txt');"
        "print([m for m in ('lxml','selectolax','pypdfium2','pdfplumber','ofdkit','python_calamine','rapidocr','PIL')"
        " if m in sys.modules])"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def test_more_paragraphs_than_any_notice_has(monkeypatch: pytest.MonkeyPatch) -> None:
    from policyparse import reading
    from policyparse.reading.base import Limits

    monkeypatch.setattr(reading, "Limits", lambda **given: Limits(pieces=3, **given))
    with pytest.raises(ReadError, match="4 个段落"):
        read(b"<html><body>" + "<p>段，</p>".encode() * 4, name="a.html")
