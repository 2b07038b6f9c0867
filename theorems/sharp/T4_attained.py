"""Where the sharp form of Theorem 4 is attained."""

from sympy import And, Eq, Identity, Implies, Min, Ne, Or, Symbol, Transpose

from theorems.notation import GIVEN_COUPLING, A, C, D, J, gamma, r, sharp_kreiss, sharp_resolvent, strength
from verify import ByHand, Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SmallestEigenvalue, block, own

K = KreissConstant(J)
KAPPA = strength / (1 - gamma)

WORST = sharp_kreiss(KAPPA)
LARGE = strength > 2 * (1 - gamma)
x, y, eigenvalue = (Symbol(name, real=True) for name in ("x", "y", "lambda"))


def defect(sign):
    """``(A − ηγ)² + Cᵀ(D − ηγ)²C + c²I − CᵀC``: positive semidefinite terms, so that its kernel is where all of them vanish."""
    from_a = A - sign * gamma * Identity(A.rows)
    from_d = (D - sign * gamma * Identity(D.rows)) * C
    return from_a * from_a + Transpose(from_d) * from_d + strength**2 * Identity(A.rows) - Transpose(C) * C


ONE = Identity(1)
WITH_VECTOR = block([
    [gamma * ONE, 0, 0, 0],
    [0, A, 0, 0],
    [strength * ONE, 0, gamma * ONE, 0],
    [0, C, 0, D],
])  # fmt: skip
"""The members of the class with ``v = e_1``, ``Cv = c e_1`` and ``η = 1``, in orthonormal bases that begin with ``v`` and ``Cv/c``."""


AT_ITS_BEST = (r - 1) * (strength**2 - 4 * (1 - gamma) ** 2), (1 - gamma) * (strength**2 + 4 * (1 - gamma) ** 2)
"""Equal where ``(r − 1)`` times the sharp resolvent bound has its maximum."""
MISSED = Min(SmallestEigenvalue(defect(1)), SmallestEigenvalue(defect(-1)))

