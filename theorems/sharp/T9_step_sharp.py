"""The uniform resolvent bound in terms of the Kreiss constant, with the right constant."""

from sympy import Integer

from theorems.notation import EXTREMAL, GROWING, K_0, SCALAR, TRIANGULAR, J, gamma, growing, strength, z
from verify import ByHand, Claim, Family, KreissConstant, Lemma, Proof, Reading, ResolventNorm, complex_outside, own

SIZE = K_0 / (1 - gamma)
kappa = strength / (1 - gamma)

CLAIM = Claim(
    id="T9-step-sharp",
    title="Uniform resolvent bound, corrected",
    source="theory.md, tool E",
    domain={**TRIANGULAR, z: complex_outside(1)},
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) <= 4 * SIZE,
            own("tool E"),
            sharp_at=(Family({**GROWING, z: 1 + 1 / growing}, growing, "z → 1 and κ = c → ∞"),),
            proof=Proof(
                Lemma("S12", "i", "‖R(z)‖ dist(z, [−γ, γ]) <= 4 K(J)"),
                ByHand("The distance is at least |z| − γ > 1 − γ."),
            ),
        ),
        Reading(
            "ii",
            ResolventNorm(EXTREMAL, 1) >= 4 * kappa**2 / (kappa**2 + 4) * KreissConstant(EXTREMAL) / (1 - gamma),
            own("no constant below 4 will do"),
            hypotheses=(kappa >= 2,),
            sharp_at=(Family({gamma: Integer(0), strength: growing}, growing, "κ = c → ∞"),),
            domain=SCALAR,
            notes="At [[γ, 0], [c, γ]] and z → 1; as κ = c/(1 − γ) → ∞ the factor tends to 4.",
        ),
    ],
)
