"""Families at which a bound is attained, or along which its sides come together: membership and equality proved, limits taken, ratios certified.

What is proved, and by whom. *Membership* of every member: the decision procedure, on the closed forms of ``verify.prove.two_by_two``.
*Equality*: the same, or enclosures of both sides at a single member that touch. *A limit*: the ratio of the sides is written in closed form as
a function ``f(t)``, its cases settled by the decision procedure for all ``t`` from the family's start on; SymPy takes the limit of ``f`` as
``t → ∞``, which counts as a machine step of the kind "SymPy limit"; and ``f(t) >= 1 − a/t^s`` for some ``a``, ``s`` is put to the decision
procedure, which proves the limit a second time where it can. A limit that high-precision values of ``f`` do not bear out is not believed.
*Ratios* at a few exact members are enclosed, rigorously.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sympy import Abs, And, Dummy, Eq, Expr, Ge, Gt, Integer, Le, Lt, Max, Min, Ne, Not, Piecewise, Rational, S, Symbol, limit, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, Implies

from verify.language.claim import BestConstant, Claim, Family, Reading
from verify.language.logic import Exists, ForAllIndex, Supremum
from verify.language.matrices import MatrixSequence, SequenceTerm
from verify.language.quantities import KreissConstant, SpectralRadius
from verify.prove.definitions import needed_lemmas
from verify.prove.exhibit import lowered, value_conditions, with_members, with_sizes
from verify.prove.explicit import NotScalar
from verify.prove.literals import first_case, negated, partial_terms, replaced
from verify.prove.scalarise import scalarise
from verify.prove.solver import Decision, Effort, decide
from verify.prove.supremum import closed_suprema
from verify.search.family import member_at
from verify.search.problem import Problem
from verify.sharpness.comparison import inequalities
from verify.sharpness.ratio import Ratio, enclosed_ratio

__all__ = ["Established", "best_constant", "established", "inside", "member_values", "ratio_at", "without_cases"]

EFFORT = Effort(rlimit=150_000, samples=0, seconds=120.0, seconds_per_question=30.0, certificates=False)
Backing = Callable[[str], tuple[Claim, Reading] | None]
"""The claim and reading of a reference, if the reading is proved."""


@dataclass(frozen=True)
class Established:
    """What is proved of one family. ``limit`` is that of the ratio smaller side / larger side; 1 and no ``ratio`` where the sides are equal."""

    family: Family
    relation: Relational
    limit: Expr
    by: tuple[str, ...]
    ratio: Expr | None = None
    rate: str = ""
    lemmas: tuple[str, ...] = ()
    points: tuple[tuple[str, Ratio], ...] = ()
    """Values of the parameter, and the ratio that is enclosed there."""

    @property
    def attained(self) -> bool:
        return self.ratio is None


def established(problem: Problem, family: Family, backing: Backing, *, points: int = 3) -> tuple[Established, ...]:
    """What can be proved of a family, for each inequality; nothing if its members are not proved to lie in the class.

    A statement of existence is about the largest value in the class, not about one member: there the quantity is replaced by a proved bound
    (``squeezed_by``) that holds for the class of the given parameters.
    """
    given = _given(family)
    try:
        values = member_values(problem, family.members)
        if not _holds(_membership(problem, family.members, values), {family.parameter}, given):
            return ()
    except (NotScalar, TypeError):
        return ()
    found = []
    for relation in inequalities(problem.conclusion):
        one = None
        with suppress(NotScalar, TypeError):
            one = _of_relation(problem, family, relation, values, given, backing, points)
        if one is None and family.parameter is None and (at := ratio_at(problem, relation, family, None)) is not None and at.value == 1:
            one = Established(family, relation, S.One, ("exact enclosures",))
        found += [one] if one is not None else []
    return tuple(found)


def _holds(parts: tuple[Boolean, ...], symbols: set[Any], given: tuple[Boolean, ...]) -> bool:
    """Whether statements in no other symbols are proved under what is given; there may be none."""
    statement = And(*parts, evaluate=False)
    return not parts or (statement.free_symbols <= symbols and decide(statement, given, EFFORT).status == "valid")


def _of_relation(
    problem: Problem, family: Family, relation: Relational, values: Mapping[Any, Any], given: tuple[Boolean, ...], backing: Backing, points: int
) -> Established | None:
    squeezed = _squeezed(relation, family, values, given, backing) if family.squeezed_by else relation
    exists = {variable for one in problem.conclusion.atoms(Exists) for variable in one.variables}
    if squeezed is None or (exists and (not family.squeezed_by or squeezed.has(*exists))):
        return None
    explicit = _with_members(squeezed, values)
    lemmas = needed_lemmas(explicit)
    with_reading = (f"with {family.squeezed_by}",) if family.squeezed_by else ()
    if family.parameter is None:
        equation = Eq(*explicit.args, evaluate=False)
        decision = Decision("valid", level="P3") if explicit.args[0] == explicit.args[1] else decide(equation, given, EFFORT)
        return Established(family, relation, S.One, (decision.by, *with_reading), lemmas=lemmas) if decision.status == "valid" else None
    real = scalarise(explicit)
    if not isinstance(real, Relational) or None in (settled := [without_cases(side, given) for side in real.args]):
        return None
    sides = _closed(real.func(*settled, evaluate=False), given)
    small, large = sides.args if isinstance(sides, (Le, Lt)) else sides.args[::-1]
    ratio = without_cases(small / large, given) if large.evalf(subs={family.parameter: 10**6}).is_positive else None
    if ratio is None or ratio.free_symbols != {family.parameter}:
        return None
    found = _limit(ratio, family.parameter)
    if found is None:
        return None
    certified = tuple((str(at), one) for at in _points(family, points) if (one := ratio_at(problem, relation, family, at)) is not None)
    if any(one.value > 1 for _, one in certified):
        return None
    rate, by = _rate(ratio, family.parameter, given) if found == 1 else ("", "")
    return Established(family, relation, found, ("SymPy limit", *filter(None, (by,)), *with_reading), ratio, rate, lemmas, certified)


def _closed(sides: Boolean, given: tuple[Boolean, ...]) -> Boolean:
    """With its suprema in closed form, where the decision procedure finds it."""
    return closed_suprema(given, sides, lambda goal, facts: decide(goal, facts, EFFORT))[1] if sides.has(Supremum) else sides


def _given(family: Family) -> tuple[Boolean, ...]:
    return () if family.parameter is None else (Ge(family.parameter, family.start, evaluate=False),)


# -- members -----------------------------------------------------------------------------------------------------------


def member_values(problem: Problem, members: Mapping[Any, Any]) -> dict[Any, Any]:
    """The members with the block orders that follow from their shapes.

    Raises:
        NotScalar: if shapes do not fit, or a symbol of the domain has no member.
    """
    values, _ = with_sizes(members)
    if missing := [str(symbol) for symbol in problem.claim.domain_of(problem.reading) if symbol not in values]:
        raise NotScalar(f"no member is given for {', '.join(missing)}")
    return values


def _membership(problem: Problem, members: Mapping[Any, Any], values: Mapping[Any, Any]) -> tuple[Boolean, ...]:
    """That the members satisfy every hypothesis, those of their classes included, and are of the kind of their symbols."""
    hypotheses = [_with_members(hypothesis, values) for hypothesis in problem.hypotheses]
    kinds = [part for symbol in members for part in value_conditions(symbol, values[symbol])]
    return (*hypotheses, *kinds)


def _with_members(node: Any, values: Mapping[Any, Any]) -> Any:
    """The node with members put in; every term of a sequence of matrices is its one member, and an index of which nothing depends is dropped."""
    terms = {symbol.name: value for symbol, value in values.items() if isinstance(symbol, MatrixSequence)}
    put = {term: terms[term.name] for term in node.atoms(SequenceTerm) if term.name in terms}
    found = with_members(node, {**values, **put})
    return found.args[0] if isinstance(found, ForAllIndex) else found


def inside(family: Family, problem: Problem, quantity: Expr, low: Any, high: Any) -> bool:
    """Whether all members are proved to lie in a region of the quantity."""
    try:
        values = member_values(problem, family.members)
        value = with_members(quantity, values)
        bounds = [Ge(value, low, evaluate=False), *([] if high == oo else [Le(value, high, evaluate=False)])]
        return decide(And(*bounds, evaluate=False), _given(family), EFFORT).status == "valid"
    except (NotScalar, TypeError):
        return False


# -- limits ------------------------------------------------------------------------------------------------------------


def _squeezed(relation: Relational, family: Family, values: Mapping[Any, Any], given: tuple[Boolean, ...], backing: Backing) -> Relational | None:
    """The relation with its quantity replaced by a proved bound from the other side, whose hypotheses the members are proved to satisfy."""
    if (found := backing(family.squeezed_by)) is None:
        return None
    claim, reading = found
    other = Problem(claim, reading)
    if any(symbol not in values for symbol in claim.domain_of(reading)):
        return None
    if not _holds(tuple(with_members(one, values) for one in other.hypotheses), {family.parameter}, given):
        return None
    for bound in inequalities(other.conclusion):
        for first, second in ((0, 0), (0, 1), (1, 0), (1, 1)):
            if relation.args[first] == bound.args[second] and _is_larger(relation, first) is not _is_larger(bound, second):
                sides = list(relation.args)
                sides[first] = bound.args[1 - second]
                return relation.func(*sides, evaluate=False)
    return None


def _is_larger(relation: Relational, place: int) -> bool:
    return (place == 1) is isinstance(relation, (Le, Lt))


def without_cases(value: Expr, given: tuple[Boolean, ...]) -> Expr | None:
    """The expression with every case settled under what is given; None where one cannot be."""

    def holds(statement: Boolean) -> bool:
        return statement == True or (statement != False and decide(statement, given, EFFORT).status == "valid")  # noqa: E712

    while (node := first_case(value)) is not None:
        match node:
            case Piecewise():
                chosen = None
                for case, condition in node.args:
                    if holds(condition):
                        chosen = case
                        break
                    if not holds(Not(condition, evaluate=False)):
                        return None
            case Abs():
                inner = node.args[0]
                chosen = inner if holds(Ge(inner, 0, evaluate=False)) else -inner if holds(Le(inner, 0, evaluate=False)) else None
            case Max() | Min():
                order = Ge if isinstance(node, Max) else Le
                chosen = next((one for one in node.args if all(holds(order(one, other, evaluate=False)) for other in node.args if other != one)), None)
            case _:
                return None
        if chosen is None:
            return None
        value = replaced(value, {node: chosen})
    return value


def _limit(ratio: Expr, parameter: Symbol) -> Expr | None:
    """SymPy's limit as the parameter tends to infinity, if it is a number and values of the ratio far out agree with it."""
    variable = Dummy("t", positive=True)
    explicit = ratio.xreplace({parameter: variable})
    try:
        found = limit(explicit, variable, oo)
        far = [explicit.evalf(60, subs={variable: Integer(10) ** power}) for power in (6, 12)]
    except (NotImplementedError, ValueError, TypeError, RecursionError, AttributeError):
        return None
    if not found.is_number or not found.is_finite or not found.is_positive:
        return None
    near, nearer = (abs(value - found) for value in far)
    return found if nearer < Rational(1, 1000) and nearer <= near and all(value < 1 + Rational(1, 10**40) for value in far) else None


