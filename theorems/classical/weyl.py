"""Weyl's inequalities for symmetric matrices and for singular values."""

from sympy import Abs, And, MatrixSymbol

from theorems.notation import n
from verify import ByHand, Claim, LargestEigenvalue, Norm, Proof, Reading, SmallestEigenvalue, SmallestSingularValue, classical, general, symmetric

X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)

CLAIM = Claim(
    id="weyl",
    title="Weyl's inequalities",
    source="Weyl 1912; Horn and Johnson, Matrix Analysis, Theorem 4.3.1",
    domain={X: symmetric(), Y: symmetric()},
    readings=[
        Reading(
            "i",
            And(
                LargestEigenvalue(X + Y) <= LargestEigenvalue(X) + LargestEigenvalue(Y),
                SmallestEigenvalue(X + Y) >= SmallestEigenvalue(X) + SmallestEigenvalue(Y),
            ),
            classical("H. Weyl, Math. Ann. 71 (1912), 441–479"),
            proof=Proof(ByHand("λ_max(X + Y) = v*(X + Y)v for a unit vector v, and v*Xv <= λ_max(X), v*Yv <= λ_max(Y); likewise for the smallest.")),
        ),
        Reading(
            "ii",
            Abs(SmallestSingularValue(X + Y) - SmallestSingularValue(X)) <= Norm(Y),
            classical("H. Weyl 1912; L. Mirsky, Quart. J. Math. 11 (1960), 50–59"),
            domain={X: general(), Y: general()},
            proof=Proof(ByHand("σ_min(X) = min ‖Xv‖ over unit vectors, and ‖(X + Y)v‖ differs from ‖Xv‖ by at most ‖Yv‖ <= ‖Y‖.")),
        ),
    ],
)
