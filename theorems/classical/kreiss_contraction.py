"""The Kreiss constant is 1 exactly if the numerical radius is at most 1."""

from sympy import Implies

from theorems.notation import M
from verify import ByHand, Claim, KreissConstant, Lemma, NumericalRadius, Proof, Reading, classical, general

K, w = KreissConstant(M), NumericalRadius(M)

CLAIM = Claim(
    id="kreiss-contraction",
    title="Kreiss constant 1 and numerical radius",
    source="Trefethen and Embree 2005, chapters 14 and 17",
    domain={M: general()},
    readings=[
        Reading(
            "i",
            Implies(w <= 1, K <= 1),
            classical("a consequence of the resolvent bound by the numerical range"),
            proof=Proof(
                Lemma("numerical-range", "ii", "‖R(z)‖ <= 1/(|z| − w(M)) for |z| > w(M)"),
                ByHand("If w(M) <= 1 and |z| > 1, then (|z| − 1)‖R(z)‖ <= (|z| − 1)/(|z| − w(M)) <= 1."),
            ),
        ),
        Reading(
            "ii",
            Implies(K <= 1, w <= 1),
            classical("expansion of the resolvent at infinity"),
            proof=Proof(
                ByHand(
                    "Let ‖R(z)‖ <= 1/(|z| − 1) for |z| > 1, so ‖(zI − M)v‖ >= |z| − 1 for every unit vector v. Square: |z|² − 2 Re(z̄ v*Mv) + ‖Mv‖² >= |z|² "
                    "− 2|z| + 1. Put z = r e^{iθ} with θ the argument of v*Mv, divide by 2r and let r → ∞: |v*Mv| <= 1."
                )
            ),
        ),
    ],
)
