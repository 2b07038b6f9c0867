"""Margins of stability, rigorously: the resolvent on a whole circle or line, the distance to instability, spectral and pseudospectral abscissa.

Above: one matrix inequality (:mod:`inequalities`) bounds the resolvent on the circle or line and beyond it. Below: one point of it, ``z`` rational
and exactly on the circle (``r(1 − t² + 2ti)/(1 + t²)`` for a rational ``t``) or line, and one vector.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import flint
import numpy as np
from scipy.optimize import brentq

from verify.numerics.bounds.boundary import Disc, HalfPlane, Peak, Region, ResolventSearch
from verify.numerics.bounds.continuous import prove_growing
from verify.numerics.bounds.fine import fine_peak
from verify.numerics.bounds.hermitian import largest_eigenvalue
from verify.numerics.bounds.inequalities import prove_barrier
from verify.numerics.bounds.ladder import DEFAULT_RTOL, FLOAT_RTOL, accuracy_bits, require_square, slacks
from verify.numerics.bounds.precise import precision
from verify.numerics.bounds.pseudospectral import verify_inside
from verify.numerics.bounds.rounding import dyadic, is_moderate
from verify.numerics.bounds.singular import propose_null_vector, resolvent_norm
from verify.numerics.bounds.spectral import prove_unstable
from verify.numerics.bounds.spectrum import BALL_BITS, enclosed_eigenvalues
from verify.numerics.enclosure import Enclosure, Endpoint, Rigour, fraction_of
from verify.numerics.exact import GaussianRational, RationalMatrix, shifted

__all__ = ["distance_to_instability", "pseudospectral_abscissa", "resolvent_norm_on_circle", "resolvent_norm_on_line", "spectral_abscissa"]


def resolvent_norm_on_circle(matrix: RationalMatrix, r: Fraction, rtol: Fraction = DEFAULT_RTOL) -> Enclosure:
    """``max_{|z|=r} ‖(zI − X)^{-1}‖`` for a rational ``r > 0``.

    Guarantee: rigorous (exact), no witness. The upper end is ``+infinity`` unless all eigenvalues lie inside the circle: the matrix inequality
    bounds the resolvent on all of the outside.

    Raises:
        ValueError: if ``r <= 0``.
    """
    r = Fraction(r)
    if r <= 0:
        raise ValueError(f"r = {r}; a circle needs a positive radius")
    return _on_boundary(matrix, Disc(), r - 1, Fraction(rtol))


def resolvent_norm_on_line(matrix: RationalMatrix, x: Fraction, rtol: Fraction = DEFAULT_RTOL) -> Enclosure:
    """``sup_y ‖((x + iy)I − X)^{-1}‖`` for a rational ``x``; as :func:`resolvent_norm_on_circle`, finite where all eigenvalues lie left of the line."""
    return _on_boundary(matrix, HalfPlane(), Fraction(x), Fraction(rtol))


def distance_to_instability(matrix: RationalMatrix, rtol: Fraction = DEFAULT_RTOL, continuous: bool = False) -> Enclosure:
    """The least ``‖E‖`` for which ``X + E`` is not asymptotically stable: ``min σ_min(zI − X)`` over the unit circle or the imaginary axis.

    Guarantee: rigorous (exact), no witness. The lower end is 0 unless stability was proved, and the enclosure is ``[0, 0]`` only where an
    eigenvalue on or beyond the boundary was proved.
    """
    require_square(matrix, "a distance to instability")
    found = _on_boundary(matrix, HalfPlane() if continuous else Disc(), Fraction(0), Fraction(rtol))
    if found.lower == math.inf:
        return Enclosure(Fraction(0), Fraction(0))
    above = 1 / found.lower if found.lower > 0 else math.inf  # a small σ_min anywhere on the boundary is a destabilising E, whatever the spectrum
    if found.upper == math.inf:
        unstable = prove_growing(matrix, np.linalg.eigvals(matrix.to_numpy())) if continuous else prove_unstable(matrix)
        return Enclosure(Fraction(0), above if unstable is None else Fraction(0))
    return Enclosure(1 / found.upper, above)


def _on_boundary(matrix: RationalMatrix, region: Region, s: Fraction, rtol: Fraction) -> Enclosure:
    require_square(matrix, "a resolvent")
    if not is_moderate(matrix):
        return Enclosure(Fraction(0), math.inf)
    search = ResolventSearch(matrix, region)
    with np.errstate(all="ignore"):
        peak = search.peak(float(s))
        if rtol < FLOAT_RTOL and 0 < peak.height < math.inf:
            peak = fine_peak(search, peak, s, rtol)
        lower = max((Fraction(0), *(_at(matrix, z, rtol) for z in _boundary_points(region, s, peak.position, accuracy_bits(rtol)))))
        upper: Endpoint = math.inf
        if lower < math.inf and _enclosed_by(search, s):
            height = peak.height if lower <= 0 else lower if rtol < FLOAT_RTOL else float(lower)
            exact = Peak(s, height, peak.position)  # type: ignore[arg-type]
            barrier = prove_barrier(search, exact, rtol / 2)
            upper = math.inf if barrier is None else barrier.g
    return Enclosure(lower, max(upper, lower))


def _at(matrix: RationalMatrix, z: GaussianRational, rtol: Fraction) -> Endpoint:
    return resolvent_norm(matrix, z, "lower", rtol).lower


def _enclosed_by(search: ResolventSearch, s: Fraction) -> bool:
    """Whether floats see the spectrum inside: only then is an upper bound tried."""
    values = search.eigenvalues
    return float((values.real if isinstance(search.region, HalfPlane) else abs(values) - 1).max()) < float(s)


def _boundary_points(region: Region, s: Fraction, position: float | Fraction, bits: int) -> Iterator[GaussianRational]:
    if not math.isfinite(position):
        return
    places = bits + 20
    if isinstance(region, HalfPlane):
        yield GaussianRational(s, dyadic(position, max(places, places - math.frexp(position or 1.0)[1])))
        if position != 0:
            yield GaussianRational(s)
        return
    sign = 1 if math.cos(position) >= 0 else -1
    for t in {_half_tangent(position, sign, places), Fraction(0)}:
        scale = sign * (1 + s) / (1 + t * t)
        yield GaussianRational(scale * (1 - t * t), scale * 2 * t)


def _half_tangent(position: float | Fraction, sign: int, places: int) -> Fraction:
    """``tan(θ/2)``, or ``tan((θ − π)/2)`` for the points left of the origin."""
    if isinstance(position, float) and math.sin(position) == 0:
        return Fraction(0)
    with precision(2 * places + 64):
        angle = flint.arb(flint.fmpq(*Fraction(position).as_integer_ratio()))
        tangent = ((angle if sign > 0 else angle - flint.arb.pi()) / 2).tan().mid()
        return dyadic(tangent, max(places, places - math.frexp(float(tangent) or 1.0)[1]))


def pseudospectral_abscissa(matrix: RationalMatrix, epsilon: Fraction, rtol: Fraction = DEFAULT_RTOL) -> Enclosure:
    """``α_ε(X) = sup{Re z : ‖(zI − X)^{-1}‖ > 1/ε}`` for a rational ``ε > 0``; ``rtol`` is relative to ``‖X‖ + ε``.

    Guarantee: rigorous (exact), no witness; at worst ``[Re tr X/n + ε, ω(X) + ε]``, ``ω`` the numerical abscissa (an eigenvalue lies right of the mean).

    Raises:
        ValueError: if ``epsilon <= 0``.
    """
    require_square(matrix, "a pseudospectral abscissa")
    epsilon, rtol = Fraction(epsilon), Fraction(rtol)
    if epsilon <= 0:
        raise ValueError(f"a pseudospectrum needs epsilon > 0, got {epsilon}")
    half = (matrix + matrix.adjoint()) / 2
    lower, upper = _mean(matrix) + epsilon, largest_eigenvalue(half, "upper", rtol).upper + epsilon
    if not is_moderate(matrix) or not 1e-150 < epsilon < 1e150:
        return Enclosure(lower, upper)
    search = ResolventSearch(matrix, HalfPlane())
    with np.errstate(all="ignore"):
        estimate = _propose_abscissa(search, float(epsilon), float(upper))
        scale = Fraction(search.size) + epsilon
        for slack in slacks(rtol):
            x = Fraction(estimate.s) + scale * slack
            peak = search.peak(float(x))
            if prove_barrier(search, Peak(x, peak.height, peak.position), slack / 8, exact_g=1 / epsilon) is not None:  # type: ignore[arg-type]
                upper = min(upper, x)
                break
        for slack in slacks(rtol):
            z = GaussianRational(Fraction(estimate.s) - scale * slack, dyadic(estimate.position, 80))
            vector = propose_null_vector(shifted(matrix, z), 40)
            if vector is not None and verify_inside(matrix, epsilon, z, vector):
                lower = max(lower, z.re)
                break
    return Enclosure(lower, upper)


def _propose_abscissa(search: ResolventSearch, epsilon: float, top: float) -> Peak:
    """Where ``M(x) = 1/ε``; floats, never trusted."""
    low, high = float(search.eigenvalues.real.max()) + 0.5 * epsilon, top + epsilon
    aim = -math.log(epsilon)
    x = brentq(lambda x: math.log(search.peak(x).height) - aim, low, high, xtol=1e-15 * (search.size + epsilon)) if low < high else high
    return search.peak(x)


def spectral_abscissa(matrix: RationalMatrix) -> Enclosure:
    """``α(X)``, the largest real part of an eigenvalue.

    Guarantee: exact for triangular matrices, tight for Hermitian ones; else enclosed by balls around all eigenvalues (rigour ``BALL``): the isolated
    roots of the exact characteristic polynomial of a real matrix, FLINT's ``acb_mat.eig`` for a complex one. Where these fail ``[Re tr X/n, ω(X)]``.
    """
    require_square(matrix, "a spectral abscissa")
    rows, order = matrix.rows(), matrix.shape[0]
    if all(not rows[i][j] for i in range(order) for j in range(i)) or all(not rows[j][i] for i in range(order) for j in range(i)):
        return Enclosure.exact(max(GaussianRational.of(rows[i][i]).re for i in range(order)))
    if matrix.is_hermitian:
        return largest_eigenvalue(matrix).without_witnesses()
    for bits in BALL_BITS:
        with precision(bits):
            values = enclosed_eigenvalues(matrix)
            if values is not None and all(value.is_finite() for value in values):
                return Enclosure(_top(values, upper=False), _top(values, upper=True), Rigour.BALL)
    return Enclosure(_mean(matrix), largest_eigenvalue((matrix + matrix.adjoint()) / 2, "upper").upper)


def _top(values: list[flint.acb], upper: bool) -> Endpoint:
    return max(fraction_of(value.real.upper() if upper else value.real.lower()) for value in values)


def _mean(matrix: RationalMatrix) -> Fraction:
    return GaussianRational.of(matrix.trace()).re / matrix.shape[0]
