"""The noise floor: partial sums of the Gramian."""

from sympy import Integer, Matrix, Rational, Symbol, Transpose

from theorems.notation import GIVEN_COUPLING, TRIANGULAR, A, C, D, J, gamma, k, strength, t
from verify import ByHand, Claim, Family, KreissConstant, LargestEigenvalue, Lemma, MatrixSum, Norm, Obligation, Proof, Reading, integer, own

GRAMIAN = Norm(MatrixSum(Transpose(J**k) * J**k, (k, 0, t)))
gap = 1 - gamma**2
LARGEST = Rational(1717, 100)
u = Symbol("u", real=True)
ARCTAN = sum((-1) ** j * u ** (2 * j + 1) / (2 * j + 1) for j in range(8))
LIMIT = Matrix(
    [
        [1 / gap + strength**2 * (1 + gamma**2) / gap**3, strength * gamma / gap**2],
        [strength * gamma / gap**2, 1 / gap],
    ]
)

NILPOTENT = {gamma: Integer(0), strength: Integer(1), t: Integer(1), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[1]])}

CLAIM = Claim(
    id="S13",
    title="Noise floor",
    source="theory.md, row T11",
    domain={**GIVEN_COUPLING, t: integer(0, 6)},
    notes="For white noise of unit covariance Σ (J^k)ᵀJ^k governs the second moment; every partial sum is below the bound.",
    readings=[
        Reading(
            "i",
            GRAMIAN <= LargestEigenvalue(LIMIT),
            own("comparison principle"),
            notes="The bound is the norm of the whole series at [[γ, 0], [c, γ]], so the partial sums there approach it.",
            sharp_at=(Family(NILPOTENT, text="[[0, 0], [1, 0]], whose series ends after two terms"),),
            proof=Proof(
                Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
                ByHand(
                    "The block norms of each term are at most the entries of (M^k)ᵀM^k, M = [[γ, 0], [c, γ]], "
                    "and the norm does not decrease when non-negative "
                    "entries grow: the partial sum is at most the norm of Σ_{k>=0} (M^k)ᵀM^k."
                ),
                ByHand(
                    "M^k = γ^{k−1} [[γ, 0], [kc, γ]]. With g = γ², Σ g^k = 1/(1 − g), Σ k γ^{2k−1} = γ/(1 − "
                    "g)² and Σ k² g^{k−1} = (1 + g)/(1 − g)³ the series is "
                    "the matrix of the bound, which is symmetric and positive definite."
                ),
            ),
        ),
        Reading(
            "ii",
            GRAMIAN <= LARGEST * KreissConstant(J) ** 2 / (1 - gamma),
            own("the constant lies between 16 and 17.17"),
            domain={**TRIANGULAR, t: integer(0, 6)},
            proof=Proof(
                Lemma("S12", "i", "‖R(z)‖ <= 4K(J)/dist(z, [−γ, γ])"),
                ByHand(
                    "By Parseval's identity the whole series has the quadratic form (1/2π)∫‖R(e^{iθ})x‖² dθ, so "
                    "its norm is at most (16K²/2π)∫ dθ/dist². By symmetry "
                    "this is four times the integral over [0, π/2], where dist² = 1 + γ² − 2γ cos θ if cos θ > "
                    "γ, and sin² θ otherwise. Both are elementary: with u = "
                    "√((1 − γ)/(1 + γ)) the bound is K²/(1 − γ) times 16(1 + u²)(1 − (2/π) arctan u) + (32/π) u(1 − u²)/(1 + u²), 0 < u <= 1."
                ),
                ByHand("arctan u is at least its Taylor polynomial that ends with −u^{15}/15, for 0 <= u <= 1, and 113/355 <= 1/π <= 106/333."),
                Obligation(
                    "the factor is below 17.17",
                    16 * (1 + u**2) * (1 - 2 * Rational(113, 355) * ARCTAN) + 32 * Rational(106, 333) * u * (1 - u**2) / (1 + u**2) <= LARGEST,
                    given=(u >= 0, u <= 1),
                ),
            ),
        ),
    ],
)
