"""A refutation by explicit members, at some values of the constants: exact instances at which the statement with these constants fails.

The proof of the negation speaks of every constant; an instance of one. What is checked there is the statement without its quantifiers: the hypotheses of
the reading and of its implications, and the conclusion, in which extrema over a class have the value that a lemma of the proof gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy import Integer, MatrixSymbol, Rational, Symbol, sympify
from sympy.matrices.matrixbase import MatrixBase

from verify.domain.instance import Instance
from verify.language.claim import Claim, Exhibit, Reading
from verify.numerics.exact import RationalMatrix
from verify.prove.chain import refutations
from verify.prove.exhibit import with_sizes
from verify.prove.explicit import NotScalar
from verify.prove.refuting import Pointwise

__all__ = ["CONSTANTS", "along", "pointwise_statements"]

CONSTANTS = (1, 10, 1000, 10**6)
"""Tried for everything that the reading leaves to be chosen."""


def pointwise_statements(claim: Claim, reading: Reading) -> Iterator[Pointwise]:
    """The statements without quantifiers that explicit members violate in the reading's refutation."""
    for _, pointwise in refutations(claim, reading):
        yield pointwise


def along(claim: Claim, reading: Reading) -> Iterator[tuple[int | None, Pointwise, Instance]]:
    """Value of the constants (None if there are none), the statement, and the exact instance."""
    for step, pointwise in refutations(claim, reading):
        for value in CONSTANTS if pointwise.arbitrary else (None,):
            if (instance := _instance(step, pointwise, value)) is not None:
                yield value, pointwise, instance


def _instance(step: Exhibit, pointwise: Pointwise, value: int | None) -> Instance | None:
    try:
        members, sizes = with_sizes(step.members)
    except NotScalar:
        return None
    constants: dict[Any, Any] = dict.fromkeys(pointwise.arbitrary, Integer(value or 0))
    if not all(isinstance(symbol, Symbol) for symbol in constants):
        return None
    used = set().union(*(part.free_symbols | part.atoms(MatrixSymbol) for part in (*pointwise.hypotheses, pointwise.conclusion)))
    values: dict[str, Any] = {}
    integers: dict[str, int] = {str(size): int(number) for size, number in sizes.items()}
    for symbol, member in {**members, **constants}.items():
        if symbol in sizes or symbol not in used:
            continue
        number = sympify(member).subs(constants)
        if isinstance(symbol, Symbol) and symbol.is_integer:
            integers[str(symbol)] = int(number)
        elif isinstance(number, MatrixBase):
            if not all(isinstance(entry, Rational) for entry in number):
                return None
            values[str(symbol)] = RationalMatrix.from_rows([[Fraction(int(e.p), int(e.q)) for e in number.row(i)] for i in range(number.rows)])
        elif isinstance(number, Rational):
            values[str(symbol)] = Fraction(int(number.p), int(number.q))
        else:
            return None
    return Instance(integers, values)
