"""Cauchy's interlacing: the extreme eigenvalues of a principal block."""

from sympy import And, Transpose

from theorems.notation import A, C, D
from verify import ByHand, Claim, LargestEigenvalue, Proof, Reading, SmallestEigenvalue, block, classical, coupling, symmetric

WHOLE = block([[A, Transpose(C)], [C, D]])

CLAIM = Claim(
    id="interlacing",
    title="Extreme eigenvalues of a principal block",
    source="Cauchy 1829; Horn and Johnson, Matrix Analysis, section 4.3",
    domain={A: symmetric(), D: symmetric(), C: coupling()},
    readings=[
        Reading(
            "i",
            And(LargestEigenvalue(A) <= LargestEigenvalue(WHOLE), SmallestEigenvalue(A) >= SmallestEigenvalue(WHOLE)),
            classical("A.-L. Cauchy 1829"),
            proof=Proof(ByHand("A vector (v, 0) gives the whole matrix the same Rayleigh quotient as v gives A.")),
        )
    ],
)
