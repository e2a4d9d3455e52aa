"""Bytes of Chinese text -> characters: which encoding it is, told from the bytes alone.

Order: byte order mark, strict UTF-8, UTF-16 by its zero bytes, then GB18030 against Big5.  GBK and GB2312
are always decoded as GB18030 (GB 18030-2022), which holds both.
"""

from __future__ import annotations

import codecs

from policyparse.patterns import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4000  # characters looked at to weigh two encodings
_PLAUSIBLE = 0.7  # share of frequent characters below which a decoding is taken for noise
_BEYOND_TWO_BYTES = regex("[^\x00-\u07ff]")
_UTF16_USUAL = regex("[\t\n\r -~\u2010-\u2026\u2460-\u2473\u3000-\u3017\u4e00-\u9fa5\uff00-\uff5e]")
_TEXT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x1b")


class Undecodable(ValueError):
    """No encoding fits; the message says where it fails."""


class NotText(ValueError):
    """The bytes are no text at all."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the characters of ``data`` without byte order mark, and the name of the encoding.

    Raises NotText for binary data, Undecodable where no encoding fits without errors.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding)), encoding
    try:
        text = data.decode("utf-8")
        if text.isascii() or _BEYOND_TWO_BYTES.search(text) or _weighed(data, "gb18030")[0] < 1.0:
            return _checked(text), "utf-8"
        return _weighed(data, "gb18030")[1], "gb18030"  # 通知 in GBK is valid UTF-8, too: two odd letters
    except UnicodeDecodeError as error:
        failed = error
    if b"\0" in data:
        return _utf16(data)
    if data.translate(None, bytes(range(0x80, 0x100)) + b"\t\n\r\x0b\x0c\x1a\x1b" + bytes(range(0x20, 0x7F))):
        raise NotText
    best = max((_weighed(data, encoding) for encoding in ("gb18030", "big5hkscs")), key=lambda found: found[0])
    share, text, encoding = best
    if share < _PLAUSIBLE:
        raise Undecodable(_where(data, failed))
    return text, "big5" if encoding == "big5hkscs" else encoding


def declared(data: bytes, name: str) -> tuple[str, str] | None:
    """Decode by an encoding that the file itself declares, or None where that does not work."""
    name = name.strip().lower().replace("_", "-")
    if name in ("gb2312", "gbk", "gb-2312", "x-gbk", "cp936", "gb18030", "hz-gb-2312", "euc-cn"):
        name = "gb18030"
    elif name in ("big5", "x-x-big5", "big5-hkscs"):
        name = "big5hkscs"
    try:
        return data.decode(name), name
    except (LookupError, UnicodeDecodeError):
        return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"第 {error.start + 1} 个字节处不是有效的 {encoding.upper()} 编码") from None


def _checked(text: str) -> str:
    """Refuse text with control characters that no text editor writes; one or two strays are let through."""
    controls = text.count("\0") * 100
    controls += sum(text.count(c) for c in map(chr, range(1, 32)) if c not in _TEXT_CONTROLS)
    if controls > 2 + len(text) // 1000:
        raise NotText
    return text


def _utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 without mark: in the right byte order nearly all is Han, ASCII and punctuation."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_UTF16_USUAL.findall(text[:_SAMPLE])) > 0.9 * min(len(text), _SAMPLE):
            return _checked(text), encoding
    raise NotText


def _weighed(data: bytes, encoding: str) -> tuple[float, str, str]:
    """Share of frequent characters if ``data`` is read as ``encoding``; -1 where it cannot be.

    Frequent are ASCII, punctuation, and the first level of each standard (GB 2312 rows 16-55,
    Big5 A440-C67E), which were cut by frequency of use: the wrong reading falls into the rare rows.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1.0, "", encoding
    sample = text[:_SAMPLE]
    low, high, rare = (0xA1, 0xD7, 0xAA) if encoding == "gb18030" else (0xA1, 0xC6, 0xA4)
    good = total = 0
    for character in sample:
        code = character.encode(encoding)
        if len(code) == 1:
            continue
        total += 1
        lead = code[0]
        frequent = low <= lead <= high and not (rare <= lead < 0xB0 and encoding == "gb18030")
        good += frequent and len(code) == 2 and (encoding != "gb18030" or code[1] >= 0xA1)
    return (good / total if total else 1.0), text, encoding


def _where(data: bytes, failed: UnicodeDecodeError) -> str:
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    if broken * 200 < len(data):
        return f"第 {failed.start + 1} 个字节处不是有效的 UTF-8 编码（文件可能已损坏）"
    return "不是 UTF-8、UTF-16、GB18030（GBK）或 Big5 编码"
