"""``verify new`` writes a claim that runs as it is; ``verify diff`` tells every drift between two reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.infrastructure.fakes import claim_result, run_result
from verify.cli import main
from verify.judge import judge_claim
from verify.library import at
from verify.report.document import SCHEMA_VERSION, json_text
from verify.results import ClaimResult, Evidence, Tightness

Report = Callable[..., str]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Writes a report of the given claims under a name; returns its path."""

    def write(name: str, *claims: ClaimResult) -> str:
        path = tmp_path / name
        path.write_text(json_text(replace(run_result(*claims), schema_version=SCHEMA_VERSION), ()), encoding="utf-8")
        return str(path)

    return write


def test_a_new_claim_runs_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my_claim.py"
    assert main(["new", str(path)]) == 0
    assert f"verify run {path}" in capsys.readouterr().out
    finding = judge_claim(str(path), "quick", 0)
    assert finding.result.id == "my-claim"
    assert {reading.reading: reading.verdict for reading in finding.result.readings} == {"i": "SURVIVED", "ii": "REFUTED"}


@pytest.mark.parametrize(("name", "claim_id"), [("T9.py", "my-T9"), ("Größe.py", "Gr-e"), ("…'\"{}.py", "claim")])
def test_any_name_gives_a_usable_claim(tmp_path: Path, name: str, claim_id: str) -> None:
    assert main(["new", str(tmp_path / name)]) == 0
    assert at(tmp_path / name).load().id == claim_id


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.py"
    path.write_text("precious")
    assert main(["new", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == f"verify: error: argument PATH: '{path}': is there already and is not overwritten; give another name\n"
    assert path.read_text() == "precious"


@pytest.mark.parametrize(("name", "message"), [("claim.txt", "ends in .py"), ("no/such/claim.py", "cannot be written (no such file or directory)")])
def test_a_place_that_cannot_be_used_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    assert main(["new", str(tmp_path / name)]) == 2
    captured = capsys.readouterr()
    assert message in captured.err and captured.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_equal_reports_have_no_drift(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    old = report("old.json", claim_result("T4", i="PROVED"))
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out == "1 readings compared: 0 drifts, 0 of them of a verdict\n"


def test_every_drift_is_told_and_a_verdict_sets_the_status(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    old = report("old.json", claim_result("T4", i="SURVIVED", ii="PROVED"), claim_result("gone", i="PROVED"))
    new = report("new.json", claim_result("T4", i="REFUTED", ii="PROVED"), claim_result("fresh", i="PROVED"))
    assert main(["diff", old, new]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "T4(i)  verdict: SURVIVED -> REFUTED",
        "T4(i)  evidence: NONE -> R3",
        "gone(i)  verdict: PROVED -> absent",
        "fresh(i)  verdict: absent -> PROVED",
        "4 readings compared: 4 drifts, 3 of them of a verdict",
    ]


def test_evidence_and_tightness_drift_without_a_verdict(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    before = claim_result("T4", i="PROVED")
    after = replace(before, readings=(replace(before.readings[0], evidence=Evidence("P3", ""), tightness=Tightness("LOOSE", "")),))
    assert main(["diff", report("old.json", before), report("new.json", after)]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["T4(i)  evidence: NONE -> P3", "T4(i)  tightness: UNKNOWN -> LOOSE"]


def test_a_claim_that_could_not_be_checked_drifts(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    failed = ClaimResult("T4", "a title", "a source", "paper", "ERROR", (), error="no luck")
    assert main(["diff", report("old.json", claim_result("T4", i="PROVED")), report("new.json", failed)]) == 1
    assert "T4  verdict: absent -> ERROR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read (no such file or directory)"),
        (b"not json", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b"[]", "is not a report of this version"),
        (json.dumps({"schema_version": "0", "claims": []}).encode(), "is not a report of this version"),
    ],
)
def test_what_is_no_report_is_one_message(
    report: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, message: str
) -> None:
    path = tmp_path / "other.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["diff", report("old.json", claim_result("T4", i="PROVED")), str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert f"argument NEW: '{path}': {message}" in captured.err
