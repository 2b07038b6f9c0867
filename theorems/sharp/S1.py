"""The comparison principle: the worst case over a class of given block norms is its 2×2 member."""

from sympy import Integer, Matrix, MatrixSymbol, Rational, oo, symbols

from theorems.notation import COMPARISON, COMPARISON_BLOCKS, GIVEN_NORMS, A, B, C, D, J_feedback, feedback, gamma, growing, p, q, r, strength, t, z
from verify import (
    ByHand,
    Claim,
    Family,
    KreissConstant,
    Lemma,
    Norm,
    PowerNorm,
    Proof,
    Reading,
    ResolventNorm,
    SharpForm,
    SpectralRadius,
    TransientPeak,
    between,
    block,
    complex_outside,
    coupling,
    integer,
    nonnegative,
    own,
)

first, upper, lower, last = symbols("x y v w", real=True)
X, Y, V, W = MatrixSymbol("X", p, p), MatrixSymbol("Y", p, q), MatrixSymbol("V", q, p), MatrixSymbol("W", q, q)
BLOCK_NORMS = {
    first: nonnegative(), upper: nonnegative(), lower: nonnegative(), last: nonnegative(),
    X: coupling(norm=first), Y: coupling(norm=upper), V: coupling(norm=lower), W: coupling(norm=last),
}
BELOW_NORM_MATRIX = Norm(block([[X, Y], [V, W]])) <= Norm(Matrix([[first, upper], [lower, last]]))
STABLE = feedback * strength < (1 - gamma) ** 2

POWERS = PowerNorm(J_feedback, t) <= PowerNorm(COMPARISON, t)
RADIUS = SpectralRadius(J_feedback) <= SpectralRadius(COMPARISON)
RESOLVENT = ResolventNorm(J_feedback, z) <= ResolventNorm(COMPARISON, r)
KREISS = KreissConstant(J_feedback) <= KreissConstant(COMPARISON)
PEAK = TransientPeak(J_feedback) <= TransientPeak(COMPARISON)

ENTRIES = ByHand(
    "By (i) applied to the blocks, the norms of the blocks of a sum or product of block matrices are at most the entries of the sum or "
    "product of their matrices of block norms. By induction those of J^t are at most the entries of M^t, M = [[γ, b], [c, γ]]."
)

half, quarter = Rational(1, 2), Rational(1, 4)
NEARBY = {
    gamma: half, feedback: quarter, strength: quarter, A: Matrix([[half]]), D: Matrix([[half]]), B: Matrix([[quarter]]), C: Matrix([[quarter]]),
    r: Integer(1), z: 1 + 1 / growing,
}

CLAIM = Claim(
    id="S1",
    title="Comparison principle",
    source="theory.md, tool A",
    domain=GIVEN_NORMS,
    notes="M = [[γ, b], [c, γ]] is itself a member of the class ‖A‖, ‖D‖ <= γ, ‖B‖ <= b, ‖C‖ <= c, so every bound is attained.",
    readings=[
        Reading(
            "i",
            BELOW_NORM_MATRIX,
            own("norms of blocks"),
            domain=BLOCK_NORMS,
            sharp=SharpForm(
                BELOW_NORM_MATRIX, attained_by={X: Matrix([[first]]), Y: Matrix([[upper]]), V: Matrix([[lower]]), W: Matrix([[last]])}
            ),
            proof=Proof(
                ByHand(
                    "Let ξ, η be the norms of the parts of a unit vector. The parts of its image have norms of at most xξ + yη and vξ + wη, so the image "
                    "is at most as long as [[x, y], [v, w]](ξ, η), and (ξ, η) has length 1."
                )
            ),
        ),
        Reading(
            "ii",
            POWERS,
            own("comparison principle"),
            domain={**GIVEN_NORMS, t: integer(0, 8)},
            sharp=SharpForm(POWERS, attained_by={**COMPARISON_BLOCKS, t: 3}),
            proof=Proof(Lemma("S1", "i", "a block matrix and the matrix of its block norms"), ENTRIES),
        ),
        Reading(
            "iii",
            RADIUS,
            own("comparison principle"),
            sharp=SharpForm(RADIUS, attained_by=COMPARISON_BLOCKS),
            proof=Proof(
                Lemma("S1", "ii", "‖J^t‖ <= ‖M^t‖ for every t"),
                ByHand("Take t-th roots and let t → ∞: by Gelfand's formula ρ(J) <= ρ(M)."),
            ),
        ),
        Reading(
            "iv",
            RESOLVENT,
            own("comparison principle"),
            hypotheses=((r - gamma) ** 2 > feedback * strength,),
            domain={**GIVEN_NORMS, r: between(gamma, oo, open_low=True), z: complex_outside(r)},
            sharp_at=(Family(NEARBY, growing, "J = M and z decreasing to r"),),
            proof=Proof(
                Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
                ENTRIES,
                ByHand(
                    "The hypotheses say r > ρ(M) = γ + √(bc), and ρ(J) <= ρ(M) as in (iii). For |z| > r both Neumann series converge, and the block norms of "
                    "R(z) = Σ z^{−t−1} J^t are at most the entries of Σ r^{−t−1} M^t = (rI − M)^{-1}. The norm of a matrix does not decrease when its "
                    "non-negative entries grow, so (i) gives the claim."
                ),
            ),
        ),
        Reading(
            "v",
            KREISS,
            own("comparison principle"),
            hypotheses=(STABLE,),
            sharp=SharpForm(KREISS, attained_by=COMPARISON_BLOCKS),
            notes="If bc > (1 − γ)², then ρ(M) > 1 and K(M) = ∞.",
            proof=Proof(
                Lemma("S1", "iv", "‖R(z)‖ <= ‖(rI − M)^{-1}‖ for |z| > r > ρ(M)"),
                ByHand(
                    "bc < (1 − γ)² says ρ(M) < 1. For |z| > 1 let r increase to |z|: (|z| − 1)‖R(z)‖ <= (|z| − 1)‖(|z|I − M)^{-1}‖ <= K(M). Take the supremum."
                ),
            ),
        ),
        Reading(
            "vi",
            PEAK,
            own("comparison principle"),
            hypotheses=(STABLE,),
            sharp=SharpForm(PEAK, attained_by=COMPARISON_BLOCKS),
            proof=Proof(Lemma("S1", "ii", "‖J^t‖ <= ‖M^t‖ for every t"), ByHand("Take the supremum over t on both sides.")),
        ),
    ],
)
