"""The erratum: derived from the verdicts of a run, never from a list."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from verify.report.erratum import PrintedProof, broken_proofs, errata, off_by, read_proofs, stands
from verify.results import ClaimResult, ReadingResult, RunResult

PROOFS = (PrintedProof("T5", ("E5", "T5-step")), PrintedProof("T10", ("T4", "T10-step")), PrintedProof("absent", ("T4",)))


def changed(result: RunResult, claim: str, reading: str, **changes: Any) -> RunResult:
    """The run with one reading changed."""

    def readings(item: ClaimResult) -> tuple[ReadingResult, ...]:
        return tuple(dataclasses.replace(one, **changes) if (item.id, one.reading) == (claim, reading) else one for one in item.readings)

    return dataclasses.replace(result, claims=tuple(dataclasses.replace(item, readings=readings(item)) for item in result.claims))


def without(result: RunResult, *claims: str) -> RunResult:
    return dataclasses.replace(result, claims=tuple(item for item in result.claims if item.id not in claims))


def test_the_errata_are_the_refuted_readings_of_the_paper(result: RunResult) -> None:
    expected = [
        (claim.id, reading.reading) for claim in result.claims if claim.group == "paper" for reading in claim.readings if reading.verdict == "REFUTED"
    ]
    assert [(item.claim, item.reading) for item in errata(result)] == expected and expected
    acquitted = changed(result, "T9", "i", verdict="SURVIVED")
    assert [(item.claim, item.reading) for item in errata(acquitted)] == [pair for pair in expected if pair != ("T9", "i")]


def test_a_refutation_shows_its_certificates_or_says_that_it_is_a_proof(result: RunResult) -> None:
    by_name = {(item.claim, item.reading): item for item in errata(result)}
    exact = by_name["T9", "i"]
    assert exact.by == "instance" and exact.simplest is not None and exact.simplest.certificate == "certificates/T9-i-simplest.json"
    assert exact.worst is not None and exact.worst.factor == off_by(exact.worst.left, exact.worst.right) != ""
    assert by_name["T9", "ii"].by == "proof" and by_name["T9", "ii"].simplest is None


@pytest.mark.parametrize(("verdict", "repaired"), [("PROVED", True), ("PROVED_MODULO", True), ("SURVIVED", False), ("REFUTED", False), ("UNDECIDED", False)])
def test_a_repair_counts_only_if_this_run_establishes_it(result: RunResult, verdict: str, repaired: bool) -> None:
    run = changed(changed(result, "T5", "iii", repaired_by=("T5(iv)",)), "T5", "iv", verdict=verdict)
    (item,) = (item for item in errata(run) if (item.claim, item.reading) == ("T5", "iii"))
    assert [repair.verdict for repair in item.repairs] == [verdict] and item.repaired is repaired


def test_a_repair_outside_the_run_is_no_repair(result: RunResult) -> None:
    run = changed(result, "T5", "iii", repaired_by=("tool-D(i)",))
    (item,) = (item for item in errata(run) if (item.claim, item.reading) == ("T5", "iii"))
    assert [repair.verdict for repair in item.repairs] == [""] and not item.repaired
    (other,) = (item for item in errata(result) if (item.claim, item.reading) == ("T5", "iii"))
    assert other.repairs == () and not other.repaired


def test_regimes_are_the_certified_cells(result: RunResult) -> None:
    cells = [
        {"index": [0, 0], "sampled": 5, "violating": 0, "certificate": "", "left": "", "right": ""},
        {"index": [0, 1], "sampled": 5, "violating": 4, "certificate": "certificates/a.json", "left": "[2.99, 3.01]", "right": "3/2"},
        {"index": [0, 2], "sampled": 5, "violating": 4, "certificate": "", "left": "", "right": ""},
    ]
    axes = [{"quantity": "gamma", "breaks": ["0", "1"]}, {"quantity": "kappa", "breaks": ["0", "2", "4", "oo"]}]
    run = changed(result, "T9", "i", failure_map={"axes": axes, "cells": cells})
    (item,) = (item for item in errata(run) if (item.claim, item.reading) == ("T9", "i"))
    (regime,) = item.regimes
    assert (regime.where, regime.factor, regime.certificate) == ("gamma in [0, 1), kappa in [2, 4)", "2", "certificates/a.json")


@pytest.mark.parametrize(("left", "right", "factor"), [
    ("3", "3/2", "2"), ("[0.9999, 1.0001]", "10", "10"), (">= 4", "2", "2"), ("1e-3", "1", "1e+03"), ("infinity", "2", "infinite"),
    ("-", "violated", ""), ("unknown", "1", ""), ("-2", "1", ""), ("0", "1", ""), ("", "", ""), ("1.618 ± 2e-13", "1.5", ""),
])
def test_factor_between_two_sides(left: str, right: str, factor: str) -> None:
    assert off_by(left, right) == off_by(right, left) == factor


def test_first_false_step_and_what_was_not_judged_before_it(result: RunResult) -> None:
    five, ten = broken_proofs(result, PROOFS)
    assert (five.first_false, five.false_readings, five.standing_readings, five.not_judged_before) == ("T5-step", ("ii",), ("i",), ("E5",))
    assert (ten.first_false, ten.false_readings, ten.not_judged_before, ten.headline) == ("T10-step", ("i",), (), "SURVIVED")
    assert [state.step for state in five.steps] == ["E5", "T5-step"]


def test_the_first_false_step_follows_the_order_and_the_verdicts(result: RunResult) -> None:
    earlier = changed(result, "T4", "i", verdict="REFUTED")
    assert broken_proofs(earlier, PROOFS)[1].first_false == "T4"
    mended = changed(result, "T10-step", "i", verdict="PROVED")
    assert broken_proofs(mended, PROOFS)[1].first_false == ""
    assert broken_proofs(without(result, "T10-step"), PROOFS)[1].not_judged_before == ("T10-step",)


def test_bounds_that_stand_are_proved_with_a_sharp_form_and_not_sharp(result: RunResult) -> None:
    assert [(item.claim, item.reading) for item in stands(result)] == [("T4", "i")]
    assert stands(changed(result, "T4", "i", verdict="SURVIVED")) == ()
    sharp = dataclasses.replace(result.claims[0].readings[0].tightness, label="SHARP_ATTAINED")
    assert [(item.claim, item.reading) for item in stands(changed(result, "T4", "i", tightness=sharp))] == [("T4", "i")], "loose in some regions"
    everywhere = dataclasses.replace(sharp, regions=())
    assert stands(changed(result, "T4", "i", tightness=everywhere)) == ()


def test_printed_proofs_are_read_and_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "proofs.json"
    path.write_text(json.dumps({"proofs": [{"claim": "T4", "steps": ["E8", "T4-a2(ii)"]}]}), encoding="utf-8")
    assert read_proofs(path) == (PrintedProof("T4", ("E8", "T4-a2(ii)")),)
    path.write_text(json.dumps({"proofs": [{"claim": "T4", "steps": ["see above"]}]}), encoding="utf-8")
    with pytest.raises(ValueError, match="'see above' is no reference"):
        read_proofs(path)
