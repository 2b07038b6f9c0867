"""Display (5): the resolvent of a block-triangular matrix."""

from sympy import Determinant, Identity, Ne

from theorems.notation import TRIANGULAR, A, C, D, J, p, q, z
from verify import ByHand, Claim, MatrixEq, Proof, Reading, block, complex_plane, quoted, resolvent

R_A, R_D = resolvent(A, z), resolvent(D, z)

CLAIM = Claim(
    id="E5",
    title="Resolvent of a block-triangular matrix",
    source="arXiv:2606.04031, display (5)",
    domain={**TRIANGULAR, z: complex_plane()},
    hypotheses=(Ne(Determinant(z * Identity(p + q) - J), 0),),
    notes="For every z that is not an eigenvalue of J.",
    readings=[
        Reading(
            "i",
            MatrixEq(resolvent(J, z), block([[R_A, 0], [R_D * C * R_A, R_D]])),
            quoted(),
            proof=Proof(
                ByHand(
                    "As z is not an eigenvalue of J it is none of A or D (SP), so R_A and R_D exist. Multiply zI − J = [[zI − A, 0], "
                    "[−C, zI − D]] by the right-hand side: the diagonal blocks are (zI − A)R_A = I and (zI − D)R_D = I, the upper-right "
                    "one is 0, the lower-left one is −C R_A + (zI − D)R_D C R_A = −C R_A + C R_A = 0. A right inverse of a square "
                    "matrix is its inverse."
                )
            ),
        )
    ],
)
