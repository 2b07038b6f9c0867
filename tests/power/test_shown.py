"""Whether a hypothesis is needed: a witness shows it, a proof shows that it is not, and else nothing is said."""

from __future__ import annotations

from typing import Any

import pytest

from verify.library import resolve
from verify.power.shown import proved_without
from verify.report.wording import power_lines


@pytest.mark.parametrize(
    ("name", "key", "dropped", "unused"),
    [
        ("P19", "i", {"without gamma < 1", "without Abs(gamma - z) > 0"}, {"without gamma < 1"}),
        ("S10", "iii", {"without gamma < 1", "without b*c < (1 - gamma)**2"}, {"without gamma < 1"}),
        ("S2", "i", {"without A symmetric"}, set()),
        ("P19", "i", set(), set()),
    ],
)
def test_a_hypothesis_is_not_used_where_the_rest_is_proved(name: str, key: str, dropped: set[str], unused: set[str]) -> None:
    claim = resolve(name)
    found = proved_without(claim, claim.reading(key), dropped)
    assert set(found) == unused
    assert all("z3" in by or "certificate" in by for by in found.values())


def test_the_report_says_of_each_hypothesis_what_is_known() -> None:
    def one(text: str, **more: Any) -> dict[str, Any]:
        return {"text": text, "needed": False, "certificate": "", "proved": "", **more}

    power = {
        "bounds": [], "constants": [], "mistakes": {"refuted": 0, "not refuted": 0, "not tried": 0}, "stopped": False, "version": "1", "date": "d",
        "effort": "quick", "form": "the statement itself", "untried": ["without p", "without q"],
        "hypotheses": [one("without a", needed=True, certificate="a.json"), one("without b", proved="z3"), one("without c")],
    }  # fmt: skip
    needed, unused, unknown, untried, _ = power_lines(power)
    assert "is needed" in needed and "a.json" in needed
    assert unused.endswith("(z3): this hypothesis is not used.")
    assert "not found to be needed, and may be" in unknown and "not used" not in unknown
    assert "without p, without q" in untried and "nothing is said" in untried
