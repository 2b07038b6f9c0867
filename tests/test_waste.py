"""What is remembered, shared or left out to save time must change no answer."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import types
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis.internal.conjecture import providers
from sympy import MatrixSymbol, Sum, Symbol

from verify import checker
from verify.domain import Instance
from verify.evaluate import enclosing, floats, primitives
from verify.evaluate.enclosing import Outcome
from verify.evaluate.multiprecision import violation_margin
from verify.language.logic import Supremum
from verify.language.quantities import KreissConstant, Norm
from verify.library import at, resolve
from verify.numerics.bounds.boundary import Disc, HalfPlane, ResolventSearch
from verify.numerics.bounds.field_of_values import propose_numerical_radius
from verify.numerics.enclosure import Rigour
from verify.numerics.exact import RationalMatrix
from verify.numerics.truth import Truth
from verify.search import promotion
from verify.search.effort import budget
from verify.search.portfolio import Search, evaluated
from verify.search.problem import Problem
from verify.search.promotion import examine

CERTIFICATES = sorted((Path(__file__).parent.parent / "reports" / "arxiv-2606.04031" / "certificates").glob("*.json"))
SIGNED = [[Fraction(1, 2), Fraction(-3)], [Fraction(0), Fraction(-1, 3)]]


@pytest.fixture
def problem() -> Problem:
    claim = resolve("L16")
    return Problem(claim, claim.reading("iii"))


# -- the checker in one process -------------------------------------------------------------------------------------------


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> checker._Forking:
    one = checker._Forking()
    monkeypatch.setattr(checker, "_FORKING", one)
    yield one
    one.end()


def test_one_checker_answers_for_many_certificates(forking: checker._Forking) -> None:
    right = json.loads(CERTIFICATES[0].read_text())
    wrong = {**right, "format": "another"}
    assert [checker.accepts(one) for one in (right, wrong, right, {}, right)] == [True, False, True, False, True]
    assert forking._process is not None and forking._process.poll() is None


def test_a_checker_that_died_is_started_again(forking: checker._Forking) -> None:
    right = json.loads(CERTIFICATES[0].read_text())
    assert checker.accepts(right)
    first = forking._process
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert checker.accepts(right)
    assert forking._process is not first


def test_a_checker_that_does_not_answer_in_time_rejects_and_is_ended(forking: checker._Forking, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "check.py"
    slow.write_text("import time\ndef main(arguments):\n    time.sleep(600)\n    return 0\n")
    monkeypatch.setattr(checker, "checker_path", lambda: slow)
    start = time.monotonic()
    assert forking.status(tmp_path / "any.json", limit_seconds=0.5) == 1
    assert forking._process is None
    assert time.monotonic() - start < 30


def test_without_such_a_process_the_checker_is_asked_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "_FORKING", types.SimpleNamespace(status=lambda path: None))
    assert checker.accepts(json.loads(CERTIFICATES[0].read_text()))
    assert not checker.accepts({})


# -- what is remembered ---------------------------------------------------------------------------------------------------


def test_a_claim_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "claim.py"
    path.write_text('CLAIM = Claim(id="one", title="first")\n')
    assert (at(path).id, at(path).title) == ("one", "first")
    path.write_text('CLAIM = Claim(id="other", title="second")\n')
    assert (at(path).id, at(path).title) == ("other", "second")


def test_a_bound_is_computed_once_for_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def norm(matrix: RationalMatrix, **how: object) -> object:
        asked.append(how)
        return original(matrix, **how)

    original = enclosing._BOUNDS["Norm"]
    monkeypatch.setitem(enclosing._BOUNDS, "Norm", norm)
    enclosing._bounded.cache_clear()
    X = RationalMatrix.from_rows(SIGNED)
    first = [enclosing._bounded("Norm", X, (), side, Fraction(1, 1000), None) for side in ("lower", "upper", "lower", "upper")]
    assert len(asked) == 2
    assert first[0] is first[2] and first[0] != first[1]
    enclosing._bounded("Norm", X, (), "lower", Fraction(1, 10**6), None)
    assert len(asked) == 3
    enclosing._bounded.cache_clear()


def test_margins_at_different_instances_are_not_confused(problem: Problem) -> None:
    margins = [violation_margin(problem.conclusion, Instance({}, {"gamma": Fraction(k, 10)}), 30) for k in (1, 5, 1, 9)]
    assert margins[0] == margins[2]
    assert len({*map(str, margins)}) == 3


def test_a_false_suspect_is_settled_by_the_cheap_side(problem: Problem) -> None:
    """The float value of this constant is off by orders of magnitude; its lower bound proves the statement at once."""
    outcome = examine(problem, Instance({}, {"gamma": Fraction(999999, 10**6)}), budget("quick").rtol, 0.99)
    assert outcome is not None
    assert outcome.conclusion is Truth.HOLDS and not outcome.violates


def test_the_cheap_side_leaves_no_record_where_it_settles_nothing() -> None:
    A = MatrixSymbol("A", 2, 2)
    found = enclosing.decide((), Norm(A) <= KreissConstant(A), Instance({}, {"A": RationalMatrix.from_rows([[0, 4], [0, 0]])}), Fraction(1, 10**5))
    assert found.violates
    constant = next(record for record in found.bounds if "KreissConstant" in str(record["of"]))
    assert constant["lower"] == {"by": "one"}  # as cheap as it can be: no point of the plane stands in the certificate


# -- what is evaluated together -------------------------------------------------------------------------------------------


def test_members_evaluated_together_have_the_values_they_have_alone(problem: Problem) -> None:
    claim = resolve("T9")
    problem = Problem(claim, claim.readings[0])
    rng = np.random.default_rng(3)
    batches = [problem.domain.sample(rng, problem.domain.draw_sizes(rng, 2), 3) for _ in range(12)]
    together = evaluated(batches, problem.margins)
    alone = [float(problem.margins(batch)[0]) for batch in batches]
    np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-12)


# -- examples ---------------------------------------------------------------------------------------------------------------


def _examples(problem: Problem) -> list[str]:
    search = Search(problem, budget("quick"), 0)
    drawn: list[str] = []
    original = Problem.instance_margin

    def noted(self: Problem, instance: Instance) -> float:
        drawn.append(json.dumps(instance.to_json()))
        return original(self, instance)

    Problem.instance_margin = noted  # type: ignore[method-assign]
    try:
        search.hypothesis()
    finally:
        Problem.instance_margin = original  # type: ignore[method-assign]
    return drawn


def test_the_examples_do_not_depend_on_what_else_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = resolve("T9")
    problem = Problem(claim, claim.readings[0])
    before = _examples(problem)
    numbers = ", ".join(str(k) for k in range(1000, 2000))
    (tmp_path / "many_constants.py").write_text(f"NUMBERS = [{numbers}]\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        __import__("many_constants")
        assert _examples(problem) == before
    finally:
        sys.modules.pop("many_constants", None)
    assert providers._get_local_constants.__module__ == providers.__name__  # Hypothesis is as it was


# -- places that the signs of the entries tell ------------------------------------------------------------------------------


@pytest.mark.parametrize("region", [Disc(), HalfPlane()], ids=["disc", "half plane"])
@pytest.mark.parametrize("seed", range(6))
def test_the_resolvent_of_a_nonnegative_matrix_is_largest_on_the_positive_axis(region: Disc | HalfPlane, seed: int) -> None:
    rng = np.random.default_rng(seed)
    array = np.round(rng.random((4, 4)) * (rng.random((4, 4)) < 0.6), 3)
    if isinstance(region, HalfPlane):
        array -= np.diag(rng.random(4) + array.sum(axis=1))
    else:
        array *= 0.9 / max(abs(np.linalg.eigvals(array)).max(), 0.9)
    search = ResolventSearch(RationalMatrix.from_floats(array), region)
    for s in (0.01, 0.3, 2.0):
        assert region.highest_at_zero(search.array, search.eigenvalues, s)
        found = search.peak(s)
        angles = np.linspace(-np.pi, np.pi, 721) if isinstance(region, Disc) else np.linspace(-8, 8, 721)
        z = region.point(s, angles)
        heights = 1 / np.linalg.svd(z[:, None, None] * np.eye(4) - array, compute_uv=False)[:, -1]
        assert found.position == 0
        assert found.height >= heights.max() * (1 - 1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_the_resolvent_of_a_one_way_coupled_matrix_is_largest_on_the_real_axis(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A, D = (0.95 * (X + X.T) / max(abs(np.linalg.eigvalsh(X + X.T)).max(), 1e-9) for X in rng.standard_normal((2, 2, 2)))
    array = np.block([[A, np.zeros((2, 2))], [5 * rng.standard_normal((2, 2)), D]])
    array = array.T if seed % 2 else array
    search = ResolventSearch(RationalMatrix.from_floats(array), Disc())
    for s in (0.01, 0.3, 2.0):
        found = search.peak(s)
        z = (1 + s) * np.exp(1j * np.linspace(-np.pi, np.pi, 1441))
        heights = 1 / np.linalg.svd(z[:, None, None] * np.eye(4) - array, compute_uv=False)[:, -1]
        assert found.position in (0, np.pi)
        assert found.height >= heights.max() * (1 - 1e-12)


def test_other_signs_are_searched() -> None:
    search = ResolventSearch(RationalMatrix.from_rows(SIGNED), Disc())
    assert not Disc().highest_at_zero(search.array, search.eigenvalues, 0.1)
    turned = ResolventSearch(RationalMatrix.from_rows([[-x for x in row] for row in SIGNED]), Disc())
    assert not Disc().highest_at_zero(-search.array, turned.eigenvalues, 0.1)
    assert list(search._known_positions(0.1)) == [0, np.pi]  # of order 2 and triangular
    other = ResolventSearch(RationalMatrix.from_rows([[Fraction(1, 2), -1], [Fraction(1, 3), 0]]), Disc())
    assert other._known_positions(0.3) is None
    assert not Disc().highest_at_zero(np.array([[1.5]]), np.array([1.5]), 0.1)  # an eigenvalue outside


@pytest.mark.parametrize("seed", range(8))
def test_the_numerical_radius_is_proposed_as_a_fine_grid_finds_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    array = rng.standard_normal((4, 4)) + (1j * rng.standard_normal((4, 4)) if seed % 3 == 2 else 0)
    array = abs(array) if seed % 3 == 1 else array
    turned = np.exp(-1j * np.linspace(-np.pi, np.pi, 20001))[:, None, None] * array
    grid = np.linalg.eigvalsh((turned + turned.conj().swapaxes(1, 2)) / 2)[:, -1].max()
    found = float(propose_numerical_radius(RationalMatrix.from_floats(array))[0])
    assert grid * (1 - 1e-12) <= found <= grid * (1 + 1e-6)


def test_parts_that_a_statement_repeats_are_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    def norm(stack: np.ndarray) -> np.ndarray:
        looked_at.append(len(stack))
        return original(stack)

    original = floats.primitives.norm
    A, x, k = MatrixSymbol("A", 2, 2), Symbol("x", real=True), Symbol("k", integer=True)
    monkeypatch.setitem(floats._SCALARS, Norm, floats._quantity(norm))
    floats._evaluator_of.cache_clear()
    env = {"A": np.stack([np.eye(2), 3 * np.eye(2)]), "x": np.array([0.5, 2.0])}
    rise = Sum(Norm(A) * x**k, (k, 0, 3))
    found = floats.scalar_values(rise + Norm(A) ** 2 - Supremum(x * Norm(A) / (1 + x), (x, 0, 1)), env)
    floats._evaluator_of.cache_clear()
    assert looked_at == [2]
    np.testing.assert_allclose(found, [1.875 + 1 - 0.5, 45 + 9 - 1.5], atol=1e-9)


def test_a_matrix_that_is_repeated_in_a_stack_is_looked_at_once() -> None:
    sizes = []

    def constants(stack: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        sizes.append(len(stack))
        return stack[:, 0, 0], -stack[:, 0, 1]

    stack = np.random.default_rng(0).standard_normal((4, 3, 3))[[3, 1, 1, 0, 3, 2, 1]]
    values, places = primitives._once_each(constants, stack)
    assert sizes == [4]
    np.testing.assert_array_equal(values, stack[:, 0, 0])
    np.testing.assert_array_equal(places, -stack[:, 0, 1])


def test_enclosures_are_not_refined_for_what_a_cheaper_opinion_denies(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    accuracies = []

    def undecided(hypotheses: object, conclusion: object, instance: Instance, rtol: Fraction) -> Outcome:
        accuracies.append(rtol)
        return Outcome(Truth.HOLDS, Truth.UNDECIDED, Rigour.BALL)

    monkeypatch.setattr(promotion, "decide", undecided)
    instance, rtol = Instance({}, {"gamma": Fraction(1, 2)}), Fraction(1, 10**6)
    examine(problem, instance, rtol, 0.5)
    refined = len(accuracies)
    examine(problem, instance, rtol, 0.5, lambda: True)
    assert refined == 3 and len(accuracies) == refined + 1
