"""Pictures of pages (PNG, JPEG, TIFF): recognised where the extra ``ocr`` is installed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from policyparse.reading import ocr
from policyparse.reading.base import Draft, Job
from policyparse.reading.layout import Page, compose_pages

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 120_000_000  # of one picture: an A0 sheet at 200 dpi has 62 million
_LONG_SIDE = 4000  # pixels a picture is made smaller to
_A4_WIDTH = 595.0  # points that the width of a page is taken for


def read(job: Job) -> Draft:
    """Recognise a picture, or every page of a TIFF.

    Raises ReadError where the extra is missing, the picture is damaged or too large, or nothing can be read on it.
    """
    reason = ocr.missing() if job.ocr else "文字识别已关闭"
    if reason:
        raise job.error(f"是图片，没有可提取的文字：{reason}")
    from PIL import Image as images
    from PIL import UnidentifiedImageError

    try:
        with images.open(BytesIO(job.data)) as picture:
            count = getattr(picture, "n_frames", 1)
            if count > job.limits.pages:
                raise job.error(f"共 {count} 页，超过 {job.limits.pages} 页，可用 --max-pages 提高上限")
            pages = []
            for index in range(count):
                picture.seek(index)
                if picture.width * picture.height > _MOST_PIXELS:
                    raise job.error(f"图片有 {picture.width}×{picture.height} 像素，过大，请缩小后读取")
                pages.append(_page(picture, index + 1))
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, images.DecompressionBombError) as error:
        raise job.error("图片已损坏或不完整，无法打开，请重新获取原文件") from error
    warnings = ocr.doubts(pages)
    return Draft(pieces=compose_pages(pages), pages=count, warnings=warnings)


def _page(picture: Image, number: int) -> Page:
    image = picture.convert("RGB")
    if max(image.size) > _LONG_SIDE:
        image.thumbnail((_LONG_SIDE, _LONG_SIDE))
    scale = _A4_WIDTH / min(image.size)
    return Page(number, image.width * scale, image.height * scale, ocr.lines(image, scale))
