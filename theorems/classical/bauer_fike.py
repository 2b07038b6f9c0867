"""The theorem of Bauer and Fike, for matrices similar to a normal one."""

from sympy import Determinant, Identity, Integer, Inverse, Matrix, MatrixSymbol, Ne

from theorems.notation import n, z
from verify import ByHand, Claim, Family, Norm, Proof, Reading, SmallestSingularValue, SpectrumDistance, classical, complex_plane, general, normal

V, N = MatrixSymbol("V", n, n), MatrixSymbol("N", n, n)

CLAIM = Claim(
    id="bauer-fike",
    title="Theorem of Bauer and Fike",
    source="Bauer and Fike 1960",
    domain={V: general(), N: normal(), z: complex_plane()},
    hypotheses=(Ne(Determinant(V), 0),),
    notes="M = VNV^{-1}. If z is an eigenvalue of M + E, then ‖E‖ >= σ_min(zI − M), so that the distance of z from the spectrum of M is at most "
    "‖V‖ ‖V^{-1}‖ ‖E‖.",
    readings=[
        Reading(
            "i",
            SpectrumDistance(N, z) <= Norm(V) * Norm(Inverse(V)) * SmallestSingularValue(z * Identity(n) - V * N * Inverse(V)),
            classical("F. L. Bauer and C. T. Fike, Numer. Math. 2 (1960), 137–141"),
            sharp_at=(Family({V: Matrix([[1]]), N: Matrix([[0]]), z: Integer(1)}, text="order one"),),
            proof=Proof(
                ByHand(
                    "zI − N = V^{-1}(zI − M)V, so for every vector y: σ_min(zI − N)‖V^{-1}y‖ <= ‖(zI − N)V^{-1}y‖ <= ‖V^{-1}‖ ‖(zI − M)y‖ and ‖y‖ <= ‖V‖ "
                    "‖V^{-1}y‖. Take for y the right singular vector of σ_min(zI − M). As N is normal, σ_min(zI − N) is the distance of z from its spectrum."
                )
            ),
        )
    ],
)
