"""Stability with feedback: signs, and descent–ascent."""

from sympy import And, Equivalent, Implies, Integer, Matrix, Rational, Symbol, Transpose, sqrt

from theorems.notation import CONTRACTION, GIVEN_COUPLING, A, C, D, gamma, strength
from verify import ByHand, Claim, Family, Proof, Reading, SharpForm, SpectralRadius, between, block, nonnegative, own, real

a, b, c, d = (Symbol(name, real=True) for name in ("a", "b", "c", "d"))
WINDOW = And(-(1 - gamma**2) < b * c, b * c < (1 - gamma) ** 2)
INSIDE = between(-gamma, gamma)
s = Symbol("s", real=True)
ROTATING = block([[A, -s * Transpose(C)], [C, D]])
DESCENT = SpectralRadius(ROTATING) <= sqrt(gamma**2 + s * strength**2)

three, four = Rational(3, 5), Rational(4, 5)
ROTATION = {gamma: three, s: Integer(1), strength: four, A: Matrix([[three]]), D: Matrix([[three]]), C: Matrix([[four]])}

CLAIM = Claim(
    id="T10-sharp",
    title="Stability with feedback, exactly",
    source="theory.md, row T10",
    domain={gamma: CONTRACTION, a: INSIDE, d: INSIDE, b: real(), c: real()},
    readings=[
        Reading("i", Implies(WINDOW, SpectralRadius(Matrix([[a, b], [c, d]])) < 1), own("2×2, signed b and c: sufficient for all |a|, |d| <= γ")),
        Reading(
            "ii",
            Equivalent(SpectralRadius(Matrix([[gamma, b], [c, gamma]])) < 1, WINDOW),
            own("and necessary at a = d = γ"),
            domain={gamma: CONTRACTION, b: real(), c: real()},
        ),
        Reading(
            "iii",
            DESCENT,
            own("descent–ascent, B = −sCᵀ: rotation instead of growth"),
            domain={gamma: CONTRACTION, strength: nonnegative(), s: nonnegative(), **GIVEN_COUPLING},
            sharp_at=(Family(ROTATION, text="at (γ, s, c) = (3/5, 1, 4/5), where ρ = 1"),),
            sharp=SharpForm(DESCENT, attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[strength]])}),
            proof=Proof(
                ByHand(
                    "For s = 0 the matrix is block-triangular (SP). For s > 0 a change of scale by diag(I, √s "
                    "I) turns it into H + N with H = diag(A, D) and the "
                    "skew-symmetric N = [[0, −√s Cᵀ], [√s C, 0]]. If v is a unit eigenvector for λ, then λ = "
                    "v*Hv + v*Nv with v*Hv real, at most γ in modulus, and "
                    "v*Nv imaginary, at most √s c; so |λ|² <= γ² + sc²."
                )
            ),
        ),
    ],
)
