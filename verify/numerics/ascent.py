"""Local maximisation of ``s ‖R(z)‖`` by Newton's method with a trust region, for many starting points at once.

The point is ``z = (1 + s) e^{it}`` (discrete time) or ``z = s + it`` (continuous time); the variables are ``log s`` and ``t``, so that a
maximiser near the stability boundary loses no digits. First and second derivatives of ``sigma_min`` come from one singular value
decomposition (perturbation of the eigenvalues of ``[[0, X], [X*, 0]]``, Kato). Local maxima of ``s / sigma_min`` are smooth points: where
singular values cross, the smaller one has a concave kink, which is a *minimum* of ``1/sigma_min`` across it. Floating point, not
rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import EPS, TINY, Array, ComplexArray, RealArray
from verify.numerics.spectra import above_rounding

__all__ = ["Ascent", "ascend", "log_sigma_model", "on_the_real_axis", "point"]

ITERATIONS = 30
FLAT = 1e-12
"""A norm that does not depend on the angle has a second derivative of rounding size there; the step must not be led by it."""
LEAST_GAIN, NO_GAIN = 1e-15, 1e-13
"""A step that promises less is not made; one that promises less and fails is the last."""
COARSEST = 1e-6
"""Rounding of the value, where it is larger than these gains, takes their place, up to here."""
LARGEST_EXCESS = 1e8
"""Beyond it (in units of ``‖G‖`` in continuous time) ``s ‖R(z)‖`` is 1 to within ``‖J‖ 1e-8``."""


@dataclass(frozen=True)
class Ascent:
    """End points of the ascents: ``value = s / sigma_min(zI - J)`` at ``z = point(s, t)``.

    ``bend`` is minus the second derivative of ``log value`` in ``log s`` along the ridge (``t`` optimal); ``svds`` counts decompositions.
    """

    value: RealArray
    s: RealArray
    t: RealArray
    bend: RealArray
    svds: int


@dataclass
class _State:
    """Where each ascent stands; arrays over the starting points. ``rounding`` is that of ``f``."""

    log_s: RealArray
    t: RealArray
    f: RealArray
    gradient: RealArray
    hessian: RealArray
    rounding: RealArray


def point(s: RealArray, t: RealArray, continuous: bool) -> ComplexArray:
    """``s + it`` or ``(1 + s) e^{it}``; the real axis is hit exactly at ``t = 0`` and ``t = ±pi``."""
    if continuous:
        return s + 1j * t
    direction = np.cos(t) + 1j * np.where(np.abs(t) == np.pi, 0.0, np.sin(t))
    return (1.0 + s) * direction


def on_the_real_axis(t: RealArray, scale: RealArray, continuous: bool) -> RealArray:
    """Put angles within ``1e-7`` of their scale on the axis of symmetry: values change by ``1e-14``, and exact checks like a real ``z``."""
    snapped = np.where(np.abs(t) < 1e-7 * scale, 0.0, t)
    return snapped if continuous else np.where(np.abs(np.abs(t) - np.pi) < 1e-7 * scale, np.pi, snapped)


def ascend(stack: Array, s: RealArray, t: RealArray, *, continuous: bool, smallest: RealArray, angle_scale: RealArray) -> Ascent:
    """Climb from ``(s[i], t[i])`` on matrix ``stack[i]``; shapes ``(M, n, n)`` and ``(M,)``.

    ``smallest`` bounds ``s`` from below, ``angle_scale`` is the natural unit of ``t`` (the distance to the spectrum). The value never
    falls.
    """
    low = np.log(smallest)
    scale = np.linalg.norm(stack, axis=(1, 2)) if continuous else 1.0
    high = np.log(np.maximum(LARGEST_EXCESS * scale, 2 * smallest))
    state = _evaluate(stack, np.clip(np.log(s), low, high), t.copy(), angle_scale, continuous)
    radius = np.full(s.shape, 1.0)
    active = np.isfinite(state.f)
    svds = len(s)
    for _ in range(ITERATIONS):
        step, gain = _newton_step(state, radius, low, high)
        active &= gain > np.maximum(LEAST_GAIN, state.rounding)
        index = np.flatnonzero(active)
        if index.size == 0:
            break
        scales = angle_scale[index]
        trial = _evaluate(stack[index], state.log_s[index] + step[index, 0], state.t[index] + step[index, 1] * scales, scales, continuous)
        svds += index.size
        better = trial.f > state.f[index]
        # A failed step at rounding level means that the top is reached; elsewhere it means that the quadratic model reached too far.
        active[index[~better & (gain[index] < np.maximum(NO_GAIN, 8 * state.rounding[index]))]] = False
        length = np.abs(step[index]).max(axis=1)
        radius[index] = np.where(better, np.maximum(radius[index], 2 * length), 0.25 * length)
        _accept(state, index[better], trial, better)
        active[index[~np.isfinite(state.f[index])]] = False
    h = state.hessian
    across = np.where(h[:, 1, 1] < 0, h[:, 1, 1], -np.inf)
    with np.errstate(over="ignore"):  # beside an eigenvalue nothing is curved so much that a float holds its square
        curvature = h[:, 0, 1] ** 2 / across - h[:, 0, 0]
    return Ascent(np.exp(state.f), np.exp(state.log_s), state.t, curvature, svds)


def _accept(state: _State, target: NDArray[np.intp], trial: _State, chosen: NDArray[np.bool_]) -> None:
    for name in ("log_s", "t", "f", "gradient", "hessian", "rounding"):
        getattr(state, name)[target] = getattr(trial, name)[chosen]


def _newton_step(state: _State, radius: RealArray, low: RealArray, high: RealArray) -> tuple[RealArray, RealArray]:
    """Saddle-free Newton: the Hessian with the moduli of its eigenvalues, clipped to the trust region and to the range of ``log s``."""
    step = _solve_in_modulus(state.hessian, state.gradient)
    length = np.abs(step).max(axis=1)
    step *= np.minimum(1.0, radius / np.maximum(length, 1e-300))[:, None]
    step[:, 0] = np.clip(state.log_s + step[:, 0], low, high) - state.log_s
    return step, np.abs(np.einsum("mi,mi->m", step, state.gradient))


def _solve_in_modulus(H: RealArray, g: RealArray) -> RealArray:
    """``|H|^{-1} g`` for symmetric 2 x 2 matrices by their eigenvectors ``(cos, sin)``; moduli below ``FLAT`` count as ``FLAT``."""
    a, b, d = H[:, 0, 0], H[:, 0, 1], H[:, 1, 1]
    turn = 0.5 * np.arctan2(2 * b, a - d)
    cos, sin = np.where((b == 0) & (a < d), 0.0, np.cos(turn)), np.sin(turn)  # so that a step along one axis stays on it
    mean, spread = 0.5 * (a + d), np.hypot(0.5 * (a - d), b)
    one = (cos * g[:, 0] + sin * g[:, 1]) / np.maximum(np.abs(mean + spread), FLAT)
    two = (cos * g[:, 1] - sin * g[:, 0]) / np.maximum(np.abs(mean - spread), FLAT)
    found = np.empty((len(a), 2))
    found[:, 0], found[:, 1] = cos * one - sin * two, sin * one + cos * two
    return found


def _evaluate(stack: Array, log_s: RealArray, t: RealArray, scale: RealArray, continuous: bool) -> _State:
    """``f = log s - log sigma_min`` with gradient and Hessian in ``(log s, t / scale)``."""
    s = np.exp(log_s)
    z = point(s, t, continuous)
    log_sigma, gradient, hessian, rounding = log_sigma_model(stack, z, *_chart(s, t, z, scale, continuous))
    gradient = -gradient
    gradient[:, 0] += 1.0
    return _State(log_s, t, log_s - log_sigma, gradient, -hessian, np.minimum(rounding, COARSEST))


def log_sigma_model(
    stack: Array, z: ComplexArray, first: ComplexArray, second: ComplexArray
) -> tuple[RealArray, RealArray, RealArray, RealArray]:
    """``log sigma_min(z I - J)`` with gradient ``(M, 2)`` and Hessian ``(M, 2, 2)`` in two coordinates of ``z``, and what rounding does to the logarithm.

    ``first`` ``(M, 2)`` and ``second`` ``(M, 2, 2)`` are the derivatives of ``z`` in those coordinates. Real matrices with all ``z`` on the real axis are
    decomposed in real arithmetic.
    """
    shift = z if np.iscomplexobj(stack) or z.imag.any() else z.real
    U, sigmas, Vh = np.linalg.svd(shift[:, None, None] * np.eye(stack.shape[-1]) - stack)
    sigma = above_rounding(sigmas)
    slope, bend = _sigma_derivatives(U, sigmas, Vh, first, second)
    gradient = slope / sigma[:, None]
    hessian = bend / sigma[:, None, None] - gradient[:, :, None] * gradient[:, None, :]
    return np.log(sigma), gradient, hessian, EPS * sigmas[:, 0] / sigma


def _chart(s: RealArray, t: RealArray, z: ComplexArray, scale: RealArray, continuous: bool) -> tuple[ComplexArray, ComplexArray]:
    """First and second derivatives of ``z`` in ``(log s, t / scale)``; shapes ``(M, 2)`` and ``(M, 2, 2)``."""
    unit = np.ones_like(z) if continuous else z / (1.0 + s)
    along = 1j * scale * (unit if continuous else z)
    mixed = np.zeros_like(z) if continuous else 1j * s * scale * unit
    twice = np.zeros_like(z) if continuous else -(scale**2) * z
    first, second = np.empty((len(z), 2), dtype=complex), np.empty((len(z), 2, 2), dtype=complex)
    first[:, 0], first[:, 1] = s * unit, along
    second[:, 0, 0], second[:, 0, 1], second[:, 1, 0], second[:, 1, 1] = first[:, 0], mixed, mixed, twice
    return first, second


def _sigma_derivatives(
    U: ComplexArray, sigmas: RealArray, Vh: ComplexArray, e: ComplexArray, second: ComplexArray
) -> tuple[RealArray, RealArray]:
    """Derivatives of the smallest singular value of ``X`` when ``dX = e_a I`` and ``d²X = second_ab I``."""
    alpha = np.matmul(Vh[:, -1:, :].conj(), U.conj())[:, 0]
    beta = np.matmul(Vh, U[:, :, -1:])[:, :, 0]
    least = sigmas[:, -1:]
    forward, backward = e[:, :, None] * alpha[:, None, :], e.conj()[:, :, None] * beta[:, None, :]
    plus, minus = (forward + backward)[:, :, :-1], forward - backward
    gap = np.maximum(sigmas[:, :-1] - least, 1e-14 * sigmas[:, :1] + TINY)
    total = np.maximum(sigmas + least, TINY)
    curvature = np.matmul(minus * (0.5 / total)[:, None, :], minus.conj().swapaxes(1, 2)).real
    curvature -= np.matmul(plus * (0.5 / gap)[:, None, :], plus.conj().swapaxes(1, 2)).real
    first = (e * alpha[:, -1:]).real
    return first, curvature + (second * alpha[:, -1, None, None]).real
