"""The definition of the Kreiss constant."""

from sympy import Abs

from theorems.notation import M, z
from verify import ByHand, Claim, KreissConstant, Proof, Reading, ResolventNorm, complex_outside, general, quoted

CLAIM = Claim(
    id="D2",
    title="Kreiss constant",
    source="arXiv:2606.04031, section 2",
    domain={M: general(), z: complex_outside(1)},
    notes="A definition is not true or false; what is judged is that the suite's quantity is an upper bound of what the definition takes the supremum of.",
    readings=[
        Reading(
            "i",
            (Abs(z) - 1) * ResolventNorm(M, z) <= KreissConstant(M),
            quoted(),
            proof=Proof(ByHand("K(M) = sup_{|z|>1} (|z| − 1)‖(zI − M)^{-1}‖ is an upper bound of each of its terms.")),
        )
    ],
)
