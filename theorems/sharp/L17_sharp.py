"""Powers of block-triangular matrices: the sharp bound."""

from sympy import Eq, Matrix

from theorems.notation import EXTREMAL_BLOCKS, TRIANGULAR, J, c, gamma, sharp_power, strength, t
from verify import ByHand, Claim, Lemma, Norm, Obligation, PowerNorm, Proof, Reading, SharpForm, integer, own

BOUND = PowerNorm(J, t) <= sharp_power(c, t)

CLAIM = Claim(
    id="L17-sharp",
    title="Exact worst norm of a power",
    source="theory.md, rows L17 and T8",
    domain={**TRIANGULAR, t: integer(1, 30)},
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by=EXTREMAL_BLOCKS),
            proof=Proof(
                Lemma("S1", "ii", "‖J^t‖ <= ‖[[γ, 0], [c, γ]]^t‖, for b = 0"),
                ByHand("By induction [[γ, 0], [c, γ]]^t = γ^{t−1} [[γ, 0], [tc, γ]]."),
                Obligation(
                    "the norm of [[γ, 0], [x, γ]], here with x = tc",
                    Eq(Norm(Matrix([[gamma, 0], [strength, gamma]])), sharp_power(strength, 1)),
                    given=(gamma >= 0, gamma < 1, strength >= 0),
                ),
            ),
        )
    ],
)
