"""Guards against fooling ourselves: the statement is the checker, and the engine knows no answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Integer, Rational

from verify.evidence import gather, is_evaluable
from verify.language.claim import Reading, SharpForm
from verify.language.printing import latex, text
from verify.language.tree import canonical, tree
from verify.library import discover, resolve
from verify.search.effort import budget
from verify.search.problem import Problem, seed_stream

ROOT = Path(__file__).resolve().parents[1]
FACTOR = Rational(63, 64)


def altered(statement: Any, factor: Rational = FACTOR) -> Any:
    """The same statement with one side of an inequality or equation multiplied by a constant (the larger side of an inequality): the first one that is not a
    comparison with 0, to which a factor does nothing; if there is none, the first.
    """
    first = _altered(statement, factor, with_zero=False)
    return _altered(statement, factor, with_zero=True) if first is None else first


def _altered(statement: Any, factor: Rational, *, with_zero: bool) -> Any:
    if getattr(statement, "is_Relational", False) and 0 in statement.args and not with_zero:
        return None
    if isinstance(statement, (sympy.Le, sympy.Lt)):
        return type(statement)(statement.lhs, factor * statement.rhs, evaluate=False)
    if isinstance(statement, (sympy.Ge, sympy.Gt, sympy.Eq)):
        return type(statement)(factor * statement.lhs, statement.rhs, evaluate=False)
    for index, arg in enumerate(statement.args):
        changed = _altered(arg, factor, with_zero=with_zero) if getattr(arg, "is_Boolean", False) or getattr(arg, "is_Relational", False) else None
        if changed is not None:
            return statement.func(*statement.args[:index], changed, *statement.args[index + 1 :], evaluate=False)
    return None


def evaluable() -> list[Problem]:
    found = [Problem(claim, reading) for claim in (file.load() for file in discover()) for reading in claim.readings]
    return [problem for problem in found if is_evaluable(problem) and altered(problem.conclusion) is not None]


def with_statement(problem: Problem, statement: Any) -> Problem:
    reading = replace(problem.reading, statement=statement, proof=None)
    return Problem(replace(problem.claim, readings=[reading]), reading)


def conclusion_alone(problem: Problem) -> Problem:
    """Without hypotheses: some fix the parameters at one point, which no random sample meets."""
    reading = replace(problem.reading, hypotheses=(), proof=None)
    return Problem(replace(problem.claim, hypotheses=(), readings=[reading]), reading)


@pytest.mark.parametrize("problem", evaluable(), ids=lambda problem: problem.name)
def test_everything_follows_the_statement(problem: Problem) -> None:
    """One constant changed in the statement changes text, LaTeX, certificate tree and float margins: no bound is written twice."""
    changed = with_statement(problem, altered(problem.conclusion))
    assert text(changed.conclusion) != text(problem.conclusion)
    assert latex(changed.conclusion) != latex(problem.conclusion)
    assert canonical(tree(changed.conclusion)) != canonical(tree(problem.conclusion))
    rng = seed_stream(0, problem.claim.id, "guard")
    problem, changed = conclusion_alone(problem), conclusion_alone(changed)
    for _ in range(20):
        batch = problem.domain.sample(rng, problem.domain.draw_sizes(rng, 2), 64)
        if not np.array_equal(problem.margins(batch), changed.margins(batch)):
            return
    pytest.fail("the float margins did not follow the change of the statement")


@pytest.mark.parametrize("claim_id", ["S1", "S2", "S4", "S5", "S6", "S9", "S11", "L14-sharp", "L17-sharp"])
def test_the_verdict_follows_a_sharp_statement(claim_id: str) -> None:
    """A sharp bound lowered by one part in 64 is refuted from scratch and exactly; the bound itself is not."""
    claim = resolve(claim_id)
    problem = Problem(claim, claim.readings[0])
    statement = altered(_upper_bound(problem.conclusion))
    findings = gather(with_statement(problem, statement), budget("quick"), seed=1, scratch_only=True)
    assert findings.from_scratch
    assert findings.counterexamples["simplest"].outcome.violates
    assert not gather(problem, budget("quick"), seed=1).counterexamples


def _upper_bound(statement: Any) -> Any:
    """The part ``quantity <= bound``, whose bound is more than a constant."""
    parts = statement.args if isinstance(statement, sympy.And) else (statement,)
    return max((part for part in parts if isinstance(part, sympy.Le)), key=lambda part: part.rhs.count_ops())


def test_a_reading_cannot_collapse() -> None:
    from verify.language.claim import BadClaim, own

    with pytest.raises(BadClaim, match="collapsed to True"):
        Reading("i", Integer(1) <= Integer(2), own())


def test_sharp_forms_travel_between_processes() -> None:
    import pickle

    sharp = resolve("T4").readings[0].sharp
    assert isinstance(sharp, SharpForm)
    assert pickle.loads(pickle.dumps(sharp)) == sharp


def test_the_engine_runs_without_the_tests(tmp_path: Path) -> None:
    """A copy without ``tests/`` gives a verdict: nothing is looked up there."""
    for folder in ("verify", "theorems"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "reports" / "check.py", tmp_path / "reports" / "check.py")
    code = (
        "from verify.judge import judge_claim; from verify.library import select; import verify; "
        "print(verify.__file__); print([(r.reading, r.verdict) for r in judge_claim(select(['T10-gersh'])[0].path, 'quick', 0).result.readings])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    where, verdicts = done.stdout.strip().splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert "('ii', 'REFUTED')" in verdicts
