"""Case distinctions: statements assumed together are split into branches of literals without ``Piecewise``, ``Abs``, ``Max``, ``Min``.

A relation in which a denominator vanishes or a radicand is negative has no value, and logic over such relations is Kleene's: a statement
is *true*, *false* or neither. To *assume* a statement here means that it is **not false**. A statement follows from others if no point
makes all of these not false while it is not true, which is the same as its negation being not false; so validity counts a point without a
value as a failure, and a refutation does not count it as a success. Branches cover: where all assumed statements are not false, those of
some branch are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Abs, Add, And, Equivalent, Expr, Implies, Max, Min, Not, Or, Piecewise, S
from sympy.core.relational import Ge, Le, Lt, Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from verify.language.logic import ForAll
from verify.prove.contradiction import Contradictions, Finding
from verify.prove.literals import Literal, Role, first_case, has_root, literal_of, negated, replaced, undefined

__all__ = ["Assumed", "Branch", "Tableau", "TooManyCases", "denial"]

_MOST_BRANCHES = 1500
_MOST_SPLITS = 3


class TooManyCases(RuntimeError):
    """The statement splits into more cases than a decision handles."""


@dataclass(frozen=True)
class Assumed:
    """A statement that is assumed, and how it came to be."""

    statement: Boolean
    role: Role = "given"


@dataclass(frozen=True)
class Branch:
    """What is still to be taken apart, and the literals that came of the rest. ``fresh``: a condition was added since the last question."""

    pending: tuple[Assumed | Literal, ...]
    literals: tuple[Literal, ...] = ()
    fresh: bool = False
    splits: int = 0

    def ahead(self, *parts: Assumed | Literal) -> Branch:
        """With these parts first: what comes of a statement keeps its place, and a literal stays behind the conditions that it rests on."""
        return replace(self, pending=(*parts, *self.pending))


def denial(statement: Boolean) -> Boolean:
    """The negation, one step inwards."""
    match statement:
        case BooleanTrue():
            return S.false
        case BooleanFalse():
            return S.true
        case Relational():
            return negated(statement)
        case Not():
            return statement.args[0]
        case And():
            return Or(*map(denial, statement.args), evaluate=False)
        case Or():
            return And(*map(denial, statement.args), evaluate=False)
        case Implies():
            return And(statement.args[0], denial(statement.args[1]), evaluate=False)
        case Equivalent():
            return _unequal(*statement.args)
        case ForAll():
            return denial(statement.body)
    raise TypeError(f"{type(statement).__name__} is not a statement over the reals: {statement}")


def _unequal(first: Boolean, second: Boolean) -> Boolean:
    return Or(And(first, denial(second), evaluate=False), And(denial(first), second, evaluate=False), evaluate=False)


@dataclass
class Tableau:
    """Takes branches apart and asks whether each is contradictory. ``open`` are findings that are not."""

    contradictions: Contradictions
    branches: int = 0

    def open(self, assumed: Sequence[Boolean]) -> Iterator[Finding]:
        """Findings on the branches that are not contradictory; none means that the assumed statements exclude each other."""
        todo = [Branch(tuple(map(Assumed, assumed)))]
        while todo:
            branch = todo.pop()
            self.branches += 1
            if self.branches > _MOST_BRANCHES:
                raise TooManyCases(f"more than {_MOST_BRANCHES} cases")
            if branch.pending:
                todo += reversed(self._step(branch))
                continue
            finding = self._ask(branch)
            if finding.kind == "unknown" and (halves := self._halves(branch)):
                todo += halves
            elif finding.kind != "unsat":
                yield finding

    def _halves(self, branch: Branch) -> list[Branch]:
        """The branch split by the sign of a symbol, where nothing tells that sign and not too many splits were made."""
        if branch.splits == _MOST_SPLITS or (symbol := self.contradictions.unsigned_symbol(branch.literals)) is None:
            return []
        return [replace(branch, literals=(*branch.literals, Literal(value, "<=")), splits=branch.splits + 1) for value in (symbol, -symbol)]

    def _ask(self, branch: Branch, *, quick: bool = False) -> Finding:
        finding = self.contradictions.ask(branch.literals, quick=quick)
        if finding.kind == "unsat":
            self.contradictions.used(finding)
        return finding

    def _step(self, branch: Branch) -> list[Branch]:
        first, *rest = branch.pending
        branch = replace(branch, pending=tuple(rest))
        if isinstance(first, Assumed):
            return self._statement(branch, first.statement, first.role)
        if undefined(first.value):
            return [branch]
        if (case := first_case(first.value)) is not None:
            return self._cases(branch, first, case)
        branch = replace(branch, literals=(*branch.literals, first), fresh=branch.fresh or first.role == "condition")
        if not branch.fresh or any(part.role == "condition" for part in branch.pending):
            return [branch]
        return [] if self._ask(branch, quick=True).kind == "unsat" else [replace(branch, fresh=False)]

    # -- logic ---------------------------------------------------------------------------------------------------------

    def _statement(self, branch: Branch, statement: Boolean, role: Role) -> list[Branch]:
        match statement:
            case BooleanTrue() | ForAll():  # an assumption ForAll is not used
                return [branch]
            case BooleanFalse():
                return []
            case Relational():
                return [branch.ahead(literal_of(statement, role))]
            case And():
                return [branch.ahead(*(Assumed(part, role) for part in statement.args))]
            case Or():
                return [branch.ahead(Assumed(part, role)) for part in statement.args]
            case Implies():
                return [branch.ahead(Assumed(denial(statement.args[0]), role)), branch.ahead(Assumed(statement.args[1], role))]
            case Equivalent():
                first, second = statement.args
                both = branch.ahead(Assumed(first, role), Assumed(second, role))
                return [both, branch.ahead(Assumed(denial(first), role), Assumed(denial(second), role))]
            case Not():
                return [branch.ahead(Assumed(denial(statement.args[0]), role))]
        raise TypeError(f"{type(statement).__name__} is not a statement over the reals: {statement}")

    # -- cases ---------------------------------------------------------------------------------------------------------

    def _cases(self, branch: Branch, literal: Literal, case: Expr) -> list[Branch]:
        whole = (literal, *branch.pending)
        if isinstance(case, Abs) and (sign := self.contradictions.sign_of(case.args[0])):
            return [replace(branch, pending=tuple(_substituted(whole, case, sign * case.args[0])))]
        if (parts := _without_condition(literal, case)) is not None:
            together, values = parts
            literals = [replace(literal, value=value) for value in values]
            groups = [literals] if together else [[one] for one in literals]
            return [branch.ahead(*group) for group in groups]
        found = []
        for conditions, value in _alternatives(case):
            opened = tuple(Assumed(condition, "condition") for condition in conditions)
            found.append(replace(branch, pending=(*opened, *_substituted(whole, case, value, derived=True))))
        return found


def _substituted(
    parts: Sequence[Assumed | Literal], case: Expr, value: Expr | None, *, derived: bool = False
) -> Iterator[Assumed | Literal]:
    """``value`` in place of ``case``; where it has none, what contains it says nothing and is left out."""
    for part in parts:
        inner = part.value if isinstance(part, Literal) else part.statement
        if not inner.has(case):
            yield part
        elif value is not None:
            role: Role = "derived" if derived and part.role == "given" else part.role
            new = replaced(inner, {case: value})
            yield Literal(new, part.relation, role) if isinstance(part, Literal) else Assumed(new, role)


def _alternatives(case: Expr) -> Iterator[tuple[tuple[Boolean, ...], Expr | None]]:
    """Conditions and values that cover all points; a value of None where the expression has none."""
    match case:
        case Abs():
            inner = case.args[0]
            yield (Ge(inner, 0, evaluate=False),), inner
            yield (Lt(inner, 0, evaluate=False),), -inner
        case Max() | Min():
            order = Ge if isinstance(case, Max) else Le
            for chosen in case.args:
                yield tuple(order(chosen, other, evaluate=False) for other in case.args if other is not chosen), chosen
        case Piecewise():
            before: tuple[Boolean, ...] = ()
            for value, condition in case.args:
                yield (*before, condition), value
                before = (*before, denial(condition))
            if S.false not in before:
                yield before, None


def _without_condition(literal: Literal, case: Expr) -> tuple[bool, tuple[Expr, ...]] | None:
    """``a|e| + rest <= 0`` as both or one of ``±ae + rest <= 0``, and alike for ``Max``, ``Min``, if it is the only one: (both, values).

    Not beside roots: there the solver is better off with one literal and the condition of its case than with several.
    """
    if literal.relation not in ("<", "<=") or isinstance(case, Piecewise) or has_root(literal.value):
        return None
    for term in Add.make_args(literal.value):
        coefficient, factor = term.as_coeff_Mul()
        rest = literal.value - term
        if factor == case and first_case(rest) is None:
            choices = (case.args[0], -case.args[0]) if isinstance(case, Abs) else case.args
            return (coefficient > 0) != isinstance(case, Min), tuple(coefficient * choice + rest for choice in choices)
    return None
