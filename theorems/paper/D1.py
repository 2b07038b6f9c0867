"""The definition of the pseudospectrum."""

from sympy import Abs

from theorems.notation import M, epsilon, z
from verify import ByHand, Claim, Proof, PseudospectralRadius, Reading, ResolventNorm, complex_plane, general, positive, quoted

CLAIM = Claim(
    id="D1",
    title="Pseudospectrum",
    source="arXiv:2606.04031, section 2",
    domain={epsilon: positive(), M: general(), z: complex_plane()},
    notes="A definition is not true or false; what is judged is that the suite's pseudospectral radius contains every point of the definition.",
    readings=[
        Reading(
            "i",
            PseudospectralRadius(M, epsilon) >= Abs(z),
            quoted(),
            hypotheses=(ResolventNorm(M, z) * epsilon > 1,),
            proof=Proof(ByHand("Λ_ε(M) = {z : ‖(zI − M)^{-1}‖ > 1/ε}, and ρ_ε is the supremum of |z| over it.")),
        )
    ],
)
