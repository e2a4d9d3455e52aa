"""Compound files ([MS-CFB], the container of .doc, .xls and .wps): their directory, and a stream's bytes."""

from __future__ import annotations

import struct

from policyparse.reading.base import OLE

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors


class Damaged(ValueError):
    """The container cannot be followed."""


class Compound:
    """An opened compound file: ``streams`` maps the names at its root to (start, size)."""

    def __init__(self, data: bytes):
        if len(data) < 512 or not data.startswith(OLE):
            raise Damaged
        self._data = data
        self._sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
        self._mini_sector = 1 << min(int.from_bytes(data[32:34], "little"), 12)
        self._cutoff = int.from_bytes(data[56:60], "little")
        self._most = len(data) // self._sector + 1
        self._fat = self._read_fat()
        self._mini_fat = _numbers(self._chain(int.from_bytes(data[60:64], "little")))
        self._mini = b""
        self.streams: dict[str, tuple[int, int]] = {}
        self._read_directory(self._chain(int.from_bytes(data[48:52], "little")))

    def read(self, name: str) -> bytes:
        """Bytes of a stream, or none where there is no such stream."""
        start, size = self.streams.get(name, (0, 0))
        if not size:
            return b""
        if size >= self._cutoff:
            return self._chain(start)[:size]
        parts, seen = [], 0
        while start < _END and seen <= len(self._mini_fat):
            parts.append(self._mini[start * self._mini_sector : (start + 1) * self._mini_sector])
            start = self._mini_fat[start] if start < len(self._mini_fat) else _END
            seen += 1
        return b"".join(parts)[:size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _read_fat(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, seen = int.from_bytes(self._data[68:72], "little"), 0
        while following < _END and seen <= self._most:
            numbers = _numbers(self._at(following))
            sectors += numbers[:-1]
            following = numbers[-1] if numbers else _END
            seen += 1
        wanted = [s for s in sectors if s < self._most][: self._most]
        return tuple(n for s in wanted for n in _numbers(self._at(s)))

    def _chain(self, start: int) -> bytes:
        parts, seen = [], 0
        while start < _END and seen <= self._most:
            parts.append(self._at(start))
            start = self._fat[start] if start < len(self._fat) else _END
            seen += 1
        if seen > self._most:
            raise Damaged  # sectors that lead in a circle
        return b"".join(parts)

    def _read_directory(self, data: bytes) -> None:
        entries = [data[i : i + 128] for i in range(0, len(data) - 127, 128)]
        if not entries:
            raise Damaged
        root = entries[0]
        self._mini = self._chain(int.from_bytes(root[116:120], "little"))
        left, seen = [int.from_bytes(root[76:80], "little")], set[int]()
        while left:  # the root's own children form a tree of siblings; what embedded objects hold is not among them
            index = left.pop()
            if index >= len(entries) or index in seen:
                continue
            seen.add(index)
            entry = entries[index]
            length = int.from_bytes(entry[64:66], "little")
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            self.streams[name] = (int.from_bytes(entry[116:120], "little"), int.from_bytes(entry[120:124], "little"))
            left += [int.from_bytes(entry[68:72], "little"), int.from_bytes(entry[72:76], "little")]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
