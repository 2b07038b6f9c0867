"""Writing certificates in the form of ``docs/certificate-format.md``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.domain import Instance
from verify.language.claim import Claim, Reading
from verify.language.tree import tree

__all__ = ["FORMAT", "ratio_certificate", "statement_trees", "violation_certificate"]

FORMAT = "verify-certificate/1"


def statement_trees(hypotheses: Sequence[Any], conclusion: Any) -> dict[str, Any]:
    """The ``statement`` object: what is assumed and what is claimed, as trees."""
    return {"hypotheses": [tree(hypothesis) for hypothesis in hypotheses], "conclusion": tree(conclusion)}


def _certificate(kind: str, claim: Claim, reading: Reading, statement: dict[str, Any], instance: Instance, bounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": kind,
        "claim": {"id": claim.id, "reading": reading.key, "title": claim.title, "source": claim.source},
        "statement": statement,
        "instance": instance.to_json(),
        "bounds": list(bounds),
    }


def violation_certificate(
    claim: Claim, reading: Reading, hypotheses: Sequence[Any], conclusion: Any, instance: Instance, bounds: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """At the instance every hypothesis holds and the conclusion is violated."""
    return _certificate("violation", claim, reading, statement_trees(hypotheses, conclusion), instance, bounds)


def ratio_certificate(
    claim: Claim, reading: Reading, hypotheses: Sequence[Any], conclusion: Any, instance: Instance, bounds: Sequence[dict[str, Any]], ratio: Fraction
) -> dict[str, Any]:
    """At the instance the smaller side of the inequality is at least ``ratio`` times the larger one."""
    return {**_certificate("ratio", claim, reading, statement_trees(hypotheses, conclusion), instance, bounds), "ratio": str(ratio)}
