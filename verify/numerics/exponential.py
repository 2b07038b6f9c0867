"""The matrix exponential, its norm and ``sup_{t>=0} ‖e^{tG}‖``. Floating point, not rigorous.

The exponential is the ``[13/13]`` Padé approximant with scaling and squaring (Higham, *SIAM J. Matrix Anal. Appl.* 26 (2005) 1179), without the special
treatment of triangular matrices that divides differences of nearly equal eigenvalues: there ``scipy.linalg.expm`` loses all digits on
``[[−μ, 0], [c, −μ(1 + u)]]``, the extremal shape of one-way coupling.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import solve_triangular

from verify.numerics.arrays import Array, square
from verify.numerics.similarity import discrete_lyapunov
from verify.numerics.spectra import spectral_norms, surely_right_of_axis

__all__ = ["ExponentialPeak", "exponential", "exponential_norm", "exponential_peak"]

PADE = (
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0,
)
"""Coefficients of the numerator: ``26!/2 · (26 − j)!/((13 − j)! j! 26!)``, made integers."""
PADE_RADIUS = 5.371920351148152
"""Up to this norm the approximant is exact to double precision (Higham 2005, table 2.3)."""
EPS = float(np.finfo(float).eps)
BASE_ERROR = 8
LEVELS = 5
MAX_NODES = 3000
MAX_DOUBLINGS = 100
GLOBAL = "global in floating point"


@dataclass(frozen=True)
class ExponentialPeak:
    """``value = ‖e^{time G}‖``; ``bracket`` bounds the supremum.

    ``label`` is ``"global in floating point"`` if the bracket, which allows for rounding, is as narrow as asked, else ``"local"``. ``horizon``: a time
    with ``‖e^{tG}‖ <= 1``, after which nothing larger comes. An infinite value has ``time = inf``.
    """

    value: float
    time: float
    horizon: float | None
    bracket: tuple[float, float]
    label: str


def exponential(G: ArrayLike, t: float = 1.0) -> Array:
    """``e^{tG}``, shape ``(n, n)``, for ``t >= 0``; relative error (in norm) a modest multiple of ``u (1 + t‖G‖)`` times its condition number.

    Raises:
        TypeError: if the entries are not machine numbers.
        ValueError: if ``G`` is not square and finite, or ``t`` is negative or not finite.
    """
    matrix = square(G, "G")
    if not (np.isfinite(t) and t >= 0):
        raise ValueError(f"t = {t}; a finite time t >= 0 is needed: use -G to go backward")
    with np.errstate(over="ignore"):
        X = matrix * float(t)
    norm = float(np.linalg.norm(X, 1))
    if not np.isfinite(norm):
        raise ValueError(f"t = {t} times G overflows; t‖G‖ must be a finite float: rescale time")
    squarings = max(0, int(np.ceil(np.log2(norm / PADE_RADIUS)))) if norm > PADE_RADIUS else 0
    result = _pade(X * 2.0**-squarings)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(squarings):
            result = result @ result
    return result


def exponential_norm(G: ArrayLike, t: float) -> float:
    """``‖e^{tG}‖``; errors as :func:`exponential`."""
    return float(spectral_norms(exponential(G, t)[None])[0])


def exponential_peak(G: ArrayLike, rtol: float = 1e-8) -> ExponentialPeak:
    """``sup_{t>=0} ‖e^{tG}‖`` and a time that attains it.

    Intervals of time are bounded by linear interpolation, ``h²/8 sup ‖G²e^{tG}‖`` off, and halved where the bound is largest; the argument, which
    :mod:`verify.numerics.bounds.peaks` carries out in ball arithmetic, is there. ``inf`` if an eigenvalue surely has positive real part; without a
    Lyapunov function (an eigenvalue on the axis) the value is local.

    Raises:
        TypeError: if the entries are not machine numbers.
        ValueError: if ``G`` is not square and finite, or ``rtol`` not in ``[1e-12, 1)``.
    """
    matrix = square(G, "G")
    if not 1e-12 <= rtol < 1:
        raise ValueError(f"rtol = {rtol}; float64 admits relative tolerances in [1e-12, 1), such as 1e-8")
    if surely_right_of_axis(matrix[None], np.linalg.eigvals(matrix)[None].astype(complex))[0]:
        return ExponentialPeak(np.inf, np.inf, None, (np.inf, np.inf), GLOBAL)
    if not matrix.any():
        return ExponentialPeak(1.0, 0.0, 0.0, (1.0, 1.0), GLOBAL)
    with np.errstate(all="ignore"):
        return _Search(matrix, _condition(matrix)).run(rtol)


def _pade(X: Array) -> Array:
    identity = np.eye(len(X), dtype=X.dtype)
    X2 = X @ X
    X4 = X2 @ X2
    X6 = X4 @ X2
    b = PADE
    odd = X @ (X6 @ (b[13] * X6 + b[11] * X4 + b[9] * X2) + b[7] * X6 + b[5] * X4 + b[3] * X2 + b[1] * identity)
    even = X6 @ (b[12] * X6 + b[10] * X4 + b[8] * X2) + b[6] * X6 + b[4] * X4 + b[2] * X2 + b[0] * identity
    below, above = not np.triu(X, 1).any(), not np.tril(X, -1).any()
    if below or above:  # pivoting would fill the zeros with rounding, and a large entry on the other side would blow it up
        return solve_triangular(even - odd, even + odd, lower=below)
    return np.linalg.solve(even - odd, even + odd)


def _condition(G: Array) -> float:
    """``√cond(P) >= sup ‖e^{tG}‖`` of a Lyapunov form, with a factor 2 for rounding; ``inf`` if there is none.

    ``P`` contracts the Cayley transform ``W = (cI + G)(cI − G)^{-1}``: for ``x = (cI − G)y``, ``x*(W*PW − P)x = 2c y*(G*P + PG)y``.
    """
    values = np.linalg.eigvals(G)
    if not values.real.max() < 0:
        return np.inf
    c = np.sqrt(np.abs(values).min() * np.linalg.norm(G, 2))
    identity = np.eye(len(G))
    form = discrete_lyapunov(np.linalg.solve((c * identity - G).T, (c * identity + G).T).T)
    if form is None:
        return np.inf
    w = np.linalg.eigvalsh(form)
    return float(2 * np.sqrt(w[-1] / w[0])) if w[0] > 0 else np.inf


@dataclass(frozen=True)
class _Node:
    time: float
    norm: float
    error: float
    """Bound of the rounding in ``norm``."""
    bends: tuple[float, ...]
    """``‖G^{2k}e^{tG}‖``, in the Frobenius norm, for ``k = 1, 2, …``."""


class _Search:
    """Flows are products of ``e^{2^k τG}``; a bound of their rounding, entry by entry, is carried along: ``|A|e_B + e_A|B| + nu|A||B|``."""

    def __init__(self, G: Array, condition: float) -> None:
        self.G, self.square, self.condition = G, G @ G, condition
        self.tau = float(2.0 ** -np.ceil(np.log2(np.linalg.norm(G, 2))))
        self.levels = [self.short(self.tau)]
        self.best = (1.0, 0.0)
        self.error = 0.0

    def short(self, time: float) -> tuple[Array, Array]:
        """``t‖G‖ <= 1``: there the approximant errs by some units of rounding of ``e^{t|G|}``."""
        return exponential(self.G, time), BASE_ERROR * len(self.G) * EPS * exponential(np.abs(self.G), time)

    def times(self, left: tuple[Array, Array], right: tuple[Array, Array]) -> tuple[Array, Array]:
        a, b = np.abs(left[0]), np.abs(right[0])
        return left[0] @ right[0], a @ right[1] + left[1] @ (b + right[1]) + (len(self.G) * EPS) * (a @ b)

    def node(self, time: float) -> _Node:
        count = int(time // self.tau)
        flow = self.short(time - count * self.tau)
        for level in range(count.bit_length()):
            if level == len(self.levels):
                self.levels.append(self.times(self.levels[-1], self.levels[-1]))
            if count >> level & 1:
                flow = self.times(self.levels[level], flow)
        bends, bent = [], flow[0]
        for _ in range(LEVELS):
            bent = self.square @ bent
            bends.append(float(np.linalg.norm(bent)))
        norm = float(spectral_norms(flow[0][None])[0]) if np.isfinite(flow[0]).all() else np.inf
        error = float(np.linalg.norm(flow[1]))
        if norm > self.best[0]:
            self.best, self.error = (norm, time), error
        return _Node(time, norm, error, tuple(bends))

    def run(self, rtol: float) -> ExponentialPeak:
        nodes = [self.node(0.0), self.node(self.tau)]
        while nodes[-1].norm > 1 and len(nodes) < MAX_DOUBLINGS and np.isfinite(nodes[-1].norm):
            nodes.append(self.node(2 * nodes[-1].time))
        horizon = nodes[-1].time if nodes[-1].norm <= 1 else None
        heap = [(-self.bound(*pair), index, *pair) for index, pair in enumerate(pairwise(nodes))]
        heapq.heapify(heap)
        count = len(heap)
        while -heap[0][0] > self.best[0] * (1 + rtol) and count < MAX_NODES:
            if horizon is not None:
                self.condition = min(self.condition, -heap[0][0])
            _, _, left, right = heapq.heappop(heap)
            middle = self.node(0.5 * (left.time + right.time))
            for pair in ((left, middle), (middle, right)):
                heapq.heappush(heap, (-self.bound(*pair), count, *pair))
                count += 1
        upper = max(-heap[0][0], self.best[0]) if horizon is not None else max(self.condition, self.best[0])
        label = GLOBAL if upper <= self.best[0] * (1 + rtol) and self.error <= rtol * self.best[0] else "local"
        return ExponentialPeak(*self.best, horizon, (self.best[0] - self.error, upper + self.error), label)

    def bound(self, left: _Node, right: _Node) -> float:
        half = (right.time - left.time) ** 2 / 8
        bend = left.bends[-1] * self.condition
        for k in reversed(range(LEVELS - 1)):
            bend = min(left.bends[k] * self.condition, max(left.bends[k], right.bends[k]) + half * bend)
        return min(max(left.norm, right.norm) + half * bend, left.norm * self.condition)