CLAIM = Claim(
    id="T4-attained",
    title="Equality in the sharp bound of Theorem 4",
    source="theory.md, row T4",
    domain=GIVEN_COUPLING,
    hypotheses=(LARGE,),
    notes="The row says: for κ > 2, K(J) = k(κ) if and only if there are a unit vector v and η = ±1 with Av = ηγv, ‖Cv‖ = c, DCv = ηγCv. Such a v is an "
    "eigenvector to the eigenvalue 0 of (A − ηγ)² + Cᵀ(D − ηγ)²C + c²I − CᵀC, which is positive semidefinite, and every such eigenvector is one; so the"
    " condition is that its smallest eigenvalue is 0, for η = 1 or −1. In orthonormal bases that begin with v and with Cv/c, J is the direct sum of "
    "[[ηγ, 0], [c, ηγ]] and another member of the class: the first columns of A and C are ηγe_1 and ce_1 by the conditions, the first rows because A is"
    " symmetric and ‖C‖ <= c, and likewise for D. That K <= k(κ) always is S2.",
    readings=[
        Reading(
            "if",
            KreissConstant(WITH_VECTOR) >= WORST,
            own("row T4: with such a vector the bound is attained (that it holds is S2)"),
            proof=Proof(
                Obligation(
                    "K([[γ, 0], [c, γ]]) reaches k(κ)",
                    (r - 1) * sharp_resolvent(strength, r - gamma) >= strength / (4 * (1 - gamma)) + (1 - gamma) / strength,
                    given=(gamma >= 0, gamma < 1, LARGE, Eq(*AT_ITS_BEST)),
                ),
                ByHand(
                    "The matrices have the blocks diag(γ, A), diag(c, C), diag(γ, D) and so belong to the class. The span of the first vectors of the two "
                    "bases and its complement are invariant, so that ‖R(z)‖ is at least the norm of the resolvent of [[γ, 0], [c, γ]] at z. For η = −1 take "
                    "the member with −A, −D: diag(I, −I) makes −J of it, and K(−J) = K(J)."
                ),
            ),
        ),
        Reading(
            "only-if",
            Implies(MISSED > 0, K < WORST),
            own("row T4: without such a vector it is not attained"),
            proof=Proof(
                Lemma("P19", "i", "‖R(z)‖ <= (c + √(c² + 4s²))/(2s²) with s = |z| − γ, as in S2"),
                Obligation(
                    "(r − 1) times this bound is below k(κ) except at one r",
                    (r - 1) * sharp_resolvent(strength, r - gamma) < strength / (4 * (1 - gamma)) + (1 - gamma) / strength,
                    given=(gamma >= 0, gamma < 1, LARGE, r > 1, Ne(*AT_ITS_BEST)),
                ),
                Obligation("k(κ) > 1, the limit at infinity", strength / (4 * (1 - gamma)) + (1 - gamma) / strength > 1, given=(gamma >= 0, gamma < 1, LARGE)),
                ByHand(
                    "Suppose K(J) = k(κ). As (|z| − 1)‖R(z)‖ is at most (r − 1) times the bound at r = |z|, which tends to 0 as r → 1 and to 1 < k(κ) "
                    "as r → ∞, the supremum is reached at some z, and there |z| is the exceptional r and ‖R(z)‖ equals the bound. Let (x_1, x_2) be a "
                    "vector that R(z) stretches by its norm. All inequalities behind the bound are equalities for it: with u = 1/(|z| − γ), ‖R_A x_1‖ ="
                    " u‖x_1‖, ‖C R_A x_1‖ = c‖R_A x_1‖, ‖R_D w‖ = u‖w‖ for w = C R_A x_1 + x_2, x_2 is a non-negative multiple of C R_A x_1, and "
                    "(‖x_1‖, ‖x_2‖) is a first right singular vector of [[u, 0], [cu², u]], which has two positive entries (Perron), so that x_1 and w "
                    "are not 0."
                ),
                Obligation(
                    "for γ > 0 a real λ with |λ| <= γ < |z| and |z − λ| = |z| − γ is ±γ, and z is real with the same sign",
                    And(Eq(y, 0), Eq(eigenvalue**2, gamma**2), x * eigenvalue > 0),
                    given=(
                        gamma > 0, r > gamma, Eq(x**2 + y**2, r**2), eigenvalue <= gamma, -gamma <= eigenvalue,
                        Eq((x - eigenvalue) ** 2 + y**2, (r - gamma) ** 2),
                    ),
                ),
                ByHand(
                    "So, with η the sign of z, x_1 lies in the eigenspace of the symmetric A to ηγ (if γ = 0: A = 0), hence R_A x_1 is a multiple of "
                    "x_1, ‖Cx_1‖ = c‖x_1‖, and w, a multiple of Cx_1, lies in the eigenspace of D to ηγ. These conditions are linear in x_1 (the second"
                    " is (c²I − CᵀC)x_1 = 0), so its real or its imaginary part, which is not 0, satisfies them: the smallest eigenvalue is 0 for this "
                    "η."
                ),
            ),
        ),
        Reading(
            "iff",
            And(Implies(MISSED > 0, K < WORST), Implies(Or(*(SmallestEigenvalue(defect(sign)) <= 0 for sign in (1, -1))), K >= WORST)),
            own("row T4: both directions, in the words of eigenvalues"),
            proof=Proof(
                Lemma("T4-attained", "only-if", "no such vector, no equality"),
                ByHand(
                    "The matrix is a sum of positive semidefinite ones, as ‖C‖ <= c; if its smallest eigenvalue is not positive it has a kernel, a unit vector "
                    "v of which satisfies the conditions, and in bases that begin with v and Cv/c the matrix J is that of (if), a member with the same norms.",
                ),
                Lemma("T4-attained", "if", "such a vector, equality"),
            ),
        ),
    ],
)
