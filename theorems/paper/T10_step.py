"""Theorem 10, proof: a Schur complement and Weyl's inequality."""

from sympy import Determinant, Eq, Identity, Inverse, Matrix, Max, Ne, Symbol

from theorems.notation import FEEDBACK, MAP, A, B, C, D, J_feedback, b, c, gamma, p, q, sharp_radius, strength, z
from verify import ByHand, Claim, Lemma, Norm, Obligation, Proof, Reading, SharpForm, SpectralRadius, complex_plane, guessed

SCHUR = D - C * Inverse(A) * B
LOOP = D + C * Inverse(Identity(p) - A) * B
WEAK = b * c < (1 - gamma) ** 2
INVERTIBLE = Ne(Determinant(A), 0)
RADIUS = SpectralRadius(J_feedback)
SHARP = SharpForm(
    RADIUS <= sharp_radius(b, c),
    attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), B: Matrix([[(1 - gamma) / 2]]), C: Matrix([[(1 - gamma) / 2]])},
)
feedback, size = Symbol("b", real=True), Symbol("u", real=True)


def looped(x, y):
    """``γ + xy/(1 − γ)``."""
    return gamma + x * y / (1 - gamma)


CLAIM = Claim(
    id="T10-step",
    title="Schur complement in the proof of Theorem 10",
    source="arXiv:2606.04031, proof of Theorem 10",
    domain=FEEDBACK,
    notes="(i), (ii) and (iv) are stated under the theorem's hypothesis bc < (1 − γ)², under which the proof uses them.",
    axes=MAP,
    readings=[
        Reading(
            "i",
            RADIUS <= Max(SpectralRadius(A), SpectralRadius(SCHUR)),
            guessed("complement of A in J"),
            repaired_by=("S4(i)",),
            hypotheses=(WEAK, INVERTIBLE),
            sharp=SHARP,
        ),
        Reading(
            "ii",
            RADIUS <= Max(SpectralRadius(A), SpectralRadius(LOOP)),
            guessed("complement of I − A in I − J"),
            repaired_by=("S4(i)",),
            hypotheses=(WEAK,),
            sharp=SHARP,
        ),
        Reading(
            "iii",
            Norm(LOOP) <= looped(b, c),
            guessed("the norm of the complement"),
            proof=Proof(
                Lemma("E6", "i", "at z = 1: ||(I-A)^{-1}|| <= 1/(1-gamma)"),
                ByHand(
                    "By the triangle inequality and submultiplicativity ‖D + C(I − A)^{-1}B‖ <= ‖D‖ + ‖C‖ u ‖B‖ with u = ‖(I − "
                    "A)^{-1}‖, and ‖D‖ = ρ(D) <= γ as D is symmetric."
                ),
                Obligation(
                    "insert the bound of u",
                    gamma + strength * size * feedback <= looped(feedback, strength),
                    given=(gamma >= 0, gamma < 1, feedback >= 0, strength >= 0, size >= 0, size <= 1 / (1 - gamma)),
                ),
            ),
        ),
        Reading(
            "iv",
            Eq(Determinant(z * Identity(p + q) - J_feedback), Determinant(z * Identity(p) - A) * Determinant(z * Identity(q) - SCHUR)),
            guessed("block elimination taken for a similarity"),
            repaired_by=("SP(i)",),
            hypotheses=(WEAK, INVERTIBLE),
            domain={**FEEDBACK, z: complex_plane()},
            notes="Stated through a consequence of similarity: J and diag(A, D − CA^{-1}B) would have the same characteristic polynomial.",
        ),
    ],
)
