"""One Kreiss constant: the global float method and the rigorous enclosure, against what the paper does and what people do.

Run with ``make bench`` or ``python benchmarks/kreiss.py``. Matrices: block-triangular Jacobians with symmetric blocks, κ from 2.5 to 1e4, and a few hard ones.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy.optimize import minimize

from verify.numerics import bounds
from verify.numerics.exact import RationalMatrix
from verify.numerics.kreiss import kreiss_constant


def jacobian(rng: np.random.Generator, p: int, q: int, gamma: float, kappa: float) -> np.ndarray:
    """``[[A, 0], [C, D]]`` with ``ρ(A), ρ(D) <= γ`` and ``‖C‖ = κ(1 − γ)``."""
    blocks = []
    for order in (p, q):
        turn = np.linalg.qr(rng.standard_normal((order, order)))[0]
        blocks.append(turn @ np.diag(gamma * rng.uniform(-1, 1, order)) @ turn.T)
    coupling = rng.standard_normal((q, p))
    coupling *= kappa * (1 - gamma) / np.linalg.norm(coupling, 2)
    return np.block([[blocks[0], np.zeros((p, q))], [coupling, blocks[1]]])


def grid_estimator(J: np.ndarray, radii: int = 60, angles: int = 360) -> float:
    """The paper's estimator: a grid of radii and angles, an SVD each; a lower bound with unknown error."""
    theta = np.linspace(0, 2 * np.pi, angles, endpoint=False)
    best = 0.0
    for r in 1 + np.geomspace(1e-3, 10, radii):
        z = (r * np.exp(1j * theta))[:, None, None] * np.eye(len(J)) - J
        best = max(best, float((r - 1) / np.linalg.svd(z, compute_uv=False)[:, -1].min()))
    return best


def coarse_then_simplex(J: np.ndarray) -> float:
    """A 12 × 24 grid, then Nelder–Mead from its best point; local, no bracket."""

    def negative(x: np.ndarray) -> float:
        z = (1 + np.exp(x[0])) * np.exp(1j * x[1])
        return -np.exp(x[0]) / np.linalg.svd(z * np.eye(len(J)) - J, compute_uv=False)[-1]

    starts = [(np.log(s), t) for s in np.geomspace(1e-3, 10, 12) for t in np.linspace(0, 2 * np.pi, 24, endpoint=False)]
    first = min(starts, key=lambda x: negative(np.array(x)))
    return float(-minimize(negative, first, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12}).fun)


def seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def main() -> None:
    rng = np.random.default_rng(0)
    print(f"{'n':>4} {'job':34} {'median':>10} {'worst':>10} {'vs grid':>9} {'vs simplex':>11}")
    for n in (2, 4, 20):
        matrices = [jacobian(rng, n // 2, n // 2, gamma, kappa) for gamma in (0.5, 0.9, 0.99) for kappa in (2.5, 100.0, 1e4)]
        kreiss_constant(matrices[0])
        grid = statistics.median(seconds(lambda J=J: grid_estimator(J)) for J in matrices[:3])
        simplex = statistics.median(seconds(lambda J=J: coarse_then_simplex(J)) for J in matrices[:3])
        jobs = {"float K, global, 1e-8": lambda J: kreiss_constant(J, rtol=1e-8)}
        if n <= 4:
            jobs["enclosure to 1e-4"] = lambda J: bounds.kreiss_constant(RationalMatrix.from_floats(J), rtol=Fraction(1, 10**4))
        for name, job in jobs.items():
            times = [seconds(lambda J=J, job=job: job(J)) for J in matrices]
            median = statistics.median(times)
            print(f"{n:4d} {name:34} {median * 1e3:8.1f}ms {max(times) * 1e3:8.1f}ms {grid / median:8.1f}x {simplex / median:10.1f}x")


if __name__ == "__main__":
    main()
