"""By how much a printed bound may be improved, region by region: a factor proved by the solver, and one that an exact instance allows at most.

Over a region ``R`` the best possible factor is ``φ(R) = inf printed/quantity`` over its members (for a lower bound ``quantity/printed``).
If the sharp bound is a theorem and ``large >= f small`` is proved over ``R``, then ``φ(R) >= f``; an exact member of ``R`` at which the
quantity is enclosed gives ``φ(R) <= u``. So ``[f, u]`` encloses ``φ(R)``, up to the enclosures rigorous at both ends. For a statement that
some member of each class of given parameters has a quantity of at least ``small``, the factor is that of the largest value in the class:
it is at least ``f`` if ``large`` is also attained by the sharp family, and at most ``large/small`` at any point.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy import Abs, And, Expr, Ge, Le, Or, Rational, Symbol, lambdify, oo, simplify, sympify
from sympy.logic.boolalg import Boolean

from verify.language.claim import Axis
from verify.language.logic import Supremum
from verify.prove.exhibit import with_members, with_sizes
from verify.prove.explicit import NotScalar
from verify.prove.literals import replaced
from verify.prove.prenex import symbols_of
from verify.prove.scalarise import scalarise
from verify.prove.solver import Decision, Effort, decide
from verify.prove.supremum import closed_suprema
from verify.search.family import member_at
from verify.search.problem import Problem
from verify.sharpness.comparison import Comparison
from verify.sharpness.ratio import Ratio, enclosed_ratio

__all__ = ["RegionFactor", "factors"]

EFFORT = Effort(rlimit=40_000, samples=0, seconds=120.0, seconds_per_question=30.0, certificates=False)
_VALUES = {"unit": ("0", "1/2", "9/10", "99/100"), "": ("0", "1", "4", "100")}
_LARGE = (1, 4, 100, 10**6)


@dataclass(frozen=True)
class RegionFactor:
    """``low <= quantity <= high`` and the enclosure ``[proved, reached]`` of the best possible factor there."""

    quantity: Expr | None
    """None for the whole class."""
    low: Any
    high: Any
    proved: Fraction
    """A factor that is proved for all members; 1 if none beyond the bound's own truth is."""
    by: str
    reached: Fraction | None
    """The factor at an exact member; None if none could be enclosed."""
    at: Ratio | None
    """What is enclosed at that member."""


def factors(problem: Problem, comparison: Comparison, steps: int) -> tuple[RegionFactor, ...]:
    """The factors over the regions of the sharp form; of its whole class where it declares none. Empty if they do not cover the class."""
    axis = _axis(problem)
    large, small, given = _closed(comparison)
    if axis is None:
        return (_factor(problem, comparison, large, small, given, None, 0, oo, steps),)
    quantity = comparison.scalar(axis.quantity)
    if not quantity.free_symbols <= large.free_symbols | small.free_symbols | {s for g in given for s in g.free_symbols}:
        return ()
    ends = [sympify(end) for end in axis.breaks]
    if not _covered(quantity, ends, given):
        return ()
    return tuple(_factor(problem, comparison, large, small, given, quantity, low, high, steps) for low, high in pairwise(ends))


def _axis(problem: Problem) -> Axis | None:
    sharp = problem.reading.sharp
    if sharp is not None and sharp.regions is not None:
        return sharp.regions
    return problem.claim.axes[-1] if problem.claim.axes else None


def _closed(comparison: Comparison) -> tuple[Expr, Expr, tuple[Boolean, ...]]:
    """Both bounds with the suprema in closed form, where the solver finds it."""
    given = comparison.given
    if not (comparison.large.has(Supremum) or comparison.small.has(Supremum)):
        return comparison.large, comparison.small, given
    goal = Ge(comparison.large, comparison.small, evaluate=False)
    _, closed, _, _ = closed_suprema(given, goal, lambda statement, facts: decide(statement, facts, EFFORT))
    return (*closed.args, given) if isinstance(closed, Ge) else (comparison.large, comparison.small, given)


def _inside(quantity: Expr | None, low: Any, high: Any) -> tuple[Boolean, ...]:
    if quantity is None:
        return ()
    return (Ge(quantity, low, evaluate=False), *(() if high == oo else (Le(quantity, high, evaluate=False),)))


