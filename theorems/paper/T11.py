"""Theorem 11: stochastic descent."""

from sympy import And, Eq, Implies, Matrix, MatrixSymbol, Rational, Symbol, Trace, Transpose, ceiling, eye, log

from theorems.notation import EXTREMAL, TRIANGULAR, A, C, D, J, M, gamma, growing, k, n, strength, t
from verify import (
    Along,
    ByHand,
    Claim,
    Exists,
    ForAll,
    KreissConstant,
    Lemma,
    MatrixSum,
    Norm,
    Obligation,
    PowerNorm,
    Proof,
    Reading,
    between,
    general,
    guessed,
    integer,
    positive,
    quoted,
    real,
    reconstructed,
    stated,
    symmetric,
)

factor, delta = Symbol("C_0", real=True), Symbol("delta", real=True)
small, level, constant = Symbol("L", real=True), Symbol("g", real=True), Symbol("K", real=True)
K = KreissConstant(J)
DIGITS = log(1 / delta)
DECAYED = PowerNorm(J, t) <= delta
SLOW = 1 - 1 / (4 * factor + 2)
BEFORE = (growing / 4 + 1 / growing) * growing**2 * log(2)


def diagonal(value, coupled=0):
    """Blocks of order 1 with ``A = D = γ``, as members."""
    return {gamma: value, A: Matrix([[value]]), D: Matrix([[value]]), C: coupled * eye(1)}


CLASS = {factor: real(), delta: between(0, 1, open_low=True, open_high=True), **TRIANGULAR, t: integer(0, 30)}
SECOND = MatrixSymbol("X", n, n)
NOISE = MatrixSymbol("S", n, n)
GRAMIAN = Norm(MatrixSum(Transpose(J**k) * J**k, (k, 0, t)))


def enough(steps):
    """Some constant makes so many steps enough for every member and every δ."""
    return Exists((factor,), ForAll((gamma, A, C, D, delta, t), Implies(t >= steps, DECAYED)))


def moment(steps):
    """``E‖x_t‖²`` from ``E x_0 x_0ᵀ = X`` and covariance ``S``, by the recursion ``X ↦ MXMᵀ + S``."""
    second = SECOND
    for _ in range(steps):
        second = M * second * Transpose(M) + NOISE
    return Trace(second)


def exact(steps):
    """The printed sum of traces."""
    return Trace(M**steps * SECOND * Transpose(M**steps)) + sum(Trace(M**j * NOISE * Transpose(M**j)) for j in range(steps))


STATISTICS = {M: general(), SECOND: symmetric(above=0), NOISE: symmetric(above=0)}

