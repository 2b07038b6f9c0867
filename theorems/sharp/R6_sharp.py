"""The exact worst case of the Kreiss constant, and the exact best one."""

from sympy import Eq, Matrix

from theorems.notation import EXTREMAL, GIVEN_COUPLING, A, C, D, J, c, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, InfOverClass, KreissConstant, Lemma, Obligation, Proof, Reading, SupOverClass, own

K = KreissConstant(J)
WORST = sharp_kreiss(strength / (1 - gamma))

CLAIM = Claim(
    id="R6-sharp",
    title="Worst and best Kreiss constant over the class",
    source="theory.md, rows T5 and R6",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    readings=[
        Reading(
            "i",
            Eq(SupOverClass(K, (A, C, D)), WORST),
            own("S2 and its case of equality"),
            proof=Proof(
                Lemma("S2", "i", "K(J) <= k(κ) for every member"),
                Obligation("reached at [[γ, 0], [c, γ]]", Eq(KreissConstant(EXTREMAL), WORST), given=(gamma >= 0, gamma < 1, strength >= 0)),
                ByHand("An upper bound that a member of the class reaches is the supremum over the class."),
            ),
        ),
        Reading(
            "ii",
            Eq(InfOverClass(K, (A, C, D)), sharp_kreiss(strength)),
            own("S2 and its case of equality"),
            proof=Proof(
                Lemma("S2", "i", "K(J) >= k(c) for every member"),
                Obligation(
                    "reached at [[0, 0], [c, 0]]",
                    Eq(KreissConstant(Matrix([[0, 0], [strength, 0]])), sharp_kreiss(strength)),
                    given=(strength >= 0,),
                ),
                ByHand("A lower bound that a member of the class reaches is the infimum over the class."),
            ),
        ),
    ],
)
