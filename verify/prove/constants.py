"""Irrational constants in scalar statements: a symbol of its own for each, between two rational numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Dummy, E, Gt, Lt, Rational, pi
from sympy.logic.boolalg import Boolean

from verify.prove.literals import replaced

__all__ = ["ENCLOSURES", "enclosed"]

_SCALE = 10**12
ENCLOSURES = {E: (Rational(2718281828459, _SCALE), Rational(2718281828460, _SCALE)), pi: (Rational(3141592653589, _SCALE), Rational(3141592653590, _SCALE))}
"""Each constant lies strictly between its two numbers: its decimals cut off after the twelfth, and one unit more."""


def enclosed(given: Sequence[Boolean], statement: Boolean) -> tuple[tuple[Boolean, ...], Boolean]:
    """The statements with ``e`` and ``π`` as symbols, and what is assumed of these.

    What holds for all values in the enclosures holds for the constants. A counterexample to the result need not be one to the original.
    """
    names = {constant: Dummy(str(constant), real=True) for constant in ENCLOSURES if any(one.has(constant) for one in (*given, statement))}
    bounds = [part for constant, name in names.items() for part in _between(name, *ENCLOSURES[constant])]
    return (*(replaced(one, names) for one in given), *bounds), replaced(statement, names)


def _between(name: Any, low: Rational, high: Rational) -> tuple[Boolean, Boolean]:
    return Gt(name, low, evaluate=False), Lt(name, high, evaluate=False)
