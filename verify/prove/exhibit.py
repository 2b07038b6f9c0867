"""Proofs of existence: explicit members of a class put into the statement, their membership and the inequality that remains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import (
    Abs,
    And,
    Basic,
    BlockMatrix,
    Equivalent,
    Expr,
    I,
    Identity,
    Implies,
    Integer,
    Not,
    Or,
    Piecewise,
    Symbol,
    Tuple,
    ZeroMatrix,
    sympify,
)
from sympy.core.relational import Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import Boolean
from sympy.matrices import ImmutableDenseMatrix as Matrix
from sympy.matrices.matrixbase import MatrixBase

from verify.language.claim import Claim, Exhibit, Reading
from verify.language.logic import Exists, ForAll, SupOverClass
from verify.language.quantities import KreissConstant, ResolventNorm
from verify.prove.explicit import NotScalar, explicit
from verify.prove.literals import partial_terms, replaced, total
from verify.prove.prenex import gathered, known_of

__all__ = ["Exhibited", "binders", "exhibited", "lowered", "value_conditions", "with_members", "with_sizes"]


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
    given, body, bound = _existence(reading.statement)
    members, sizes = with_sizes(step.members)
    missing = [str(variable) for variable in bound if variable not in members]
    if missing:
        raise NotScalar(f"no member is exhibited for {', '.join(missing)}")
    hypotheses = claim.hypotheses_of(reading)
    _check_capture(step.members, bound, body)
    _check_sizes(sizes, bound, (body, *given, *hypotheses), claim.domain_of(reading))
    membership = [with_members(relation, members) for relation in hypotheses if relation.has(*bound)]
    outside = [with_members(relation, members) for relation in (*given, *hypotheses) if not relation.has(*bound)]
    goal = lowered(with_members(body, members), step.point)
    values = [part for symbol in bound for part in value_conditions(symbol, members[symbol])]
    return Exhibited(And(*membership, *values, *gathered(goal), evaluate=False), tuple(outside))


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
    return replaced(relation, {larger: larger.body}), larger.variables


def _check_capture(members: Mapping[Any, Any], bound: tuple[Any, ...], body: Boolean) -> None:
    """Members are for what is bound here, and mention nothing that is bound here or further inside.

    Raises:
        NotScalar: if a symbol of a member would mean something else where the member is put.
    """
    if strangers := [str(symbol) for symbol in members if symbol not in bound]:
        raise NotScalar(f"a member is exhibited for {', '.join(strangers)}, whose existence is not asserted")
    inside = {*bound, *binders(body)}
    for symbol, value in members.items():
        used = sympify(value).free_symbols
        if captured := sorted(str(one) for one in used & inside):
            raise NotScalar(f"the member for {symbol} mentions {', '.join(captured)}, bound by or inside the statement of existence")
    if repeated := sorted(str(symbol) for symbol in set(bound) & binders(body)):
        raise NotScalar(f"{', '.join(repeated)} is bound twice")


def binders(node: Any) -> set[Any]:
    """What quantifiers, suprema, sums and the like bind: the atoms that are no longer free outside some part."""
    if not isinstance(node, Basic):
        return set()
    found = {one for argument in node.args for one in binders(argument)}
    if isinstance(node, Tuple):
        return found
    inner = {one for argument in node.args for one in getattr(argument, "free_symbols", ())}
    return found | (inner - node.free_symbols)


def _check_sizes(sizes: Mapping[Any, Any], bound: tuple[Any, ...], parts: tuple[Any, ...], domain: Mapping[Any, Any]) -> None:
    """A size that a member fixes is the size of what is exhibited only.

    Raises:
        NotScalar: if it is also the size of a matrix for which the statement is to hold whatever its size, or a number in the statement.
    """
    others = [symbol for symbol in domain if symbol not in bound]
    for size in sizes:
        if any(_mentions(part, size, bound) for part in (*parts, *others)):
            raise NotScalar(f"the members fix the size {size}, which occurs outside the shapes of what is exhibited")


def _mentions(node: Any, size: Any, bound: tuple[Any, ...]) -> bool:
    """Whether the size occurs other than in the shape of an exhibited matrix, or of a zero or identity block beside one."""
    if node == size:
        return True
    if node in bound or isinstance(node, (ZeroMatrix, Identity)):
        return False
    if isinstance(getattr(node, "bound", None), Basic):
        return True  # a sequence of matrices
    return any(_mentions(argument, size, bound) for argument in getattr(node, "args", ()))


def value_conditions(symbol: Any, member: Any) -> Iterator[Boolean]:
    """That the member has a value, of the kind that SymPy was told about the symbol.

    Raises:
        NotScalar: if it is not of the kind.
    """
    real = not isinstance(symbol, Symbol) or bool(symbol.is_real)
    for entry in member if isinstance(member, MatrixBase) else (member,):
        if real and (entry.has(I) or any(not one.is_real for one in entry.free_symbols)):
            raise NotScalar(f"the member for {symbol} is not real")
        if isinstance(symbol, Symbol) and symbol.is_integer and not entry.is_integer:
            raise NotScalar(f"the member for {symbol} is not an integer")
        for way in partial_terms(entry):
            yield Ge(way.value, 0, evaluate=False) if way.relation == "<" else Ne(way.value, 0, evaluate=False)
        for piece in entry.atoms(Piecewise):
            if not total(piece):
                yield Or(*(condition for _, condition in piece.args), evaluate=False)
    if isinstance(symbol, Symbol):
        yield from (replaced(relation, {symbol: member}) for relation in known_of([symbol]))


def with_sizes(members: Mapping[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The members with the block orders that their shapes give, and these by themselves.

    Raises:
        NotScalar: if shapes do not fit.
    """
    found: dict[Any, Any] = {}
    orders: dict[Any, Any] = {}
    composite: list[tuple[Any, Any, Any]] = []
    for symbol, value in members.items():
        value = sympify(value)
        found[symbol] = Matrix(value) if isinstance(value, MatrixBase) else value
        if isinstance(value, MatrixBase) != hasattr(symbol, "rows"):
            raise NotScalar(f"the member for {symbol} must be {'a matrix' if hasattr(symbol, 'rows') else 'a scalar'}")
        for size, number in zip((symbol.rows, symbol.cols), value.shape, strict=True) if isinstance(value, MatrixBase) else ():
            if isinstance(size, Symbol):
                orders.setdefault(size, Integer(number))
            composite.append((symbol, size, number))
    for symbol, size, number in composite:
        if sympify(size).xreplace(orders) != number:
            raise NotScalar(f"the member for {symbol} has the shape {found[symbol].shape}, which does not fit {symbol.shape}")
    return {**found, **orders}, orders


_UNEVALUATED = (Relational, And, Or, Not, Implies, Equivalent, Piecewise)


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
    return node.func(*args, evaluate=False) if isinstance(node, _UNEVALUATED) else node.func(*args)


def lowered(statement: Boolean, point: Expr | None) -> Boolean:
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
