"""Powers are bounded by the Kreiss constant alone: no dimension, no logarithm, for symmetric diagonal blocks."""

from sympy import Symbol

from theorems.notation import TRIANGULAR, J, gamma, t
from verify import ByHand, Claim, KreissConstant, Lemma, Obligation, PowerNorm, Proof, Reading, integer, own

K = KreissConstant(J)
MIDWAY = (1 + gamma) / 2
diagonal, mixed, rest = Symbol("x", real=True), Symbol("y", real=True), Symbol("K", real=True)
inverse = Symbol("v", real=True)

BLOCKS = ByHand(
    "Let t >= 1, r = 1 + 1/t and X = R_D(r) C R_A(r), a block of R(r); so ‖X‖ <= tK. The lower-left block of J^t is L = Σ_{k<t} D^{t−1−k} C A^k. Split "
    "the space of A, and that of D, by the sign of the eigenvalues: L consists of four parts, and ‖L‖ is at most the larger of the norms of the "
    "parts (+,+), (−,−), plus the larger of those of (+,−), (−,+)."
)
SAME_SIGN = ByHand(
    "Part (+,+) is L = Σ_k [(r − D)D^{t−1−k}] X [(r − A)A^k] on eigenvalues in [0, 1). Take the m = ⌈t/2⌉ terms with k < m and write D^{t−1−k} = D^{t−1} + "
    "D^{t−1−k}(I − D^k). With a = 1 − μ, b = 1 − λ for eigenvalues μ of D, λ of A: (1/t + a)μ^{t−1} <= 2/t and (1/t + b)Σ_{k<m} λ^k <= 2, which gives "
    "4‖X‖/t for the first sum. In the second, with s = ⌊t/2⌋ <= t − 1 − k and 1 <= k < m, where t >= 3: (1/t + a)μ^{t−1−k}(1 − μ^k) <= k(a/t + a²)(1 − a)^s "
    "<= k(1/t² + 16/(3t²)), because a(1 − a)^s <= 1/(2(s + 1)) <= 1/t and a²(1 − a)^s <= 4/(3(s + 2)²); and (1/t + b)λ^k <= 1/t + 1/(2(k + 1)) <= 3/(2k), "
    "because k + 1 <= t. So each term is at most 19/2 ‖X‖/t², and fewer than t/2 of them give 19/4 ‖X‖/t. The terms with k >= m are treated alike, "
    "with A and D in exchanged roles. Together 35/2 ‖X‖/t <= 35/2 K. For part (−,−) take −J."
)
MIXED_SIGN = ByHand(
    "In part (+,−) let λ = −ν. Again for k < m: the partial sums of (−ν)^k lie in [0, 1], so summation by parts gives at most ‖C‖ times μ^{t−m} + "
    "Σ_{k<m−1} (1 − μ)μ^{t−2−k} with the suprema taken term by term, (1 − μ)μ^{t−2−k} <= 1/(t − 1 − k) <= 2/(t + 1): at most 2‖C‖. The same for k >= m, where "
    "the partial sums of (−μ)^j serve. So parts (+,−) and (−,+) are at most 4‖C‖ <= 16K, because c <= 4k(c) <= 4K."
)
SCALED = ByHand(
    "With σ = (1 + γ)/2 > γ, L is σ^{t−1} times the same sum for A/σ, D/σ and C, whose eigenvalues lie in (−1, 1) too. There X becomes "
    "σ²(σr − D)^{-1} C (σr − A)^{-1}, and for eigenvalues in [0, γ] (r − μ)/(σr − μ) <= 1 + (1 − σ)r/(σr − γ) <= 2, because (1 − σ)(1 + 1/t) <= (1 − σ) + σ/t "
    "= σr − γ. So ‖X‖ <= 4tK on part (+,+), which is then at most 70K; the mixed parts are at most 16K as before. Hence ‖J^t‖ <= γ^t + 86Kσ^{t−1}, and γ^t <= "
    "Kσ^{t−1}."
)

CLAIM = Claim(
    id="T8-uniform",
    title="Powers bounded by the Kreiss constant alone",
    source="own derivation; it settles the question that the row T8 of theory.md leaves open",
    domain={**TRIANGULAR, t: integer(1, 30)},
    notes="The Kreiss matrix theorem has the factor e n, Cauchy's formula the factor e(t + 1). The constants are not the best: [[γ, 0], [c, γ]] needs 4/e.",
    readings=[
        Reading(
            "i",
            PowerNorm(J, t) <= 35 * K,
            own("Schur multipliers of the powers, split at t/2"),
            proof=Proof(
                BLOCKS,
                SAME_SIGN,
                Lemma("S2", "i", "K(J) >= k(c)"),
                MIXED_SIGN,
                Obligation(
                    "‖J^t‖ <= max(‖A^t‖, ‖D^t‖) + ‖L‖ adds up",
                    1 + diagonal + mixed <= 35 * rest,
                    given=(diagonal <= 35 * rest / 2, mixed <= 16 * rest, rest >= 1),
                ),
            ),
        ),
        Reading(
            "ii",
            PowerNorm(J, t) <= 87 * K * MIDWAY ** (t - 1),
            own("the same with the blocks scaled"),
            proof=Proof(
                BLOCKS,
                SAME_SIGN,
                Lemma("S2", "i", "K(J) >= k(c)"),
                MIXED_SIGN,
                Obligation(
                    "with v = 1/t: the factor of the resolvents is at most 2",
                    (1 - MIDWAY) * (1 + inverse) <= (1 - MIDWAY) + MIDWAY * inverse,
                    given=(gamma >= 0, gamma < 1, inverse >= 0),
                ),
                SCALED,
            ),
        ),
    ],
)
