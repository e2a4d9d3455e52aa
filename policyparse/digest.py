"""SHA-256 from where it is quick to load: hashlib loads OpenSSL, which takes half as long as to parse a short notice."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data`` in hexadecimal figures."""
    digest: str = _maker()(data).hexdigest()
    return digest


@cache
def _maker() -> Any:
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        return import_module("hashlib").sha256