def _covered(quantity: Expr, ends: Sequence[Any], given: tuple[Boolean, ...]) -> bool:
    return decide(And(*_inside(quantity, ends[0], ends[-1]), evaluate=False), given, EFFORT).status == "valid"


def _factor(
    problem: Problem, comparison: Comparison, large: Expr, small: Expr, given: tuple[Boolean, ...], quantity: Expr | None, low: Any, high: Any, steps: int
) -> RegionFactor:
    region = (*given, *_inside(quantity, low, high))
    points = sorted(_measured(large, small, region, list(_points(symbols_of(large, small, *region), region, quantity, low, high))), key=lambda pair: pair[0])
    guess = points[0][0] if points else math.inf
    proved, by = _proved(large, small, region, guess, steps)
    reached, at = _reached(problem, comparison, (quantity, low, high), large, points)
    shown = None if quantity is None else replaced(quantity, {letter: node for node, letter in comparison.letters.items()})
    return RegionFactor(shown, low, high, proved, by, reached, at)


# -- proved from below -------------------------------------------------------------------------------------------------


def _proved(large: Expr, small: Expr, region: tuple[Boolean, ...], guess: float, steps: int) -> tuple[Fraction, str]:
    """The largest factor that the solver grants, by bisection between 1 and what was seen at points, to two or three digits."""

    def asked(factor: Fraction) -> Decision:
        return decide(Ge(large, Rational(factor.numerator, factor.denominator) * small, evaluate=False), region, EFFORT)

    if not 1 < guess < math.inf:
        return Fraction(1), ""
    low, by = Fraction(1), ""
    high = Fraction(guess)
    for factor in _candidates(guess):
        if factor <= low:
            break
        if (decision := asked(factor)).status == "valid":
            return factor, decision.by
        high = factor
    for _ in range(steps):
        middle = _short(math.sqrt(low * high))
        if not low < middle < high:
            break
        decision = asked(middle)
        low, high, by = (middle, high, decision.by) if decision.status == "valid" else (low, middle, by)
    return low, by


def _candidates(guess: float) -> Iterator[Fraction]:
    """A simple number next to the guess, and the guess cut to three digits and to two."""
    simple = Fraction(guess).limit_denominator(64)
    if abs(simple - Fraction(guess)) < Fraction(guess) / 10**9:
        yield simple
    yield _short(guess * (1 - 1e-6))
    yield _short(guess * 0.98)


def _short(value: float) -> Fraction:
    """Downward to three digits; near 1 to two digits of what it exceeds 1 by."""
    excess, digits = (Fraction(value) - 1, 1) if 1 < value < Fraction(11, 10) else (Fraction(value), 2)
    scale = Fraction(10) ** (digits - math.floor(math.log10(excess)))
    return (0 if excess == value else 1) + Fraction(math.floor(excess * scale)) / scale


# -- points ------------------------------------------------------------------------------------------------------------


def _points(symbols: Sequence[Symbol], region: tuple[Boolean, ...], quantity: Expr | None, low: Any, high: Any) -> Iterator[dict[Symbol, Rational]]:
    """Rational points: a few values of each symbol, one of them chosen such that the region's quantity has a few values between its ends."""
    lead = _leading(quantity, symbols)
    ladders = [[Rational(text) for text in _VALUES["unit" if _below_one(symbol, region) else ""]] for symbol in symbols if symbol != lead]
    others = [symbol for symbol in symbols if symbol != lead]
    for choice in itertools.islice(itertools.product(*ladders), 64):
        values = dict(zip(others, choice, strict=True))
        if lead is None or quantity is None:
            yield values
            continue
        rest = quantity.xreplace(values)
        slope = rest.diff(lead)
        if not (slope.is_Rational and slope != 0):
            continue
        for value in _between(low, high):
            yield values | {lead: (value - rest.subs(lead, 0)) / slope}


def _below_one(symbol: Symbol, region: tuple[Boolean, ...]) -> bool:
    return any(part in region for part in (symbol < 1, symbol <= 1))


def _leading(quantity: Expr | None, symbols: Sequence[Symbol]) -> Symbol | None:
    """A symbol in which the quantity is linear."""
    if quantity is None:
        return None
    return next((symbol for symbol in symbols if quantity.has(symbol) and not simplify(quantity.diff(symbol)).has(symbol)), None)


