"""The resolvent is at most one over the distance to the numerical range."""

from sympy import Abs, Adjoint, Identity, Symbol, conjugate, re

from theorems.notation import M, n, z
from verify import ByHand, Claim, LargestEigenvalue, NumericalRadius, Proof, Reading, ResolventNorm, SmallestSingularValue, classical, complex_plane, general

u = Symbol("u", complex=True)
SUPPORT = LargestEigenvalue((conjugate(u) * M + u * Adjoint(M)) / 2)
SHIFTED = SmallestSingularValue(z * Identity(n) - M)

CLAIM = Claim(
    id="numerical-range",
    title="Resolvent and distance to the numerical range",
    source="Stone 1932; Trefethen and Embree 2005, chapter 17",
    domain={M: general(), z: complex_plane(), u: complex_plane()},
    notes="W(M) is the intersection of its supporting half-planes Re(ūz) <= λ_max((ūM + uM*)/2), |u| = 1, so that (i), for every u, says "
    "σ_min(zI − M) >= dist(z, W(M)).",
    readings=[
        Reading(
            "i",
            re(conjugate(u) * z) - SUPPORT <= Abs(u) * SHIFTED,
            classical("M. H. Stone, Linear Transformations in Hilbert Space (1932)"),
            proof=Proof(
                ByHand(
                    "For a unit vector v, |u| ‖(zI − M)v‖ >= |v*ū(zI − M)v| >= Re(ūz) − Re(v*ūMv), and Re(v*ūMv) = v*((ūM + uM*)/2)v is at most the "
                    "largest eigenvalue. Take v to be the right singular vector for σ_min(zI − M)."
                )
            ),
        ),
        Reading(
            "ii",
            ResolventNorm(M, z) <= 1 / (Abs(z) - NumericalRadius(M)),
            classical("the disc that contains W(M)"),
            hypotheses=(Abs(z) > NumericalRadius(M),),
            proof=Proof(
                ByHand(
                    "For a unit vector v, ‖(zI − M)v‖ >= |v*(zI − M)v| >= |z| − |v*Mv| >= |z| − w(M) > 0, so zI − M is invertible with an inverse of norm "
                    "at most 1/(|z| − w(M))."
                )
            ),
            domain={M: general(), z: complex_plane()},
        ),
    ],
)
