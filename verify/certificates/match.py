"""Does a certificate speak of the claim that it names?"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from verify.certificates.write import statement_trees
from verify.language.claim import Claim, Reading
from verify.language.tree import NoTree, canonical
from verify.library import BadClaimFile, UnknownClaim, discover, resolve
from verify.search.problem import Problem

__all__ = ["NotCompared", "matches_claim"]


class NotCompared(LookupError):
    """There is nothing in the repository to compare the certificate with; the message says why."""


def matches_claim(certificate: Mapping[str, Any], others: Mapping[str, Claim] | None = None) -> str | None:
    """None if the certificate's claim and trees are those of the named claim file of the repository, else the reason why they are not.

    ``others`` are claims by id that are no part of the repository.

    Raises:
        NotCompared: for an enclosure, which states no claim, and for a claim that is not in the repository.
    """
    if "statement" not in certificate:
        raise NotCompared("it encloses a quantity and states no claim")
    name = certificate["claim"]
    own = (others or {}).get(name["id"])
    if own is None and name["id"] not in {file.id for file in discover()}:
        raise NotCompared(f"the repository has no claim {name['id']!r}; name its file with --claim")
    try:
        claim = own or resolve(name["id"])
        reading = claim.reading(name["reading"])
    except (UnknownClaim, BadClaimFile, KeyError) as error:
        return f"the claim it names cannot be loaded: {error}"
    for field, told in (("title", claim.title), ("source", claim.source)):
        if name.get(field, told) != told:
            return f"its {field} is not that of claim {claim.id}"
    if certificate.get("kind") == "inequality":
        return _inequality(certificate, claim, reading)
    problem = Problem(claim, reading)
    if certificate.get("kind") == "violation" and _along_a_family(certificate, claim, reading):
        return None
    try:
        compiled = statement_trees(problem.hypotheses, problem.conclusion)
    except NoTree:
        return f"its statement is not that of {problem.name}, nor one that its refutation shows members of"
    if [canonical(node) for node in compiled["hypotheses"]] != [canonical(node) for node in certificate["statement"]["hypotheses"]]:
        return f"its hypotheses are not those of {problem.name}"
    if canonical(certificate["statement"]["conclusion"]) not in {canonical(node) for node in _conclusions(certificate, compiled["conclusion"])}:
        return f"its conclusion is not that of {problem.name}"
    return None


def _along_a_family(certificate: Mapping[str, Any], claim: Claim, reading: Reading) -> bool:
    """Whether the statement is the reading without its quantifiers, as the members of its refutation violate it."""
    from verify.prove.family import pointwise_statements

    if reading.proof is None or not reading.proof.refutes:
        return False
    for one in pointwise_statements(claim, reading):
        with suppress(NoTree):
            if canonical(statement_trees(one.hypotheses, one.conclusion)) == canonical(dict(certificate["statement"])):
                return True
    return False


def _inequality(certificate: Mapping[str, Any], claim: Claim, reading: Reading) -> str | None:
    """None if the statement is that of the step which the certificate names: an obligation of the reading's proof, or (step 0) the reading itself."""
    from verify.prove.certified import scalar_statement
    from verify.prove.chain import obligations

    wanted = certificate.get("step", 0)
    found = next((part for number, *part in obligations(claim, reading) if number == wanted), None)
    compiled = None if found is None else scalar_statement(*found)
    if compiled is None:
        return f"step {wanted} of {claim.id}({reading.key}) is no scalar obligation"
    if [canonical(node) for node in compiled["hypotheses"]] != [canonical(node) for node in certificate["statement"]["hypotheses"]]:
        return f"its hypotheses are not those of step {wanted} of {claim.id}({reading.key})"
    if canonical(compiled["conclusion"]) != canonical(certificate["statement"]["conclusion"]):
        return f"its conclusion is not that of step {wanted} of {claim.id}({reading.key})"
    return None


def _conclusions(certificate: Mapping[str, Any], compiled: Mapping[str, Any]) -> list[Any]:
    """What the certificate may speak of: the conclusion; for a ratio, also one conjunct of it."""
    conjuncts = compiled["args"] if certificate.get("kind") == "ratio" and compiled["op"] == "And" else []
    return [compiled, *conjuncts]
