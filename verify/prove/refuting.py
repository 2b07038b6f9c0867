"""Refutation by explicit members: the negation of a reading asserts that members exist, as functions of the constants that it allows for.

A reading says: for all members of the classes, if the hypotheses hold, then the conclusion. Its negation turns every quantifier round. What the
conclusion quantifies by ``Exists`` (an absolute constant ``C``, say) is arbitrary in the negation; everything else is exhibited, in terms of
the arbitrary symbols quantified before it. ``for every C there are γ and J`` is so proved by members that are functions of ``C``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import And, Implies, MatrixSymbol, Not, Symbol, sympify
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean

from verify.language.claim import Claim, Exhibit, Reading
from verify.language.logic import QUANTIFIERS, Exists, ForAll, InfOverClass, SupOverClass
from verify.language.matrices import MatrixSequence
from verify.prove.composition import Knowledge
from verify.prove.exhibit import Exhibited, binders, lowered, value_conditions, with_members, with_sizes
from verify.prove.explicit import NotScalar
from verify.prove.literals import negated, replaced
from verify.prove.prenex import gathered

__all__ = ["Pointwise", "pointwise", "refuting"]


@dataclass(frozen=True)
class Pointwise:
    """A reading without its quantifiers: what explicit members and a choice of what is ``arbitrary`` violate."""

    hypotheses: tuple[Boolean, ...]
    conclusion: Boolean
    arbitrary: tuple[Any, ...]
    scope: Mapping[Any, frozenset[Any]] = field(default_factory=dict, compare=False)
    """For every symbol that is exhibited, what is chosen before it. A sequence is named as a quantifier names it."""


@dataclass
class _Prefix:
    """The negation in prenex form. ``scope`` has for every exhibited symbol the arbitrary ones that are quantified before it."""

    arbitrary: tuple[Any, ...] = ()
    scope: dict[Any, frozenset[Any]] = field(default_factory=dict)
    premises: tuple[Boolean, ...] = ()
    conclusion: Boolean | None = None
    part: Boolean | None = None
    """Of a conjunction that quantifies inside its parts: the one that is violated, and with it the whole."""

    def read(self, statement: Boolean) -> None:
        """Take a statement apart, from the outside inwards.

        Raises:
            NotScalar: if a quantifier stands where this does not look, or a symbol is quantified twice.
        """
        match statement:
            case Exists():
                self._fresh(statement.variables)
                self.arbitrary += statement.variables
                self.read(statement.body)
            case ForAll():
                self._fresh(statement.variables)
                self.scope |= dict.fromkeys(statement.variables, frozenset(self.arbitrary))
                self.read(statement.body)
            case Implies():
                _without_quantifiers(statement.args[0])
                self.premises += gathered(statement.args[0])
                self.read(statement.args[1])
            case And() if self.part in statement.args:
                self.read(self.part)
            case _:
                _without_quantifiers(statement)
                self.conclusion = statement

    def _fresh(self, variables: Iterable[Any]) -> None:
        if repeated := sorted(str(one) for one in variables if one in self.scope or one in self.arbitrary):
            raise NotScalar(f"{', '.join(repeated)} is quantified twice")


def refuting(claim: Claim, reading: Reading, step: Exhibit, known: Sequence[Knowledge] = ()) -> Exhibited:
    """The scalar statement that the members refute the reading, for all values of what is arbitrary.

    The members lie in their classes, satisfy all hypotheses, and violate the conclusion. Every symbol of the domain that is not arbitrary needs
    a member, also one that only a supremum over its class binds: without one, the class could be empty. Such extrema are replaced by the values
    that earlier steps (``known``) give them, over the same class and under premises that become part of what is to be decided.

    Raises:
        NotScalar: if the members do not fit, or something stays that is not scalar.
    """
    prefix = _Prefix()
    prefix.read(reading.statement)
    _complete(prefix, claim, reading)
    if sequences := [str(symbol) for symbol in claim.domain_of(reading) if isinstance(symbol, MatrixSequence)]:
        raise NotScalar(f"{', '.join(sequences)} is neither a scalar nor a matrix")
    _check_scope(prefix, step.members)
    members, _ = with_sizes(step.members)
    hypotheses = claim.hypotheses_of(reading)
    exhibited = tuple(prefix.scope)
    required = [relation for relation in hypotheses if relation.has(*exhibited)]
    assumed = [relation for relation in hypotheses if not relation.has(*exhibited)]
    _check_assumed(claim, reading, assumed)
    conclusion, conditions = _with_extrema(prefix, hypotheses, known)
    goal = lowered(_denied(with_members(conclusion, members)), step.point)
    parts = [with_members(one, members) for one in (*required, *prefix.premises, *conditions)]
    values = [part for symbol in exhibited for part in value_conditions(symbol, members[symbol])]
    return Exhibited(And(*parts, *values, *gathered(goal), evaluate=False), tuple(assumed))


def pointwise(claim: Claim, reading: Reading, known: Sequence[Knowledge] = (), part: Boolean | None = None) -> Pointwise:
    """Hypotheses and conclusion of the reading without quantifiers, extrema over a class replaced by what ``known`` says of them.

    A quantity that is claimed to be large, and of which an earlier step of this reading's proof (without premises) says that it is at most ``u``,
    is replaced by ``u``: the conclusion becomes weaker, and falls with what is left. Of a conjunction only one ``part`` may be meant.

    Raises:
        NotScalar: if a quantifier stands where this does not look.
    """
    prefix = _Prefix(part=part)
    prefix.read(reading.statement)
    _complete(prefix, claim, reading)
    prefix.conclusion = _weakened(prefix.conclusion, known)
    hypotheses = claim.hypotheses_of(reading)
    conclusion, conditions = _with_extrema(prefix, hypotheses, known)
    return Pointwise((*hypotheses, *prefix.premises, *conditions), conclusion, prefix.arbitrary, prefix.scope)


def _weakened(conclusion: Boolean, known: Sequence[Knowledge]) -> Boolean:
    """``x >= s`` becomes ``u >= s`` where ``x <= u`` is known."""
    if not isinstance(conclusion, (Ge, Gt)):
        return conclusion
    for step in known:
        if not step.premises and isinstance(step.conclusion, (Le, Lt)) and step.conclusion.lhs == conclusion.lhs:
            return conclusion.func(step.conclusion.rhs, conclusion.rhs, evaluate=False)
    return conclusion


def _without_quantifiers(statement: Boolean) -> None:
    if statement.has(*QUANTIFIERS):
        raise NotScalar(f"a quantifier stands inside {statement}, where it cannot be turned round")


def _denied(statement: Boolean) -> Boolean:
    return negated(statement) if isinstance(statement, Relational) else Not(statement, evaluate=False)


def _complete(prefix: _Prefix, claim: Claim, reading: Reading) -> None:
    """What the statement leaves free is quantified outside it; what only a supremum or infimum binds depends on all that stands before it."""
    free = reading.statement.free_symbols
    for symbol in claim.domain_of(reading):
        symbol = symbol.bound if isinstance(symbol, MatrixSequence) else symbol
        if not isinstance(symbol, (Symbol, MatrixSymbol)):
            raise NotScalar(f"{symbol} is neither a scalar nor a matrix")
        if symbol in prefix.arbitrary or symbol in prefix.scope:
            if symbol in free:
                raise NotScalar(f"{symbol} is both quantified in the statement and free in it")
            continue
        prefix.scope[symbol] = frozenset() if symbol in free else frozenset(prefix.arbitrary)


def _check_scope(prefix: _Prefix, members: Mapping[Any, Any]) -> None:
    """Every exhibited symbol has a member, in terms of arbitrary symbols that are quantified before it.

    Raises:
        NotScalar: if not.
    """
    if missing := sorted(str(symbol) for symbol in prefix.scope if symbol not in members):
        raise NotScalar(f"no member is exhibited for {', '.join(missing)}")
    if strangers := sorted(str(symbol) for symbol in members if symbol not in prefix.scope):
        raise NotScalar(f"a member is exhibited for {', '.join(strangers)}, which the negation leaves arbitrary or does not know")
    for symbol, value in members.items():
        if wrong := sorted(str(one) for one in sympify(value).free_symbols - prefix.scope[symbol]):
            raise NotScalar(f"the member for {symbol} mentions {', '.join(wrong)}, not arbitrary or quantified after {symbol}")


def _check_assumed(claim: Claim, reading: Reading, assumed: Sequence[Boolean]) -> None:
    """Of arbitrary symbols nothing but their classes may be assumed."""
    domain = claim.domain_of(reading)
    classes = {relation for symbol, cls in domain.items() for relation in cls.relations(symbol)}
    if beyond := [relation for relation in assumed if relation not in classes]:
        raise NotScalar(f"the hypothesis {beyond[0]} speaks of nothing that is exhibited")


def _with_extrema(prefix: _Prefix, hypotheses: Sequence[Boolean], known: Sequence[Knowledge]) -> tuple[Boolean, list[Boolean]]:
    """The conclusion with the extrema over classes replaced by their known values, and the premises of what was used."""
    conclusion, conditions = prefix.conclusion, []
    assert conclusion is not None  # a statement that was read has one
    for step in known:
        for equation in (part for part in gathered(step.conclusion) if isinstance(part, Eq)):
            extremum, value = equation.args
            if not isinstance(extremum, (SupOverClass, InfOverClass)) or not conclusion.has(extremum):
                continue
            over = extremum.variables
            if _about(over, step.premises) == _about(over, hypotheses):
                conclusion = replaced(conclusion, {extremum: value})
                conditions += [part for one in step.premises for part in gathered(one) if not part.has(*over)]
    if bound := binders(conclusion) & {*prefix.scope, *prefix.arbitrary}:
        raise NotScalar(f"{', '.join(sorted(map(str, bound)))} is bound inside the conclusion, and no earlier step gives the value there")
    return conclusion, conditions


def _about(variables: Sequence[Any], relations: Sequence[Boolean]) -> set[Boolean]:
    return {part for one in relations for part in gathered(one) if part.has(*variables)}
