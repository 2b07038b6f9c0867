"""Theorem 10, proof: Gershgorin's theorem "when singular"."""

from sympy import Matrix, Max, Symbol

from theorems.notation import CONTRACTION, FEEDBACK, A, B, C, D, J_feedback, b, c, gamma, sharp_radius, strength
from verify import Claim, Lemma, Obligation, Proof, Reading, SharpForm, SpectralRadius, guessed, nonnegative

feedback = Symbol("b", real=True)
CORNERS = Matrix([[strength]])


def disc(x, y):
    """``γ + max(x, y)``: the right end of the block Gershgorin discs."""
    return gamma + Max(x, y)


CLAIM = Claim(
    id="T10-gersh",
    title="Gershgorin's theorem in the proof of Theorem 10",
    source="arXiv:2606.04031, proof of Theorem 10",
    domain=FEEDBACK,
    readings=[
        Reading(
            "i",
            SpectralRadius(J_feedback) <= disc(b, c),
            guessed("block Gershgorin discs"),
            sharp=SharpForm(
                SpectralRadius(J_feedback) <= sharp_radius(b, c),
                attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), B: CORNERS, C: CORNERS},
            ),
            proof=Proof(
                Lemma("S4", "i", "rho(J) <= gamma + sqrt(bc)"),
                Obligation(
                    "a geometric mean is at most the maximum",
                    sharp_radius(feedback, strength) <= disc(feedback, strength),
                    given=(feedback >= 0, strength >= 0),
                ),
            ),
        ),
        Reading(
            "ii",
            disc(feedback, strength) < 1,
            guessed("what the proof would need of the discs"),
            repaired_by=("S4(i)",),
            hypotheses=(feedback * strength < (1 - gamma) ** 2,),
            domain={gamma: CONTRACTION, feedback: nonnegative(), strength: nonnegative()},
            notes="A statement on the numbers b = ‖B‖ and c = ‖C‖ alone.",
        ),
    ],
)
