"""The resolvent is largest on the real axis."""

from sympy import Abs, Integer, Matrix, Max

from theorems.notation import TRIANGULAR, A, C, D, J, gamma, z
from verify import ByHand, Claim, Family, Lemma, Proof, Reading, ResolventNorm, complex_outside, own

CLAIM = Claim(
    id="S11",
    title="The resolvent is largest on the real axis",
    source="theory.md, tool C",
    domain={**TRIANGULAR, z: complex_outside(gamma)},
    notes="So the Kreiss constant of a member of the class is a supremum over real z.",
    readings=[
        Reading(
            "i",
            ResolventNorm(J, z) <= Max(ResolventNorm(J, Abs(z)), ResolventNorm(J, -Abs(z))),
            own("three lines"),
            sharp_at=(Family({gamma: Integer(0), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[1]]), z: Integer(1)}, text="real z, at [[0, 0], [1, 0]]"),),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                ByHand(
                    "Let A and D be diagonal (an orthogonal change of basis), P = |R_A|, Q = |R_D| the diagonal matrices of moduli, N(P, Q) = [[P, 0], [QCP, "
                    "Q]]. R_A and R_D are P and Q times diagonal unitary matrices, which commute with them; multiplying R(z) by diag(I, phase of R_D, "
                    "conjugated) from the left and diag(phase of R_A, conjugated, I) from the right leaves N(P, Q), so ‖R(z)‖ = ‖N(P, Q)‖."
                ),
                ByHand(
                    "N(P, Q) = diag(I, Q) [[I, 0], [C, I]] diag(P, I). If P' >= P and Q' >= Q are diagonal and positive, then N(P, Q) = diag(I, Q/Q') N(P', "
                    "Q') diag(P/P', I), so ‖N(P, Q)‖ <= ‖N(P', Q')‖."
                ),
                ByHand(
                    "Write z = re^{iθ} and cos θ = (1 − s) + s(−1), 0 <= s <= 1. Each entry of P is (r² − 2rλ cos θ + λ²)^{−1/2}, the exponential of a convex "
                    "function of cos θ, so P <= P_0^{1−s} P_1^s with the values P_0 at z = r and P_1 at z = −r; likewise Q."
                ),
                ByHand(
                    "F(ζ) = N(P_0^{1−ζ} P_1^ζ, Q_0^{1−ζ} Q_1^ζ) is analytic and bounded in 0 <= Re ζ <= 1. For Re ζ = 0 its entries differ from N(P_0, Q_0) by "
                    "phases that diagonal unitary matrices remove as above, so ‖F‖ = ‖R(r)‖ there, and ‖F‖ = ‖R(−r)‖ for Re ζ = 1. By Hadamard's three lines "
                    "‖F(s)‖ <= max(‖R(r)‖, ‖R(−r)‖), and ‖R(z)‖ <= ‖F(s)‖ by the two steps before."
                ),
            ),
        )
    ],
)
