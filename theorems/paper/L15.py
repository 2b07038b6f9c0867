"""Lemma 15: the Schur–Cohn criterion for 2×2 matrices."""

from sympy import Abs, And, Equivalent, Matrix, symbols

from verify import Claim, Reading, SpectralRadius, real, reconstructed

a, b, c, d = symbols("a b c d", real=True)
M = Matrix([[a, b], [c, d]])

CLAIM = Claim(
    id="L15",
    title="Schur–Cohn criterion",
    source="arXiv:2606.04031, Lemma 15",
    domain={entry: real() for entry in (a, b, c, d)},
    readings=[
        Reading(
            "i",
            Equivalent(SpectralRadius(M) < 1, And(Abs(M.det()) < 1, Abs(M.trace()) < 1 + M.det())),
            reconstructed(),
        )
    ],
)
