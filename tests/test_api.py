"""The verbs leave the interpreter as they found it."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from policyparse import api


@pytest.mark.parametrize("running", [True, False])
def test_collection_of_garbage_goes_on_as_it_was(running: bool) -> None:
    (gc.enable if running else gc.disable)()
    try:
        api.parse_text("一、做好工作。（责任单位：市甲局）")
        assert gc.isenabled() is running
        with pytest.raises(ZeroDivisionError), api.uncollected():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is running
    finally:
        gc.enable()


def test_nothing_is_collected_while_a_notice_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    from policyparse import notice

    seen: list[bool] = []
    read = notice.read
    monkeypatch.setattr(notice, "read", lambda *given: seen.append(gc.isenabled()) or read(*given))  # type: ignore[func-returns-value]
    api.parse_text("一、做好工作。（责任单位：市甲局）")
    assert seen == [False]


def test_collection_goes_on_behind_parses_in_threads() -> None:
    def enter(_: int) -> None:
        for _ in range(200):
            with api.uncollected():
                assert not gc.isenabled()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(enter, range(32)))
    finally:
        sys.setswitchinterval(interval)
    assert gc.isenabled()
