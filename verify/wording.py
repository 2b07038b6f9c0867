"""The sentences of a verdict: what may be said, why, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import oo

from verify.language.claim import BestConstant, Claim, ProvenanceCode, Reading, Surrogate
from verify.language.printing import text

if TYPE_CHECKING:
    from verify.prove.family import Shown
    from verify.prove.solver import Decision
    from verify.results import RegionTightness, Tightness, Witness
    from verify.sharpness.failing import Departure
    from verify.sharpness.families import Established

__all__ = [
    "ADVICE", "DISAGREEMENT", "EQUATION", "EQUIVALENCE", "FALSE_BOUND", "GIVEN_BY_HAND", "IRRATIONAL", "NO_BLOCKS", "NO_BOUND", "NO_GENERIC",
    "OPEN_EQUATION", "OPEN_EQUIVALENCE", "SOME_CONSTANT", "STOPPED_SEARCH", "UNDEFINED_REMEDY", "UNWITNESSED", "VACUOUS", "WRONG_PROOF",
    "attainment_summary", "constant_summary", "counterexample_reason", "equality_summary", "failed", "limit_summary", "more_time", "not_evaluable",
    "open_suspect", "partly_summary", "phrase", "ratio_summary", "refutation", "regions_summary", "search_summary", "stopped", "surrogate", "survived",
    "undefined",
]

ADVICE = {
    "PROVED": "Read the steps; each names what checked it.",
    "PROVED_MODULO": "Read the steps marked 'by hand': the verdict stands or falls with them.",
    "REFUTED": "Re-check the counterexample with the command below; it needs nothing of this project but one file.",
    "SURVIVED": "This is not a proof. Search deeper (--effort deep), or write a proof into the claim file.",
    "UNDECIDED": "Search deeper (--effort standard or deep), or give the claim a proof.",
    "NOT_TESTABLE": "Nothing here can be checked. If a nearest testable statement is named, its verdict says what can be said.",
    "VACUOUS": "Mend the hypotheses: they contradict each other, so that the statement says nothing.",
    "ERROR": "This is a defect of the suite or of the claim file; run the claim alone to see it again.",
    "UNWITNESSED": "Check the hypotheses. An equation is met through a class or a substitution rather than by chance; a thin region wants a larger effort.",
}
DISAGREEMENT = "the engine found a violation that the stand-alone checker did not accept: nothing is claimed; this is a defect of one of the two"
GIVEN_BY_HAND = ", given the hand-written steps shown"
NO_BLOCKS = "; there is no generic counterexample to show, because the statement has no blocks whose order is free"
NO_GENERIC = "; no generic counterexample was certified: no random member with every block of order at least 2 gave one"
STOPPED_SEARCH = "the search was stopped after {:g} s"
VACUOUS = "a decision procedure shows that no instance satisfies all hypotheses"
WRONG_PROOF = "; the hand-written proof stored with the claim is therefore wrong"
UNWITNESSED = "no exact instance satisfied all hypotheses, so that nothing was tested"
EQUATION = "an equation: both sides agree for every member, so there is nothing to tighten"
OPEN_EQUATION = "an equation, not a bound; it is not proved"
EQUIVALENCE = "an equivalence, not a bound: both directions are proved, so neither condition can be weakened, and there is no constant to sharpen"
OPEN_EQUIVALENCE = "an equivalence, not a bound; it is not proved"
FALSE_BOUND = "the statement is false as it stands; how far it is off, and where, is told with its counterexamples"
NO_BOUND = "not a bound: no two sides whose ratio would say how sharp it is"
SOME_CONSTANT = "it asserts that some constant serves and names none, so there is no constant to sharpen"

_NAMES = {"T": "Theorem", "L": "Lemma", "P": "Proposition", "R": "Remark"}


def phrase(claim: Claim, reading: Reading, verdict: str) -> str:
    """What may be said of the paper, given where the formula comes from."""
    subject = _subject(claim, reading)
    return {
        "PROVED": f"{subject} is true",
        "PROVED_MODULO": f"{subject} is true, given the hand-written steps shown",
        "REFUTED": f"{subject} is false",
        "SURVIVED": f"no counterexample to {subject} was found",
        "UNDECIDED": f"{subject} is undecided",
        "UNWITNESSED": f"{subject} was not tested",
        "VACUOUS": f"{subject} is vacuous",
        "NOT_TESTABLE": f"{subject} is not testable",
        "ERROR": f"{subject} was not judged",
    }[verdict]


def _subject(claim: Claim, reading: Reading) -> str:
    name = _full_name(claim.id)
    code = reading.provenance.code
    if code in (ProvenanceCode.OWN, ProvenanceCode.CLASSICAL):
        return f"{claim.id} ({claim.title})"
    if code is ProvenanceCode.STATED:
        return name
    if code is ProvenanceCode.QUOTED:
        return f"{name}, as quoted by others,"
    if code is ProvenanceCode.RECONSTRUCTED:
        return f"{name}, as its proof pins it down,"
    return f"reading ({reading.key}) of {name}, our reconstruction,"


def _full_name(claim_id: str) -> str:
    head, _, part = claim_id.partition("-")
    if head[:1] in _NAMES and head[1:].isdigit():
        return f"{_NAMES[head[:1]]} {head[1:]}" + (f", part {part}" if part and part != "step" else ", a step of its proof" if part else "")
    return claim_id


def refutation(level: str, source: str) -> str:
    if level == "R3":
        return f"an exact rational counterexample, accepted by the stand-alone checker (found by: {source})"
    return f"a counterexample in ball arithmetic with a strictly positive violation (found by: {source})"


def member_of(family: Shown, value: Any) -> str:
    """Where an instance along the family of a refutation comes from."""
    if value is None:
        return "the proof"
    if family.declared is None:
        return f"the proof, with every constant that is to be chosen equal to {value}"
    return f"the family beside the proof, at {family.parameter} = {value}"


def along_the_family(family: Shown, values: Sequence[Any]) -> str:
    """What the certified members of a refutation by explicit members show, and what they do not."""
    listed = ", ".join(map(str, values))
    if family.declared is not None:
        return (
            f". A family beside the proof – {family.declared.text} – is certified at {family.parameter} = {listed}: each certificate speaks of one "
            "member, an example of what the proof says and no step of it"
        )
    if values[0] is None:
        return ". The exact members of the proof have a certificate, which the stand-alone checker accepts"
    return (
        f". The members of the proof are certified for the constants {listed}: each certificate shows that the statement fails with this "
        "constant, not that it fails with every one; the latter is the proof's"
    )


_LONGEST_RATIO = 60


def off_by(found: Departure | None) -> str:
    """The ratio of the sides along a family, and its limit."""
    if found is None:
        return ""
    whence = "which every enclosure at them confirms" if found.derived else "as the proof states it and every enclosure at them confirms"
    shown = text(found.ratio)
    value = f"is {shown}" if len(shown) <= _LONGEST_RATIO else "has a closed form"
    along = f". The left side divided by the right one {value} at the members, {whence}"
    if found.limit is None or not found.ratio.free_symbols:
        return along
    towards = "infinity" if found.towards == oo else text(found.towards)
    limit = "infinity" if found.limit == oo else text(found.limit)
    subject = "it" if found.derived else "the stated ratio"
    return f"{along}; as {text(found.parameter)} tends to {towards}, {subject} tends to {limit} (SymPy limit)"


def counterexample_reason(witness: Witness) -> str:
    if not witness.left:
        return "the conclusion, which is no single relation between numbers, is false at the simplest counterexample"
    return f"at the simplest counterexample the left side is {witness.left} and the right side {witness.right}"


def search_summary(evaluations: Mapping[str, int]) -> str:
    parts = ", ".join(f"{count} by {name}" for name, count in evaluations.items())
    return f"no violation in {sum(evaluations.values())} evaluations ({parts}); nothing is proved"


def survived(evaluations: Mapping[str, int], tightness: Tightness) -> str:
    best = tightness.best_certified_ratio
    ratio = f"; the sides came as close as a certified ratio of {_below_one(Fraction(best))}" if best else ""
    return f"no violation found in {sum(evaluations.values())} evaluations{ratio}; this is not a proof"


def surrogate(nearest: Surrogate, statement: str, verdict: str | None) -> str:
    """The nearest testable reading, what a proof says of it, and what that implies."""
    said = {"PROVED": "proved", "PROVED_MODULO": "proved, given hand-written steps", "REFUTED": "refuted by proof"}.get(verdict or "", "judged on its own page")
    return f"Nearest testable statement: {nearest.claim} ({nearest.reading}), {statement} – {said}. {nearest.implies}"


def open_suspect(margin: float, source: str) -> str:
    return f"a float violation of relative size {margin:.2g} (found by: {source}) could be neither certified nor dismissed"


IRRATIONAL = (
    "The conclusion has an irrational number inside a matrix, which no exact instance can hold: take it out of the matrix as a factor of a norm, or "
    "give it a symbol with a class (s: between(7/5, 3/2), say). Or give the claim a proof."
)


def more_time(name: str, seconds: float) -> str:
    """What to do about a claim that the clock stopped; ``name`` is its id or its file."""
    return f"Give it longer, alone: verify run {name} --time-limit {4 * seconds:g}; or run it at a smaller effort."


def stopped(seconds: float, evaluations: Mapping[str, int], begun: bool) -> str:
    """Why a reading has no verdict of its own: the clock ended its search."""
    if not begun:
        return f"stopped after {seconds:g} s: the time was spent on the readings before this one"
    tried = sum(evaluations.values())
    return f"stopped after {seconds:g} s: no violation was certified in the {tried} evaluations until then" if tried else f"stopped after {seconds:g} s"


def undefined(why: str, instance: Mapping[str, Any]) -> str:
    """Why a statement that has no value on its whole domain is not judged."""
    return f"the conclusion has no value at an instance that meets all hypotheses ({values_text(instance)}): {why}"


UNDEFINED_REMEDY = "Exclude such instances by a hypothesis or a class, or give them a value with Piecewise; then run again."


def failed(error: BaseException) -> tuple[str, str]:
    """What became of a reading whose check raised an exception, and what to do."""
    line = next(iter(str(error).splitlines()), "")
    told = f"its check failed: {type(error).__name__}: {line}" if line else f"its check failed: {type(error).__name__}"
    if isinstance(error, ZeroDivisionError):
        return told, "The statement divides by zero: exclude that by a hypothesis or a class. If it does not, this is a defect of the suite."
    if isinstance(error, (RecursionError, OverflowError)):
        return told, "The statement is too deep or its numbers are too large for its check: state it with smaller ones."
    return told, ADVICE["ERROR"]


def values_text(instance: Mapping[str, Any], limit: int = 160) -> str:
    """Sizes and values of an exact instance, as far as a line holds."""
    parts = [f"{name} = {size}" for name, size in instance.get("sizes", {}).items()]
    parts += [f"{name} = {_value_text(value)}" for name, value in instance.get("values", {}).items()]
    shown: list[str] = []
    for part in parts:
        if sum(map(len, shown)) + 2 * len(shown) + len(part) > limit:
            return ", ".join([*shown, "…"])
        shown.append(part)
    return ", ".join(shown) or "the statement has no free symbol"


def _value_text(value: Mapping[str, Any]) -> str:
    kind = value["type"]
    if kind == "complex":
        return f"{value['re']} + ({value['im']})i"
    if kind == "sequence":
        return "[" + "; ".join(_value_text(term) for term in value["terms"]) + "]"
    if kind in ("rational", "integer"):
        return str(value["value"])
    rows = value["rows"] if "rows" in value else value["upper"]
    entries = (", ".join(entry if isinstance(entry, str) else f"{entry[0]} + ({entry[1]})i" for entry in row) for row in rows)
    return ("upper triangle " if kind == "symmetric" else "") + "[" + "; ".join(entries) + "]"


def not_evaluable(reason: str) -> str:
    return f"the statement has no value at a single instance, and no proof settles it: {reason}"


def ratio_summary(ratio: Fraction) -> str:
    return f"at the sharpest instance the smaller side is at least {_below_one(ratio)} of the larger one"


def regions_summary(regions: Sequence[RegionTightness], behind: str | None, upper: bool) -> str:
    """Where the bound is too weak, and by how much; neighbouring regions that are loose are told in one sentence."""
    loose = [region for region in regions if region.label == "LOOSE"]
    word = "large" if upper else "small"
    if not loose:
        return ""
    least = min(Fraction(region.factor_low) for region in loose)
    if len(loose) == len(regions):
        return f"against the sharp bound ({behind}) the printed one is too {word} by a factor of at least {_digits(least)} for every member"
    where = ", ".join(f"{_digits(Fraction(region.factor_low))} for {place(region)}" for region in loose)
    return f"against the sharp bound ({behind}) the printed one is too {word} by a factor of at least {where}"


def place(region: RegionTightness) -> str:
    """``0 <= q <= 2``."""
    if not region.quantity:
        return "the whole class"
    return f"{region.low} <= {region.quantity}" + ("" if region.high == "infinity" else f" <= {region.high}")


def _digits(factor: Fraction) -> str:
    return f"{float(factor):.4g}"


def limit_summary(families: Sequence[Established]) -> str:
    """That the sides come together, and who proved it."""
    found = [one for one in families if one.limit == 1]
    by = ", ".join(dict.fromkeys(name for one in found for name in one.by))
    several = "families" if len(found) > 1 else "a family"
    return f"sharp in the limit: along {several} of members the ratio of the sides is proved to tend to 1 ({by})"


def equality_summary(families: Sequence[Established]) -> str:
    found = [one for one in families if one.attained]
    by = ", ".join(dict.fromkeys(name for one in found for name in one.by if name)) or "the same expression on both sides"
    return f"equality is proved at the members shown, by {by}"


def partly_summary(families: Sequence[Established]) -> str:
    """What the families show that do not settle the label."""
    best = [f"along a family the ratio of the sides tends to {text(one.limit)}" for one in families if one.limit != 1]
    part = ["one of its inequalities is sharp"] if any(one.limit == 1 for one in families) else []
    return "; ".join(dict.fromkeys(best + part))


def constant_summary(best: BestConstant, decision: Decision) -> str:
    resting = f"; given the {'; the '.join(decision.lemmas)}" if decision.lemmas else ""
    return (
        f"the constant {text(best.value)} is the best possible: with any smaller one (above {text(best.above)}) in its place the statement is false, at an "
        f"explicit member for each, proved by {decision.by}{resting}"
    )


def attainment_summary(by: str, lemmas: Sequence[str]) -> str:
    resting = f"; given the {'; the '.join(lemmas)}" if lemmas else ""
    return f"equality is proved for the whole sharp family, by {by}{resting}"


def _below_one(ratio: Fraction) -> str:
    """A ratio without rounding it up to 1."""
    return f"1 − {float(1 - ratio):.2g}" if 0 < 1 - ratio < Fraction(1, 10**6) else f"{float(ratio):.9g}"
