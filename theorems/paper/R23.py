"""Remark 23: the largest Kreiss constant of a sequence."""

from sympy import And, Symbol

from theorems.notation import GIVEN_COUPLING, A, C, D, J, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, Exists, ForAll, KreissConstant, Lemma, Obligation, Proof, Reading, SupOverClass, positive, reconstructed

low, high = Symbol("a", real=True), Symbol("A_0", real=True)
WORST = SupOverClass(KreissConstant(J), (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))

CLAIM = Claim(
    id="R23",
    title="The largest Kreiss constant of a sequence at fixed coupling",
    source="arXiv:2606.04031, Remark 23",
    domain={**GIVEN_COUPLING, strength: positive(), low: positive(), high: positive()},
    notes="Readings (i), (iii) and (iv) speak of a budget for which only a guess exists, and are not encoded; S5 shows that time variation costs nothing.",
    readings=[
        Reading(
            "ii",
            Exists((low, high), ForAll((gamma,), And(low / (1 - gamma) <= WORST, WORST <= high / (1 - gamma)))),
            reconstructed(),
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
                Obligation(
                    "with a = c/4, A_0 = 1 + c/4",
                    And(strength / 4 / (1 - gamma) <= EXACT, EXACT <= (1 + strength / 4) / (1 - gamma)),
                    given=(gamma >= 0, gamma < 1, strength > 0),
                ),
                ByHand("Both constants depend on c only."),
            ),
        )
    ],
)
