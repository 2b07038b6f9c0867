"""Pseudospectral radius and resolvent norms on a grid. Floating point, not rigorous.

``rho_eps(J) = max{|z| : sigma_min(zI - J) <= eps}`` (Trefethen and Embree 2005, chapter 2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verify.numerics import kernels
from verify.numerics.arrays import EPS, Array, ComplexArray, RealArray, positive_vector, square, square_stack
from verify.numerics.ascent import log_sigma_model, on_the_real_axis, point
from verify.numerics.pencils import circle_crossings
from verify.numerics.starts import search_angles, smallest_singular_estimates_in_chunks
from verify.numerics.triangular import lanczos_estimates, schur_forms, starting_vector

__all__ = ["PseudospectralRadius", "pseudospectral_maximisers", "pseudospectral_radii", "pseudospectral_radius", "resolvent_norm_grid"]

CLIMBS = 3
NEWTON_STEPS = 30
ROUNDS = 20
LARGEST_TURN = 0.2
"""Limit of one Newton step, in the angle and in ``log r``."""
RADIUS_STEP = 3.0
LANCZOS_STEPS = 48


class PseudospectralRadius(NamedTuple):
    """``sigma_min(zI - J) = eps`` up to rounding, ``|z| = value``; ``settled`` if the last circle had no better arc and ``eps`` is above rounding."""

    value: float
    z: complex
    settled: bool


def pseudospectral_radii(stack: ArrayLike, eps: ArrayLike) -> RealArray:
    """Local values of ``rho_eps`` for a stack ``(N, n, n)``, ``eps`` ``(N,)`` or one number: attained up to rounding, hence lower bounds.

    Raises:
        TypeError, ValueError: if the stack is not ``(N, n, n)`` of finite machine numbers or some ``eps`` is not positive and finite.
    """
    return pseudospectral_maximisers(stack, eps)[0]


def pseudospectral_maximisers(stack: ArrayLike, eps: ArrayLike) -> tuple[RealArray, ComplexArray]:
    """As :func:`pseudospectral_radii`, with the points ``z`` that attain the values, shape ``(N,)``."""
    array = square_stack(stack)
    levels = positive_vector(eps, len(array))
    if not len(array):
        return np.empty(0), np.empty(0, dtype=np.complex128)
    radii, angles = _local_radii(array, levels)
    return radii, radii * np.exp(1j * angles)


def pseudospectral_radius(J: ArrayLike, eps: float, rtol: float = 1e-10) -> PseudospectralRadius:
    """``rho_eps(J)`` and a point that attains it, global up to rounding: criss-cross of Mengi and Overton (2005).

    From the local value ``r``, the unimodular eigenvalues of a 2n pencil list the angles at which ``eps`` is a singular value of
    ``r(1 + rtol) e^{i theta} I - J``; none means done, otherwise every arc between them is followed outward.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers or ``eps`` is not positive and finite.
    """
    matrix = square(J)
    level = positive_vector(eps, 1)
    radii, angles = _local_radii(matrix[None], level)
    value, theta = float(radii[0]), float(angles[0])
    for _ in range(ROUNDS):
        r = value * (1 + rtol)
        crossings = np.sort(circle_crossings(matrix, np.array([r]), level)[0])
        if crossings.size == 0:
            return PseudospectralRadius(value, _place(value, theta), _is_seen(matrix, value, level[0]))
        middle = 0.5 * (crossings + np.append(crossings[1:], crossings[0] + 2 * np.pi))
        angles = np.concatenate([middle, crossings])
        copies = np.broadcast_to(matrix, (len(angles), *matrix.shape))
        outward, turned = _squeeze(copies, np.full(len(angles), r), angles, np.full(len(angles), level[0]))
        best = int(np.argmax(np.nan_to_num(outward, nan=-np.inf)))
        if not outward[best] > r:
            return PseudospectralRadius(value, _place(value, theta), _is_seen(matrix, value, level[0]))
        value, theta = float(outward[best]), float(turned[best])
    return PseudospectralRadius(value, _place(value, theta), False)


def _is_seen(matrix: Array, r: float, eps: float) -> bool:
    """Whether singular values of size ``eps`` stand clear of the rounding of those at radius ``r``."""
    return bool(eps > 4 * EPS * (np.linalg.norm(matrix, 2) + r))


def resolvent_norm_grid(J: ArrayLike, re: ArrayLike, im: ArrayLike, rtol: float = 1e-6) -> RealArray:
    """``‖(zI - J)^{-1}‖`` at ``z = re[k] + i im[j]``; shape ``(len(im), len(re))``.

    Complex Schur form once, then inverse Lanczos in substitutions that many points share, by the compiled kernel where there is one; points
    whose iteration has not settled to ``rtol`` get a singular value decomposition of their own. Values err downward by about ``rtol``.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, or an axis is not a vector of finite numbers.
    """
    matrix = square(J)
    axes = [np.asarray(axis, dtype=np.float64) for axis in (re, im)]
    for name, axis in zip(("re", "im"), axes, strict=True):
        if axis.ndim != 1 or axis.size == 0 or not np.isfinite(axis).all():
            raise ValueError(f"{name} has shape {axis.shape}; a non-empty vector of finite grid coordinates is needed")
    z = (axes[0][None, :] + 1j * axes[1][:, None]).ravel()
    form = schur_forms(matrix[None])[0]
    chunk = max(16, 20000 // len(matrix))
    sigma = np.concatenate([_settled_sigmas(form, z[i : i + chunk], rtol) for i in range(0, len(z), chunk)])
    with np.errstate(divide="ignore"):
        return (1.0 / sigma).reshape(len(axes[1]), len(axes[0]))


def _settled_sigmas(form: ComplexArray, z: ComplexArray, rtol: float) -> RealArray:
    if kernels.available():
        sigma, settled = kernels.lanczos(form, z, starting_vector(len(form)), rtol, LANCZOS_STEPS)
    else:
        sigma, settled = lanczos_estimates(form, z, rtol, LANCZOS_STEPS)
    rest = np.flatnonzero(~settled)
    if rest.size:
        sigma[rest] = np.linalg.svd(z[rest, None, None] * np.eye(len(form)) - form, compute_uv=False)[:, -1]
    return sigma


def _place(r: float, theta: float) -> complex:
    return complex(point(np.array([r - 1.0]), np.array([theta]), continuous=False)[0])


def _local_radii(stack: Array, eps: RealArray) -> tuple[RealArray, RealArray]:
    """The best squeezed start of each matrix: radius and angle. Scaled to unit size: levels down to ``1e-300`` must not underflow."""
    scale = np.maximum(np.linalg.norm(stack, axis=(1, 2)), eps)
    radii, theta = _scaled_local_radii(stack / scale[:, None, None], eps / scale)
    return radii * scale, theta


def _scaled_local_radii(stack: Array, eps: RealArray) -> tuple[RealArray, RealArray]:
    forms = schur_forms(stack)
    values = np.diagonal(forms, axis1=1, axis2=2)
    owner, r, theta = _starts(forms, values, eps, real=not np.iscomplexobj(stack))
    outermost = np.take_along_axis(values, np.abs(values).argmax(axis=1)[:, None], axis=1)[:, 0]
    # The disc of radius eps round an eigenvalue lies in the pseudospectrum: a floor that needs no search, and, where eps is
    # above rounding, a start that the grid may have missed.
    usable = np.flatnonzero(eps > 1e-12)
    owner, theta = np.append(owner, usable), np.append(theta, np.angle(outermost[usable]))
    r = np.append(r, np.abs(outermost[usable]) + eps[usable])
    outward, turned = _squeeze(stack[owner], r, theta, eps[owner])
    owner = np.append(owner, np.arange(len(stack)))
    outward = np.append(np.nan_to_num(outward, nan=-np.inf), np.abs(outermost) + eps)
    turned = np.append(turned, np.angle(outermost))
    if not np.iscomplexobj(stack):
        turned = on_the_real_axis(turned, np.ones(len(turned)), continuous=False)
    order = np.lexsort((outward, owner))
    best = order[np.append(owner[order][1:] != owner[order][:-1], True)]
    return outward[best], turned[best]


def _starts(forms: ComplexArray, values: ComplexArray, eps: RealArray, real: bool) -> tuple[NDArray[np.intp], RealArray, RealArray]:
    """On rays at grid angles, the outermost grid radius inside the pseudospectrum; the ``CLIMBS`` farthest local maxima over the angle."""
    rho = np.abs(values).max(axis=1)
    reach = np.linalg.norm(forms, axis=(1, 2)) + 2 * eps - rho
    nearest = np.maximum(eps * (1 - 1e-6), EPS * reach)
    count = int(np.ceil(np.log((reach / nearest).max()) / np.log(RADIUS_STEP))) + 2
    excess = np.exp(np.linspace(np.log(nearest), np.log(reach), count, axis=1))
    r = rho[:, None] + excess
    theta = search_angles(values, rho, real, continuous=False)
    z = r[:, :, None] * np.exp(1j * theta)[:, None, :]
    sigma = smallest_singular_estimates_in_chunks(forms, z.reshape(len(forms), -1), 4).reshape(z.shape)
    inside = sigma <= eps[:, None, None]
    last = count - 1 - inside[:, ::-1].argmax(axis=1)
    here = np.take_along_axis(sigma, last[:, None, :], axis=1)[:, 0]
    height = np.where(inside.any(axis=1), last + np.clip(1.0 - here / eps[:, None], 0.0, 1.0), -1.0)
    best = np.argsort(-height, axis=1)[:, : 2 * CLIMBS]
    keep = np.take_along_axis(height, best, axis=1) >= np.maximum(height.max(axis=1, keepdims=True) - 2.0, 0.0)
    owner, place = np.nonzero(keep)
    k = best[owner, place]
    return owner, r[owner, last[owner, k]], theta[owner, k]


def _squeeze(stack: Array, r: RealArray, theta: RealArray, eps: RealArray) -> tuple[RealArray, RealArray]:
    """Newton's method for the farthest point: ``log sigma = log eps`` and ``d sigma / d theta = 0``, in ``(log r, theta)``.

    Returns the farthest point met with ``sigma_min <= eps (1 + 1e-12)``, radius NaN where there was none.
    """
    noise = 4 * EPS * (1 + np.linalg.norm(stack, axis=(1, 2)) / r)
    best, where = np.full(r.shape, np.nan), theta.copy()
    log_r, theta = np.log(r), theta.copy()
    active = np.arange(len(r))
    for _ in range(NEWTON_STEPS):
        z = np.exp(log_r[active] + 1j * theta[active])
        first = np.stack([z, 1j * z], axis=1)
        second = np.stack([np.stack([z, 1j * z], axis=1), np.stack([1j * z, -z], axis=1)], axis=1)
        log_sigma, gradient, hessian, _ = log_sigma_model(stack[active], z, first, second)
        lag = np.log(eps[active]) - log_sigma
        radius = np.exp(log_r[active])
        better = (lag >= -1e-12) & ~(radius <= best[active])
        best[active[better]], where[active[better]] = radius[better], theta[active[better]]
        outward, turn = _newton_step(lag, gradient, hessian)
        log_r[active] += outward
        theta[active] += turn
        active = active[np.abs(outward) + turn**2 > noise[active]]
        if active.size == 0:
            break
    return best, where


def _newton_step(lag: RealArray, gradient: RealArray, hessian: RealArray) -> tuple[RealArray, RealArray]:
    """Solve ``g_r a + g_t b = lag``, ``g_t + h_rt a + h_tt b = 0``; uncoupled and limited away from a minimum over the angle."""
    g_r, g_t = gradient[:, 0], gradient[:, 1]
    curved = hessian[:, 1, 1] > 0
    h_tt = np.where(curved, hessian[:, 1, 1], 1.0)
    slope = g_r - g_t * hessian[:, 0, 1] / h_tt
    coupled = curved & (slope > 0.1 * g_r) & (g_r > 0)
    rising = np.where(g_r > 0, g_r, 1.0)
    outward = np.where(coupled, (lag + g_t**2 / h_tt) / np.where(coupled, slope, 1.0), lag / rising)
    turn = np.where(curved, -(g_t + np.where(coupled, hessian[:, 0, 1] * outward, 0.0)) / h_tt, -np.sign(g_t) * LARGEST_TURN)
    return np.clip(outward, -LARGEST_TURN, LARGEST_TURN), np.clip(turn, -LARGEST_TURN, LARGEST_TURN)
