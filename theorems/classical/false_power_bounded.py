"""False: the powers of a matrix are bounded exactly if its spectral radius is at most 1."""

from sympy import Matrix, MatrixSymbol, sqrt

from theorems.notation import strength, t
from verify import Along, ByHand, Claim, Exists, ForAll, Norm, Obligation, PowerNorm, Proof, Reading, SpectralRadius, general, integer, own, real

X = MatrixSymbol("X", 2, 2)
UNIT_JORDAN = Matrix([[1, 1], [0, 1]])

CLAIM = Claim(
    id="false-power-bounded",
    title="Spectral radius 1 suffices for bounded powers: a false strengthening",
    source="a false strengthening of gelfand",
    domain={X: general(), strength: real(), t: integer(1, 20)},
    hypotheses=(SpectralRadius(X) <= 1,),
    notes="An eigenvalue of modulus 1 must be semisimple as well.",
    readings=[
        Reading(
            "i",
            ForAll((X,), Exists((strength,), ForAll((t,), PowerNorm(X, t) <= strength))),
            own("true for a spectral radius below 1"),
            proof=Proof(
                Obligation("X = [[1, 1], [0, 1]] satisfies the hypothesis", SpectralRadius(UNIT_JORDAN) <= 1),
                ByHand("X^t = [[1, t], [0, 1]], by induction on t."),
                Obligation("its norm exceeds c for every t > c, t >= 1", Norm(Matrix([[1, strength], [0, 1]])) > strength, given=(strength >= 0,)),
                refutes=True,
                along=(
                    Along(
                        "the Jordan block [[1, 1], [0, 1]], at t = 2c",
                        {X: UNIT_JORDAN, t: 2 * strength},
                        strength,
                        at=(1, 10, 1000, 10**4),
                        ratio=1 + sqrt(1 + 1 / strength**2),
                    ),
                ),
            ),
        )
    ],
)
