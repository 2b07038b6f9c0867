"""Whether the steps of a proof together give its statement, with all that is not scalar taken as unknown real numbers and truth values.

Norms, Kreiss constants and the like are unknowns with what their definitions give (``‖X‖ >= 0``, ``K >= 1``, ``‖X‖ = ρ(X)`` for symmetric
``X``). Those that may be infinite are considered both as real numbers and as infinity. Suprema get the bounds that the solver proves for
their bodies.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import Abs, Add, And, Dummy, Equivalent, Expr, Implies, Max, Min, Mul, Not, Or, Piecewise, Pow, Rational, S, Symbol, oo
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from verify.language.logic import InfOverClass, Normal, SupOverClass, Supremum, Symmetric
from verify.language.quantities import (
    ContinuousKreissConstant,
    ExponentialNorm,
    KreissConstant,
    Norm,
    NumericalRadius,
    PowerNorm,
    ResolventNorm,
    SmallestSingularValue,
    SpectralRadius,
    TransientPeak,
)
from verify.prove.literals import replaced
from verify.prove.prenex import gathered
from verify.prove.solver import Decision, Effort, decide_real

__all__ = ["Knowledge", "composed"]

_MAY_BE_INFINITE = (KreissConstant, ContinuousKreissConstant, TransientPeak, ResolventNorm, Supremum, SupOverClass, InfOverClass)
_AT_LEAST = {
    **dict.fromkeys((KreissConstant, ContinuousKreissConstant, TransientPeak), 1),
    **dict.fromkeys((Norm, SpectralRadius, SmallestSingularValue, PowerNorm, ExponentialNorm, NumericalRadius, ResolventNorm), 0),
}
_EFFORT = Effort(rlimit=150_000, samples=0, seconds=10.0, seconds_per_question=3.0, certificates=False)
_MOST_INFINITE = 3


@dataclass(frozen=True)
class Knowledge:
    """One step: what it needs and what it gives. ``free`` symbols may be put in for, because the step holds for all their values."""

    premises: tuple[Boolean, ...]
    conclusion: Boolean
    free: tuple[Symbol, ...] = ()


@dataclass
class _Unknowns:
    """Names for what is not scalar."""

    names: dict[Any, Symbol] = field(default_factory=dict)

    def name(self, node: Any) -> Symbol:
        return self.names.setdefault(node, Dummy(f"#{len(self.names)}", real=True))  # equal to no symbol of a user

    def real(self, value: Expr) -> Expr:
        match value:
            case Rational():
                return value
            case Symbol() if value.is_real:
                return value
            case Add() | Mul() | Max() | Min() if not _is_complex(value):
                return value.func(*map(self.real, value.args))
            case Abs() if not _is_complex(value.args[0]):
                return Abs(self.real(value.args[0]))
            case Pow(exp=Rational()) if not _is_complex(value.base):
                return self.real(value.base) ** value.exp
            case Piecewise():
                return Piecewise(*((self.real(case), self.boolean(condition)) for case, condition in value.args), evaluate=False)
        return self.name(value)

    def boolean(self, statement: Boolean) -> Boolean:
        match statement:
            case BooleanTrue() | BooleanFalse():
                return statement
            case Relational() if all(isinstance(side, Expr) and side not in (oo, -oo) and not _is_complex(side) for side in statement.args):
                return statement.func(*map(self.real, statement.args), evaluate=False)
            case And() | Or() | Not() | Implies() | Equivalent():
                return statement.func(*map(self.boolean, statement.args), evaluate=False)
        return Gt(self.name(statement), 0, evaluate=False)

    def of_kind(self, *kinds: type) -> list[tuple[Any, Symbol]]:
        return [(node, name) for node, name in self.names.items() if isinstance(node, kinds)]

    def facts(self) -> Iterator[Boolean]:
        """What the definitions say."""
        for node, name in self.names.items():
            if (least := _AT_LEAST.get(type(node))) is not None:
                yield Ge(name, least, evaluate=False)
        normal = {node.args[0]: name for node, name in self.of_kind(Symmetric, Normal)}
        for (first, x), (second, y) in itertools.product(self.of_kind(Norm), self.of_kind(SpectralRadius)):
            if first.args == second.args and first.matrix in normal:
                yield Implies(Gt(normal[first.matrix], 0, evaluate=False), Eq(x, y, evaluate=False), evaluate=False)


def _is_complex(value: Expr) -> bool:
    if isinstance(value, (Add, Mul, Pow)):
        return any(map(_is_complex, value.args))
    return value is S.ImaginaryUnit or (isinstance(value, Symbol) and not value.is_real)


def composed(hypotheses: Iterable[Boolean], statement: Boolean, knowledge: Sequence[Knowledge]) -> Decision:
    """Decides whether the statement follows from its hypotheses and the conclusions of the steps; only ``valid`` means anything."""
    known = [part for one in hypotheses for part in gathered(one)]
    for step in knowledge:
        if not step.free and _all_known(step.premises, known):
            known += gathered(step.conclusion)
    if set(gathered(statement)) <= set(known):
        return Decision("valid", detail="it is literally what they state")
    decision = _follows(statement, known)
    if decision.status == "valid":
        return decision
    for instance in itertools.islice(_instances(knowledge, known), 12):
        if _all_known(instance.premises, known):
            known += gathered(instance.conclusion)
    return _follows(statement, known)


def _all_known(premises: Sequence[Boolean], known: Sequence[Boolean]) -> bool:
    missing = [part for one in premises for part in gathered(one) if part not in known]
    return not missing or _follows(And(*missing, evaluate=False), known).status == "valid"


def _instances(knowledge: Sequence[Knowledge], known: Sequence[Boolean]) -> Iterator[Knowledge]:
    """Steps with norms put in for their free symbols."""
    norms = sorted({node for part in known for node in part.atoms(Norm)}, key=str)
    for step in knowledge:
        for values in itertools.product(norms, repeat=len(step.free)) if step.free else ():
            put = dict(zip(step.free, values, strict=True))
            yield Knowledge(tuple(replaced(one, put) for one in step.premises), replaced(step.conclusion, put))


def _follows(statement: Boolean, known: Sequence[Boolean]) -> Decision:
    unknowns = _Unknowns()
    goal = unknowns.boolean(statement)
    given = [unknowns.boolean(part) for part in known]
    given += _suprema(unknowns, given, goal)
    given += unknowns.facts()
    infinite = [name for _, name in unknowns.of_kind(*_MAY_BE_INFINITE)]
    if len(infinite) > _MOST_INFINITE:
        return Decision("unknown", detail="too many quantities that may be infinite")
    found = []
    for count in range(len(infinite) + 1):
        for chosen in itertools.combinations(infinite, count):
            parts = [_at_infinity(part, frozenset(chosen), unknowns) for part in (*given, goal)]
            found.append(decide_real(parts[-1], parts[:-1], _EFFORT)[0])
            if found[-1].status != "valid":
                return Decision("unknown", detail=found[-1].detail)
    return min(found, key=lambda one: one.level)


def _at_infinity(statement: Boolean, infinite: frozenset[Symbol], unknowns: _Unknowns) -> Boolean:
    """The statement where these unknowns are infinite; a relation in which one does not stand alone becomes an unknown truth value."""
    if not statement.free_symbols & infinite:
        return statement
    if not isinstance(statement, Relational):
        return statement.func(*(_at_infinity(part, infinite, unknowns) for part in statement.args), evaluate=False)
    left, right = statement.args
    for symbol in sorted(infinite, key=str):
        factor = (left - right).coeff(symbol)
        rest = left - right - factor * symbol
        if factor.is_Rational and factor != 0 and not rest.free_symbols & infinite:
            return S.true if isinstance(statement, (Ne, Ge, Gt) if factor > 0 else (Ne, Le, Lt)) else S.false
    return Gt(unknowns.name(statement), 0, evaluate=False)


def _suprema(unknowns: _Unknowns, given: Sequence[Boolean], goal: Boolean) -> Iterator[Boolean]:
    """For each supremum those sides of the goal's inequalities that its body never exceeds."""
    unbounded = {name for _, name in unknowns.of_kind(*_MAY_BE_INFINITE)}
    finite = [part for part in given if not part.free_symbols & unbounded]
    for node, name in unknowns.of_kind(Supremum):
        low, high = node.limits
        variable = unknowns.name(("bound in", node))  # nothing that is known is about it
        inside = [*([] if low == -oo else [Gt(variable, unknowns.real(low))]), *([] if high == oo else [Lt(variable, unknowns.real(high))])]
        body = unknowns.real(replaced(node.body, {node.variable: variable}))
        sides = {side for relation in gathered(goal) if isinstance(relation, Relational) for side in relation.args}
        for bound in sorted(sides, key=str):
            facts = [*finite, *inside, *unknowns.facts()]
            below = Le(body, bound, evaluate=False)
            if not bound.free_symbols & unbounded and decide_real(below, facts, _EFFORT)[0].status == "valid":
                yield Le(name, bound, evaluate=False)
