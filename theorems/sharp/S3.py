"""The Kreiss constant of every real 2×2 matrix with real eigenvalues, and its worst case with feedback."""

from sympy import Eq, Equivalent, Matrix, Piecewise, sqrt, symbols

from theorems.notation import COMPARISON, COMPARISON_BLOCKS, CONTRACTION, GIVEN_NORMS, J_feedback, feedback, gamma, strength
from verify import Claim, KreissConstant, Lemma, NumericalRadius, Proof, Reading, SharpForm, between, nonnegative, own

one, two = symbols("lambda_1 lambda_2", real=True)
nu, ratio = symbols("nu tau", real=True)
SCHUR_FORM = Matrix([[one, 0], [nu, two]])
OPEN_INTERVAL = between(-1, 1, open_low=True, open_high=True)


def of_ratio(value):
    """``(τ + 1/τ)/2`` for ``τ >= 1``, and 1 below."""
    return Piecewise((1, value <= 1), ((value + 1 / value) / 2, True))


# (√(1−λ1) + √(1−λ2))², written with one root
WIDTH = 2 - one - two + 2 * sqrt((1 - one) * (1 - two))
TAU = (nu + sqrt(nu**2 + (one - two) ** 2)) / WIDTH


def with_feedback(x, y):
    """``K([[γ, x], [y, γ]])`` for ``0 <= x <= y``, ``xy < (1−γ)²``: of ratio ``(y/δ)/(1 + √(1 − xy/δ²))``, ``δ = 1 − γ``."""
    gap = 1 - gamma
    value = (y / gap) / (1 + sqrt(1 - x * y / gap**2))
    return Piecewise((1, (x + y) / gap <= 2), ((value + 1 / value) / 2, True))


STABLE = feedback * strength < (1 - gamma) ** 2
BOUND = KreissConstant(J_feedback) <= with_feedback(feedback, strength)

CLAIM = Claim(
    id="S3",
    title="Kreiss constant of 2×2 matrices with real eigenvalues, and with feedback",
    source="theory.md, tool B",
    domain={one: OPEN_INTERVAL, two: OPEN_INTERVAL, nu: nonnegative()},
    notes="By a rotation every real 2×2 matrix X with real eigenvalues λ_1, λ_2 has the form [[λ_1, 0], [±ν, λ_2]], ν = |x_12 − x_21|.",
    readings=[
        Reading(
            "i",
            Eq(KreissConstant(SCHUR_FORM), of_ratio(TAU)),
            own("tool B"),
            hypotheses=(one + two >= 0,),
            notes="If λ_1 + λ_2 < 0, take −X. The quadratic behind it is judged as tool-B.",
        ),
        Reading(
            "ii",
            Eq(KreissConstant(COMPARISON), with_feedback(feedback, strength)),
            own("tool B at [[γ, b], [c, γ]], b <= c"),
            hypotheses=(feedback <= strength, STABLE),
            domain={gamma: CONTRACTION, feedback: nonnegative(), strength: nonnegative()},
        ),
        Reading(
            "iii",
            BOUND,
            own("comparison principle"),
            hypotheses=(feedback <= strength, STABLE),
            domain=GIVEN_NORMS,
            sharp=SharpForm(BOUND, attained_by=COMPARISON_BLOCKS),
            proof=Proof(
                Lemma("S1", "v", "K(J) <= K([[γ, b], [c, γ]])"),
                Lemma("S3", "ii", "the value of K([[γ, b], [c, γ]])"),
            ),
        ),
        Reading(
            "iv",
            Equivalent(KreissConstant(SCHUR_FORM) <= 1, NumericalRadius(SCHUR_FORM) <= 1),
            own("tool B; for every matrix see kreiss-contraction"),
        ),
    ],
)
