"""The bank is whole and its labels stand; a small sample is judged as labelled. The full bank is run by ``run.py`` and ``benchmarks/bank.py``."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from verify.judge import judge_claim
from verify.library import at

HERE = Path(__file__).resolve().parent
EXPECTED: dict[str, dict[str, Any]] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
FILES = {f"bank-{path.stem.replace('_', '-')}": path for path in HERE.glob("*_[0-9][0-9].py")}
KINDS = {"true-sharp": "true", "false": "false", "vacuous": "vacuous"}
SAMPLE = (
    "bank-s10-true-01", "bank-l14-true-01", "bank-jordan-true-01", "bank-s7-false-01", "bank-l17-false-01", "bank-t10-false-02", "bank-s5-false-01",
    "bank-t10-false-01", "bank-b-false-05", "bank-jordan-false-01", "bank-jordan-false-02", "bank-s2-false-01", "bank-d-false-01",
)
"""Fast ones of either kind, with margins from 1 down to 1e-7."""


def of_kind(kind: str) -> list[str]:
    return [name for name, entry in EXPECTED.items() if entry["kind"] == kind]


def module(name: str) -> ModuleType:
    """A script of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"bank_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_every_file_has_a_label_and_every_label_a_file() -> None:
    assert set(FILES) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_holds_one_open_statement_of_its_name_and_no_help(name: str) -> None:
    """No proof and no sharp form: nothing that would tell the engine where to look."""
    claim = at(FILES[name]).load()
    (reading,) = claim.readings
    assert claim.id == name
    assert reading.proof is None
    assert reading.sharp is None
    assert KINDS[EXPECTED[name]["kind"]] in name


def test_the_kinds_are_in_proportion() -> None:
    count = Counter(entry["kind"] for entry in EXPECTED.values())
    assert len(EXPECTED) >= 64
    assert 4 <= count["vacuous"] <= 6
    assert abs(count["true-sharp"] - count["false"]) <= len(EXPECTED) // 10
    assert 4 * sum(name.startswith("bank-b-") for name in EXPECTED) >= len(EXPECTED)


def test_margins_spread_over_decades() -> None:
    margins = [EXPECTED[name]["margin"] for name in of_kind("false")]
    for decade in range(-7, 0):
        assert any(10.0**decade <= margin < 10.0 ** (decade + 1) for margin in margins), decade
    assert all("margin" not in EXPECTED[name] for name in of_kind("true-sharp") + of_kind("vacuous"))


def test_every_label_has_its_reason() -> None:
    assert all(len(entry["why"]) > 20 for entry in EXPECTED.values())


def test_the_drawn_files_are_what_the_script_draws() -> None:
    draw = module("draw")
    drawn = draw.drawn()
    assert {f"bank-{name.replace('_', '-')}" for name in drawn} == {name for name in EXPECTED if name.startswith("bank-b-")}
    for name, details in drawn.items():
        assert draw.statement(name, *details) == (HERE / f"{name}.py").read_text(encoding="utf-8")


def test_every_statement_by_hand_has_a_numerical_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    by_hand = {name for name in EXPECTED if not name.startswith("bank-b-")} - set(of_kind("vacuous"))
    assert {f"bank-{key}" for key in module("labels").BY_HAND} == by_hand


@pytest.mark.parametrize(
    ("kind", "verdict", "outcome"),
    [
        ("true-sharp", "REFUTED", "wrong"),
        ("true-sharp", "SURVIVED", "right"),
        ("false", "PROVED", "wrong"),
        ("false", "SURVIVED", "missed"),
        ("false", "REFUTED", "right"),
        ("vacuous", "UNWITNESSED", "missed"),
        ("vacuous", "REFUTED", "wrong"),
    ],
)
def test_what_counts_as_right(kind: str, verdict: str, outcome: str) -> None:
    assert module("run").outcome(kind, verdict) == outcome


def test_the_first_run_was_complete_and_no_true_statement_was_refuted() -> None:
    """Its labels are those of the day; an erratum in ``expected.json`` excuses nothing here but is named."""
    rows = json.loads((HERE / "first-run.json").read_text(encoding="utf-8"))["rows"]
    assert set(rows) == set(EXPECTED)
    assert {name: row["kind"] for name, row in rows.items()} == {name: entry["kind"] for name, entry in EXPECTED.items() if "erratum" not in entry}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_is_judged_as_labelled(name: str) -> None:
    (reading,) = judge_claim(str(FILES[name]), "quick", 0).result.readings
    assert module("run").outcome(EXPECTED[name]["kind"], reading.verdict) == "right"


def test_a_sample_of_contradictory_hypotheses_is_not_called_anything_else() -> None:
    """A normal matrix with growth: no instance may be shown for it, and no verdict on its conclusion given."""
    (reading,) = judge_claim(str(FILES["bank-hyp-vacuous-04"]), "quick", 0).result.readings
    assert reading.verdict in {"VACUOUS", "UNWITNESSED"}
