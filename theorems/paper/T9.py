"""Theorem 9: Kreiss constant under a perturbation of a block-triangular matrix."""

from sympy import Implies, MatrixSymbol

from theorems.notation import K_0, MAP, PERTURBED, TRIANGULAR, J, J_perturbed, eta, gamma, p, q
from verify import Claim, KreissConstant, Norm, Reading, SharpForm, general, quoted

full = MatrixSymbol("E", p + q, p + q)


def bound(size, constant):
    """``K_0/(1 − constant·η K_0/(1 − γ))``: the paper's bound for constant 1."""
    return K_0 / (1 - constant * size * K_0 / (1 - gamma))


def small(size, constant):
    """``constant·η K_0 < 1 − γ``: the paper's hypothesis for constant 1."""
    return constant * size * K_0 < 1 - gamma


def reading(key, where, K, size, domain=None):
    """The reading for perturbed Kreiss constant ``K`` and perturbation norm ``size``."""
    return Reading(
        key,
        K <= bound(size, 1),
        quoted(where),
        hypotheses=(small(size, 1),),
        domain=domain,
        repaired_by=(f"T9-sharp({key})",),
        sharp=SharpForm(
            Implies(small(size, 4), K <= bound(size, 4)),
            text="with 4 in place of 1, in the hypothesis as in the bound; no smaller constant will do (J_0 = [[γ, 0], [c, γ]] with a "
            "perturbation in its corner, c/(1 − γ) → ∞)",
        ),
    )


CLAIM = Claim(
    id="T9",
    title="Perturbation of the Kreiss constant",
    source="arXiv:2606.04031, Theorem 9",
    domain=PERTURBED,
    notes="Only the product E = ε B_0 enters, η = ‖E‖ = ε‖B_0‖. The paper adds that the Neumann series converges uniformly on |z| > 1; "
    "this is its reason for the bound (see T9-step) and is not stated again here.",
    axes=MAP,
    readings=[
        reading("i", "B_0 vanishes outside the upper-right block", KreissConstant(J_perturbed), eta),
        reading("ii", "arbitrary B_0", KreissConstant(J + full), Norm(full), {**TRIANGULAR, full: general()}),
    ],
)
