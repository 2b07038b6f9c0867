"""Exact instances for reading: rationals as fractions, matrices as MathML or LaTeX, long entries as decimals beside the exact text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from verify.report.markup import Html, tag

__all__ = ["Shown", "decimal", "instance_values", "ratio_text"]

LARGEST_ORDER = 8
LONGEST_ENTRY = 18
LONGEST_EXACT = 1200
RATIONAL = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?", re.ASCII)


@dataclass(frozen=True)
class Shown:
    """One value of an instance: its ``symbol`` and the whole equation; ``exact`` is empty when the equation is exact already."""

    symbol: Html
    mathml: Html
    latex_symbol: str
    latex: str
    exact: str = ""


def instance_values(instance: Mapping[str, Any]) -> list[Shown]:
    """The sizes, then every value, in the order of the record."""
    sizes = [_scalar(name, str(value)) for name, value in instance.get("sizes", {}).items()]
    return sizes + [shown for name, value in instance.get("values", {}).items() for shown in _value(name, value)]


def decimal(text: str, digits: int = 8, rounding: str = ROUND_HALF_EVEN) -> str:
    """A rational as a decimal with so many significant digits, whatever its length; other text as it is, cut when long."""
    if not RATIONAL.fullmatch(text):
        return text if len(text) <= LONGEST_ENTRY else text[:LONGEST_ENTRY] + "…"
    top, _, bottom = text.partition("/")
    value = Context(prec=digits, rounding=rounding).divide(Decimal(top), Decimal(bottom or "1"))
    return f"{value:g}".replace("e+", "e")


def ratio_text(ratio: str) -> str:
    """A certified ratio as decimal and fraction; rounded down, so that no bound looks sharper than it was certified to be."""
    short = decimal(ratio, 4, ROUND_FLOOR)
    return short if short == ratio else f"{short} ({ratio})" if len(ratio) <= 24 else f"{short} (exact value in the certificate)"


def _value(name: str, value: Any) -> list[Shown]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if kind in {"rational", "integer"}:
        return [_scalar(name, str(value["value"]))]
    if kind == "complex":
        return [_scalar(name, [value["re"], value["im"]])]
    if kind == "sequence":
        return _terms(name.removesuffix("_t"), value["terms"])
    rows = _rows(value) if kind in {"matrix", "symmetric"} else None
    return [_matrix(name, rows)] if rows else [_raw(name, json.dumps(value, sort_keys=True, ensure_ascii=False))]


def _terms(name: str, terms: list[Any]) -> list[Shown]:
    """A sequence term by term; once, with the index ``t``, where all its terms are alike."""
    if len(terms) > 1 and all(term == terms[0] for term in terms):
        return _value(f"{name}_t", terms[0])
    return [shown for number, term in enumerate(terms, 1) for shown in _value(f"{name}_{number}", term)]


def _rows(value: Mapping[str, Any]) -> list[list[Any]]:
    """All rows of a matrix; a symmetric one is stored by its upper triangle."""
    if value["type"] == "matrix":
        return [list(row) for row in value["rows"]]
    upper = value["upper"]
    order = len(upper)
    return [[upper[min(i, j)][abs(i - j)] for j in range(order)] for i in range(order)]


def _scalar(name: str, entry: Any) -> Shown:
    exact = _exact(entry) if _is_long(entry) else ""
    return Shown(tag("math", _name_mathml(name)), tag("math", _name_mathml(name), tag("mo", _relation(exact)), _entry_mathml(entry)),
                 _name_latex(name), f"{_name_latex(name)} {_relation_latex(exact)} {_entry_latex(entry)}", exact)


def _matrix(name: str, rows: list[list[Any]]) -> Shown:
    height, width = len(rows), len(rows[0])
    if max(height, width) > LARGEST_ORDER:
        return _raw(name, f"a {height} × {width} matrix, in the certificate")
    rounded = any(_is_long(entry) for row in rows for entry in row)
    exact = "; ".join(", ".join(_exact(entry) for entry in row) for row in rows) if rounded else ""
    body = tag("mtable", *(tag("mtr", *(tag("mtd", _entry_mathml(entry)) for entry in row)) for row in rows), class_="matrix round")
    mathml = tag("math", _name_mathml(name), tag("mo", _relation(exact)), body)
    cells = r" \\ ".join(" & ".join(_entry_latex(entry) for entry in row) for row in rows)
    latex = f"{_name_latex(name)} {_relation_latex(exact)} \\begin{{pmatrix}} {cells} \\end{{pmatrix}}"
    if len(exact) > LONGEST_EXACT:
        exact = "in the certificate"
    return Shown(tag("math", _name_mathml(name)), mathml, _name_latex(name), latex, exact)


def _raw(name: str, text: str) -> Shown:
    text = text if len(text) <= LONGEST_EXACT else text[:LONGEST_EXACT] + " …"
    return Shown(tag("math", _name_mathml(name)), tag("math", _name_mathml(name)), _name_latex(name), _name_latex(name), text)


def _relation(exact: str) -> str:
    return "≈" if exact else "="


def _relation_latex(exact: str) -> str:
    return r"\approx" if exact else "="


def _is_long(entry: Any) -> bool:
    return len(_exact(entry)) > LONGEST_ENTRY


def _exact(entry: Any) -> str:
    if isinstance(entry, list | tuple):
        real, imaginary = entry
        return f"{real} + ({imaginary})i"
    return str(entry)


def _parts(entry: Any) -> list[tuple[str, bool]]:
    """Real and imaginary part as ``(text, is imaginary)``, zero parts of a complex entry left out."""
    if not isinstance(entry, list | tuple):
        return [(str(entry), False)]
    kept = [(str(part), bool(index)) for index, part in enumerate(entry) if str(part) != "0"]
    return kept or [("0", False)]


def _entry_mathml(entry: Any) -> Html:
    shorten = _is_long(entry)
    pieces: list[Html] = []
    for text, imaginary in _parts(entry):
        negative, number = _split(decimal(text) if shorten else text)
        if negative or pieces:
            pieces.append(tag("mo", "−" if negative else "+", form="infix" if pieces else "prefix"))
        top, _, bottom = number.partition("/")
        pieces.append(tag("mfrac", tag("mn", top), tag("mn", bottom)) if bottom else tag("mn", top))
        if imaginary and number == "1":
            pieces[-1] = tag("mi", "i")
        elif imaginary:
            pieces.append(tag("mi", "i"))
    return tag("mrow", *pieces)


def _entry_latex(entry: Any) -> str:
    shorten = _is_long(entry)
    pieces: list[str] = []
    for text, imaginary in _parts(entry):
        negative, number = _split(decimal(text) if shorten else text)
        sign = "-" if negative else "+" if pieces else ""
        top, _, bottom = number.partition("/")
        body = rf"\tfrac{{{top}}}{{{bottom}}}" if bottom else top if RATIONAL.fullmatch(top) or shorten else rf"\text{{{_plain(top)}}}"
        pieces.append(sign + ("i" if imaginary and number == "1" else body + "i" * imaginary))
    return " ".join(pieces)


def _split(text: str) -> tuple[bool, str]:
    return (True, text[1:]) if text.startswith("-") else (False, text)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9 .,()+-]", "?", text)


def _name_mathml(name: str) -> Html:
    letter, _, index = name.partition("_")
    base = tag("mi", GREEK.get(letter, letter))
    return tag("msub", base, tag("mn", index) if index.isdigit() else tag("mi", index)) if index else base


def _name_latex(name: str) -> str:
    letter, _, index = name.partition("_")
    if letter in GREEK:
        base = "\\varepsilon" if letter == "eps" else "\\" + letter
    else:
        base = letter if re.fullmatch("[A-Za-z]", letter) else rf"\mathrm{{{_plain(letter)}}}"
    return f"{base}_{{{_plain(index)}}}" if index else base


GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}
