"""The pseudospectral radius ``ρ_ε(X) = sup{|z| : ‖(zI − X)^{-1}‖ > 1/ε}``, rigorously.

Proofs. *circle*: the circle inequality (:mod:`inequalities`) at radius ``r`` with ``g <= 1/ε`` leaves no such ``z`` with ``|z| >= r``;
for that ``⪰`` is enough, which allows equality: then ``r²P − X*PX ⪰ I`` still gives ``ρ(X) < r`` and ``‖R(z)‖ <= g``. *point*:
``‖(zI − X)v‖ < ε‖v‖``.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from fractions import Fraction

from mpmath import mp
from scipy.optimize import brentq

from verify.numerics.bounds.boundary import Disc, Peak, ResolventSearch
from verify.numerics.bounds.inequalities import prove_barrier
from verify.numerics.bounds.ladder import (
    DEFAULT_RTOL,
    FLOAT_RTOL,
    Bound,
    Side,
    Witness,
    accuracy_bits,
    nice_value,
    require_square,
    root_bits,
    rungs_above,
    slacks,
    vector_json,
    with_factor,
    z_json,
)
from verify.numerics.bounds.rounding import absolute_bounds, dyadic, exact_fraction, is_moderate, simplest_between
from verify.numerics.bounds.singular import length_squared, norm, propose_null_vector
from verify.numerics.bounds.spectral import spectral_radius
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text, shifted
from verify.numerics.multiprecision_newton import squeeze
from verify.numerics.positivity import certify_psd

__all__ = ["pseudospectral_radius"]


def pseudospectral_radius(
    matrix: RationalMatrix, epsilon: Fraction, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None
) -> Enclosure:
    """``ρ_ε(X)`` of a square matrix for a rational ``ε > 0``.

    Guarantee: rigorous (exact); at worst ``[ρ(X) + ε, ‖X‖ + ε]``. Witnesses ``point`` and ``circle``. For normal matrices the value is
    ``‖X‖ + ε``, without a witness where that is sharper.

    Raises:
        ValueError: if ``epsilon <= 0``.
    """
    require_square(matrix, "a pseudospectral radius")
    epsilon, rtol = Fraction(epsilon), Fraction(rtol)
    if epsilon <= 0:
        raise ValueError(f"a pseudospectrum needs epsilon > 0, got {epsilon}")
    size = norm(matrix, rtol=rtol)
    if not is_moderate(matrix) or not 1e-150 < epsilon < 1e150:
        return Enclosure(epsilon, size.upper + epsilon)
    estimate = propose_radius(matrix, epsilon)
    fine = propose_precisely(matrix, epsilon, estimate, rtol) if rtol < FLOAT_RTOL else None
    if fine is not None:
        estimate = Peak(fine[0] - 1, estimate.height, estimate.position)  # type: ignore[arg-type]
    lower: Bound = (epsilon, None)
    upper: Bound = (size.upper + epsilon, None)
    if side != "lower" and (found := _above(matrix, epsilon, estimate, rtol, target, Fraction(size.upper))) is not None:
        upper = found
    if side != "upper":
        lower = _below(matrix, epsilon, estimate, rtol, fine) or (spectral_radius(matrix, "lower").lower + epsilon, None)
    enclosure = Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])
    return enclosure.intersection(Enclosure(size.lower + epsilon, size.upper + epsilon)) if matrix.is_normal() else enclosure


def propose_radius(matrix: RationalMatrix, epsilon: Fraction) -> Peak:
    """The radius where ``M(r) = 1/ε`` (``s = r − 1``) and where on that circle; floats, never trusted."""
    search = ResolventSearch(matrix, Disc())
    spectral = float(abs(search.eigenvalues).max())
    low, high = spectral + float(epsilon) * 0.5, search.size + float(epsilon) * 1.5
    aim = -math.log(float(epsilon))
    radius = brentq(lambda r: math.log(search.peak(r - 1).height) - aim, low, high, rtol=1e-15, xtol=1e-300) if low < high else high
    return search.peak(radius - 1)


def propose_precisely(matrix: RationalMatrix, epsilon: Fraction, estimate: Peak, rtol: Fraction) -> tuple[Fraction, Fraction, Fraction] | None:
    """Modulus, cosine and sine of the argument of the outermost point near a float estimate, by Newton's method in multiprecision; never trusted."""
    bits = 2 * accuracy_bits(rtol) + 40
    start = (1 + estimate.s) * cmath.exp(1j * estimate.position)
    start = complex(start.real, 0.0) if abs(math.sin(estimate.position)) <= 1e-9 else start
    try:
        r, argument, _ = squeeze(matrix.to_mpmath, lambda: mp.mpf(epsilon.numerator) / epsilon.denominator, start, math.ceil(0.302 * bits))
        with mp.workprec(2 * bits):
            modulus, cosine, sine = (dyadic(exact_fraction(mp.mpf(x)), bits) for x in (r, mp.cos(argument), mp.sin(argument)))
            return modulus, cosine, sine
    except (ZeroDivisionError, ValueError):
        return None


