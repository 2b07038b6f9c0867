"""Random certificates of exponentials and spectral abscissas, right and forged: both checkers give the same word, and a false bound is never accepted."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.checker.node import WHY_NOT, node
from tests.checker.test_second_checker import ask_first, ask_second
from verify.certificates.enclosure import enclosure_certificate
from verify.numerics.exact import GaussianRational, RationalMatrix

Json = dict[str, Any]
TINY = Fraction(1, 10**12)
RTOL = Fraction(1, 10**6)
needs_node = pytest.mark.skipif(node() is None, reason=WHY_NOT)


def matrix(rng: random.Random) -> list[list[Any]]:
    """Full, triangular, nilpotent, diagonal or zero; real, or a pair for each entry."""
    order, kind, complex_ = rng.choice((1, 2, 2, 3, 4)), rng.choice("ffftndz"), rng.random() < 0.4

    def part() -> Fraction:
        return rng.choice((Fraction(0), Fraction(rng.randint(-3, 3)), Fraction(rng.randint(-40, 40), rng.randint(1, 12)), Fraction(rng.randint(-9, 9), 10**30)))

    def entry(i: int, j: int) -> Any:
        zero = kind == "z" or (kind == "t" and i > j) or (kind == "n" and i >= j) or (kind == "d" and i != j)
        re_part, im_part = (Fraction(0) if zero else part() for _ in range(2))
        return (re_part, im_part) if complex_ else re_part

    return [[entry(i, j) for j in range(order)] for i in range(order)]


def right(rng: random.Random) -> Json:
    quantity = rng.choice(("spectral_abscissa", "exponential_norm"))
    time = {"time": rng.choice((Fraction(0), Fraction(1, 3), Fraction(-2), Fraction(rng.randint(-9, 9), 7)))} if quantity == "exponential_norm" else {}
    return enclosure_certificate(exact(matrix(rng)), quantity, RTOL, **time)


def exact(rows: list[list[Any]]) -> Any:
    return RationalMatrix.from_rows([[GaussianRational(*e) if isinstance(e, tuple) else e for e in row] for row in rows])


def false(data: Json) -> Iterator[Json]:
    """Ends that are wrong by a hair, alone and with records that state them."""
    low, high = Fraction(data["lower"]), Fraction(data["upper"])
    for side, wrong in (("lower", high + TINY * (1 + abs(high))), ("upper", low - TINY * (1 + abs(low)))):
        forged = json.loads(json.dumps({**data, side: str(wrong)}))
        del forged["upper" if side == "lower" else "lower"]
        yield json.loads(json.dumps(forged))
        for record in forged["bounds"]:
            if side in record:
                record[side]["value"] = str(wrong)
                yield forged


def altered(data: Json, rng: random.Random) -> Json:
    """A record with another number, vector, matrix or kind; it may still prove its bound."""
    changed = json.loads(json.dumps(data))
    for record in changed["bounds"]:
        witness = record[rng.choice([side for side in ("lower", "upper") if side in record])]
        key = rng.choice(sorted(witness))
        match key:
            case "by":
                witness["by"] = rng.choice(("gram", "vector", "lyapunov", "psd", "eigenvector", "one", "abscissa"))
            case "value" | "z":
                witness[key] = rng.choice(("0", "-1", "1/3", str(Fraction(data["upper"]) * 2), data["lower"]))
            case "vector":
                witness["vector"][rng.randrange(len(witness["vector"]))] = rng.choice(("0", "-1/3", ["0", "1"]))
            case _:
                del witness[key]
    return changed


@needs_node
def test_both_checkers_say_the_same_and_accept_no_false_bound(tmp_path: Path) -> None:
    rng = random.Random(20261121)
    cases: list[tuple[Json, bool | None]] = []
    for _ in range(60):
        data = right(rng)
        cases += [(data, True), *((forged, False) for forged in false(data)), *((altered(data, rng), None) for _ in range(3))]
    files = [tmp_path / f"{k}.json" for k in range(len(cases))]
    for file, (data, _) in zip(files, cases, strict=True):
        file.write_text(json.dumps(data), encoding="utf-8")
    first, second = ask_first(files), ask_second(files)
    for file, (_, wanted), one, other in zip(files, cases, first, second, strict=True):
        assert one.accepted == other.accepted, (file.name, one.reason, other.reason)
        assert wanted in (None, one.accepted), (file.name, one.reason)
    assert {word.accepted for word, (_, wanted) in zip(first, cases, strict=True) if wanted is None} == {True, False}
