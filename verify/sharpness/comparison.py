"""Two bounds of one quantity as a scalar question: the printed one and a sharper one, with what is known of the letters in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Abs, And, Dummy, Eq, Expr, Ge, Gt, Le, Lt, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from verify.language.logic import Exists, ForAll
from verify.language.quantities import KreissConstant, MatrixQuantity
from verify.prove.literals import replaced
from verify.search.problem import Problem

__all__ = ["Comparison", "compared", "inequalities"]

_UPPER, _LOWER = (Le, Lt), (Ge, Gt)


@dataclass(frozen=True)
class Comparison:
    """``large`` and ``small`` bound one quantity from the same side; the printed bound is the worse of the two.

    An upper bound is printed as ``large``, a lower bound as ``small``. For a statement that some member has a quantity of at least
    ``small``, ``large`` is the largest that the class allows.
    """

    large: Expr
    small: Expr
    printed: Relational
    """The inequality of the reading, in its own letters."""
    sharp: Relational
    given: tuple[Boolean, ...]
    letters: Mapping[Expr, Symbol] = field(default_factory=dict)
    """What stands for the norms and moduli of the bounds: a symbol that may be any number of their range."""
    exists: bool = False
    upper: bool = False
    """Whether the printed bound is an upper bound."""

    def scalar(self, value: Expr) -> Expr:
        """An expression in the claim's letters, in those of the comparison."""
        return replaced(value, self.letters)


def inequalities(statement: Any) -> tuple[Relational, ...]:
    """The inequalities that a conclusion consists of; under ``Exists`` those of its body."""
    match statement:
        case ForAll() | Exists():
            return inequalities(statement.body)
        case And():
            return tuple(itertools.chain.from_iterable(map(inequalities, statement.args)))
        case Le() | Lt() | Ge() | Gt():
            return (statement,)
    return ()


def compared(problem: Problem) -> Comparison | None:
    """The comparison of a reading with its sharp form; None unless both bound one quantity and the bounds are scalar expressions.

    Norms, Kreiss constants and moduli in the bounds become letters of their own, of which only the range is kept (``‖X‖ >= 0``, ``K >= 1``)
    and what scalar hypotheses say: more values than the class has, so that an inequality proved for all of them holds over the class.
    """
    sharp = problem.reading.sharp
    if sharp is None or not isinstance(sharp.statement, Relational):
        return None
    bound_here = {variable for one in problem.reading.statement.atoms(Exists) for variable in one.variables}
    exists = bool(bound_here)
    for printed in inequalities(problem.reading.statement):
        if printed == sharp.statement or (sides := _sides(printed, sharp.statement, exists)) is None:
            continue
        quantity, bound, best, upper = sides
        if bound.has(quantity) or best.has(quantity) or (bound_here and (bound.has(*bound_here) or best.has(*bound_here))):
            continue
        letters = _letters(bound, best, *(() if sharp.regions is None else (sharp.regions.quantity,)))
        bound, best = (replaced(one, letters) for one in (bound, best))
        if bound.atoms(MatrixQuantity) or best.atoms(MatrixQuantity):
            return None
        large, small = (bound, best) if upper else (best, bound)
        known = bound.free_symbols | best.free_symbols | set(letters.values())
        return Comparison(large, small, printed, sharp.statement, tuple(_known(problem, letters, known)), letters, exists, upper)
    return None


def _sides(printed: Relational, sharp: Relational, exists: bool) -> tuple[Expr, Expr, Expr, bool] | None:
    """Quantity, printed bound, sharp bound, and whether the printed one is an upper bound."""
    quantity, bound = printed.args
    if quantity not in sharp.args:
        quantity, bound, printed = bound, quantity, printed.reversed
    if quantity not in sharp.args:
        return None
    sharp = sharp if sharp.args[0] == quantity else sharp.reversed
    upper = isinstance(printed, _UPPER)
    if exists:  # the class allows no more than the sharp upper bound
        return (quantity, bound, sharp.args[1], False) if not upper and isinstance(sharp, (Le, Lt, Eq)) else None
    same = isinstance(sharp, (Eq, *(_UPPER if upper else _LOWER)))
    return (quantity, bound, sharp.args[1], upper) if same else None


def _letters(*values: Expr) -> dict[Expr, Symbol]:
    found: dict[Expr, Symbol] = {}
    for node in sorted({node for value in values for node in value.atoms(MatrixQuantity, Abs)}, key=str):
        inside = node.args[0]
        if isinstance(node, MatrixQuantity) or any(symbol.is_real is not True for symbol in inside.free_symbols):
            found[node] = Dummy(f"{type(node).__name__.lower()}{len(found)}", real=True)
    return found


def _known(problem: Problem, letters: Mapping[Expr, Symbol], symbols: set[Any]) -> Iterator[Boolean]:
    for node, letter in letters.items():
        yield Ge(letter, 1 if isinstance(node, KreissConstant) else 0, evaluate=False)
    for hypothesis in problem.hypotheses:
        scalar = replaced(hypothesis, letters)
        if isinstance(scalar, (Relational, Boolean)) and scalar.free_symbols and scalar.free_symbols <= symbols and not scalar.atoms(MatrixQuantity):
            yield scalar
