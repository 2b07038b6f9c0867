"""Bounds of the powers that are free of the dimension and of the Kreiss constant."""

from sympy import Matrix, Max, Symbol

from theorems.notation import TRIANGULAR, A, C, D, J, c, gamma, kappa, strength, t
from verify import ByHand, Claim, Lemma, Norm, Obligation, PowerNorm, Proof, Reading, SharpForm, integer, own

x = Symbol("x", real=True)
MIDWAY = (1 + gamma) / 2
UNIFORM = PowerNorm(J, t) <= Max(1, c / (1 - gamma**2))
DECAYING = PowerNorm(J, t) <= Max(1, 2 * kappa) * MIDWAY**t
SCALED = Norm(Matrix([[gamma, 0], [x, gamma]]))


def scaled(factor, largest, rate):
    """The proof by a change of scale ``s = max(1, factor)`` that makes every power contract at the given rate."""
    return Proof(
        Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
        ByHand(
            f"Let s = max(1, {factor}) and S = diag(sI, I). SJS^{{-1}} = [[A, 0], [C/s, D]], whose norm is at most that of [[γ, 0], [x, γ]] with x = c/s, and "
            "‖J^t‖ <= ‖S^{-1}‖ ‖S‖ ‖SJS^{-1}‖^t = s ‖SJS^{-1}‖^t."
        ),
        Obligation("the scaled matrix of block norms contracts", SCALED <= rate, given=(gamma >= 0, gamma < 1, x >= 0, x <= largest)),
    )


CLAIM = Claim(
    id="T18-sharp",
    title="Dimension-free bounds of powers",
    source="theory.md, rows T18 and T11",
    domain={**TRIANGULAR, t: integer(0, 30)},
    readings=[
        Reading("i", UNIFORM, own("a change of scale"), proof=scaled("c/(1 − γ²)", 1 - gamma**2, 1)),
        Reading(
            "ii",
            DECAYING,
            own("a change of scale"),
            sharp=SharpForm(DECAYING, attained_by={gamma: 0, t: 1, A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[strength]])}),
            proof=scaled("2c/(1 − γ)", (1 - gamma) / 2, MIDWAY),
        ),
    ],
)