def _above(
    matrix: RationalMatrix, epsilon: Fraction, estimate: Peak, rtol: Fraction, target: Fraction | None, size: Fraction
) -> tuple[Fraction, Witness] | None:
    search, g = ResolventSearch(matrix, Disc()), 1 / epsilon
    for r in (r for r in rungs_above(1 + Fraction(estimate.s), rtol, target) if r > 0):
        scalar = prove_scalar_circle(matrix, r, g, size)
        if scalar is not None:
            return r, scalar
        peak = search.peak(float(r - 1)) if r != nice_value(1 + Fraction(estimate.s)) else None
        barrier = prove_barrier(search, Peak(r - 1, peak.height, peak.position), rtol / 8, exact_g=g) if peak else None  # type: ignore[arg-type]
        if barrier is not None:
            record = {key: value for key, value in barrier.to_json("r").items() if key != "r"}
            return r, {"by": "circle", "value": rational_text(r), "r": rational_text(r), **record}
    return None


def prove_scalar_circle(matrix: RationalMatrix, r: Fraction, g: Fraction, size: Fraction) -> Witness | None:
    """``P = pI`` with ``p = g²(1 − ‖X‖/r)``: enough where ``r >= ‖X‖ + ε``, equality included if ``‖X‖`` is rational."""
    if not 0 <= size < r:
        return None
    identity = RationalMatrix.identity(matrix.shape[0])
    p = identity * (g * g * (1 - size / r))
    image = matrix.adjoint() * p
    proof = certify_psd(RationalMatrix.blocks([[p * (r * r) - identity - image * matrix, -image], [-image.adjoint(), identity * (g * g) - p]]))
    if proof.holds is not True:
        return None
    return with_factor({"by": "circle", "value": rational_text(r), "r": rational_text(r), "g": rational_text(g), "matrix": p.to_json()}, proof)


def propose_inner_points(peak: Peak, r: float, bits: int) -> Iterator[GaussianRational]:
    """Rational points near ``r e^{iθ}``: a short real one where it lies on the axis, else with ``bits`` bits."""
    if not (0 < r < math.inf and math.isfinite(peak.position)):
        return
    if abs(math.sin(peak.position)) <= 1e-6:
        short = simplest_between(Fraction(r) * (1 - Fraction(1, 1 << bits)), Fraction(r))
        yield GaussianRational(short if math.cos(peak.position) > 0 else -short)
    z, places = r * cmath.exp(1j * peak.position), max(0, bits - math.frexp(r)[1])
    yield GaussianRational(dyadic(z.real, places), dyadic(z.imag, places))


def verify_inside(matrix: RationalMatrix, epsilon: Fraction, z: GaussianRational, vector: RationalMatrix) -> bool:
    """Is ``‖(zI − X)v‖ < ε‖v‖``? (Exact.)"""
    return length_squared(shifted(matrix, z) * vector) < epsilon * epsilon * length_squared(vector)


def _below(
    matrix: RationalMatrix, epsilon: Fraction, estimate: Peak, rtol: Fraction, fine: tuple[Fraction, Fraction, Fraction] | None
) -> tuple[Fraction, Witness] | None:
    if fine is not None:
        r, cosine, sine = fine
        for slack in slacks(rtol)[:6]:
            z = GaussianRational(r * (1 - slack) * cosine, r * (1 - slack) * sine)
            vector = propose_null_vector(shifted(matrix, z), accuracy_bits(rtol) // 2 + 16)
            if vector is not None and verify_inside(matrix, epsilon, z, vector):
                value = absolute_bounds(z, root_bits(rtol))[0]
                return value, {"by": "point", "z": z_json(z), "vector": vector_json(vector), "value": rational_text(value)}
    for inward in (float(rtol) / 2, 1e-6, 1e-2):
        for z in propose_inner_points(estimate, (1 + estimate.s) * (1 - inward), accuracy_bits(Fraction(inward))):
            vector = propose_null_vector(shifted(matrix, z), min(accuracy_bits(rtol), 40))
            if vector is not None and verify_inside(matrix, epsilon, z, vector):
                value = absolute_bounds(z)[0]
                return value, {"by": "point", "z": z_json(z), "vector": vector_json(vector), "value": rational_text(value)}
    return None
