"""Folders of notices: which files in them are read."""

from __future__ import annotations

import os
from pathlib import Path

from policyparse.errors import ReadError
from policyparse.reading import SUFFIXES


def notices_in(path: str | Path) -> list[Path]:
    """The files below ``path`` whose ending belongs to a known format, sorted by path.

    Links to folders are not followed: they could lead in a circle or out of the folder.  Links to files are.
    Hidden files, the lock files of Office (``~$…``, ``.~…``) and links that lead nowhere are left out.
    A path that is itself a file is returned as it is.  Raises ReadError where nothing exists at ``path`` or
    the folder holds no file of a known format.
    """
    root = Path(path)
    if root.is_file():
        return [root]
    if not root.is_dir():
        raise ReadError(f"{root}：文件或文件夹不存在")
    found: list[Path] = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.startswith((".", "~$")) or os.path.splitext(name)[1].lower() not in SUFFIXES:
                continue
            file = Path(folder, name)
            if file.is_file():
                found.append(file)
    if not found:
        raise ReadError(f"{root}：文件夹里没有可以读取的文件（{' '.join(sorted(SUFFIXES))}）")
    return sorted(found)
