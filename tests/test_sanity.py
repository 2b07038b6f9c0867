"""The first look at a reading: its witness, its negation, where it has no value, and what leaves its sides as they are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sympy import Abs, And, Eq, Identity, Matrix, MatrixSymbol, Rational, Trace, Transpose, symbols

from tests.checker.node import WHY_NOT, node
from verify import Claim, KreissConstant, Norm, Reading, SpectralRadius, between, block, coupling, general, own, real, symmetric
from verify.certificates import accepts
from verify.checker import checker_path
from verify.domain import Instance
from verify.evaluate.enclosing import decide
from verify.judge import JudgeOptions, judge_reading
from verify.library import resolve
from verify.numerics.exact import RationalMatrix
from verify.numerics.truth import Truth
from verify.prove.chain import Prover
from verify.results import ReadingResult, Sanity
from verify.sanity import images, look
from verify.search.effort import budget
from verify.search.problem import Problem

p, q, n = symbols("p q n", integer=True)
x, gamma = symbols("x gamma", real=True)
A, D, C, M = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p), MatrixSymbol("M", n, n)
X = MatrixSymbol("X", 2, 2)
J = block([[A, 0], [C, D]])
CLASS = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}


def problem(domain: dict[Any, Any], statement: Any, *hypotheses: Any) -> Problem:
    claim = Claim("sane", "", domain, [Reading("i", statement, own())], hypotheses=hypotheses)
    return Problem(claim, claim.readings[0])


def outcomes(found: Sanity) -> dict[str, str]:
    return {one.under: one.outcome for one in found.invariances}


def judged(asked: Problem, certificates: dict[str, Any] | None = None) -> ReadingResult:
    kept = {} if certificates is None else certificates
    return judge_reading(asked.claim, asked.reading, budget("quick"), 0, JudgeOptions(), kept, Prover(resolve))


def test_the_witness_meets_every_hypothesis() -> None:
    asked = problem(CLASS, KreissConstant(J) <= 2 / (1 - gamma) + Norm(C) / (4 * (1 - gamma)), Norm(C) >= 1 - gamma, Norm(A) <= gamma / 2)
    found = look(asked, 0)
    assert found.met >= 1 and found == look(asked, 0)
    assert decide(asked.hypotheses, asked.conclusion, Instance.from_json(found.witness), Rational(1, 100).limit_denominator()).hypotheses is Truth.HOLDS


@pytest.mark.parametrize(
    ("statement", "negation"),
    [
        (Norm(M) <= 4 * KreissConstant(M), "refuted"),
        (SpectralRadius(Identity(n)) <= 1, "equality"),
        (Eq(KreissConstant(M), KreissConstant(Transpose(M)), evaluate=False), "within accuracy"),
        (Norm(M) <= -1, "fails"),
        (And(Norm(M) >= -1, SpectralRadius(M) <= Norm(M) + 1), "refuted"),
    ],
    ids=str,
)
def test_the_negated_statement_is_refuted_where_it_can_be(statement: Any, negation: str) -> None:
    assert look(problem({M: general()}, statement, SpectralRadius(M) <= Rational(1, 2), Norm(M) >= 2, Eq(n, 2)), 0).negation == negation


def test_a_statement_that_holds_with_equality_says_so() -> None:
    assert look(problem({x: real()}, Abs(x) >= x), 0).negation in ("refuted", "equality")
    assert look(problem({x: real(), gamma: between(0, 1)}, Eq((x + gamma) ** 2, x**2 + 2 * x * gamma + gamma**2)), 0).negation == "refuted"


def test_block_bounds_do_not_depend_on_the_basis() -> None:
    found = outcomes(look(problem(CLASS, KreissConstant(J) <= 2 + Norm(C)), 0))
    assert found == {"orthogonal": "unchanged", "transposition": "unchanged", "scaling": "leaves the classes"}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (X[0, 0] <= Norm(X), {"orthogonal": "differs", "permutation": "differs", "signs": "unchanged", "transposition": "unchanged", "scaling": "homogeneous"}),
        (X[0, 1] + X[1, 0] <= 2 * Norm(X), {"orthogonal": "differs", "permutation": "unchanged", "signs": "differs", "transposition": "unchanged"}),
        (X[0, 1] <= Norm(X), {"transposition": "differs", "scaling": "homogeneous"}),
        (Trace(X) <= 2 * Norm(X), {"orthogonal": "unchanged", "transposition": "unchanged", "scaling": "homogeneous"}),
        (Norm(X + Matrix([[1, 0], [0, 0]])) <= Norm(X) + 1, {"orthogonal": "differs", "scaling": "differs"}),
    ],
    ids=str,
)
def test_what_speaks_of_a_basis_is_told_from_what_does_not(statement: Any, expected: dict[str, str]) -> None:
    found = outcomes(look(problem({X: general()}, statement), 0))
    assert {name: found.get(name) for name in expected} == expected


def test_unlike_blocks_are_seen_under_transposition() -> None:
    assert outcomes(look(problem(CLASS, Norm(A) <= Norm(J)), 0))["transposition"] == "differs"
    unlike = {gamma: between(0, 1), A: symmetric(rho=gamma), D: symmetric(rho=gamma / 100), C: coupling()}
    assert outcomes(look(problem(unlike, Norm(J) <= 1 + Norm(C)), 0))["transposition"] in ("leaves the classes", "undecided")


def test_images_are_what_they_are_said_to_be() -> None:
    asked = problem({M: general()}, Norm(M) <= KreissConstant(M))
    matrix = RationalMatrix.from_rows([[1, 2], [3, 4]])
    found = dict(images(asked, Instance({"n": 2}, {"M": matrix})))
    turned = found["orthogonal"].values["M"]
    assert isinstance(turned, RationalMatrix) and turned != matrix
    assert (turned.trace(), turned.determinant()) == (matrix.trace(), matrix.determinant())
    assert (turned * turned.transpose()).trace() == (matrix * matrix.transpose()).trace()
    assert found["permutation"].values["M"] == RationalMatrix.from_rows([[4, 3], [2, 1]])
    assert found["transposition"].values["M"] == matrix.transpose()
    assert found["scaling"].values["M"] == matrix * 2


def test_blocks_are_transposed_and_exchanged() -> None:
    asked = problem(CLASS, KreissConstant(J) <= 1)
    values = {"gamma": 1, "A": RationalMatrix.from_rows([[1]]), "D": RationalMatrix.from_rows([[2, 0], [0, 3]]), "C": RationalMatrix.from_rows([[5], [7]])}
    image = dict(images(asked, Instance({"p": 1, "q": 2}, values)))["transposition"]
    assert image.sizes == {"p": 2, "q": 1}
    assert image.values["A"] == values["D"] and image.values["D"] == values["A"] and image.values["C"] == RationalMatrix.from_rows([[5, 7]])


def test_an_entry_has_the_value_that_both_checkers_give_it(tmp_path: Path) -> None:
    certificates: dict[str, Any] = {}
    found = judged(problem({X: general()}, X[0, 1] * X[1, 0] <= Trace(X) ** 2, X[0, 0] >= Rational(1, 3)), certificates)
    assert found.verdict == "REFUTED" and found.evidence.level == "R3"
    assert all(map(accepts, certificates.values()))
    certificate = next(iter(certificates.values()))
    row = '"rows": [[{"op": "Rational", "value": "0"}, {"op": "Rational", "value": "1"}]]'
    assert row in json.dumps(certificate)  # the first row of the identity, which picks an entry
    assert not accepts(json.loads(json.dumps(certificate).replace(row, row.replace('"1"', '"0"'))))
    program = node()
    if program is None:
        pytest.skip(WHY_NOT)
    path = tmp_path / "entry.json"
    path.write_text(json.dumps(certificate), encoding="utf-8")
    second = checker_path().with_name("check.mjs")
    assert subprocess.run([program, str(second), str(path)], capture_output=True, check=False, timeout=60).returncode == 0


def test_the_line_is_shown_and_kept(tmp_path: Path) -> None:
    found = judged(problem({X: general()}, X[0, 0] <= Norm(X)))
    from verify.report.wording import sanity_line

    line = sanity_line(found.sanity)
    assert line.startswith("The hypotheses hold at the exact instance X = [")
    assert "the negated statement is refuted at once" in line
    assert "They change under orthogonal changes of basis within each block and permutations within each block" in line
    assert sanity_line(None) == ""
