"""Time-varying products: time variation costs nothing."""

from sympy import Integer, Matrix, Max, Rational, Symbol

from theorems.notation import COMPARISON, CONTRACTION, EXTREMAL, feedback, gamma, k, p, q, strength
from verify import (
    ByHand,
    Claim,
    Family,
    Lemma,
    MatrixProduct,
    MatrixSequence,
    Norm,
    Obligation,
    PowerNorm,
    Proof,
    Reading,
    block,
    coupling,
    integer,
    nonnegative,
    own,
    sequence,
    symmetric,
)

T = Symbol("T", integer=True)
x = Symbol("x", real=True)
A, D, C = MatrixSequence("A", p, p, T), MatrixSequence("D", q, q, T), MatrixSequence("C", q, p, T)
B = MatrixSequence("B", p, q, T)
STEPS = (k, 1, T)
TRIANGULAR_PRODUCT = Norm(MatrixProduct(block([[A[k], 0], [C[k], D[k]]]), STEPS))
PRODUCT = Norm(MatrixProduct(block([[A[k], B[k]], [C[k], D[k]]]), STEPS))
LENGTH = integer(1, 4)
VARYING = {
    gamma: CONTRACTION,
    strength: nonnegative(),
    T: LENGTH,
    A: sequence(symmetric(rho=gamma), T),
    D: sequence(symmetric(rho=gamma), T),
    C: sequence(coupling(norm=strength), T),
}
VARYING_FEEDBACK = {
    gamma: CONTRACTION,
    feedback: nonnegative(),
    strength: nonnegative(),
    T: LENGTH,
    A: sequence(coupling(norm=gamma), T),
    D: sequence(coupling(norm=gamma), T),
    B: sequence(coupling(norm=feedback), T),
    C: sequence(coupling(norm=strength), T),
}
COMPARED = ByHand(
    "The norms of the blocks of a product are at most the entries of the product of the matrices of block norms, each of which is at most "
    "M entry by entry; so those of J_T ⋯ J_1 are at most the entries of M^T, and the norm does not decrease when non-negative entries grow."
)

half, quarter = Rational(1, 2), Rational(1, 4)
CONSTANT = {gamma: half, strength: Integer(1), T: Integer(2), A: Matrix([[half]]), D: Matrix([[half]]), C: Matrix([[1]])}
NILPOTENT = {gamma: Integer(0), strength: Integer(2), T: Integer(1), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[2]])}
CONSTANT_FEEDBACK = {**CONSTANT, feedback: quarter, B: Matrix([[quarter]])}

CLAIM = Claim(
    id="S5",
    title="Time-varying products",
    source="theory.md, rows P22 and R24",
    domain=VARYING,
    notes="The constant sequence J_t = M attains (i) and (iii).",
    readings=[
        Reading(
            "i",
            TRIANGULAR_PRODUCT <= PowerNorm(EXTREMAL, T),
            own("comparison principle"),
            sharp_at=(Family(CONSTANT, text="the constant sequence of two factors [[1/2, 0], [1, 1/2]]"),),
            proof=Proof(Lemma("S1", "i", "a block matrix and the matrix of its block norms"), COMPARED),
        ),
        Reading(
            "ii",
            TRIANGULAR_PRODUCT <= Max(1, strength / (1 - gamma**2)),
            own("a common change of scale"),
            sharp_at=(Family(NILPOTENT, text="one factor [[0, 0], [2, 0]]"),),
            proof=Proof(
                Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
                ByHand(
                    "Let s = max(1, c/(1 − γ²)) and S = diag(sI, I). By (i) of S1, ‖SJ_tS^{-1}‖ <= ‖[[γ, 0], [x, γ]]‖ with x = c/s <= 1 − γ² for every "
                    "t. Hence ‖J_T ⋯ J_1‖ <= ‖S^{-1}‖ ‖S‖ times the product of norms of at most 1, and ‖S‖ ‖S^{-1}‖ = s."
                ),
                Obligation(
                    "the scaled matrix of block norms is a contraction",
                    Norm(Matrix([[gamma, 0], [x, gamma]])) <= 1,
                    given=(gamma >= 0, gamma < 1, x >= 0, x <= 1 - gamma**2),
                ),
            ),
        ),
        Reading(
            "iii",
            PRODUCT <= PowerNorm(COMPARISON, T),
            own("comparison principle"),
            domain=VARYING_FEEDBACK,
            sharp_at=(Family(CONSTANT_FEEDBACK, text="the constant sequence of two factors [[1/2, 1/4], [1, 1/2]]"),),
            proof=Proof(Lemma("S1", "i", "a block matrix and the matrix of its block norms"), COMPARED),
        ),
    ],
)
