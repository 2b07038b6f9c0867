"""The ε-pseudospectrum."""

from sympy import Equivalent, Identity

from theorems.notation import M, epsilon, n, z
from verify import ByHand, Claim, Proof, Reading, ResolventNorm, SmallestSingularValue, complex_plane, general, positive, quoted

CLAIM = Claim(
    id="D1",
    title="The ε-pseudospectrum",
    source="arXiv:2606.04031, section 2",
    domain={M: general(), z: complex_plane(), epsilon: positive()},
    notes="A definition, Λ_ε(M) = {z : ‖(zI − M)^{-1}‖ > 1/ε}. What can be judged is that it agrees with the other one in use, σ_min(zI − M) < ε, on which "
    "the pseudospectral radius of this suite rests.",
    readings=[
        Reading(
            "i",
            Equivalent(ResolventNorm(M, z) > 1 / epsilon, SmallestSingularValue(z * Identity(n) - M) < epsilon),
            quoted(),
            proof=Proof(ByHand("‖X^{-1}‖ = 1/σ_min(X) for every invertible X; at an eigenvalue the norm is infinite and σ_min is 0.")),
        )
    ],
)
