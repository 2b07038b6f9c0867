"""The IQC bound √cond(P): explicit P, and what it gives."""

from sympy import And, Integer, Matrix, Rational, Symbol

from theorems.notation import CONTRACTION, GIVEN_COUPLING, J, change_of_scale, decrease, feedback, gamma, scaling_form, strength
from verify import (
    ByHand,
    Claim,
    Family,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    PositiveSemidefinite,
    Proof,
    Reading,
    TransientPeak,
    nonnegative,
    own,
    positive,
)

x = Symbol("x", real=True)
s = Symbol("s", real=True)
SCALE = change_of_scale(strength)
first, mixed = Symbol("u", real=True), Symbol("w", real=True)
ANY = Matrix([[first, mixed], [mixed, 1]])

CLAIM = Claim(
    id="S10",
    title="The IQC bound for explicit P",
    source="theory.md, row N3",
    domain=GIVEN_COUPLING,
    notes="P = diag(s²I, I), s = max(1, c/(1 − γ²)), has √cond(P) = s.",
    readings=[
        Reading(
            "i",
            PositiveSemidefinite(decrease(scaling_form(SCALE))),
            own("a change of scale"),
            proof=Proof(
                Lemma("S1", "i", "a block matrix and the matrix of its block norms"),
                ByHand(
                    "With S = diag(sI, I), P = S² and P − JᵀPJ = S(I − XᵀX)S for X = SJS^{-1} = [[A, 0], [C/s, D]], whose norm is at most that of [[γ, 0], [x, "
                    "γ]], x = c/s <= 1 − γ²."
                ),
                Obligation(
                    "the scaled matrix of block norms is a contraction",
                    Norm(Matrix([[gamma, 0], [x, gamma]])) <= 1,
                    given=(gamma >= 0, gamma < 1, x >= 0, x <= 1 - gamma**2),
                ),
            ),
        ),
        Reading(
            "ii",
            And(TransientPeak(J) <= SCALE, KreissConstant(J) <= SCALE),
            own("what (i) gives"),
            proof=Proof(
                Lemma("S10", "i", "JᵀPJ ⪯ P"),
                ByHand("So ‖P^{1/2}J^tP^{-1/2}‖ <= 1 for every t, hence ‖J^t‖ <= √cond(P) = s, and K(J) <= sup ‖J^t‖."),
            ),
        ),
        Reading(
            "iii",
            Norm(Matrix([[gamma, feedback * s], [strength / s, gamma]])) <= 1,
            own("with feedback: diag(s², 1) serves whenever bs + c/s <= 1 − γ² + bc"),
            hypotheses=(feedback * strength < (1 - gamma) ** 2, feedback * s**2 + strength <= (1 - gamma**2 + feedback * strength) * s),
            domain={gamma: CONTRACTION, feedback: nonnegative(), strength: nonnegative(), s: positive()},
            sharp_at=(Family({gamma: Rational(1, 2), feedback: Integer(0), strength: Rational(3, 4), s: Integer(1)}, text="c = 1 − γ²"),),
            notes="The least such s is 2c/(m + √(m² − 4bc)), m = 1 − γ² + bc, or 1 if b + c <= m.",
        ),
    ],
)
