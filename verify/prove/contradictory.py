"""Finding sums of products of facts that contradict each other: exact identities behind the branches of an inequality certificate.

Facts are polynomials with a relation ``> >= = !=`` to 0. A *contradiction* is an identity ``Σ c_k ∏ fact^e · square² + Σ h_j equation_j = 0`` with
``c_k > 0``, whose left side is positive wherever the facts hold (``docs/certificate-format.md``, kind ``inequality``). The coefficients come from a
linear programme in floating point, whose support is solved again over ℚ; nothing that is not an identity in rational numbers leaves this module.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import flint
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

__all__ = ["Closing", "Spend", "contradiction"]

Monomial = tuple[int, ...]


@dataclass(frozen=True)
class Spend:
    """How far a search goes: facts in one product, degree and number of products, and whether squares are among the factors."""

    factors: int
    degree: int
    most: int = 600
    squares: bool = False


@dataclass(frozen=True)
class Product:
    """``∏ fact^exponent · square²`` and its expansion."""

    facts: tuple[tuple[int, int], ...]
    square: Any | None
    value: Any
    strict: bool


@dataclass
class Closing:
    """Facts by number, as polynomials of one ring with these variables."""

    names: tuple[str, ...]
    facts: Mapping[int, tuple[str, Any]]
    context: Any = field(init=False)

    def __post_init__(self) -> None:
        self.context = next(iter(self.facts.values()))[1].context() if self.facts else None

    @property
    def signed(self) -> list[tuple[int, str, Any]]:
        return [(k, relation, p) for k, (relation, p) in self.facts.items() if relation in (">", ">=")]


def contradiction(closing: Closing, spend: Spend, goal: int | None = None) -> dict[str, Any] | None:
    """The ``sum`` rule that closes a branch, or None. With a ``goal``, products without that fact are tried too, but none is needed without it."""
    products = list(_products(closing, spend, goal))
    if not products:
        return None
    allowed = max(int(_degree(product.value)) for product in products)
    multiples = list(_multiples(closing, allowed, {m for product in products for m in product.value.to_dict()}))
    solution = _solved(products, multiples)
    return None if solution is None else _rule(closing, products, multiples, *solution)


def _degree(p: Any) -> int:
    return max((sum(m) for m in p.to_dict()), default=0)


def _products(closing: Closing, spend: Spend, goal: int | None) -> Iterator[Product]:
    one = closing.context.constant(1)
    yield Product((), None, one, True)
    for k, (relation, p) in closing.facts.items():
        if relation == "!=":
            yield Product(((k, 2),), None, p * p, True)
    count = 0
    bases: list[tuple[tuple[int, ...], Any, bool]] = [((), one, True)]
    for size in range(1, spend.factors + 1):
        grown = []
        for numbers, value, strict in bases:
            for k, relation, p in closing.signed:
                if numbers and k < numbers[-1]:
                    continue
                if _degree(value) + _degree(p) > spend.degree:
                    continue
                grown.append(((*numbers, k), value * p, strict and relation == ">"))
        grown.sort(key=lambda item: (goal is not None and goal not in item[0], _degree(item[1]), len(item[1].to_dict())))
        bases = grown
        for numbers, value, strict in bases:
            if count == spend.most:
                return
            count += 1
            yield Product(tuple((k, len(list(group))) for k, group in itertools.groupby(numbers)), None, value, strict)
        if size == 1 and spend.squares:
            yield from _squares(closing, spend, [((), one), *((numbers, value) for numbers, value, _ in bases)])


def _squares(closing: Closing, spend: Spend, bases: Sequence[tuple[tuple[int, ...], Any]]) -> Iterator[Product]:
    """Squares of monomials and of combinations of two, times at most one fact. The monomials are those whose squares occur in the facts."""
    halves: dict[Monomial, Fraction] = {}
    for _, _, p in closing.signed:
        for monomial, c in p.to_dict().items():
            if all(e % 2 == 0 for e in monomial):
                halves.setdefault(tuple(e // 2 for e in monomial), abs(Fraction(int(c.p), int(c.q))))
    used = [k for k, d in enumerate(np.max([p.degrees() for _, p in closing.facts.values()], axis=0)) if d > 0]
    for k in used:
        halves.setdefault(tuple(int(i == k) for i in range(len(closing.context.gens()))), Fraction(1))
    chosen = sorted(halves, key=sum)[:16]
    monomials = {m: closing.context.from_dict({m: 1}) for m in chosen}
    roots = [monomials[m] for m in chosen if sum(m)]
    for m, n in itertools.combinations(chosen, 2):
        for ratio in {Fraction(1), _rational_root(halves[n] / halves[m])}:
            roots += [monomials[m] + sign * flint.fmpq(ratio.numerator, ratio.denominator) * monomials[n] for sign in (1, -1)]
    for numbers, value in bases:
        for root in roots:
            if _degree(value) + 2 * _degree(root) <= spend.degree:
                yield Product(tuple((k, 1) for k in numbers), root, value * root * root, False)


def _rational_root(x: Fraction) -> Fraction:
    """Its square root, if that is rational, else 1."""
    n, d = math.isqrt(x.numerator), math.isqrt(x.denominator)
    return Fraction(n, d) if n * n == x.numerator and d * d == x.denominator else Fraction(1)


def _multiples(closing: Closing, degree: int, support: set[Monomial]) -> Iterator[tuple[int, Monomial, Any]]:
    """Equations times monomials that reach the monomials of the products."""
    wanted = set(support)
    done: set[tuple[int, Monomial]] = set()
    equations = [(k, p) for k, (relation, p) in closing.facts.items() if relation == "="]
    leading = {k: list(p.to_dict()) for k, p in equations}
    for _ in range(3):
        added: set[Monomial] = set()
        for k, p in equations:
            for monomial in wanted:
                for lead in leading[k]:
                    shift = tuple(a - b for a, b in zip(monomial, lead, strict=True))
                    if min(shift, default=0) < 0 or (k, shift) in done or sum(shift) + _degree(p) > degree:
                        continue
                    done.add((k, shift))
                    value = p * closing.context.from_dict({shift: 1})
                    added |= set(value.to_dict())
                    yield k, shift, value
                    if len(done) > 3000:
                        return
        wanted = added - wanted
        if not wanted:
            return


def _solved(products: Sequence[Product], multiples: Sequence[tuple[int, Monomial, Any]]) -> tuple[list[tuple[int, Any]], list[tuple[int, Any]]] | None:
    """Exact coefficients of products and multiples whose sum is 0, with a strict product among them."""
    values = [product.value for product in products] + [value for *_, value in multiples]
    rows: dict[Monomial, int] = {}
    entries = []
    scales = []
    for column, value in enumerate(values):
        terms = value.to_dict()
        scale = max((abs(float(c.p) / float(c.q)) for c in terms.values()), default=1.0) or 1.0
        scales.append(scale)
        entries += [(rows.setdefault(m, len(rows)), column, (float(c.p) / float(c.q)) / scale) for m, c in terms.items()]
    height = len(rows) + 1
    strict = [(height - 1, k, 1.0) for k, product in enumerate(products) if product.strict]
    i, j, data = zip(*entries, *strict, strict=True)
    matrix = csc_matrix((data, (i, j)), shape=(height, len(values)))
    target = np.zeros(height)
    target[-1] = 1.0
    bounds = [(0, None)] * len(products) + [(None, None)] * len(multiples)
    prices = [1.0 + 0.1 * sum(e for _, e in product.facts) + (0.5 if product.square is not None else 0) for product in products]
    cost = np.array(prices + [0.0] * len(multiples))
    result = linprog(cost, A_eq=matrix, b_eq=target, bounds=bounds, method="highs-ds")
    if result.status != 0:
        return None
    support = [k for k, x in enumerate(result.x) if abs(x) > 1e-10]
    exact = _exactly(values, support, {k for k, product in enumerate(products) if product.strict})
    if exact is None:
        return None
    count = len(products)
    if any(exact[k] < 0 for k in support if k < count):
        return None
    return [(k, exact[k]) for k in support if k < count and exact[k] != 0], [(k - count, exact[k]) for k in support if k >= count and exact[k] != 0]


def _exactly(values: Sequence[Any], support: Sequence[int], strict: set[int]) -> dict[int, Any] | None:
    """The rational solution on the support with the coefficients of strict products adding up to 1."""
    rows: dict[Monomial, int] = {}
    for k in support:
        for m in values[k].to_dict():
            rows.setdefault(m, len(rows))
    matrix = flint.fmpq_mat(len(rows) + 1, len(support) + 1)
    for column, k in enumerate(support):
        for m, c in values[k].to_dict().items():
            matrix[rows[m], column] = c
        if k in strict:
            matrix[len(rows), column] = 1
    matrix[len(rows), len(support)] = 1
    reduced, rank = matrix.rref()
    found = dict.fromkeys(support, flint.fmpq(0))
    for row in range(rank):
        pivot = next(c for c in range(len(support) + 1) if reduced[row, c] != 0)
        if pivot == len(support):
            return None
        found[support[pivot]] = reduced[row, len(support)]
    return found


def _rule(
    closing: Closing, products: Sequence[Product], multiples: Sequence[tuple[int, Monomial, Any]],
    chosen: Sequence[tuple[int, Any]], equations: Sequence[tuple[int, Any]],
) -> dict[str, Any] | None:
    """The identity as the rule of a certificate, once it is confirmed in exact arithmetic."""
    total = closing.context.constant(0)
    terms = []
    for k, coefficient in chosen:
        product = products[k]
        total = total + coefficient * product.value
        term: dict[str, Any] = {"coefficient": str(Fraction(int(coefficient.p), int(coefficient.q))), "facts": [list(pair) for pair in product.facts]}
        if product.square is not None:
            term["square"] = written(product.square, closing.names)
        terms.append(term)
    factors: dict[int, Any] = {}
    for k, coefficient in equations:
        number, shift, value = multiples[k]
        total = total + coefficient * value
        factors[number] = factors.get(number, closing.context.constant(0)) + closing.context.from_dict({shift: coefficient})
    if not total.is_zero() or not any(products[k].strict for k, _ in chosen):
        return None
    return {"rule": "sum", "terms": terms, "multiples": [[number, written(p, closing.names)] for number, p in sorted(factors.items())]}


def written(p: Any, names: Sequence[str]) -> list[list[Any]]:
    """A polynomial as certificates have it: ``[[coefficient, {name: exponent}], …]``."""
    return [
        [str(Fraction(int(c.p), int(c.q))), {name: int(e) for name, e in zip(names, m, strict=False) if e}]
        for m, c in sorted(p.to_dict().items(), reverse=True)
    ]
