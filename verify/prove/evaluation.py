"""A scalar statement at a rational point: exact where values are rational, in 256-bit balls otherwise. Three-valued."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

import flint
from sympy import Abs, Add, And, Equivalent, Expr, Implies, Max, Min, Mul, Not, Or, Piecewise, Pow, Rational, Symbol, nan, oo, zoo
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from verify.language.logic import ForAll
from verify.numerics.truth import Truth

__all__ = ["NoValue", "truth_at", "value_at"]

_BITS = 256
_Number: TypeAlias = Any
"""A Fraction where the value is rational, else an ``arb``."""


class NoValue(ArithmeticError):
    """The expression has no value at this point, or none that the balls can separate from having none."""


def truth_at(statement: Boolean, point: Mapping[Symbol, Fraction]) -> Truth:
    """The truth of a statement at a point. A ``ForAll`` is tried at the point's values of its variables, so it is violated or undecided."""
    with flint.ctx.workprec(_BITS):
        return _truth(statement, point)


def value_at(expression: Expr, point: Mapping[Symbol, Fraction]) -> Fraction | flint.arb:
    """The value of an expression at a point: a Fraction, or a ball that contains it.

    Raises:
        NoValue: if there is none.
    """
    with flint.ctx.workprec(_BITS):
        return _value(expression, point)


def _truth(statement: Boolean, point: Mapping[Symbol, Fraction]) -> Truth:
    match statement:
        case BooleanTrue() | BooleanFalse():
            return Truth.of(bool(statement))
        case Relational():
            try:
                left, right = (_value(side, point) for side in statement.args)
            except NoValue:
                return Truth.UNDECIDED
            return _RELATIONS[type(statement)](*_comparable(left, right))
        case And():
            return Truth.all(_truth(part, point) for part in statement.args)
        case Or():
            return Truth.any(_truth(part, point) for part in statement.args)
        case Not():
            return ~_truth(statement.args[0], point)
        case Implies():
            return _truth(statement.args[0], point).implies(_truth(statement.args[1], point))
        case Equivalent():
            return _truth(statement.args[0], point).equivalent(_truth(statement.args[1], point))
        case ForAll():
            return Truth.VIOLATED if _truth(statement.body, point) is Truth.VIOLATED else Truth.UNDECIDED
    raise TypeError(f"{type(statement).__name__} is not a statement over the reals: {statement}")


def _comparable(left: _Number, right: _Number) -> tuple[_Number, _Number]:
    exact = isinstance(left, Fraction) and isinstance(right, Fraction)
    return (left, right) if exact else (_ball(left), _ball(right))


def _decided(holds: bool, fails: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.VIOLATED if fails else Truth.UNDECIDED


def _equal(x: _Number, y: _Number) -> Truth:
    exact = isinstance(x, Fraction) and isinstance(y, Fraction)
    return _decided(exact and x == y, (x < y) or (x > y))


_RELATIONS: dict[type, Callable[[_Number, _Number], Truth]] = {
    Le: lambda x, y: _decided(bool(x <= y), bool(x > y)),
    Lt: lambda x, y: _decided(bool(x < y), bool(x >= y)),
    Ge: lambda x, y: _decided(bool(x >= y), bool(x < y)),
    Gt: lambda x, y: _decided(bool(x > y), bool(x <= y)),
    Eq: _equal,
    Ne: lambda x, y: ~_equal(x, y),
}


def _ball(x: _Number) -> flint.arb:
    return flint.arb(flint.fmpq(x.numerator, x.denominator)) if isinstance(x, Fraction) else x


def _value(expression: Expr, point: Mapping[Symbol, Fraction]) -> _Number:
    match expression:
        case Rational():
            return Fraction(int(expression.p), int(expression.q))
        case Symbol():
            return point.get(expression, Fraction(0))
        case Add() | Mul():
            return _fold(expression, point)
        case Pow(exp=Rational()):
            return _power(_value(expression.base, point), expression.exp)
        case Abs():
            return abs(_value(expression.args[0], point))
        case Max() | Min():
            return _extremum([_value(argument, point) for argument in expression.args], largest=isinstance(expression, Max))
        case Piecewise():
            return _case(expression, point)
    if expression in (nan, zoo, oo, -oo):
        raise NoValue("met while the expression was built")
    raise TypeError(f"{type(expression).__name__} is not algebraic: {expression}")


def _fold(expression: Expr, point: Mapping[Symbol, Fraction]) -> _Number:
    total, *rest = (_value(argument, point) for argument in expression.args)
    for value in rest:
        x, y = _comparable(total, value)
        total = x + y if isinstance(expression, Add) else x * y
    return total


def _power(base: _Number, exponent: Rational) -> _Number:
    numerator, index = int(exponent.p), int(exponent.q)
    if index != 1:
        base = _root(base, index)
    if numerator < 0 and not (base > 0 or base < 0):
        raise NoValue("division by what may be zero")
    return base**numerator


def _root(base: _Number, index: int) -> _Number:
    if isinstance(base, Fraction):
        if base < 0:
            raise NoValue("root of a negative number")
        if index == 2 and isqrt(base.numerator) ** 2 == base.numerator and isqrt(base.denominator) ** 2 == base.denominator:
            return Fraction(isqrt(base.numerator), isqrt(base.denominator))
        return _ball(base).root(index) if base else Fraction(0)
    if not base >= 0:
        raise NoValue("root of what may be negative")
    return base.root(index)


def _extremum(values: list[_Number], *, largest: bool) -> _Number:
    if all(isinstance(value, Fraction) for value in values):
        return max(values) if largest else min(values)
    result = _ball(values[0])
    for value in map(_ball, values[1:]):
        result = result.max(value) if largest else result.min(value)
    return result


def _case(expression: Piecewise, point: Mapping[Symbol, Fraction]) -> _Number:
    for value, condition in expression.args:
        truth = _truth(condition, point)
        if truth is Truth.HOLDS:
            return _value(value, point)
        if truth is Truth.UNDECIDED:
            raise NoValue("a case whose condition is not decided")
    raise NoValue("no case applies")
