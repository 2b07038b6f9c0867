"""The clock only stops: what was found until then is kept, and what was not is undecided."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from verify import clock
from verify.cli.status import ExitStatus, status_of
from verify.judge import ClaimFinding, EngineContradiction, judge_claim
from verify.library import at
from verify.progress import QuietProgress
from verify.results import to_json
from verify.run import run
from verify.search.portfolio import Search
from verify.workers import Limits

CLAIM = '''
from sympy import MatrixSymbol, Symbol

from verify import Claim, KreissConstant, Norm, Reading, SpectralRadius, TransientPeak, general, own

n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)
CLAIM = Claim(
    id="clock-test", title="Three readings", domain={M: general()},
    readings=[Reading("i", STATEMENT, own()), Reading("ii", Norm(M) <= 4 * KreissConstant(M), own())],
)
'''


@pytest.fixture(autouse=True)
def no_clock() -> Iterator[None]:
    yield
    clock.allow(None)


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is up when the climbing begins, that is, after the random search and what it found was certified."""
    clock.allow(1000)
    monkeypatch.setattr(Search, "ascend", lambda *_: os.kill(os.getpid(), signal.SIGALRM))


def judged(folder: Path, statement: str) -> ClaimFinding:
    path = folder / "clock_test.py"
    path.write_text(CLAIM.replace("STATEMENT", statement), encoding="utf-8")
    return judge_claim(str(path), "standard", 0)


@pytest.mark.usefixtures("ended")
def test_a_violation_that_was_certified_before_the_time_was_up_refutes(tmp_path: Path) -> None:
    finding = judged(tmp_path, "Norm(M) <= 1 + 2 * SpectralRadius(M)")
    first, second = finding.result.readings
    assert first.verdict == "REFUTED" and first.reason.endswith("; the search was stopped after 1000 s")
    assert set(first.certificates) == {f"certificates/{name}" for name in finding.certificates}
    assert second.verdict == "UNDECIDED" and "the time was spent on the readings before this one" in second.reason
    assert "verify run clock_test.py --time-limit 4000" in second.advice


@pytest.mark.usefixtures("ended")
def test_what_is_not_settled_in_time_is_undecided(tmp_path: Path) -> None:
    first, second = judged(tmp_path, "TransientPeak(M) <= 20 * KreissConstant(M)").result.readings
    assert (first.verdict, second.verdict) == ("UNDECIDED", "UNDECIDED")
    wanted = r"clock_test\.py, line [0-9]+: stopped after 1000 s: no violation was certified in the [1-9][0-9]+ evaluations until then"
    assert re.fullmatch(wanted, first.reason)
    assert first.sanity is not None and first.sanity.negation == "refuted"
    assert not first.certificates


