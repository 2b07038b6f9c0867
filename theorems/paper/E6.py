"""Display (6): norms of the blocks of the resolvent."""

from sympy import Abs, And, Symbol

from theorems.notation import TRIANGULAR, A, C, D, c, gamma, z
from verify import ByHand, Claim, Lemma, Norm, Obligation, Proof, Reading, ResolventNorm, complex_outside, reconstructed, resolvent

rho, modulus = Symbol("rho", real=True), Symbol("m", real=True)


def reciprocal(distance):
    """What bounds the resolvent of a symmetric block at this distance."""
    return 1 / distance


BEYOND = Abs(z) - gamma
DIAGONAL = And(ResolventNorm(A, z) <= reciprocal(BEYOND), ResolventNorm(D, z) <= reciprocal(BEYOND))
CORNER = Norm(resolvent(D, z) * C * resolvent(A, z)) <= c * reciprocal(BEYOND) ** 2

CLAIM = Claim(
    id="E6",
    title="Norms of the blocks of the resolvent",
    source="arXiv:2606.04031, display (6)",
    domain={**TRIANGULAR, z: complex_outside(gamma)},
    readings=[
        Reading(
            "i",
            And(DIAGONAL, CORNER),
            reconstructed(),
            proof=Proof(
                Lemma(
                    "L13",
                    "i",
                    "a symmetric block is normal and |z| > gamma >= its spectral radius rho: the norm of its resolvent is at most 1/(|z|-rho)",
                ),
                Obligation("replace rho by gamma", reciprocal(modulus - rho) <= reciprocal(modulus - gamma), given=(rho <= gamma, gamma < modulus)),
                ByHand(
                    "The spectral norm is submultiplicative: ‖R_D C R_A‖ <= ‖R_D‖ ‖C‖ ‖R_A‖, and both resolvents are at most 1/(|z| − γ).",
                    CORNER,
                ),
            ),
        )
    ],
)
