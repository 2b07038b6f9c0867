"""Obligations with a certificate that needs no solver: their scalar form, and the stored proofs.

``theorems/inequalities.json`` holds proofs by the digest of the statement that they prove, so that a proof can never be taken for that of another
statement. They were found by ``python -m verify.prove.record``; a proof counts only if the stand-alone checker accepts it with the statement as it is
compiled now.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sympy import Dummy, Symbol
from sympy.logic.boolalg import Boolean

from verify.language.claim import Claim, Reading
from verify.language.logic import Supremum
from verify.language.tree import NoTree, canonical, tree
from verify.prove.constants import ENCLOSURES
from verify.prove.definitions import by_definition
from verify.prove.explicit import NotScalar
from verify.prove.inequality import bookkeeping
from verify.prove.literals import replaced
from verify.prove.prenex import known_of, opened, symbols_of
from verify.prove.scalarise import scalarise

__all__ = ["STORE", "certified", "inequality_certificate", "key_of", "scalar_statement"]

STORE = Path(__file__).resolve().parents[2] / "theorems" / "inequalities.json"
Statement = dict[str, Any]


def scalar_statement(statement: Boolean, given: Sequence[Boolean] = ()) -> Statement | None:
    """``given implies statement`` over real numbers as the trees of a certificate; None if it has no such form.

    What a decision procedure is asked: quantities of small matrices in closed form, suprema over the complex plane by their definition where that
    is how it is decided, outer quantifiers removed, and what is known of the signs of the symbols among the hypotheses. Symbols that stand for
    entries of matrices or parts of complex numbers get names that are words.
    """
    names = {constant: Dummy(f"the_{constant}", positive=True) for constant in ENCLOSURES}  # which no symbol of a claim can be
    given, statement = tuple(replaced(one, names) for one in given), replaced(statement, names)
    taken = {str(symbol) for symbol in symbols_of(statement, *given)}
    try:
        found = by_definition(statement, taken)
        parts = [scalarise(one) for one in (*given, statement if found is None else found)]
    except (NotScalar, ZeroDivisionError):
        return None
    if any(part.has(Supremum) for part in parts):
        return None
    symbols = [symbol for symbol in symbols_of(*parts) if symbol not in names.values()]
    hypotheses, conclusion = opened((*known_of(symbols), *parts[:-1]), parts[-1])
    words = _words(symbols_of(conclusion, *hypotheses))
    back = {name: constant for constant, name in names.items()} | {symbol: Symbol(word, real=True) for symbol, word in words.items() if str(symbol) != word}
    try:
        trees = [tree(replaced(one, back)) for one in (*hypotheses, conclusion)]
    except NoTree:
        return None
    return {"hypotheses": list({canonical(node): node for node in trees[:-1]}.values()), "conclusion": trees[-1]}


def _words(symbols: Sequence[Symbol]) -> dict[Symbol, str]:
    """A name for each symbol that is a word, its own if possible."""
    taken = {str(symbol) for symbol in symbols if re.fullmatch(r"[^\W\d][\w']{0,63}", str(symbol))}
    words = {}
    for symbol in symbols:
        word = str(symbol)
        if word not in taken:
            word = "_".join(re.findall(r"\w+", word)) or "x"
            while word in taken:
                word += "_"
            taken.add(word)
        words[symbol] = word
    return words


def key_of(statement: Statement) -> str:
    """The name of a statement among the stored proofs."""
    words = "\n".join(canonical(node) for node in (*statement["hypotheses"], statement["conclusion"]))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@functools.cache
def _stored() -> dict[str, Any]:
    return json.loads(STORE.read_text(encoding="utf-8")) if STORE.is_file() else {}


@functools.cache
def _accepted(text: str) -> bool:
    return bool(bookkeeping().check(text.encode()).accepted)


def certified(statement: Boolean, given: Sequence[Boolean] = ()) -> dict[str, Any] | None:
    """``statement`` and ``proof`` of a certificate, if a proof is stored and the checker accepts it."""
    scalar = scalar_statement(statement, given)
    if scalar is None or (proof := _stored().get(key_of(scalar))) is None:
        return None
    found = {"statement": scalar, "proof": proof}
    nobody = {"id": "obligation", "reading": "i", "title": "an obligation"}
    whole = {"format": "verify-certificate/1", "kind": "inequality", "claim": nobody, **found}
    return found if _accepted(json.dumps(whole)) else None


def inequality_certificate(claim: Claim, reading: Reading, step: int, found: dict[str, Any]) -> dict[str, Any]:
    """The certificate of one step of a proof; step 0 is the statement itself."""
    name = {"id": claim.id, "reading": reading.key, "title": claim.title, "source": claim.source}
    return {"format": "verify-certificate/1", "kind": "inequality", "claim": name, "step": step, **found}
