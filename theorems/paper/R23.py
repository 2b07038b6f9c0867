"""Remark 23: the largest Kreiss constant of a sequence, and the number of steps that it takes."""

from sympy import And, Implies, Matrix, Rational, Symbol, ceiling, sqrt, zeros

from theorems.notation import CONTRACTION, GIVEN_COUPLING, J, gamma, k, p, q, sharp_kreiss, strength
from theorems.notation import A as A_0
from theorems.notation import C as C_0
from theorems.notation import D as D_0
from verify import (
    Along,
    ByHand,
    Claim,
    Exists,
    ForAll,
    KreissConstant,
    Lemma,
    MatrixProduct,
    MatrixSequence,
    Norm,
    Obligation,
    PowerNorm,
    Proof,
    Reading,
    SupOverClass,
    between,
    block,
    coupling,
    guessed,
    integer,
    positive,
    reconstructed,
    sequence,
    symmetric,
)

low, high, delta = Symbol("a", real=True), Symbol("A_0", real=True), Symbol("delta", real=True)
WORST = SupOverClass(KreissConstant(J), (A_0, C_0, D_0))
EXACT = sharp_kreiss(strength / (1 - gamma))

# Products of time-varying factors, and powers of a fixed one.
T, s = Symbol("T", integer=True), Symbol("s", integer=True)
A, D, C = MatrixSequence("A_t", p, p, T), MatrixSequence("D_t", q, q, T), MatrixSequence("C_t", q, p, T)
TRANSITION = Norm(MatrixProduct(block([[A[k], 0], [C[k], D[k]]]), (k, 1, T)))
SEQUENCE = (T, A.bound, D.bound, C.bound)
VARYING = {
    low: positive(), high: positive(), gamma: CONTRACTION, strength: positive(), delta: between(0, 1, open_low=True, open_high=True),
    T: integer(1, 4), A: sequence(symmetric(rho=gamma), T), D: sequence(symmetric(rho=gamma), T), C: sequence(coupling(norm=strength), T),
}


def lasts(steps):
    """Some product of ``steps`` factors or more is still above ``δ``."""
    return Exists(SEQUENCE, And(T >= steps, TRANSITION > delta))


def at_least(order):
    """Some product of ``a(1 − γ)^{−m} − 1`` factors or more is above ``δ``."""
    return lasts(low * (1 - gamma) ** -order - 1)


def budget(order):
    """Between ``a(1 − γ)^{−m}`` and ``A_0(1 − γ)^{−m}`` steps, at fixed ``c`` and ``δ``."""
    enough = ForAll(SEQUENCE, Implies(T >= high * (1 - gamma) ** -order, TRANSITION <= delta))
    return Exists((low, high), ForAll((gamma,), And(at_least(order), enough)))


gap, root, size = Symbol("g", real=True), Symbol("x", real=True), Symbol("y", real=True)


NILPOTENT = {high: 1, gamma: 0, strength: 4 * ceiling(sqrt(2 / low)), delta: Rational(1, 2), s: 1, A_0: zeros(1), D_0: zeros(1)}
NO_BLOCKS = {A: zeros(1), D: zeros(1), C: Matrix([[NILPOTENT[strength]]]), C_0: Matrix([[NILPOTENT[strength]]])}
LONG = {T: ceiling(low * (NILPOTENT[strength] / 4 + 1 / NILPOTENT[strength]) ** 2)}


def worst_product(order):
    """The largest product of ``a(1 − γ)^{−m} − 1 = a^{−3} − 1`` factors, ``M^T``, at ``c = 1/10`` and ``δ = 1/2``."""
    gap = low ** Rational(4, order)
    steps, coupled = low**-3 - 1, Rational(1, 10)
    squared = "²" if order == 2 else ""
    lifted = steps * coupled / (1 - gap)
    factors = {A: Matrix([[1 - gap]]), D: Matrix([[1 - gap]]), C: Matrix([[coupled]]), T: steps}
    return Along(
        f"the largest product of a/(1 − γ)^{order} − 1 factors (S5), at c = 1/10, δ = 1/2 and 1 − γ = a{squared}: it is no longer above δ",
        {high: 1, gamma: 1 - gap, strength: coupled, delta: Rational(1, 2), **factors},
        low,
        at=(Rational(1, 2), Rational(1, 4), Rational(1, 8)),
        part=at_least(order),
        ratio=(1 - gap) ** steps * (lifted + sqrt(lifted**2 + 4)),
        towards=0,
    )


