"""Theorem 4: Kreiss-constant bound for block-triangular Jacobians."""

from theorems.notation import EXTREMAL_BLOCKS, REGIONS, STRONG, TRIANGULAR, J, c, gamma, kappa, printed_bound, sharp_kreiss, strength
from verify import Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, stated

CLAIM = Claim(
    id="T4",
    title="Kreiss-constant bound",
    source="arXiv:2606.04031, Theorem 4",
    domain=TRIANGULAR,
    readings=[
        Reading(
            "i",
            KreissConstant(J) <= printed_bound(c),
            stated("abstract"),
            sharp=SharpForm(KreissConstant(J) <= sharp_kreiss(kappa), attained_by=EXTREMAL_BLOCKS, regions=REGIONS),
            sharp_at=STRONG,
            proof=Proof(
                Lemma("S2", "i", "K(J) <= k(kappa)"),
                Obligation(
                    "k(c/(1-gamma)) is below the printed bound",
                    sharp_kreiss(strength / (1 - gamma)) <= printed_bound(strength),
                    given=(strength >= 0, gamma >= 0, gamma < 1),
                ),
            ),
        )
    ],
)
