"""Polynomials over the rational numbers in the symbols of one statement and in the roots that occur in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import flint
from sympy import Add, Expr, Mul, Pow, Rational, Symbol

from verify.prove.literals import Relation

__all__ = ["Constraint", "Polynomial", "Ring", "Root", "TooManyRoots", "factored", "key_of"]

Polynomial: TypeAlias = flint.fmpq_mpoly
_MOST_ROOTS = 24


class TooManyRoots(RuntimeError):
    """The statement has more different radicals than a decision handles."""


@dataclass(frozen=True)
class Root:
    """A generator ``s >= 0`` with ``s^index · denominator = numerator``."""

    generator: Polynomial
    position: int
    index: int
    numerator: Polynomial
    denominator: Polynomial


@dataclass(frozen=True)
class Constraint:
    """``sign · ∏ factor^exponent  relation  0`` with irreducible factors, denominators multiplied through.

    The last ``denominators`` factors came from below and are not zero.
    """

    sign: int
    factors: tuple[tuple[Polynomial, int], ...]
    relation: Relation
    denominators: int = 0

    @property
    def strict(self) -> Constraint:
        """With ``<`` in place of ``<=``."""
        return replace(self, relation="<") if self.relation == "<=" else self

    @property
    def is_constant(self) -> bool:
        return not self.factors

    @property
    def constant_truth(self) -> bool:
        """The truth of a constant constraint."""
        return {"<": self.sign < 0, "<=": self.sign <= 0, "=": self.sign == 0, "!=": self.sign != 0}[self.relation]

    def expanded(self) -> Polynomial:
        product: Any = self.sign
        for base, exponent in self.factors:
            product = product * base**exponent
        return product


def key_of(polynomial: Polynomial) -> Any:
    """A hashable key: FLINT's polynomials have none."""
    return tuple(polynomial.to_dict().items())


@dataclass
class Ring:
    """The ring of one decision: fixed symbols, and generators for roots as they are met."""

    symbols: tuple[Symbol, ...]
    roots: list[Root] = field(default_factory=list)
    _known: dict[Any, Root] = field(default_factory=dict)
    _fractions: dict[Expr, tuple[Polynomial, Polynomial]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [f"x{k}" for k in range(len(self.symbols))] + [f"s{k}" for k in range(_MOST_ROOTS)]
        self.context = flint.fmpq_mpoly_ctx.get(names, "degrevlex")
        self.generators = self.context.gens()
        self._position = {symbol: k for k, symbol in enumerate(self.symbols)}

    def constant(self, value: Rational) -> Polynomial:
        return self.context.constant(flint.fmpq(int(value.p), int(value.q)))

    # -- expressions -------------------------------------------------------------------------------------------------

    def fraction(self, value: Expr) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator in lowest terms of an expression in rational powers of rational functions.

        Raises:
            ZeroDivisionError: where a denominator vanishes identically.
            TooManyRoots: see there.
        """
        if value not in self._fractions:
            self._fractions[value] = self._reduced(*self._fraction(value))
        return self._fractions[value]

    def _fraction(self, value: Expr) -> tuple[Polynomial, Polynomial]:
        one = self.context.constant(1)
        match value:
            case Rational():
                return self.constant(value), one
            case Symbol():
                return self.generators[self._position[value]], one
            case Add():
                return self._sum(map(self.fraction, value.args))
            case Mul():
                parts = [self.fraction(factor) for factor in value.args]
                return _product(n for n, _ in parts), _product(d for _, d in parts)
            case Pow(exp=Rational()) if value.exp.is_Integer:
                return self._power(self.fraction(value.base), int(value.exp))
            case Pow(exp=Rational()):
                root = self._root(value.base, int(value.exp.q))
                return self._power((root.generator, one), int(value.exp.p))
        raise TypeError(f"{type(value).__name__} is not algebraic: {value}")

    def _sum(self, parts: Iterable[tuple[Polynomial, Polynomial]]) -> tuple[Polynomial, Polynomial]:
        top, bottom = self.context.constant(0), self.context.constant(1)
        for numerator, denominator in parts:
            common = bottom.gcd(denominator)
            top, bottom = top * (denominator / common) + numerator * (bottom / common), bottom * (denominator / common)
        return top, bottom

    @staticmethod
    def _power(base: tuple[Polynomial, Polynomial], exponent: int) -> tuple[Polynomial, Polynomial]:
        numerator, denominator = base if exponent >= 0 else base[::-1]
        return numerator ** abs(exponent), denominator ** abs(exponent)

    @staticmethod
    def _reduced(numerator: Polynomial, denominator: Polynomial) -> tuple[Polynomial, Polynomial]:
        if denominator.is_zero():
            raise ZeroDivisionError("a denominator vanishes identically")
        common = numerator.gcd(denominator)
        return numerator / common, denominator / common

    def _root(self, base: Expr, index: int) -> Root:
        numerator, denominator = self.fraction(base)
        key = key_of(numerator), key_of(denominator), index
        if key not in self._known:
            if len(self.roots) == _MOST_ROOTS:
                raise TooManyRoots(f"more than {_MOST_ROOTS} different roots")
            position = len(self.symbols) + len(self.roots)
            self._known[key] = Root(self.generators[position], position, index, numerator, denominator)
            self.roots.append(self._known[key])
        return self._known[key]

    def expression(self, polynomial: Polynomial) -> Expr:
        """A polynomial in the symbols as an expression."""
        terms = []
        for monomial, coefficient in polynomial.to_dict().items():
            powers = (symbol**exponent for symbol, exponent in zip(self.symbols, monomial, strict=False))
            terms.append(Mul(Rational(int(coefficient.p), int(coefficient.q)), *powers))
        return Add(*terms)

    def roots_in(self, polynomials: Iterable[Polynomial]) -> list[Root]:
        """The roots that occur, and those in their radicands, in the order in which they were met."""
        used: set[int] = set()
        todo = list(polynomials)
        while todo:
            degrees = todo.pop().degrees()
            for root in self.roots:
                if degrees[root.position] > 0 and root.position not in used:
                    used.add(root.position)
                    todo += [root.numerator, root.denominator]
        return [root for root in self.roots if root.position in used]

    # -- constraints --------------------------------------------------------------------------------------------------

    def constraint(self, value: Expr, relation: Relation) -> Constraint:
        """``value relation 0`` where ``value`` is defined: the denominator is not zero, so it may be multiplied twice."""
        numerator, denominator = self.fraction(value)
        if numerator.is_zero():
            return Constraint(0, (), relation)
        scale, factors = numerator.factor()
        scale_below, below = denominator.factor()
        odd = tuple((base, 1) for base, exponent in below if exponent % 2) if relation in ("<", "<=") else ()
        sign = 1 if scale * scale_below > 0 else -1
        return Constraint(sign, tuple((base, int(exponent)) for base, exponent in factors) + odd, relation, len(odd))


def _product(factors: Iterable[Polynomial]) -> Polynomial:
    result: Any = 1
    for factor in factors:
        result = result * factor
    return result


def factored(polynomial: Expr) -> tuple[Rational, list[tuple[Expr, int]]]:
    """The irreducible factors of a polynomial expression over the rational numbers, by FLINT (SymPy takes minutes where this takes milliseconds)."""
    ring = Ring(tuple(sorted(polynomial.free_symbols, key=str)))
    scale, factors = ring.fraction(polynomial)[0].factor()
    return Rational(int(scale.p), int(scale.q)), [(ring.expression(base), int(power)) for base, power in factors]
