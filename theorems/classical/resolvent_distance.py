"""The resolvent is at least one over the distance to the spectrum."""

from sympy import Integer, Matrix

from theorems.notation import M, z
from verify import ByHand, Claim, Family, Proof, Reading, ResolventNorm, SpectrumDistance, classical, complex_plane, general

CLAIM = Claim(
    id="resolvent-distance",
    title="Resolvent and distance to the spectrum",
    source="Trefethen and Embree 2005, chapter 4",
    domain={M: general(), z: complex_plane()},
    readings=[
        Reading(
            "i",
            ResolventNorm(M, z) * SpectrumDistance(M, z) >= 1,
            classical("Kato 1966, chapter III; Trefethen and Embree 2005, chapter 4"),
            sharp_at=(Family({M: Matrix([[0]]), z: Integer(1)}, text="order one; for every normal matrix"),),
            proof=Proof(
                ByHand(
                    "Let z be no eigenvalue (there both sides of ‖R(z)‖ >= 1/dist are infinite). If λ is the eigenvalue nearest to z and v a unit eigenvector, "
                    "R(z)v = v/(z − λ), so ‖R(z)‖ >= 1/|z − λ|."
                )
            ),
        )
    ],
)
