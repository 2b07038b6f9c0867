"""Theorem 10: stability under feedback."""

from sympy import Abs, And, Equivalent, Matrix, Or, Rational, symbols

from theorems.notation import CONTRACTION, FEEDBACK, MAP, REGIONS, A, B, C, D, J_feedback, b, c, gamma, growing, sharp_radius
from verify import Claim, Family, Lemma, Obligation, Proof, Reading, SharpForm, SpectralRadius, between, guessed, real, reconstructed

# Entries of a 2×2 matrix, of any sign.
a_entry, b_entry, c_entry, d_entry = symbols("a b c d", real=True)
DIAGONAL = between(-gamma, gamma)
SMALL = Matrix([[a_entry, b_entry], [c_entry, d_entry]])
EQUAL = SMALL.subs({a_entry: gamma, d_entry: gamma})
LOOP = b_entry * c_entry
GAP = (1 - gamma) ** 2
ROTATION = 1 - gamma**2  # with negative feedback the eigenvalues are γ ± i√|bc|
HALF_GAP = Matrix([[(1 - gamma) / 2]])



def towards_the_edge(value):
    """At ``γ = 1/2`` and ``κ = value``, ``bc`` increasing to ``(1 − γ)²``."""
    half, strong = Rational(1, 2), Rational(value, 2)
    members = {gamma: half, A: Matrix([[half]]), D: Matrix([[half]]), C: Matrix([[strong]]), B: Matrix([[(1 - 1 / growing) / (4 * strong)]])}
    return Family(members, growing, f"bc = (1 − γ)²(1 − 1/x) at γ = 1/2, κ = {value}")


CLAIM = Claim(
    id="T10",
    title="Stability with feedback",
    source="arXiv:2606.04031, Theorem 10",
    domain=FEEDBACK,
    axes=MAP,
    readings=[
        Reading(
            "a",
            SpectralRadius(J_feedback) < 1,
            reconstructed(),
            hypotheses=(b * c < GAP,),
            sharp=SharpForm(
                SpectralRadius(J_feedback) <= sharp_radius(b, c),
                attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), B: HALF_GAP, C: HALF_GAP},
                regions=REGIONS,
            ),
            sharp_at=tuple(map(towards_the_edge, (1, 3, 8, 32))),
            proof=Proof(
                Lemma("S4", "i", "rho(J) <= gamma + sqrt(bc)"),
                Obligation(
                    "gamma + sqrt(bc) is below 1",
                    sharp_radius(b_entry, c_entry) < 1,
                    given=(gamma >= 0, gamma < 1, b_entry >= 0, c_entry >= 0, LOOP < GAP),
                ),
            ),
        ),
        Reading(
            "b",
            Abs(LOOP) >= GAP,
            reconstructed(),
            hypotheses=(SpectralRadius(SMALL) >= 1,),
            domain={gamma: CONTRACTION, a_entry: DIAGONAL, d_entry: DIAGONAL, b_entry: real(), c_entry: real()},
            sharp_at=(Family(dict.fromkeys((gamma, a_entry, b_entry, c_entry, d_entry), Rational(1, 2)), text="[[1/2, 1/2], [1/2, 1/2]] has ρ = 1"),),
            sharp=SharpForm(Or(LOOP >= GAP, LOOP <= -ROTATION), text="negative feedback has to be stronger: at least 1 − γ²"),
        ),
        Reading(
            "c",
            Equivalent(SpectralRadius(EQUAL) < 1, LOOP < GAP),
            reconstructed(),
            hypotheses=(LOOP >= 0,),
            domain={gamma: CONTRACTION, b_entry: real(), c_entry: real()},
        ),
        Reading(
            "c-ii",
            Equivalent(SpectralRadius(EQUAL) < 1, Abs(LOOP) < GAP),
            guessed("the equivalence with |bc|, for any sign"),
            repaired_by=("T10-sharp(ii)",),
            domain={gamma: CONTRACTION, b_entry: real(), c_entry: real()},
            sharp=SharpForm(Equivalent(SpectralRadius(EQUAL) < 1, And(LOOP < GAP, LOOP > -ROTATION))),
        ),
    ],
)
