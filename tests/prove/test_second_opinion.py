"""z3 and cvc5 are both asked, and an objection of the second is heard."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
from sympy import symbols

from verify.clock import OutOfTime
from verify.prove import nlsat
from verify.prove import second_opinion as second
from verify.prove.second_opinion import SOLVER, second_opinion, second_version
from verify.prove.solver import Effort, decide

x, y = symbols("x y", real=True)
ASKED = Effort(certificates=False)
QUESTION = "(declare-fun a () Real)\n(assert (< (* a a) {}))\n"


def test_the_second_solver_answers() -> None:
    assert second_version()
    assert second_opinion(QUESTION.format("0.0")) == "unsat"
    assert second_opinion(QUESTION.format("1.0")) == "sat"
    assert second_opinion("(assert (< oops 1.0))") == "unknown"


def test_a_decision_says_what_was_confirmed() -> None:
    decision = decide((x + y) ** 2 >= 4 * x * y, effort=ASKED)
    assert decision.status == "valid" and decision.level == "P1"
    assert f"refutations confirmed by {SOLVER} {second_version()}" in decision.detail


def test_an_objection_makes_it_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlsat, "second_opinion", lambda question, *_: "sat")
    decision = decide((x + y) ** 2 >= 4 * x * y, effort=ASKED)
    assert decision.status == "unknown" and "disagree" in decision.detail


def test_silence_is_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlsat, "second_opinion", lambda question, *_: "unknown")
    decision = decide((x + y) ** 2 >= 4 * x * y, effort=ASKED)
    assert decision.status == "valid" and "0 of its" in decision.detail


def test_a_process_that_fails_is_told_and_is_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("no process")

    with monkeypatch.context() as patch:
        patch.setattr(second, "_EXPERT", second._Expert())
        patch.setattr(second._EXPERT, "_running", broken)
        assert second_opinion(QUESTION.format("0.0")) == "unasked"
        decision = decide((x + y) ** 2 >= 4 * x * y, effort=ASKED)
    assert decision.status == "valid" and "could not be asked" in decision.detail
    assert second_opinion(QUESTION.format("0.0")) == "unsat"


def test_a_process_that_dies_is_told_and_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    expert = second._Expert()
    with monkeypatch.context() as patch:
        patch.setattr(second.sys, "executable", "false")
        assert expert.ask(QUESTION.format("0.0"), 10.0) == "unasked"
    assert expert.ask(QUESTION.format("0.0"), 10.0) == "unsat"
    expert.end()


def test_a_solver_that_takes_too_long_is_ended_and_the_next_question_answered() -> None:
    assert second_opinion(QUESTION.format("0.0"), seconds=0.0) == "unknown"
    assert second_opinion(QUESTION.format("0.0")) == "unsat"


def test_after_a_question_that_was_broken_off_the_next_one_has_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a claim stops it anywhere; an answer that comes later is nobody's."""
    expert = second._Expert()
    assert expert.ask(QUESTION.format("0.0"), 10.0) == "unsat"

    def stopped(*_: object) -> None:
        raise OutOfTime

    with monkeypatch.context() as patch:
        patch.setattr(second.select, "select", stopped)
        with pytest.raises(OutOfTime):
            expert.ask(QUESTION.format("0.0"), 10.0)
    assert expert.ask(QUESTION.format("1.0"), 10.0) == "sat"
    expert.end()


def test_a_solver_that_nobody_waits_for_any_more_ends_itself() -> None:
    """It is busy, and its worker was killed."""
    with subprocess.Popen([sys.executable, "-c", ALONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as orphan:
        assert orphan.stdin is not None and orphan.stdout is not None
        assert orphan.stdout.readline().strip() == "ready"
        orphan.stdin.write(json.dumps(["for ever", 0.1]) + "\n")
        orphan.stdin.flush()
        assert orphan.wait(20) == -signal.SIGALRM


ALONE = """
import time
from verify.prove import second_opinion as second
second._START_SECONDS = 0.4
second._answer = lambda question: time.sleep(60)
second._serve()
"""
