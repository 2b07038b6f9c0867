"""Theorem 9, proof: the resolvent bound that the definition of the Kreiss constant gives."""

from sympy import Abs, Integer, Matrix, Rational

from theorems.notation import K_0, TRIANGULAR, A, C, D, J, gamma, z
from verify import ByHand, Claim, Family, Proof, Reading, ResolventNorm, complex_outside, reconstructed

BLOCKS = {A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[4]])}

CLAIM = Claim(
    id="T9-loose",
    title="Resolvent bound from the definition of K",
    source="arXiv:2606.04031, proof of Theorem 9",
    domain={**TRIANGULAR, z: complex_outside(1)},
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) <= K_0 / (Abs(z) - 1),
            reconstructed(),
            sharp_at=(Family({**BLOCKS, gamma: Integer(0), z: Rational(8, 3)}, text="K = 5/4 at [[0, 0], [4, 0]] is attained at z = 8/3"),),
            proof=Proof(
                ByHand(
                    "K_0 is the supremum of (|z| − 1)‖R_0(z)‖ over |z| > 1, so every such product is at most K_0; it is finite because "
                    "ρ(J_0) <= γ < 1. Divide by |z| − 1 > 0."
                )
            ),
        )
    ],
)
