"""Starting a claim file, and comparing two reports."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from verify.cli import main
from verify.cli.commands.new import KINDS
from verify.judge import judge_claim


@pytest.mark.parametrize(("kind", "verdict"), [("blocks", "REFUTED"), ("matrix", "REFUTED"), ("scalar", "PROVED")])
def test_a_new_file_can_be_judged_as_it_is(kind: str, verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kind in KINDS
    path = tmp_path / "my_bound.py"
    assert main(["new", str(path), "--kind", kind]) == 0
    assert f"verify run {path}" in capsys.readouterr().out
    result = judge_claim(str(path), "quick", 0).result
    assert result.id == "my-bound"
    assert [reading.verdict for reading in result.readings] == [verdict]


@pytest.mark.parametrize("name", ["claim.txt", "1 claim.py", "missing/claim.py"])
def test_names_that_will_not_do(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.py"
    path.write_text("# mine\n", encoding="utf-8")
    assert main(["new", str(path)]) == 2
    assert "exists and is left as it is" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# mine\n"


def report(**verdicts: str) -> dict[str, Any]:
    readings = [
        {"reading": key, "verdict": verdict, "evidence": {"level": "R3"}, "tightness": {"label": "UNKNOWN"}} for key, verdict in verdicts.items()
    ]
    return {"claims": [{"id": "T4", "readings": readings}]}


def written(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_drift_is_told_from_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = report(i="PROVED", ii="REFUTED", iii="SURVIVED")
    noted = copy.deepcopy(old)
    noted["claims"][0]["readings"][1]["evidence"]["level"] = "R2"
    drifted = report(i="REFUTED", ii="REFUTED", iv="PROVED")
    before = written(tmp_path / "old.json", old)
    assert main(["diff", before, before]) == 0
    assert "0 of 3 readings drifted" in capsys.readouterr().out
    assert main(["diff", before, written(tmp_path / "noted.json", noted)]) == 0
    assert "note   T4 (ii) evidence: R3 -> R2" in capsys.readouterr().out
    assert main(["diff", before, written(tmp_path / "new.json", drifted)]) == 1
    out = capsys.readouterr().out
    assert "DRIFT  T4 (i) verdict: PROVED -> REFUTED" in out
    assert "DRIFT  T4 (iii) verdict: SURVIVED -> absent" in out
    assert "DRIFT  T4 (iv) verdict: absent -> PROVED" in out
    assert main(["diff", "--json", before, str(tmp_path / "new.json")]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_files_that_are_no_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path / "good.json", report(i="PROVED"))
    for bad in (str(tmp_path / "none.json"), written(tmp_path / "list.json", [1]), written(tmp_path / "deep.json", {"claims": 3})):
        assert main(["diff", good, bad]) == 2
        assert "report.json" in capsys.readouterr().err
    assert main(["diff", "--claims", "T99", "--", good, good]) == 2
    assert "has no claim t99" in capsys.readouterr().err


def test_the_committed_report_agrees_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(Path(__file__).resolve().parents[2] / "reports" / "arxiv-2606.04031" / "report.json")
    assert main(["diff", path, path]) == 0
    assert capsys.readouterr().out.startswith("0 of ")
