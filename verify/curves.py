"""The curves of a report: claimed bounds, the worst found and the sharp bound against the coupling strength κ.

The curves of the bounds are evaluated from the claims' own statements at the 1+1 member with ``‖A‖ = ‖D‖ = γ``, ``‖C‖ = κ(1 − γ)``;
the points are maxima that a small search from scratch finds over 2+2 members. All of it is floating point, for looking at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from sympy import MatrixSymbol, Rational

from verify.domain import Batch, coupling, symmetric
from verify.evaluate.floats import scalar_values
from verify.execute import Together, in_turn
from verify.language.claim import Claim, Reading, own
from verify.language.matrices import block
from verify.language.quantities import ContinuousKreissConstant, KreissConstant
from verify.library import UnknownClaim, resolve
from verify.report.figures import Curve, FigureData
from verify.results import RunResult
from verify.search.effort import Budget, budget
from verify.search.portfolio import Search
from verify.search.problem import Problem

__all__ = ["figures_for"]

GAMMA = Rational(9, 10)
KAPPAS = tuple(float(x) for x in np.geomspace(0.1, 1000, 9))


def figures_for(result: RunResult, together: Together = in_turn) -> Sequence[FigureData]:
    """The figures of a report on these claims; none for claims that speak of neither Kreiss constant. Their searches are made ``together``."""
    ids = {claim.id for claim in result.claims}
    if result.interrupted:
        return ()
    kinds = [(continuous, make) for wanted, continuous, make in (({"T4", "S2"}, False, _discrete), ({"N1", "S9"}, True, _continuous)) if wanted & ids]
    found = together([partial(_worst_found, kappa, continuous, result.seed) for continuous, _ in kinds for kappa in KAPPAS])
    return [make(tuple(found[k * len(KAPPAS) : (k + 1) * len(KAPPAS)])) for k, (_, make) in enumerate(kinds)]


def _bound(claim_id: str, quantity: type, values: dict[str, np.ndarray]) -> np.ndarray | None:
    """The right side of the claim's first inequality ``quantity <= bound`` on a batch of 1+1 members."""
    try:
        claim = resolve(claim_id)
    except UnknownClaim:
        return None
    for relation in _relations(claim.readings[0].statement):
        if isinstance(relation.lts, quantity):
            batch = Batch({"p": 1, "q": 1}, values)
            found = scalar_values(relation.gts, {**batch.sizes, **batch.values})
            return np.broadcast_to(np.asarray(found, dtype=float), (len(KAPPAS),))
    return None


def _relations(statement: Any) -> list[Any]:
    from sympy import And, Ge, Le

    if isinstance(statement, (Le, Ge)):
        return [statement]
    return [relation for arg in statement.args for relation in _relations(arg)] if isinstance(statement, And) else []


def _worst_found(kappa: float, continuous: bool, seed: int) -> float:
    """The largest Kreiss constant that a small search from scratch reaches over 2+2 members."""
    claim = _at_fixed(kappa, continuous)
    problem = Problem(claim, claim.readings[0])
    base = budget("quick")
    spend = Budget(**{**base.__dict__, "batches": 2, "batch_size": 96, "groups": 1, "starts": 4, "steps": 16})
    search = Search(problem, spend, seed)
    search.random()
    search.ascend(("random",), "optimiser")
    best = search.pool.ranked()[:6]
    relation = problem.conclusion
    return max(float(np.ravel(scalar_values(relation.lhs, {**c.batch.sizes, **c.batch.values}))[0]) for c in best)


def _at_fixed(kappa: float, continuous: bool) -> Claim:
    """The claim ``K <= 10^12`` over 2+2 members at one γ (or μ = 1) and one κ: a way to climb K itself."""
    strength = Rational(kappa * float(1 if continuous else 1 - GAMMA)).limit_denominator(10**6)
    a, d, c = MatrixSymbol("A", 2, 2), MatrixSymbol("D", 2, 2), MatrixSymbol("C", 2, 2)
    kind = symmetric(above=Rational(1)) if continuous else symmetric(rho=GAMMA)
    matrix = block([[-a, 0], [-c, -d]]) if continuous else block([[a, 0], [c, d]])
    quantity = ContinuousKreissConstant(matrix) if continuous else KreissConstant(matrix)
    reading = Reading("i", quantity <= 10**12, own("figure"))
    return Claim(f"figure-{int(continuous)}-{KAPPAS.index(kappa)}", "figure", {a: kind, d: kind, c: coupling(norm=strength)}, [reading])


def _curves(
    claimed: str, sharp: str, quantity: type, values: dict[str, np.ndarray], labels: tuple[str, str], found: tuple[float, ...]
) -> tuple[Curve, ...]:
    curves = [Curve("worst found from scratch, 2+2", KAPPAS, found, "found")]
    for claim_id, label, kind in ((sharp, labels[1], "sharp"), (claimed, labels[0], "claimed")):
        bound = _bound(claim_id, quantity, values)
        if bound is not None:
            curves.insert(0, Curve(label, KAPPAS, tuple(map(float, bound)), kind))
    return tuple(curves)


def _column(value: float | np.ndarray) -> np.ndarray:
    return np.broadcast_to(np.asarray(value, dtype=float), (len(KAPPAS),)).reshape(-1, 1, 1)


def _discrete(found: tuple[float, ...]) -> FigureData:
    gamma = float(GAMMA)
    values = {"gamma": np.full(len(KAPPAS), gamma), "A": _column(gamma), "D": _column(gamma), "C": _column(np.array(KAPPAS) * (1 - gamma))}
    curves = _curves("T4", "S2", KreissConstant, values, ("Theorem 4", "sharp bound (S2)"), found)
    return FigureData(
        "kreiss-bounds", "Kreiss constant of block-triangular Jacobians", r"$\kappa=\Vert C\Vert/(1-\gamma)$", r"$\mathcal{K}(J)$", "log", "log", curves,
        f"Bounds of the Kreiss constant at γ = {gamma:g}. Points: the largest value that a search from scratch found over 2+2 members (floating point).",
    )


def _continuous(found: tuple[float, ...]) -> FigureData:
    values = {"mu": np.ones(len(KAPPAS)), "HA": _column(1.0), "HD": _column(1.0), "H_A": _column(1.0), "H_D": _column(1.0), "C": _column(np.array(KAPPAS))}
    curves = _curves("N1", "S9", ContinuousKreissConstant, values, ("N1, as printed", "sharp bound (S9)"), found)
    return FigureData(
        "kreiss-bounds-continuous", "Kreiss constant in continuous time", r"$c/\mu$", r"$\mathcal{K}_c(G)$", "log", "log", curves,
        "Bounds of the continuous-time Kreiss constant at μ = 1. Points: the largest value that a search from scratch found over 2+2 members (floating point).",
    )
