"""Do the hypotheses of a reading contradict each other?

Hypotheses over scalars go to the decision procedure as they are. Quantities of matrices that have no closed form become unknowns, with what is known of
them for every matrix: fewer facts than there are, so that a contradiction among them is a contradiction, and none is no news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Dummy, Eq, Implies, MatrixSymbol, Not
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.matrices.expressions.matexpr import MatrixElement

from verify.language.logic import Normal, PositiveDefinite, PositiveSemidefinite, Symmetric
from verify.language.quantities import (
    ExponentialNorm,
    KreissConstant,
    LargestEigenvalue,
    MatrixQuantity,
    Norm,
    NumericalRadius,
    SmallestEigenvalue,
    SmallestSingularValue,
    SpectralAbscissa,
    SpectralRadius,
)
from verify.prove.scalarise import NotScalar
from verify.prove.solver import decide
from verify.search.problem import Problem

__all__ = ["vacuous"]

_FINITE = (Norm, NumericalRadius, SmallestSingularValue, SpectralRadius, SpectralAbscissa, ExponentialNorm, LargestEigenvalue, SmallestEigenvalue)
_MOST_UNKNOWNS = 12


def vacuous(problem: Problem) -> bool:
    """Does the decision procedure prove that no instance satisfies the hypotheses?"""
    hypotheses = tuple(problem.hypotheses)
    return bool(hypotheses) and (_contradictory(hypotheses) or _contradictory_in_unknowns(hypotheses))


def _contradictory(relations: Sequence[Boolean]) -> bool:
    first, *others = relations
    try:
        return decide(Not(first), tuple(others)).status == "valid"
    except (NotScalar, TypeError, ValueError):
        return False


def _contradictory_in_unknowns(hypotheses: Sequence[Boolean]) -> bool:
    """A Kreiss constant may be infinite, which no unknown is; then ``‖X‖ > 1``, and every hypothesis about it is left out."""
    relations = [part for part in hypotheses if isinstance(part, Relational)]
    constants = list(dict.fromkeys(atom for part in relations for atom in _outermost(part) if isinstance(atom, KreissConstant)))
    if len(constants) > 1:
        relations = [part for part in relations if not part.has(KreissConstant)]
        constants = []
    if not constants:
        return _decided(hypotheses, relations, [])
    (K,) = constants
    contraction = Norm(K.args[0]) <= 1
    finite = [K >= 1, Implies(contraction, Eq(K, 1, evaluate=False))]
    without = [part for part in relations if not part.has(KreissConstant)]
    return _decided(hypotheses, relations, finite) and _decided(hypotheses, without, [Not(contraction)])


def _decided(hypotheses: Sequence[Boolean], relations: Sequence[Boolean], facts: Sequence[Boolean]) -> bool:
    atoms = {atom for part in (*relations, *facts) for atom in _outermost(part)}
    known = [*facts, *_facts(hypotheses, atoms)]
    atoms |= {atom for part in known for atom in _outermost(part)}
    if len(atoms) > _MOST_UNKNOWNS:
        return False
    unknowns = {atom: Dummy(f"u{k}", real=True) for k, atom in enumerate(sorted(atoms, key=str))}
    stated = [part.xreplace(unknowns) for part in (*relations, *known)]
    usable = [part for part in stated if isinstance(part, Boolean) and not part.atoms(MatrixSymbol) and not part.has(MatrixQuantity)]
    return bool(usable) and _contradictory(usable)


def _outermost(expr: Any) -> Iterator[Any]:
    """Quantities and entries that are finite real numbers, and Kreiss constants, those inside others left out."""
    if isinstance(expr, (*_FINITE, KreissConstant, MatrixElement)):
        yield expr
    elif not isinstance(expr, MatrixQuantity):
        for arg in getattr(expr, "args", ()):
            yield from _outermost(arg)


def _facts(hypotheses: Sequence[Boolean], atoms: set[Any]) -> Iterator[Boolean]:
    """``0 <= ρ <= w <= ‖X‖ <= 2w``, equal for normal ``X``; an entry is at most the norm; minors of order 2 of ``X − a ⪰ 0``."""
    matrices = {atom.args[0] for atom in atoms if isinstance(atom, (*_FINITE, KreissConstant, MatrixElement))}
    normal = {part.args[0] for part in hypotheses if isinstance(part, (Normal, Symmetric, PositiveSemidefinite, PositiveDefinite))}
    for X in sorted(matrices, key=str):
        norm = Norm(X)
        yield norm >= 0
        if any(isinstance(atom, (SpectralRadius, NumericalRadius, KreissConstant)) and atom.args[0] == X for atom in atoms):
            radius, numerical = SpectralRadius(X), NumericalRadius(X)
            yield from (radius >= 0, radius <= numerical, numerical <= norm, norm <= 2 * numerical)
            if X in normal:
                yield Eq(norm, radius, evaluate=False)
        for entry in sorted((atom for atom in atoms if isinstance(atom, MatrixElement) and atom.args[0] == X), key=str):
            yield from (entry <= norm, -entry <= norm)
    for part in hypotheses:
        if isinstance(part, (PositiveSemidefinite, PositiveDefinite)) and isinstance(part.args[0], MatrixSymbol):
            yield from _minors(part.args[0], atoms)


def _minors(X: Any, atoms: set[Any]) -> Iterator[Boolean]:
    """``X[i, i] >= 0`` and ``X[i, j]² <= X[i, i] X[j, j]`` for a positive semidefinite ``X``, where its entries are spoken of."""
    for entry in sorted((atom for atom in atoms if isinstance(atom, MatrixElement) and atom.args[0] == X), key=str):
        i, j = entry.args[1:]
        yield X[i, i] >= 0
        yield X[j, j] >= 0
        if i != j:
            yield entry**2 <= X[i, i] * X[j, j]
