"""A run from plan to report, with a judge that behaves as it is told."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from sympy import symbols

from tests.infrastructure.fakes import FakeClaim, judge, write_names
from verify.cli.status import ExitStatus, status_of
from verify.language.claim import Reading, stated
from verify.library import BadClaimFile, at
from verify.progress import LineProgress, QuietProgress
from verify.results import RunResult
from verify.run import run, versions
from verify.workers import Limits

LIMITS = Limits(seconds=2.0, memory=2**30, grace=1.0)


def run_fakes(behaviour: Mapping[str, str], folder: Path, jobs: int = 2, seed: int = 0, stream: io.StringIO | None = None) -> RunResult:
    claims = [FakeClaim(name, path=Path(f"/elsewhere/{name}.py")) for name in behaviour if name != "pause"]
    progress = QuietProgress() if stream is None else LineProgress(stream)
    return run(claims, "quick", seed, folder, jobs, progress, limits=LIMITS, options=dict(behaviour), judge=judge, write=write_names)


def test_results_come_in_the_order_asked_for_and_misfortunes_are_errors_of_one_claim(tmp_path: Path) -> None:
    behaviour = {
        "hangs": "sleep", "T9": "REFUTED", "raises": "raise", "dies": "die", "T4": "PROVED", "eats": "allocate", "garbles": "not JSON",
        "T5": "UNDECIDED",
    }
    stream = io.StringIO()
    result = run_fakes(behaviour, tmp_path, stream=stream)
    headlines = {claim.id: claim.headline for claim in result.claims}
    assert list(headlines) == list(behaviour)
    assert {name for name, headline in headlines.items() if headline == "ERROR"} == {"raises", "dies", "eats", "garbles"}
    errors = {claim.id: claim.error for claim in result.claims if claim.error}
    hangs = result.claims[0]
    assert hangs.headline == "UNDECIDED" and not hangs.error and hangs.notes.startswith("stopped after 3 s")
    assert "verify run hangs --time-limit 8" in hangs.notes
    assert json.loads((tmp_path / "timings.json").read_text())["seconds"]["hangs"] == 3
    assert "RuntimeError: no luck" in errors["raises"]
    assert "killed by SIGKILL" in errors["dies"]
    assert "more than 1 GiB of memory; give it more with --memory-limit" in errors["eats"]
    assert "cannot be stored" in errors["garbles"] and "not JSON serializable" in errors["garbles"]
    assert not result.interrupted
    assert (tmp_path / "report.html").read_text().startswith("hangs UNDECIDED\nT9 DEPENDS_ON_READING\n")
    assert sorted(path.name for path in (tmp_path / "certificates").iterdir()) == ["T4-i.json", "T5-i.json", "T9-i.json"]
    assert "in judge" in json.loads((tmp_path / ".findings" / "raises.json").read_text())["detail"]
    assert "/elsewhere" not in json.dumps([claim.file for claim in result.claims])
    assert any(line.endswith(" s") and "T9 REFUTED (i), PROVED (ii)" in line for line in stream.getvalue().splitlines())


def test_the_same_bytes_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    behaviour = {f"T{n}": verdict for n, verdict in enumerate(["REFUTED", "PROVED", "SURVIVED", "UNDECIDED"])}
    first, second = (run_fakes(behaviour, tmp_path / str(jobs), jobs=jobs, seed=7) for jobs in (1, 3))
    assert first == second

    def contents(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file() and path.name != "timings.json")
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}

    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_timings_have_a_file_of_their_own(tmp_path: Path) -> None:
    run_fakes({"T1": "PROVED"}, tmp_path)
    timings = json.loads((tmp_path / "timings.json").read_text())
    assert set(timings) == {"effort", "jobs", "seconds", "total"} and set(timings["seconds"]) == {"T1"}


class BadClaim(FakeClaim):
    """Cannot be loaded."""

    def load(self) -> object:
        raise BadClaimFile("/elsewhere/T2.py, line 3: what is this?")


def test_claims_of_which_none_can_be_loaded_stop_the_run_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadClaimFile, match="line 3"):
        run([BadClaim("T2")], "quick", 0, tmp_path / "out", 1, QuietProgress(), judge=judge, write=write_names)
    assert not (tmp_path / "out").exists()


def test_a_bad_file_is_an_error_of_its_claim_only(tmp_path: Path) -> None:
    claims = [BadClaim("T2", path=Path("/elsewhere/T2.py")), FakeClaim("T1", path=Path("/elsewhere/T1.py"))]
    result = run(claims, "quick", 0, tmp_path / "out", 1, QuietProgress(), options={"T1": "PROVED"}, judge=judge, write=write_names)
    assert [(claim.id, claim.headline == "ERROR", claim.error) for claim in result.claims] == [("T2", True, "T2.py, line 3: what is this?"), ("T1", False, "")]
    assert status_of(result, exit_code=False) is ExitStatus.UNUSABLE_INPUT


ENDLESS = "from verify import Claim\nwhile True:\n    pass\nCLAIM = Claim(id='endless')\n"
GOOD = """from sympy import Symbol
from verify import Claim, Reading, own, real
x = Symbol("x", real=True)
CLAIM = Claim(id="good", title="", domain={x: real()}, readings=[Reading("i", x**2 + 1 >= 2 * x, own())])
"""


def test_a_file_that_never_ends_is_stopped_and_named(tmp_path: Path) -> None:
    for name, source in (("endless", ENDLESS), ("good", GOOD)):
        (tmp_path / f"{name}.py").write_text(source)
    claims = [at(tmp_path / "endless.py"), at(tmp_path / "good.py")]
    result = run(claims, "quick", 0, tmp_path / "out", 1, QuietProgress(), limits=Limits(seconds=8.0, memory=2**30), write=write_names)
    assert [claim.headline for claim in result.claims] == ["ERROR", "PROVED"]
    assert result.claims[0].error.startswith("endless.py: reading it did not end within 8 s")


def test_a_report_that_cannot_be_written_leaves_the_findings(tmp_path: Path) -> None:
    def broken(result: RunResult, folder: Path) -> Path:
        raise RuntimeError("no page")

    with pytest.raises(RuntimeError, match="no page"):
        run([FakeClaim("T1", path=Path("T1.py"))], "quick", 0, tmp_path, 1, QuietProgress(), options={}, judge=judge, write=broken)
    assert json.loads((tmp_path / ".findings" / "T1.json").read_text())["result"]["id"] == "T1"


def test_versions_name_everything_a_finding_depends_on() -> None:
    assert set(versions()) == {"verify", "python", "sympy", "mpmath", "numpy", "scipy", "hypothesis", "python-flint", "z3-solver", "cvc5"}
    assert all(text[0].isdigit() for text in versions().values())


def test_a_judge_that_answers_for_another_claim_is_an_error(tmp_path: Path) -> None:
    claims = [FakeClaim("T1", path=Path("other.py"))]
    result = run(claims, "quick", 0, tmp_path, 1, QuietProgress(), options={}, judge=judge, write=write_names)
    assert result.claims[0].headline == "ERROR" and "'other'" in result.claims[0].error


class ReadClaim(FakeClaim):
    """Has readings, as a real claim has."""

    def load(self) -> object:
        x, y = symbols("x y", real=True)
        readings = (Reading("i", x <= y, stated("eq. (4)")), Reading("ii", x < y, stated("eq. (5)")))
        return SimpleNamespace(readings=readings, source="arXiv:2606.04031, Theorem 4", closed=lambda reading: reading.statement)


def test_a_claim_without_verdict_still_says_what_it_claims(tmp_path: Path) -> None:
    claims = [ReadClaim("T4", path=Path("T4.py"))]
    result = run(claims, "quick", 0, tmp_path, 1, QuietProgress(), options={"T4": "die"}, judge=judge, write=write_names)
    claim = result.claims[0]
    assert (claim.headline, claim.source) == ("ERROR", "arXiv:2606.04031, Theorem 4")
    assert [(item.reading, item.verdict, item.provenance) for item in claim.readings] == [("i", "ERROR", "S"), ("ii", "ERROR", "S")]
    assert all("x" in item.statement and "y" in item.latex for item in claim.readings)
    assert all("killed by SIGKILL" in item.reason and "--jobs 1" in item.advice for item in claim.readings)
