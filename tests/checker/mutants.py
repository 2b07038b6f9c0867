"""Alterations of accepted certificates, each of which provably breaks the proof.

An alteration whose effect depends on slack (the last digit of a vector, say) proves nothing about the checker: the altered file may be as
valid as the first. So each generator here states why nothing it yields can be a proof. ``names`` are the records of ``bounds`` that the
checker did not need; they are left alone, because a record about nothing that is needed is allowed to be wrong.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

Json = Any
Path = tuple[Any, ...]
Mutant = tuple[str, bytes]

HUGE = "1" + "0" * 300
NO_RATIONALS: dict[str, Json] = {
    "plus sign": "+1", "leading zero": "01", "underscore": "1_0", "exponent": "1e3", "decimal point": "1.5", "hexadecimal": "0x1",
    "NaN string": "NaN", "nan string": "nan", "Infinity string": "Infinity", "inf string": "-inf", "empty": "", "space before": " 1",
    "space after": "1 ", "newline": "1\n", "zero byte": "1\x00", "full-width digit": "\uff11", "Arabic digit": "\u0661", "superscript": "\u00b2",
    "vulgar fraction": "\u00bd", "minus sign": "\u22121", "fraction slash": "1\u20442", "zero denominator": "1/0", "negative denominator": "1/-2",
    "two slashes": "1/2/3", "two signs": "--1", "zero in denominator": "1/01", "too many digits": "9" * 20_001, "null": None, "boolean": True,
    "integer": 1, "float": 1.0, "object": {}, "triple": ["1", "0", "0"], "nested pair": [["1", "0"], "0"], "pair of integers": [1, 0],
}  # fmt: skip
NO_INTEGERS: dict[str, Json] = {
    "boolean": True, "string": "1", "float": 1.0, "null": None, "list": [1], "19 000 digits": 10**18_999, "20 000 digits and a sign": -(10**20_000),
}  # fmt: skip


def encoded(certificate: Json) -> bytes:
    return json.dumps(certificate).encode()


def places(data: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """All values of the file with their paths, outermost first."""
    yield path, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in items:
        yield from places(child, (*path, key))


def replaced(certificate: Json, path: Path, value: Json) -> Json:
    result = copy.deepcopy(certificate)
    if not path:
        return value
    place = result
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return result


def without(certificate: Json, path: Path) -> Json:
    result = copy.deepcopy(certificate)
    place = result
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return result


def spread(items: list[Any], count: int) -> list[Any]:
    """At most ``count`` of the items, evenly spaced."""
    return items if len(items) <= count else [items[i * len(items) // count] for i in range(count)]


def relevant(path: Path, unneeded: set[int]) -> bool:
    return path[:1] != ("bounds",) or len(path) < 2 or path[1] not in unneeded


# -- the bytes ---------------------------------------------------------------------------------------------------------------------


def of_bytes(certificate: Json, _unneeded: set[int]) -> Iterator[Mutant]:
    """No proper prefix of a JSON object is JSON; what follows one is trailing data; the other texts have no reading in the format."""
    text = encoded(certificate)
    for k in range(12):
        yield f"truncated to {k}/12", text[: k * len(text) // 12]
    yield "last byte lost", text[:-1]
    for name, tail in {"object": b"{}", "itself": text, "bracket": b"}", "zero": b"\x00", "comma": b",", "comment": b" // ok", "word": b" true"}.items():
        yield f"trailing {name}", text + tail
    yield "byte order mark", b"\xef\xbb\xbf" + text
    yield "UTF-16", text.decode().encode("utf-16")
    yield "broken UTF-8", text.replace(b'"title": "', b'"title": "\xff\xfe', 1)
    yield "raw newline in a string", text.replace(b'"title": "', b'"title": "\n', 1)
    yield "single quotes", text.replace(b'"', b"'")
    yield "trailing comma", text[:-1] + b",}"
    yield "list around", b"[" + text + b"]"
    yield "duplicate key", b'{"kind": "violation", ' + text[1:]
    yield "duplicate key, escaped", b'{"k\\u0069nd": "violation", ' + text[1:]
    yield "duplicate inner key", text.replace(b'{"op": ', b'{"op": "True", "op": ', 1)
    for word in (b"NaN", b"Infinity", b"-Infinity", b"1.0", b"1e0", b"-0.0", b"1E400"):
        yield f"key with {word.decode()}", b'{"x": ' + word + b", " + text[1:]
        yield f"title {word.decode()}", replaced_text(text, b'"title": ', word)
    for name, opening in {"lists": b"[", "objects": b'{"a":', "negations": b'{"op": "Not", "args": ['}.items():
        yield f"{name} nested 201 deep", replaced_text(text, b'"hypotheses": ', opening * 201)
        yield f"{name} nested 50 000 deep", replaced_text(text, b'"hypotheses": ', opening * 50_000)


def replaced_text(text: bytes, before: bytes, word: bytes) -> bytes:
    start = text.index(before) + len(before)
    return text[:start] + word + b", " + text[start:]


# -- the structure -----------------------------------------------------------------------------------------------------------------


def of_structure(certificate: Json, unneeded: set[int]) -> Iterator[Mutant]:
    """No key may be added, and no value may change its JSON type: every field of the format admits one, except that an entry of a matrix
    or of a vector is a string or a pair."""
    paths = [(path, value) for path, value in places(certificate) if relevant(path, unneeded)]
    for path, _ in spread([p for p in paths if isinstance(p[1], dict)], 9):
        yield f"unknown key in {path}", encoded(replaced(certificate, (*path, "zz"), None))
    wrong = {dict: ([], None, "x", 1), list: ({}, None, "x", True), str: (7, None, True, {}), int: (True, None, "1", 1.0)}
    for kind, values in wrong.items():
        for i, (path, _) in enumerate(spread([p for p in paths if type(p[1]) is kind and p[0]], 9)):
            yield f"{values[i % 4]!r} at {path}", encoded(replaced(certificate, path, values[i % 4]))
    for key in ("format", "kind", "claim", "instance", "statement", "ratio"):
        if key in certificate:
            yield f"without {key}", encoded(without(certificate, (key,)))
            yield f"null for {key}", encoded(replaced(certificate, (key,), None))
    for path in [("claim", "id"), ("claim", "title"), ("claim", "reading"), ("statement", "hypotheses"), ("statement", "conclusion")]:
        yield f"without {path}", encoded(without(certificate, path))
    yield "another format", encoded(replaced(certificate, ("format",), "verify-certificate/2"))
    for kind in ("proof", "Violation", "violation ", "enclosure", ["violation"]):
        yield f"kind {kind}", encoded(replaced(certificate, ("kind",), kind))
    operations = [(path, node) for path, node in paths if isinstance(node, dict) and "op" in node]
    for path, node in spread(operations, 4):
        yield f"unknown operation at {path}", encoded(replaced(certificate, (*path, "op"), "eval_" + node["op"]))
        yield f"operation __class__ at {path}", encoded(replaced(certificate, (*path, "op"), "__class__"))
        yield f"relation for a term at {path}", encoded(replaced(certificate, path, {"op": "Case", "args": []}))


def of_numbers(certificate: Json, unneeded: set[int]) -> Iterator[Mutant]:
    """None of NO_RATIONALS is a rational string, none of NO_INTEGERS an admissible integer."""
    groups: dict[str, list[Path]] = {}
    for path, value in places(certificate):
        if relevant(path, unneeded) and path and isinstance(value, str) and is_number(value):
            keys = [key for key in path if isinstance(key, str)]
            groups.setdefault(f"{keys[0]}.{keys[-1]}", []).append(path)
    for i, (group, paths) in enumerate(groups.items()):
        for j, (name, value) in enumerate(NO_RATIONALS.items()):
            if (i + j) % 5 == 0 or group == "ratio.ratio":
                yield f"{name} at {group}", encoded(replaced(certificate, paths[j % len(paths)], value))
    integers = [path for path, value in places(certificate) if type(value) is int and relevant(path, unneeded)]
    for path in spread(integers, 3):
        for name, value in NO_INTEGERS.items():
            yield f"{name} at {path}", integer_text(certificate, path, value)
    for name in certificate["instance"].get("sizes", {}):
        for size in (0, -1, 401):
            yield f"size {name} = {size}", encoded(replaced(certificate, ("instance", "sizes", name), size))


def integer_text(certificate: Json, path: Path, value: Json) -> bytes:
    """json.dumps refuses integers of more than 4300 digits, so they are put in by hand."""
    if type(value) is not int:
        return encoded(replaced(certificate, path, value))
    digits = "-1" + "0" * 20_000 if value < 0 else "1" + "0" * 18_999
    return encoded(replaced(certificate, path, "@@")).replace(b'"@@"', digits.encode(), 1)


def is_number(text: str) -> bool:
    return text.lstrip("-").replace("/", "", 1).isdecimal()


# -- the statement and the instance ------------------------------------------------------------------------------------------------


def rational(value: Fraction | int | str) -> Json:
    return {"op": "Rational", "value": str(value)}


def negated(tree: Json, times: int = 1) -> Json:
    for _ in range(times):
        tree = {"op": "Not", "args": [tree]}
    return tree


FALSE_INEQUALITY = {"op": "Le", "args": [rational(1), rational(0)]}
TRUE_INEQUALITY = {"op": "Le", "args": [rational(0), rational(1)]}


def of_statement(certificate: Json, _unneeded: set[int]) -> Iterator[Mutant]:
    """The checker has proved that the hypotheses hold and that the conclusion is violated (or nearly attained); it is sound only if it
    never proves the opposite. The claims with a ``ratio`` certificate are theorems, so nothing violates them."""
    hypotheses = certificate["statement"]["hypotheses"]
    for i, tree in enumerate(hypotheses):
        yield f"hypothesis {i} negated", encoded(replaced(certificate, ("statement", "hypotheses", i), negated(tree)))
        yield f"hypothesis {i} negated 95 times", encoded(replaced(certificate, ("statement", "hypotheses", i), negated(tree, 95)))
    for tree in (FALSE_INEQUALITY, {"op": "False"}, {"op": "Or", "args": [FALSE_INEQUALITY, negated(TRUE_INEQUALITY)]}):
        yield f"false hypothesis {tree['op']}", encoded(replaced(certificate, ("statement", "hypotheses"), [*hypotheses, tree]))
    conclusion = ("statement", "conclusion")
    if certificate["kind"] == "violation":
        yield "conclusion negated", encoded(replaced(certificate, conclusion, negated(certificate["statement"]["conclusion"])))
        for tree in (TRUE_INEQUALITY, {"op": "True"}, *hypotheses):
            yield f"conclusion {tree['op']}", encoded(replaced(certificate, conclusion, tree))
        yield "kind ratio", encoded({**certificate, "kind": "ratio"})
    else:
        for value in (HUGE, "0", "-1", "3/2", "1000000000000000000001/1000000000000000000000"):
            yield f"ratio {value[:9]}", encoded({**certificate, "ratio": value})
        yield "kind violation", encoded({**certificate, "kind": "violation"})
        yield "kind violation, no ratio", encoded(without({**certificate, "kind": "violation"}, ("ratio",)))
        yield "conclusion no inequality", encoded(replaced(certificate, conclusion, negated(certificate["statement"]["conclusion"], 2)))


def of_another_claim(certificate: Json, theorem: Json) -> Iterator[Mutant]:
    """The statement of a theorem, to which nothing is a counterexample."""
    if certificate["kind"] == "violation":
        yield f"statement of {theorem['claim']['id']}", encoded({**certificate, "statement": theorem["statement"]})


def of_instance(certificate: Json, _unneeded: set[int]) -> Iterator[Mutant]:
    """Data that is missing, of the wrong shape, or outside the class that a hypothesis names. A value that the statement does not mention may be anything."""
    values = ("instance", "values")
    mentioned = {node.get("name") for _, node in places(certificate["statement"]) if isinstance(node, dict)}
    for name, value in certificate["instance"].get("values", {}).items():
        if name not in mentioned:
            continue
        yield f"without {name}", encoded(without(certificate, (*values, name)))
        yield f"{name} both size and value", encoded(replaced(certificate, ("instance", "sizes"), {**certificate["instance"].get("sizes", {}), name: 1}))
        if value["type"] == "rational":
            yield f"{name} a matrix", encoded(replaced(certificate, (*values, name), {"type": "matrix", "rows": [[value["value"]]]}))
        elif value["type"] == "sequence":
            yield f"{name} empty", encoded(replaced(certificate, (*values, name, "terms"), []))
        elif value["type"] == "matrix":
            yield f"{name} with a row too many", encoded(replaced(certificate, (*values, name, "rows"), [*value["rows"], value["rows"][0]]))
            yield f"{name} ragged", encoded(replaced(certificate, (*values, name, "rows", 0), [*value["rows"][0], "0"]))
    for name in matrix_sizes(certificate["statement"]):
        if name in certificate["instance"].get("sizes", {}):
            size = certificate["instance"]["sizes"][name]
            yield f"{name} + 1", encoded(replaced(certificate, ("instance", "sizes", name), size + 1))
    for i, tree in enumerate(certificate["statement"]["hypotheses"]):
        for name, value in outside(tree, certificate):
            yield f"{name} outside the class of hypothesis {i}", encoded(replaced(certificate, (*values, name), value))


def matrix_sizes(statement: Json) -> set[str]:
    """Names that stand for the rows of a matrix of the instance: with another value the shape is wrong. Not below an implication, which
    may leave its consequence alone."""
    if any(isinstance(node, dict) and node.get("op") == "Implies" for _, node in places(statement)):
        return set()
    symbols = [node["rows"] for _, node in places(statement) if isinstance(node, dict) and node.get("op") == "MatrixSymbol"]
    return {node["name"] for node in symbols if node["op"] == "Symbol"}


def outside(tree: Json, certificate: Json) -> Iterator[tuple[str, Json]]:
    """Values that violate a hypothesis of a simple form, by one line of arithmetic each."""
    op, args = tree["op"], tree.get("args", [])
    values = certificate["instance"].get("values", {})
    if op in ("Gt", "Ge", "Lt", "Le") and args[0]["op"] == "Symbol" and args[1]["op"] == "Rational" and args[0]["name"] in values:
        at = Fraction(args[1]["value"]) + {"Gt": 0, "Lt": 0, "Ge": -1, "Le": 1}[op]
        yield args[0]["name"], {"type": "rational", "value": str(at)}
    if op in ("Le", "Lt") and args[0]["op"] in ("Norm", "SpectralRadius", "KreissConstant") and args[1]["op"] in ("Symbol", "Rational"):
        for name, n in square_symbol(args[0]["args"][0], values):  # at 10^300 I all three are 10^300 or infinite
            yield name, {"type": "matrix", "rows": [[HUGE if i == j else "0" for j in range(n)] for i in range(n)]}
    if op in ("Symmetric", "PositiveSemidefinite", "PositiveDefinite"):
        for name, n in square_symbol(args[0], values):  # i I is neither real nor Hermitian
            yield name, {"type": "matrix", "rows": [[["0", "1"] if i == j else "0" for j in range(n)] for i in range(n)]}
            if n > 1:
                yield name, shift(n)
    if op == "Normal":
        for name, n in square_symbol(args[0], values):
            if n > 1:
                yield name, shift(n)


def shift(n: int) -> Json:
    """A single one above the diagonal: neither symmetric nor normal."""
    return {"type": "matrix", "rows": [[str(int((i, j) == (0, 1))) for j in range(n)] for i in range(n)]}


def square_symbol(node: Json, values: dict[str, Json]) -> Iterator[tuple[str, int]]:
    value = values.get(node["name"]) if node["op"] == "MatrixSymbol" else None
    if value is not None and value["type"] in ("matrix", "symmetric"):
        rows = value["rows"] if value["type"] == "matrix" else value["upper"]
        if len(rows) == len(rows[0]):
            yield node["name"], len(rows)


def of_blocks(certificate: Json, _unneeded: set[int]) -> Iterator[Mutant]:
    """A row of blocks that is shorter than the others, or in another order than the widths of the other rows admit."""
    sizes = certificate["instance"].get("sizes", {})
    for path, node in places(certificate["statement"]):
        if isinstance(node, dict) and node.get("op") == "BlockMatrix" and len(node["blocks"]) > 1:
            first, at = node["blocks"][0], ("statement", *path, "blocks", 0)
            yield f"block dropped at {path}", encoded(replaced(certificate, at, first[1:]))
            widths = [width(part, sizes) for part in first]
            if None not in widths and widths != widths[::-1]:
                yield f"blocks of one row swapped at {path}", encoded(replaced(certificate, at, first[::-1]))


def width(node: Json, sizes: dict[str, int]) -> int | None:
    cols = node["cols"] if node["op"] == "MatrixSymbol" else node["args"][-1] if node["op"] in ("ZeroMatrix", "Identity") else None
    return sizes.get(cols["name"]) if cols is not None and cols["op"] == "Symbol" else None


# -- the witnesses -----------------------------------------------------------------------------------------------------------------


def of_witnesses(certificate: Json, unneeded: set[int]) -> Iterator[Mutant]:
    """Every record that is needed must prove what it says. No quantity of these certificates is below -10^300, and only infinite ones are
    above 10^300; the other reasons stand beside the alterations."""
    for i, record in enumerate(certificate.get("bounds", [])):
        if i in unneeded:
            continue
        yield f"bounds[{i}] twice", encoded(replaced(certificate, ("bounds",), [*certificate["bounds"], record]))
        yield f"bounds[{i}] without sides", encoded(replaced(certificate, ("bounds", i), {"of": record["of"]}))
        for side in ("lower", "upper"):
            if side in record:
                for name, witness in broken_witnesses(record[side], side, record["of"]["op"]):
                    what = f"{record['of']['op']}.{side}.{record[side]['by']}: {name}"
                    yield what, encoded(replaced(certificate, ("bounds", i, side), witness))


PROVE_INFINITY = {"defective"}
"""What it proves is that a constant is infinite: a value beside it says nothing and is not read."""


def broken_witnesses(w: Json, side: str, op: str) -> Iterator[tuple[str, Json]]:
    by = w["by"]
    for name in ("trust", "", "value", "one" if side == "upper" else "gram-", "polynomial" if op != "Supremum" else "vector"):
        yield f"by {name!r}", {**w, "by": name}
    extreme = ("-" if side == "upper" or op == "Supremum" else "") + HUGE
    if (op != "Supremum" or side == "upper") and by not in PROVE_INFINITY:
        yield "a value that is impossible", {**w, "value": extreme}
    elif by == "point":
        yield "a point outside", {**w, "value": extreme}
    for key in ("value", "matrix", "vector", "z", "t", "m", "circles", "tail"):
        needed = key != "value" or by in ("gram", "lyapunov", "radius", "similarity", "circles", "powers", "psd", "polynomial")
        if key in w and (needed or op == "Supremum"):
            yield f"without {key}", {k: v for k, v in w.items() if k != key}
    if "vector" in w:
        yield "vector zero", {**w, "vector": ["0"] * len(w["vector"])}
        yield "vector too long", {**w, "vector": [*w["vector"], "0"]}
        yield "vector too short", {**w, "vector": w["vector"][1:]}
        yield "vector an object", {**w, "vector": dict.fromkeys(map(str, range(len(w["vector"]))), "1")}
    for name, matrix in broken_matrices(w.get("matrix"), below=by in ("radius", "abscissa") or (by == "lyapunov" and side == "lower")):
        yield name, {**w, "matrix": matrix}
    if "z" in w:  # z = 0 is inside the disc, and not in the open half plane; 10^300 is no pseudo-eigenvalue
        yield "z out of place", {**w, "z": [HUGE, "0"] if op == "PseudospectralRadius" else ["0", "0"]}
        yield "z a triple", {**w, "z": ["2", "0", "0"]}
    if by == "power":
        for t in (-1, True, "1", 10**9, 1.0):
            yield f"t = {t!r}", {**w, "t": t}
    if by == "powers":
        for m in (0, -1, True, 10**9):
            yield f"m = {m!r}", {**w, "m": m}
        yield "value below 1", {**w, "value": "1/2"}
    if by == "circle":  # g must not exceed 1/eps, and r not be 0
        yield "g too large", {**w, "g": HUGE}
        yield "g negative", {**w, "g": "-1"}
        yield "r zero", {**w, "r": "0"}
    if by == "circles":
        yield from broken_circles(w)
    if "factor" in w:
        yield from ((f"factor: {name}", {**w, "factor": factor}) for name, factor in broken_factors(w["factor"]))


def broken_matrices(matrix: Json, below: bool) -> Iterator[tuple[str, Json]]:
    """Not Hermitian, of the wrong order, or indefinite: all rules ask for P >= 0 (or for wI - Z >= 0), except those from below, where
    u*Su must be negative."""
    if matrix is None:
        return
    n = len(matrix["upper"] if matrix["type"] == "symmetric" else matrix["rows"])
    diagonal = [["0"] * (n - i) for i in range(n)]
    diagonal[0][0] = HUGE if below else "-" + HUGE
    yield "matrix with a huge entry of the wrong sign", {"type": "symmetric", "upper": diagonal}
    yield "matrix of the wrong order", {"type": "symmetric", "upper": [["1"] * (n + 1 - i) for i in range(n + 1)]}
    yield "matrix not Hermitian", {"type": "matrix", "rows": [[["1", "1"] if i == j else "0" for j in range(n)] for i in range(n)]}
    yield "matrix not square", {"type": "matrix", "rows": [["1"] * (n + 1) for _ in range(n)]}
    yield "matrix a sequence", {"type": "sequence", "terms": [matrix]}
    if below:  # S -> -S turns u*Su < 0 around
        yield "matrix of the other sign", _minus(matrix)
    if matrix["type"] == "symmetric":
        yield "matrix with a row lost", {**matrix, "upper": matrix["upper"][1:]}


def _minus(matrix: Json) -> Json:
    key = "upper" if matrix["type"] == "symmetric" else "rows"
    return {**matrix, key: [[_negative(e) for e in row] for row in matrix[key]]}


def _negative(entry: Json) -> Json:
    return [_negative(part) for part in entry] if isinstance(entry, list) else str(-Fraction(entry))


def broken_circles(w: Json) -> Iterator[tuple[str, Json]]:
    """g < 0 or tiny contradicts |R| > 0 at the circle; radii begin at 1 and increase; K >= 1; the tail needs w < R."""
    circles = w["circles"]
    yield "value below 1", {**w, "value": "999/1000"}
    yield "no circles", {**w, "circles": []}
    yield "first circle not at 1", {**w, "circles": [{**circles[0], "r": "1000001/1000000"}, *circles[1:]]}
    yield "first circle twice", {**w, "circles": [circles[0], *circles]}
    if len(circles) > 1:
        yield "circles in reverse order", {**w, "circles": circles[::-1]}
        yield "first circle lost", {**w, "circles": circles[1:]}
    for name, i in {"first": 0, "last": len(circles) - 1}.items():
        for g in ("0", "-1", "1/" + HUGE):
            yield f"g = {g[:3]} at the {name} circle", {**w, "circles": [*circles[:i], {**circles[i], "g": g}, *circles[i + 1 :]]}
        for what, matrix in broken_matrices(circles[i]["matrix"], below=False):
            yield f"{what} at the {name} circle", {**w, "circles": [*circles[:i], {**circles[i], "matrix": matrix}, *circles[i + 1 :]]}
    for bound in (circles[-1]["r"], HUGE, "-1"):
        yield f"tail w = {bound[:9]}", {**w, "tail": {**w["tail"], "w": bound}}
    yield "tail null", {**w, "tail": None}
    yield "tail with another key", {**w, "tail": {**w["tail"], "value": "1"}}


def broken_factors(factor: Json) -> Iterator[tuple[str, Json]]:
    rows = factor["rows"]
    for scale in (-1, True, "40", 40.0, 10**6):
        yield f"scale {scale!r}", {**factor, "scale": scale}
    yield "a row lost", {**factor, "rows": rows[1:]}
    yield "an entry of 2^2000", {**factor, "rows": [[1 << 2000, *rows[0][1:]], *rows[1:]]}
    yield "a boolean entry", {**factor, "rows": [[True], *rows[1:]]}
    yield "an entry above the diagonal", {**factor, "rows": [[*rows[0][:1], 1, *[0] * (len(rows) - 2)], *rows[1:]]}


GENERATORS = (of_bytes, of_structure, of_numbers, of_statement, of_instance, of_blocks, of_witnesses)


# -- bombs -------------------------------------------------------------------------------------------------------------------------


def repeated(op: str, body: Json, last: Json) -> Json:
    return {"op": op, "args": [body, rational(1), last], "index": "k"}


def bombs(certificate: Json) -> Iterator[Mutant]:
    """Small files that ask for much work or memory, as a further hypothesis that is false however it is computed."""

    def with_hypothesis(tree: Json) -> bytes:
        return encoded(replaced(certificate, ("statement", "hypotheses"), [tree, *certificate["statement"]["hypotheses"]]))

    def is_negative(term: Json) -> bytes:
        return with_hypothesis({"op": "Lt", "args": [term, rational(0)]})

    k = {"op": "Symbol", "name": "k"}
    many = rational(100_000)
    yield "a range of 10^18", is_negative(repeated("Sum", k, rational(10**18)))
    yield "a sum of sums", is_negative(repeated("Sum", repeated("Sum", rational(1), many), many))
    yield "a product of products", is_negative(repeated("Product", repeated("Product", rational(1), many), many))
    yield "a quantifier over a sum", with_hypothesis(repeated("AllOf", {"op": "Lt", "args": [repeated("Sum", k, rational(50_000)), k]}, many))
    yield "a tower of powers", is_negative({"op": "Pow", "args": [rational(7), {"op": "Pow", "args": [rational(9), rational(9**9)]}]})
    yield "a power of 2^20 bits", is_negative({"op": "Pow", "args": [rational(2), rational(10**9)]})
    yield "a root of order 10^9", is_negative({"op": "Pow", "args": [rational(2), rational("1/1000000000")]})
    yield "an identity of order 400", is_negative({"op": "Determinant", "args": [{"op": "Identity", "args": [rational(400)]}]})
    yield "an identity of order 10^9", is_negative({"op": "Trace", "args": [{"op": "Identity", "args": [rational(10**9)]}]})
    tree: Json = k
    for i in range(60):
        tree = {"op": "Mul", "args": [tree, tree]} if i < 12 else {"op": "Exp", "args": [tree]}
    yield "exponentials of exponentials", is_negative(repeated("MaxOver", tree, rational(3)))
    wide = {"op": "Or", "args": [FALSE_INEQUALITY] * 15_000}
    yield "a wide disjunction below 90 double negations", with_hypothesis(negated(wide, 90))
    yield "100 000 norms", is_negative(repeated("Sum", {"op": "Norm", "args": [{"op": "ExplicitMatrix", "rows": [[k, rational(1)]]}]}, many))
    text = encoded(certificate)
    yield "a key of 40 million characters", b'{"' + b"\xc2\xa0" * 20_000_000 + b'": 1, ' + text[1:]
    yield "a title of 40 million characters", text.replace(b'"title": "', b'"title": "' + b"\xf0\x9f\x90\x8d" * 10_000_000, 1)
    yield "two million lists", replaced_text(text, b'"title": ', b"[" + b"[]," * 999_000 + b"[]]")
    yield "a million objects", replaced_text(text, b'"title": ', b"[" + b'{"a":0},' * 900_000 + b"[]]")