@pytest.mark.parametrize(("error", "verdict"), [(ValueError("inconsistent draws"), "UNDECIDED"), (EngineContradiction("one is wrong"), "ERROR")])
def test_what_a_library_makes_of_the_end_of_the_time_is_no_failure_of_the_claim(
    error: Exception, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hypothesis calls a draw that was interrupted inconsistent. A contradiction is one at any time."""

    def swallowed(*_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGALRM)
        except clock.OutOfTime:
            raise error from None

    clock.allow(1000)
    monkeypatch.setattr(Search, "hypothesis", swallowed)
    first, second = judged(tmp_path, "Norm(M) <= 4 * KreissConstant(M)").result.readings
    assert first.verdict == verdict and second.verdict == "UNDECIDED"
    assert verdict == "ERROR" or "stopped after 1000 s" in first.reason


def test_the_clock_of_a_unit_goes_on_through_all_its_readings() -> None:
    clock.allow(0.2)
    watch = clock.Clock()
    with watch.running():
        time.sleep(0.15)
    start = time.monotonic()
    with pytest.raises(clock.OutOfTime), watch.running():
        time.sleep(5)
    assert time.monotonic() - start < 2


def test_without_an_allowance_nothing_is_stopped() -> None:
    watch = clock.Clock()
    with watch.running():
        pass
    assert watch.seconds is None and not watch.up


def test_it_is_no_exception_that_a_handler_would_take_for_its_own() -> None:
    clock.allow(0.05)
    watch = clock.Clock()
    with pytest.raises(clock.OutOfTime), watch.running():
        try:
            time.sleep(5)
        except Exception:
            pytest.fail("taken for a failure of the work")
    assert watch.up


def judge_first(path: str, effort: str, seed: int) -> ClaimFinding:
    """What is there when the first of the readings is judged, and no more."""
    finding = judge_claim(path, effort, seed)
    first = finding.result.readings[0]
    names = [Path(name).name for name in first.certificates]
    clock.keep(finding.result.id, {"readings": [to_json(first)], "certificates": {name: finding.certificates[name] for name in names}})
    return finding


def judge_and_hang(path: str, effort: str, seed: int, options: object) -> ClaimFinding:
    """Judges the first reading; then a library never comes back."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    finding = judge_first(path, effort, seed)
    time.sleep(60)
    return finding


def judge_and_die(path: str, effort: str, seed: int, options: object) -> ClaimFinding:
    """Judges the first reading; then its process is killed, as by a system short of memory."""
    finding = judge_first(path, effort, seed)
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
    return finding


def judge_and_swell(path: str, effort: str, seed: int, options: object) -> ClaimFinding:
    """Judges the first reading; then asks for more memory than it may have."""
    finding = judge_first(path, effort, seed)
    bytearray(2**34)
    return finding


def test_what_was_judged_before_a_worker_was_killed_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "clock_test.py"
    path.write_text(CLAIM.replace("STATEMENT", "Norm(M) <= 1 + 2 * SpectralRadius(M)"), encoding="utf-8")
    limits = Limits(seconds=20, memory=2**30, grace=1)
    result = run([at(path)], "quick", 0, tmp_path / "out", 1, QuietProgress(), limits=limits, judge=judge_and_hang, write=lambda result, folder: folder)
    (claim,) = result.claims
    first, second = claim.readings
    assert claim.headline == "DEPENDS_ON_READING" and (first.verdict, second.verdict) == ("REFUTED", "UNDECIDED")
    assert second.reason == "clock_test.py, line 10: stopped after 21 s: its worker did not heed the clock, and what it had found of this reading is lost"
    assert sorted(path.name for path in (tmp_path / "out" / "certificates").iterdir()) == sorted(Path(name).name for name in first.certificates)
    assert not list((tmp_path / "out" / ".findings").glob(".*.part"))


@pytest.mark.parametrize(("judge", "why"), [(judge_and_die, "killed by SIGKILL"), (judge_and_swell, "more than 1 GiB of memory")])
def test_a_worker_that_dies_takes_no_judged_reading_with_it(tmp_path: Path, judge: Callable[..., ClaimFinding], why: str) -> None:
    path = tmp_path / "clock_test.py"
    path.write_text(CLAIM.replace("STATEMENT", "Norm(M) <= 1 + 2 * SpectralRadius(M)"), encoding="utf-8")
    limits = Limits(seconds=60, memory=2**30, grace=1)
    result = run([at(path)], "quick", 0, tmp_path / "out", 1, QuietProgress(), limits=limits, judge=judge, write=lambda result, folder: folder)
    (claim,) = result.claims
    first, second = claim.readings
    assert claim.headline == "DEPENDS_ON_READING" and (first.verdict, second.verdict) == ("REFUTED", "ERROR")
    assert why in second.reason and why in claim.error and status_of(result, exit_code=False) == ExitStatus.INTERNAL_ERROR
    assert sorted(path.name for path in (tmp_path / "out" / "certificates").iterdir()) == sorted(Path(name).name for name in first.certificates)
    assert not list((tmp_path / "out" / ".findings").glob(".*.part"))
