"""The bounds that the tables compare with, read from the claims: a formula is written once, in its claim file."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import Any

from sympy import And, Expr, Float, Ge, Le, Rational, Symbol

from verify.language.quantities import KreissConstant, Norm, TransientPeak
from verify.library import resolve

__all__ = ["kreiss_theorem", "paper_bound", "sharp_bound", "similarity_closed_form"]

Number = Fraction | float


def paper_bound(gamma: Number, c: Number) -> Number:
    """The right side of Theorem 4 as the claim T4 states it."""
    return _value(_upper("T4", "i", KreissConstant, False), gamma, c)


def sharp_bound(gamma: Number, c: Number) -> Number:
    """The exact worst case of ``K`` over the class, the sharp form stored with T4: ``k(κ)``."""
    return _value(_upper("T4", "i", KreissConstant, True), gamma, c)


def similarity_closed_form(gamma: Number, c: Number) -> Number:
    """``max(1, c/(1 − γ²))`` of S10: the IQC bound over the class, and a bound on every transient."""
    return _value(_upper("S10", "ii", TransientPeak, False), gamma, c)


def kreiss_theorem(n: int, K: float) -> float:
    """``e n K``, the upper side of the Kreiss matrix theorem (E2)."""
    return math.e * n * K


@cache
def _upper(claim_id: str, key: str, quantity: type, sharp: bool) -> Expr:
    """The upper side of the reading's inequality ``quantity <= …``."""
    reading = next(reading for reading in resolve(claim_id).readings if reading.key == key)
    statement = (reading.sharp.statement if reading.sharp else None) if sharp else reading.statement
    for relation in _relations(statement) if statement is not None else []:
        if isinstance(relation.lts, quantity):
            return relation.gts
    raise LookupError(f"claim {claim_id} ({key}) has no inequality {quantity.__name__} <= …; the tables read their bounds from it")


def _relations(statement: Any) -> list[Any]:
    if isinstance(statement, (Le, Ge)):
        return [statement]
    return [relation for argument in statement.args for relation in _relations(argument)] if isinstance(statement, And) else []


def _value(bound: Expr, gamma: Number, c: Number) -> Number:
    """The bound at ``γ`` and ``c = ‖C‖``: exact for Fractions."""
    numbers: dict[Any, Any] = {norm: _sympy(c) for norm in bound.atoms(Norm)}
    for symbol in bound.free_symbols:
        if isinstance(symbol, Symbol):
            numbers[symbol] = _sympy({"gamma": gamma, "c": c}[symbol.name])
    found = bound.subs(numbers)
    return Fraction(int(found.p), int(found.q)) if found.is_Rational else float(found)


def _sympy(value: Number) -> Any:
    return Rational(value.numerator, value.denominator) if isinstance(value, (Fraction, int)) else Float(value)
