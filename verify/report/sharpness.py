"""What the report says of tightness: the best possible factor by region, and the families with their certified ratios."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR
from fractions import Fraction

from verify.report.values import decimal
from verify.report.wording import words
from verify.results import FamilyTightness, RegionTightness, Tightness

__all__ = ["FAMILIES", "REGIONS", "REGION_HEADS", "family_line", "family_rows", "region_rows", "whole_line"]

REGIONS = (
    "By which factor the bound could be better: at least the lower number, proved for all members of the region against the sharp bound; at most the "
    "upper one, because of an exact member of the region whose quantity is enclosed (1 where a family that is proved to become sharp lies in it)."
)
REGION_HEADS = ("Region", "Tightness", "Best possible factor", "Lower end proved by")
FAMILIES = "Families that are proved to lie in the class, with the smaller side's share of the larger: its limit, and certified from below at exact members."


def region_rows(tightness: Tightness) -> list[list[str]]:
    """One row for each region, under :data:`REGION_HEADS`."""
    return [[_place(region), words(region.label), factor_text(region.factor_low, region.factor_high), region.by or "–"] for region in tightness.regions]


def whole_line(tightness: Tightness) -> str:
    """The enclosure of the best possible factor for the class as a whole; empty where nothing beyond the label is known."""
    if tightness.label.startswith("SHARP") or not tightness.factor_high or tightness.factor_high == "1":
        return ""
    return f"For the class as a whole the best possible factor is {factor_text(tightness.factor_low, tightness.factor_high)}."


def factor_text(low: str, high: str) -> str:
    """An enclosure in four digits, rounded outward; one number if both ends agree."""
    if low == high:
        short = decimal(low, 4)
        return short if low.partition("/")[2] in ("", "1") or _exactly(low, short) else f"{short} ({low})"
    bottom = decimal(low, 4, ROUND_FLOOR)
    return f"in [{bottom}, {decimal(high, 4, ROUND_CEILING)}]" if high else f"at least {bottom}"


def _exactly(ratio: str, short: str) -> bool:
    return Fraction(short) == Fraction(ratio)


def _place(region: RegionTightness) -> str:
    if not region.quantity:
        return "the whole class"
    return f"{region.low} ≤ {region.quantity}" + ("" if region.high == "infinity" else f" ≤ {region.high}")


def family_line(family: FamilyTightness) -> str:
    """A family, what is proved of it, and by whom."""
    where = f"{family.text}: " if family.text else ""
    if not family.towards:
        return f"{where}{family.members}. Both sides are equal there, by {family.by}."
    rate = f"; the share is at least {family.rate} at every member" if family.rate else ""
    return f"{where}{family.members}, {family.towards}. The share tends to {family.limit}{rate} ({family.by})."


def family_rows(family: FamilyTightness) -> list[list[str]]:
    """Parameter and certified ratio, rounded down."""
    return [[one["at"], _share(one["ratio"])] for one in family.ratios]


def _share(ratio: str) -> str:
    """Six digits; near 1 its distance from 1, rounded up."""
    gap = 1 - Fraction(ratio)
    if 0 < gap < Fraction(1, 1000):
        return f"1 − {decimal(str(gap), 3, ROUND_CEILING)}"
    return decimal(ratio, 6, ROUND_FLOOR)