CLAIM = Claim(
    id="T11",
    title="Stochastic descent",
    source="arXiv:2606.04031, Theorem 11 and abstract",
    domain=CLASS,
    notes="T18-sharp (ii) is what decays: ‖J^t‖ <= max(1, 2κ)((1 + γ)/2)^t. S13 has the noise floor with its constant.",
    readings=[
        Reading(
            "i",
            enough(factor * K**2 * DIGITS),
            stated("abstract, with a constant free of γ"),
            repaired_by=("T18-sharp(ii)",),
            proof=Proof(
                ByHand(
                    "Given C_0 take C = 0, A = D = γI, so that J = γI, and δ = 1/4. Let t be an integer, t >= 0, t >= C_0 log 4, and γ = 1 − 1/(2(t + 1)). "
                    "By Bernoulli's inequality ‖J^t‖ = γ^t >= 1 − t/(2(t + 1))."
                ),
                Lemma("S2", "i", "K(J) <= k(κ), which is 1 where C = 0"),
                Obligation("so ‖J^t‖ is above δ", 1 - strength / (2 * (strength + 1)) > Rational(1, 4), given=(strength >= 0,)),
                refutes=True,
                along=(
                    Along(
                        "J = γI of order 1 + 1, δ = 1/4, t = 2C_0 > C_0 log 4, γ = 1 − 1/(2(t + 1)): slower than any number of steps free of γ",
                        {**diagonal(SLOW), delta: Rational(1, 4), t: 2 * factor},
                        factor,
                        at=(1, 10, 100),
                        ratio=4 * SLOW ** (2 * factor),
                    ),
                ),
            ),
        ),
        Reading(
            "ii",
            enough(factor * K**2 * DIGITS / (1 - gamma) ** 2),
            quoted(),
            repaired_by=("T18-sharp(ii)",),
            notes="It fails for δ near 1 only, where so few steps are claimed to be enough that the transient has not passed. For δ <= 1/2 it follows "
            "from T18-sharp (ii); see reading (v).",
            proof=Proof(
                Obligation("at γ = 1/2, c = 2: K = 5/4", Eq(KreissConstant(EXTREMAL.subs({gamma: Rational(1, 2), strength: 2})), Rational(5, 4))),
                Obligation("and one step grows", Norm(EXTREMAL.subs({gamma: Rational(1, 2), strength: 2})) > 1),
                ByHand("Given C_0 take this J, t = 1, and δ < 1 so near to 1 that C_0 K² log(1/δ)/(1 − γ)² <= 1: then ‖J^t‖ > 1 > δ."),
                refutes=True,
                along=(
                    Along(
                        "γ = 1/2, c = 2, where K = 5/4, t = 1 and 1 − δ = 1/(7C_0 + 1): one step grows, and so few steps are claimed to be enough",
                        {**diagonal(Rational(1, 2), 2), delta: 1 - 1 / (7 * factor + 1), t: 1},
                        factor,
                    ),
                ),
            ),
        ),
        Reading(
            "iii",
            And(*(Eq(moment(steps), exact(steps)) for steps in (1, 2, 3))),
            reconstructed(),
            domain=STATISTICS,
            notes="Stated for t = 1, 2, 3; the noise is independent of the state, so that E x_{t+1}x_{t+1}ᵀ = J E x_t x_tᵀ Jᵀ + Σ.",
            proof=Proof(ByHand("By induction: X_{t+1} = M X_t Mᵀ + S is solved by X_t = M^t X M^{tT} + Σ_{k<t} M^k S M^{kT}; take the trace.")),
        ),
        Reading(
            "iv",
            Exists((factor,), ForAll((gamma, A, C, D, t), GRAMIAN <= factor * K**2 / (1 - gamma))),
            guessed("the noise floor is at most C σ² K²/(1 − γ): E‖x_t‖² <= tr Σ ‖Σ_k (J^k)ᵀJ^k‖ beside the decaying mean"),
            proof=Proof(
                Lemma("S13", "ii", "with the constant 17.17"),
                ByHand("Take C_0 = 17.17."),
            ),
        ),
        Reading(
            "v",
            ForAll(
                (factor,),
                Exists((gamma, A, C, D, delta, t), And(delta <= Rational(1, 2), t >= factor * K * DIGITS / (1 - gamma) ** 2, PowerNorm(J, t) > delta)),
            ),
            stated("'this scaling is sharp', read as: the power 2 of K cannot be lowered to 1, for δ <= 1/2"),
            repaired_by=("T18-sharp(ii)",),
            proof=Proof(
                Lemma("T18-sharp", "ii", "‖J^t‖ <= max(1, 2κ)((1 + γ)/2)^t"),
                Lemma("S2", "i", "K >= k(c) >= max(1, c/4), so 2κ <= 8K/g, g = 1 − γ"),
                ByHand(
                    "C_0 = 14 is enough. With L = log(1/δ) >= log 2 > 69/100 and t >= 14KL/g²: ((1 + γ)/2)^t <= e^{−gt/2} <= e^{−7KL/g}, and log max(1, 2κ) <= "
                    "log(8K/g) <= 4K/g, since log y <= y/2. So ‖J^t‖ <= e^{−L} = δ if L + 4K/g <= 7KL/g."
                ),
                Obligation(
                    "which holds",
                    small + 4 * constant / level <= 7 * constant * small / level,
                    given=(small >= Rational(69, 100), constant >= 1, level > 0, level <= 1),
                ),
                refutes=True,
                along=(
                    Along(
                        "C_0 = 14 and, of all that could be an example, A = D = γ, C = 1 with δ = 1/2 and as few steps as are allowed: it is none",
                        {factor: 14, **diagonal(1 - 1 / growing, 1), delta: Rational(1, 2), t: ceiling(14 * BEFORE)},
                        growing,
                        at=(4, 10),
                    ),
                ),
            ),
        ),
        Reading(
            "vi",
            Trace(M**t * SECOND * Transpose(M**t)) + Trace(MatrixSum(M**k * NOISE * Transpose(M**k), (k, 0, t - 1))) <= delta,
            reconstructed(),
            domain={delta: positive(), M: general(), SECOND: symmetric(above=0), NOISE: symmetric(above=0), t: integer(1, 8)},
            hypotheses=(Trace(NOISE) >= 1,),
            notes="For fixed σ > 0, here tr Σ >= 1, and every δ > 0: the second moment cannot fall below the variance of one step.",
            repaired_by=("S13(i)",),
        ),
    ],
)
