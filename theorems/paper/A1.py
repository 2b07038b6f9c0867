"""The abstract: "sharp", "matching"."""

from sympy import Rational, Symbol

from theorems.notation import GIVEN_COUPLING, A, C, D, J, gamma, printed_bound, sharp_kreiss, strength
from verify import ByHand, Claim, Exists, ForAll, KreissConstant, Lemma, Obligation, Proof, Reading, SupOverClass, guessed, real

factor = Symbol("C_0", real=True)
WORST = SupOverClass(KreissConstant(J), (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))
UNCOUPLED = {strength: Rational(0), gamma: 1 - 1 / (factor + 2)}

CLAIM = Claim(
    id="A1",
    title="The bound of Theorem 4 is sharp up to an absolute constant",
    source="arXiv:2606.04031, abstract",
    domain={factor: real(), **GIVEN_COUPLING},
    notes="At strong coupling the two are within a constant factor (T4, by region); what fails is c = 0, where every K is 1.",
    readings=[
        Reading(
            "i",
            Exists((factor,), ForAll((gamma, strength), printed_bound(strength) <= factor * WORST)),
            guessed("'sharp' and 'matching' with a constant free of γ and c"),
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
                Obligation(
                    "for every C_0 >= 0: at c = 0 and γ = 1 − 1/(C_0 + 2) the bound exceeds C_0 k(κ)",
                    (printed_bound(strength) > factor * EXACT).subs(UNCOUPLED),
                    given=(factor >= 0,),
                ),
                ByHand("A constant C_0 < 0 fails at every γ and c, because both sides are positive."),
                refutes=True,
            ),
        )
    ],
)
