"""Web pages: the notice in a page, without the site around it.

Hidden elements and page furniture go, the text box is found (``policyparse.reading.dom``), and what the page
says about the notice outside its box (发文字号, 发文机关, 成文日期, the title) is put above the text in the
form ``发文字号：…`` unless the text says it itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyparse.lexicon import words
from policyparse.patterns import regex
from policyparse.reading.base import Draft, Job, Piece
from policyparse.reading.dom import Walker
from policyparse.reading.encoding import NotText, Undecodable, declared, decode
from policyparse.reading.furniture import about, bare, metadata
from policyparse.reading.page_blocks import Renderer

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I)
_NEVER = (
    "script, style, noscript, template, iframe, object, svg, canvas, video, audio, select, option, input, button, "
    "textarea, [hidden], map, link, meta"
)
_HIDDEN = regex(
    r"display\s*:\s*none|(?:^|[;\s])font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)", re.I
)
_INVISIBLE = regex(r"visibility\s*:\s*hidden", re.I)
_TITLE_META = "meta[name=ArticleTitle], meta[name=articletitle], meta[property='og:title']"
# What page titles add behind the notice's own: " - 某某市人民政府门户网站", "_政策文件_某某网".
_SITE = regex(r"(?:\s*[_|]|\s+[-—–]{1,2}\s|\s*[-—–]{1,2}(?=[^）)]*(?:网|政府|门户|平台)[^）)]*$)).*$")
_REPRINT = regex(r"^[（(【\[]?(?:转载|转发|图解)?[）)】\]]?")
_METADATA = 60  # pieces of the text box that may be a table of metadata
# Elements that nothing but their own end tag closes.
_NESTING = regex(
    r"<(/?)(?:div|span|ul|ol|dl|table|font|b|i|u|strong|em|a|center|blockquote|section|article|form|fieldset)\b", re.I
)
_DEEPEST = 5000
_MOST_TAGS = 800_000  # with closing ones; the page of a long notice has a few thousand
_MOST_HEAD = 400  # pieces above the text box that are searched for what the page says about the notice


def read(job: Job) -> Draft:
    """Read a web page (or the page inside an MHTML archive)."""
    data = _page_of_archive(job) if job.data[:4096].lower().find(b"mime-version") >= 0 else job.data
    text, encoding, warnings = _decode(job, data)
    if text.count("<") > _MOST_TAGS or _is_nested_too_deep(text):
        raise job.error("网页的元素过多或嵌套过深，可能是恶意文件，未读取")
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    body = page.body
    if body is None:
        raise job.error("网页里没有正文")
    title = _title(page)
    walker = Walker(body, _hidden(page, body))
    box = walker.text_box()
    walker.skip |= walker.menus(box)
    renderer = Renderer(walker)
    above = _above(renderer, box)
    inner = renderer.pieces(box, tables=1 + max((p.cell.table for p in above if p.cell), default=-1))
    values, used = metadata(above + inner[:_METADATA])
    known = [piece for i, piece in enumerate(inner, len(above)) if i not in used]
    head = about(values, known)
    if title and bare(title) not in bare("".join(p.text for p in known[:40])):
        head.append(Piece(title, "heading"))
    return Draft(pieces=head + known, encoding=encoding, warnings=warnings + renderer.warnings)


def _is_nested_too_deep(text: str) -> bool:
    """Whether elements are nested so deep that parsing, whose time grows with the square of it, would not end."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _decode(job: Job, data: bytes) -> tuple[str, str, list[str]]:
    """By byte order mark, by what the page declares, by looking at the bytes; a few broken bytes are let pass."""
    found = _CHARSET.search(data[:4096])
    name = (found[1] or found[2]).decode("ascii") if found else ""
    marked = data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if name and not marked:
        known = declared(data, name)
        if known:
            return known[0], known[1], []
    try:
        text, encoding = decode(data)
        return text, encoding, []
    except NotText:
        raise job.error("不是网页（内容是二进制数据）") from None
    except Undecodable as error:
        encoding = "gb18030" if name.lower().startswith("gb") else "utf-8"
        text = data.decode(encoding, errors="replace")
        broken = text.count("\ufffd")
        if broken * 500 > len(text):
            raise job.error(f"网页的文字编码无法识别：{error}") from None
        return text, encoding, [f"网页中有 {broken} 处字节无法解码，已用“\ufffd”代替"]


def _page_of_archive(job: Job) -> bytes:
    """The first HTML part of an MHTML archive (RFC 2557), in UTF-8."""
    from email import message_from_bytes, policy

    message = message_from_bytes(job.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content
    raise job.error("网页存档里没有网页正文")


def _hidden(page: LexborHTMLParser, body: LexborNode) -> set[int]:
    """Elements that a reader of the page does not see, or that are no text."""
    found = {node.mem_id for node in page.css(_NEVER)}
    for node in page.css("[style]"):
        style = node.attributes.get("style") or ""
        if node.mem_id != body.mem_id and (_HIDDEN.search(style) or _INVISIBLE.search(style)):
            found.add(node.mem_id)
    return found


def _title(page: LexborHTMLParser) -> str:
    """The notice's title as the page gives it outside the text, or nothing.

    Candidates are the page's metadata, its headings and its own title; the first that reads like the title of a
    document is taken, or else one that two of them agree on (column names and site names are no titles).
    """
    given = [(node.attributes.get("content") or "") for node in page.css(_TITLE_META)]
    given += [node.text() for node in page.css("h1")[:5]]
    given += [node.text() for node in page.css("head title")[:1]]
    titles = [re.sub(r"\s+", " ", _REPRINT.sub("", _SITE.sub("", one.strip()))).strip() for one in given]
    return next((t for t in titles if _is_title(t)), None) or next((t for t in titles if t and titles.count(t) > 1), "")


def _is_title(text: str) -> bool:
    ending = re.sub(r"[（(][^（()）]*[）)]$", "", text).rstrip("》”")
    return len(text) >= 6 and ("关于" in text or ending.endswith(words("document_kinds")))


def _above(renderer: Renderer, box: LexborNode) -> list[Piece]:
    """The pieces that stand above the text box on the page."""
    walker = renderer.walker
    if box.mem_id == walker.body.mem_id:
        return []
    skip = {box.mem_id}
    node: LexborNode | None = box
    while node is not None and node.mem_id != walker.body.mem_id:
        following = node.next
        while following is not None:
            skip.add(following.mem_id)
            following = following.next
        node = node.parent
    kept, walker.skip = walker.skip, walker.skip | skip
    pieces = renderer.pieces(walker.body)[-_MOST_HEAD:]
    walker.skip = kept
    return pieces
