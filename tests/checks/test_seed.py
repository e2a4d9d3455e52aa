"""The seed notice: what a careful reader finds in it (seed_003.golden, a line each: code, clause, what), and no more."""

from pathlib import Path

import pytest

import policyparse as pp
from tests.seeds import SEED

GOLDEN = Path(__file__).with_name("seed_003.golden")


@pytest.mark.skipif(SEED is None, reason="the seed notice is not here")
def test_the_findings_are_those_a_careful_reader_agrees_with():
    notice = pp.parse(SEED)
    findings = pp.check(SEED)
    expected = [line.split(" ", 2) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    assert [finding.code for finding in findings] == [code for code, _, _ in expected]
    for finding, (_, _, what) in zip(findings, expected, strict=True):
        assert what.replace("中", "中有") in finding.message or what in finding.message
    assert not any(finding.severity == "error" for finding in findings)
    assert len(notice.obligations) > 12
