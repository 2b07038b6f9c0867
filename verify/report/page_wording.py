"""Every fixed sentence of the pages beside the report."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "BY_PROOF", "CHAIN_LEAD", "ERRATUM_LEAD", "FALLS_LEAD", "GRAPH", "NOT_ESTABLISHED", "NOT_IN_RUN", "NOT_JUDGED_BEFORE", "NO_FALSE_STEP", "NO_REPAIR",
    "PROOFS_LEAD", "REGIMES", "SENTENCES_LEAD", "SHARP_FORM", "STANDS_LEAD", "TRUST_INSTANCE", "TRUST_LEAD", "WORST", "acyclic", "claim_itself",
    "erratum_count", "sides",
]

NOT_IN_RUN = "not judged in this run"

ERRATUM_LEAD = (
    "Every reading of the paper that this run refuted: as printed, why it is false, and the closest statement that we believe to be true. Where the formula "
    "was reconstructed, “as printed” is our reading of it, and its provenance says so. What stands in its place is a claim of its own, judged by the same "
    "machinery and shown with its own verdict; it is no repair until that verdict says proved. “Off by” is the largest factor between the two sides at a "
    "certified counterexample of this run, in floating point and for reading: the worst case may be worse."
)
PROOFS_LEAD = (
    "For each printed proof the steps that we could make out, in the order in which we understand the text to use them, each with the verdict of this run. "
    "A false step does not make the theorem false: it leaves it without this proof."
)
STANDS_LEAD = (
    "Readings that are proved although a sharper statement is known. A factor is proved for all members of the region that it names; what is said of single "
    "instances is certified there and says nothing of others."
)
NO_REPAIR = "no true statement is named in its place"
NOT_ESTABLISHED = "– not established in this run, so that it repairs nothing yet"
BY_PROOF = "None is exhibited: the negation is proved. The steps stand in the report."
SHARP_FORM = "The best possible counterpart as the claim file states it; what of it is proved is said above, or in the tightness of the reading."
WORST = "The worst that was found: "
REGIMES = "At certified counterexamples within the cells of the map: at least so far off there. The factor is in floating point, for reading."
NO_FALSE_STEP = "None of the steps that were judged is refuted."
NOT_JUDGED_BEFORE = "Not judged in this run, so that an earlier step may be false:"

CHAIN_LEAD = (
    "Which reading rests on which, as the proofs of this run name their lemmas. What stands at the left rests on nothing but steps of its own; a line runs "
    "from a lemma to what uses it. A refutation by an instance rests on no lemma, and stands in a list of its own below."
)
GRAPH = "The chain of proof: lemmas at the left, what rests on them to the right"
FALLS_LEAD = (
    "If one of these statements were refuted, the proofs listed beside it would be lost, directly or through others. The statements might still be true."
)
TRUST_LEAD = (
    "To believe a verdict one must believe that the statement is the one meant (its provenance), the steps written by hand, the named procedures, and what "
    "is cited. Hand-written steps are counted once however often they are used; those of lemmas are included in the second number."
)
TRUST_INSTANCE = (
    "For these no proof and no procedure of this project need be trusted: only the provenance of the statement, and the stand-alone checker, which evaluates "
    "the statement on the certificate’s exact data with Python’s standard library alone."
)

SENTENCES_LEAD = (
    "Sentences of the abstract and of the surrounding prose, in our words, as far as they reached us. Each is judged by the claims that it rests on: it "
    "stands only if all of them do, and a claim counts as false only if it is false in every reading that we could construct. The judgement is derived from "
    "the verdicts of this run."
)


def erratum_count(false: int, repaired: int) -> str:
    """How many readings are refuted, and for how many a true statement is established."""
    if not false:
        return "No reading of the paper was refuted in this run."
    return f"{false} reading{'s' * (false != 1)} refuted; for {repaired} of them a statement named in its place is proved in this run."


def sides(left: str, right: str, factor: str) -> str:
    """Both sides at a counterexample, and how far they are apart; a conclusion that is no single relation has no sides."""
    if left in ("", "-"):  # "-" in reports of an earlier version
        return "the conclusion is violated"
    apart = "" if not factor else ", infinitely far apart" if factor == "infinite" else f", apart by a factor of about {factor}"
    return f"left side {left}, right side {right}{apart}"


def acyclic(loop: Sequence[str]) -> str:
    """Whether a proof uses itself."""
    return "No proof uses itself: the chain has no cycle." if not loop else f"A proof uses itself, so that nothing on this cycle is proved: {' → '.join(loop)}."


def claim_itself(headline: str, broken: bool) -> str:
    """What the verdict of a theorem means beside that of its printed proof."""
    if not broken:
        return ""
    if headline == "REFUTED":
        return "The claim falls with its proof."
    if headline in ("PROVED", "PROVED_MODULO"):
        return "The claim stands, by another proof: what is broken is the printed one."
    if headline == "DEPENDS_ON_READING":
        return "Some readings of the claim are refuted and others are not."
    return "The claim has not been refuted; the printed proof does not establish it."
