"""The largest Kreiss constant in the class of given γ and c, as a bound."""

from sympy import Symbol

from theorems.notation import EXTREMAL_BLOCKS, GIVEN_COUPLING, J, gamma, sharp_kreiss, strength
from verify import Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, own

BOUND = KreissConstant(J) <= sharp_kreiss(strength / (1 - gamma))
size = Symbol("x", real=True)

CLAIM = Claim(
    id="T5-sharp",
    title="Largest Kreiss constant at given coupling",
    source="theory.md, row T5",
    domain=GIVEN_COUPLING,
    readings=[
        Reading(
            "i",
            BOUND,
            own("S2, and k grows"),
            sharp=SharpForm(BOUND, attained_by=EXTREMAL_BLOCKS),
            proof=Proof(
                Lemma("S2", "i", "K(J) <= k(‖C‖/(1 − γ))"),
                Obligation(
                    "k grows",
                    sharp_kreiss(size / (1 - gamma)) <= sharp_kreiss(strength / (1 - gamma)),
                    given=(gamma >= 0, gamma < 1, size >= 0, size <= strength),
                ),
            ),
        )
    ],
)
