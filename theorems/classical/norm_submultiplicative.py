"""The spectral norm is subadditive and submultiplicative."""

from sympy import And, MatrixSymbol

from theorems.notation import n
from verify import ByHand, Claim, Norm, Proof, Reading, classical, general

X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)

CLAIM = Claim(
    id="norm-submultiplicative",
    title="The spectral norm of sums and products",
    source="Horn and Johnson, Matrix Analysis, section 5.6",
    domain={X: general(), Y: general()},
    readings=[
        Reading(
            "i",
            And(Norm(X * Y) <= Norm(X) * Norm(Y), Norm(X + Y) <= Norm(X) + Norm(Y)),
            classical("Horn and Johnson, Matrix Analysis (1985), section 5.6"),
            proof=Proof(ByHand("For a unit vector v, ‖XYv‖ <= ‖X‖ ‖Yv‖ <= ‖X‖ ‖Y‖ and ‖Xv + Yv‖ <= ‖X‖ + ‖Y‖.")),
        )
    ],
)
