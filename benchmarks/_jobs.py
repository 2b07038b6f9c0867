"""What the benchmarks share: matrices, the hard set, the alternatives people use, and a stopwatch of process time."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize


def seconds(function: Callable[[], object]) -> float:
    """Processor time of one call: the machine may be shared."""
    start = time.process_time()
    function()
    return time.process_time() - start


def jacobian(rng: np.random.Generator, p: int, q: int, gamma: float, kappa: float) -> np.ndarray:
    """``[[A, 0], [C, D]]`` with symmetric ``A, D``, ``ρ(A), ρ(D) <= γ`` and ``‖C‖ = κ(1 − γ)``."""
    blocks = []
    for order in (p, q):
        turn = np.linalg.qr(rng.standard_normal((order, order)))[0]
        blocks.append(turn @ np.diag(gamma * rng.uniform(-1, 1, order)) @ turn.T)
    coupling = rng.standard_normal((q, p))
    coupling *= kappa * (1 - gamma) / np.linalg.norm(coupling, 2)
    return np.block([[blocks[0], np.zeros((p, q))], [coupling, blocks[1]]])


def batch_of_jacobians(seed: int, count: int, n: int) -> np.ndarray:
    """``γ`` in {.5, .9, .99}, ``κ`` log-uniform in [2.5, 100]; every tenth is normal (no coupling) or has numerical radius at most 1."""
    rng = np.random.default_rng(seed)
    stack = []
    for i in range(count):
        gamma, kappa = rng.choice([0.5, 0.9, 0.99]), 10 ** rng.uniform(np.log10(2.5), 2)
        stack.append(jacobian(rng, n // 2, n // 2, gamma, (0.0 if i % 20 else 0.5) if i % 10 == 0 else kappa))
    return np.array(stack)


def hard_matrices() -> dict[str, np.ndarray]:
    """The hard set: no random numbers without a seed, so that it is the same everywhere."""
    rng = np.random.default_rng(20260604)
    found = {f"one-way, kappa {kappa:g}, n {n}": jacobian(rng, n // 2, n // 2, 0.9, kappa) for n in (4, 20) for kappa in (2.5, 1e2, 1e4, 1e6)}
    for gap in (1e-6, 1e-9):
        found[f"near-tie {gap:g} on opposite sides"] = np.block([[np.diag([0.9, -0.9]), np.zeros((2, 2))], [np.diag([1 + gap, 1]), np.diag([0.9, -0.9])]])
    for excess in (1e-2, 1e-4):
        found[f"numerical radius 1 + {excess:g}"] = np.array([[0.9, 0.0], [0.2 + 2 * excess, 0.9]])
    for n in (10, 20, 50):
        found[f"convection-diffusion({n})"] = _convection_diffusion(n)
    for n in (16, 32):
        found[f"grcar({n}), rho 0.95"] = _stabilised(np.eye(n) - np.eye(n, k=-1) + sum(np.eye(n, k=k) for k in (1, 2, 3)))
    for n, gamma in ((3, 0.9), (6, 0.5), (12, 0.5)):
        found[f"Jordan({n}, {gamma})"] = gamma * np.eye(n) + np.eye(n, k=1)
    turn = 0.99999 * np.array([[np.cos(1), -np.sin(1)], [np.sin(1), np.cos(1)]])
    found["thin peak"] = np.block([[turn, 0.001 * np.eye(2)], [np.zeros((2, 2)), turn]])
    companion = np.eye(4, k=-1)
    companion[:, -1] = [-1 / 16, 1 / 2, -3 / 2, 2]
    found["companion of (z - 1/2)^4"] = companion
    return found


def _convection_diffusion(n: int) -> np.ndarray:
    """An explicit Euler step of ``u_t = ν u_xx + u_x``, diffusion number 1/4, Courant number 0.9: stable for every ``n`` by its eigenvalues
    (``0.45² < 1/4``), unstable as ``n`` grows by its symbol, whose modulus exceeds 1."""
    return 0.5 * np.eye(n) + 0.7 * np.eye(n, k=-1) - 0.2 * np.eye(n, k=1)


def _stabilised(J: np.ndarray) -> np.ndarray:
    return J * (0.95 / np.abs(np.linalg.eigvals(J)).max())


def grid_estimator(J: np.ndarray, radii: int = 60, angles: int = 360) -> float:
    """The paper's estimator: a grid of radii and angles, an SVD each; a lower bound with unknown error."""
    theta = np.linspace(0, 2 * np.pi, angles, endpoint=False)
    best = 0.0
    for r in 1 + np.geomspace(1e-3, 10, radii):
        z = (r * np.exp(1j * theta))[:, None, None] * np.eye(len(J)) - J
        best = max(best, float((r - 1) / np.linalg.svd(z, compute_uv=False)[:, -1].min()))
    return best


def coarse_then_simplex(J: np.ndarray) -> tuple[float, int]:
    """A 12 × 24 grid, then Nelder–Mead from its best point; local, no bracket. The value, and how many SVDs it took."""
    used = 0

    def negative(x: np.ndarray) -> float:
        nonlocal used
        used += 1
        z = (1 + np.exp(x[0])) * np.exp(1j * x[1])
        return -np.exp(x[0]) / np.linalg.svd(z * np.eye(len(J)) - J, compute_uv=False)[-1]

    starts = [(np.log(s), t) for s in np.geomspace(1e-3, 10, 12) for t in np.linspace(0, 2 * np.pi, 24, endpoint=False)]
    first = min(starts, key=lambda x: negative(np.array(x)))
    found = minimize(negative, first, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12})
    return float(-found.fun), used


def svd_seconds(J: np.ndarray, repeats: int = 5) -> float:
    """One complex singular value decomposition without vectors."""
    X = (1.1 + 0.3j) * np.eye(len(J)) - J
    return sorted(seconds(lambda: np.linalg.svd(X, compute_uv=False)) for _ in range(repeats))[repeats // 2]
