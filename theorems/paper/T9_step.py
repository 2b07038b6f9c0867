"""Theorem 9, proof: the resolvent bounded by the Kreiss constant."""

from theorems.notation import K_0, MAP, TRIANGULAR, J, gamma, z
from verify import Claim, Reading, ResolventNorm, SharpForm, complex_outside, reconstructed

SIZE = K_0 / (1 - gamma)

CLAIM = Claim(
    id="T9-step",
    title="Uniform resolvent bound in terms of K",
    source="arXiv:2606.04031, proof of Theorem 9",
    domain={**TRIANGULAR, z: complex_outside(1)},
    axes=MAP,
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) <= SIZE,
            reconstructed(),
            repaired_by=("T9-step-sharp(i)",),
            sharp=SharpForm(
                ResolventNorm(J, z) <= 4 * SIZE,
                text=("the constant 4 is best possible and never attained: at J = [[γ, 0], [c, γ]], z → 1, c/(1 − γ) → ∞"),
            ),
        )
    ],
)
