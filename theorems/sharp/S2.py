"""Sharp range of the Kreiss constant over the block-triangular class."""

from sympy import And, Eq, Integer, Matrix, oo

from theorems.notation import EXTREMAL_BLOCKS, TRIANGULAR, A, C, D, J, c, gamma, kappa, r, sharp_kreiss, sharp_resolvent, strength
from verify import ByHand, Claim, Family, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, Supremum, own

K = KreissConstant(J)
UPPER = K <= sharp_kreiss(kappa)
LOWER = K >= sharp_kreiss(c)


def weighted(x, distance):
    """``(r − 1)`` times the sharp resolvent bound."""
    return (r - 1) * sharp_resolvent(x, distance)


CLAIM = Claim(
    id="S2",
    title="Exact range of the Kreiss constant",
    source="theory.md, S2",
    domain=TRIANGULAR,
    readings=[
        Reading(
            "i",
            And(LOWER, UPPER),
            own("comparison principle and maximum principle"),
            sharp=SharpForm(UPPER, attained_by=EXTREMAL_BLOCKS, text="the lower bound is attained at A = D = 0"),
            sharp_at=(Family({gamma: Integer(0), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[4]])}, text="both bounds at [[0, 0], [4, 0]], K = 5/4"),),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                Lemma("E6", "i", "for |z| > gamma the norms of the blocks are at most u = 1/(|z|-gamma), c u^2 and u"),
                ByHand(
                    "A block matrix acts on a vector with blocks of norms ξ, η so that the norms of the image's blocks are at most the "
                    "entries of N(ξ, η), where N holds the block norms; so its norm is at most ‖N‖, and ‖N‖ does not decrease when "
                    "non-negative entries grow. Hence ‖R(z)‖ <= ‖[[u, 0], [c u², u]]‖ with u = 1/(|z| − γ), the resolvent of [[γ, 0], "
                    "[c, γ]] at the real point |z|."
                ),
                Lemma("P19", "i", "the norm of this 2x2 matrix, at w = |z|-gamma"),
                ByHand(
                    "Multiply ‖R(z)‖ <= (c + √(c² + 4s²))/(2s²), s = |z| − γ, by |z| − 1 and take the supremum over |z| > 1.",
                    K <= Supremum(weighted(c, r - gamma), (r, 1, oo)),
                ),
                Obligation(
                    "the weighted bound is at most k(c/(1-gamma)) for every r > 1",
                    weighted(strength, r - gamma) <= sharp_kreiss(strength / (1 - gamma)),
                    given=(gamma >= 0, gamma < 1, strength >= 0, r > 1),
                ),
                ByHand(
                    "Lower bound. For |ζ| < 1/γ (every ζ, if γ = 0) put H(ζ) = [[(I − ζA)^{-1}, 0], [(I − ζD)^{-1}C(I − ζA)^{-1}/r, (I "
                    "− ζD)^{-1}]] with a fixed r > 1. It is analytic in ζ, and H(0) = [[I, 0], [C/r, I]]. By E5, on the circle z = 1/ζ, "
                    "|z| = r, zR(z) differs from H(ζ) only by the unit phase of ζ before the lower-left block, which the unitary "
                    "diag(I, e^{iθ}I) and its adjoint remove; so r‖R(z)‖ = ‖H(ζ)‖. The norm of an analytic matrix function is "
                    "subharmonic, hence max ‖H(ζ)‖ over |ζ| = 1/r is at least ‖H(0)‖, and by the singular value decomposition of C this "
                    "is ‖[[1, 0], [c/r, 1]]‖, r times the norm of the resolvent of [[0, 0], [c, 0]] at r.",
                    K >= Supremum(weighted(c, r), (r, 1, oo)),
                ),
                Obligation(
                    "for c > 2 this supremum reaches k(c), at r = 2c^2/(c^2-4)",
                    And(r > 1, Eq(weighted(strength, r), sharp_kreiss(strength))),
                    given=(strength > 2, Eq(r, 2 * strength**2 / (strength**2 - 4))),
                ),
                ByHand("For c <= 2, k(c) = 1, and K >= 1 for every matrix, because (|z| − 1)‖R(z)‖ tends to 1 as |z| → ∞."),
            ),
        )
    ],
)
