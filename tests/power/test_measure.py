"""The measured power of the search: what it reports was caught, with a certificate that the stand-alone checker accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from sympy import Implies, MatrixSymbol, Rational, Symbol

from verify import Claim, KreissConstant, Norm, Reading, coupling, nonnegative, own, symmetric
from verify.certificates import accepts
from verify.cli import main
from verify.domain import Instance
from verify.evidence import Sharpest
from verify.library import resolve, select
from verify.power import record
from verify.power.measure import LEVELS, Clock, _constants, caught, measure, subject
from verify.power.plants import spots, with_error
from verify.power.reasons import reason
from verify.power.run import about
from verify.power.shown import with_power
from verify.power.smallest import Smallest
from verify.prove.chain import Prover
from verify.report.wording import power_lines
from verify.results import ClaimResult, Evidence, ReadingResult, Tightness
from verify.search.effort import budget
from verify.search.problem import Problem

n = Symbol("n", integer=True)
M, X = MatrixSymbol("M", n, n), MatrixSymbol("X", n, n)
LOOSE = Claim("loose", "A loose bound", {M: symmetric(rho=1)}, [Reading("i", Norm(M) <= 2 * KreissConstant(M), own())])
FALSE = Claim("false", "A false bound", {X: coupling()}, [Reading("i", Norm(X) <= 1, own())])


def test_levels_go_from_a_tenth_to_a_millionth_of_a_millionth() -> None:
    assert LEVELS[0] == Fraction(1, 10) and LEVELS[-1] == Fraction(1, 10**12) and list(LEVELS) == sorted(LEVELS, reverse=True)


@pytest.mark.parametrize(("name", "key"), [("S4", "i"), ("P19", "i")])
def test_tiny_errors_in_sharp_statements_are_caught_from_scratch(name: str, key: str) -> None:
    claim = select([name])[0].load()
    about_it = subject(claim, claim.reading(key), Prover(resolve))
    assert about_it is not None and about_it.proved
    for spot in spots(about_it.problem.conclusion):
        found = caught(with_error(about_it.problem, spot, Fraction(1, 10**9)), budget("standard"), 0, scratch_only=True)
        assert found is not None and accepts(found[1])


def test_a_loose_bound_reports_its_gap_and_a_false_one_nothing() -> None:
    prover = Prover(resolve)
    measured, certificates = measure(LOOSE, LOOSE.readings[0], budget("quick"), 0, prover, 5.0)
    assert measured is not None and certificates == {}
    (bound,) = measured.bounds
    assert bound.sharp == "" and bound.from_scratch == "" and float(bound.gap) == pytest.approx(2, rel=1e-3)
    assert "found nothing" in bound.reason and "short of the larger by 0.5 of it" in bound.reason and "clock" not in bound.reason
    assert measure(FALSE, FALSE.readings[0], budget("quick"), 0, prover, 5.0) == (None, {})


def test_time_that_runs_out_is_said() -> None:
    claim = select(["S4"])[0].load()
    measured, _ = measure(claim, claim.readings[0], budget("quick"), 0, Prover(resolve), 0.0)
    assert measured is not None and measured.stopped
    (bound,) = measured.bounds
    assert bound.from_scratch == "" and bound.reason.startswith("stopped by the clock after 0 searches")


@pytest.mark.parametrize(("width", "thin"), [(Fraction(1, 10**4), True), (Fraction(1, 2), False)])
def test_a_thin_region_and_an_extreme_member_are_named_as_measured(width: Fraction, thin: bool) -> None:
    """``3 <= y <= 3 + width``: the share of drawn members there is measured, and so is where the closest instance lies."""
    y = Symbol("y", real=True)
    size = Rational(width.numerator, width.denominator)
    reading = Reading("i", y <= 10**6, own(), hypotheses=(y >= 3, y <= 3 + size))
    problem = Problem(Claim("thin", "A thin region", {y: nonnegative()}, [reading]), reading)
    (spot,) = spots(problem.conclusion)
    told = reason(problem, spot, Smallest(missed=0, searches=1), None, 0)
    assert told.startswith("a search with an error of 1e-1 went to its end and found nothing")
    assert ("a thin region" in told) == thin
    far = Sharpest(Instance({}, {"y": Fraction(10**6)}), Fraction(1, 2), (), (0, 0), spot.relation, "lines")
    assert "that instance is extreme (y is 1e+06)" in reason(problem, spot, Smallest(missed=0), far, 0)


def test_a_bound_worse_than_a_hundredth_says_why_in_the_report() -> None:
    bound = {"relation": "x <= y", "sharp": "proved", "from_scratch": "1e-1", "with_help": "1e-1", "gap": "", "reason": "a thin region"}
    power = {"bounds": [bound], "form": "the statement itself", "mistakes": {"refuted": 0, "not refuted": 0}, "hypotheses": [], "stopped": False,
             "version": "0", "date": "2026-11-21", "effort": "standard"}
    assert power_lines(power)[0].endswith("Why no smaller one from scratch: a thin region.")


def test_what_is_stored_is_shown_for_the_same_statement_only(tmp_path: Path) -> None:
    measured, _ = measure(LOOSE, LOOSE.readings[0], budget("quick"), 0, Prover(resolve), 5.0)
    assert measured is not None
    path = tmp_path / "power.json"
    record.write(path, record.merged({}, [measured], ["loose"], about("quick", 0, 20)))
    stored = record.read(path)
    blank = ReadingResult("i", "", "", "own", "", "", "SURVIVED", "", "", "", Evidence("NONE", ""), Tightness("UNKNOWN", ""))
    result = ClaimResult("loose", "", "", "outside", "SURVIVED", (blank,))
    assert with_power(result, LOOSE, stored).readings[0].detection_power["bounds"][0]["gap"] == measured.bounds[0].gap
    other = replace(LOOSE, readings=[Reading("i", Norm(M) <= 3 * KreissConstant(M), own())])
    assert with_power(result, other, stored).readings[0].detection_power == {}


def test_certificates_of_an_earlier_measurement_go_and_those_of_other_claims_stay(tmp_path: Path) -> None:
    folder = tmp_path / "power"
    folder.mkdir()
    for name in ("L14.i.99.json", "L14-sharp.i.1.json"):
        (folder / name).write_text("{}")
    assert main(["power", "L14", "--effort", "quick", "--jobs", "1", "--seconds", "1", "--out", str(tmp_path)]) == 0
    assert not (folder / "L14.i.99.json").exists()
    assert (folder / "L14-sharp.i.1.json").exists()


def test_a_claim_that_could_not_be_measured_keeps_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = ["--effort", "quick", "--jobs", "1", "--seconds", "1", "--out", str(tmp_path)]
    assert main(["power", "L14", *out]) == 0
    before = record.read(tmp_path / "power.json")
    assert before
    found = [("L14", "its worker died"), ("S4", ([], {}, 0.1))]
    monkeypatch.setattr("verify.power.run.measured", lambda *_: iter(found))
    assert main(["power", "L14", "S4", *out]) != 0
    assert record.read(tmp_path / "power.json") == before


def test_a_file_of_another_version_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "power.json").write_text(json.dumps({"schema_version": "0", "readings": []}))
    assert main(["power", "S4", "--out", str(tmp_path)]) == 2
    assert "measure again" in capsys.readouterr().err
    assert main(["power", "S4", "--seconds", "0"]) == 2
    assert "--seconds" in capsys.readouterr().err


def test_unproved_is_not_called_sharp() -> None:
    assert (found := subject(LOOSE, LOOSE.readings[0], Prover(resolve))) is not None and not found.proved


def test_constants_inside_a_sharp_statement_are_refuted_in_one_direction() -> None:
    """``y <= 2`` gives ``y² <= 4``; neither a larger 2 nor a smaller 4 will do."""
    y = Symbol("y", real=True)
    reading = Reading("i", Implies(y <= 2, y**2 <= 4), own())
    problem = Problem(Claim("square", "A square", {y: nonnegative()}, [reading]), reading)
    certificates: dict[str, dict[str, object]] = {}
    found = {one.constant: one for one in _constants(problem, budget("standard"), 0, Clock(120), certificates)}
    assert found["2 in the premise y <= 2"].direction == "larger"
    assert found["4 in y**2 <= 4"].direction == "smaller"
    for one in found.values():
        assert one.outcome == "refuted" and float(one.smallest) <= 1e-8 and accepts(certificates[one.certificate])


def test_a_constant_that_may_be_true_is_not_called_refuted() -> None:
    y = Symbol("y", real=True)
    reading = Reading("i", y / (1 + y**2) <= 3 * y, own())
    problem = Problem(Claim("slack", "A bound with slack", {y: nonnegative()}, [reading]), reading)
    (found,) = _constants(problem, budget("quick"), 0, Clock(120), {})
    assert (found.outcome, found.direction, found.smallest) == ("not refuted", "", "")


def test_without_time_a_constant_is_not_tried() -> None:
    y = Symbol("y", real=True)
    reading = Reading("i", y <= 2 * y, own())
    (found,) = _constants(Problem(Claim("c", "C", {y: nonnegative()}, [reading]), reading), budget("quick"), 0, Clock(0.0), {})
    assert found.outcome == "not tried"


def test_each_constant_has_its_line_in_a_report(tmp_path: Path) -> None:
    measured, _ = measure(LOOSE, LOOSE.readings[0], budget("quick"), 0, Prover(resolve), 0.0)
    assert measured is not None
    inside = (
        record.ConstantError("4 in x <= 4*y", "refuted", "smaller", "1e-6", "lines", certificate="loose.i.constant-1.json"),
        record.ConstantError("3 in the premise x < 3", "not refuted", "", "", ""),
        record.ConstantError("7 in x <= 7", "not tried", "", "", ""),
    )
    path = tmp_path / "power.json"
    record.write(path, record.merged({}, [replace(measured, constants=inside)], ["loose"], about("quick", 0, 20)))
    blank = ReadingResult("i", "", "", "own", "", "", "SURVIVED", "", "", "", Evidence("NONE", ""), Tightness("UNKNOWN", ""))
    shown = with_power(ClaimResult("loose", "", "", "outside", "SURVIVED", (blank,)), LOOSE, record.read(path)).readings[0].detection_power
    lines = " ".join(power_lines(shown))
    assert "The constant 4 in x <= 4*y: refuted when smaller by 1e-6 of itself (certificate power/loose.i.constant-1.json" in lines
    assert "may be true with another number: 3 in the premise x < 3" in lines and "x <= 7" not in lines
    schema = json.loads((Path(record.__file__).parents[1] / "report" / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(shown["constants"], {**schema["$defs"]["detectionPower"]["properties"]["constants"], "$defs": schema["$defs"]})
    older = [{name: value for name, value in entry.items() if name != "constants"} for entry in record.read(path).values()]
    record.write(path, older)  # measured before constants were
    assert with_power(ClaimResult("loose", "", "", "outside", "SURVIVED", (blank,)), LOOSE, record.read(path)).readings[0].detection_power["constants"] == []
