"""Zip containers and the XML in them, opened so that a hostile file can neither fill the memory nor reach out."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from policyparse.reading.base import Job

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_XML = 48 << 20  # a document of a thousand pages stays below; a tree takes several times as much memory
_MOST_TAGS = 3_000_000  # with closing ones; a thousand pages have about one million
_RATIO = 2000  # a member that grows more than this is a bomb; text documents stay below 100
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError)


class Archive:
    """A zip container whose members were checked against the limits before anything is unpacked.

    Raises ReadError where it is damaged, encrypted, or unpacks to more than the limits allow.
    """

    def __init__(self, job: Job):
        self._job = job
        try:
            self._zip = zipfile.ZipFile(BytesIO(job.data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise job.error("文件已损坏或不完整（压缩结构无法打开），请重新获取原文件") from error
        self.names = frozenset(m.filename for m in members)
        if len(members) > job.limits.members:
            raise job.error(f"压缩结构里有 {len(members)} 个部件，超过上限，可能是恶意文件")
        if any(m.flag_bits & 1 for m in members):
            raise job.error("文件已加密，请先取消密码再读取")
        total = sum(m.file_size for m in members)
        if total > job.limits.unpacked or any(m.file_size > 1_000_000 + m.compress_size * _RATIO for m in members):
            raise job.error("解压后的内容过大，可能是恶意文件（压缩炸弹），未读取")

    def read(self, name: str) -> bytes | None:
        """Bytes of a member, or None where there is none; what the zip claims of its size is not believed."""
        if name not in self.names:
            return None
        try:
            # No more than the directory claims is asked for: a larger request would unpack a lying member whole.
            size = self._zip.getinfo(name).file_size
            with self._zip.open(name) as member:
                data = member.read(size + 1)
        except _BROKEN as error:
            raise self._job.error(f"文件已损坏（{name} 无法解压），请重新获取原文件") from error
        return data

    def xml(self, name: str) -> _Element | None:
        """Root element of an XML member, or None where there is none."""
        data = self.read(name)
        if data is not None and len(data) > _MOST_XML:
            raise self._job.error(f"{name} 过大（{len(data) >> 20} MB），可能是恶意文件，未读取")
        return None if data is None else parse_xml(self._job, data, name)


def parse_xml(job: Job, data: bytes, name: str) -> _Element:
    """Parse XML without expanding entities, loading DTDs or touching the network.

    Office and OFD parts never declare a document type, so one that does is refused (entity bombs, XXE).
    """
    from lxml import etree

    if b"<!DOCTYPE" in data[:65536] or b"<!ENTITY" in data[:65536]:
        raise job.error(f"{name} 含有文档类型或实体声明，可能是恶意文件，未读取")
    if data.count(b"<") > _MOST_TAGS:
        raise job.error(f"{name} 中的元素过多，可能是恶意文件，未读取")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise job.error(f"文件已损坏（{name} 不是有效的 XML），请重新获取原文件") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise job.error(f"{name} 含有文档类型声明，可能是恶意文件，未读取")
    return root
