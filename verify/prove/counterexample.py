"""Rational points at which all hypotheses hold and the conclusion is violated, checked exactly; inside the region where that can be had."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sympy import Symbol
from sympy.logic.boolalg import Boolean

from verify.numerics.truth import Truth
from verify.prove.evaluation import truth_at
from verify.prove.strictness import strict, weak

__all__ = ["Point", "Refutation"]

Point = dict[Symbol, Fraction]

_SIMPLE = tuple(map(Fraction, ["0", "1/2", "1", "9/10", "2", "-1/2", "1/10", "-1", "4", "99/100", "-2", "10", "3/2", "1/100", "-9/10"]))
_DENOMINATORS = (1, 2, 4, 10, 100, 1000, 10**4, 10**6, 10**9, 10**15)


@dataclass(frozen=True)
class Refutation:
    """The search for a counterexample to one statement."""

    symbols: tuple[Symbol, ...]
    given: tuple[Boolean, ...]
    statement: Boolean

    @cached_property
    def inside(self) -> Refutation:
        """The same, asking for points that are not on the boundary of what is given or stated."""
        return Refutation(self.symbols, tuple(map(strict, self.given)), weak(self.statement))

    def is_at(self, point: Mapping[Symbol, Fraction]) -> bool:
        """Whether the given statements hold and the statement is violated, all of them having a value."""
        whole = all(value.denominator == 1 for symbol, value in point.items() if symbol.is_integer)
        holds = whole and all(truth_at(one, point) is Truth.HOLDS for one in self.given)
        return holds and truth_at(self.statement, point) is Truth.VIOLATED

    def near(self, models: Iterable[Mapping[Symbol, Fraction]]) -> Point | None:
        """A confirmed point near one of a solver's models, as simple as rounding makes it."""
        models = tuple(models)
        return self.inside._rounded(models) or self._rounded(models)

    def _rounded(self, models: Sequence[Mapping[Symbol, Fraction]]) -> Point | None:
        for model in models:
            full = {symbol: model.get(symbol, Fraction(0)) for symbol in self.symbols}
            for denominator in (*_DENOMINATORS, 0):
                point = {s: v.limit_denominator(denominator) if denominator else v for s, v in full.items()}
                if self.is_at(point):
                    return self._simplified(point)
        return None

    def _simplified(self, point: Point) -> Point:
        """Each coordinate in turn as simple as it can be."""
        for symbol, value in point.items():
            for simpler in (Fraction(0), Fraction(1), *(value.limit_denominator(d) for d in _DENOMINATORS if d < value.denominator)):
                if _weight(simpler) < _weight(value) and self.is_at({**point, symbol: simpler}):
                    point = {**point, symbol: simpler}
                    break
        return point

    def sampled(self, count: int) -> Point | None:
        """A counterexample among ``count`` simple points (always the same ones), one inside if there is any, or None."""
        on_boundary = None
        for point in itertools.islice(_points(self.symbols), count):
            if self.is_at(point):
                if self.inside.is_at(point):
                    return self.inside._simplified(point)
                on_boundary = on_boundary or point
        return on_boundary


def _weight(value: Fraction) -> int:
    return abs(value.numerator) + value.denominator


def _points(symbols: Sequence[Symbol]) -> Iterator[Point]:
    """All coordinates equal first, then coordinates that walk through the simple numbers at different strides."""
    yield from (dict.fromkeys(symbols, value) for value in _SIMPLE)
    if len(symbols) < 2:
        return
    size = len(_SIMPLE)
    strides = [2 * (k * k + k) + 1 + (k % 3) * 2 for k in range(len(symbols))]
    for step in itertools.count(1):
        turns = [(step * stride + (step // size) * (k + 1) * 3) % size for k, stride in enumerate(strides)]
        yield {symbol: _SIMPLE[turn] for symbol, turn in zip(symbols, turns, strict=True)}
