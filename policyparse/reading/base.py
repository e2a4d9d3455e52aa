"""What all readers share: limits, what a reader hands back, and how that becomes a Document's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from policyparse.errors import ReadError
from policyparse.patterns import regex
from policyparse.records import Block, BlockKind, Cell

Box = tuple[float, float, float, float]


class Limits(NamedTuple):
    """How much of a file is read at most, so that a hostile one cannot fill the memory.

    ``bytes`` of the file itself, ``pages`` of a document, ``unpacked`` bytes of an archive's members
    together, ``members`` of an archive, ``cells`` of a spreadsheet (empty ones included), ``pieces`` (paragraphs and
    filled cells) of a document, ``seconds`` for an outside converter.
    """

    bytes: int = 50 * 1024 * 1024
    pages: int = 2000
    unpacked: int = 300 * 1024 * 1024
    members: int = 10_000
    cells: int = 1_000_000
    pieces: int = 300_000
    seconds: float = 90.0


class Job(NamedTuple):
    """One file to read: its bytes, the name for messages, the limits, and whether scans may be recognised."""

    data: bytes
    name: str
    limits: Limits = Limits()
    ocr: bool = True

    def error(self, reason: str) -> ReadError:
        """A ReadError of one sentence that names the file."""
        return ReadError(f"{self.name}：{reason}")


class Piece:
    """A paragraph or a table cell as a reader found it; "\\n" separates paragraphs of one cell.

    A piece without text is an empty paragraph; one empty line is kept of it.  ``glue`` says that it goes on with
    the piece before it on the same line: a paragraph over a page end has one piece a page.
    """

    __slots__ = ("box", "cell", "confidence", "glue", "kind", "page", "text")

    def __init__(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        page: int | None = None,
        box: Box | None = None,
        cell: Cell | None = None,
        confidence: float | None = None,
        glue: bool = False,
    ):
        self.text, self.kind, self.page, self.box = text, kind, page, box
        self.cell, self.confidence, self.glue = cell, confidence, glue


class Draft:
    """What a reader hands back: either the ``text`` itself (text files) or the ``pieces`` to compose it from."""

    def __init__(
        self,
        text: str | None = None,
        pieces: list[Piece] | None = None,
        encoding: str | None = None,
        pages: int | None = None,
        warnings: list[str] | None = None,
    ):
        self.text, self.encoding, self.pages = text, encoding, pages
        self.pieces = [] if pieces is None else pieces
        self.warnings = [] if warnings is None else warnings


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what a compound file (Word 97 …) begins with
# Characters that never belong into composed text: control characters, zero-width marks, soft hyphens.
_DROP = regex("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]")
_BREAK = regex("[\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_EDGE = " \t\xa0\u3000\u2002\u2003\u2009"


def clean(text: str) -> list[str]:
    """The non-empty lines of a piece's text, without characters nobody sees and without space at the ends."""
    if _DROP.search(text):
        text = _DROP.sub("", text)
    lines = _BREAK.split(text) if _BREAK.search(text) else [text]
    return [line for raw in lines if (line := raw.strip(_EDGE))]


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Join pieces to the text of a Document, one paragraph a line, and say where each one stands in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    size = 0
    for piece in pieces:
        lines = clean(piece.text)
        if not lines:
            if piece.cell is None and parts and parts[-1]:
                parts.append("")
                size += 1
            continue
        text = "\n".join(lines)
        if piece.glue and parts and parts[-1]:
            parts[-1] += text
            size -= 1
        else:
            parts.append(text)
        blocks.append(
            Block(
                span=(size, size + len(text)),
                kind=piece.kind,
                page=piece.page,
                box=piece.box,
                cell=piece.cell,
                confidence=piece.confidence,
            )
        )
        size += len(text) + 1
    while parts and not parts[-1]:
        parts.pop()
    return "\n".join(parts), tuple(blocks)
