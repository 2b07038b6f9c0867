"""Refutation by members that are functions of the constants a reading allows for; a wrong member, or one that knows too much, refutes nothing."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest
from sympy import Abs, And, E, Eq, Implies, Matrix, Max, Piecewise, Symbol, pi

from tests.prove.chains import CLASS, GAP, A, C, D, J, claim, gamma, outcome, s
from verify import Claim, Exhibit, Exists, ForAll, KreissConstant, Lemma, Norm, Proof, Reading, SupOverClass, classical, nonnegative, real
from verify.prove.constants import ENCLOSURES
from verify.prove.solver import decide

level, other = Symbol("N", real=True), Symbol("x", real=True)
BOUNDED = Exists((level,), ForAll((gamma, A, C, D), Norm(J) <= level))
DOMAIN = {level: real(), **CLASS}
MEMBERS = {gamma: 0 * level, s: Abs(level) + 1, A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[Abs(level) + 1]])}


def refuted(statement: object, members: dict, *lemmas: Claim, domain: dict | None = None, **more: object) -> object:
    steps = [Lemma(one.id, "i", "known") for one in lemmas]
    return outcome(claim(statement, Proof(*steps, Exhibit("take these", members), refutes=True), domain=domain or DOMAIN, **more), *lemmas)


def test_no_absolute_constant_bounds_the_class() -> None:
    """``s`` bounds the coupling and is free in the statement, so it may not depend on the constant; bound after it, it may."""
    everything = Exists((level,), ForAll((gamma, s, A, C, D), Norm(J) <= level))
    found = refuted(everything, MEMBERS)
    assert (found.verdict, found.level, found.by_hand) == ("REFUTED", "P3", 0)
    assert "REFUTED by proof of the negation" in found.reason


def test_a_member_may_only_know_what_is_chosen_before_it() -> None:
    """With ``s`` outside, the class is bounded: for every γ and s there is a constant."""
    outside = ForAll((s,), BOUNDED)
    found = refuted(outside, MEMBERS)
    assert found.verdict is None
    assert "mentions N" in found.steps[-1].by


def test_the_order_of_quantifiers_counts() -> None:
    """For every x there is an N >= x; there is no N above every x."""
    domain = {level: real(), other: real()}
    true, false = ForAll((other,), Exists((level,), level >= other)), Exists((level,), ForAll((other,), level >= other))
    assert refuted(false, {other: level + 1}, domain=domain).verdict == "REFUTED"
    assert refuted(true, {other: level + 1}, domain=domain).verdict is None
    assert refuted(true, {other: other - other}, domain=domain).verdict is None


WRONG = {
    "not above the constant": {**MEMBERS, s: Abs(level) / 2, C: Matrix([[Abs(level) / 2]])},
    "outside the class": {**MEMBERS, s: Abs(level)},
    "an unstable block": {**MEMBERS, A: Matrix([[2]])},
    "one is missing": {symbol: value for symbol, value in MEMBERS.items() if symbol != D},
    "the constant is chosen": {**MEMBERS, level: 0 * other},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_member_refutes_nothing(name: str) -> None:
    everything = Exists((level,), ForAll((gamma, s, A, C, D), Norm(J) <= level))
    found = refuted(everything, WRONG[name])
    assert found.verdict is None
    assert not found.steps[-1].discharged


def test_a_true_reading_is_not_refuted() -> None:
    bounded = Exists((level,), ForAll((gamma, s, A, C, D), Norm(J) <= level + s + 1))
    assert refuted(bounded, MEMBERS).verdict is None


def test_hypotheses_must_hold_at_the_members() -> None:
    everything = Exists((level,), ForAll((gamma, s, A, C, D), Norm(J) <= level))
    assert refuted(everything, MEMBERS, hypotheses=(Norm(C) <= 1,)).verdict is None
    assert refuted(everything, MEMBERS, hypotheses=(Norm(C) >= 1,)).verdict == "REFUTED"
    assert refuted(everything, MEMBERS, hypotheses=(level >= 0,)).verdict is None  # of the constant nothing but its class is known


def test_premises_of_the_conclusion_must_hold_too() -> None:
    small = Exists((level,), ForAll((gamma, s, A, C, D), Implies(Norm(C) <= 1, Norm(J) <= level)))
    assert refuted(small, MEMBERS).verdict is None


def test_a_quantifier_that_cannot_be_turned_round_is_refused() -> None:
    hidden = And(BOUNDED, Norm(C) <= s)
    assert refuted(hidden, MEMBERS).verdict is None


K = KreissConstant(J)
SUPREMUM = SupOverClass(K, (A, C, D))
VALUE = Piecewise((1, s <= 2 * (1 - gamma)), (s / GAP + (1 - gamma) / s, True))
EXACT = Claim("X", "X", CLASS, [Reading("i", Eq(SUPREMUM, VALUE), classical("textbook"))])
WITNESSES = {A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[0]])}


def test_a_lemma_gives_the_value_of_a_supremum_over_the_class() -> None:
    large = Exists((level,), ForAll((gamma, s), SUPREMUM <= level))
    members = {gamma: 0 * level, s: 4 * Max(level, 0) + 4, **WITNESSES}
    assert refuted(large, members, EXACT).verdict == "REFUTED"
    assert refuted(large, members).verdict is None  # without the lemma nothing is known of the supremum
    assert refuted(large, {symbol: value for symbol, value in members.items() if symbol != A}, EXACT).verdict is None  # is the class empty?


def test_the_lemma_must_speak_of_the_same_class() -> None:
    large = Exists((level,), ForAll((gamma, s), SUPREMUM <= level))
    members = {gamma: 0 * level, s: 4 * Max(level, 0) + 4, **WITNESSES}
    assert refuted(large, members, EXACT, hypotheses=(Norm(C) >= 0,)).verdict is None


def test_the_premises_of_the_lemma_must_hold_at_the_members() -> None:
    large = Exists((level,), ForAll((gamma, s), SUPREMUM <= level))
    members = {gamma: 0 * level, s: 4 * Max(level, 0) + 4, **WITNESSES}
    weak = Claim("X", "X", CLASS, [Reading("i", Eq(SUPREMUM, VALUE), classical("textbook"), hypotheses=(s <= 2,))])
    assert refuted(large, members, weak).verdict is None


def test_constants_lie_in_their_enclosures() -> None:
    with flint.ctx.workprec(200):
        for constant, value in ((E, flint.arb(1).exp()), (pi, flint.arb.pi())):
            low, high = (flint.arb(flint.fmpq(int(end.p), int(end.q))) for end in ENCLOSURES[constant])
            assert low < value < high
            assert Fraction(int(ENCLOSURES[constant][1].p), int(ENCLOSURES[constant][1].q)) - Fraction(str(ENCLOSURES[constant][0])) == Fraction(1, 10**12)


def test_statements_with_e_and_pi_are_decided_within_their_enclosures() -> None:
    x = Symbol("x", real=True)
    assert decide(E * x <= pi * x, (x >= 0,)).status == "valid"
    assert decide(x < 3, (x <= E,)).status == "valid"
    assert decide(x < E, (x <= 2,)).status == "valid"
    assert decide(x < E, (x <= 3,)).status == "unknown"  # false, but what refutes the enclosure need not refute the constant


def test_nonnegative_arbitrary_constants_may_be_used() -> None:
    domain = {level: nonnegative(), other: real()}
    assert refuted(Exists((level,), ForAll((other,), other <= level)), {other: level + 1}, domain=domain).verdict == "REFUTED"
    unsigned = {level: real(), other: real()}
    assert refuted(Exists((level,), ForAll((other,), other**2 <= level)), {other: level + 1}, domain=unsigned).verdict == "REFUTED"
    assert refuted(Exists((level,), ForAll((other,), other >= -level)), {other: -2 * level}, domain=unsigned).verdict is None
