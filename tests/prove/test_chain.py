"""Proof chains: what each kind of step amounts to; nothing is proved by steps that fail, lean on each other or miss the point."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from sympy import And, Eq, Implies
from sympy.logic.boolalg import Boolean

from tests.prove.chains import GAP, SCALARS, X, Y, claim, gamma, outcome, r, x, y
from verify import (
    ByHand,
    Claim,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    Proof,
    Reading,
    SpectralRadius,
    Supremum,
    between,
    classical,
    coupling,
    nonnegative,
    own,
    symmetric,
)
from verify.prove.chain import Prover, prove
from verify.prove.solver import Effort

NORMS = {X: coupling(), Y: coupling()}
SUM = Norm(X + Y) <= Norm(X) + Norm(Y)
TRIANGLE = Claim("N", "N", NORMS, [Reading("i", SUM, classical("textbook"))])


def test_an_undischarged_obligation_gives_no_verdict_and_is_named() -> None:
    false = Obligation("too much", x**2 >= x, given=(x >= 0,))
    found = outcome(claim(Norm(X) <= 1, Proof(Obligation("fine", x**2 >= 0), false), domain=NORMS))
    assert found.verdict is None
    assert found.reason.startswith("step 2 of the stored proof is not discharged (too much)")
    assert [step.discharged for step in found.steps] == [True, False]


def test_obligations_beside_the_point_do_not_prove() -> None:
    """A true obligation that has nothing to do with the statement: they do not visibly give it."""
    found = outcome(claim(Norm(X) <= 1, Proof(Obligation("fine", x**2 >= 0)), domain=NORMS))
    assert (found.verdict, found.reason) == (None, "the steps do not visibly give the statement")


def test_a_lemma_and_an_obligation_compose() -> None:
    statement = Norm(X + Y) <= 2 * Norm(X) + Norm(Y) + 1
    step = Obligation("more room", x + y <= 2 * x + y + 1, given=(x >= 0, y >= 0))
    found = outcome(claim(statement, Proof(Lemma("N", "i", "triangle inequality"), step), domain=NORMS), TRIANGLE)
    assert (found.verdict, found.by_hand, found.rests_on) == ("PROVED", 0, (("N", "i"),))
    assert "cited: textbook" in found.steps[0].by
    assert found.steps[-1].text == "The steps together give the statement."


@pytest.mark.parametrize("statement", [Norm(X + Y) <= Norm(X), Norm(X + Y) < Norm(X) + Norm(Y), Norm(X - Y) <= Norm(X) + Norm(Y)])
def test_a_lemma_does_not_give_more_than_it_says(statement: Boolean) -> None:
    found = outcome(claim(statement, Proof(Lemma("N", "i", "triangle inequality")), domain=NORMS), TRIANGLE)
    assert found.verdict is None


def test_the_hypotheses_of_a_lemma_are_checked_where_it_is_used() -> None:
    bounded = Claim("B", "B", {X: coupling(norm=1)}, [Reading("i", KreissConstant(X) <= 2, classical("textbook"))])
    use = Proof(Lemma("B", "i", "norm at most 1"))
    assert outcome(claim(KreissConstant(X) <= 3, use, domain={X: coupling(norm=1)}), bounded).by_hand == 0
    half = claim(KreissConstant(X) <= 3, use, domain={X: coupling()}, hypotheses=(2 * Norm(X) <= 1,))
    assert outcome(half, bounded).by_hand == 0
    assert outcome(claim(KreissConstant(X) <= 3, use, domain={X: coupling()}), bounded).verdict is None


def test_an_infinite_kreiss_constant_is_thought_of() -> None:
    """From ``K >= 2`` nothing follows about ``1/K``, which is not a number if ``K`` is infinite."""
    large = Claim("B", "B", {X: coupling()}, [Reading("i", KreissConstant(X) >= 2, classical("textbook"))])
    use = Proof(Lemma("B", "i", "at least 2"))
    assert outcome(claim(KreissConstant(X) > 1, use, domain={X: coupling()}), large).by_hand == 0
    assert outcome(claim(1 / KreissConstant(X) <= 1, use, domain={X: coupling()}), large).verdict is None


def test_a_supremum_in_a_step_is_bounded_by_the_solver() -> None:
    above = Supremum((r - 1) * Norm(X) / (r - gamma) ** 2, (r, 1, 5))
    domain = {gamma: between(0, 1, open_high=True), X: coupling()}
    hand = ByHand("an argument", KreissConstant(X) <= above)
    found = outcome(claim(KreissConstant(X) <= Norm(X) / GAP, Proof(hand), domain=domain))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)
    assert found.steps[-1].discharged


def test_hand_written_steps_cap_the_verdict_and_are_counted_once() -> None:
    lemma = claim(Norm(X) <= 1, Proof(ByHand("trust me")), id="L", domain=NORMS)
    twice = claim(Norm(X) <= 2, Proof(Lemma("L", "i", "once"), Lemma("L", "i", "twice")), id="U", domain=NORMS)
    found = outcome(twice, lemma)
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)


def test_an_unproved_lemma_gives_no_verdict() -> None:
    lemma = claim(Norm(X) <= 1, id="L", domain=NORMS)
    found = outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "i", "hope")), domain=NORMS), lemma)
    assert found.verdict is None
    assert "L(i): hope" in found.reason
    missing = outcome(claim(Norm(X) <= 2, Proof(Lemma("nowhere", "i", "hope")), domain=NORMS))
    assert (missing.verdict, "not found" in missing.reason) == (None, True)
    no_reading = outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "ii", "hope")), domain=NORMS), lemma)
    assert (no_reading.verdict, "not found" in no_reading.reason) == (None, True)


def test_a_circular_proof_proves_nothing() -> None:
    first = claim(Norm(X) <= 1, Proof(Lemma("V", "i", "")), id="U", domain=NORMS)
    second = claim(Norm(X) <= 1, Proof(Lemma("U", "i", "")), id="V", domain=NORMS)
    prover = Prover({"U": first, "V": second}.__getitem__)
    for one in (first, second):
        found = prover.prove(one, one.readings[0])
        assert found.verdict is None
    assert "circular: U(i) → V(i) → U(i)" in prover.prove(first, first.readings[0]).reason


def test_a_lemma_is_proved_once() -> None:
    calls: list[str] = []
    lemma = claim(x**2 >= x - 1, id="L")

    def resolve(name: str) -> Claim:
        calls.append(name)
        return lemma

    prover = Prover(resolve)
    user = claim(Norm(X) >= 0, Proof(Lemma("L", "i", ""), Lemma("L", "i", "")), domain=NORMS | SCALARS)
    first = prover.prove(user, user.readings[0])
    assert prover.prove(user, user.readings[0]) is first
    assert prover.prove(lemma, lemma.readings[0]).verdict == "PROVED"


def test_a_proof_of_the_negation() -> None:
    steps = (Obligation("a point", And(x > 0, x < 1), given=(Eq(2 * x, 1),)), Lemma("N", "i", "triangle inequality"), ByHand("so it fails"))
    found = outcome(claim(SUM >> (Norm(X) <= 0), Proof(*steps, refutes=True), domain=NORMS), TRIANGLE)
    assert found.verdict == "REFUTED"
    assert found.by_hand == 1
    assert found.reason.startswith("REFUTED by proof")
    failing = Proof(Obligation("no", x > 0), refutes=True)
    assert outcome(claim(Norm(X) <= 0, failing, domain=NORMS)).verdict is None


def test_outcomes_travel_between_processes() -> None:
    found = outcome(claim(x**2 >= x))
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert isinstance(again.counterexample["x"], Fraction)


def test_the_same_question_has_the_same_answer() -> None:
    of = claim(Implies(x > 0, x + 1 / x >= 2))
    assert outcome(of) == outcome(of)
    assert prove(of, of.readings[0], {}.__getitem__, Effort(rlimit=1, samples=0, certificates=False)).verdict is None


def test_own_provenance_is_not_cited() -> None:
    lemma = Claim("L", "L", NORMS, [Reading("i", Norm(X) <= 1, own())])
    assert outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "i", "")), domain=NORMS), lemma).verdict is None


def test_spectral_radius_and_norm_agree_for_symmetric_blocks() -> None:
    lemma = Claim(
        "L", "L", {gamma: nonnegative(), X: coupling(norm=gamma)}, [Reading("i", KreissConstant(X) <= 1 + gamma, classical("textbook"))]
    )
    use = Proof(Lemma("L", "i", "in terms of the norm"))
    domain = {gamma: nonnegative(), X: symmetric(rho=gamma)}
    assert outcome(claim(KreissConstant(X) <= 2 + gamma, use, domain=domain), lemma).by_hand == 0
    loose = {gamma: nonnegative(), X: coupling()}
    by_radius = claim(KreissConstant(X) <= 2 + gamma, use, domain=loose, hypotheses=(SpectralRadius(X) <= gamma,))
    assert outcome(by_radius, lemma).verdict is None


def test_a_stored_refutation_of_what_a_machine_proves_is_exposed() -> None:
    found = outcome(claim(x**2 >= x - 1, Proof(Obligation("fine", x**2 >= 2 * x - 1), refutes=True)))
    assert found.verdict is None
    assert "one of them is wrong" in found.reason
