"""Rational points at which all hypotheses hold and the conclusion is violated, checked exactly."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from sympy import Symbol
from sympy.logic.boolalg import Boolean

from verify.numerics.truth import Truth
from verify.prove.evaluation import truth_at

__all__ = ["Point", "confirmed", "is_counterexample", "sampled"]

Point = dict[Symbol, Fraction]

_SIMPLE = tuple(map(Fraction, ("0", "1/2", "1", "9/10", "2", "-1/2", "1/10", "-1", "4", "99/100", "-2", "10", "3/2", "1/100", "-9/10", "100")))
_DENOMINATORS = (1, 2, 4, 10, 100, 1000, 10**4, 10**6, 10**9, 10**15)


def is_counterexample(point: Mapping[Symbol, Fraction], given: Sequence[Boolean], statement: Boolean) -> bool:
    """Whether the given statements hold and the statement is violated, all of them having a value."""
    whole = all(value.denominator == 1 for symbol, value in point.items() if symbol.is_integer)
    return whole and all(truth_at(one, point) is Truth.HOLDS for one in given) and truth_at(statement, point) is Truth.VIOLATED


def confirmed(models: Iterable[Mapping[Symbol, Fraction]], symbols: Sequence[Symbol], given: Sequence[Boolean], statement: Boolean) -> Point | None:
    """The simplest confirmed point near one of a solver's models: with all coordinates rounded alike, then one by one."""
    for model in models:
        full = {symbol: model.get(symbol, Fraction(0)) for symbol in symbols}
        for denominator in (*_DENOMINATORS, 0):
            near = {s: v.limit_denominator(denominator) if denominator else v for s, v in full.items()}
            if is_counterexample(near, given, statement):
                return _simplified(near, given, statement)
    return None


def _simplified(point: Point, given: Sequence[Boolean], statement: Boolean) -> Point:
    for symbol, value in point.items():
        for simpler in (Fraction(0), Fraction(1), *(value.limit_denominator(d) for d in _DENOMINATORS if d < value.denominator)):
            if _weight(simpler) < _weight(value) and is_counterexample({**point, symbol: simpler}, given, statement):
                point = {**point, symbol: simpler}
                break
    return point


def _weight(value: Fraction) -> int:
    return abs(value.numerator) + value.denominator


def sampled(symbols: Sequence[Symbol], given: Sequence[Boolean], statement: Boolean, count: int) -> Point | None:
    """A counterexample among ``count`` simple points (always the same ones), or None."""
    for point in itertools.islice(_points(symbols), count):
        if is_counterexample(point, given, statement):
            return _simplified(point, given, statement)
    return None


def _points(symbols: Sequence[Symbol]) -> Iterator[Point]:
    """All coordinates equal first, then coordinates that walk through the simple numbers at different strides."""
    size = len(_SIMPLE)
    if len(symbols) == 1:
        yield from ({symbols[0]: value} for value in _SIMPLE)
        return
    yield from ({symbol: value for symbol in symbols} for value in _SIMPLE)
    strides = [2 * (k * k + k) + 1 + (k % 3) * 2 for k in range(len(symbols))]
    for step in itertools.count(1):
        turns = [(step * stride + (step // size) * (k + 1) * 3) % size for k, stride in enumerate(strides)]
        yield {symbol: _SIMPLE[turn] for symbol, turn in zip(symbols, turns, strict=True)}
