"""LaTeX to MathML that a browser sets well, or nothing: what does not convert cleanly is shown as its source.

``latex2mathml`` leaves three things to mend. It marks many relations as identifiers, so that they lose their spacing; it spaces the bars of
``|z|`` as if they were relations; and it passes unknown commands, broken arities and raw ``&`` or ``<`` through. The first two are repaired
here. The last is refused: only known elements and attributes, with the right number of children, reach the page.

Browsers do not break a formula across lines. A long formula is therefore cut, before relations and connectives outside all brackets, into
several ``math`` elements, between which a line may break.
"""

from __future__ import annotations

import functools
import re
from itertools import zip_longest
from xml.etree import ElementTree

from latex2mathml.converter import convert

from verify.report.markup import Html, Node, join, tag

__all__ = ["formula", "prose", "source"]

ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", *ARITY,
})
ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnalign", "displaystyle", "fence", "form", "height", "linethickness", "lspace", "mathvariant", "maxsize",
    "minsize", "movablelimits", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "width",
})
CONNECTIVES = frozenset("⟹⇒→⟶⟺⇔⇐⟸⟷↔∧∨")
RELATIONS = frozenset("≤≥<>=≠⪯⪰≺≻≼≽∈∉⊂⊆⊇⊃∼≈≃≡≪≫")
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
BARS = frozenset("|‖∣∥")
MATRIX_FENCES = {"()": "matrix round", "[]": "matrix square"}
LEAVES = frozenset({"mi", "mn", "mo", "mtext", "mspace"})


class NotConvertible(ValueError):
    """The LaTeX has no clean MathML form."""


@functools.lru_cache(maxsize=4096)
def formula(latex: str, *, display: bool = False) -> Html:
    """The formula as MathML pieces between which a line may break, or its LaTeX source in ``code`` when conversion fails."""
    try:
        pieces = _pieces(_parsed(latex))
    except NotConvertible:
        return tag("code", latex, class_="latex")
    attributes = {"displaystyle": "true"} if display else {}
    shown: list[Node] = []
    for piece in pieces:
        shown.append(None if not shown else Html("<wbr>") if piece[0].tag == "mo" else " ")
        shown.append(tag("math", *(_markup(node) for node in piece), **attributes))
    return join(*shown)


def source(latex: str, statement: str) -> Node:
    """The formula where there is one, else the plain statement."""
    return formula(latex) if latex.strip() else tag("span", statement)


def prose(text: str) -> Html:
    """Running text in which ``$…$`` encloses LaTeX."""
    parts = re.split(r"\$([^$]+)\$", text)
    return join(*(formula(part) if index % 2 else part for index, part in enumerate(parts)))


def _parsed(latex: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(convert(latex).replace(' xmlns="http://www.w3.org/1998/Math/MathML"', ""))
    except Exception as error:  # the converter raises its own errors, IndexError and others on malformed input
        raise NotConvertible(latex) from error
    _check(root)
    _fence_matrices(root)
    _mend(root)
    return root


def _check(node: ElementTree.Element) -> None:
    """Raise unless the tree holds known elements of the right arity and no LaTeX command was left over."""
    if node.tag not in ELEMENTS or not node.attrib.keys() <= ATTRIBUTES | {"display"}:
        raise NotConvertible(node.tag)
    if node.tag in ARITY and len(node) != ARITY[node.tag]:
        raise NotConvertible(node.tag)
    if "\\" in (node.text or "") or (node.tail or "").strip() or (node.tag not in LEAVES and (node.text or "").strip()):
        raise NotConvertible(node.text)
    for child in node:
        _check(child)


def _fence_matrices(node: ElementTree.Element) -> None:
    """Replace the fences around a matrix by a class that the style sheet draws: not every reader has a font with tall fences."""
    children = list(node)
    for before, table, after in zip(children, children[1:], children[2:], strict=False):
        fences = ((before.text or "") if before.tag == "mo" else "") + ((after.text or "") if after.tag == "mo" else "")
        if table.tag == "mtable" and fences in MATRIX_FENCES:
            table.set("class", MATRIX_FENCES[fences])
            node.remove(before)
            node.remove(after)
    for child in node:
        _fence_matrices(child)


def _mend(node: ElementTree.Element) -> None:
    """Turn relations into operators, keep fences around one line small, and space bars and named functions as in print."""
    children = list(node)
    if children and all(child.tag in LEAVES for child in children):
        for child in children:
            child.attrib.update({"stretchy": "false"} if child.get("fence") else {})
    for child, following in zip_longest(children, children[1:]):
        text = child.text or ""
        if child.tag == "mi" and text in CONNECTIVES | RELATIONS | {":"}:
            child.tag = "mo"
        if child.tag == "mo" and text in BARS:
            child.attrib.update(lspace="0", rspace="0")
        if child.tag == "mo" and text.isascii() and text.isalpha():
            opens = following is not None and _first_symbol(following) in OPENING | BARS
            child.attrib.update(lspace="0.16em", rspace="0" if opens else "0.16em")
        _mend(child)
    if node.tag == "mtd" and "columnalign" in node.attrib:
        node.attrib["style"] = f"text-align: {'left' if node.attrib.pop('columnalign') == 'left' else 'center'}"


def _first_symbol(node: ElementTree.Element) -> str:
    while len(node):
        node = node[0]
    return node.text or ""


def _pieces(root: ElementTree.Element) -> list[list[ElementTree.Element]]:
    """The formula's outermost nodes, cut where a line may break."""
    nodes = list(root)
    while len(nodes) == 1 and nodes[0].tag == "mrow":
        nodes = list(nodes[0])
    pieces: list[list[ElementTree.Element]] = [[]]
    depth = 0
    for node in nodes:
        symbol = (node.text or "") if node.tag == "mo" else ""
        depth += (symbol in OPENING) - (symbol in CLOSING)
        current = pieces[-1]
        if depth == 0 and _may_break_before(symbol, len(current)):
            node.attrib.setdefault("form", "infix")
            pieces.append([node])
        elif depth == 0 and current and (current[-1].text or "") in {",", ";", ":"} and len(current) >= 4:
            pieces.append([node])
        else:
            current.append(node)
    return [piece for piece in pieces if piece]


def _may_break_before(symbol: str, so_far: int) -> bool:
    if not symbol or not so_far:
        return False
    return symbol in CONNECTIVES or (symbol in RELATIONS and so_far >= 3) or (symbol in {"+", "−"} and so_far >= 8)


def _markup(node: ElementTree.Element) -> Html:
    attributes = {key: value for key, value in node.attrib.items() if key != "display"}
    return tag(node.tag, node.text or "", *(_markup(child) for child in node), **attributes)
