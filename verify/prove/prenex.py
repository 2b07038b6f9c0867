"""Statements with their outer quantifiers removed, premises gathered, and bound variables told apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from sympy import And, Expr, Implies, Symbol
from sympy.core.relational import Eq, Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from verify.language.logic import ForAll
from verify.prove.literals import replaced

__all__ = ["gathered", "known_of", "opened", "solved", "symbols_of", "told_apart"]


def gathered(statement: Boolean) -> tuple[Boolean, ...]:
    """The members of a nested conjunction."""
    return tuple(part for member in statement.args for part in gathered(member)) if isinstance(statement, And) else (statement,)


def symbols_of(*nodes: Any) -> tuple[Symbol, ...]:
    """All symbols, bound ones too, sorted by name."""
    found = {leaf for node in nodes for leaf in _leaves(node)}
    return tuple(sorted(found, key=str))


def _leaves(node: Any) -> Iterator[Symbol]:
    if isinstance(node, Symbol):
        yield node
    for argument in getattr(node, "args", ()):
        yield from _leaves(argument)


def opened(given: Sequence[Boolean], statement: Boolean) -> tuple[tuple[Boolean, ...], Boolean]:
    """``for all x: (premises implies conclusion)`` as premises and conclusion; every quantifier gets variables of its own."""
    given = tuple(part for one in given for part in gathered(one))
    statement = told_apart(statement, {str(symbol) for symbol in symbols_of(*given)} | {str(s) for s in statement.free_symbols})
    while isinstance(statement, (ForAll, Implies)):
        if isinstance(statement, ForAll):
            statement = statement.body
        else:
            given, statement = (*given, *gathered(statement.args[0])), statement.args[1]
    return given, statement


def told_apart(statement: Boolean, taken: set[str]) -> Boolean:
    """Bound variables renamed (primes added) so that none has the name of another symbol."""
    if isinstance(statement, ForAll):
        fresh = {variable: _fresh(variable, taken) for variable in statement.variables}
        return ForAll(tuple(fresh.values()), told_apart(replaced(statement.body, fresh), taken))
    if isinstance(statement, Boolean) and statement.has(ForAll):
        return statement.func(*(told_apart(part, taken) for part in statement.args), evaluate=False)
    return statement


def _fresh(symbol: Symbol, taken: set[str]) -> Symbol:
    name = next(name for name in (f"{symbol}" + "'" * k for k in itertools.count()) if name not in taken)
    taken.add(name)
    return symbol if name == str(symbol) else Symbol(name, **symbol.assumptions0)


def known_of(symbols: Sequence[Symbol]) -> tuple[Boolean, ...]:
    """What SymPy was told about the signs of the symbols, as relations."""
    found: list[Boolean] = []
    for symbol in symbols:
        if symbol.is_nonnegative:
            found.append((Gt if symbol.is_positive else Ge)(symbol, 0, evaluate=False))
        elif symbol.is_nonpositive:
            found.append((Lt if symbol.is_negative else Le)(symbol, 0, evaluate=False))
    return tuple(found)


def solved(given: Sequence[Boolean], statement: Boolean) -> tuple[tuple[Boolean, ...], Boolean, dict[Symbol, Expr]]:
    """Symbols that a given equation determines as a polynomial in others are put in; with what they are, in terms of those that remain."""
    given = tuple(given)
    values: dict[Symbol, Expr] = {}
    while (found := next(filter(None, map(_determined, given)), None)) is not None:
        equation, symbol, value = found
        put = {symbol: value}
        values = {known: replaced(old, put) for known, old in values.items()} | put
        given = tuple(replaced(one, put) for one in given if one != equation)
        statement = replaced(statement, put)
    return given, statement, values


def _determined(relation: Boolean) -> tuple[Boolean, Symbol, Expr] | None:
    if not isinstance(relation, Eq) or not all(side.is_polynomial() for side in relation.args):
        return None
    difference = (relation.lhs - relation.rhs).expand()
    for symbol in sorted(difference.free_symbols, key=str, reverse=True):
        slope = difference.coeff(symbol)
        rest = (difference - slope * symbol).expand()
        if slope.is_Rational and slope != 0 and not rest.has(symbol) and not symbol.is_integer:
            return relation, symbol, -rest / slope
    return None
