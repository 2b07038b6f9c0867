"""Appendix N: the comparison with IQC bounds √cond(P)."""

from sympy import And, Determinant, Eq, Inverse, Matrix, MatrixSymbol, Ne, Rational, Symbol, oo

from theorems.notation import GIVEN_COUPLING, A, C, D, J, M, c, change_of_scale, decrease, gamma, n, scaling_form, sharp_kreiss, strength
from verify import (
    ByHand,
    Claim,
    Family,
    ForAll,
    InfOverClass,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    PositiveSemidefinite,
    Proof,
    Reading,
    SharpForm,
    SupOverClass,
    TransientPeak,
    between,
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
FIRST_ROW = {
    scale: between(1, oo, open_high=True),
    A: symmetric(rho=Rational(9, 10)), D: symmetric(rho=Rational(9, 10)), C: coupling(norm=Rational(1, 10)),
}
ADMISSIBLE = (PositiveSemidefinite(decrease(scaling_form(scale))),)
UNIFORM = PositiveSemidefinite(decrease(scaling_form(change_of_scale(strength))))
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
            sharp_at=(Family({S: Matrix([[1]]), M: Matrix([[0]])}, text="order one, where all three are 1"),),
            notes="JᵀPJ ⪯ P says that J = SMS^{-1} with ‖M‖ <= 1 and P = (S^{-1})ᵀS^{-1}, whose √cond(P) is ‖S‖ ‖S^{-1}‖.",
            proof=Proof(
                Lemma("kreiss-lower", "i", "K(X) <= sup ‖X^t‖ for every X"),
                Lemma("similar-contraction", "i", "both are at most ‖S‖ ‖S^{-1}‖"),
                ByHand("The first for X = SMS^{-1}."),
            ),
        ),
        Reading(
            "ii", scale >= 2 * KreissConstant(J), stated("the IQC bound exceeds K by a factor 2 to 5"), repaired_by=("S10(ii)",),
            hypotheses=ADMISSIBLE, sharp=EXACT, notes=BY_SCALING,
        ),
        Reading(
            "iii",
            And(ForAll((A, D, C), UNIFORM), SupOverClass(KreissConstant(J), (A, C, D)) > InfOverClass(KreissConstant(J), (A, C, D))),
            stated("IQC bounds are uniform over a class while K is instance-dependent, in prose"),
            domain={**GIVEN_COUPLING, gamma: between(0, 1, open_low=True, open_high=True)},
            hypotheses=(Eq(c, strength), strength > 2 * (1 - gamma)),
            notes="One P serves for all members with given γ and c, and K takes different values there. Up to κ = 2, K is 1 throughout. The best P of a single "
            "member depends on the member as K does.",
            proof=Proof(
                Lemma("S10", "i", "diag(s²I, I) is admissible for every member"),
                Lemma("R6-sharp", "i", "the supremum of K over the class is k(κ)"),
                Lemma("R6-sharp", "ii", "the infimum is k(c)"),
                Obligation(
                    "they differ",
                    sharp_kreiss(strength / (1 - gamma)) > sharp_kreiss(strength),
                    given=(gamma > 0, gamma < 1, strength > 2 * (1 - gamma)),
                ),
                ByHand("Put the three together."),
            ),
        ),
        Reading(
            "iv", scale >= 10 * TransientPeak(J), quoted("the IQC bound is at least 10 times the measured peak"),
            hypotheses=ADMISSIBLE, sharp=EXACT, notes=BY_SCALING, repaired_by=("S10(ii)",),
        ),
    ],
)
