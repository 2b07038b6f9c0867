"""What the report derives: parents, proof gaps, anchors, counts."""

from __future__ import annotations

import dataclasses
import re

import pytest

from verify.report import outline
from verify.results import ClaimResult, ReadingResult, RunResult


@pytest.fixture
def plain(result: RunResult) -> ReadingResult:
    return result.claims[0].readings[0]


def run_of(result: RunResult, plain: ReadingResult, **verdicts: str) -> RunResult:
    """A run with claims named by the keywords (``_`` for ``-``), whose readings i, ii, … bear the verdicts listed."""
    claims = []
    for name, listed in verdicts.items():
        keys = ("i", "ii", "iii")
        readings = tuple(dataclasses.replace(plain, reading=key, verdict=word) for key, word in zip(keys, listed.split(), strict=False))
        claims.append(ClaimResult(name.replace("_", "-"), name, "", "paper", "UNDECIDED", readings))
    return dataclasses.replace(result, claims=tuple(claims))


@pytest.mark.parametrize("verdict", ["PROVED", "PROVED_MODULO", "SURVIVED", "UNDECIDED", "NOT_TESTABLE"])
def test_false_step_of_an_unrefuted_claim_is_a_proof_gap(result: RunResult, plain: ReadingResult, verdict: str) -> None:
    note = outline.proof_notes(run_of(result, plain, T9=verdict, T9_step="PROVED REFUTED"))["T9"]
    assert (note.label, note.step_readings, note.gap, note.refuted) == ("PROOF GAP", ("ii",), ("i",), ())
    assert "T9-step (ii)" in note.text and "has not been refuted" in note.text


def test_false_step_of_a_refuted_claim_is_where_the_proof_breaks(result: RunResult, plain: ReadingResult) -> None:
    note = outline.proof_notes(run_of(result, plain, T9="REFUTED REFUTED", T9_step="REFUTED"))["T9"]
    assert (note.label, note.gap, note.refuted) == ("FIRST FALSE STEP", (), ("i", "ii"))
    assert "PROOF GAP" not in note.text and "refuted as well" in note.text


def test_readings_that_stand_beside_refuted_ones_keep_their_gap(result: RunResult, plain: ReadingResult) -> None:
    note = outline.proof_notes(run_of(result, plain, T9="REFUTED PROVED", T9_step="REFUTED"))["T9"]
    assert note.label == "FIRST FALSE STEP"
    assert "Reading (ii) of the claim has not been refuted: for it, the false step is a PROOF GAP." in note.text


@pytest.mark.parametrize("verdicts", [
    {"T9": "PROVED", "T9_step": "PROVED SURVIVED UNDECIDED"}, {"T9_step": "REFUTED"}, {"T9": "PROVED", "T9_loose": "REFUTED"},
])
def test_no_note_without_a_refuted_step_of_a_known_claim(result: RunResult, plain: ReadingResult, verdicts: dict[str, str]) -> None:
    assert outline.proof_notes(run_of(result, plain, **verdicts)) == {}


def test_steps_and_parts_find_their_parents(result: RunResult, plain: ReadingResult) -> None:
    names = dict.fromkeys(["T4", "T4_a", "T4_a1", "T4_a_step", "T4_step", "T40", "T10_gersh"], "PROVED")
    known = {claim.id: claim for claim in run_of(result, plain, **names).claims}
    assert [outline.parent(name, known) for name in known] == ["", "T4", "T4", "T4-a", "T4", "", ""]
    assert outline.children("T4", known) == ["T4-a", "T4-a1", "T4-step"]


def test_anchors_of_distinct_names_are_distinct_and_plain() -> None:
    names = [("T4", ""), ("T4", "a"), ("T4-a", ""), ("T4 a", ""), ("T4_a", ""), ("T4<a", ""), ("T4_20_a", ""), ("T4", "c-ii"), ("Tä", "")]
    anchors = [outline.anchor(*name) for name in names]
    assert len(set(anchors)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", anchor) for anchor in anchors)


def test_counts_cover_every_reading_once(result: RunResult) -> None:
    assert sum(outline.verdict_total(result).values()) == sum(max(1, len(claim.readings)) for claim in result.claims)


def test_refuted_readings_are_listed_by_the_weight_of_their_provenance(result: RunResult) -> None:
    listed = outline.refuted_by_provenance(result)
    assert list(listed) == ["N", "G"]
    assert [outline.reading_name(*pair) for pair in listed["G"]] == ["T9 (ii)", "T5 (iii)", "T5-step (ii)", "T10-step"]


def test_groups_keep_their_order_and_unknown_ones_come_last(result: RunResult) -> None:
    strange = dataclasses.replace(result.claims[0], id="Q1", group="folklore")
    titles = [title for title, _ in outline.by_group(dataclasses.replace(result, claims=(strange, *result.claims)))]
    assert titles == ["Claims of the paper", "Sharp counterparts", "Classical theorems, and false strengthenings of them", "folklore"]


def test_effort_is_flattened_and_sorted() -> None:
    rows = outline.effort_rows({"sizes": [1, 2], "a": {"y": 20480, "x": 1}})
    assert rows == [("a: x", "1"), ("a: y", "20\u202f480"), ("sizes", "1, 2")]


def test_long_reasons_are_cut_at_a_word() -> None:
    assert outline.one_line("a\n  b") == "a b"
    cut = outline.one_line("word " * 100)
    assert cut.endswith("word …") and len(cut) <= 152


@pytest.mark.parametrize(("path", "expected"), [
    ("certificates/T9-i.json", True), ("javascript:alert(1)", False), ("certificates/../x.json", False), ("/etc/x.json", False),
    ("certificates/.json", False), ("certificates/a b.json", False), ("certificates/T9.json\n", False),
])
def test_only_plain_certificates_become_links(path: str, expected: bool) -> None:
    assert outline.linkable(path) is expected


def test_command_quotes_what_a_shell_would_read() -> None:
    assert outline.check_command("check.py", "a;rm -r b") == "python3 check.py 'a;rm -r b'"


def test_certificates_beyond_the_instances_are_listed_once_in_order(plain: ReadingResult) -> None:
    names = [f"certificates/{letter}.json" for letter in "hgfedcba"]
    many = dataclasses.replace(plain, certificates=(*names, *names, plain.witnesses[0].certificate))
    assert outline.other_certificates(many) == sorted(names)
