"""Recognising scanned pages: rapidocr with its own models (extra ``ocr``), no network."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policyparse.reading.layout import Line, Page, tidy

if TYPE_CHECKING:
    from PIL.Image import Image

_HOW = "请安装文字识别组件：pip install 'policyparse[ocr]'"
_DOUBTFUL = 0.75  # a line below this confidence is named in the warnings
_DIGITS = "零一二三四五六七八九"
_HEADS = (
    ("第{}条", re.compile(r"第\s*([一二三四五六七八九十百零\d]{1,5})\s*条")),
    ("{}、", re.compile(r"([一二三四五六七八九十]{1,3})\s*、")),
    ("（{}）", re.compile(r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]")),
)


def missing() -> str:
    """What to install before scans can be read, or "" where everything is there."""
    from importlib.util import find_spec

    return "" if find_spec("rapidocr") and find_spec("onnxruntime") else _HOW


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    params: dict[str, Any] = {"Global.log_level": "critical"}
    if count := threads():
        params["EngineConfig.onnxruntime.intra_op_num_threads"] = count
    return RapidOCR(params=params)


def threads() -> int:
    """How many threads may recognise a page: those of OMP_NUM_THREADS; 0, as many as there are cores, without it."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdecimal() else 0


def lines(picture: Image, scale: float) -> list[Line]:
    """The lines of text in a picture; ``scale`` turns pixels into points (1/72 inch)."""
    import numpy

    result = _engine()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    out: list[Line] = []
    if result.boxes is None:
        return out
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        xs, ys = [float(p[0]) * scale for p in corners], [float(p[1]) * scale for p in corners]
        size = _size(text, max(xs) - min(xs), max(ys) - min(ys))
        out.append(Line(tidy(text), min(xs), min(ys), max(xs), max(ys), size, round(float(score), 3)))
    return out


def _size(text: str, width: float, height: float) -> float:
    """Width of a Han character: by the length of the line where it is long enough, else by its height."""
    ems = sum(0.55 if character.isascii() else 1.0 for character in text)
    return width / (ems - 0.3) if ems > 6 else height * 0.85


def doubts(pages: list[Page]) -> list[str]:
    """Warnings about what may have been misread or overlooked on recognised pages."""
    out = ["全文或部分页面由扫描图像识别得到，请核对重要的名称、日期和数字"]
    weak = [(page.number, line.text) for page in pages for line in page.lines if (line.confidence or 1) < _DOUBTFUL]
    if weak:
        shown = "；".join(f"第 {number} 页“{text[:20]}”" for number, text in weak[:5])
        out.append(f"有 {len(weak)} 行识别把握不大：{shown}{'等' if len(weak) > 5 else ''}")
    return out + gaps([line.text for page in pages for line in page.lines])


def gaps(texts: list[str]) -> list[str]:
    """Warnings where the numbering of the lines leaves one out: short lines (一、) are what recognition loses."""
    out: list[str] = []
    last: dict[str, int] = {}
    for text in texts:
        for rank, (shape, pattern) in enumerate(_HEADS):
            found = pattern.match(text.strip())
            if not found:
                continue
            number = _number(found[1])
            before = last.get(shape, 0)
            if number > before + 1:
                start = f"“{shape.format(_numeral(before))}”之后" if before else "开头"
                out.append(f"{start}就是“{text.strip()[:12]}”，中间的编号可能没有识别出来")
            last[shape] = number
            for lower, _ in _HEADS[rank + 1 :] if rank else ():
                last.pop(lower, None)
            break
    return out


def _number(text: str) -> int:
    """Value of a Chinese or decimal numeral up to 999."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def _numeral(number: int) -> str:
    from policyparse.reading.numerals import chinese

    return chinese(number, _DIGITS, zero="零")
