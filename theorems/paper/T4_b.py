"""Theorem 4, general coupling."""

from theorems.notation import EXTREMAL_BLOCKS, REGIONS, STRONG, TRIANGULAR, J, c, gamma, kappa, printed_bound, sharp_kreiss, strength
from verify import Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, guessed


def crude(x):
    """The bound of reading (ii) at coupling ``x``."""
    return 2 / (1 - gamma) + x / (1 - gamma) ** 2


SHARP = SharpForm(KreissConstant(J) <= sharp_kreiss(kappa), attained_by=EXTREMAL_BLOCKS, regions=REGIONS)

CLAIM = Claim(
    id="T4-b",
    title="Kreiss-constant bound for general coupling",
    source="arXiv:2606.04031, Theorem 4, second case of the proof",
    domain=TRIANGULAR,
    readings=[
        Reading(
            "i",
            KreissConstant(J) <= printed_bound(c),
            guessed("the bound of the weakly coupled case, for every c"),
            sharp=SHARP,
            sharp_at=STRONG,
            proof=Proof(Lemma("T4", "i", "the same statement")),
        ),
        Reading(
            "ii",
            KreissConstant(J) <= crude(c),
            guessed("the coupling term bounded by c/(1 − γ)²"),
            sharp=SHARP,
            proof=Proof(
                Lemma("T4", "i", "K(J) is at most the bound of Theorem 4"),
                Obligation(
                    "the bound of Theorem 4 is below this one",
                    printed_bound(strength) <= crude(strength),
                    given=(strength >= 0, gamma >= 0, gamma < 1),
                ),
            ),
        ),
    ],
)
