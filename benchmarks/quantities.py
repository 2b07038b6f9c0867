"""The quantities around a transient: ``min √cond(P)`` with a verified ``P`` beside cvxpy with Clarabel, and every other float/rigorous pair.

Run with ``make bench`` or ``python benchmarks/quantities.py``. cvxpy is not a dependency: ``pip install cvxpy clarabel`` to see that column.
"""

from __future__ import annotations

import importlib.util
import statistics
from fractions import Fraction
from typing import Any

import numpy as np
from _jobs import jacobian, seconds

import verify

INSTANCES = {4: 5, 20: 5, 80: 2}
WITHIN = 0.05
ENCLOSURES = {"kreiss_constant": "kreiss_enclosure"}


def clarabel(J: np.ndarray) -> float:
    """``min √cond(P)`` as the usual semidefinite programme, ``min s`` subject to ``I ⪯ P ⪯ sI``, ``JᵀPJ ⪯ P``."""
    import cvxpy

    n = len(J)
    P, s = cvxpy.Variable((n, n), symmetric=True), cvxpy.Variable()
    problem = cvxpy.Problem(cvxpy.Minimize(s), [P >> np.eye(n), s * np.eye(n) >> P, P - J.T @ P @ J >> 0])
    problem.solve(solver=cvxpy.CLARABEL)
    return float(np.sqrt(s.value))


def similarity() -> None:
    # an order of 80 is 3240 unknowns and minutes for the solver
    there = importlib.util.find_spec("cvxpy") is not None
    print(f"min √cond(P) within {WITHIN:.0%}, processor seconds (median of the instances)")
    print(f"{'n':>4} {'float':>8} {'verified':>9} {'width':>8} {'cvxpy + Clarabel':>17} {'ratio':>6} {'over our lower bound':>21}")
    for n, count in INSTANCES.items():
        rng = np.random.default_rng(n)
        rows = []
        for kappa in np.geomspace(5, 100, count):
            J = jacobian(rng, n // 2, n // 2, 0.9, kappa)
            found: list[Any] = []
            floats = seconds(lambda J=J: verify.similarity_bound(J, WITHIN))
            exact = seconds(lambda J=J, found=found: found.append(verify.similarity_bound_enclosure(J, WITHIN)))
            value: list[float] = []
            solver = seconds(lambda J=J, value=value: value.append(clarabel(J))) if there and n <= 20 else float("nan")
            low, high = found[0].floats
            gap = value[0] / low - 1 if value else float("nan")
            rows.append((floats, exact, high / low - 1, solver, gap))
        floats, exact, width, solver, gap = (statistics.median(column) for column in zip(*rows, strict=True))
        above = f"{gap:+.1e}" if gap == gap else "-"
        print(f"{n:4} {floats:8.3f} {exact:9.3f} {width:8.1e} {_cell(solver, 17)} {_cell(solver / exact, 6, 0)} {above:>21}")


def _cell(value: float, width: int, digits: int = 2) -> str:
    return f"{value:{width}.{digits}f}" if value == value else f"{'-':>{width}}"


def pairs() -> None:
    """Each quantity of one Jacobian, n = 4 and n = 20."""
    jobs = {
        "kreiss_constant": ((), {}),
        "transient_peak": ((), {}),
        "spectral_radius": ((), {}),
        "numerical_radius": ((), {}),
        "distance_to_instability": ((), {}),
        "pseudospectral_radius": ((0.01,), {}),
        "resolvent_norm": ((1.25,), {}),
        "resolvent_norm_on_circle": ((1.05,), {}),
        "power_norm": ((10,), {}),
        "noise_gain": ((), {}),
    }
    print("\nfloat and rigorous forms (1e-6), milliseconds of processor time, n = 4 and n = 20")
    print(f"{'quantity':28} {'float':>8} {'enclosure':>10} {'width':>8}   {'float':>8} {'enclosure':>10} {'width':>8}")
    for name, (arguments, options) in jobs.items():
        cells = []
        for n in (4, 20):
            J = jacobian(np.random.default_rng(7), n // 2, n // 2, 0.9, 30.0)
            found: list[Any] = []
            getattr(verify, name)(J, *arguments, **options)
            floats = seconds(lambda J=J, name=name, a=arguments: getattr(verify, name)(J, *a))
            rigorous = getattr(verify, ENCLOSURES.get(name, f"{name}_enclosure"))
            exact = seconds(lambda J=J, rigorous=rigorous, a=arguments, found=found: found.append(rigorous(J, *a, rtol=1e-6)))
            enclosure = found[0].enclosure if hasattr(found[0], "enclosure") else found[0]
            low, high = enclosure.floats
            cells.append(f"{1e3 * floats:8.1f} {1e3 * exact:10.1f} {high / low - 1:8.1e}")
        print(f"{name:28} {'   '.join(cells)}")


def digits() -> None:
    """The rigorous Kreiss constant of ``[[0.9, 0], [1, 0.9]]`` and of a random 4×4 matrix against the digits asked for."""
    print("\nrigorous K to so many digits, seconds")
    J = jacobian(np.random.default_rng(7), 2, 2, 0.9, 30.0)
    for count in (6, 10, 14, 20, 30):
        cells = []
        for matrix in ([[Fraction(9, 10), 0], [1, Fraction(9, 10)]], J):
            found: list[Any] = []
            time = seconds(lambda m=matrix, found=found, count=count: found.append(verify.kreiss_enclosure(m, Fraction(1, 10**count))))
            cells.append(f"{time:8.2f} s, width {float(found[0].upper / found[0].lower - 1):.0e}")
        print(f"{count:4} digits: 2x2 {cells[0]};  4x4 {cells[1]}")


if __name__ == "__main__":
    similarity()
    pairs()
    digits()
