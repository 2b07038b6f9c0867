"""The quantities in multiprecision (mpmath): a second opinion on a float value, to as many digits as asked. Not rigorous.

Matrices are mpmath matrices, or nested lists (arrays) of Fractions, integers, mpf, mpc or floats. Results are mpf with about ``dps``
correct digits: singular values are computed with as many guard digits as ``‖M‖ / sigma_min`` costs. Suprema start from the float
maximisers and are refined by Newton's method, so they are as global as :mod:`verify.numerics.kreiss` made them.

Raises, throughout: TypeError for a matrix of another kind, ValueError for one that is empty, ragged, or not square where it must be.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
from mpmath import mp

from verify.numerics.arrays import Array
from verify.numerics.kreiss import kreiss_maximisers
from verify.numerics.multiprecision_newton import climb, squeeze
from verify.numerics.powers import transient_peaks
from verify.numerics.pseudospectrum import pseudospectral_radius as float_pseudospectral_radius
from verify.numerics.radii import numerical_radius as float_numerical_radius

__all__ = [
    "exponential_norm",
    "kreiss_constant",
    "kreiss_maximiser",
    "largest_eigenvalue",
    "numerical_radius",
    "pseudospectral_radius",
    "refine_kreiss_maximiser",
    "resolvent_norm",
    "smallest_eigenvalue",
    "smallest_singular_value",
    "spectral_abscissa",
    "spectral_norm",
    "spectral_radius",
    "spectrum_distance",
    "transient_peak",
]

GUARD = 15
"""Digits beyond ``dps``."""
_LONGEST = 1000
"""Most powers that are formed one after the other in the search for a peak of which the floats know nothing."""
_BRACKET = 1e-5
"""How far a float angle of the numerical radius may be off: its value is exact to about the square of this."""
DEFECTIVE_ORDER = 4
"""Order of a defective eigenvalue for which the spectral radius still has all its digits."""


def spectral_norm(M: Any, dps: int = 50) -> mpmath.mpf:
    """``‖M‖`` of a rectangular matrix."""
    with mp.workdps(dps + GUARD):
        return max(_singular_values(_matrix(M, "M")))


def smallest_singular_value(M: Any, dps: int = 50) -> mpmath.mpf:
    """``sigma_min(M)`` to ``dps`` *relative* digits; 0 if it is below ``10^{-4 dps} ‖M‖``."""
    digits = dps + GUARD
    while True:
        with mp.workdps(digits):
            values = _singular_values(_matrix(M, "M"))
            least, largest = min(values), max(values)
            if largest == 0:
                return mp.zero
            lost = int(mpmath.ceil(-mpmath.log10(least / largest))) if least > 0 else digits
        if lost >= digits - 2 and digits > 5 * dps:
            return mp.zero
        if digits >= dps + GUARD + lost:
            return least
        digits = dps + GUARD + lost


def resolvent_norm(J: Any, z: Any, dps: int = 50) -> mpmath.mpf:
    """``‖(zI - J)^{-1}‖``; ``inf`` at an eigenvalue (in the sense of :func:`smallest_singular_value`)."""
    with mp.workdps(6 * (dps + GUARD)):
        matrix = _square(J)
        shifted = _scalar(z) * mp.eye(matrix.rows) - matrix
    sigma = smallest_singular_value(shifted, dps)
    with mp.workdps(dps + GUARD):
        return 1 / sigma if sigma > 0 else mp.inf


def spectral_radius(M: Any, dps: int = 50) -> mpmath.mpf:
    """``rho(M)``; an eigenvalue that is defective of an order above ``DEFECTIVE_ORDER`` keeps a corresponding part of the digits only."""
    with mp.workdps(min(len(_rows(M, "M")), DEFECTIVE_ORDER) * dps + GUARD):
        matrix = _square(M)
        if matrix.rows == 1:
            return abs(matrix[0, 0])
        return max(abs(value) for value in mp.eig(matrix, left=False, right=False))


def spectral_abscissa(M: Any, dps: int = 50) -> mpmath.mpf:
    """``alpha(M)``, the largest real part of an eigenvalue; digits as for :func:`spectral_radius`, relative to ``‖M‖``."""
    with mp.workdps(min(len(_rows(M, "M")), DEFECTIVE_ORDER) * dps + GUARD):
        matrix = _square(M)
        values = [matrix[0, 0]] if matrix.rows == 1 else mp.eig(matrix, left=False, right=False)
        return max(mp.re(value) for value in values)


def spectrum_distance(M: Any, z: Any, dps: int = 50) -> mpmath.mpf:
    """``min |z - lambda|`` over the eigenvalues; digits as for :func:`spectral_radius`, relative to ``|z| + ‖M‖``."""
    with mp.workdps(min(len(_rows(M, "M")), DEFECTIVE_ORDER) * dps + GUARD):
        matrix, place = _square(M), _scalar(z)
        values = [matrix[0, 0]] if matrix.rows == 1 else mp.eig(matrix, left=False, right=False)
        return min(abs(place - value) for value in values)


def largest_eigenvalue(M: Any, dps: int = 50) -> mpmath.mpf:
    """``lambda_max`` of the Hermitian part of ``M`` (of ``M`` itself, if it is Hermitian)."""
    with mp.workdps(dps + GUARD):
        return _extreme_eigenvalues(_square(M))[1]


def smallest_eigenvalue(M: Any, dps: int = 50) -> mpmath.mpf:
    """``lambda_min`` of the Hermitian part of ``M`` (of ``M`` itself, if it is Hermitian)."""
    with mp.workdps(dps + GUARD):
        return _extreme_eigenvalues(_square(M))[0]


def numerical_radius(M: Any, dps: int = 50) -> mpmath.mpf:
    """``w(M) = max_theta lambda_max(Re(e^{-i theta} M))``: golden section about the float maximiser; the value at any angle is a lower bound.

    An angle that is off by ``h`` costs ``O(h²)`` where the maximum is smooth, so half the digits of the angle are enough.
    """
    centre = float_numerical_radius(_floats(M)).theta
    with mp.workdps(dps + GUARD):
        matrix = _square(M)

        def support(theta: mpmath.mpf) -> mpmath.mpf:
            return _extreme_eigenvalues(mp.expj(-theta) * matrix)[1]

        ratio, low, high = (mp.sqrt(5) - 1) / 2, mp.mpf(centre) - _BRACKET, mp.mpf(centre) + _BRACKET
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        at_left, at_right, best = support(left), support(right), support(mp.mpf(centre))
        while high - low > mp.mpf(10) ** -(dps // 2 + 2):
            if at_left > at_right:
                high, right, at_right = right, left, at_left
                left = high - ratio * (high - low)
                at_left = support(left)
            else:
                low, left, at_left = left, right, at_right
                right = low + ratio * (high - low)
                at_right = support(right)
        return max(best, at_left, at_right)


def refine_kreiss_maximiser(J: Any, z0: complex, dps: int = 50, continuous: bool = False) -> tuple[mpmath.mpc, mpmath.mpf]:
    """Newton's method from a float maximiser ``z0`` of ``(|z| - 1) ‖R(z)‖`` (``Re z ‖R(z)‖``): the local maximiser and its value.

    A real ``z0`` of a real matrix stays real. From ``z0 = inf`` the answer is ``(inf, 1)``. Where the supremum is a limit at the
    stability boundary, the climb follows it until the value has settled.
    """
    with mp.workdps(dps + GUARD):
        if not mp.isfinite(mp.mpmathify(z0)):
            return mp.mpc(mp.inf), mp.one
    return climb(lambda: _square(J), complex(z0), dps, continuous)


def kreiss_maximiser(J: Any, dps: int = 50, *, continuous: bool = False) -> tuple[mpmath.mpc, mpmath.mpf]:
    """``(z, value)`` of the Kreiss constant: float global search, then :func:`refine_kreiss_maximiser` of all maxima that are near-ties.

    Where the floats see an eigenvalue outside the disc and the digits do not (an ill-conditioned one), the climb begins on the rays through the eigenvalues.
    """
    candidates = kreiss_maximisers(_floats(J), continuous=continuous)
    if not np.isfinite(candidates[0][0]):
        if continuous or not _clearly_stable(J, dps):
            return mp.mpmathify(candidates[0][1]), mp.inf
        candidates = [(1.0, _best_on_rays(J, dps))]
    refined = [refine_kreiss_maximiser(J, z, dps, continuous) for _, z in candidates]
    best = max(refined, key=lambda pair: pair[1])
    return best if best[1] >= 1 else (mp.mpc(mp.inf), mp.one)


def kreiss_constant(J: Any, dps: int = 50, *, continuous: bool = False) -> mpmath.mpf:
    """``K(J)`` or ``K_c(J)``; ``inf`` if the float search found an eigenvalue outside the closed disc (half plane) and the digits do not contradict it."""
    return kreiss_maximiser(J, dps, continuous=continuous)[1]


def transient_peak(J: Any, dps: int = 50) -> mpmath.mpf:
    """``sup_t ‖J^t‖`` over integers ``t >= 0``: the norms round the float peak time; ``inf`` if the float spectral radius is above 1 and the digits agree.

    Raises:
        ArithmeticError: if they do not, and no power is seen to be a contraction before :data:`_LONGEST`.
    """
    times = transient_peaks(_floats(J)[None])[1]
    time = int(times[0])
    if time < 0 and _clearly_stable(J, dps):
        time = _peak_time(J, dps)
    if time < 0:
        return mp.inf
    with mp.workdps(dps + GUARD + len(str(time))):
        matrix = _square(J)
        first = max(time - 2, 0)
        power, value = matrix**first, mp.one
        for _ in range(first, time + 3):
            value = max(value, max(_singular_values(power)))
            power = power * matrix
        return value


def _clearly_stable(J: Any, dps: int) -> bool:
    """Is the spectral radius below 1 by more than even a defective eigenvalue may err at this many digits?"""
    return bool(spectral_radius(J, dps) < 1 - mp.mpf(10) ** -(dps // 3))


def _peak_time(J: Any, dps: int) -> int:
    """Where the Frobenius norm of the powers is largest, before it falls to 1; the norm itself peaks within a factor ``√n`` of that."""
    with mp.workdps(dps + GUARD):
        matrix = _square(J)
        power, heights = mp.eye(matrix.rows), [mp.one]
        for _ in range(_LONGEST):
            power = power * matrix
            height = mp.mnorm(power, "f")
            if height <= 1:
                return max(range(len(heights)), key=lambda t: heights[t])
            heights.append(height)
        raise ArithmeticError(f"no power up to {_LONGEST} is a contraction: no peak time is known")


def _best_on_rays(J: Any, dps: int) -> complex:
    """Where ``(|z| - 1) ‖R(z)‖`` is largest, to a factor ``√n``, on the rays through the eigenvalues at distances ``4^k`` from the circle."""
    with mp.workdps(dps + GUARD):
        matrix = _square(J)
        values = [matrix[0, 0]] if matrix.rows == 1 else mp.eig(matrix, left=False, right=False)
        rays = [value / abs(value) for value in values if value != 0] or [mp.one]
        places = [(h, (1 + h) * ray) for ray in rays for h in (mp.mpf(4) ** k for k in range(-10, 4))]
        identity = mp.eye(matrix.rows)
        return complex(max(places, key=lambda place: place[0] * mp.mnorm(mp.inverse(place[1] * identity - matrix), "f"))[1])


def exponential_norm(G: Any, t: Any, dps: int = 50) -> mpmath.mpf:
    """``‖e^{tG}‖`` for a real ``t >= 0``: the Taylor series of a scaled matrix, with guard digits for the squarings and for ``t‖G‖``."""
    with mp.workdps(dps + GUARD):
        matrix, time = _square(G), mp.re(_scalar(t))
        if time < 0:
            raise ValueError(f"t = {t}; a time t >= 0 is needed")
        guard = int(2 * mp.log10(2 + time * mp.mnorm(matrix, 1))) + 1
    with mp.workdps(dps + GUARD + 2 * guard):
        return max(_singular_values(mp.expm(_square(G) * mp.re(_scalar(t)), method="taylor")))


def pseudospectral_radius(J: Any, eps: Any, dps: int = 50) -> mpmath.mpf:
    """``rho_eps(J) = max{|z| : sigma_min(zI - J) <= eps}``: Newton's method from the float maximiser.

    Where floats do not see ``eps`` beside ``‖J‖`` a second one begins in the same direction at ``‖J‖ + eps``, which no maximiser exceeds.
    """
    with mp.workdps(dps + GUARD):
        level = mp.re(_scalar(eps))
        if not level > 0:
            raise ValueError(f"eps = {eps}; a pseudospectrum needs eps > 0")
    matrix = _floats(J)
    found = float_pseudospectral_radius(matrix, float(level))
    starts = [found.z]
    if not found.settled:
        starts.append((float(np.linalg.norm(matrix)) + float(level)) * (found.z / abs(found.z) if found.z else 1.0))
    reached = [squeeze(lambda: _square(J), lambda: mp.re(_scalar(eps)), start, dps) for start in starts]
    return max((value for value, _, at_rest in reached if at_rest), default=reached[0][0])


def _extreme_eigenvalues(M: mpmath.matrix) -> tuple[mpmath.mpf, mpmath.mpf]:
    """Smallest and largest eigenvalue of the Hermitian part."""
    values = mp.eighe((M + M.transpose_conj()) / 2, eigvals_only=True)
    return min(values), max(values)


def _singular_values(M: mpmath.matrix) -> list[mpmath.mpf]:
    tall = M if M.rows >= M.cols else M.transpose_conj()  # mpmath's svd wants no more columns than rows to stay economical
    values = mp.svd_c(tall, compute_uv=False) if any(mp.im(x) != 0 for x in tall) else mp.svd_r(tall.apply(mp.re), compute_uv=False)
    return list(values)


def _rows(M: Any, name: str) -> list[list[Any]]:
    """The entries as nested lists, not converted yet: conversion happens at the working precision."""
    rows = M.tolist() if isinstance(M, (mpmath.matrix, np.ndarray)) else M
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in rows):
        raise TypeError(f"{name} is a {type(M).__name__}; an mpmath matrix or nested lists of numbers are needed")
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(f"{name} is empty or ragged (row lengths {[len(row) for row in rows]}); rows of equal, positive length are needed")
    return [list(row) for row in rows]


def _matrix(M: Any, name: str) -> mpmath.matrix:
    return mp.matrix([[_scalar(entry) for entry in row] for row in _rows(M, name)])


def _square(J: Any) -> mpmath.matrix:
    matrix = _matrix(J, "J")
    if matrix.rows != matrix.cols:
        raise ValueError(f"J is {matrix.rows} x {matrix.cols}; a square matrix is needed")
    return matrix


def _scalar(entry: Any) -> Any:
    if isinstance(entry, Fraction):
        return mp.mpf(entry.numerator) / entry.denominator
    try:
        value = mp.mpmathify(entry)
    except TypeError:
        raise TypeError(f"entry {entry!r} is a {type(entry).__name__}; Fractions, integers, floats, mpf or mpc are needed") from None
    if not mp.isfinite(value):
        raise ValueError(f"entry {entry!r} is not finite: remove NaN and infinity")
    return value


def _floats(J: Any) -> Array:
    matrix = _square(J)
    entries = np.array([[complex(entry) for entry in row] for row in matrix.tolist()])
    return entries if entries.imag.any() else np.ascontiguousarray(entries.real)
