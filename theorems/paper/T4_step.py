"""Theorem 4, proof: the intermediate bound displayed in the theorem."""

from sympy import oo

from theorems.notation import EXTREMAL_BLOCKS, REGIONS, STRONG, TRIANGULAR, J, c, gamma, kappa, r, sharp_kreiss
from verify import ByHand, Claim, KreissConstant, Lemma, Proof, Reading, SharpForm, Supremum, quoted

INTERMEDIATE = Supremum(2 * (r - 1) / (r - gamma) + (r - 1) * c / (r - gamma) ** 2, (r, 1, oo))

CLAIM = Claim(
    id="T4-step",
    title="Intermediate supremum in the proof of Theorem 4",
    source="arXiv:2606.04031, Theorem 4, display in its proof",
    domain=TRIANGULAR,
    readings=[
        Reading(
            "i",
            KreissConstant(J) <= INTERMEDIATE,
            quoted(),
            sharp=SharpForm(
                KreissConstant(J) <= sharp_kreiss(kappa),
                attained_by=EXTREMAL_BLOCKS,
                regions=REGIONS,
                text="the supremum on the right equals k(κ) + 1 for κ >= 2 and 2 below",
            ),
            sharp_at=STRONG,
            proof=Proof(
                Lemma("E8", "i", "||R(z)|| <= 2/(|z|-gamma) + c/(|z|-gamma)^2 for |z| > gamma, hence for |z| > 1"),
                ByHand(
                    "Multiply by |z| − 1 > 0. The right-hand side then depends on r = |z| alone, so the supremum of the left-hand side "
                    "over |z| > 1, which is K(J), is at most the supremum of the right-hand side over r > 1."
                ),
            ),
        )
    ],
)
