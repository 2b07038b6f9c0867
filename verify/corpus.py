"""Counterexamples that were found once, kept by claim beside the claims, and replayed before anything else is tried.

``theorems/corpus/ID.json`` for a claim of the repository, ``corpus/ID.json`` beside the file of any other. A corpus is an input like the claim file: only
``verify run --record`` writes it, its hash stands in the report, and what it holds is data from a stranger: exact values in the notation of certificates,
put to the same exact examination as any suspect. An instance that does not fit its claim any more is passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.domain.instance import Instance

if TYPE_CHECKING:
    from verify.library import ClaimFile
    from verify.results import ClaimResult

__all__ = ["BadCorpus", "Corpus", "digest", "file_of", "instances", "record"]

Corpus = Mapping[str, Sequence[Instance]]
"""Instances by reading."""
_RATIONAL = re.compile(r"-?[0-9]{1,2000}(/[1-9][0-9]{0,1999})?", re.ASCII)
_MOST_BYTES = 4_000_000
_REPOSITORY = ("paper", "sharp", "classical")


class BadCorpus(ValueError):
    """A corpus file that cannot be used; the message names it and the remedy."""


def file_of(claim: ClaimFile) -> Path:
    """Where the counterexamples of a claim are kept, whether or not there are any."""
    folder = Path(claim.path).resolve().parent
    return (folder.parent if claim.group in _REPOSITORY else folder) / "corpus" / f"{claim.id}.json"


def instances(claim: ClaimFile) -> Corpus:
    """The counterexamples kept for a claim, by reading, in the order in which they were recorded.

    Raises:
        BadCorpus: if there is a file and it is not one of ours.
    """
    found: dict[str, list[Instance]] = {}
    for key, data in _entries(file_of(claim), claim.id):
        try:
            found.setdefault(key, []).append(Instance.from_json(data))
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadCorpus(f"{file_of(claim)}: an instance of reading ({key}) cannot be read: {error}; take it out") from error
    return found


def digest(claims: Iterable[ClaimFile]) -> str:
    """Names the contents of the corpus files of some claims; empty if there are none."""
    files = [path for claim in claims if (path := file_of(claim)).is_file()]
    words = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(files, key=lambda path: path.name)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16] if words else ""


def record(claim: ClaimFile, result: ClaimResult) -> int:
    """Add the certified counterexamples of a result to the corpus of its claim; how many were new.

    Raises:
        BadCorpus: if the file that is there is not one of ours; it is left alone.
        OSError: if the file cannot be written.
    """
    path = file_of(claim)
    kept = _entries(path, claim.id)
    known = {_canonical(key, data) for key, data in kept}
    fresh = [
        (reading.reading, witness.instance)
        for reading in result.readings
        if reading.verdict == "REFUTED"
        for witness in reading.witnesses
        if witness.certificate and not witness.role.startswith(("sharpest", "family"))
        and _canonical(reading.reading, witness.instance) not in known
    ]
    new = list({_canonical(key, data): (key, data) for key, data in fresh}.values())
    if new:
        _write(path, claim.id, [*kept, *new])
    return len(new)


def _canonical(key: str, data: Mapping[str, Any]) -> str:
    return json.dumps([key, data], sort_keys=True)


def _entries(path: Path, claim_id: str) -> list[tuple[str, dict[str, Any]]]:
    if not path.is_file():
        return []
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"it has more than {_MOST_BYTES} bytes")
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["claim"] != claim_id:
            raise ValueError(f"it is the corpus of {document['claim']!r}")
        entries = [(entry["reading"], entry["instance"]) for entry in document["counterexamples"]]
        for _, data in entries:
            _require_plain(data)
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadCorpus(f"{path}: not a corpus of claim {claim_id!r} ({error}); mend it, or move it away and record again") from error
    return entries


def _require_plain(data: Any) -> None:
    """Every string is a name, a type or a number of bounded length, before anything makes a number of it."""
    if isinstance(data, dict):
        for key, value in data.items():
            _require_plain(value)
            if key in ("value", "re", "im") and type(value) is not int and not (isinstance(value, str) and _RATIONAL.fullmatch(value)):
                raise ValueError(f"{str(value)[:40]!r} is not a rational number")
    elif isinstance(data, list):
        for value in data:
            _require_plain(value)
            if isinstance(value, str) and not _RATIONAL.fullmatch(value):
                raise ValueError(f"{value[:40]!r} is not a rational number")
    elif not isinstance(data, (str, int)):
        raise ValueError(f"{data!r} has no place in an instance")


def _write(path: Path, claim_id: str, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    listed = [json.dumps({"reading": key, "instance": data}, ensure_ascii=False) for key, data in entries]
    text = f'{{"claim": {json.dumps(claim_id)}, "counterexamples": [\n' + ",\n".join(listed) + "\n]}\n"
    neighbour = path.with_name(f".{path.name}.partial")
    neighbour.write_text(text, encoding="utf-8")
    neighbour.replace(path)
