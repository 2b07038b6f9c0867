"""The first resolvent identity."""

from sympy import Determinant, Identity, Ne, Symbol

from theorems.notation import M, n, z
from verify import ByHand, Claim, MatrixEq, Proof, Reading, classical, complex_plane, general, resolvent

w = Symbol("w", complex=True)

CLAIM = Claim(
    id="resolvent-identity",
    title="First resolvent identity",
    source="Hilbert 1912; Kato 1966, chapter I",
    domain={M: general(), z: complex_plane(), w: complex_plane()},
    hypotheses=(Ne(Determinant(z * Identity(n) - M), 0), Ne(Determinant(w * Identity(n) - M), 0)),
    readings=[
        Reading(
            "i",
            MatrixEq(resolvent(M, z) - resolvent(M, w), (w - z) * resolvent(M, z) * resolvent(M, w)),
            classical("D. Hilbert; Kato 1966, chapter I"),
            proof=Proof(ByHand("Multiply from the left by zI − M and from the right by wI − M: both sides become (w − z)I.")),
        )
    ],
)
