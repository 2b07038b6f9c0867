"""The abstract and the introduction, sentence by sentence: each judged by the verdicts of the claims that it rests on, and by nothing else.

A sentence is data (``sentences.json`` of a pack): a paraphrase and the claims without which it does not stand. It stands only if all of them do. A claim
with several readings counts as false only if every reading is, and as true only if every reading is; between the two the sentence depends on what was meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.report.references import ESTABLISHED, Found, found_by_name, split, standing
from verify.results import RunResult

__all__ = ["JUDGEMENTS", "Judged", "Sentence", "Support", "judged", "read_sentences"]

JUDGEMENTS = {
    "FALSE": "a claim that it rests on is false in every reading we could construct",
    "NOT_JUDGED": "not judged in this run: some claim that it rests on was not part of it, and none that was is false in every reading",
    "DEPENDS_ON_READING": "nothing that it rests on is false in every reading, but some claim is false in one reading and not in another",
    "OPEN": "some claim that it rests on is neither proved nor refuted; that is no confirmation",
    "STANDS_MODULO": "every claim that it rests on is proved, given the hand-written steps that are displayed",
    "STANDS": "every claim that it rests on is proved",
}
"""What may be said of a sentence, the gravest first."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in our words, with the references that it rests on. ``beside`` names what to read beside it: the exact truth, for instance."""

    key: str
    where: str
    paraphrase: str
    provenance: str
    rests_on: tuple[str, ...]
    beside: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Support:
    """A claim that a sentence rests on: its verdicts by reading, and what they amount to (a key of ``JUDGEMENTS``)."""

    reference: str
    verdicts: Mapping[str, str]
    judgement: str


@dataclass(frozen=True)
class Judged:
    """A sentence with its judgement."""

    sentence: Sentence
    judgement: str
    supports: tuple[Support, ...]
    beside: tuple[Support, ...]


def read_sentences(path: Path) -> tuple[Sentence, ...]:
    """The sentences of a pack.

    Raises:
        ValueError: if an entry lacks a field, names something that is no reference, rests on nothing, or repeats a key.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))["sentences"]
    try:
        sentences = tuple(
            Sentence(**{**entry, "rests_on": tuple(entry["rests_on"]), "beside": tuple(entry.get("beside", ()))}) for entry in entries
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: an entry has the wrong fields ({error}); give key, where, paraphrase, provenance, rests_on") from error
    for sentence in sentences:
        if not sentence.rests_on:
            raise ValueError(f"{path.name}: sentence {sentence.key!r} rests on nothing; name the claims that it needs")
        for name in (*sentence.rests_on, *sentence.beside):
            split(name)
    if len({sentence.key for sentence in sentences}) < len(sentences):
        raise ValueError(f"{path.name}: two sentences share a key")
    return sentences


def judged(result: RunResult, sentences: Sequence[Sentence]) -> tuple[Judged, ...]:
    """Every sentence with what this run says of it."""
    found = found_by_name(result)
    return tuple(_judged(sentence, found) for sentence in sentences)


def _judged(sentence: Sentence, found: Mapping[str, Found]) -> Judged:
    supports = tuple(_support(name, found) for name in sentence.rests_on)
    gravest = min((support.judgement for support in supports), key=list(JUDGEMENTS).index)
    return Judged(sentence, gravest, supports, tuple(_support(name, found) for name in sentence.beside))


def _support(reference: str, found: Mapping[str, Found]) -> Support:
    verdicts = standing(reference, found)
    return Support(reference, verdicts, _amounts_to(set(verdicts.values())))


def _amounts_to(verdicts: set[str]) -> str:
    """What the verdicts of all readings of one claim amount to."""
    if not verdicts:
        return "NOT_JUDGED"
    if verdicts == {"REFUTED"}:
        return "FALSE"
    if "REFUTED" in verdicts:
        return "DEPENDS_ON_READING"
    if not verdicts <= set(ESTABLISHED):
        return "OPEN"
    return "STANDS" if verdicts == {"PROVED"} else "STANDS_MODULO"
