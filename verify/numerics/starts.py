"""Where to start climbing: a coarse look at ``s ‖R(z)‖`` over circles or vertical lines, for a stack of matrices.

On ``|z| = r`` the logarithmic derivative of the resolvent norm is at least ``-n (r + rho)/(r - rho)`` (Bernstein's inequality for rational
functions with ``n`` poles inside, Borwein and Erdelyi 1996), so ``(r - 1) M(r)`` increases up to ``r - 1 = (1 - rho)/2n``: smaller radii
need no look. In continuous time the same argument gives ``x = -alpha/2n``. Floating point, not rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import EPS, TINY, Array, ComplexArray, RealArray
from verify.numerics.ascent import point
from verify.numerics.radii import ranges_beyond
from verify.numerics.triangular import smallest_singular_estimates

__all__ = [
    "Starts",
    "excesses",
    "expansion",
    "far_starts",
    "joined",
    "kreiss_starts",
    "search_angles",
    "smallest_excess",
    "smallest_singular_estimates_in_chunks",
]

SMALLEST_GAP = 1e-9
"""Closer to the stability boundary the spectrum counts as being on it."""
ON_BOUNDARY = 1e-8
"""The smallest ``s`` then: truncation and rounding are both of this order."""
RADIUS_STEP = 3.0
FAR = np.array([0.3, 1.0, 3.0, 10.0, 100.0, 1e3, 1e4, 1e5])
TAIL = np.array([10.0, 100.0, 1000.0])
EIGENVALUE_ANGLES = 8
WORTH_CLIMBING = 1.0
"""Starts whose logarithm is this far below the best are left out."""


@dataclass(frozen=True)
class Starts:
    """Starting points ``(s, t)`` for the matrices ``owner``; ``angle_scale`` is the relative distance to the spectrum, ``height`` about ``log(s ‖R(z)‖)``."""

    owner: NDArray[np.intp]
    s: RealArray
    t: RealArray
    angle_scale: RealArray
    height: RealArray

    def some(self, chosen: NDArray[Any] | slice) -> Starts:
        """Those with these indices."""
        return Starts(self.owner[chosen], self.s[chosen], self.t[chosen], self.angle_scale[chosen], self.height[chosen])


def smallest_excess(values: ComplexArray, continuous: bool) -> RealArray:
    """The ``s`` below which ``s M`` is known to increase, for eigenvalues ``(N, n)``; shape ``(N,)``."""
    gap = -values.real.max(axis=1) if continuous else 1.0 - np.abs(values).max(axis=1)
    scale = np.maximum(np.abs(values).max(axis=1), TINY) if continuous else 1.0
    return np.where(gap > SMALLEST_GAP * scale, gap / (4 * values.shape[1]), ON_BOUNDARY * scale)


def kreiss_starts(forms: ComplexArray, norms: RealArray, *, real: bool, nonnegative: bool, continuous: bool, count: int) -> Starts:
    """The best ``count`` local maxima of the grid for each Schur form; shapes ``(N, n, n)``, ``(N,)``.

    ``real``: the matrices are real, only the upper half plane is searched. ``nonnegative``: the maximum lies on the positive real axis.
    """
    values = np.diagonal(forms, axis1=1, axis2=2)
    s = excesses(values, norms, continuous)
    t = np.zeros((len(forms), 1)) if nonnegative else search_angles(values, norms, real, continuous)
    z = point(s[:, :, None], t[:, None, :], continuous)
    steps = 4 if forms.shape[1] <= 32 else 3
    sigma = smallest_singular_estimates_in_chunks(forms, z.reshape(len(forms), -1), steps).reshape(z.shape)
    height = np.log(s)[:, :, None] - np.log(np.maximum(sigma, TINY))
    owner, i, k = _summits(height, wrap=not (real or nonnegative or continuous), count=count)
    z, height = z[owner, i, k], height[owner, i, k]
    distance = np.abs(z[:, None] - values[owner]).min(axis=1)
    scale = np.maximum(distance, 1e-12 * np.abs(z))
    return Starts(owner, s[owner, i], t[owner, k], scale if continuous else np.minimum(1.0, scale / np.abs(z)), height)


def expansion(stack: Array, continuous: bool) -> tuple[NDArray[np.bool_], RealArray]:
    """Whether the numerical radius exceeds 1 (the numerical abscissa 0), beyond rounding, and in which direction; if not, ``K = 1``."""
    rounding = 4 * stack.shape[-1] * EPS * np.linalg.norm(stack, axis=(1, 2))
    if not continuous:
        return ranges_beyond(stack, 1.0 + rounding)
    values, vectors = np.linalg.eigh(0.5 * (stack + stack.conj().swapaxes(1, 2)))
    top = vectors[:, :, -1]
    return values[:, -1] > rounding, np.einsum("ni,nij,nj->n", top.conj(), stack, top, optimize=True).imag


def far_starts(stack: Array, norms: RealArray, direction: RealArray, continuous: bool) -> Starts:
    """One start for each matrix where its numerical range reaches farthest out: if ``K`` is close to 1 the maximiser is there, far away."""
    s = norms[:, None] * FAR
    z = point(s, np.broadcast_to(direction[:, None], s.shape), continuous)
    sigmas = np.linalg.svd(z[:, :, None, None] * np.eye(stack.shape[-1]) - stack[:, None], compute_uv=False)[..., -1]
    everything = np.arange(len(stack))
    values = s / np.maximum(sigmas, TINY)
    best = values.argmax(axis=1)
    s, height = s[everything, best], np.log(values[everything, best])
    return Starts(everything, s, direction, s if continuous else np.minimum(1.0, s), height)


def joined(one: Starts, other: Starts) -> Starts:
    """The first list, and of the other one what is worth climbing beside it."""
    highest = np.full(max(one.owner.max(initial=-1), other.owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(highest, one.owner, one.height)
    more = other.some(other.height >= highest[other.owner] - WORTH_CLIMBING)
    return Starts(*(np.concatenate([getattr(part, field.name) for part in (one, more)]) for field in fields(Starts)))


def excesses(values: ComplexArray, norms: RealArray, continuous: bool) -> RealArray:
    """Geometric from the smallest useful ``s`` to beyond the numerical range, and a sparse tail; shape ``(N, R)``."""
    low = smallest_excess(values, continuous)
    high = 3 * norms if continuous else np.maximum(3.0, 3 * norms)
    high = np.maximum(np.maximum(high, 3 * low), 1e-290)
    low = np.maximum(low, 1e-16 * high)  # an eigenvalue on the boundary itself: nothing below rounding is worth a look
    count = int(np.ceil(np.log(np.max(high / low, initial=3.0)) / np.log(RADIUS_STEP))) + 1
    body = np.exp(np.linspace(np.log(low), np.log(high), count, axis=1))
    return np.concatenate([body, body[:, -1:] * TAIL], axis=1)


def search_angles(values: ComplexArray, norms: RealArray, real: bool, continuous: bool) -> RealArray:
    """Equally spaced ones and those of the dominant eigenvalues, sorted; shape ``(N, T)``."""
    order = np.argsort(-values.real if continuous else -np.abs(values), axis=1)[:, :EIGENVALUE_ANGLES]
    dominant = np.take_along_axis(values, order, axis=1)
    own = dominant.imag if continuous else np.angle(dominant)
    number = 8 + min(values.shape[1], 16)
    if real:
        spaced, own = np.linspace(0.0, 1.0, number), np.abs(own)
    else:
        spaced = np.linspace(-1.0, 1.0, 2 * number, endpoint=continuous)
    unit = norms if continuous else np.full(len(values), np.pi)
    return np.sort(np.concatenate([spaced * unit[:, None], own], axis=1), axis=1)


def smallest_singular_estimates_in_chunks(forms: ComplexArray, z: ComplexArray, steps: int) -> RealArray:
    """:func:`verify.numerics.triangular.smallest_singular_estimates` in pieces that stay in the cache."""
    chunk = max(1, 16000 // (z.shape[1] * forms.shape[1]))  # about a second-level cache of complex numbers
    parts = [smallest_singular_estimates(forms[i : i + chunk], z[i : i + chunk], steps) for i in range(0, len(forms), chunk)]
    return np.concatenate(parts)


def _summits(height: RealArray, wrap: bool, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Indices (matrix, row, column) of the highest local maxima; the outermost row is left out: there ``s ‖R‖`` is 1 up to ``1e-3``."""
    padded = np.pad(height, ((0, 0), (1, 0), (1, 1)), constant_values=-np.inf)
    if wrap:
        padded[:, 1:, 0], padded[:, 1:, -1] = height[:, :, -1], height[:, :, 0]
    inner = height[:, :-1]
    neighbours = (padded[:, :-2, 1:-1], padded[:, 2:, 1:-1], padded[:, 1:-1, :-2], padded[:, 1:-1, 2:])
    summit = np.logical_and.reduce([inner >= other for other in neighbours])
    flat = np.where(summit, inner, -np.inf).reshape(len(height), -1)
    kept = min(count, flat.shape[1])
    best = np.argpartition(-flat, kept - 1, axis=1)[:, :kept]
    top = np.take_along_axis(flat, best, axis=1)
    worthwhile = top >= np.maximum(top.max(axis=1, keepdims=True), 0.0) - WORTH_CLIMBING
    owner, place = np.nonzero(worthwhile)
    i, k = np.divmod(best[owner, place], inner.shape[2])
    return owner, i, k
