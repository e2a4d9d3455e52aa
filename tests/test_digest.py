"""The digest is the one that hashlib gives."""

from __future__ import annotations

import hashlib

import pytest

from policyparse.digest import sha256


@pytest.mark.parametrize("data", [b"", "各区人民政府".encode(), b"x" * 100_000])
def test_the_same_as_hashlib(data: bytes) -> None:
    assert sha256(data) == hashlib.sha256(data).hexdigest()
