"""Every fixed sentence of the report, so that HTML and Markdown say the same thing and a reader can check the tone in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verify.report.values import ratio_text
from verify.results import Evidence, ReadingResult, RunResult, Sanity, Step
from verify.wording import values_text

__all__ = [
    "DEPENDS",
    "DEPENDS_MEANING",
    "GROUPS",
    "INTERRUPTED",
    "INTRODUCTION",
    "LETTER",
    "LEVELS_RULE",
    "OF_THEIR_OWN",
    "PHRASE_RULES",
    "PROVENANCE",
    "RECHECK",
    "ROLES",
    "SAME_BYTES",
    "STEP_SUFFIX",
    "SYMBOLS",
    "introduction",
    "origin_text",
    "power_lines",
    "relation_to_parent",
    "role",
    "sanity_line",
    "scratch_text",
    "step_state",
    "survived_text",
    "verdict_label",
    "words",
]

DEPENDS = "DEPENDS_ON_READING"
STEP_SUFFIX = "-step"
"""A claim whose id ends so is a step in the proof of another."""

SYMBOLS = {
    "PROVED": "✓", "PROVED_MODULO": "✓", "REFUTED": "✗", "SURVIVED": "○", "UNDECIDED": "?", "VACUOUS": "∅", "UNWITNESSED": "∅",
    "NOT_TESTABLE": "–", "ERROR": "!", DEPENDS: "⇄",
}
"""Beside the word, so that a badge never speaks by colour alone."""

PROVENANCE = {
    "S": "the formula survives in the paper’s own text",
    "N": "the formula is quoted by independent public notes on the paper",
    "R": "our reconstruction, pinned down by the paper’s surviving proof",
    "G": "our reconstruction, one of several formulas that fit what survives",
    "own": "a statement of this project, not of the paper",
    "classical": "a classical theorem, cited",
}

GROUPS = {
    "paper": "Claims of the paper",
    "sharp": "Sharp counterparts",
    "classical": "Classical theorems, and false strengthenings of them",
    "outside": "Statements from outside the paper",
}

ROLES = {
    "simplest": "Simplest counterexample", "worst": "Worst counterexample", "generic": "Generic counterexample",
    "sharpest": "Sharpest instance", "family": "Members of the proof",
}

REGION = (
    "Random members of the class, sorted into cells. A cell that fails has an exact counterexample inside it, whose certificate is linked; "
    "the counts are of violations in floating point, and where none was found nothing is proved."
)

INTRODUCTION = (
    "Most formulas of the paper, arXiv:2606.04031v1, were stripped from the text that reached us. Many statements below were therefore "
    "reconstructed, and each carries its provenance: S, it survives in the paper’s own text; N, independent public notes quote it; R, "
    "the surviving proof pins it down; G, it is one of several formulas that fit. Where several fit, each is a reading of its own, and a "
    "verdict belongs to a reading, never to a theorem by name alone."
)
LETTER = re.compile(r"(?<= )([SNRG])(?=, )")
"""A letter of provenance in the introduction."""

PHRASE_RULES = (
    "Accordingly, “Theorem n is false” is said only for provenance S, and “as quoted by others” for N; otherwise we say “reading (ii), "
    "our reconstruction, is false”, or “false in every reading we could construct” where all of them are. A claim’s headline is the "
    "verdict common to its readings, else DEPENDS ON READING. The steps of the paper’s proofs are claims too. The author can settle which "
    "reading was meant by changing one line, the status of that reading, in the claim’s file."
)
OF_THEIR_OWN = (
    "Each statement below stands as it was checked, with its quantifiers and hypotheses: compare it with what was meant before you read its verdict. "
    "A verdict belongs to a reading, one way to understand a printed sentence; two readings of one claim may differ.",
    "A claim’s headline is the verdict common to its readings, else DEPENDS ON READING. What could be neither proved nor refuted says so; a search that "
    "found nothing is not a proof.",
)
"""The introduction of a report without a claim of the paper."""
DEPENDS_MEANING = "as a headline: the readings of the claim do not share one verdict"
LEVELS_RULE = (
    "Only levels R2 and R3 allow an instance to be called a refutation; R1 and R0 are suspicions. A proof is worth the weakest of its "
    "steps, and P0 grants nothing by itself."
)
INTERRUPTED = (
    "This run was interrupted. The verdicts below are those reached before it stopped; claims that were not reached are missing or marked "
    "undecided, and the counts are not those of a complete run."
)
RECHECK = (
    "Every certificate can be checked without this project: type the command beside it in the folder of this report. The checker needs "
    "Python’s standard library alone and evaluates the statement itself, in exact arithmetic, on the exact data."
)
SAME_BYTES = "The same seed, versions and corpus give the same bytes; effort is counted in evaluations, never in seconds."


def introduction(result: RunResult) -> tuple[str, str]:
    """What a reader is told first: what the statements are, and how they are spoken of."""
    return (INTRODUCTION, PHRASE_RULES) if any(claim.group == "paper" for claim in result.claims) else OF_THEIR_OWN


def words(label: str) -> str:
    """A verdict, headline or tightness label as it is displayed."""
    return label.replace("_", " ")


def verdict_label(reading: ReadingResult) -> str:
    """The verdict as it is displayed; a refutation without an exact instance says that it rests on a proof."""
    by_proof = reading.verdict == "REFUTED" and reading.evidence.level.startswith("P")
    return words(reading.verdict) + " by proof" * by_proof


def survived_text(reading: ReadingResult, tried: str) -> str:
    """What may be said about a reading that survived: never more than that nothing was found."""
    ratio = reading.tightness.best_certified_ratio
    closest = f"The closest certified instance reaches {ratio_text(ratio)} of the bound." if ratio else "No ratio was certified."
    search = f"What was tried: {tried}." if tried else "The run recorded no effort, so the search may have been empty."
    return f"No violation was found. This is not a proof, and the statement may still be false. {search} {closest}"


def power_lines(power: Mapping[str, Any]) -> list[str]:
    """What the search would have caught in this statement, one sentence for each bound, then the gross mistakes, then when that was measured."""
    if not power:
        return []
    several = len(power["bounds"]) > 1
    lines = [_power_line(bound, power["form"], several) for bound in power["bounds"]]
    lines += [_constant_line(one) for one in power.get("constants", []) if one["outcome"] == "refuted"]
    if open_ones := [one["constant"] for one in power.get("constants", []) if one["outcome"] == "not refuted"]:
        lines.append(f"Not refuted with an error of a tenth either way, so that the statement may be true with another number: {'; '.join(open_ones)}.")
    mistakes = power["mistakes"]
    if tried := mistakes["refuted"] + mistakes["not refuted"]:
        lines.append(f"Of {tried} other edits (an exponent, a factor, a wrong case) it refuted {mistakes['refuted']}; the rest may have left it true.")
    lines += [_hypothesis_line(one) for one in power["hypotheses"]]
    if untried := power.get("untried"):
        lines.append(f"Not examined {', '.join(untried)}: of these hypotheses nothing is said.")
    ended = "; the clock ended it, and a smaller error may be caught as well" if power["stopped"] else ""
    within = f" within {power['seconds']:g} s for its claim" if power.get("seconds") else ""
    return [*lines, f"Measured with version {power['version']} on {power['date']} at effort {power['effort']}{within}{ended}."]


def _hypothesis_line(hypothesis: Mapping[str, Any]) -> str:
    if hypothesis["needed"]:
        return f"False {hypothesis['text']}: this hypothesis is needed (certificate power/{hypothesis['certificate']} beside this folder)."
    if proved := hypothesis.get("proved"):
        return f"Proved {hypothesis['text']} ({proved}): this hypothesis is not used."
    return f"Neither refuted nor proved {hypothesis['text']}: this hypothesis was not found to be needed, and may be."


def _constant_line(one: Mapping[str, Any]) -> str:
    kept = f"certificate power/{one['certificate']} beside this folder"
    return f"The constant {one['constant']}: refuted when {one['direction']} by {one['smallest']} of itself ({kept})."


def _power_line(bound: Mapping[str, Any], form: str, several: bool) -> str:
    where = f" in {bound['relation']}" if several else ""
    scratch, helped, gap = bound["from_scratch"], bound["with_help"], bound["gap"]
    why = f" Why no smaller one from scratch: {bound['reason']}." if bound.get("reason") else ""
    if not bound["sharp"]:
        slack = f"the claimed constant is at most {gap} times the best certified ratio" if gap else "no ratio of its sides was certified"
        return f"The bound{where} is not known to be sharp; {slack}."
    if not helped:
        return f"Into {form}{where} errors down to a tenth were planted, and none was caught ({bound['sharp']}).{why}"
    alone = "" if scratch == helped else f", and of {scratch} from scratch" if scratch else ", and of none that was tried from scratch"
    return f"Would have caught a relative error of {helped}{where}{alone} (errors planted into {form}; {bound['sharp']}).{why}"


_NEGATIONS = {
    "refuted": "there the conclusion holds with room, so that the negated statement is refuted at once",
    "equality": "there the conclusion holds without room, and no instance of a first look has it hold with room",
    "within accuracy": "there, and wherever else a first look went, the two sides agree to its accuracy, which says nothing of the negated statement",
    "fails": "there, and wherever else a first look went, the conclusion fails: see whether it says what was meant",
}
_CHANGES = {
    "orthogonal": "orthogonal changes of basis within each block", "permutation": "permutations within each block", "signs": "changes of sign of coordinates",
    "transposition": "transposition",
}


def sanity_line(sanity: Sanity | None) -> str:
    """What a first look says of a reading: whether its hypotheses can be met, its negation is refuted, it has a value, and what leaves it unchanged."""
    if sanity is None:
        return ""
    if not sanity.witness:
        return f"No exact instance of the hypotheses was found ({sanity.tried} tried at first, then those of the search)."
    where = sanity.negation_instance or sanity.witness
    told = f"; {_NEGATIONS[sanity.negation]}" if sanity.negation in _NEGATIONS else ""
    parts = [f"The hypotheses hold at the exact instance {values_text(where)}{told}."]
    if sanity.undefined:
        parts.append(f"The conclusion has no value at {values_text(sanity.undefined)}: {sanity.undefined_why}.")
    outcomes = {one.under: one.outcome for one in sanity.invariances}
    kept, changed = ([text for name, text in _CHANGES.items() if outcomes.get(name) == wanted] for wanted in ("unchanged", "differs"))
    if kept:
        parts.append(f"Both sides stay as they are under {_listed(kept)}.")
    if changed:
        parts.append(f"They change under {_listed(changed)}: the statement speaks of a particular basis, or treats its blocks unlike.")
    if outcomes.get("scaling") == "homogeneous":
        parts.append("Both sides scale alike when every matrix is doubled.")
    return " ".join(parts)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def scratch_text(found_from_scratch: bool | None) -> str:
    """The column *found from scratch*: with extreme members and corpus switched off."""
    return {True: "found from scratch", False: "not found from scratch", None: ""}[found_from_scratch]


def origin_text(evidence: Evidence) -> str:
    """Where a refutation came from, as a sentence; empty where nothing is recorded."""
    parts = [f"source: {evidence.source}" if evidence.source else "", scratch_text(evidence.found_from_scratch)]
    sentence = " · ".join(part for part in parts if part)
    return sentence[:1].upper() + sentence[1:] + "." if sentence else ""


def step_state(step: Step) -> str:
    """Who discharged a step of a proof, or plainly that nobody did."""
    if step.discharged:
        return f"discharged by {step.by}" if step.by else "discharged"
    return f"NOT DISCHARGED ({step.by})" if step.by else "NOT DISCHARGED"


def role(name: str) -> str:
    """The heading of an instance."""
    return ROLES.get(name, name.capitalize())


def relation_to_parent(claim_id: str) -> str:
    """How a claim stands to the one it is a part of."""
    return "step in the proof of " if claim_id.endswith(STEP_SUFFIX) else "part of "
