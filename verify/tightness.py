"""How sharp a reading's bound is: the label, and what it rests on.

The rule, in this order of authority:

1. A statement without an inequality is no bound. A proved equation is ``SHARP_ATTAINED``: both sides agree for every member. Anything else
   (an equivalence, an implication between conditions, a property) is ``UNKNOWN``, and the summary says that there is nothing to sharpen, or that
   it was not examined.
2. ``SHARP_ATTAINED``: equality is certified at an exact instance, or proved for the whole family of the sharp form, or at declared members.
3. ``SHARP_LIMIT``: the ratio of the sides is proved to tend to 1 along a declared family, or the reading is proved false for every smaller constant.
4. ``LOOSE``: over every region the bound is proved to be too weak by a factor larger than 1; the smallest of these is the certified factor.
5. ``UNKNOWN`` otherwise, with the best certified ratio.

So the label of the whole is that of its sharpest region. In the table by regions a region is ``SHARP_ATTAINED`` or ``SHARP_LIMIT`` if a proved family
lies in it (or an exact member at which equality is enclosed), else ``LOOSE`` if a factor larger than 1 is proved over it, else ``UNKNOWN``. A
conclusion of several inequalities is sharp only if each of them is (an equality that is certified at an instance belongs to the inequality that says
most, as ``verify.evidence`` chooses it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import And, Eq, Equivalent, Implies, oo

from verify import wording
from verify.certificates import accepts, ratio_certificate
from verify.language.claim import Claim, Reading
from verify.language.logic import Exists, ForAll, MatrixEq
from verify.language.printing import text
from verify.language.tree import NoTree
from verify.library import discover
from verify.prove.chain import Prover
from verify.results import FamilyTightness, RegionTightness, Tightness
from verify.search.problem import Problem
from verify.sharpness.attainment import proved_attainment
from verify.sharpness.comparison import compared, inequalities
from verify.sharpness.families import Established, best_constant, established, inside
from verify.sharpness.regions import RegionFactor, factors

__all__ = ["backing", "tightness_of"]

_PROVED = ("PROVED", "PROVED_MODULO")


@dataclass(frozen=True)
class _Facts:
    """What is established of a reading's sharpness."""

    problem: Problem
    families: tuple[Established, ...]
    regions: tuple[RegionTightness, ...]
    behind: str | None
    """The proved reading that the regions rest on."""
    names: Mapping[int, str]
    """Certificates by the identity of what they certify."""

    def covered(self, *, attained: bool) -> bool:
        """Whether every inequality of the conclusion has a family at which its sides are equal (or, unless ``attained``, become equal)."""
        sharp = {found.relation for found in self.families if found.limit == 1 and (found.attained or not attained)}
        return bool(sharp) and sharp >= set(inequalities(self.problem.conclusion))


def tightness_of(
    problem: Problem, ratio: Fraction | None, examined: bool, verdict: str, prover: Prover, *, thorough: bool,
    certificates: dict[str, dict[str, Any]] | None = None,
) -> Tightness:
    """The tightness of a reading that is not refuted; certificates of its ratios are added to the given dictionary, if the checker accepts them.

    Args:
        ratio: of the sides, certified at the sharpest instance.
        examined: whether a search looked at instances at all.
        verdict: what its proof says.
        thorough: more steps of bisection and more exact members than a quick run takes.
    """
    best = "" if ratio is None else str(ratio)
    if (said := _no_bound(problem, verdict)) is not None:
        return said
    facts = _facts(problem, prover, thorough, {} if certificates is None else certificates)
    label, summary = _label(facts, ratio, examined)
    sharp = label.startswith("SHARP")
    low, high = ("1", "1") if sharp else _interval(facts, ratio, label)
    families = tuple(_family(problem, found, facts.names) for found in facts.families)
    return Tightness(label, summary, "1" if ratio == 1 else best, low, high, facts.regions, families)


