"""Numbers as Word prints them in automatic numbering: ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = {
    "chineseCounting": (_DIGITS, "十百千", "〇"),
    "chineseCountingThousand": (_DIGITS, "十百千", "〇"),
    "taiwaneseCounting": (_DIGITS, "十百千", "〇"),
    "taiwaneseCountingThousand": (_DIGITS, "十百千", "〇"),
    "japaneseCounting": (_DIGITS, "十百千", ""),
    "ideographLegalTraditional": (_FORMAL, "拾佰仟", "零"),
    "chineseLegalSimplified": (_FORMAL, "拾佰仟", "零"),
    "japaneseLegal": (_FORMAL, "拾佰仟", "零"),
}


def numeral(number: int, style: str) -> str:
    """``number`` (from 0) in the number format ``style``; an unknown format prints decimal digits, as Word does."""
    if style in ("none", "bullet"):
        return ""
    if style in _CHINESE:
        return chinese(number, *_CHINESE[style])
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(number))
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "decimalFullWidth" or style == "decimalFullWidth2":
        return "".join(chr(0xFF10 + int(d)) for d in str(number))
    if style == "numberInDash":
        return f"- {number} -"
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr((number - 1) % 26 + (97 if style == "lowerLetter" else 65))
        return letter * ((number - 1) // 26 + 1)
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.lower() if style == "lowerRoman" else roman
    if style == "ideographTraditional" and 0 < number <= 10:
        return _STEMS[number - 1]
    if style == "ideographZodiac" and 0 < number <= 12:
        return _BRANCHES[number - 1]
    return _enclosed(number, style) or str(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "〇") -> str:
    """一, 十, 十一, 二十, 一百〇一 … up to 9999; larger numbers digit by digit."""
    if not 0 < number < 10_000:
        return "".join(digits[int(d)] for d in str(number))
    out, gap = "", False
    text = str(number)
    for place, digit in enumerate(map(int, text)):
        power = len(text) - place - 1
        if not digit:
            gap = bool(out)
            continue
        if gap:
            out, gap = out + zero, False
        if not (digit == 1 and power == 1 and not out and units[0] == "十"):
            out += digits[digit]
        out += units[power - 1] if power else ""
    return out


def _enclosed(number: int, style: str) -> str:
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        for first, start, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
            if first <= number <= last:
                return chr(start + number - first)
    if style == "decimalEnclosedParen" and 0 < number <= 20:
        return chr(0x2474 + number - 1)
    if style == "decimalEnclosedFullstop" and 0 < number <= 20:
        return chr(0x2488 + number - 1)
    if style == "ideographEnclosedCircle" and 0 < number <= 10:
        return chr(0x3280 + number - 1)
    return ""


def _roman(number: int) -> str:
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += letters * (number // value)
        number %= value
    return out
