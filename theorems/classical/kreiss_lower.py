"""The lower half of the Kreiss matrix theorem."""

from theorems.notation import M
from verify import ByHand, Claim, KreissConstant, Proof, Reading, TransientPeak, classical, general

CLAIM = Claim(
    id="kreiss-lower",
    title="Kreiss matrix theorem, lower half",
    source="Kreiss 1962; Trefethen and Embree 2005, chapter 18",
    domain={M: general()},
    readings=[
        Reading(
            "i",
            KreissConstant(M) <= TransientPeak(M),
            classical("H.-O. Kreiss, BIT 2 (1962), 153–181"),
            proof=Proof(
                ByHand(
                    "If ‖M^t‖ <= S for all t, then ρ(M) <= 1 and R(z) = Σ_{t>=0} z^{−t−1}M^t for |z| > 1, so ‖R(z)‖ <= S/(|z| − 1). If the "
                    "powers are not bounded there is nothing to show."
                )
            ),
        )
    ],
)