def _rate(ratio: Expr, parameter: Symbol, given: tuple[Boolean, ...]) -> tuple[str, str]:
    """``1 − a/t^s <= f(t)`` for all ``t`` of the family, as text, and who proved it; empty where the decision procedure does not."""
    gaps = [float((1 - ratio).evalf(40, subs={parameter: Integer(10) ** power})) for power in (3, 4)]
    if min(gaps) <= 0:
        return "", ""
    power = round(math.log10(gaps[0] / gaps[1]))
    if power < 1:
        return "", ""
    start = max(10, int(given[0].args[1])) if given[0].args[1].is_number else 10
    places = [start, 10 * start, 1000 * start]
    constant = max(float((1 - ratio).evalf(40, subs={parameter: place})) * float(place) ** power for place in places)
    size = Integer(math.ceil(1.01 * constant))
    decision = decide(Ge(ratio, 1 - size / parameter**power, evaluate=False), given, EFFORT)
    return (f"1 − {size}/{parameter}" + (f"^{power}" if power > 1 else ""), decision.by) if decision.status == "valid" else ("", "")


# -- certified ratios --------------------------------------------------------------------------------------------------


def _points(family: Family, count: int) -> list[Rational]:
    start = Rational(family.start)
    return [start * 10**k for k in range(count)]


