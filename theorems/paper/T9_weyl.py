"""Theorem 9, proof: Weyl's inequality applied to the spectral radius."""

from theorems.notation import K_0, MAP, PERTURBED, J_perturbed, c, eta, gamma, sharp_radius
from verify import Claim, Reading, SharpForm, SpectralRadius, reconstructed

RADIUS = SpectralRadius(J_perturbed)

CLAIM = Claim(
    id="T9-weyl",
    title="Weyl's inequality for the spectral radius",
    source="arXiv:2606.04031, proof of Theorem 9",
    domain=PERTURBED,
    hypotheses=(eta * K_0 < 1 - gamma,),
    notes="Under the hypothesis of Theorem 9 and for a perturbation E = ε B_0 of the upper-right block only, so that a counterexample "
    "counts against every reading. Weyl's inequality needs symmetric (or normal) matrices, and J_0 is neither.",
    axes=MAP,
    readings=[
        Reading(
            "i",
            RADIUS <= gamma + eta,
            reconstructed(),
            repaired_by=("S4(i)",),
            sharp=SharpForm(RADIUS <= sharp_radius(eta, c)),
        )
    ],
)