def fewer_steps(order):
    """The lower half fails as ``γ → 1``: all products have decayed after ``O((1 − γ)^{−3/2})`` steps."""
    return Proof(
        Lemma("S5", "i", "‖J_T ⋯ J_1‖ <= ‖M^T‖, M = [[γ, 0], [c, γ]]"),
        Lemma("T18-sharp", "ii", "‖M^T‖ <= max(1, 2κ)((1 + γ)/2)^T"),
        ByHand(
            "Let g = 1 − γ <= 2c. If the product is above δ, then δ < (2c/g)e^{−gT/2}, so T < (2/g) log(2c/(gδ)) <= (4/g) √(2c/(gδ)), because log y <= 2√y. "
            "With x = √g and y = √(2c/δ) this is T < 4y/x³."
        ),
        ByHand("Given a, take x <= 1 with x² <= 2c and 2x(1 + 4y) <= a; so small a g there is for every a, c and δ."),
        Obligation(
            f"then 4y/x³ is below a/g^{order} − 1",
            4 * size / root**3 + 1 < low / root ** (2 * order),
            given=(root > 0, root <= 1, size >= 0, low > 0, 2 * root * (1 + 4 * size) <= low),
        ),
        refutes=True,
        along=(worst_product(order),),
    )


CLAIM = Claim(
    id="R23",
    title="Sequences: the largest Kreiss constant and the budget of steps",
    source="arXiv:2606.04031, Remark 23 under Assumption 21",
    domain=VARYING,
    notes="The budget is read as the least number of steps after which every product of the class is at most δ. By S5 and the comparison principle it is "
    "the same for sequences as for a fixed member, namely that of [[γ, 0], [c, γ]]: at fixed c and δ of the order (1 − γ)^{-1} log(1/(1 − γ)).",
    readings=[
        Reading(
            "i",
            Exists((low,), ForAll((gamma, strength, delta, s, A_0, D_0, C_0), Implies(PowerNorm(J, s) > delta, lasts(low * EXACT**2 * s)))),
            guessed("the budget is the stationary one times K̄², up to a constant; K̄ is k(κ), the largest K of the class (R6-sharp)"),
            repaired_by=("S5(i)",),
            domain={
                **VARYING, s: integer(1, 30), A_0: symmetric(rho=gamma), D_0: symmetric(rho=gamma), C_0: coupling(norm=strength),
            },
            proof=Proof(
                Obligation(
                    "at γ = 0 and c = 8(1 + 1/a): aK̄² >= 2",
                    low * (strength / 4 + 1 / strength) ** 2 >= 2,
                    given=(low > 0, strength * low >= 8 * (low + 1)),
                ),
                ByHand(
                    "Given a take γ = 0, δ = 1/2, c = 8(1 + 1/a) > 2, so K̄ = k(c) = c/4 + 1/c, and J = [[0, 0], [c, 0]], whose norm c is above δ at s = 1. "
                    "All diagonal blocks of the class are zero, so that every product of T >= aK̄² >= 2 factors is zero, which is not above δ."
                ),
                refutes=True,
                along=(
                    Along(
                        "γ = 0, δ = 1/2, s = 1, c = 4⌈√(2/a)⌉: the one factor has the norm c, a product of the required number of factors is zero",
                        {**NILPOTENT, **NO_BLOCKS, **LONG},
                        low,
                        at=(1, Rational(1, 10), Rational(1, 1000), Rational(1, 10**6)),
                        towards=0,
                    ),
                ),
            ),
        ),
        Reading(
            "ii",
            Exists((low, high), ForAll((gamma,), And(low / (1 - gamma) <= WORST, WORST <= high / (1 - gamma)))),
            reconstructed("K̄ = Θ(1/(1 − γ)) at fixed c"),
            domain={**GIVEN_COUPLING, strength: positive(), low: positive(), high: positive()},
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
                Obligation(
                    "with a = c/4, A_0 = 1 + c/4",
                    And(strength / 4 / (1 - gamma) <= EXACT, EXACT <= (1 + strength / 4) / (1 - gamma)),
                    given=(gamma >= 0, gamma < 1, strength > 0),
                ),
                ByHand("Both constants depend on c only."),
            ),
        ),
        Reading(
            "iii",
            budget(4),
            guessed("Θ((1 − γ)^{-4}) in the worst case, which is (ii) of Theorem 11 with K̄ = Θ(1/(1 − γ))"),
            proof=fewer_steps(4),
            repaired_by=("T18-sharp(ii)",),
        ),
        Reading(
            "iv",
            budget(2),
            guessed("Θ((1 − γ)^{-2}) in the worst case, which is the abstract's budget with K̄ = Θ(1/(1 − γ))"),
            proof=fewer_steps(2),
            repaired_by=("T18-sharp(ii)",),
        ),
    ],
)
