"""Search along lines: thresholds are found and tried from both sides, narrow violations beside them are certified, true statements stay unrefuted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Equivalent, Ge, Implies, Le, Lt, Matrix, MatrixSymbol, Max, Piecewise, Rational, Symbol, oo, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, evidence, nonnegative, own, positive, real, symmetric
from verify.domain import Domain
from verify.evaluate.floats import Given, margins
from verify.evidence import first_counterexample, gather
from verify.judge import JudgeOptions, judge_reading, prover_of
from verify.search.effort import EFFORTS
from verify.search.lines import SPAN, at_thresholds, crossings, exacting, lines_of, summits, thresholds
from verify.search.portfolio import Search
from verify.search.problem import Problem

x, y = symbols("x y", real=True)
p, q = symbols("p q", integer=True)
QUICK = EFFORTS["quick"]


def problem(statement: Any, domain: dict[Any, Any], hypotheses: tuple[Any, ...] = ()) -> Problem:
    reading = Reading("i", statement, own("a test"))
    return Problem(Claim(id="lines", title="Lines", source="a test", domain=domain, hypotheses=hypotheses, readings=[reading]), reading)


def case_split(width: Rational) -> Problem:
    """``x²/(1 + x)`` is below ``x/2`` up to 1, not up to ``1 + width``."""
    return problem(x**2 / (1 + x) <= Piecewise((x / 2, x <= 1 + width), (x, True)), {x: nonnegative()})


# -- what a threshold is -----------------------------------------------------------------------------------------------


def test_thresholds_are_premises_cases_and_terms_of_maxima_not_the_conclusion() -> None:
    statement = Implies(x < y, Max(x, y**2) <= Piecewise((1, x <= 3), (y, True)), evaluate=False)
    assert set(thresholds(statement, frozenset("xy"))) == {Lt(x, y), Le(x, 3), *(Ge(a, b, evaluate=False) for a, b in [Max(x, y**2).args])}


def test_both_sides_of_an_equivalence_are_thresholds() -> None:
    assert set(thresholds(Equivalent(x <= 1, y > 2), frozenset("xy"))) == {x <= 1, y > 2}


def test_relations_of_bound_variables_are_none() -> None:
    assert thresholds(Implies(Symbol("z") < x, x <= y), frozenset("xy")) == ()


def test_beside_a_threshold_a_premise_is_met_without_tolerance() -> None:
    statement = Implies(x <= 1, y < 1)
    env = {"x": np.array([1 + 1e-12, 1 - 1e-12]), "y": np.array([2.0, 2.0])}
    assert (margins(statement, env) > 0).all()
    found = margins(exacting(statement), env)
    assert found[0] <= 0 < found[1]
    assert isinstance(exacting(statement), Given)


# -- lines -------------------------------------------------------------------------------------------------------------

A, C = MatrixSymbol("A", p, p), MatrixSymbol("C", q, p)
D = MatrixSymbol("D", q, q)
BLOCKS = Domain({x: between(0, 1, open_high=True), A: symmetric(rho=x), D: symmetric(rho=x), C: coupling()})


def test_each_variable_moves_by_itself_and_what_its_class_speaks_of_moves_it() -> None:
    sizes = {"p": 2, "q": 1}
    rng = np.random.default_rng(1)
    points = np.stack([BLOCKS.parameters(BLOCKS.sample(rng, sizes, 1)) for _ in range(3)])
    lines = lines_of(BLOCKS, sizes, points)
    assert [name for name, _, _ in lines.dials] == ["x", "A", "D", "C"]
    assert BLOCKS.depending_on("x") == {"x", "A", "D"}
    assert BLOCKS.depending_on("C") == {"C"}
    rows = np.array([3 * 3 + 1])  # the size of C through the second member
    moved, still = lines.batch(rows, np.array([2.0])).values, BLOCKS.build(points[[1]], sizes)
    assert np.linalg.norm(moved["C"][0], 2) == pytest.approx(np.exp(2.0))
    for name in ("x", "A", "D"):
        assert np.array_equal(moved[name], still[name])


def test_what_does_not_move_is_computed_once() -> None:
    sizes = {"p": 1, "q": 1}
    points = np.stack([BLOCKS.parameters(BLOCKS.sample(np.random.default_rng(k), sizes, 1)) for k in range(4)])
    lines = lines_of(BLOCKS, sizes, points)
    statement = KreissConstant(block([[A, Matrix([[0]])], [Matrix([[0]]), D]])) * Norm(C) <= 1
    cheaper, known = lines.along(3).still(statement)
    assert not cheaper.atoms(KreissConstant) and cheaper.atoms(Norm) and len(known) == 1
    rows, s = np.arange(4), np.linspace(-3, 3, 4)
    assert lines.along(3).values(cheaper, rows, s, known) == pytest.approx(lines.along(3).values(statement, rows, s))


@pytest.mark.parametrize("cls", [real(), positive(), between(0, 3), between(1, oo, open_high=True)], ids=str)
def test_the_place_of_a_member_is_where_it_is(cls: Any) -> None:
    domain = Domain({x: cls})
    points = np.stack([domain.parameters(domain.sample(np.random.default_rng(k), {}, 1)) for k in range(8)])
    lines = lines_of(domain, {}, points)
    inside = np.abs(lines.places) <= SPAN
    assert lines.batch(np.arange(8), lines.places).values["x"][inside] == pytest.approx(domain.build(points, {})["x"][inside], rel=1e-12)


def test_a_crossing_is_bracketed_to_the_last_digits() -> None:
    domain = Domain({x: positive(), y: positive()})
    points = np.stack([domain.parameters(domain.sample(np.random.default_rng(k), {}, 1)) for k in range(5)])
    rows, low, high, _ = crossings(lines_of(domain, {}, points), (x * y <= 7,), 100)
    assert len(rows) >= 5
    lines = lines_of(domain, {}, points)
    for place in (low, high):
        values = lines.batch(rows, place).values
        assert values["x"] * values["y"] == pytest.approx(7, rel=1e-12)
    assert (high > low).all()


def test_both_sides_of_a_threshold_are_tried_very_near() -> None:
    split = case_split(Rational(1, 10**5))
    lines = lines_of(split.domain, {}, np.array([[0.3], [-2.0]]))
    batch, found, _ = at_thresholds(lines, split.exacting, split.thresholds, 50, np.random.default_rng(0))
    near = batch.values["x"] / (1 + 1e-5) - 1
    assert near.min() < 0 < near.max()
    assert np.abs(near).min() < 1e-11
    assert found.max() == pytest.approx(5e-6, rel=1e-2)


def test_the_highest_point_of_a_line() -> None:
    bump = problem(x**2 * y / (1 + x**4) <= Rational(1, 10), {x: positive(), y: between(0, 1)})
    lines = lines_of(bump.domain, {}, np.array([[-4.0, 0.5]]))
    best, height, _ = summits(lines, bump.exacting, 4)
    assert lines.at(np.array([0]), best[:1])[0, 0] == pytest.approx(0.0, abs=0.05)  # x = 1, whatever y is
    assert height[0] > 0.6


# -- what they find ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("width", [Rational(1, 10**3), Rational(1, 10**5), Rational(1, 10**7)], ids=str)
def test_a_case_split_a_little_too_late_is_refuted(width: Rational, seed: int) -> None:
    found = first_counterexample(case_split(width), QUICK, seed, scratch_only=True)
    assert found is not None
    assert 1 < found.instance.values["x"] <= 1 + width


def test_a_case_split_at_its_place_survives() -> None:
    findings = gather(case_split(Rational(0)), QUICK, 0)
    assert not findings.counterexamples and findings.unresolved is None


@pytest.mark.parametrize("seed", range(3))
def test_a_hypothesis_that_begins_a_little_too_early(seed: int) -> None:
    """``|C| >= 3 − 1e-6`` does not give ``|C|² >= 9``; matrices of any order."""
    false = problem(Norm(C) ** 2 >= 9, {C: coupling()}, (Norm(C) >= 3 - Rational(1, 10**6),))
    found = first_counterexample(false, QUICK, seed, scratch_only=True)
    assert found is not None


def test_beside_a_pole_enclosures_are_as_sharp_as_it_takes() -> None:
    """``1/(1 − x‖M‖)`` has no bound where ``x‖M‖ < 1``; a violation of ``<= 10^7`` lies within 1e-7 of the pole."""
    n = Norm(Matrix([[1, 1], [0, 1]]))
    found = first_counterexample(problem(Implies(x * n < 1, 1 / (1 - x * n) <= 10**7), {x: nonnegative()}), QUICK, 0, scratch_only=True)
    assert found is not None and found.source == "lines"


def test_a_margin_far_below_the_accuracy_of_a_quick_run_is_certified() -> None:
    """At ``x = 3/2`` the Kreiss constant is that of ``κ = 3``, 3/4 + 1/3."""
    J = Matrix([[Rational(1, 2), 0], [x, Rational(1, 2)]])
    bound = Rational(13, 12) * (1 - Rational(1, 10**7))
    assert first_counterexample(problem(KreissConstant(J) <= bound, {x: between(1, Rational(3, 2))}), QUICK, 0) is not None
    assert first_counterexample(problem(KreissConstant(J) <= Rational(13, 12), {x: between(1, Rational(3, 2))}), QUICK, 0) is None


def test_an_equality_that_is_attained_is_no_violation() -> None:
    true = problem(Abs(x - y) <= Max(x - y, y - x), {x: real(), y: real()})
    assert not gather(true, QUICK, 0).counterexamples


# -- effort ------------------------------------------------------------------------------------------------------------


def test_more_effort_never_finds_less() -> None:
    """An effort that does nothing of its own still finds what the smaller one finds."""
    idle = replace(EFFORTS["standard"], batches=0, examples=1, groups=0, starts=0, extreme_members=1, lines=0, closer_looks=0, size_choices=1, before=QUICK)
    false = problem(x**2 >= x, {x: nonnegative()})
    assert gather(false, QUICK, 0).counterexamples
    found = gather(false, idle, 0)
    assert found.counterexamples["simplest"].instance == gather(false, QUICK, 0).counterexamples["simplest"].instance


def test_a_verdict_rests_on_what_the_smaller_effort_finds_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, of a judged reading: the counterexample refutes, and what the smaller effort spent is told."""
    idle = replace(EFFORTS["standard"], batches=0, examples=1, groups=0, starts=0, extreme_members=1, lines=0, closer_looks=0, size_choices=1, before=QUICK)
    false = problem(x**2 >= x, {x: nonnegative()})
    monkeypatch.setattr(evidence, "_gathered", partial(_blind, idle, evidence._gathered))
    result = judge_reading(false.claim, false.reading, idle, 0, JudgeOptions(), {}, prover_of(QUICK))
    assert result.verdict == "REFUTED" and result.evidence.found_from_scratch
    assert sum(result.effort["evaluations"].values()) > QUICK.batch_size


