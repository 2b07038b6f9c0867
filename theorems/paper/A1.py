"""The abstract: "sharp", "matching"."""

from sympy import Eq, Matrix, Max, Symbol, zeros

from theorems.notation import GIVEN_COUPLING, A, C, D, J, c, gamma, printed_bound, strength
from verify import Claim, Exhibit, Exists, ForAll, KreissConstant, Lemma, Proof, Reading, SupOverClass, guessed, real

factor = Symbol("C_0", real=True)
WORST = SupOverClass(KreissConstant(J), (A, C, D))
GAP = 1 / (Max(factor, 0) + 2)
WEAKLY_COUPLED = {gamma: 1 - GAP, strength: GAP, A: zeros(1), D: zeros(1), C: Matrix([[GAP]])}

CLAIM = Claim(
    id="A1",
    title="The bound of Theorem 4 is sharp up to an absolute constant",
    source="arXiv:2606.04031, abstract",
    domain={factor: real(), **GIVEN_COUPLING},
    hypotheses=(Eq(c, strength),),
    notes="At strong coupling the two are within a constant factor (T4, by region); what fails is κ <= 2, where every K is 1.",
    readings=[
        Reading(
            "i",
            Exists((factor,), ForAll((gamma, strength), printed_bound(strength) <= factor * WORST)),
            guessed("'sharp' and 'matching' with a constant free of γ and c"),
            repaired_by=("R6-sharp(i)",),
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ), which is 1 up to κ = 2"),
                Exhibit("for every C_0: 1 − γ = c = 1/(max(C_0, 0) + 2), so that κ = 1; A = D = 0 is a member", WEAKLY_COUPLED),
                refutes=True,
            ),
        )
    ],
)
