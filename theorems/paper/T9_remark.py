"""Theorem 9, remark: at most a factor of two."""

from theorems.notation import K_0, MAP, PERTURBED, J_perturbed, eta, gamma
from verify import Claim, KreissConstant, Reading, guessed

CLAIM = Claim(
    id="T9-remark",
    title="Degradation by at most a factor of two",
    source="arXiv:2606.04031, remark after Theorem 9",
    domain=PERTURBED,
    hypotheses=(eta * K_0 <= (1 - gamma) / 2,),
    notes="For a perturbation E = ε B_0 of the upper-right block only, so that a counterexample counts against every reading of Theorem 9.",
    axes=MAP,
    readings=[Reading("i", KreissConstant(J_perturbed) <= 2 * K_0, guessed("the bound of Theorem 9 at half its threshold"), repaired_by=("T9-sharp(i)",))],
)
