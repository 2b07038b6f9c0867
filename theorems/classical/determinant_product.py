"""Sylvester's determinant identity and Hadamard's bound by the norm."""

from sympy import Abs, Determinant, Eq, Identity

from theorems.notation import B, C, M, n, p, q
from verify import ByHand, Claim, Proof, Reading, SpectralRadius, classical, coupling, general

CLAIM = Claim(
    id="determinant-product",
    title="Determinants of products, and their size",
    source="Sylvester 1851; Horn and Johnson, Matrix Analysis, section 1.3",
    domain={B: coupling(), C: coupling()},
    readings=[
        Reading(
            "i",
            Eq(Determinant(Identity(p) - B * C), Determinant(Identity(q) - C * B)),
            classical("J. J. Sylvester, Phil. Mag. 1 (1851), 295–305"),
            proof=Proof(ByHand("Both are the determinant of [[I, B], [C, I]], by block elimination from either side.")),
        ),
        Reading(
            "ii",
            Abs(Determinant(M)) <= SpectralRadius(M) ** n,
            classical("the determinant is the product of the eigenvalues"),
            domain={M: general()},
            proof=Proof(ByHand("|det M| is the product of the moduli of the n eigenvalues, each at most ρ(M).")),
        ),
    ],
)
