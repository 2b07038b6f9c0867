"""The resolvent in terms of the Kreiss constant."""

from sympy import Abs, Max, im, re, sqrt

from theorems.notation import GROWING, K_0, TRIANGULAR, J, gamma, growing, z
from verify import ByHand, Claim, Family, Lemma, Proof, Reading, ResolventNorm, complex_outside, own

DISTANCE = sqrt(Max(Abs(re(z)) - gamma, 0) ** 2 + im(z) ** 2)

CLAIM = Claim(
    id="S12",
    title="Resolvent in terms of the Kreiss constant",
    source="theory.md, tool E",
    domain={**TRIANGULAR, z: complex_outside(1)},
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) * DISTANCE <= 4 * K_0,
            own("tool E"),
            sharp_at=(Family({**GROWING, z: 1 + 1 / growing}, growing, "z → 1 and κ = c → ∞: the 4 is the best possible"),),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                ByHand(
                    "Let φ = dist(z, [−γ, γ]) > 0, u = z/|z| and y = z + φu. With E_X = (yI − X)(zI − X)^{-1} = I + φu R_X(z), E5 at z and at y gives R(z) = "
                    "diag(I, E_D) R(y) diag(E_A, I). Both blocks are symmetric with spectrum in [−γ, γ], so ‖R_X(z)‖ <= 1/φ and ‖E_X‖ <= 2. Hence ‖R(z)‖ <= 4 "
                    "‖R(y)‖."
                ),
                ByHand("|y| − 1 = |z| + φ − 1 >= φ, so φ‖R(y)‖ <= (|y| − 1)‖R(y)‖ <= K(J), and φ‖R(z)‖ <= 4K(J)."),
            ),
        ),
    ],
)
