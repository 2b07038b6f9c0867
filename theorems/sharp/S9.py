"""Sharp bound of the Kreiss constant in continuous time."""

from sympy import Symbol, oo

from theorems.notation import EXTREMAL_FLOW, FLOW, G, c, mu, sharp_kreiss, sharp_resolvent, strength
from verify import ByHand, Claim, ContinuousKreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, Supremum, own

abscissa = Symbol("x", real=True)
K_c = ContinuousKreissConstant(G)
BOUND = K_c <= sharp_kreiss(c / mu)


def weighted(coupling_strength):
    """``x`` times the sharp resolvent bound at ``Re z = x``."""
    return abscissa * sharp_resolvent(coupling_strength, abscissa + mu)


CLAIM = Claim(
    id="S9",
    title="Exact worst Kreiss constant in continuous time",
    source="theory.md, S9",
    domain=FLOW,
    notes="The companion bound of sup ‖exp(tG)‖ is not stated here: the claim language has no matrix exponential yet.",
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by=EXTREMAL_FLOW),
            proof=Proof(
                ByHand(
                    "Let Re z = x > 0. For an eigenvalue h >= μ of H_A or H_D, |z + h| >= x + h >= x + μ, so (zI + H_A)^{-1} and (zI + "
                    "H_D)^{-1} have norms of at most u = 1/(x + μ). As in E5, (zI − G)^{-1} is lower block-triangular with these "
                    "diagonal blocks and −(zI + H_D)^{-1}C(zI + H_A)^{-1} below, of norm at most c u². A block matrix has at most the "
                    "norm of the matrix of its block norms, which does not decrease when they grow: ‖(zI − G)^{-1}‖ <= ‖[[u, 0], [c u², "
                    "u]]‖."
                ),
                Lemma("P19", "i", "the norm of this 2x2 matrix: take gamma = 0 and z = x + mu there"),
                ByHand("Multiply by x and take the supremum over Re z > 0.", K_c <= Supremum(weighted(c), (abscissa, 0, oo))),
                Obligation(
                    "the weighted bound is at most k(c/mu)",
                    weighted(strength) <= sharp_kreiss(strength / mu),
                    given=(mu > 0, strength >= 0, abscissa > 0),
                ),
            ),
        )
    ],
)
