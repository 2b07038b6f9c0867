"""Steps of the proof of Theorem 11."""

from sympy import E, Implies, MatrixSymbol, Sum, Symbol, Trace, Transpose, sqrt

from theorems.notation import TRIANGULAR, A, C, D, J, M, gamma, k, n, t
from verify import (
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
time = Symbol("s", real=True)
SECOND = MatrixSymbol("X", n, n)
NOISE = MatrixSymbol("S", n, n)
MOMENT = Trace(M**t * SECOND * Transpose(M**t)) + Trace(MatrixSum(M**k * NOISE * Transpose(M**k), (k, 0, t - 1)))
LATE = Exists((start,), ForAll((t,), Implies(t >= start, PowerNorm(J, t) <= factor * KreissConstant(J) * gamma**t)))
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
            proof=Proof(
                Lemma("T8-sharp", "ii", "the norm of [[γ, 0], [c, γ]]^t"),
                Obligation("at γ = 1/2, c = 1 it is 2γ^t times this factor, so at least 2t γ^t", FACTOR >= time, given=(time >= 1,)),
                ByHand("So for this J, whatever C_0 and t_0, the bound fails at every t >= t_0 with 2t > C_0 K(J)."),
                refutes=True,
            ),
        ),
        Reading(
            "ii",
            Sum(PowerNorm(J, k) ** 2, (k, 0, t)) <= 100 * KreissConstant(J) ** 2 / (1 - gamma),
            guessed("Σ_t ‖J^t‖² <= C K²/(1 − γ), tried with C = 100 on partial sums"),
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
