"""A digest of all that the proof of a reading is about, so that what was proved of one statement is never taken for another.

Two readings have the same digest only if they say the same over the same classes, in the same symbols with the same assumptions, have the same stored proof,
and cite lemmas of which the same holds.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from sympy import Basic, srepr
from sympy.matrices.matrixbase import MatrixBase

from verify.language.claim import Claim, Lemma, Reading

__all__ = ["Fingerprints"]


class Fingerprints:
    """Digests of readings, and of every lemma that their proofs rest on; ``effort`` is what each decision may spend."""

    def __init__(self, resolve: Callable[[str], Claim], effort: Any = None) -> None:
        self._resolve = resolve
        self._effort = effort
        self._known: dict[tuple[int, int], tuple[Claim, Reading, str]] = {}
        """By identity; the objects are kept, so that no other gets the same."""

    def of(self, claim: Claim, reading: Reading) -> str:
        """The digest of a reading, its lemmas included."""
        found: dict[tuple[str, str], str] = {}
        waiting = [(claim, reading)]
        while waiting:
            one, part = waiting.pop()
            if (one.id, part.key) in found:
                continue
            found[one.id, part.key] = self._alone(one, part)
            for step in () if part.proof is None else part.proof.steps:
                if isinstance(step, Lemma):
                    try:
                        lemma = self._resolve(step.claim)
                        waiting.append((lemma, lemma.reading(step.reading)))
                    except LookupError:
                        found[step.claim, step.reading] = "not found"
        return _digest((claim.id, reading.key, self._effort, sorted(found.items())))

    def _alone(self, claim: Claim, reading: Reading) -> str:
        key = id(claim), id(reading)
        if key not in self._known:
            about = reading.statement, claim.hypotheses_of(reading), dict(claim.domain_of(reading)), reading.proof, reading.provenance
            self._known[key] = claim, reading, _digest(about)
        return self._known[key][2]


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode("utf-8", "backslashreplace")).hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, (Basic, MatrixBase)):
        return srepr(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({', '.join(_text(getattr(value, field.name)) for field in dataclasses.fields(value))})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{_text(key)}: {_text(one)}' for key, one in value.items()))}}}"
    if isinstance(value, (tuple, list)):
        return f"({', '.join(map(_text, value))})"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(_text, value)))}}}"
    return repr(value)
