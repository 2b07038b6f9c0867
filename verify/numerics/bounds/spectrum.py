"""Distance to the spectrum, determinant and trace."""

from __future__ import annotations

from fractions import Fraction

import flint

from verify.numerics.bounds.ladder import DEFAULT_RTOL, Side, require_square
from verify.numerics.bounds.precise import ball_matrix, precision
from verify.numerics.bounds.rounding import sqrt_above, sqrt_below
from verify.numerics.bounds.singular import smallest_singular_value
from verify.numerics.enclosure import Enclosure, Rigour, fraction_of
from verify.numerics.exact import RationalMatrix, shifted
from verify.numerics.gaussian import Exact, GaussianRational

__all__ = ["determinant", "enclosed_eigenvalues", "spectrum_distance", "trace"]

BALL_BITS = (128, 512)


def spectrum_distance(matrix: RationalMatrix, z: Exact, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``min |z − λ|`` over the eigenvalues.

    Guarantee: for normal matrices (``XX* = X*X`` exactly) it is ``σ_min(zI − X)``, rigorous with witnesses; for triangular ones exact.
    Otherwise enclosed by balls (rigour ``BALL``, no witness): around the isolated roots of the exact characteristic polynomial of a real
    matrix, around the eigenvalues of a complex one (FLINT's ``complex_roots``, ``acb_mat.eig``). Where these fail:
    ``σ_min(zI − X) <= min|z − λ| <= |det(zI − X)|^{1/n}``.
    """
    require_square(matrix, "a distance to the spectrum")
    if matrix.is_normal():
        return smallest_singular_value(shifted(matrix, z), side, rtol, target)
    rows, order = matrix.rows(), matrix.shape[0]
    if all(not rows[i][j] for i in range(order) for j in range(i)) or all(not rows[j][i] for i in range(order) for j in range(i)):
        nearest = min((GaussianRational.of(rows[i][i]) - z).abs_squared for i in range(order))
        return Enclosure(sqrt_below(nearest), sqrt_above(nearest))
    for bits in BALL_BITS:
        found = _by_balls(matrix, GaussianRational.of(z), bits)
        if found is not None:
            return found
    shift = shifted(matrix, z)
    product = GaussianRational.of(shift.determinant()).abs_squared
    above = Fraction(0) if product == 0 else _root_above(product, 2 * matrix.shape[0])
    lower = Fraction(0) if product == 0 else smallest_singular_value(shift, "lower", rtol).lower
    return Enclosure(min(Fraction(lower), above), above)


def _by_balls(matrix: RationalMatrix, z: GaussianRational, bits: int) -> Enclosure | None:
    """The least distance to a ball around an eigenvalue; None if they cannot be enclosed."""
    with precision(bits):
        values = enclosed_eigenvalues(matrix)
        if values is None or not all(value.is_finite() for value in values):
            return None
        point = flint.acb(_ball(z.re), _ball(z.im))
        gaps = [abs(value - point) for value in values]
        lower, upper = min(fraction_of(gap.abs_lower()) for gap in gaps), min(fraction_of(gap.abs_upper()) for gap in gaps)
    return Enclosure(max(lower, Fraction(0)), upper, Rigour.BALL)


def enclosed_eigenvalues(matrix: RationalMatrix) -> list[flint.acb] | None:
    """Balls that contain all eigenvalues, at the working precision, and one in each ball."""
    try:
        if matrix.is_real:
            return [flint.acb(pair[0]) for pair in matrix.re.charpoly().complex_roots()]  # type: ignore[index]
        return list(flint.acb_mat(ball_matrix(matrix)).eig(multiple=True))
    except (ValueError, ZeroDivisionError):
        return None


def _ball(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _root_above(value: Fraction, degree: int) -> Fraction:
    """``value^(1/degree)`` from above: the product of ``degree/2`` moduli squared bounds the least."""
    with precision(128):
        end = fraction_of(flint.arb(flint.fmpq(value.numerator, value.denominator)).root(degree).upper())
    return end if isinstance(end, Fraction) else sqrt_above(value)


def determinant(matrix: RationalMatrix) -> Enclosure:
    """Exact.

    Raises:
        ValueError: if it is not real.
    """
    return Enclosure.exact(_real(matrix.determinant(), "determinant"))


def trace(matrix: RationalMatrix) -> Enclosure:
    """Exact.

    Raises:
        ValueError: if it is not real.
    """
    return Enclosure.exact(_real(matrix.trace(), "trace"))


def _real(value: Exact, name: str) -> Fraction:
    if isinstance(value, GaussianRational):
        if value.im:
            raise ValueError(f"the {name} is not real: its imaginary part is {value.im}")
        return value.re
    return Fraction(value)
