"""Relations as literals ``e < 0``, ``e <= 0``, ``e = 0``, ``e != 0``, and substitution that evaluates no relation on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from typing import Literal as OneOf

from sympy import Abs, And, Basic, Equivalent, Expr, Implies, Max, Min, Not, Or, Piecewise, Pow, Rational, nan, oo, zoo
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational

__all__ = ["Literal", "Relation", "Role", "first_case", "has_root", "literal_of", "negated", "partial_terms", "replaced", "total", "undefined"]

Relation = OneOf["<", "<=", "=", "!="]
Role = OneOf["given", "condition", "derived"]
_UNEVALUATED = (Piecewise, Relational, And, Or, Not, Implies, Equivalent)
_NEGATION = {Eq: Ne, Ne: Eq, Le: Gt, Gt: Le, Lt: Ge, Ge: Lt}


@dataclass(frozen=True)
class Literal:
    """``value relation 0``, assumed not to be false: it holds, or has no value.

    ``role`` tells where it stands in a case distinction: a ``condition`` chose a case, a ``derived`` literal is what an earlier one
    became in that case.
    """

    value: Expr
    relation: Relation
    role: Role = "given"


def literal_of(relation: Relational, role: Role = "given") -> Literal:
    """A SymPy relation as a literal."""
    left, right = relation.args
    if isinstance(relation, (Gt, Ge)):
        left, right = right, left
    signs: dict[type, Relation] = {Eq: "=", Ne: "!=", Lt: "<", Gt: "<", Le: "<=", Ge: "<="}
    value = left - right
    if any(piece not in value.atoms(Piecewise) for side in (left, right) for piece in side.atoms(Piecewise) if not total(piece)):
        value = nan  # a term that may have no value cancelled
    return Literal(value, signs[type(relation)], role)


def total(piecewise: Piecewise) -> bool:
    """Whether some case of it always applies, by its form."""
    return piecewise.args[-1][1] == True  # noqa: E712


def negated(relation: Relational) -> Relational:
    """The relation that holds where this one has a value and fails."""
    return _NEGATION[type(relation)](*relation.args, evaluate=False)


def undefined(value: Basic) -> bool:
    """Whether SymPy's construction met a division by zero or the like."""
    return value.has(nan, zoo, oo, -oo)


def replaced(node: Any, mapping: Mapping[Any, Any]) -> Any:
    """``node`` with subterms replaced; relations, ``Piecewise`` and logic are rebuilt without evaluation."""
    if node in mapping:
        return mapping[node]
    if not getattr(node, "args", ()):
        return node
    args = [replaced(argument, mapping) for argument in node.args]
    if all(new is old for new, old in zip(args, node.args, strict=True)):
        return node
    return node.func(*args, evaluate=False) if isinstance(node, _UNEVALUATED) else node.func(*args)


def first_case(node: Basic) -> Expr | None:
    """An outermost ``Piecewise``, whose conditions guard what is inside; else an innermost ``Abs``, ``Max`` or ``Min``, if there is one."""
    return _outermost_piecewise(node) or _innermost_case(node)


def _outermost_piecewise(node: Basic) -> Expr | None:
    if isinstance(node, Piecewise):
        return node
    return next((found for part in node.args if isinstance(part, Basic) and (found := _outermost_piecewise(part)) is not None), None)


def _innermost_case(node: Basic) -> Expr | None:
    for argument in node.args:
        if isinstance(argument, Basic) and (found := _innermost_case(argument)) is not None:
            return found
    return node if isinstance(node, (Abs, Max, Min)) else None


def partial_terms(node: Basic) -> Iterator[Literal]:
    """What must not be true for the expression to have a value, innermost first: a denominator is zero, a radicand negative."""
    for argument in node.args:
        if isinstance(argument, Basic):
            yield from partial_terms(argument)
    if not isinstance(node, Pow) or not isinstance(node.exp, Rational) or (node.base.is_Rational and node.base > 0):
        return
    if not node.exp.is_Integer:
        yield Literal(node.base, "<")
    if node.exp < 0:
        yield Literal(node.base, "=")


def has_root(value: Basic) -> bool:
    """Whether a radical occurs."""
    return any(isinstance(node, Pow) and not node.exp.is_Integer for node in value.atoms(Pow))