def _between(low: Any, high: Any) -> list[Rational]:
    if high == oo:
        return [max(Rational(low), Rational(1)) * factor for factor in _LARGE] + ([Rational(0)] if low == 0 else [])
    return [low + (high - low) * Rational(part, 4) for part in range(5)]


def _measured(
    large: Expr, small: Expr, region: tuple[Boolean, ...], points: Sequence[Mapping[Symbol, Rational]]
) -> Iterator[tuple[float, Mapping[Symbol, Rational]]]:
    """The factor at the points of the region, in floating point, for choosing."""
    if large.has(Supremum) or small.has(Supremum):
        return
    symbols = symbols_of(large, small, *region)
    ratio = lambdify(symbols, large / small, "math")
    for point in points:
        try:
            values = [float(point[symbol]) for symbol in symbols]
            if all(bool(part.xreplace(point)) for part in region if not part.has(Or)):
                found = ratio(*values)
                if isinstance(found, (int, float)) and math.isfinite(found):
                    yield float(found), point
        except (ZeroDivisionError, OverflowError, ValueError, TypeError, KeyError):
            continue


# -- reached from above ------------------------------------------------------------------------------------------------


def _reached(
    problem: Problem, comparison: Comparison, region: tuple[Expr | None, Any, Any], large: Expr, points: Sequence[tuple[float, Mapping[Symbol, Rational]]]
) -> tuple[Fraction | None, Ratio | None]:
    """The factor that an exact member leaves: at the first of the best few points at which the quantity can be enclosed."""
    sharp = problem.reading.sharp
    assert sharp is not None
    for _, point in points[:3]:
        if comparison.exists:
            if (value := _rational(comparison.large / comparison.small, point)) is not None:
                return value, None
            continue
        values = _in_family(problem, region[0], point)
        instance = member_at(problem.domain, sharp.attained_by, values) if values is not None else None
        if instance is None:
            continue
        axis, (_, low, high) = _axis(problem), region
        inside = [] if axis is None else [axis.quantity >= low, *([] if high == oo else [axis.quantity <= high])]
        closed = _rational(large, point) if comparison.upper and comparison.printed.has(Supremum) else None
        if (found := enclosed_ratio(problem, comparison.printed, instance, inside, closed)) is not None and found.value > 0:
            return 1 / found.value, found
    return None, None


def _in_family(problem: Problem, quantity: Expr | None, point: Mapping[Symbol, Rational]) -> dict[Any, Rational] | None:
    """Parameters of the sharp family at which the region's quantity is that of the point; None if it is not linear in any of them.

    A choice only: whether the member lies in the class and in the region is examined at the member itself.
    """
    sharp, axis = problem.reading.sharp, _axis(problem)
    assert sharp is not None
    family = {symbol: sympify(value) for symbol, value in sharp.attained_by.items()}
    scalars = {v.symbol for v in problem.domain.continuous if not v.is_matrix and v.symbol not in family}
    free = sorted({symbol for value in family.values() for symbol in value.free_symbols} | scalars, key=str)
    values = {symbol: point.get(symbol, Rational(1, 2) if _below_one(symbol, problem.hypotheses) else Rational(1)) for symbol in free}
    if quantity is None or axis is None:
        return values
    try:
        members, _ = with_sizes(family)
        there = scalarise(Ge(with_members(axis.quantity, members), 0, evaluate=False)).args[0]
    except (NotScalar, TypeError):
        return None
    there = there.replace(Abs, lambda inner: inner)
    for lead in reversed(free):
        rest = there.xreplace({symbol: value for symbol, value in values.items() if symbol != lead})
        slope = rest.diff(lead)
        if slope.is_Rational and slope != 0:
            return values | {lead: (quantity.xreplace(point) - rest.subs(lead, 0)) / slope}
    return None


def _rational(value: Expr, point: Mapping[Symbol, Rational]) -> Fraction | None:
    try:
        found = value.xreplace(point)
    except (ZeroDivisionError, TypeError):
        return None
    return Fraction(int(found.p), int(found.q)) if found.is_Rational else None
