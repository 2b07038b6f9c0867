"""Sentences that no finite argument decides: shown with their reason and the nearest statement that can be judged, and never passed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import Symbol

from tests.prove.chains import claim
from verify import Claim, Obstacle, Proof, Prose, Reading, Surrogate, Untestable, guessed, real
from verify.evidence import is_evaluable
from verify.judge import JudgeOptions, judge_claim, judge_reading
from verify.language.claim import BadClaim
from verify.language.printing import latex, text
from verify.library import show
from verify.prove.chain import Prover
from verify.results import ReadingResult
from verify.search.effort import budget
from verify.search.problem import Problem

x = Symbol("x", real=True)
WHY = Untestable(Obstacle.JUDGEMENT, "it is a plan.")


def sentence(untestable: Untestable = WHY, words: str = "a tighter bound is expected") -> Claim:
    return Claim("P", "P", {}, [Reading("i", Prose(words), guessed(), untestable=untestable)])


def judged(of: Claim, *others: Claim) -> ReadingResult:
    known = {one.id: one for one in (of, *others)}
    return judge_reading(of, of.readings[0], budget("quick"), 0, JudgeOptions(), {}, Prover(known.__getitem__))


def test_the_reason_is_shown_and_nothing_is_claimed() -> None:
    result = judged(sentence())
    assert (result.verdict, result.evidence.level, result.certificates, result.tightness.label) == ("NOT_TESTABLE", "NONE", (), "UNKNOWN")
    assert result.reason == "JUDGEMENT: it is a plan."
    assert result.statement == "“a tighter bound is expected”"
    assert result.latex == ""
    assert "not testable" in result.phrase


@pytest.mark.parametrize(("statement", "said"), [(x**2 + 1 >= 2 * x, "– proved."), (x <= 1, "– judged on its own page.")])
def test_what_is_said_of_the_surrogate_follows_its_proof(statement: object, said: str) -> None:
    nearest = claim(statement, id="N", domain={x: real()})
    result = judged(sentence(Untestable(Obstacle.LOST, "lost.", Surrogate("N", "i", "If true, the bound holds."))), nearest)
    assert result.verdict == "NOT_TESTABLE"
    assert result.notes.startswith(f"Nearest testable statement: N (i), {text(statement)} {said}")
    assert result.notes.endswith("If true, the bound holds.")


def test_a_surrogate_must_exist() -> None:
    with pytest.raises(KeyError):
        judged(sentence(Untestable(Obstacle.LOST, "lost.", Surrogate("nobody", "i", "If true, the bound holds."))))


def test_a_surrogate_that_implies_nothing_is_refused() -> None:
    with pytest.raises(BadClaim, match="what it implies"):
        Surrogate("S5", "ii", " ")


def test_prose_cannot_pass_for_a_formula() -> None:
    with pytest.raises(BadClaim, match="needs untestable"):
        Reading("i", Prose("it is sharp"), guessed())
    with pytest.raises(BadClaim, match="must not have it"):
        Reading("i", x >= 0, guessed(), untestable=WHY)
    with pytest.raises(BadClaim, match="neither a proof"):
        Reading("i", Prose("it is sharp"), guessed(), untestable=WHY, proof=Proof())


def test_prose_has_no_value_and_prints_as_it_is() -> None:
    of = sentence(words="below 10 % {of} γ_0")
    assert not is_evaluable(Problem(of, of.readings[0]))
    assert latex(of.readings[0].statement) == r"\text{below 10 \% \{of\} γ\_0}"
    assert "“below 10 % {of} γ_0”" in show(of)


def test_a_whole_claim_of_prose_is_never_passed(tmp_path: Path) -> None:
    file = tmp_path / "plan.py"
    file.write_text(
        "from verify import Claim, Obstacle, Prose, Reading, Untestable, guessed\n"
        'CLAIM = Claim(id="plan", title="A plan", domain={}, readings=[\n'
        '    Reading("i", Prose("more is expected"), guessed(), untestable=Untestable(Obstacle.JUDGEMENT, "a plan."))])\n',
        encoding="utf-8",
    )
    found = judge_claim(str(file), "quick", 0)
    assert found.result.headline == "NOT_TESTABLE"
    assert not found.certificates
