"""The numerical range is a (1 + √2)-spectral set."""

from sympy import Identity, Symbol, sqrt

from theorems.notation import M, n, t
from verify import Claim, Norm, NumericalRadius, Reading, classical, complex_plane, general, integer

a = Symbol("a", complex=True)
SHIFTED = M - a * Identity(n)

CLAIM = Claim(
    id="crouzeix-palencia",
    title="The numerical range is a (1 + √2)-spectral set",
    source="Crouzeix and Palencia 2017",
    domain={M: general(), a: complex_plane(), t: integer(1, 6)},
    notes="For the polynomials p(z) = (z − a)^t: the maximum of |p| over the numerical range is w(M − aI)^t. The theorem is about every polynomial.",
    readings=[
        Reading(
            "i",
            Norm(SHIFTED**t) <= (1 + sqrt(2)) * NumericalRadius(SHIFTED) ** t,
            classical("M. Crouzeix and C. Palencia, SIAM J. Matrix Anal. Appl. 38 (2017), 649–655"),
        )
    ],
)
