"""Recognising scanned pages: rapidocr with its own models (extra ``ocr``), no network."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policyparse.reading.layout import Line, Page, tidy

if TYPE_CHECKING:
    from PIL.Image import Image

_HOW = "请安装文字识别组件：pip install 'policyparse[ocr]'"
_DOUBTFUL = 0.75  # a line below this confidence is named in the warnings
_NUMERALS = "一二三四五六七八九十"


def missing() -> str:
    """What to install before scans can be read, or "" where everything is there."""
    from importlib.util import find_spec

    return "" if find_spec("rapidocr") and find_spec("onnxruntime") else _HOW


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return RapidOCR(params={"Global.log_level": "critical"})


def lines(picture: Image, scale: float) -> list[Line]:
    """The lines of text in a picture; ``scale`` turns pixels into points (1/72 inch)."""
    import numpy

    result = _engine()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    out: list[Line] = []
    if result.boxes is None:
        return out
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        xs, ys = [float(p[0]) * scale for p in corners], [float(p[1]) * scale for p in corners]
        height = max(ys) - min(ys)
        out.append(Line(tidy(text), min(xs), min(ys), max(xs), max(ys), height * 0.85, round(float(score), 3)))
    return out


def doubts(pages: list[Page]) -> list[str]:
    """Warnings about what may have been misread or overlooked on recognised pages."""
    out = ["全文或部分页面由扫描图像识别得到，请核对重要的名称、日期和数字"]
    weak = [(page.number, line.text) for page in pages for line in page.lines if (line.confidence or 1) < _DOUBTFUL]
    if weak:
        shown = "；".join(f"第 {number} 页“{text[:20]}”" for number, text in weak[:5])
        out.append(f"有 {len(weak)} 行识别把握不大：{shown}{'等' if len(weak) > 5 else ''}")
    return out