def ratio_at(problem: Problem, relation: Relational, family: Family, at: Rational | None) -> Ratio | None:
    """The ratio of the sides at one exact member; None where there is none, or it is not proved a member."""
    instance = member_at(problem.domain, family.members, {} if at is None else {family.parameter: at})
    return None if instance is None else enclosed_ratio(problem, relation, instance)


# -- the best constant -------------------------------------------------------------------------------------------------


def best_constant(problem: Problem) -> tuple[BestConstant, Decision] | None:
    """The decision that the reading is false with any smaller constant, by explicit members; None if it is not proved, or none is declared."""
    best = problem.reading.best_constant
    if best is None or replaced(best.statement, {best.symbol: best.value}) != problem.reading.statement:
        return None
    given = (Lt(best.above, best.symbol, evaluate=False), Lt(best.symbol, best.value, evaluate=False))
    try:
        values = member_values(problem, best.members)
        failure = lowered(with_members(_denied(best.statement, best.point is None), values), best.point)
        goal = And(*_membership(problem, best.members, values), failure, evaluate=False)
        if goal.free_symbols - {best.symbol}:
            return None
        decision = decide(goal, given, EFFORT)
    except (NotScalar, TypeError):
        return None
    return (best, decision) if decision.status == "valid" else None


def _denied(statement: Boolean, unstable: bool) -> Boolean:
    """A statement of which every instance is one where the given one is false.

    If ``unstable``, ``K(X) <= s`` fails where ``s`` has a value and ``ρ(X) > 1``: the resolvent is unbounded near an eigenvalue outside the disc.

    Raises:
        NotScalar: if it is neither an inequality nor an implication of one.
    """
    match statement:
        case Implies():
            return And(statement.args[0], _denied(statement.args[1], unstable), evaluate=False)
        case Le() if unstable and isinstance(statement.lhs, KreissConstant):
            defined = [Ne(way.value, 0, evaluate=False) if way.relation == "=" else Ge(way.value, 0, evaluate=False) for way in partial_terms(statement.rhs)]
            return And(Gt(SpectralRadius(statement.lhs.matrix), 1, evaluate=False), *defined, evaluate=False)
        case Relational():
            return negated(statement)
    raise NotScalar(f"{type(statement).__name__} is no bound whose constant could be the best")
