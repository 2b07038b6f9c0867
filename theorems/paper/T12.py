"""Theorem 12: two networks in the lazy regime."""

from sympy import Identity, Min, Symbol

from theorems.notation import CONTRACTION, H_A, H_D, TRIANGULAR, A, C, D, J, c, gamma, mu, p, printed_bound, q
from verify import Claim, KreissConstant, Lemma, Proof, Reading, SmallestEigenvalue, block, coupling, guessed, positive, symmetric

rate = Symbol("eta", real=True)
LAZY = block([[Identity(p) - rate * H_A, 0], [C, Identity(q) - rate * H_D]])
GIVEN_BLOCK_NORMS = {gamma: CONTRACTION, A: coupling(norm=gamma), D: coupling(norm=gamma), C: coupling()}
GAP = rate * Min(SmallestEigenvalue(H_A), SmallestEigenvalue(H_D))

CLAIM = Claim(
    id="T12",
    title="Function-space dynamics of two networks",
    source="arXiv:2606.04031, Theorem 12",
    domain=TRIANGULAR,
    notes="Kernels Θ are symmetric and positive definite; A = I − η₁Θ₁ and D = I − η₂Θ₂ are then any symmetric matrices below I.",
    readings=[
        Reading(
            "i",
            KreissConstant(J) <= printed_bound(c),
            guessed("γ is the largest |1 − η_i λ_j(Θ_i)|, so ρ(A), ρ(D) <= γ: Theorem 4 as it stands"),
            proof=Proof(Lemma("T4", "i", "the same bound for the whole class")),
        ),
        Reading(
            "ii",
            KreissConstant(LAZY) <= 2 / GAP + c / (4 * GAP),
            guessed("γ = 1 − η λ_min for any η > 0; here Θ₁ = H_A, Θ₂ = H_D, and 1 − γ = η λ_min"),
            domain={rate: positive(), mu: positive(), H_A: symmetric(above=mu), H_D: symmetric(above=mu), C: coupling()},
            hypotheses=(GAP <= 1,),
        ),
        Reading(
            "iii",
            KreissConstant(J) <= printed_bound(c),
            guessed("the same for the parameter-space Jacobian"),
            domain=GIVEN_BLOCK_NORMS,
            untestable="the Jacobian of a network in parameter space is no member of a class that the sentence names: its blocks need not be "
            "symmetric, nor B = 0. Tested in its place: Theorem 4 for blocks of norm at most γ, not symmetric",
        ),
    ],
)
