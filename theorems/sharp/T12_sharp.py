"""Target coupling: a Kreiss constant that is bounded uniformly in γ."""

from sympy import Identity, MatrixSymbol

from theorems.notation import CONTRACTION, A, D, gamma, p, q, strength
from verify import ByHand, Claim, KreissConstant, Lemma, PositiveSemidefinite, Proof, Reading, block, coupling, nonnegative, own, symmetric

target = MatrixSymbol("C0", q, p)
FOLLOWING = block([[A, 0], [(Identity(q) - D) * target, D]])

CLAIM = Claim(
    id="T12-sharp",
    title="Kreiss constant with target coupling",
    source="theory.md, row T12",
    domain={gamma: CONTRACTION, strength: nonnegative(), A: symmetric(rho=gamma), D: symmetric(rho=gamma), target: coupling(norm=strength)},
    hypotheses=(PositiveSemidefinite(D),),
    readings=[
        Reading(
            "i",
            KreissConstant(FOLLOWING) <= 1 + strength,
            own("target coupling C = (I − D)C_0"),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                ByHand(
                    "For |z| > 1 and an eigenvalue μ of D, 0 <= μ <= γ: |1 − μ|/|z − μ| <= 1, so ‖R_D(I − D)‖ "
                    "<= 1, and the lower-left block of R(z) has a norm of "
                    "at most ‖C_0‖ ‖R_A‖. The block diagonal has norm max(‖R_A‖, ‖R_D‖) <= 1/(|z| − γ), so (|z| "
                    "− 1)‖R(z)‖ <= (1 + ‖C_0‖)(|z| − 1)/(|z| − γ) <= 1 + "
                    "‖C_0‖."
                ),
            ),
        )
    ],
)
