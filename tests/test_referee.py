"""What a hostile referee once broke, and must not break again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from sympy import Implies, MatrixSymbol, Ne, Not, Or, Symbol, oo, symbols

from verify import judge
from verify.certificates.match import NotCompared, matches_claim
from verify.domain import between, general, integer, real
from verify.evaluate.enclosing import EnclosingEvaluator
from verify.judge import JudgeOptions, judge_reading
from verify.language.claim import BadClaim, ByHand, Claim, Proof, Reading, own
from verify.language.logic import ForAll, Supremum, Symmetric
from verify.language.quantities import KreissConstant, Norm, ResolventNorm, SpectralRadius
from verify.library import BadClaimFile, at, resolve
from verify.numerics.exact import RationalMatrix
from verify.prove.chain import Prover
from verify.quantities import kreiss_enclosure
from verify.search.effort import budget

x, y, r = symbols("x y r", real=True)
n, k = symbols("n k", integer=True)
M = MatrixSymbol("M", n, n)


def verdict(domain: dict[Any, Any], statement: Any, **more: Any) -> Any:
    reading = Reading("i", statement, own(), **more)
    claim = Claim("referee", "referee", domain, [reading])
    return judge_reading(claim, reading, budget("quick"), 0, JudgeOptions(), {}, Prover(resolve))


@pytest.mark.parametrize(
    "statement", [Not(ForAll([x], x >= 0)), Implies(ForAll([x], x <= y), y >= y**2 + 1), Or(ForAll([x], x >= 0), ForAll([x], x < 0))], ids=str
)
def test_a_quantifier_is_not_read_pointwise_where_that_is_unsound(statement: Any) -> None:
    assert verdict({x: real(), y: real()}, statement).verdict not in ("REFUTED", "SURVIVED")


def test_equations_among_the_hypotheses_do_not_switch_the_search_off() -> None:
    assert verdict({M: general()}, Norm(M) <= 3, hypotheses=(Symmetric(M),)).verdict == "REFUTED"
    assert verdict({M: general()}, Norm(M) <= 3, hypotheses=(Norm(M) <= SpectralRadius(M),)).verdict == "REFUTED"


def test_equality_violates_a_strict_relation() -> None:
    assert verdict({M: general()}, Norm(M) > 0).verdict == "REFUTED"
    assert verdict({M: general()}, Ne(Norm(M), 1)).verdict == "REFUTED"


def test_integer_powers_of_negative_numbers() -> None:
    assert verdict({x: real(), k: integer(1, 5)}, x**k >= -1).verdict == "REFUTED"


def test_contradictory_hypotheses_make_a_claim_vacuous() -> None:
    assert verdict({x: real()}, x >= 100, hypotheses=(x > 1, x < 0)).verdict == "VACUOUS"


def test_without_the_checkers_word_nothing_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "_accepted", lambda certificate: False)
    found = verdict({M: general()}, Norm(M) <= 3)
    assert found.verdict == "UNDECIDED"
    assert "did not accept" in found.reason


def test_a_counterexample_beats_a_hand_written_proof() -> None:
    found = verdict({M: general()}, SpectralRadius(M) >= Norm(M), proof=Proof(ByHand("wrong argument")))
    assert found.verdict == "REFUTED"
    assert "therefore wrong" in found.reason


def test_a_supremum_does_not_reuse_the_bound_of_another_place() -> None:
    matrix = RationalMatrix.from_rows([[Fraction(1, 2), 0], [4, Fraction(1, 3)]])
    expr = Supremum((r - 1) * ResolventNorm(M, r), (r, 1, oo))
    from verify.domain import Instance

    evaluator = EnclosingEvaluator(Instance({"n": 2}, {"M": matrix}), Fraction(1, 10**6))
    found = evaluator.scalar(expr, evaluator.env, "lower")

    def negative(u: float) -> float:
        return -np.exp(u) / np.linalg.svd((1 + np.exp(u)) * np.eye(2) - matrix.to_numpy(), compute_uv=False)[-1]

    # One hump: the float maximum is good to rounding, since the slope vanishes there.
    best = minimize_scalar(negative, bounds=(-3, 3), method="bounded", options={"xatol": 1e-10})
    assert float(found.lower) <= -best.fun * (1 + 1e-12)


def test_names_that_would_be_paths_are_refused() -> None:
    for bad in ("../x", "a b", "", "a/b"):
        with pytest.raises(BadClaim, match="letters, digits"):
            Claim(bad, "title", {x: real()}, [Reading("i", x >= 0, own())])
    with pytest.raises(BadClaim, match="letters, digits"):
        Reading("../../b", x >= 0, own())


def test_assumptions_must_agree_with_the_class() -> None:
    positive = Symbol("x", positive=True)
    with pytest.raises(BadClaim, match="without a sign"):
        Claim("signs", "signs", {positive: real(), y: real()}, [Reading("i", positive >= y, own())])
    with pytest.raises(BadClaim, match="integer"):
        Claim("integers", "integers", {k: between(0, 1)}, [Reading("i", k >= 0, own())])
    with pytest.raises(BadClaim, match="give it a class"):
        Claim("classes", "classes", {x: 3}, [Reading("i", x >= 0, own())])


def test_a_quantified_symbol_needs_a_class() -> None:
    with pytest.raises(BadClaim, match="quantified y has no class"):
        Claim("bound", "bound", {x: real()}, [Reading("i", ForAll([y], x <= y), own())])


def test_square_matrices_are_asked_for_when_the_claim_is_written() -> None:
    with pytest.raises(TypeError, match="needs a square matrix"):
        KreissConstant(MatrixSymbol("X", n, k))


def claim_file(folder: Path, body: str) -> Path:
    path = folder / "outside.py"
    path.write_text(body, encoding="utf-8")
    return path


def test_files_that_leave_or_borrow_a_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadClaimFile, match="SystemExit"):
        at(claim_file(tmp_path, "import sys\nsys.exit(0)\n")).load()
    body = (
        "from sympy import Symbol\nfrom verify import Claim, Reading, own, real\nx = Symbol('x', real=True)\n"
        "CLAIM = Claim(id='T4', title='t', domain={x: real()}, readings=[Reading('i', x >= 0, own())])\n"
    )
    with pytest.raises(BadClaimFile, match="belongs to a claim of the repository"):
        at(claim_file(tmp_path, body)).load()


def test_a_certificate_cannot_make_the_suite_run_a_file(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    path = claim_file(tmp_path, f"open({str(marker)!r}, 'w').close()\n")
    with pytest.raises(NotCompared):
        matches_claim({"claim": {"id": str(path), "reading": "i"}, "statement": {"hypotheses": [], "conclusion": {}}})
    assert not marker.exists()
    with pytest.raises(NotCompared, match="states no claim"):
        matches_claim({"kind": "enclosure", "claim": {"id": "T4", "reading": "i"}})


@pytest.mark.parametrize(
    "matrix", [np.array([[1.0, np.nan], [0.0, 1.0]]), np.ones((2, 3)), np.empty((0, 0)), np.array([["a"]]), np.array(1.0), None], ids=repr
)
def test_matrices_that_are_none_are_refused_in_words(matrix: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="J"):
        kreiss_enclosure(matrix)


def test_fractions_are_taken_exactly() -> None:
    found = kreiss_enclosure([[Fraction(9, 10), Fraction(0)], [Fraction(2, 5), Fraction(9, 10)]], rtol=1e-6)
    assert found.lower <= Fraction(5, 4) <= found.upper
    with pytest.raises(ValueError, match="rtol"):
        kreiss_enclosure([[Fraction(1, 2)]], rtol=0)


def test_a_surrogate_proves_nothing_of_the_printed_sentence() -> None:
    """A sentence marked untestable is NOT_TESTABLE whether its surrogate is true or false, and says what became of that."""
    for statement, found in ((x**2 + 1 >= 2 * x, "PROVED"), (x >= 1, "REFUTED")):
        reading = Reading("i", statement, own(), untestable="the sentence names no bound")
        claim = Claim("surrogate", "surrogate", {x: real()}, [reading])
        result = judge._isolated(claim, reading, budget("quick"), 0, JudgeOptions(), {}, Prover(judge.resolve))
        assert result.verdict == "NOT_TESTABLE"
        assert result.reason.startswith("the sentence names no bound; ")
        assert f"is {found}" in result.reason