def _no_bound(problem: Problem, verdict: str) -> Tightness | None:
    """The answer for a statement that is no inequality; None for one that is."""
    statement = problem.conclusion
    if isinstance(statement, Exists) and statement.body.has(ForAll):
        return Tightness("UNKNOWN", wording.SOME_CONSTANT)
    if inequalities(problem.reading.statement):
        return None
    parts = statement.args if isinstance(statement, And) else (statement,)
    while any(isinstance(part, ForAll) for part in parts):
        parts = tuple(part.body if isinstance(part, ForAll) else part for part in parts)
    if all(isinstance(part, (Eq, MatrixEq)) for part in parts):
        return Tightness("SHARP_ATTAINED", wording.EQUATION, "", "1", "1") if verdict in _PROVED else Tightness("UNKNOWN", wording.OPEN_EQUATION)
    if all(isinstance(part, Equivalent) for part in parts):
        return Tightness("UNKNOWN", wording.EQUIVALENCE if verdict in _PROVED else wording.OPEN_EQUIVALENCE)
    if isinstance(statement, Implies) and inequalities(statement.args[1]) and problem.reading.best_constant is not None:
        return None
    return Tightness("UNKNOWN", wording.NO_BOUND)


def _facts(problem: Problem, prover: Prover, thorough: bool, certificates: dict[str, dict[str, Any]]) -> _Facts:
    proved = _lookup(prover)
    declared = (established(problem, family, proved, points=4 if thorough else 3) for family in problem.reading.sharp_at)
    families = tuple(found for several in declared for found in several)
    comparison = compared(problem)
    behind = backing(problem, prover, beside=True) if comparison is not None else None
    found: tuple[RegionFactor, ...] = ()
    if comparison is not None and behind is not None and (not comparison.exists or proved_attainment(problem, of_sharp_form=True) is not None):
        found = factors(problem, comparison, steps=6 if thorough else 3)
    names = _certified(problem, families, found, certificates)
    regions = tuple(_region(problem, region, families, names) for region in found)
    telling = any(region.label != "UNKNOWN" or (region.quantity and region.factor_high) for region in regions)
    return _Facts(problem, families, regions if telling else (), behind, names)


def _certified(
    problem: Problem, families: Sequence[Established], regions: Sequence[RegionFactor], certificates: dict[str, dict[str, Any]]
) -> dict[int, str]:
    """The names of the certificates of enclosed ratios, by the ratio's identity; only what the stand-alone checker accepts."""
    ratios = [(f"family-{k}", found.points[-1][1]) for k, found in enumerate(families, 1) if found.points]
    ratios += [(f"region-{k}", region.at) for k, region in enumerate(regions, 1) if region.at is not None]
    written = {}
    for role, ratio in ratios:
        if ratio.bounds and not problem.conclusion.atoms(Exists):
            with suppress(NoTree):
                name = f"{problem.claim.id}.{problem.reading.key}.{role}.json"
                written[name] = ratio, ratio_certificate(
                    problem.claim, problem.reading, problem.hypotheses, ratio.relation, ratio.instance, ratio.bounds, ratio.value
                )
    written = {name: pair for name, pair in written.items() if accepts(pair[1])}
    certificates.update({name: certificate for name, (_, certificate) in written.items()})
    return {id(ratio): f"certificates/{name}" for name, (ratio, _) in written.items()}


def _lookup(prover: Prover) -> Callable[[str], tuple[Claim, Reading] | None]:
    def proved(reference: str) -> tuple[Claim, Reading] | None:
        name, _, key = reference.rstrip(")").partition("(")
        claim = prover.resolve(name)
        reading = claim.reading(key)
        return (claim, reading) if prover.prove(claim, reading).verdict in _PROVED else None

    return proved


def backing(problem: Problem, prover: Prover, *, beside: bool = False) -> str | None:
    """The proved reading that states the sharp form of this one, over the same classes or larger ones.

    It is looked for in the pack of sharp claims, and first ``beside`` the reading, in its own claim, if so asked.
    """
    sharp = problem.reading.sharp
    if sharp is None:
        return None
    for claim, reading in _candidates(problem, beside):
        parts = (reading.statement, *(reading.statement.args if isinstance(reading.statement, And) else ()))
        same = sharp.statement in parts and set(claim.hypotheses_of(reading)) <= set(problem.hypotheses)
        if same and (outcome := prover.prove(claim, reading)).verdict in _PROVED:
            return f"{claim.id}({reading.key}), {str(outcome.verdict).replace('_', ' ').lower()}"
    return None


def _candidates(problem: Problem, beside: bool) -> Iterator[tuple[Claim, Reading]]:
    if beside:
        yield from ((problem.claim, reading) for reading in problem.claim.readings if reading.key != problem.reading.key)
    for file in discover():
        if file.group == "sharp":
            claim = file.load()
            yield from ((claim, reading) for reading in claim.readings)


