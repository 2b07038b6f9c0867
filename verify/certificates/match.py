"""Does a certificate speak of the claim that it names?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.certificates.write import statement_trees
from verify.language.tree import canonical
from verify.library import BadClaimFile, UnknownClaim, select
from verify.search.problem import Problem

__all__ = ["matches_claim"]


def matches_claim(certificate: Mapping[str, Any]) -> str | None:
    """None if the certificate's trees are those compiled from the named claim file, else the reason why they are not."""
    if "statement" not in certificate:
        return None
    name = certificate["claim"]
    try:
        claim = select([name["id"]])[0].load()
        reading = claim.reading(name["reading"])
    except (UnknownClaim, BadClaimFile, KeyError) as error:
        return f"the claim it names cannot be loaded: {error}"
    problem = Problem(claim, reading)
    compiled = statement_trees(problem.hypotheses, problem.conclusion)
    if [canonical(node) for node in compiled["hypotheses"]] != [canonical(node) for node in certificate["statement"]["hypotheses"]]:
        return f"its hypotheses are not those of {problem.name}"
    if canonical(certificate["statement"]["conclusion"]) not in {canonical(node) for node in _conclusions(certificate, compiled["conclusion"])}:
        return f"its conclusion is not that of {problem.name}"
    return None


def _conclusions(certificate: Mapping[str, Any], compiled: Mapping[str, Any]) -> list[Any]:
    """What the certificate may speak of: the conclusion; for a ratio, also one conjunct of it."""
    conjuncts = compiled["args"] if certificate.get("kind") == "ratio" and compiled["op"] == "And" else []
    return [compiled, *conjuncts]
