"""Theorem 4, weak coupling: the bound of Theorem 4 if c <= 1 − γ."""

from theorems.notation import EXTREMAL_BLOCKS, TRIANGULAR, J, c, gamma, kappa, printed_bound, sharp_kreiss
from verify import Axis, Claim, KreissConstant, Lemma, Proof, Reading, SharpForm, guessed

CLAIM = Claim(
    id="T4-a",
    title="Kreiss-constant bound under weak coupling",
    source="arXiv:2606.04031, Theorem 4, first case of the proof",
    domain=TRIANGULAR,
    hypotheses=(c <= 1 - gamma,),
    readings=[
        Reading(
            "i",
            KreissConstant(J) <= printed_bound(c),
            guessed("the case distinction survives, its display does not"),
            sharp=SharpForm(
                KreissConstant(J) <= sharp_kreiss(kappa),
                attained_by=EXTREMAL_BLOCKS,
                regions=Axis(kappa, (0, 1)),
                text="under weak coupling κ <= 1, so k(κ) = 1: there is no transient growth that the Kreiss constant sees",
            ),
            proof=Proof(Lemma("T4", "i", "the bound holds for every c")),
        )
    ],
)
