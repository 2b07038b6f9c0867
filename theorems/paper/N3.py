"""Appendix N: the comparison with IQC bounds √cond(P)."""

from sympy import And, Determinant, Identity, Inverse, MatrixSymbol, Max, Ne, Rational, Symbol, Transpose, oo

from theorems.notation import GIVEN_COUPLING, A, C, D, J, M, gamma, n, p, q, strength
from verify import (
    ByHand,
    Claim,
    KreissConstant,
    Lemma,
    Norm,
    PositiveSemidefinite,
    Proof,
    Reading,
    SharpForm,
    TransientPeak,
    between,
    block,
    coupling,
    general,
    quoted,
    reconstructed,
    stated,
    symmetric,
)

S = MatrixSymbol("S", n, n)
SIMILAR = S * M * Inverse(S)
CONDITION = Norm(S) * Norm(Inverse(S))

scale = Symbol("s", real=True)
P = block([[scale**2 * Identity(p), 0], [0, Identity(q)]])
UNIFORM = block([[Max(1, strength / (1 - gamma**2)) ** 2 * Identity(p), 0], [0, Identity(q)]])
FIRST_ROW = {
    scale: between(1, oo, open_high=True),
    A: symmetric(rho=Rational(9, 10)), D: symmetric(rho=Rational(9, 10)), C: coupling(norm=Rational(1, 10)),
}
ADMISSIBLE = (PositiveSemidefinite(P - Transpose(J) * P * J),)
BY_SCALING = "P = diag(s²I, I) has √cond(P) = s; where it is admissible, the least √cond(P) is at most s"
EXACT = SharpForm(scale >= 1, text="the least √cond(P) over the class is at most max(1, c/(1 − γ²)) (S10), here 1")

CLAIM = Claim(
    id="N3",
    title="Comparison with IQC bounds",
    source="arXiv:2606.04031, Appendix N and Table 2",
    domain=FIRST_ROW,
    notes="Readings (ii) and (iv) are about the first row of Table 2, γ = 0.90 and c = 0.10. The paper's own instances did not survive: what is "
    "refuted is the sentence for every member of that row.",
    readings=[
        Reading(
            "i",
            And(KreissConstant(SIMILAR) <= TransientPeak(SIMILAR), TransientPeak(SIMILAR) <= CONDITION),
            reconstructed(),
            domain={S: general(), M: coupling(norm=1)},
            hypotheses=(Ne(Determinant(S), 0),),
            notes="JᵀPJ ⪯ P says that J = SMS^{-1} with ‖M‖ <= 1 and P = (S^{-1})ᵀS^{-1}, whose √cond(P) is ‖S‖ ‖S^{-1}‖.",
            proof=Proof(
                Lemma("kreiss-lower", "i", "K(X) <= sup ‖X^t‖ for every X"),
                Lemma("similar-contraction", "i", "both are at most ‖S‖ ‖S^{-1}‖"),
                ByHand("The first for X = SMS^{-1}."),
            ),
        ),
        Reading(
            "ii", scale >= 2 * KreissConstant(J), stated("the IQC bound exceeds K by a factor 2 to 5"),
            hypotheses=ADMISSIBLE, sharp=EXACT, notes=BY_SCALING,
        ),
        Reading(
            "iii",
            PositiveSemidefinite(UNIFORM - Transpose(J) * UNIFORM * J),
            stated("IQC bounds are uniform over a class while K is instance-dependent"),
            domain=GIVEN_COUPLING,
            untestable="'uniform' and 'instance-dependent' are not defined. Tested in its place: one P serves the whole class of given γ and c",
            proof=Proof(Lemma("S10", "i", "P = diag(s²I, I), s = max(1, c/(1 − γ²))")),
        ),
        Reading(
            "iv", scale >= 10 * TransientPeak(J), quoted("the IQC bound is at least 10 times the measured peak"),
            hypotheses=ADMISSIBLE, sharp=EXACT, notes=BY_SCALING,
        ),
    ],
)
