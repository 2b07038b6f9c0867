"""Theorem 5, proof: the resolvent applied to an eigenvector."""

from sympy import Eq, MatrixSymbol, oo, sqrt

from theorems.notation import CONTRACTION, MAP, A, C, D, J, c, gamma, p, r
from verify import ByHand, Claim, Lemma, Norm, Proof, Reading, ResolventNorm, between, coupling, guessed, resolvent, symmetric, unit_vector

v = MatrixSymbol("v", p, 1)
SECOND_BLOCK = Norm(resolvent(D, r) * C * v)

CLAIM = Claim(
    id="T5-step",
    title="The resolvent on an eigenvector of A",
    source="arXiv:2606.04031, proof of Theorem 5",
    domain={
        gamma: CONTRACTION,
        r: between(1, oo, open_low=True),
        v: unit_vector(),
        A: symmetric(rho=gamma, eigenvector=v),
        D: symmetric(rho=gamma),
        C: coupling(),
    },
    axes=MAP,
    readings=[
        Reading(
            "i",
            ResolventNorm(J, r) >= sqrt(1 + SECOND_BLOCK**2) / (r - gamma),
            guessed("both blocks of the image kept"),
            proof=Proof(
                Lemma("E5", "i", "R(r) = [[R_A, 0], [R_D C R_A, R_D]]"),
                ByHand(
                    "As Av = γv, R_A(r)v = v/(r − γ). So R(r) maps the unit vector (v, 0) to (v, R_D(r)Cv)/(r − γ), whose norm is "
                    "√(‖v‖² + ‖R_D(r)Cv‖²)/(r − γ) with ‖v‖ = 1. The norm of R(r) is at least the norm of this image."
                ),
            ),
        ),
        Reading(
            "ii",
            Eq(SECOND_BLOCK, c / (r - gamma)),
            guessed('the second block "as large as" its bound, read as an equality for every J'),
            repaired_by=("E6(i)",),
        ),
    ],
)
