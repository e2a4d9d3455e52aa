"""Plain text and Markdown: the characters as they are."""

from __future__ import annotations

from policyparse.reading.base import Draft, Job
from policyparse.reading.encoding import NotText, Undecodable, decode


def read(job: Job) -> Draft:
    """Decode a text file; only the byte order mark is left out of the text."""
    try:
        text, encoding = decode(job.data)
    except NotText:
        raise job.error("不是文本文件（内容是二进制数据），请确认文件格式") from None
    except Undecodable as error:
        raise job.error(f"文字编码无法识别：{error}；请另存为 UTF-8 再读取") from None
    if not text.strip():
        raise job.error("文件是空的，没有可读的内容")
    return Draft(text=text, encoding=encoding)
