"""Every check's docstring is complete, and its two examples do what they say."""

import pytest

import policyparse as pp
from policyparse import checks
from policyparse.checks.base import SECTIONS
from policyparse.model import Document, Source

ALL = checks.checks()
BETWEEN = "\n-----\n"


def codes(example: str, code: str) -> list[str]:
    documents = [Document(text=t, source=Source(name=f"{i}.txt")) for i, t in enumerate(example.split(BETWEEN))]
    return [finding.code for finding in pp.check(*documents, select=[code])]


@pytest.mark.parametrize("code", ALL)
def test_docstring_is_complete(code):
    assert tuple(ALL[code].sections) == SECTIONS
    assert ALL[code].title.endswith(".")


@pytest.mark.parametrize("code", ALL)
def test_example_raises(code):
    assert code in codes(ALL[code].sections["Example"], code)


@pytest.mark.parametrize("code", ALL)
def test_use_instead_is_silent(code):
    assert codes(ALL[code].sections["Use instead"], code) == []
