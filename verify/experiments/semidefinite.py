"""``min √cond(P)`` over ``P ≻ 0``, ``JᵀPJ ⪯ P`` by cvxpy and Clarabel, and the exact examination of what the solver returns.

A solver's ``P`` is a proposal: it counts only if ``P ≻ 0`` and ``P − JᵀPJ ⪰ 0`` hold exactly, in rational arithmetic, for the floats as they are.
"""

from __future__ import annotations

import importlib.util
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.numerics.arrays import Array, square
from verify.numerics.exact import RationalMatrix
from verify.numerics.positivity import is_psd

__all__ = ["NOT_INSTALLED", "Solved", "examine_form", "solve"]

NOT_INSTALLED = "not run: cvxpy with Clarabel is not installed; the extra “experiments” brings them"


@dataclass(frozen=True)
class Solved:
    """``value = √cond(P)`` of an admissible ``P``; None with the reason where the solver failed or its ``P`` is not admissible."""

    value: float | None
    reason: str


def solve(J: Any, margin: float = 0.0) -> Solved:
    """Minimise ``s`` over ``I ⪯ P ⪯ sI``, ``P − JᵀPJ ⪰ margin·I``, and examine the ``P`` that comes back.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers.
    """
    matrix = square(J)
    if importlib.util.find_spec("cvxpy") is None or importlib.util.find_spec("clarabel") is None:
        return Solved(None, NOT_INSTALLED)
    import cvxpy

    n = len(matrix)
    P, s, identity = cvxpy.Variable((n, n), symmetric=True), cvxpy.Variable(), np.eye(n)
    constraints = [P >> identity, P << s * identity, P - matrix.T @ P @ matrix >> margin * identity]
    problem = cvxpy.Problem(cvxpy.Minimize(s), constraints)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an inaccurate solution is examined below like any other
            problem.solve(solver=cvxpy.CLARABEL)
    except cvxpy.error.SolverError as error:
        return Solved(None, f"the solver failed: {' '.join(str(error).split())}")
    if P.value is None:
        return Solved(None, f"the solver returned no P: {problem.status}")
    return examine_form(matrix, np.asarray(P.value))


def examine_form(J: Array, P: Array) -> Solved:
    """``√cond(P)`` if ``P ≻ 0`` and ``JᵀPJ ⪯ P`` hold exactly, else by how much they fail."""
    if not np.isfinite(P).all():
        return Solved(None, "the solver's P is not finite")
    P = 0.5 * (P + P.T)
    form, matrix = RationalMatrix.from_floats(P), RationalMatrix.from_floats(J)
    w = np.linalg.eigvalsh(P)
    if not is_psd(form, strict=True):
        return Solved(None, f"P is not positive definite: least eigenvalue {w[0]:.1e}")
    if not is_psd(form - matrix.adjoint() * form * matrix):
        least = np.linalg.eigvalsh(P - J.T @ P @ J)[0]
        return Solved(None, f"infeasible: λ_min(P − JᵀPJ) = {least:.1e}" if least < 0 else "infeasible by less than rounding shows")
    return Solved(float(np.sqrt(w[-1] / w[0])), "feasible, exactly")
