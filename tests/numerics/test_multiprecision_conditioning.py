"""What thirty digits say where the floats misjudge stability: a similar copy of a contraction, by a nearly singular matrix."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from verify.numerics import multiprecision
from verify.numerics.exact import RationalMatrix
from verify.numerics.kreiss import kreiss_maximisers
from verify.numerics.powers import transient_peaks


def similar_copy(digits: int) -> RationalMatrix:
    """``S M S^{-1}`` with ``ρ = 0.933…``, ``S`` singular but for ``10^{-digits}``: rounding its entries moves the eigenvalues out of the disc."""
    basis = RationalMatrix.from_rows([[Fraction(1), Fraction(1)], [Fraction(1), 1 + Fraction(1, 10**digits)]])
    return basis * RationalMatrix.from_rows([[Fraction(9, 10), Fraction(1, 3)], [Fraction(1, 7), Fraction(-1, 2)]]) * basis.inverse()


@pytest.mark.parametrize("digits", [8, 10, 12])
def test_floats_that_see_instability_are_not_believed_against_the_digits(digits: int) -> None:
    J = similar_copy(digits)
    assert not np.isfinite(kreiss_maximisers(J.to_numpy())[0][0]) and transient_peaks(J.to_numpy()[None])[1][0] < 0, "the floats err, or this tests nothing"
    assert multiprecision.spectral_radius(J.rows(), 30) == pytest.approx(0.9332251, abs=1e-6)
    kreiss, peak = multiprecision.kreiss_constant(J.rows(), 30), multiprecision.transient_peak(J.rows(), 30)
    power, heights = RationalMatrix.identity(2), []
    for _ in range(8):
        power = power * J
        with mpmath.workdps(60):
            entries = mpmath.matrix([[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in power.rows()])
            heights.append(max(mpmath.svd_r(entries, compute_uv=False)))
    assert peak == pytest.approx(float(max(heights)), rel=1e-12)
    assert 0.4 * peak < kreiss <= peak  # K <= sup ‖J^t‖ <= e n K


def test_what_is_unstable_stays_so() -> None:
    assert multiprecision.kreiss_constant([[Fraction(2), Fraction(0)], [Fraction(0), Fraction(1, 2)]], 30) == mpmath.inf
    defective = [[Fraction(1), Fraction(1)], [Fraction(0), Fraction(1)]]
    assert multiprecision.kreiss_constant(defective, 30) == mpmath.inf
    assert multiprecision.transient_peak([[Fraction(11, 10)]], 30) == mpmath.inf
