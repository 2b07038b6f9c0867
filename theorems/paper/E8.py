"""Display (8): the resolvent bound behind Theorem 4."""

from sympy import Abs, Integer, Matrix, oo, symbols

from theorems.notation import GROWING, TRIANGULAR, A, C, D, J, c, gamma, growing, s, sharp_resolvent, strength, z
from verify import Axis, ByHand, Claim, Family, Lemma, Obligation, Proof, Reading, ResolventNorm, SharpForm, complex_outside, quoted

whole, first, second, lower = symbols("R a d y", real=True)
BEYOND = Abs(z) - gamma


def crude(x, distance):
    """``2/s + x/s²``."""
    return 2 / distance + x / distance**2


CLAIM = Claim(
    id="E8",
    title="Resolvent bound for block-triangular matrices",
    source="arXiv:2606.04031, display (8)",
    domain={**TRIANGULAR, z: complex_outside(gamma)},
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) <= crude(c, BEYOND),
            quoted(),
            sharp=SharpForm(
                ResolventNorm(J, z) <= sharp_resolvent(c, BEYOND),
                attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[strength]]), z: gamma + 1},
                text="attained at every real z > γ",
                regions=Axis(c / BEYOND, (0, 1, 4, 16, oo)),
            ),
            sharp_at=(Family({**GROWING, z: Integer(1)}, growing, "c/(|z| − γ) → ∞, here γ = 0 and z = 1", start=16),),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                Lemma("L14", "i", "||R(z)|| <= ||R_A|| + ||R_D C R_A|| + ||R_D||; the argument is the same for complex blocks"),
                Lemma("E6", "i", "the three norms are at most 1/s, c/s^2, 1/s with s = |z| - gamma > 0"),
                Obligation(
                    "add up",
                    whole <= crude(strength, s),
                    given=(s > 0, whole <= first + lower + second, first <= 1 / s, second <= 1 / s, lower <= strength / s**2),
                ),
                ByHand(
                    "Put together: by E5, R(z) is the block-triangular matrix with diagonal blocks R_A and R_D and the block R_D C R_A below them. L14 bounds "
                    "its norm by the sum of the three block norms, and E6 bounds these with s = |z| − γ and ‖C‖ in the place of the letters above."
                ),
            ),
        )
    ],
)
