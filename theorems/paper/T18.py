"""Theorem 18: convergence rate."""

from sympy import E, Matrix, Max, Symbol

from theorems.notation import MAP, TRIANGULAR, A, C, D, J, c, gamma, kappa, p, q, strength, t
from verify import ByHand, Claim, KreissConstant, Lemma, PowerNorm, Proof, Reading, SharpForm, between, guessed, integer, reconstructed

n = p + q  # the order of J
K = KreissConstant(J)
GROWTH = PowerNorm(J, t)
CONSTANT = E * n * K
MIDWAY = (1 + gamma) / 2
rate = Symbol("rhoprime", real=True)  # the paper's ρ'

CLAIM = Claim(
    id="T18",
    title="Convergence rate",
    source="arXiv:2606.04031, Theorem 18",
    domain={**TRIANGULAR, t: integer(0, 30)},
    axes=MAP,
    readings=[
        Reading(
            "i",
            GROWTH <= CONSTANT,
            reconstructed(),
            sharp=SharpForm(GROWTH <= Max(1, c / (1 - gamma**2)), text="free of the dimension and of K"),
            proof=Proof(
                Lemma("E2", "i", "sup_t ||J^t|| <= e n K(J)"),
                ByHand("The norm of one power is at most the supremum over all powers."),
            ),
        ),
        Reading("ii", GROWTH <= CONSTANT * gamma**t, guessed("geometric decay at the rate γ, same constant"), repaired_by=("L17-sharp(i)",)),
        Reading(
            "iii",
            GROWTH <= E * n * KreissConstant(J / rate) * rate**t,
            guessed("the Kreiss matrix theorem on the circle of radius ρ'"),
            domain={**TRIANGULAR, rate: between(gamma, 1, open_low=True, open_high=True), t: integer(0, 30)},
            proof=Proof(
                Lemma("E2", "i", "applied to J/rho': sup_t ||(J/rho')^t|| <= e n K(J/rho')"),
                ByHand("Here ρ' > γ >= 0, so J/ρ' is defined, and ‖(J/ρ')^t‖ = ‖J^t‖/ρ'^t is at most the supremum over t. Multiply by ρ'^t > 0."),
            ),
        ),
        Reading(
            "iv",
            GROWTH <= CONSTANT * MIDWAY**t,
            guessed("geometric decay at the rate (1 + γ)/2, same constant"),
            repaired_by=("T18-sharp(ii)",),
            sharp=SharpForm(
                GROWTH <= Max(1, 2 * kappa) * MIDWAY**t,
                attained_by={gamma: 0, t: 1, A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[strength]])},
                text="free of the dimension and of K; attained at γ = 0, t = 1 for c >= 1/2",
            ),
        ),
    ],
)
