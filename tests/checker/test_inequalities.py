"""Certificates of inequalities: both checkers accept every stored proof, and neither can be made to accept a false statement or a broken proof."""

from __future__ import annotations

import copy
import functools
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checker.node import WHY_NOT, node
from verify.certificates import matches_claim
from verify.library import discover
from verify.prove.certified import certified, inequality_certificate, key_of, scalar_statement
from verify.prove.chain import obligations
from verify.prove.inequality import Search, bookkeeping

REPORTS = Path(__file__).parents[2] / "reports"
Json = Any
TITLE = {"id": "x", "reading": "i", "title": "a statement"}
X, Y = {"op": "Symbol", "name": "x"}, {"op": "Symbol", "name": "y"}
needs_node = pytest.mark.skipif(node() is None, reason=WHY_NOT)


def number(value: int | str) -> Json:
    return {"op": "Rational", "value": str(value)}


def op(name: str, *args: Json) -> Json:
    return {"op": name, "args": list(args)}


def certificate(hypotheses: list[Json], conclusion: Json, proof: Json) -> Json:
    statement = {"hypotheses": hypotheses, "conclusion": conclusion}
    return {"format": "verify-certificate/1", "kind": "inequality", "claim": TITLE, "statement": statement, "proof": proof}


def check(data: Json) -> Any:
    return bookkeeping().check(json.dumps(data).encode())


def closing(*facts: tuple[int, int], coefficient: str = "1", square: Json = None, multiples: Json = ()) -> Json:
    term = {"coefficient": coefficient, "facts": [list(pair) for pair in facts]}
    return {"rule": "sum", "terms": [term if square is None else {**term, "square": square}], "multiples": list(multiples)}


@functools.cache
def stored() -> dict[str, Json]:
    """The certificate of every obligation of the repository that has one."""
    found = {}
    for file in discover():
        claim = file.load()
        for reading in claim.readings:
            if reading.untestable is None:
                for step, statement, given in obligations(claim, reading):
                    if (proof := certified(statement, given)) is not None:
                        found[f"{claim.id}({reading.key}) {step}"] = inequality_certificate(claim, reading, step, proof)
    return found


