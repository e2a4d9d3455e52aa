"""The verbs leave the interpreter as they found it."""

from __future__ import annotations

import gc

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
