"""The Kreiss constant."""

from sympy import Abs

from theorems.notation import M, z
from verify import ByHand, Claim, KreissConstant, Proof, Reading, ResolventNorm, complex_outside, general, quoted

CLAIM = Claim(
    id="D2",
    title="The Kreiss constant",
    source="arXiv:2606.04031, section 2",
    domain={M: general(), z: complex_outside(1)},
    notes="A definition, K(M) = sup (|z| − 1) ‖(zI − M)^{-1}‖ over |z| > 1. What can be judged is that no value at a point exceeds what this suite computes as "
    "the supremum; so every value on a grid is a lower bound, never K itself.",
    readings=[
        Reading(
            "i",
            (Abs(z) - 1) * ResolventNorm(M, z) <= KreissConstant(M),
            quoted(),
            proof=Proof(ByHand("K is the supremum of the left side over |z| > 1.")),
        )
    ],
)
