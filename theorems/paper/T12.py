"""Theorem 12: two networks in the lazy regime."""

from sympy import Identity, MatrixSymbol, Max, Min, Symbol, Transpose

from theorems.notation import EXTREMAL_BLOCKS, H_A, H_D, REGIONS, STRONG, TRIANGULAR, C, J, c, gamma, kappa, mu, p, printed_bound, q, sharp_kreiss
from verify import Claim, KreissConstant, Lemma, Proof, Reading, SharpForm, SmallestEigenvalue, SpectralRadius, block, coupling, guessed, positive, symmetric

rate = Symbol("eta", real=True)
LAZY = block([[Identity(p) - rate * H_A, 0], [C, Identity(q) - rate * H_D]])
GAP = rate * Min(SmallestEigenvalue(H_A), SmallestEigenvalue(H_D))

m = Symbol("m", integer=True)
G_1, G_2 = MatrixSymbol("G_1", m, p), MatrixSymbol("G_2", m, q)
"""The derivatives of the two networks' outputs with respect to their parameters, times the root of the learning rate: ``η_i Θ_i = G_i G_iᵀ``."""
PARAMETERS = block([[Identity(p) - Transpose(G_1) * G_1, 0], [C, Identity(q) - Transpose(G_2) * G_2]])


def contraction(derivative):
    """``ρ(I − ηΘ)``, the factor by which a step contracts in function space."""
    return SpectralRadius(Identity(m) - derivative * Transpose(derivative))


FUNCTION_SPACE = Max(contraction(G_1), contraction(G_2))

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
            sharp=SharpForm(KreissConstant(J) <= sharp_kreiss(kappa), attained_by=EXTREMAL_BLOCKS, regions=REGIONS),
            sharp_at=STRONG,
            proof=Proof(Lemma("T4", "i", "the same bound for the whole class")),
        ),
        Reading(
            "ii",
            KreissConstant(LAZY) <= 2 / GAP + c / (4 * GAP),
            guessed("γ = 1 − η λ_min for any η > 0; here Θ₁ = H_A, Θ₂ = H_D, and 1 − γ = η λ_min"),
            repaired_by=("T12(i)",),
            domain={rate: positive(), mu: positive(), H_A: symmetric(above=mu), H_D: symmetric(above=mu), C: coupling()},
            hypotheses=(GAP <= 1,),
        ),
        Reading(
            "iii",
            KreissConstant(PARAMETERS) <= printed_bound(c).subs(gamma, FUNCTION_SPACE),
            guessed("the Jacobian in the space of parameters, with the γ of function space and c the norm of its coupling"),
            repaired_by=("T12(i)",),
            domain={G_1: coupling(), G_2: coupling(), C: coupling()},
            hypotheses=(FUNCTION_SPACE < 1,),
            notes="With more parameters than outputs, I − GᵀG has the eigenvalue 1 on the kernel of G, whatever GGᵀ is: Assumption 3 fails there.",
        ),
    ],
)