def words(folder: Path, texts: list[bytes]) -> tuple[list[bool], list[bool]]:
    """What both checkers say; neither may crash, and each rejection has a reason."""
    files = [folder / f"{i}.json" for i in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text)
    command = [sys.executable, "-I", str(REPORTS / "check.py"), "--json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == ""
    first = json.loads(done.stdout)
    assert not [one["reason"] for one in first if "the checker failed" in one["reason"] or not one["reason"]]
    if node() is None:
        return [one["accepted"] for one in first], []
    told = subprocess.run([str(node()), str(REPORTS / "check.mjs"), *map(str, files)], capture_output=True, text=True, check=False, timeout=600)
    assert told.stderr == "" and "the checker failed" not in told.stdout, told.stdout[-2000:]
    return [one["accepted"] for one in first], [line.startswith("accepted") for line in told.stdout.splitlines()]


# -- the proofs of the repository ----------------------------------------------------------------------------------------------------


KEY_OBLIGATIONS = (
    "S2(i) 6", "S2(i) 8", "S4(i) 3", "S7(i)", "S9(i)", "S10(i) 3", "S13(ii)", "T4(i) 2", "T9-sharp(i) 3", "T9-sharp(ii) 3", "T10(a) 2", "T10(c) 0",
)


def test_the_key_inequalities_have_certificates() -> None:
    missing = [name for name in KEY_OBLIGATIONS if not any(known.startswith(name) for known in stored())]
    assert not missing, sorted(stored())


def test_both_checkers_accept_every_stored_proof_in_a_second(tmp_path: Path) -> None:
    first, second = words(tmp_path, [json.dumps(one).encode() for one in stored().values()])
    assert len(first) >= 63 and all(first)
    assert all(second) and len(second) in (0, len(first))


def test_a_certificate_names_its_step_and_nothing_else() -> None:
    """``verify check`` compiles the step again: another step, a weaker hypothesis or a changed number is seen."""
    name, one = next((name, one) for name, one in stored().items() if one["claim"]["id"] == "S2")
    assert matches_claim(one) is None, name
    assert matches_claim({**one, "step": 0}) is not None
    assert matches_claim({**one, "step": one["step"] + 2}) is not None
    assert matches_claim({**one, "claim": {**one["claim"], "id": "S9", "title": "", "source": ""}}) is not None
    for k in range(len(one["statement"]["hypotheses"])):
        edited = copy.deepcopy(one)
        edited["statement"]["hypotheses"].pop(k)
        assert matches_claim(edited) is not None


def test_what_is_stored_is_a_proof_of_the_statement_that_it_is_stored_for() -> None:
    for file in discover():
        if file.id == "T4":
            claim = file.load()
            _, statement, given = next(part for part in obligations(claim, claim.readings[0]) if part[0] == 2)
            scalar = scalar_statement(statement, given)
            assert scalar is not None
            assert certified(statement, given) is not None
            other = scalar_statement(statement, given[:-1])
            assert other is not None and key_of(other) != key_of(scalar)


# -- alterations -----------------------------------------------------------------------------------------------------------------------


def nodes(proof: Json) -> Iterator[Json]:
    yield proof
    for branch in proof.get("branches", []):
        yield from nodes(branch)


def broken(one: Json) -> Iterator[tuple[str, Json]]:
    """Alterations after which the certificate proves nothing, or is no certificate."""
    for key in ("format", "kind", "claim", "statement", "proof"):
        yield f"without {key}", {k: v for k, v in one.items() if k != key}
    yield "with an instance", {**one, "instance": {}}
    yield "step -1", {**one, "step": -1}
    yield "step true", {**one, "step": True}
    yield "kind violation", {**one, "kind": "violation"}
    yield "conclusion False", {**one, "statement": {**one["statement"], "conclusion": op("False")}}
    false = op("Lt", op("Pow", X, number(2)), number(0))
    yield "a false conclusion", {**one, "statement": {**one["statement"], "conclusion": false}}
    sums = [k for k, rule in enumerate(nodes(one["proof"])) if rule["rule"] == "sum"]
    for k in sums[:: max(1, len(sums))]:
        for name, edit in EDITS.items():
            edited = copy.deepcopy(one)
            if edit(list(nodes(edited["proof"]))[k]):
                yield f"sum {k}: {name}", edited
    splits = [k for k, rule in enumerate(nodes(one["proof"])) if "branches" in rule]
    for k in splits[:: max(1, len(splits))]:
        for name, edit in SPLIT_EDITS.items():
            edited = copy.deepcopy(one)
            if edit(list(nodes(edited["proof"]))[k]):
                yield f"split {k}: {name}", edited


def _set(rule: Json, key: str, value: Json) -> bool:
    rule[key] = value
    return True


EDITS = {
    "coefficient negative": lambda rule: _set(rule["terms"][0], "coefficient", "-1"),
    "coefficient zero": lambda rule: _set(rule["terms"][0], "coefficient", "0"),
    "coefficient a number": lambda rule: _set(rule["terms"][0], "coefficient", 1),
    "coefficient NaN": lambda rule: _set(rule["terms"][0], "coefficient", "NaN"),
    "no terms": lambda rule: _set(rule, "terms", []),
    "a constant more": lambda rule: _set(rule, "terms", [*rule["terms"], {"coefficient": "1/1000000", "facts": []}]),
    "facts unknown": lambda rule: _set(rule["terms"][0], "facts", [[10**6, 1]]),
    "facts negative": lambda rule: _set(rule["terms"][0], "facts", [[-1, 1]]),
    "exponent zero": lambda rule: _set(rule["terms"][0], "facts", [[0, 0]]),
    "exponent true": lambda rule: _set(rule["terms"][0], "facts", [[0, True]]),
    "exponent huge": lambda rule: _set(rule["terms"][0], "facts", [[0, 10**9]]),
    "unknown key": lambda rule: _set(rule, "because", "it is so"),
    "unknown rule": lambda rule: _set(rule, "rule", "believe"),
    "multiples of an unknown variable": lambda rule: _set(rule, "multiples", [[0, [["1", {"nobody": 1}]]]]),
    "without multiples": lambda rule: rule.pop("multiples") is not None,
}
SPLIT_EDITS = {
    "a branch less": lambda rule: _set(rule, "branches", rule["branches"][1:]),
    "a branch more": lambda rule: _set(rule, "branches", [*rule["branches"], rule["branches"][0]]),
    "no branches": lambda rule: _set(rule, "branches", []),
    "no list": lambda rule: _set(rule, "branches", {}),
    "signs missing": lambda rule: rule["rule"] == "sign" and _set(rule, "into", [">", "<"]),
    "one sign": lambda rule: rule["rule"] == "sign" and _set(rule, "into", [">="]) and _set(rule, "branches", rule["branches"][:1]),
    "signs twice": lambda rule: rule["rule"] == "sign" and _set(rule, "into", [">", ">"]),
    "fact unknown": lambda rule: "fact" in rule and _set(rule, "fact", 10**6),
    "fact true": lambda rule: "fact" in rule and _set(rule, "fact", True),
}


def test_no_broken_proof_is_accepted(tmp_path: Path) -> None:
    small = {name: one for name, one in stored().items() if len(json.dumps(one)) < 8000}
    found = [(f"{name}: {what}", json.dumps(edited).encode()) for name, one in small.items() for what, edited in broken(one)]
    first, second = words(tmp_path, [text for _, text in found])
    print(f"\n{len(found)} broken proofs")
    assert len(found) > 800
    assert not [name for (name, _), accepted in zip(found, first, strict=True) if accepted]
    assert not [name for (name, _), accepted in zip(found, second, strict=True) if accepted] if second else True


@needs_node
def test_the_checkers_agree_on_random_alterations(tmp_path: Path) -> None:
    """Numbers, names and relations exchanged at random: some of it is still a proof, and both say so."""
    generator = random.Random(20261121)
    found = []
    for one in [one for one in stored().values() if len(json.dumps(one)) < 8000][::3]:
        for _ in range(25):
            edited = copy.deepcopy(one)
            holders = [(parent, key) for parent, key, value in leaves(edited["statement"] if generator.random() < 0.4 else edited["proof"])]
            parent, key = generator.choice(holders)
            parent[key] = mutated(parent[key], generator)
            found.append(json.dumps(edited).encode())
    first, second = words(tmp_path, found)
    assert first == second
    assert 0 < sum(first) < len(first)


def leaves(data: Json) -> Iterator[tuple[Json, Any, Json]]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            yield from leaves(value)
        else:
            yield data, key, value


def mutated(value: Json, generator: random.Random) -> Json:
    if isinstance(value, int):
        return value + generator.choice([-1, 1])
    for group in (["Le", "Lt", "Ge", "Gt", "Eq", "Ne"], [">", ">=", "=", "<", "<="], ["And", "Or"], ["Max", "Min"], ["Add", "Mul"], ["or", "defined", "cases"]):
        if value in group:
            return generator.choice(group)
    return generator.choice(["0", "1", "-1", "2", "1/2", value])


# -- false statements ------------------------------------------------------------------------------------------------------------------


SQUARE = op("Pow", X, number(2))
INVERSE = op("Pow", X, number(-1))
PIECEWISE = op("Piecewise", op("Case", number(1), op("Le", X, number(0))), op("Case", number(-1), op("Lt", number(0), X)))
FALSE_ONES = {
    "x^2 > 0": ([], op("Gt", SQUARE, number(0))),
    "x > 0 implies 1/x > 1": ([op("Gt", X, number(0))], op("Gt", INVERSE, number(1))),
    "1/x = 1/x everywhere": ([], op("Eq", INVERSE, INVERSE)),
    "sqrt(x)^2 = x everywhere": ([], op("Eq", op("Pow", op("Pow", X, number("1/2")), number(2)), X)),
    "x <= |y| implies x <= y": ([op("Le", X, op("Abs", Y))], op("Le", X, Y)),
    "x/x > 0 or x = 1": ([], op("Or", op("Gt", op("Mul", X, INVERSE), number(0)), op("Eq", X, number(1)))),
    "max(x, y) <= x": ([], op("Le", op("Max", X, Y), X)),
    "min(x, y) = x": ([], op("Eq", op("Min", X, Y), X)),
    "a step is positive": ([], op("Gt", PIECEWISE, number(0))),
    "not (1/x < 0)": ([], op("Not", op("Lt", INVERSE, number(0)))),
    "an implication with a premise that may have no value": ([], op("Implies", op("Gt", INVERSE, number(0)), op("Gt", X, number(0)))),
    "x^2 = y^2 iff x = y": ([], op("Equivalent", op("Eq", SQUARE, op("Pow", Y, number(2))), op("Eq", X, Y))),
    "e < 2.7182818284590": ([], op("Lt", {"op": "Constant", "name": "E"}, number("2718281828459/1000000000000"))),
    "pi = 3.14159265358979": ([], op("Eq", {"op": "Constant", "name": "Pi"}, number("314159265358979/100000000000000"))),
    "a cube root of everything": ([], op("Le", op("Pow", X, number("1/3")), op("Add", op("Max", X, number(1)), number(1)))),
    "False": ([], op("False")),
}


@pytest.mark.parametrize("name", FALSE_ONES)
def test_no_proof_of_a_false_statement_is_found(name: str) -> None:
    assert Search(2.0).proof(*FALSE_ONES[name]) is None


TRUE_ONES = {
    "x^2 >= 0": ([], op("Ge", SQUARE, number(0))),
    "x > 0 implies 1/x > 0": ([op("Gt", X, number(0))], op("Gt", INVERSE, number(0))),
    "1/x true only where x is not 0": ([op("Gt", INVERSE, number(-5))], op("Ne", X, number(0))),
    "sqrt": ([op("Ge", X, number(0))], op("Eq", op("Pow", op("Pow", X, number("1/2")), number(2)), X)),
    "x <= |x|": ([], op("Le", X, op("Abs", X))),
    "min <= max": ([], op("Le", op("Min", X, Y), op("Max", X, Y))),
    "a step": ([], op("Le", PIECEWISE, number(1))),
    "Equivalent": ([], op("Equivalent", op("Lt", X, Y), op("Not", op("Ge", X, Y)))),
    "True": ([], op("True")),
    "from False": ([op("False")], op("Lt", X, X)),
    "e": ([], op("Gt", {"op": "Constant", "name": "E"}, number("27/10"))),
    "pi": ([], op("Lt", {"op": "Constant", "name": "Pi"}, number("22/7"))),
    "arithmetic and geometric mean": (
        [op("Ge", X, number(0)), op("Ge", Y, number(0))],
        op("Le", op("Pow", op("Mul", X, Y), number("1/2")), op("Mul", number("1/2"), op("Add", X, Y))),
    ),
}


def test_true_statements_are_proved_and_both_checkers_agree(tmp_path: Path) -> None:
    found = {name: Search(10.0).proof(*statement) for name, statement in TRUE_ONES.items()}
    assert not [name for name, proof in found.items() if proof is None]
    first, second = words(tmp_path, [json.dumps(certificate(*TRUE_ONES[name], proof)).encode() for name, proof in found.items()])
    assert all(first) and all(second)


def test_words_that_prove_nothing() -> None:
    """Each is a plausible mistake of a prover; the reason names it."""
    zero_or_more, positive = op("Ge", SQUARE, number(0)), op("Gt", SQUARE, number(0))
    for hypotheses, conclusion, proof, reason in (
        ([], positive, closing((0, 1)), "no term is positive"),  # −x² >= 0 is no contradiction
        ([], zero_or_more, closing((0, 1)), "not the zero polynomial"),
        ([op("Eq", X, number(0))], op("Lt", X, number(0)), closing((0, 1)), "has no sign"),
        ([op("Ne", X, number(0))], op("Gt", X, number(0)), closing((0, 1)), "has no sign"),
        ([op("Ge", X, number(0))], op("Gt", X, number(0)), closing((1, 1)), "no term is positive"),
        ([op("Gt", X, number(0))], op("Ge", X, number(0)), closing((0, 1), multiples=[[1, [["1", {}]]]]), "is not an equation"),
        ([], op("Gt", INVERSE, number(-1)), closing((0, 1)), "not about a polynomial"),
        ([], op("Or", op("Gt", X, Y), op("Lt", X, Y)), {"rule": "or", "fact": 0, "branches": []}, "nothing to take apart"),
        ([op("Or", op("Gt", X, Y), op("Lt", X, Y))], op("Ne", X, Y), {"rule": "or", "fact": 0, "branches": [closing((0, 1))]}, "gives 2 branches"),
        ([], op("Ge", op("Exp", X), number(0)), closing((0, 1)), "Exp in an inequality"),
        ([], op("Ge", op("Pow", X, Y), number(0)), closing((0, 1)), "exponent"),
        ([], op("Ge", {"op": "ImaginaryUnit"}, number(0)), closing((0, 1)), "ImaginaryUnit"),
    ):
        report = check(certificate(hypotheses, conclusion, proof))
        assert not report.accepted and reason in report.reason, (conclusion, report.reason)


def test_what_takes_too_long_is_refused(tmp_path: Path) -> None:
    large = op("Pow", op("Add", *({"op": "Symbol", "name": f"x{k}"} for k in range(40))), number(64))
    nested = X
    for _ in range(6):
        nested = op("Pow", op("Add", nested, number(1)), number(64))
    deep = {"rule": "sign", "polynomial": [["1", {"x": 64}]], "into": [">=", "<"], "branches": [closing((0, 64)), closing((0, 64))]}
    texts = [json.dumps(certificate([], op("Ge", tree, number(0)), deep)).encode() for tree in (large, nested)]
    first, second = words(tmp_path, texts)
    assert not any(first) and not any(second)
