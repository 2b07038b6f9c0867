"""The sentences of the abstract: judged by the verdicts of the run alone."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from verify.library import discover, folder_of
from verify.report import SCHEMA_VERSION, read_pack
from verify.report.references import split
from verify.report.sentences import JUDGEMENTS, Sentence, judged, read_sentences
from verify.results import VERDICTS, ClaimResult, Evidence, ReadingResult, RunResult, Tightness

PACK = read_pack(folder_of("paper"))
FILES = {file.id: file for file in discover()}
ONE = Sentence("k", "abstract", "It is so.", "S", ("a",))
BOTH = dataclasses.replace(ONE, rests_on=("a", "b"))


def run_with(**verdicts: tuple[str, ...]) -> RunResult:
    """A run with claims by name, each with one reading per verdict: ``i``, ``ii``, …"""
    claims = tuple(
        ClaimResult(name, name, "", "paper", "DEPENDS_ON_READING", tuple(
            ReadingResult("i" * (k + 1), "", "", "G", "", "", verdict, "", "", "", Evidence("NONE", ""), Tightness("UNKNOWN", ""))
            for k, verdict in enumerate(given)
        ))
        for name, given in verdicts.items()
    )
    return RunResult(SCHEMA_VERSION, "title", "quick", 0, {}, "", claims)


@pytest.mark.parametrize(("verdicts", "judgement"), [
    (("PROVED",), "STANDS"), (("PROVED", "PROVED_MODULO"), "STANDS_MODULO"), (("REFUTED",), "FALSE"), (("REFUTED", "REFUTED"), "FALSE"),
    (("REFUTED", "PROVED"), "DEPENDS_ON_READING"), (("REFUTED", "SURVIVED"), "DEPENDS_ON_READING"), (("SURVIVED",), "OPEN"),
    (("PROVED", "UNDECIDED"), "OPEN"), (("NOT_TESTABLE",), "OPEN"), (("VACUOUS",), "OPEN"), (("ERROR",), "OPEN"), ((), "NOT_JUDGED"),
])
def test_one_claim(verdicts: tuple[str, ...], judgement: str) -> None:
    (item,) = judged(run_with(a=verdicts), (ONE,))
    assert item.judgement == judgement


def test_nothing_but_proofs_makes_a_sentence_stand() -> None:
    for pair in itertools.product(VERDICTS, repeat=2):
        (item,) = judged(run_with(a=pair), (ONE,))
        assert item.judgement.startswith("STANDS") == (set(pair) <= {"PROVED", "PROVED_MODULO"}), pair
        assert (item.judgement == "FALSE") == (set(pair) == {"REFUTED"}), pair


@pytest.mark.parametrize(("a", "b", "judgement"), [
    ("REFUTED", "PROVED", "FALSE"), ("REFUTED", None, "FALSE"), ("PROVED", None, "NOT_JUDGED"), ("SURVIVED", None, "NOT_JUDGED"),
    ("PROVED", "SURVIVED", "OPEN"), ("PROVED", "PROVED_MODULO", "STANDS_MODULO"), ("PROVED", "PROVED", "STANDS"),
])
def test_a_sentence_needs_all_its_claims(a: str, b: str | None, judgement: str) -> None:
    run = run_with(a=(a,), b=(b,)) if b else run_with(a=(a,))
    assert judged(run, (BOTH,))[0].judgement == judgement


def test_one_reading_may_be_named() -> None:
    run = run_with(a=("REFUTED", "PROVED"))
    found = [judged(run, (dataclasses.replace(ONE, rests_on=(name,)),))[0].judgement for name in ("a(i)", "a(ii)", "a(iii)")]
    assert found == ["FALSE", "STANDS", "NOT_JUDGED"]


def test_what_stands_beside_a_sentence_does_not_judge_it() -> None:
    (item,) = judged(run_with(a=("PROVED",), b=("REFUTED",)), (dataclasses.replace(ONE, beside=("b",)),))
    assert item.judgement == "STANDS" and item.beside[0].judgement == "FALSE"


def test_every_sentence_of_the_paper_rests_on_readings_that_exist() -> None:
    assert PACK.sentences and PACK.proofs
    names = [name for sentence in PACK.sentences for name in (*sentence.rests_on, *sentence.beside)]
    names += [name for proof in PACK.proofs for name in (proof.claim, *proof.steps)]
    for claim, reading in map(split, names):
        keys = [item.key for item in FILES[claim].load().readings]
        assert not reading or reading in keys, f"{claim}({reading})"


def test_the_data_name_no_verdict_and_no_judgement() -> None:
    for name in ("sentences.json", "proofs.json"):
        text = (folder_of("paper") / name).read_text(encoding="utf-8")
        assert not [word for word in (*VERDICTS, *JUDGEMENTS) if f'"{word}"' in text], name


def test_without_a_run_nothing_is_judged() -> None:
    assert {item.judgement for item in judged(run_with(unrelated=("PROVED",)), PACK.sentences)} == {"NOT_JUDGED"}


def entry(**changes: Any) -> dict[str, Any]:
    return {"key": "k", "where": "abstract", "paraphrase": "p", "provenance": "S", "rests_on": ["T4"], **changes}


@pytest.mark.parametrize(("entries", "message"), [
    ([entry(rests_on=[])], "rests on nothing"), ([entry(rests_on=["see above"])], "no reference"), ([entry(verdict="FALSE")], "wrong fields"),
    ([{"key": "k"}], "wrong fields"), ([entry(), entry()], "share a key"),
])
def test_bad_data_are_refused_in_words(tmp_path: Path, entries: list[dict[str, Any]], message: str) -> None:
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps({"sentences": entries}), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_sentences(path)
