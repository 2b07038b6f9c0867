"""Exact certificates that polynomial inequalities contradict each other, independent of any solver.

Variables are written through non-negative ones: ``v >= L`` as ``v = L + x``; ``v <= U`` as ``v = U − x``; ``L <= v <= U`` as ``v = (L y +
U x)/(y + x)`` with ``x, y >= 0`` not both zero (``y = 1`` if ``v < U``, ``x = 1`` if ``L < v``), where ``L`` and ``U`` may contain
variables written before. Every point that satisfies the bounds is reached. If afterwards the polynomial of an inequality ``p < 0`` has no
negative coefficient (and ``p <= 0``: a positive one on a term that is positive), the inequalities have no common point. A polynomial with
a negative coefficient may still pass as a quadratic ``αx² + βx + γ`` in one of the variables with ``α``, ``γ`` and ``4αγ − β²`` free of
negative coefficients. Whoever distrusts this expands the same polynomial and looks at its coefficients.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import flint

from verify.prove.ring import Constraint, Polynomial

__all__ = ["PositivityCertificate", "positivity_certificate"]

_MOST_CHOICES = 32
_MOST_TERMS = 4000


@dataclass(frozen=True)
class PositivityCertificate:
    """How the variables were written, and the polynomial whose coefficients decide."""

    substitution: tuple[str, ...]
    polynomial: str
    relation: str

    @property
    def text(self) -> str:
        where = ", ".join(self.substitution) or "no substitution"
        return f"with {where}: {self.polynomial} has no negative coefficient, so it is not {self.relation} 0"


@dataclass(frozen=True)
class _Bound:
    """``v <= expression`` or ``v >= expression`` (strict or not); ``needs`` are the positions of its variables."""

    variable: int
    upper: bool
    strict: bool
    expression: Polynomial
    needs: frozenset[int]


@dataclass(frozen=True)
class _Written:
    """A choice of bounds, as (variable, lower, upper) in the order of elimination."""

    steps: tuple[tuple[int, _Bound | None, _Bound | None], ...] = ()

    @property
    def done(self) -> frozenset[int]:
        return frozenset(variable for variable, _, _ in self.steps)


def positivity_certificate(constraints: Sequence[Constraint], names: Sequence[str]) -> PositivityCertificate | None:
    """A certificate that no point satisfies all constraints, or None if none was found."""
    for constraint in constraints:
        if constraint.is_constant and not constraint.constant_truth:
            return PositivityCertificate((), str(constraint.sign), constraint.relation)
    polynomials = [(constraint.expanded(), constraint) for constraint in constraints if not constraint.is_constant]
    if not polynomials or sum(len(p.to_dict()) for p, _ in polynomials) > _MOST_TERMS:
        return None
    bounds = [bound for p, constraint in polynomials for bound in _bounds(p, constraint.relation)]
    used = sorted({k for p, _ in polynomials for k, degree in enumerate(p.degrees()) if degree > 0})
    for written in itertools.islice(_choices(used, bounds), _MOST_CHOICES):
        if (found := _Orthant(polynomials[0][0].context(), written, names).contradiction(polynomials)) is not None:
            return found
    return None


def _bounds(p: Polynomial, relation: str) -> Iterator[_Bound]:
    """The constraints that bound a variable in which they are linear with a constant coefficient."""
    if relation not in ("<", "<="):
        return
    degrees, terms, context = p.degrees(), p.to_dict(), p.context()
    for k, degree in enumerate(degrees):
        linear = [m for m in terms if m[k]]
        if degree != 1 or len(linear) != 1 or sum(linear[0]) != 1:
            continue
        slope = terms[linear[0]]
        rest = context.from_dict({m: -c / slope for m, c in terms.items() if not m[k]})
        needs = frozenset(i for i, d in enumerate(rest.degrees()) if d > 0)
        yield _Bound(k, bool(slope > 0), relation == "<", rest, needs)


def _choices(used: Sequence[int], bounds: Sequence[_Bound], written: _Written = _Written()) -> Iterator[_Written]:
    """Ways to write all variables; those for which no bound is left stay as they are."""
    moves = list(_moves(used, bounds, written))
    if not moves:
        yield written
    for move in moves:
        yield from _choices(used, bounds, _Written((*written.steps, move)))


def _moves(used: Sequence[int], bounds: Sequence[_Bound], written: _Written) -> Iterator[tuple[int, _Bound | None, _Bound | None]]:
    """For the variables of which the fewest bounds wait for others: with both bounds, then with one."""
    waiting = set(used) - written.done
    ready, late = {}, {}
    for variable in sorted(waiting):
        own = [bound for bound in bounds if bound.variable == variable]
        if now := [bound for bound in own if not bound.needs & waiting]:
            ready[variable], late[variable] = now, len(own) - len(now)
    for variable in (v for v in ready if late[v] == min(late.values())):
        lower, upper = ([bound for bound in ready[variable] if bound.upper == side] for side in (False, True))
        yield from ((variable, low, high) for low in lower for high in upper)
        yield from ((variable, low, None) for low in lower)
        yield from ((variable, None, high) for high in upper)


class _Orthant:
    """The variables written through non-negative ones ``x_k`` (and ``y_k``), and the test of signs there."""

    def __init__(self, source: Any, written: _Written, names: Sequence[str]) -> None:
        count = source.nvars()
        self.context = flint.fmpq_mpoly_ctx.get([f"x{k}" for k in range(count)] + [f"y{k}" for k in range(count)], "degrevlex")
        self.generators = self.context.gens()
        self.count, self.names = count, names
        self.positive: set[int] = set()
        self.pairs: list[tuple[int, int]] = []
        one = self.context.constant(1)
        self.values = [(self.generators[k], one) for k in range(count)]
        self.free = set(range(count)) - written.done
        self.substitution: list[str] = []
        self.factors: dict[int, tuple[Polynomial, dict[tuple[int, int], Polynomial]]] = {}
        for variable, low, high in written.steps:
            self._write(variable, low, high)

    def _write(self, variable: int, low: _Bound | None, high: _Bound | None) -> None:
        if low is not None and high is not None:
            self._between(variable, low, high)
        elif low is not None:
            self._beyond(variable, low, 1)
        elif high is not None:
            self._beyond(variable, high, -1)

    def _beyond(self, variable: int, bound: _Bound, direction: int) -> None:
        numerator, denominator = self.image(bound.expression)
        self.values[variable] = numerator + direction * self.generators[variable] * denominator, denominator
        if bound.strict:
            self.positive.add(variable)
        self.substitution.append(f"{self.names[variable]} = {self._text(bound.expression)} {'+' if direction > 0 else '-'} x{variable}")

    def _between(self, variable: int, low: _Bound, high: _Bound) -> None:
        one = self.context.constant(1)
        x, y = self.generators[variable], self.generators[self.count + variable]
        if high.strict:
            y = one
        elif low.strict:
            x = one
        else:
            self.pairs.append((variable, self.count + variable))
        if low.strict and high.strict:
            self.positive.add(variable)
        (n1, d1), (n2, d2) = self.image(low.expression), self.image(high.expression)
        self.values[variable] = n1 * d2 * y + n2 * d1 * x, d1 * d2 * (x + y)
        ends = self._text(low.expression), self._text(high.expression)
        self.substitution.append(f"{self.names[variable]} = ({ends[0]})·({y}) + ({ends[1]})·({x}) over {x + y}")

    def _text(self, p: Polynomial) -> str:
        terms = [f"{c}" + "".join(f"·{self.names[k]}^{e}" for k, e in enumerate(m) if e) for m, c in p.to_dict().items()]
        return " + ".join(terms) or "0"

    def image(self, p: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Numerator and (positive) denominator of ``p`` in the new variables."""
        degrees, total = [max(degree, 0) for degree in p.degrees()], self.context.constant(0)  # FLINT: -1 for the zero polynomial
        for monomial, coefficient in p.to_dict().items():
            term = self.context.constant(coefficient)
            for k, exponent in enumerate(monomial):
                if degrees[k]:
                    term = term * self._factor(k, exponent, degrees[k])
            total = total + term
        below = self.context.constant(1)
        for k, degree in enumerate(degrees):
            below = below * self.values[k][1] ** degree
        return total, below

    def _factor(self, k: int, exponent: int, degree: int) -> Polynomial:
        """``numerator^exponent denominator^(degree − exponent)`` of variable ``k`` as it is written now."""
        numerator, denominator = self.values[k]
        known = self.factors.setdefault(k, (numerator, {}))
        if known[0] is not numerator:
            known = self.factors[k] = (numerator, {})
        if (exponent, degree) not in known[1]:
            known[1][exponent, degree] = numerator**exponent * denominator ** (degree - exponent)
        return known[1][exponent, degree]

    # -- signs --------------------------------------------------------------------------------------------------------

    def contradiction(self, polynomials: Sequence[tuple[Polynomial, Constraint]]) -> PositivityCertificate | None:
        for p, constraint in polynomials:
            image, _ = self.image(p)
            if self._contradicts(image, constraint.relation):
                return PositivityCertificate(tuple(self.substitution), str(image), constraint.relation)
        return None

    def _contradicts(self, p: Polynomial, relation: str) -> bool:
        match relation:
            case "<":
                return self._nonnegative(p)
            case "<=":
                return self._positive(p)
            case "=":
                return self._positive(p) or self._positive(-p)
        return bool(p.is_zero())

    def _nonnegative(self, p: Polynomial) -> bool:
        if self._no_negative_term(p):
            return True
        return any(self._quadratic(p, k) for k, degree in enumerate(p.degrees()) if degree == 2)

    def _no_negative_term(self, p: Polynomial) -> bool:
        return all(c > 0 and all(m[k] % 2 == 0 for k in self.free) for m, c in p.to_dict().items())

    def _quadratic(self, p: Polynomial, k: int) -> bool:
        parts: list[Any] = [self.context.constant(0)] * 3
        for m, c in p.to_dict().items():
            rest = tuple(0 if i == k else e for i, e in enumerate(m))
            parts[m[k]] = parts[m[k]] + self.context.from_dict({rest: c})
        constant, linear, square = parts
        return all(map(self._no_negative_term, (constant, square, 4 * square * constant - linear**2)))

    def _positive(self, p: Polynomial) -> bool:
        """No negative term, and for every choice of the vanishing member of each pair a term that is positive."""
        if not self._no_negative_term(p):
            return False
        supports = [frozenset(k for k, e in enumerate(m) if e) for m in p.to_dict()]
        return all(any(s <= self.positive | set(nonzero) for s in supports) for nonzero in itertools.product(*self.pairs))
