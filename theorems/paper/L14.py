"""Lemma 14: the norm of a block-triangular matrix."""

from sympy import Matrix, MatrixSymbol, Max, sqrt, symbols

from theorems.notation import p, q
from verify import ByHand, Claim, Norm, Proof, Reading, SharpForm, block, general, guessed, reconstructed

X, Y, Z = MatrixSymbol("X", p, p), MatrixSymbol("Y", q, p), MatrixSymbol("Z", q, q)
WHOLE = Norm(block([[X, 0], [Y, Z]]))
x, y, w = Norm(X), Norm(Y), Norm(Z)
first, corner, last = symbols("x y w", real=True)

SHARP = SharpForm(
    WHOLE <= (sqrt((x + w) ** 2 + y**2) + sqrt((x - w) ** 2 + y**2)) / 2,
    attained_by={X: Matrix([[first]]), Y: Matrix([[corner]]), Z: Matrix([[last]])},
    text="the norm of the 2×2 matrix of the block norms",
)

CLAIM = Claim(
    id="L14",
    title="Norm of a block-triangular matrix",
    source="arXiv:2606.04031, Lemma 14",
    domain={X: general(), Y: general(), Z: general()},
    readings=[
        Reading(
            "i",
            WHOLE <= x + y + w,
            reconstructed(),
            sharp=SHARP,
            proof=Proof(
                ByHand(
                    "The matrix is the sum of three, each with one of the blocks X, Y, Z and zeros elsewhere. Zeros around a block do "
                    "not change its norm, and the norm of a sum is at most the sum of the norms."
                )
            ),
        ),
        Reading(
            "ii",
            WHOLE <= Max(x, w) + y,
            guessed("the diagonal part taken together"),
            sharp=SHARP,
            proof=Proof(
                ByHand(
                    "The matrix is the sum of its block diagonal, whose norm is max(‖X‖, ‖Z‖) because it acts on two orthogonal "
                    "subspaces separately, and of the block Y with zeros around it, whose norm is ‖Y‖. The norm of a sum is at most the "
                    "sum of the norms."
                )
            ),
        ),
    ],
)
