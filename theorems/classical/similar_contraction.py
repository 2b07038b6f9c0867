"""Powers of a matrix that is similar to a contraction."""

from sympy import And, Determinant, Inverse, MatrixSymbol, Ne

from theorems.notation import M, n
from verify import ByHand, Claim, KreissConstant, Norm, Proof, Reading, TransientPeak, classical, coupling, general

S = MatrixSymbol("S", n, n)
SIMILAR = S * M * Inverse(S)
CONDITION = Norm(S) * Norm(Inverse(S))

CLAIM = Claim(
    id="similar-contraction",
    title="Matrices similar to a contraction",
    source="Stein 1952; Kreiss 1962",
    domain={S: general(), M: coupling(norm=1)},
    hypotheses=(Ne(Determinant(S), 0),),
    notes="With P = (S^{-1})ᵀS^{-1} this is the bound √cond(P) for XᵀPX ⪯ P, X = SMS^{-1}.",
    readings=[
        Reading(
            "i",
            And(TransientPeak(SIMILAR) <= CONDITION, KreissConstant(SIMILAR) <= CONDITION),
            classical("P. Stein, J. Res. Nat. Bur. Standards 48 (1952), 82–83; H.-O. Kreiss 1962"),
            proof=Proof(
                ByHand(
                    "‖(SMS^{-1})^t‖ = ‖SM^tS^{-1}‖ <= ‖S‖ ‖M‖^t ‖S^{-1}‖ <= ‖S‖ ‖S^{-1}‖ for every t, and the Kreiss constant is at most the supremum of "
                    "these norms (kreiss-lower)."
                )
            ),
        )
    ],
)