def _blind(blind, gathered, problem, budget, seed, findings, **kinds):
    """The search as it is, but one effort finds nothing."""
    found = gathered(problem, budget, seed, findings, **kinds)
    return replace(found, counterexamples={}, first=None) if budget is blind else found


def test_what_is_proved_by_hand_is_attacked_within_a_larger_effort_as_a_smaller_one_would() -> None:
    true = problem(2 * x <= x**2 + 1, {x: nonnegative()})
    standard = EFFORTS["standard"]

    def spent(effort, **kinds):
        return sum(gather(true, effort, 0, **kinds).evaluations.values())

    alone = replace(standard, before=None)
    assert spent(standard, by_hand=True) == spent(alone) + spent(QUICK, by_hand=True)
    assert spent(standard) == spent(alone) + spent(QUICK)
    assert spent(QUICK, by_hand=True) == spent(QUICK, proved=True) < spent(QUICK)


def test_every_effort_has_the_next_smaller_one_in_it() -> None:
    assert EFFORTS["standard"].before is EFFORTS["quick"] and EFFORTS["deep"].before is EFFORTS["standard"]


def test_only_a_quick_run_spends_less_on_what_is_proved() -> None:
    lighter = QUICK.for_the_proved
    assert (lighter.batches, lighter.examples) < (QUICK.batches, QUICK.examples) and lighter.extreme_members == QUICK.extreme_members
    assert EFFORTS["standard"].for_the_proved is EFFORTS["standard"] and EFFORTS["deep"].for_the_proved is EFFORTS["deep"]
    true = problem(2 * x <= x**2 + 1, {x: nonnegative()})
    spent = {proved: sum(gather(true, QUICK, 0, proved=proved).evaluations.values()) for proved in (False, True)}
    assert 0 < spent[True] < spent[False]


def test_a_candidate_is_kept_once() -> None:
    search = Search(problem(x <= 1, {x: nonnegative()}), QUICK, 0)
    batch = search.problem.domain.sample(np.random.default_rng(0), {}, 4)
    for _ in range(3):
        search.pool.offer(batch, search.problem.margins(batch), "random")
    assert len(search.pool.ranked()) == 3


def test_corners_have_equal_blocks() -> None:
    found = BLOCKS.corners({"p": 1, "q": 1}, 12, np.random.default_rng(0))
    assert all(instance.values["A"] == instance.values["D"] for instance in found)
    assert {bool(instance.values["A"].rows()[0][0]) for instance in found} == {True, False}


@pytest.mark.parametrize("seed", range(3))
def test_a_strict_relation_is_refuted_by_equality(seed: int) -> None:
    found = gather(problem(Lt(2 * x * y, x**2 + y**2), {x: positive(), y: nonnegative()}), QUICK, seed).counterexamples
    assert found and found["simplest"].instance.values["x"] == found["simplest"].instance.values["y"]
