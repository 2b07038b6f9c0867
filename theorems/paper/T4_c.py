"""Theorem 4, decoupled case: C = 0."""

from sympy import Eq, Matrix, Max

from theorems.notation import CONTRACTION, A, D, gamma
from verify import ByHand, Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, block, guessed, reconstructed, symmetric

K = KreissConstant(block([[A, 0], [0, D]]))
INVERSE_GAP = 1 / (1 - gamma)
IS_ONE = Lemma("S2", "i", "with C = 0: k(0) <= K(J) <= k(0), and k(0) = 1")
SPECIAL_CASE = ByHand("The block-diagonal matrix of A and D is the member of S2's class with C = 0, so that ‖C‖ = 0 and κ = 0: both bounds of S2 are k(0) = 1.")

CLAIM = Claim(
    id="T4-c",
    title="Kreiss constant without coupling",
    source="arXiv:2606.04031, Theorem 4, remark on C = 0",
    domain={gamma: CONTRACTION, A: symmetric(rho=gamma), D: symmetric(rho=gamma)},
    readings=[
        Reading(
            "i",
            Eq(K, Max(KreissConstant(A), KreissConstant(D))),
            reconstructed(),
            proof=Proof(
                ByHand(
                    "For B = 0 and C = 0 the resolvent is the block-diagonal matrix of R_A(z) and R_D(z), so ‖R(z)‖ = max(‖R_A(z)‖, "
                    "‖R_D(z)‖) wherever it exists. Multiply by |z| − 1 and take the supremum over |z| > 1: the supremum of a maximum of "
                    "two functions is the maximum of their suprema."
                )
            ),
        ),
        Reading("ii", Eq(K, 1), guessed("the value for symmetric blocks"), proof=Proof(IS_ONE, SPECIAL_CASE)),
        Reading("iii", Eq(K, INVERSE_GAP), guessed("the first term of the bound, as an equality"), repaired_by=("T4-c(ii)",)),
        Reading(
            "iv",
            K <= INVERSE_GAP,
            guessed("the first term of the bound, as a bound"),
            sharp=SharpForm(K <= 1, attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]])}),
            proof=Proof(IS_ONE, SPECIAL_CASE, Obligation("1 is at most 1/(1-gamma)", INVERSE_GAP >= 1, given=(gamma >= 0, gamma < 1))),
        ),
    ],
)
