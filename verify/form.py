"""The form of a claim: what every reading must be, whatever it says. Each check yields complaints, none for a well-formed reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Symbol, im, latex, preorder_traversal, re
from sympy.logic.boolalg import Boolean, BooleanAtom
from sympy.utilities.iterables import iterable

from verify.domain import Domain
from verify.language.claim import ByHand, Claim, Exhibit, Obligation, Reading
from verify.language.matrices import MatrixSequence

__all__ = ["CHECKS", "complaints", "formulas"]

_SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "zero")


def formulas(claim: Claim, reading: Reading) -> Iterator[tuple[str, Any]]:
    """Every SymPy statement that a reading carries, with the part it comes from."""
    yield "conclusion", reading.statement
    yield from (("hypothesis", relation) for relation in claim.hypotheses_of(reading))
    if reading.sharp is not None:
        yield "sharp form", reading.sharp.statement
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Obligation):
            yield from (("given", relation) for relation in step.given)
        if isinstance(step, (ByHand, Obligation)) and step.statement is not None:
            yield "step", step.statement


def no_statement_collapsed(claim: Claim, reading: Reading) -> Iterator[str]:
    for part, formula in formulas(claim, reading):
        if not isinstance(formula, Boolean) or isinstance(formula, BooleanAtom):
            yield f"{part}: collapsed to {formula!r}"


def nothing_is_declared_positive(claim: Claim, reading: Reading) -> Iterator[str]:
    """An assumed sign lets SymPy decide relations when it builds them, and the statement silently vanishes."""
    for part, formula in formulas(claim, reading):
        for symbol in sorted(formula.atoms(Symbol), key=str):
            if any(getattr(symbol, f"is_{sign}") is not None for sign in _SIGNS):
                yield f"{part}: {symbol} is declared with a sign"


def it_prints(claim: Claim, reading: Reading) -> Iterator[str]:
    for part, formula in formulas(claim, reading):
        printed = latex(formula)
        if not str(formula) or r"\mathtt" in printed:  # how SymPy prints what has no LaTeX form
            yield f"{part}: has no printed form"
        for node in preorder_traversal(formula):
            named = isinstance(node, (re, im))  # operators by that very name
            if not named and rf"\operatorname{{{type(node).__name__}}}" in printed:
                yield f"{part}: {type(node).__name__} has no LaTeX form"


def it_prints_with_its_quantifiers(claim: Claim, reading: Reading) -> Iterator[str]:
    if endless := [symbol for symbol in claim.domain_of(reading) if iterable(symbol)]:
        yield f"SymPy would walk through {endless} without end"
    elif not latex(claim.closed(reading)) or not str(claim.closed(reading)):
        yield "its closed form prints as nothing"


def it_can_be_rebuilt(claim: Claim, reading: Reading) -> Iterator[str]:
    """SymPy's invariant ``e.func(*e.args) == e``, without which neither ``subs`` nor pickling works on a statement."""
    for part, formula in formulas(claim, reading):
        for node in preorder_traversal(formula):
            if node.args and node.func(*node.args) != node:
                yield f"{part}: {type(node).__name__} is not rebuilt by its arguments"


def obligations_are_scalar(claim: Claim, reading: Reading) -> Iterator[str]:
    """What the decision procedure is asked is about real numbers."""
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Obligation):
            free = {symbol for formula in (step.statement, *step.given) for symbol in formula.free_symbols}
            if not all(isinstance(symbol, Symbol) and symbol.is_extended_real for symbol in free):
                yield f"{step.text}: an obligation is about real numbers"


def exhibits_stand_for_members_of_the_domain(claim: Claim, reading: Reading) -> Iterator[str]:
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Exhibit) and not set(step.members) <= set(claim.domain_of(reading)):
            yield f"{step.text}: an exhibit stands for no symbol of the domain"
    for family in () if reading.proof is None else reading.proof.along:
        if strangers := set(family.members) - set(claim.domain_of(reading)):
            yield f"{family.text}: a family gives values for {', '.join(sorted(map(str, strangers)))}, not in the domain"


def a_sharp_family_is_given_for_symbols_of_the_domain(claim: Claim, reading: Reading) -> Iterator[str]:
    if reading.sharp is not None and not set(reading.sharp.attained_by) <= set(claim.domain_of(reading)):
        yield "the sharp family gives values for symbols that are not in the domain"


def families_stand_for_the_whole_domain(claim: Claim, reading: Reading) -> Iterator[str]:
    """Members at which a bound is to be sharp: one for each symbol of the domain and for none beside."""
    domain = set(claim.domain_of(reading))
    declared = [family.members for family in reading.sharp_at] + ([] if reading.best_constant is None else [reading.best_constant.members])
    for members in declared:
        if strangers := set(members) - domain:
            yield f"a family gives values for {', '.join(sorted(map(str, strangers)))}, not in the domain"
        if missing := domain - set(members):
            yield f"a family has no member for {', '.join(sorted(map(str, missing)))}"


def bounds_of_classes_stand_before_them(claim: Claim, reading: Reading) -> Iterator[str]:
    """A class may depend on parameters that are drawn earlier, and on nothing else."""
    domain = Domain(claim.domain_of(reading))
    drawn: set[str] = set(domain.orders) | {v.name for v in domain.variables if v.cls.discrete}
    for variable in domain.variables:
        symbol = variable.symbol[1] if isinstance(variable.symbol, MatrixSequence) else variable.symbol
        used = {free.name for relation in variable.cls.relations(variable.symbol) for free in relation.free_symbols}
        if late := used - drawn - {variable.name} - {str(free) for free in symbol.free_symbols}:
            yield f"the class of {variable.name} speaks of {', '.join(sorted(late))}: put that before it in the domain"
        drawn.add(variable.name)


CHECKS: tuple[Callable[[Claim, Reading], Iterator[str]], ...] = (
    no_statement_collapsed, nothing_is_declared_positive, it_prints, it_prints_with_its_quantifiers, it_can_be_rebuilt, obligations_are_scalar,
    exhibits_stand_for_members_of_the_domain, a_sharp_family_is_given_for_symbols_of_the_domain,
    families_stand_for_the_whole_domain, bounds_of_classes_stand_before_them,
)


def complaints(claim: Claim, reading: Reading) -> list[str]:
    """What is wrong with a reading's form, by all checks; empty if nothing is."""
    return [complaint for check in CHECKS for complaint in check(claim, reading)]