# -- the label ---------------------------------------------------------------------------------------------------------


def _label(facts: _Facts, ratio: Fraction | None, examined: bool) -> tuple[str, str]:
    problem = facts.problem
    table = wording.regions_summary(facts.regions, facts.behind, _upper(problem)) if facts.regions else ""
    if ratio == 1:
        return "SHARP_ATTAINED", _joined("equality is certified at the sharpest instance", table)
    if (attained := proved_attainment(problem)) is not None:
        return "SHARP_ATTAINED", _joined(wording.attainment_summary(attained.by, attained.lemmas), table)
    if facts.covered(attained=True):
        return "SHARP_ATTAINED", _joined(wording.equality_summary(facts.families), table)
    if (best := best_constant(problem)) is not None:
        return "SHARP_LIMIT", _joined(wording.constant_summary(best[0], best[1]), table)
    if facts.covered(attained=False):
        return "SHARP_LIMIT", _joined(wording.limit_summary(facts.families), table)
    certified = wording.ratio_summary(ratio) if ratio is not None else "no certified ratio of the two sides" if examined else ""
    partly = wording.partly_summary(facts.families)
    loose = bool(facts.regions) and all(region.label == "LOOSE" for region in facts.regions)
    if loose:
        return "LOOSE", _joined(table, partly, certified)
    return "UNKNOWN", _joined(table, partly, certified) or "not examined"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _upper(problem: Problem) -> bool:
    comparison = compared(problem)
    return comparison is None or comparison.upper


def _interval(facts: _Facts, ratio: Fraction | None, label: str) -> tuple[str, str]:
    """Rationals around the best factor by which the bound could be improved everywhere; only for one inequality."""
    if len(inequalities(facts.problem.reading.statement)) != 1:
        return "", ""
    highs = [Fraction(region.factor_high) for region in facts.regions if region.factor_high]
    highs += [1 / ratio] if ratio else []
    highs += [1 / Fraction(value["ratio"]) for family in facts.families for value in _ratios(family) if Fraction(value["ratio"]) > 0]
    if not highs:
        return "", ""
    low = str(min(Fraction(region.factor_low) for region in facts.regions)) if label == "LOOSE" else "1"
    return low, str(min(highs))


# -- records -----------------------------------------------------------------------------------------------------------


def _region(problem: Problem, region: RegionFactor, families: Sequence[Established], names: Mapping[int, str]) -> RegionTightness:
    within = [
        found for found in families
        if found.limit == 1 and region.quantity is not None and inside(found.family, problem, region.quantity, region.low, region.high)
    ]
    label = "LOOSE" if region.proved > 1 else "SHARP_ATTAINED" if region.reached == 1 else "UNKNOWN"
    if within:
        label = "SHARP_ATTAINED" if any(found.attained for found in within) else "SHARP_LIMIT"
    high = str(region.reached) if region.reached is not None else ""
    quantity = "" if region.quantity is None else text(region.quantity)
    return RegionTightness(
        quantity, text(region.low), "infinity" if region.high == oo else text(region.high), label, str(region.proved), "1" if within else high, region.by,
        names.get(id(region.at), ""),
    )


def _family(problem: Problem, found: Established, names: Mapping[int, str]) -> FamilyTightness:
    family = found.family
    shown = ", ".join(f"{_name(symbol)} = {text(value)}" for symbol, value in family.members.items())
    towards = "" if family.parameter is None else f"{family.parameter} → ∞"
    by = ", ".join(dict.fromkeys(found.by)) + "".join(f"; given the {lemma}" for lemma in found.lemmas)
    certificate = names.get(id(found.points[-1][1]), "") if found.points else ""
    meant = inequalities(problem.conclusion)
    which = f" – inequality {meant.index(found.relation) + 1} of {len(meant)}" if len(meant) > 1 else ""
    return FamilyTightness(shown, towards, text(found.limit), by, found.rate, family.text + which, tuple(_ratios(found)), certificate)


def _ratios(found: Established) -> list[dict[str, str]]:
    return [{"at": at, "ratio": str(one.value)} for at, one in found.points]


def _name(symbol: Any) -> str:
    return str(getattr(symbol, "name", symbol))
