"""Steps of the proof of Theorem 11."""

from sympy import E, Implies, Matrix, MatrixSymbol, Rational, Sum, Symbol, Trace, Transpose, sqrt

from theorems.notation import TRIANGULAR, A, C, D, J, M, gamma, k, n, t
from verify import (
    Along,
    ByHand,
    Claim,
    Exists,
    ForAll,
    KreissConstant,
    Lemma,
    MatrixSum,
    Obligation,
    PowerNorm,
    Proof,
    Reading,
    general,
    guessed,
    integer,
    real,
    symmetric,
)

factor, start = Symbol("C_0", real=True), Symbol("t_0", real=True)
time, size = Symbol("s", real=True), Symbol("K", real=True)
SECOND = MatrixSymbol("X", n, n)
NOISE = MatrixSymbol("S", n, n)
MOMENT = Trace(M**t * SECOND * Transpose(M**t)) + Trace(MatrixSum(M**k * NOISE * Transpose(M**k), (k, 0, t - 1)))
LATE = Exists((start,), ForAll((t,), Implies(t >= start, PowerNorm(J, t) <= factor * KreissConstant(J) * gamma**t)))
SQUARES = Sum(PowerNorm(J, k) ** 2, (k, 0, t))
HALF = Matrix([[Rational(1, 2)]])
FACTOR = (time + sqrt(time**2 + 1)) / 2

CLAIM = Claim(
    id="T11-step",
    title="Steps for stochastic descent",
    source="arXiv:2606.04031, proof of Theorem 11",
    domain={factor: real(), start: real(), **TRIANGULAR, t: integer(1, 30)},
    readings=[
        Reading(
            "i",
            Exists((factor,), ForAll((gamma, A, C, D), LATE)),
            guessed("‖J^t‖ <= C_n K(J) γ^t for large t, for orders 1 + 1"),
            repaired_by=("L17-sharp(i)",),
            proof=Proof(
                Lemma("T8-sharp", "ii", "the norm of [[γ, 0], [c, γ]]^t"),
                Obligation("at γ = 1/2, c = 1 it is 2γ^t times this factor, so at least 2t γ^t", FACTOR >= time, given=(time >= 1,)),
                ByHand("So for this J, whatever C_0 and t_0, the bound fails at every t >= t_0 with 2t > C_0 K(J)."),
                refutes=True,
                along=(
                    Along(
                        "γ = 1/2, c = 1, t = C_0 = t_0",
                        {gamma: Rational(1, 2), A: HALF, D: HALF, C: Matrix([[1]]), t: factor},
                        factor,
                        at=(1, 10, 100, 1000),
                        ratio=2 * FACTOR.subs(time, factor) / factor,
                    ),
                ),
            ),
        ),
        Reading(
            "ii",
            Exists((factor,), ForAll((gamma, A, C, D, t), SQUARES <= factor * KreissConstant(J) ** 2 / (1 - gamma))),
            guessed("Σ ‖J^t‖² <= C K²/(1 − γ) with an absolute constant"),
            notes="The constant of this proof is not the best; that for ‖Σ (J^t)ᵀJ^t‖ in place of the sum lies between 16 and 17.17 (S13).",
            proof=Proof(
                Lemma("T8-uniform", "ii", "‖J^t‖ <= 87 K(J) ((1 + γ)/2)^{t−1} for t >= 1"),
                ByHand("So the sum is at most 1 + 87² K²/(1 − σ²), σ = (1 + γ)/2. Take C_0 = 10100."),
                Obligation(
                    "it is enough",
                    1 + 87**2 * size**2 / (1 - ((1 + gamma) / 2) ** 2) <= 10100 * size**2 / (1 - gamma),
                    given=(gamma >= 0, gamma < 1, size >= 1),
                ),
            ),
        ),
        Reading(
            "iii",
            MOMENT <= (E * n * KreissConstant(M)) ** 2 * (Trace(SECOND) + t * Trace(NOISE)),
            guessed("E‖x_t‖² <= (e n K)²(‖x_0‖² + tσ²)"),
            domain={M: general(), SECOND: symmetric(above=0), NOISE: symmetric(above=0), t: integer(1, 6)},
            proof=Proof(
                Lemma("kreiss-upper", "i", "‖M^k‖ <= e n K(M) for every k"),
                ByHand("tr(M^k X M^{kT}) <= ‖M^k‖² tr X for X ⪰ 0, and there are t terms with S."),
            ),
        ),
    ],
)
