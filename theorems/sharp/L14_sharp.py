"""The norm of a block-triangular matrix: the sharp bound."""

from sympy import Eq, Matrix, MatrixSymbol, sqrt, symbols

from theorems.notation import p, q
from verify import ByHand, Claim, Lemma, Norm, Obligation, Proof, Reading, SharpForm, block, general, own

X, Y, Z = MatrixSymbol("X", p, p), MatrixSymbol("Y", q, p), MatrixSymbol("Z", q, q)
first, corner, last = symbols("x y w", real=True)


def of_norms(x, y, w):
    """``‖[[x, 0], [y, w]]‖`` for non-negative entries."""
    return (sqrt((x + w) ** 2 + y**2) + sqrt((x - w) ** 2 + y**2)) / 2


BOUND = Norm(block([[X, 0], [Y, Z]])) <= of_norms(Norm(X), Norm(Y), Norm(Z))

CLAIM = Claim(
    id="L14-sharp",
    title="Exact worst norm of a block-triangular matrix",
    source="theory.md, row L14",
    domain={X: general(), Y: general(), Z: general()},
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by={X: Matrix([[first]]), Y: Matrix([[corner]]), Z: Matrix([[last]])}),
            proof=Proof(
                Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
                Obligation(
                    "the norm of the 2×2 matrix of block norms",
                    Eq(Norm(Matrix([[first, 0], [corner, last]])), of_norms(first, corner, last)),
                    given=(first >= 0, corner >= 0, last >= 0),
                ),
                ByHand("Take x = ‖X‖, y = ‖Y‖, w = ‖Z‖ in both."),
            ),
        )
    ],
)
