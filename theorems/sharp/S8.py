"""The minimax error of estimating the Kreiss constant from γ and c."""

from sympy import Eq, Matrix, MatrixSymbol

from theorems.notation import CONTRACTION, EXTREMAL, GIVEN_COUPLING, A, C, D, J, c, gamma, q, sharp_kreiss, strength
from verify import ByHand, Claim, KreissConstant, Lemma, MinimaxError, Norm, Obligation, Proof, Reading, SharpForm, block, coupling, nonnegative, own, symmetric

ERROR = MinimaxError(KreissConstant(J), (A, C, D))
single, column = MatrixSymbol("A", 1, 1), MatrixSymbol("C", q, 1)
KNOWN = {
    gamma: CONTRACTION, strength: nonnegative(),
    single: symmetric(rho=gamma, attained=True), D: symmetric(rho=gamma), column: coupling(norm=strength),
}
OPPOSITE = Matrix([[gamma, 0], [strength, -gamma]])
WORST = sharp_kreiss(strength / (1 - gamma))

CLAIM = Claim(
    id="S8",
    title="Exact minimax error",
    source="theory.md, row T7",
    domain=GIVEN_COUPLING,
    notes="For an estimator that sees γ and c, over ρ(A), ρ(D) <= γ, ‖C‖ = c, all orders. One that is told ρ(A) = ρ(D) = γ errs as much if both blocks have "
    "order 2 or more; if one has order 1, replace k(c) by K([[γ, 0], [c, −γ]]).",
    readings=[
        Reading(
            "i",
            Eq(ERROR, (WORST - sharp_kreiss(strength)) / 2),
            own("the range of K over the class"),
            hypotheses=(Eq(c, strength),),
            proof=Proof(
                Lemma("S2", "i", "k(c) <= K(J) <= k(κ) for every member"),
                Obligation("the upper end is reached at [[γ, 0], [c, γ]]", Eq(KreissConstant(EXTREMAL), WORST), given=(gamma >= 0, gamma < 1, strength >= 0)),
                Obligation(
                    "the lower end is reached at [[0, 0], [c, 0]]",
                    Eq(KreissConstant(Matrix([[0, 0], [strength, 0]])), sharp_kreiss(strength)),
                    given=(strength >= 0,),
                ),
                ByHand(
                    "An estimator is one number for given γ and c. Whatever it is, it errs by at least half the distance of two values that K takes; the "
                    "midpoint of the range errs by no more than half its length."
                ),
            ),
        ),
        Reading(
            "ii",
            KreissConstant(block([[single, 0], [column, D]])) >= KreissConstant(OPPOSITE),
            own("the least value if the first block has order 1 and is known"),
            domain=KNOWN,
            hypotheses=(Eq(Norm(column), strength),),
            notes="The hypothesis of the class makes the first block the number γ; if it is −γ, take −J. The case q = 1 is its transpose.",
            sharp=SharpForm(
                KreissConstant(block([[single, 0], [column, D]])) >= KreissConstant(OPPOSITE),
                attained_by={single: Matrix([[gamma]]), D: Matrix([[-gamma]]), column: Matrix([[strength]])},
            ),
            proof=Proof(
                ByHand(
                    "Let r > 1 and u = C/c (if c = 0, both sides are 1). On the span of (1, 0) and (0, u) the "
                    "form of R(r) is the matrix [[1/(r − γ), 0], [qc/(r − γ), "
                    "q]] with q = u*R_D(r)u >= 1/(r + γ), because −γI ⪯ D ⪯ γI. A compression has at most the norm, which grows with q, so ‖R(r)‖ is at "
                    "least the norm of the resolvent of [[γ, 0], [c, −γ]] at r."
                ),
                ByHand(
                    "The supremum over real r > 1 of (r − 1) times the latter is K([[γ, 0], [c, −γ]]), as the "
                    "sum of its eigenvalues is not negative (circle lemma "
                    "of the closed form of the pseudospectral radius, verify.prove.two_by_two)."
                ),
            ),
        ),
    ],
)
