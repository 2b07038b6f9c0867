"""Suprema over the complex plane by their definition: a statement without the supremum that implies the one with it."""

from __future__ import annotations

import itertools
from collections.abc import Set as AbstractSet

from sympy import Abs, And, Expr, Implies, Symbol
from sympy.core.relational import Eq, Ge, Le, Relational
from sympy.logic.boolalg import Boolean

from verify.language.logic import ForAll
from verify.language.quantities import KreissConstant, MatrixQuantity, PseudospectralRadius, ResolventNorm, SpectralRadius
from verify.prove.prenex import symbols_of

__all__ = ["by_definition", "needed_lemmas"]

_LEMMAS = {
    "KreissConstant": "closed form of the Kreiss constant of a real 2x2 matrix with real eigenvalues in (-1, 1)",
    "PseudospectralRadius": "closed form of the pseudospectral radius of a real 2x2 matrix with real eigenvalues",
    "NumericalRadius": "closed form of the numerical radius of a real 2x2 matrix with real eigenvalues",
}
_WHERE = "proof in verify/prove/two_by_two.py"


def needed_lemmas(*statements: Boolean) -> tuple[str, ...]:
    """The closed forms, proved by hand, on which a decision of these statements rests."""
    quantities = [node for one in statements for node in one.atoms(MatrixQuantity)]
    names = {type(node).__name__ for node in quantities if getattr(node.matrix, "shape", (2, 2)) != (1, 1)}
    return tuple(f"{text} ({_WHERE})" for name, text in _LEMMAS.items() if name in names)


def by_definition(statement: Boolean, taken: AbstractSet[str] = frozenset()) -> Boolean | None:
    """A statement that implies the given one and speaks of resolvent norms in place of suprema; None if there is nothing to replace.

    ``K(X) <= s``: at every ``|z| > 1``, ``(|z| − 1)‖R(z)‖ <= s``. ``ρ_ε(X) <= s``: wherever ``‖R(z)‖ > 1/ε``, ``|z| <= s``. ``ρ_ε(X) >=
    s``: ``‖R(r)‖ > 1/ε`` for all real ``r`` with ``ρ(X) < r < s`` (if there are none, ``s <= ρ(X)``, and eigenvalues count). The new variables
    get names that are not ``taken``, nor those of symbols of the statement.
    """
    return _defined(statement, taken | {str(symbol) for symbol in symbols_of(statement)})


def _defined(statement: Boolean, taken: AbstractSet[str]) -> Boolean | None:
    match statement:
        case And():
            parts = [_defined(part, taken) for part in statement.args]
            if all(part is None for part in parts):
                return None
            return And(*(old if new is None else new for new, old in zip(parts, statement.args, strict=True)), evaluate=False)
        case Implies():
            inner = _defined(statement.args[1], taken)
            return None if inner is None else Implies(statement.args[0], inner, evaluate=False)
        case ForAll():
            inner = _defined(statement.body, taken)
            return None if inner is None else ForAll(statement.variables, inner)
        case Eq() | Le() | Ge():
            return _of_relation(statement, taken)
    return None


def _of_relation(relation: Relational, taken: AbstractSet[str]) -> Boolean | None:
    left, right = relation.args
    if not isinstance(left, (KreissConstant, PseudospectralRadius)):
        left, right = right, left
        relation = {Le: Ge, Ge: Le}.get(type(relation), Eq)(left, right, evaluate=False)
    upper = None if isinstance(relation, Ge) else _at_most(left, right, taken)
    lower = None if isinstance(relation, Le) else _at_least(left, right, taken)
    if isinstance(relation, Eq):
        return None if upper is None or lower is None else And(upper, lower, evaluate=False)
    return upper if lower is None else lower


def _fresh(letter: str, taken: AbstractSet[str]) -> str:
    """A name that is nobody's, nor are those of its real and imaginary part."""
    names = (f"{letter}_" + "'" * k for k in itertools.count())
    return next(name for name in names if not {name, f"re({name})", f"im({name})"} & taken)


def _at_most(quantity: Expr, bound: Expr, taken: AbstractSet[str]) -> Boolean | None:
    z = Symbol(_fresh("z", taken), complex=True)
    match quantity:
        case KreissConstant():
            inside = (Abs(z) - 1) * ResolventNorm(quantity.matrix, z) <= bound
            return ForAll([z], Implies(Abs(z) > 1, inside, evaluate=False))
        case PseudospectralRadius():
            matrix, epsilon = quantity.args
            large = ResolventNorm(matrix, z) > 1 / epsilon
            return And(epsilon > 0, ForAll([z], Implies(large, Abs(z) <= bound, evaluate=False)), evaluate=False)
    return None


def _at_least(quantity: Expr, bound: Expr, taken: AbstractSet[str]) -> Boolean | None:
    r = Symbol(_fresh("r", taken), real=True)
    if not isinstance(quantity, PseudospectralRadius):
        return None
    matrix, epsilon = quantity.args
    between = And(SpectralRadius(matrix) < r, r < bound, evaluate=False)
    return And(epsilon > 0, ForAll([r], Implies(between, ResolventNorm(matrix, r) > 1 / epsilon, evaluate=False)), evaluate=False)
