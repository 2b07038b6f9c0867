"""Proofs of existence: explicit members of a class put into the statement, their membership and the inequality that remains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Abs, And, BlockMatrix, Expr, Implies, Integer, Symbol, sympify
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean
from sympy.matrices import ImmutableDenseMatrix as Matrix
from sympy.matrices.matrixbase import MatrixBase

from verify.language.claim import Claim, Exhibit, Reading
from verify.language.logic import Exists, ForAll, SupOverClass
from verify.language.quantities import KreissConstant, ResolventNorm
from verify.prove.explicit import NotScalar, explicit
from verify.prove.prenex import gathered

__all__ = ["Exhibited", "exhibited", "with_members"]


@dataclass(frozen=True)
class Exhibited:
    """What is left to decide: a scalar statement under scalar hypotheses."""

    statement: Boolean
    given: tuple[Boolean, ...]


def exhibited(claim: Claim, reading: Reading, step: Exhibit) -> Exhibited:
    """The statement that the members lie in their classes and satisfy the body, for all parameters.

    Raises:
        NotScalar: if the reading does not assert existence, or something stays that is not scalar.
    """
    members = _with_sizes(step.members)
    given, body, bound = _existence(reading.statement)
    missing = [str(variable) for variable in bound if variable not in members]
    if missing:
        raise NotScalar(f"no member is exhibited for {', '.join(missing)}")
    hypotheses = claim.hypotheses_of(reading)
    membership = [with_members(relation, members) for relation in hypotheses if relation.has(*bound)]
    outside = [with_members(relation, members) for relation in (*given, *hypotheses) if not relation.has(*bound)]
    goal = _lowered(with_members(body, members), step.point)
    return Exhibited(And(*membership, *gathered(goal), evaluate=False), tuple(outside))


def _existence(statement: Boolean) -> tuple[tuple[Boolean, ...], Boolean, tuple[Any, ...]]:
    """Premises, body and the variables whose existence is asserted."""
    match statement:
        case ForAll():
            return _existence(statement.body)
        case Implies():
            given, body, bound = _existence(statement.args[1])
            return (*gathered(statement.args[0]), *given), body, bound
        case Exists():
            return (), statement.body, statement.variables
        case Relational():
            return (), *_above_supremum(statement)
    raise NotScalar("the statement does not assert that something exists")


def _above_supremum(relation: Relational) -> tuple[Boolean, tuple[Any, ...]]:
    """``sup_class q >= s`` follows from ``q >= s`` at a member."""
    larger = relation.lhs if isinstance(relation, (Ge, Gt)) else relation.rhs
    if not isinstance(larger, SupOverClass) or not isinstance(relation, (Ge, Gt, Le, Lt)):
        raise NotScalar("the statement does not assert that something exists")
    return relation.xreplace({larger: larger.body}), larger.variables


def _with_sizes(members: Mapping[Any, Any]) -> dict[Any, Any]:
    """The members, and the block orders that their shapes give."""
    found: dict[Any, Any] = {}
    for symbol, value in members.items():
        value = sympify(value)
        found[symbol] = Matrix(value) if isinstance(value, MatrixBase) else value
        if isinstance(value, MatrixBase):
            sizes = zip((symbol.rows, symbol.cols), value.shape, strict=True)
            found.update({size: Integer(number) for size, number in sizes if isinstance(size, Symbol)})
    return found


def with_members(node: Any, members: Mapping[Any, Any]) -> Any:
    """A statement or expression with members put in; block matrices are written out."""
    if node in members:
        return members[node]
    if not getattr(node, "args", ()):
        return node
    if isinstance(node, BlockMatrix):
        rows, cols = node.blockshape
        parts = [[explicit(with_members(node.blocks[i, j], members)) for j in range(cols)] for i in range(rows)]
        return Matrix.vstack(*(Matrix.hstack(*row) for row in parts))
    if isinstance(node, MatrixBase):
        return Matrix(node.applyfunc(lambda entry: with_members(entry, members)))
    args = [with_members(argument, members) for argument in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, (Relational, And, Implies)) else node.func(*args)


def _lowered(statement: Boolean, point: Expr | None) -> Boolean:
    """``K(X)`` on the greater side of an inequality replaced by ``(|z| − 1)‖(zI − X)^{-1}‖``, ``|z| > 1``, of which it is the supremum."""
    if point is None:
        return statement
    point = sympify(point)
    parts = []
    for part in gathered(statement):
        if isinstance(part, (Ge, Gt, Le, Lt)):
            left, right = part.args
            greater = 0 if isinstance(part, (Ge, Gt)) else 1
            sides = [left, right]
            for constant in _positive_terms(sides[greater]):
                sides[greater] = sides[greater].xreplace({constant: (Abs(point) - 1) * ResolventNorm(constant.matrix, point)})
            part = part.func(*sides, evaluate=False)
        parts.append(part)
    return And(Gt(Abs(point), 1, evaluate=False), *parts, evaluate=False)


def _positive_terms(side: Expr) -> Iterator[KreissConstant]:
    """Kreiss constants that stand as a term of their own with a positive factor, and nowhere else."""
    for term in side.as_ordered_terms():
        factor, rest = term.as_coeff_Mul()
        if isinstance(rest, KreissConstant) and factor > 0 and not (side - term).has(rest):
            yield rest


