"""Counterexamples kept by claim: written on request only, replayed first, and never trusted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cli import main
from verify.corpus import BadCorpus, digest, file_of, instances
from verify.judge import JudgeOptions, judge_claim
from verify.library import at, discover
from verify.search import effort

SOURCE = """from sympy import MatrixSymbol, Symbol
from verify import Claim, KreissConstant, Norm, Reading, general, guessed

n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)
CLAIM = Claim(id="my-claim", title="", domain={M: general()}, readings=[Reading("i", Norm(M) <= KreissConstant(M) / 2, guessed())])
"""
KEPT = {"sizes": {"n": 1}, "values": {"M": {"type": "matrix", "rows": [["3/4"]]}}}


@pytest.fixture
def claim(tmp_path: Path) -> Path:
    (tmp_path / "my_claim.py").write_text(SOURCE)
    return tmp_path / "my_claim.py"


def keep(claim: Path, *entries: object, name: str = "my-claim") -> Path:
    path = file_of(at(claim))
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"claim": name, "counterexamples": [{"reading": "i", "instance": entry} for entry in entries]}))
    return path


def test_only_a_run_that_is_asked_to_records(claim: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", str(claim), "--effort", "quick", "--jobs", "1"]
    assert main([*words, "--out", str(tmp_path / "one")]) == 0
    assert not file_of(at(claim)).exists()
    assert json.loads((tmp_path / "one" / "report.json").read_text())["corpus_hash"] == ""
    assert main([*words, "--record", "--out", str(tmp_path / "two")]) == 0
    assert "new in corpus/my-claim.json" in capsys.readouterr().out
    assert instances(at(claim))["i"] and (hash_ := digest([at(claim)]))
    assert main([*words, "--record", "--out", str(tmp_path / "three")]) == 0
    again = json.loads((tmp_path / "three" / "report.json").read_text())
    assert again["corpus_hash"] == hash_ and again["claims"][0]["readings"][0]["verdict"] == "REFUTED"


def test_what_the_search_would_miss_is_replayed(claim: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that may try nothing finds nothing but what is kept; switched off, the corpus is silent."""
    nothing = replace(effort.budget("quick"), batches=0, examples=1, extreme_members=0, starts=1, steps=1, promotions=0, closer_looks=0)
    monkeypatch.setattr("verify.judge.budget", lambda _: nothing)
    keep(claim, KEPT)
    (found,) = judge_claim(str(claim), "quick", 0).result.readings
    assert found.verdict == "REFUTED", found.reason
    assert found.evidence.found_from_scratch is False
    assert {witness.source for witness in found.witnesses if witness.role == "simplest"} == {"corpus"}
    (alone,) = judge_claim(str(claim), "quick", 0, JudgeOptions(scratch_only=True)).result.readings
    assert alone.verdict != "REFUTED"


def test_a_kept_instance_that_violates_nothing_refutes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "true_claim.py"
    path.write_text(SOURCE.replace("KreissConstant(M) / 2", "4 * n * KreissConstant(M)").replace("my-claim", "true-claim"))
    other = {"sizes": {"n": 1}, "values": {"N": {"type": "matrix", "rows": [["3/4"]]}}}
    wide = {"sizes": {"n": 2}, "values": {"M": {"type": "matrix", "rows": [["3/4"]]}}}
    keep(path, KEPT, other, wide, name="true-claim")
    (found,) = judge_claim(str(path), "quick", 0).result.readings
    assert found.verdict == "SURVIVED"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "not a corpus"),
        ('{"claim": "other", "counterexamples": []}', "corpus of 'other'"),
        ('{"claim": "my-claim", "counterexamples": [{"reading": "i", "instance": {"values": {"x": {"type": "rational", "value": "1e9"}}}}]}', "1e9"),
        ('{"claim": "my-claim", "counterexamples": [{"reading": "i", "instance": {"values": {"x": {"type": "spell"}}}}]}', "spell"),
    ],
)
def test_a_file_that_is_no_corpus_is_one_message(claim: Path, tmp_path: Path, text: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = keep(claim)
    path.write_text(text)
    with pytest.raises(BadCorpus, match=says):
        instances(at(claim))
    assert main(["run", str(claim), "--effort", "quick", "--out", str(tmp_path / "out")]) == 2
    assert "my-claim.json" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_repository_s_corpus_can_be_read_and_belongs_to_its_claims() -> None:
    known = discover()
    kept = {path.stem for path in file_of(known[0]).parent.glob("*.json")}
    assert kept <= {claim.id for claim in known}
    for claim in known:
        assert set(instances(claim)) <= {reading.key for reading in claim.load().readings}
