"""Proposition 22: products of time-varying block-triangular matrices."""

from sympy import E, Product, Symbol

from theorems.notation import CONTRACTION, EXTREMAL, MAP_OF_PARAMETERS, gamma, k, p, printed_bound, q, strength
from verify import (
    ByHand,
    Claim,
    IndexMaximum,
    KreissConstant,
    Lemma,
    MatrixProduct,
    MatrixSequence,
    Norm,
    PowerNorm,
    Proof,
    Reading,
    SharpForm,
    block,
    coupling,
    guessed,
    integer,
    nonnegative,
    sequence,
    symmetric,
)

T = Symbol("T", integer=True)
n = p + q  # the order of every factor
A, D, C = MatrixSequence("A", p, p, T), MatrixSequence("D", q, q, T), MatrixSequence("C", q, p, T)
J_k = block([[A[k], 0], [C[k], D[k]]])
STEPS = (k, 1, T)

TRANSITION = Norm(MatrixProduct(J_k, STEPS))
FACTORS = Product(KreissConstant(J_k), STEPS)
UNIFORM = printed_bound(strength)
# Time variation costs nothing: the constant sequence [[γ, 0], [c, γ]] is the worst.
SHARP = SharpForm(TRANSITION <= PowerNorm(EXTREMAL, T), text="attained by the constant sequence J_t = [[γ, 0], [c, γ]]")

CLAIM = Claim(
    id="P22",
    title="Products of time-varying Jacobians",
    source="arXiv:2606.04031, Proposition 22 under Assumption 21",
    domain={
        gamma: CONTRACTION,
        strength: nonnegative(),
        T: integer(1, 4),
        A: sequence(symmetric(rho=gamma), T),
        D: sequence(symmetric(rho=gamma), T),
        C: sequence(coupling(norm=strength), T),
    },
    notes="Assumption 21: all factors lie in the block-triangular class with the same γ and c, that is ρ(A_t), ρ(D_t) <= γ and ‖C_t‖ <= c.",
    axes=MAP_OF_PARAMETERS,
    readings=[
        Reading("i", TRANSITION <= FACTORS, guessed("product of the Kreiss constants"), sharp=SHARP, repaired_by=("S5(i)",)),
        Reading(
            "ii",
            TRANSITION <= (E * n) ** T * FACTORS,
            guessed("with the factor e·n of the Kreiss matrix theorem for each step"),
            sharp=SHARP,
            proof=Proof(
                Lemma("E2", "i", "for each factor: ||J_t|| <= sup_s ||J_t^s|| <= e n K(J_t)"),
                ByHand(
                    "The norm of a product is at most the product of the norms, and each of the T norms is at most e n K(J_t); all quantities are non-negative."
                ),
            ),
        ),
        Reading("iii", TRANSITION <= UNIFORM**T, guessed("power of the bound of Theorem 4"), sharp=SHARP, repaired_by=("S5(i)",)),
        Reading("iv", TRANSITION <= UNIFORM, guessed("the bound of Theorem 4 for every length"), sharp=SHARP, repaired_by=("S5(i)",)),
        Reading(
            "v",
            TRANSITION <= IndexMaximum(KreissConstant(J_k), STEPS) ** T,
            guessed("power of the largest Kreiss constant"),
            sharp=SHARP,
            repaired_by=("S5(i)",),
        ),
    ],
)
