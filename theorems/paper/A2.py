"""The introduction: transients are unbounded at fixed spectral radius."""

from sympy import Matrix, Symbol

from theorems.notation import TRIANGULAR, A, C, D, J, gamma
from verify import Claim, Exhibit, Exists, ForAll, PowerNorm, Proof, Reading, nonnegative, stated

level = Symbol("N", real=True)

CLAIM = Claim(
    id="A2",
    title="Transients are unbounded at fixed spectral radius",
    source="arXiv:2606.04031, introduction",
    domain={**TRIANGULAR, level: nonnegative()},
    notes="One step is enough: sup_t ‖J^t‖ is at least ‖J‖.",
    readings=[
        Reading(
            "i",
            ForAll((gamma, level), Exists((A, C, D), PowerNorm(J, 1) > level)),
            stated("introduction, in prose"),
            proof=Proof(Exhibit("take J = [[γ, 0], [N + 1, γ]]", {A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[level + 1]])})),
        )
    ],
)
