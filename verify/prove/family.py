"""A refutation by explicit members, at some values of the constants: exact instances at which the statement with these constants fails.

The proof of the negation speaks of every constant; an instance of one. What is checked there is the statement without its quantifiers: the hypotheses of
the reading and of its implications, and the conclusion, in which extrema over a class have the value that a lemma of the proof gives them.
The members are those of an ``Exhibit``, which prove the negation, or those that a proof is shown ``along``, which prove nothing beyond themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from sympy import Expr, MatrixSymbol, Rational, Symbol, oo, sympify
from sympy.matrices.matrixbase import MatrixBase

from verify.domain.instance import Instance
from verify.language.claim import Along, Claim, Reading
from verify.language.matrices import MatrixSequence, SequenceTerm
from verify.numerics.exact import RationalMatrix
from verify.prove.chain import refutations, shown_along
from verify.prove.exhibit import with_sizes
from verify.prove.explicit import NotScalar
from verify.prove.refuting import Pointwise

__all__ = ["CONSTANTS", "Shown", "along", "families", "pointwise_statements"]

CONSTANTS = (1, 10, 1000, 10**6)
"""Tried for everything that the reading leaves to be chosen."""


@dataclass(frozen=True)
class Shown:
    """A family of a refutation: the statement that its members violate, and these members by the value of their parameter."""

    statement: Pointwise
    members: Mapping[Any, Any]
    """Symbols to expressions in the parameter; block orders included."""
    parameter: Symbol | None
    instances: tuple[tuple[Rational | None, Instance], ...]
    declared: Along | None = None
    """None for members that a step of the proof exhibits."""
    sizes: Mapping[Any, Any] = field(default_factory=dict)

    def member(self, value: Any) -> Instance | None:
        """The member at a value of the parameter; None if it is not rational there."""
        return _instance(self.statement, self.members, self.sizes, {} if value is None else {self.parameter: sympify(value)})

    @property
    def towards(self) -> Any:
        return oo if self.declared is None else self.declared.towards


def pointwise_statements(claim: Claim, reading: Reading) -> Iterator[Pointwise]:
    """The statements without quantifiers that explicit members violate in the reading's refutation."""
    for _, pointwise in refutations(claim, reading):
        yield pointwise
    for _, pointwise in shown_along(claim, reading):
        yield pointwise


def families(claim: Claim, reading: Reading) -> Iterator[Shown]:
    """The families of a reading's refutation: of its exhibits, then those that it is shown along."""
    for step, pointwise in refutations(claim, reading):
        parameter = None if not pointwise.arbitrary else pointwise.arbitrary[0] if len(pointwise.arbitrary) == 1 else Symbol("x", real=True)
        yield from _shown(pointwise, step.members, parameter, CONSTANTS if parameter else (None,), None)
    for declared, pointwise in shown_along(claim, reading):
        yield from _shown(pointwise, declared.members, declared.parameter, declared.at, declared)


def along(claim: Claim, reading: Reading) -> Iterator[tuple[Rational | None, Pointwise, Instance]]:
    """Value of the constants (None if there are none), the statement, and the exact instance."""
    for family in families(claim, reading):
        for value, instance in family.instances:
            yield value, family.statement, instance


def _shown(
    pointwise: Pointwise, given: Mapping[Any, Any], parameter: Symbol | None, values: Sequence[Any], declared: Along | None
) -> Iterator[Shown]:
    """The family with what is left to choose equal to its parameter; none if a member mentions what it must not."""
    chosen = {symbol: parameter for symbol in pointwise.arbitrary if symbol not in {_quantified(one) for one in given}}
    try:
        members, sizes = with_sizes(given)
    except NotScalar:
        return
    if not all(isinstance(symbol, Symbol) for symbol in chosen) or (declared is not None and not _in_scope(pointwise, given, parameter)):
        return
    members = {symbol: sympify(member).subs(chosen) for symbol, member in {**members, **chosen}.items()}
    family = Shown(pointwise, members, parameter, (), declared, sizes)
    found = [(value, family.member(value)) for value in values]
    yield replace(family, instances=tuple((value, one) for value, one in found if one is not None))


def _in_scope(pointwise: Pointwise, members: Mapping[Any, Any], parameter: Symbol | None) -> bool:
    """Whether every symbol has a value, and what violates the statement mentions only what is chosen before it.

    Where nothing is left to choose, every member of the family is a counterexample by itself, and may mention the parameter.
    """
    given = {_quantified(symbol): sympify(member).free_symbols for symbol, member in members.items()}
    every = set() if pointwise.arbitrary else {parameter}
    own = all(used <= pointwise.scope[symbol] | every for symbol, used in given.items() if symbol in pointwise.scope)
    return own and set(pointwise.scope) <= set(given) <= {*pointwise.scope, *pointwise.arbitrary}


def _quantified(symbol: Any) -> Any:
    return symbol.bound if isinstance(symbol, MatrixSequence) else symbol


def _instance(pointwise: Pointwise, members: Mapping[Any, Any], sizes: Mapping[Any, Any], at: Mapping[Any, Expr]) -> Instance | None:
    """The members at a value of the parameter, as far as the statement mentions them; None if one is not rational there."""
    used = _mentioned((*pointwise.hypotheses, pointwise.conclusion))
    values: dict[str, Any] = {}
    integers: dict[str, int] = {str(size): int(number) for size, number in sizes.items()}
    for symbol, member in members.items():
        if symbol in sizes or str(symbol) not in used:
            continue
        number = sympify(member).subs(at)
        if isinstance(symbol, Symbol) and symbol.is_integer:
            if not number.is_Integer:
                return None
            integers[str(symbol)] = int(number)
        elif isinstance(number, MatrixBase):
            if not all(isinstance(entry, Rational) for entry in number):
                return None
            matrix = RationalMatrix.from_rows([[Fraction(int(e.p), int(e.q)) for e in number.row(i)] for i in range(number.rows)])
            values[str(symbol)] = (matrix,) * int(members[symbol.length].subs(at)) if isinstance(symbol, MatrixSequence) else matrix
        elif isinstance(number, Rational):
            values[str(symbol)] = Fraction(int(number.p), int(number.q))
        else:
            return None
    return Instance(integers, values)


def _mentioned(parts: Sequence[Any]) -> set[str]:
    return {str(one) for part in parts for one in (*part.free_symbols, *part.atoms(MatrixSymbol))} | {
        term.name for part in parts for term in part.atoms(SequenceTerm)
    }
