"""Powers bounded by the numerical radius."""

from theorems.notation import M, t
from verify import ByHand, Claim, Lemma, NumericalRadius, PowerNorm, Proof, Reading, classical, general, integer

CLAIM = Claim(
    id="berger-norm",
    title="Powers bounded by the numerical radius",
    source="Berger 1965",
    domain={M: general(), t: integer(1, 8)},
    readings=[
        Reading(
            "i",
            PowerNorm(M, t) <= 2 * NumericalRadius(M) ** t,
            classical("follows from the power inequality"),
            proof=Proof(
                Lemma("numerical-radius-norm", "i", "‖X‖ <= 2w(X), for X = M^t"),
                Lemma("numerical-radius-power", "i", "w(M^t) <= w(M)^t"),
                ByHand("Chain the two inequalities."),
            ),
        )
    ],
)
