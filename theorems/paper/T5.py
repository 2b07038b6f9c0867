"""Theorem 5: lower bound for the Kreiss constant."""

from sympy import Matrix, Max

from theorems.notation import (
    EXTREMAL_BLOCKS,
    GIVEN_COUPLING,
    GROWING,
    MAP,
    REGIONS_OF_PARAMETERS,
    TRIANGULAR,
    A,
    C,
    D,
    J,
    c,
    gamma,
    growing,
    sharp_kreiss,
    strength,
)
from verify import Claim, Exhibit, Exists, Family, ForAll, KreissConstant, Proof, Reading, SharpForm, guessed, symmetric

K = KreissConstant(J)
DIAGONAL = 1 / (1 - gamma)


def coupled(x):
    """The coupling term ``x/(4(1 − γ))``."""
    return x / (4 * (1 - gamma))


# The coupling misses the eigenvector of A for γ: J is then the direct sum of (γ) and [[0, 0], [c, 0]].
MISSED = {A: Matrix([[gamma, 0], [0, 0]]), D: Matrix([[0]]), C: Matrix([[0, strength]])}
SHARP = SharpForm(K >= sharp_kreiss(c), attained_by=MISSED, text="the least value over the class is k(c), not k(κ)")

CLAIM = Claim(
    id="T5",
    title="Lower bound for the Kreiss constant",
    source="arXiv:2606.04031, Theorem 5",
    domain={**TRIANGULAR, A: symmetric(rho=gamma, attained=True)},
    notes="In (i)–(iii) and (v) the block A has the eigenvalue γ, as in the paper's proof.",
    axes=MAP,
    readings=[
        Reading("i", K >= DIAGONAL + coupled(c), guessed("sum of both terms"), sharp=SHARP, repaired_by=("tool-D(i)",)),
        Reading("ii", K >= Max(1, coupled(c)), guessed("the larger of 1 and the coupling term"), sharp=SHARP, repaired_by=("tool-D(i)",)),
        Reading("iii", K >= DIAGONAL, guessed("the first term alone"), sharp=SHARP, repaired_by=("tool-D(i)",)),
        Reading(
            "iv",
            ForAll((gamma, strength), Exists((A, C, D), K >= coupled(strength))),
            guessed("sharpness: some member of the class reaches the coupling term"),
            domain=GIVEN_COUPLING,
            notes="The class is that of given γ and c: ‖A‖, ‖D‖ <= γ, ‖C‖ <= c. The member exhibited has ‖C‖ = c and A, D with the eigenvalue γ.",
            sharp=SharpForm(
                K <= sharp_kreiss(strength / (1 - gamma)), attained_by=EXTREMAL_BLOCKS, text="the largest value over the class is k(κ)",
                regions=REGIONS_OF_PARAMETERS,
            ),
            sharp_at=(Family({**GROWING, strength: growing}, growing, "at γ = 0, c → ∞", start=16, squeezed_by="T5-sharp(i)"),),
            proof=Proof(Exhibit("take J = [[γ, 0], [c, γ]] and z = 2 − γ", EXTREMAL_BLOCKS, point=2 - gamma)),
        ),
        Reading("v", K >= Max(DIAGONAL, coupled(c)), guessed("the larger of both terms"), sharp=SHARP, repaired_by=("tool-D(i)",)),
    ],
)
