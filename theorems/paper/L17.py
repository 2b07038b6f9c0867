"""Lemma 17: powers of a block-triangular matrix."""

from sympy import And, Integer, Matrix, sqrt

from theorems.notation import EXTREMAL_BLOCKS, TRIANGULAR, A, C, D, J, c, gamma, k, t
from verify import ByHand, Claim, Family, Lemma, MatrixEq, MatrixSum, PowerNorm, Proof, Reading, SharpForm, block, guessed, integer, reconstructed

CORNER = MatrixSum(D ** (t - 1 - k) * C * A**k, (k, 0, t - 1))
IDENTITY = MatrixEq(J**t, block([[A**t, 0], [CORNER, D**t]]))
GROWTH = PowerNorm(J, t)
LINEAR = t * gamma ** (t - 1) * c
SHARP = SharpForm(GROWTH <= gamma ** (t - 1) * (t * c + sqrt(t**2 * c**2 + 4 * gamma**2)) / 2, attained_by=EXTREMAL_BLOCKS)

BLOCKS = ByHand(
    "A and D are symmetric with ρ <= γ, so ‖A^k‖, ‖D^k‖ <= γ^k for every k >= 0, and each of the t summands of the lower-left block has "
    "a norm of at most γ^{t−1−k} c γ^k = γ^{t−1} c."
)

CLAIM = Claim(
    id="L17",
    title="Powers of a block-triangular matrix",
    source="arXiv:2606.04031, Lemma 17",
    domain={**TRIANGULAR, t: integer(1, 30)},
    readings=[
        Reading(
            "i",
            And(IDENTITY, GROWTH <= 2 * gamma**t + LINEAR),
            reconstructed(),
            sharp=SHARP,
            sharp_at=(Family({gamma: Integer(0), t: Integer(1), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[1]])}, text="[[0, 0], [1, 0]] at t = 1"),),
            proof=Proof(
                ByHand(
                    "Induction on t. For t = 1 the sum is its one term C. Multiplying the claimed form of J^t by J from the left, the "
                    "lower-left block becomes C A^t + D Σ_{k<t} D^{t−1−k} C A^k = Σ_{k<t+1} D^{t−k} C A^k, and the other blocks are "
                    "A^{t+1}, 0 and D^{t+1}.",
                    IDENTITY,
                ),
                Lemma("L14", "i", "||J^t|| is at most the sum of the norms of its three blocks"),
                BLOCKS,
            ),
        ),
        Reading(
            "ii",
            GROWTH <= gamma**t + LINEAR,
            guessed("the diagonal blocks counted once"),
            sharp=SHARP,
            proof=Proof(
                Lemma("L17", "i", "the blocks of J^t"),
                Lemma("L14", "ii", "||J^t|| is at most the larger of the norms of the diagonal blocks plus that of the lower-left one"),
                BLOCKS,
            ),
        ),
    ],
)
