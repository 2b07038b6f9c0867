"""Claims: frozen records of what a paper says, where it says it, and what is stored about its proof. No numerics here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from sympy import And, Expr, Implies, Symbol, oo, sympify
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from verify.language.logic import QUANTIFIERS, ForAll, Prose
from verify.language.matrices import MatrixSequence
from verify.language.scrutiny import complaint_about_classes, complaint_about_orders, objection

__all__ = [
    "Along", "Axis", "BadClaim", "BestConstant", "ByHand", "Claim", "Exhibit", "Family", "Lemma", "Obligation", "Obstacle", "Proof", "Provenance",
    "ProvenanceCode", "Reading", "SharpForm", "Status", "Surrogate", "Untestable", "classical", "guessed", "own", "quoted", "reconstructed", "stated",
]


class BadClaim(ValueError):
    """A claim file that cannot be used; the message says what is wrong and what to do.

    ``near`` is what to look for in the source to find the line: the key of a reading, or a number as it is written there.
    """

    def __init__(self, message: str, near: Any = None) -> None:
        super().__init__(message)
        self.near = near


class ProvenanceCode(Enum):
    STATED = "S"
    QUOTED = "N"
    RECONSTRUCTED = "R"
    GUESSED = "G"
    OWN = "own"
    CLASSICAL = "classical"


@dataclass(frozen=True)
class Provenance:
    """Where a formula comes from: how it survives, and the place."""

    code: ProvenanceCode
    where: str

    @property
    def text(self) -> str:
        words = {
            ProvenanceCode.STATED: "survives in the paper's own text",
            ProvenanceCode.QUOTED: "quoted by independent public notes on the paper",
            ProvenanceCode.RECONSTRUCTED: "reconstructed from the paper's surviving proof, which pins it down",
            ProvenanceCode.GUESSED: "our reading: several formulas fit what survives",
            ProvenanceCode.OWN: "this project's own statement",
            ProvenanceCode.CLASSICAL: "classical",
        }[self.code]
        return f"{words} ({self.where})" if self.where else words


def stated(where: str) -> Provenance:
    """S: the formula survives in the paper's own text."""
    return Provenance(ProvenanceCode.STATED, where)


def quoted(where: str = "public notes") -> Provenance:
    """N: quoted by independent public notes."""
    return Provenance(ProvenanceCode.QUOTED, where)


def reconstructed(where: str = "surviving proof") -> Provenance:
    """R: pinned down by the surviving proof."""
    return Provenance(ProvenanceCode.RECONSTRUCTED, where)


def guessed(where: str = "") -> Provenance:
    """G: one of several formulas that fit."""
    return Provenance(ProvenanceCode.GUESSED, where)


def own(where: str = "") -> Provenance:
    """A statement of this project."""
    return Provenance(ProvenanceCode.OWN, where)


def classical(where: str) -> Provenance:
    """A theorem of the literature, with its source."""
    return Provenance(ProvenanceCode.CLASSICAL, where)


class Status(Enum):
    """Whether the author of the paper has settled that this reading is meant."""

    CONJECTURED = "conjectured"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Obligation:
    """A step that a machine must discharge: a scalar statement, universally closed under ``given``."""

    text: str
    statement: Boolean
    given: tuple[Boolean, ...] = ()


@dataclass(frozen=True)
class Lemma:
    """A step proved elsewhere under ``theorems/``: claim id and reading key."""

    claim: str
    reading: str
    text: str


@dataclass(frozen=True)
class ByHand:
    """A step written for human eyes; it is displayed and counted, and caps the verdict at ``PROVED_MODULO``."""

    text: str
    statement: Boolean | None = None


@dataclass(frozen=True)
class Exhibit:
    """A step that proves ``Exists``: the members to take (explicit matrices in the parameters), and a point ``z`` for a lower bound of ``K``.

    The machine substitutes the members, checks their class membership, replaces ``K(X)`` by its lower bound ``(|z| − 1) ‖(zI − X)^{-1}‖`` (the definition
    of the supremum; only where ``K`` stands on the greater side) and decides the scalar inequality that remains.
    """

    text: str
    members: Mapping[Any, Any]
    point: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", MappingProxyType(dict(self.members)))

    def __reduce__(self) -> Any:
        return Exhibit, (self.text, dict(self.members), self.point)


@dataclass(frozen=True)
class Along:
    """Exact members at which a refuted reading fails, one for each value of ``parameter``: shown beside its refutation, of which they are no step.

    ``members`` gives a value to every symbol of the domain (a sequence of matrices is constant and given by its one term). What the reading
    leaves to be chosen, an absolute constant say, equals the parameter unless it has a member of its own. What violates the statement without
    its quantifiers may mention only what is chosen before it. A conclusion whose parts quantify by themselves fails if one part does: ``part``.
    ``ratio`` is that of the left to the right side along the members, in closed form, for where the engine finds none; it is compared with the
    enclosures at the members and believed only if it agrees with them. ``towards`` is where its limit is taken.
    """

    text: str
    members: Mapping[Any, Any]
    parameter: Symbol
    at: tuple[Any, ...] = (1, 10, 1000, 10**6)
    part: Boolean | None = None
    ratio: Any = None
    towards: Any = oo

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", MappingProxyType(dict(self.members)))

    def __reduce__(self) -> Any:
        return Along, (self.text, dict(self.members), self.parameter, self.at, self.part, self.ratio, self.towards)


@dataclass(frozen=True)
class Proof:
    """An ordered list of steps that together give the statement, or its negation if ``refutes``, which may then be shown ``along`` some members."""

    steps: tuple[Obligation | Lemma | ByHand | Exhibit, ...]
    refutes: bool = False
    along: tuple[Along, ...] = ()

    def __init__(self, *steps: Obligation | Lemma | ByHand | Exhibit, refutes: bool = False, along: tuple[Along, ...] = ()) -> None:
        object.__setattr__(self, "steps", tuple(steps))
        object.__setattr__(self, "refutes", refutes)
        if not isinstance(along, tuple) or not all(isinstance(one, Along) for one in along) or (along and not refutes):
            raise BadClaim(f"along of a proof is {along!r}: give a tuple of Along(…), and only to a refutation")
        object.__setattr__(self, "along", along)


@dataclass(frozen=True)
class Axis:
    """A scalar quantity of a claim and the ends of the cells along it, in increasing order (the last may be infinite)."""

    quantity: Expr
    breaks: tuple[Any, ...]

    def __post_init__(self) -> None:
        ends = [sympify(b) for b in self.breaks]
        if len(ends) < 2 or any(not (x < y) for x, y in pairwise(ends)):
            raise BadClaim(f"breaks must be two or more increasing numbers, got {self.breaks}")


@dataclass(frozen=True)
class SharpForm:
    """The best possible counterpart of a reading.

    ``statement`` is a statement over the claim's own domain, ``attained_by`` a family (values for free symbols, in terms of the
    remaining ones) at which it is believed to hold with equality. ``regions`` are the cells over which the reading's own bound is compared
    with it; without them, those of the claim's last axis.
    """

    statement: Boolean
    attained_by: Mapping[Any, Any] = field(default_factory=dict)
    text: str = ""
    regions: Axis | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "attained_by", MappingProxyType(dict(self.attained_by)))

    def __reduce__(self) -> Any:
        return SharpForm, (self.statement, dict(self.attained_by), self.text, self.regions)


@dataclass(frozen=True)
class Family:
    """Members of the class at which the two sides of a reading's own bound are equal, or along which they come together.

    ``members`` gives a value to every symbol of the reading's domain. Without ``parameter`` they are single members, at which equality is
    believed; with it they depend on that one symbol, which grows without bound from ``start`` on, and the ratio of the sides is believed to
    tend to 1. A member that is a sequence of matrices is constant: it is given by its one term. ``squeezed_by`` names a proved reading,
    ``CLAIM(reading)``, that bounds the same quantity from the other side, for where the quantity has no closed form. Nothing of this is
    taken on trust: the engine proves it or says that it could not.
    """

    members: Mapping[Any, Any]
    parameter: Symbol | None = None
    text: str = ""
    start: Any = 10
    squeezed_by: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", MappingProxyType(dict(self.members)))
        if self.squeezed_by and not _REFERENCE.fullmatch(self.squeezed_by):
            raise BadClaim(f'squeezed_by of a family is {self.squeezed_by!r}: give a reference such as "S2(i)"')

    def __reduce__(self) -> Any:
        return Family, (dict(self.members), self.parameter, self.text, self.start, self.squeezed_by)


@dataclass(frozen=True)
class BestConstant:
    """That no smaller constant will do: ``statement`` is the reading's own with ``symbol`` in place of the constant ``value``.

    It is false at ``members`` (in terms of ``symbol``) for every value of the symbol strictly between ``above`` and ``value``. Where ``K(X)`` is
    claimed to be at most a finite bound, that is shown at ``point``, as in :class:`Exhibit`; without it by ``ρ(X) > 1``, where ``K`` is infinite.
    """

    symbol: Symbol
    value: Any
    statement: Boolean
    members: Mapping[Any, Any]
    point: Any = None
    above: Any = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", MappingProxyType(dict(self.members)))

    def __reduce__(self) -> Any:
        return BestConstant, (self.symbol, self.value, self.statement, dict(self.members), self.point, self.above)


class Obstacle(Enum):
    """Why no finite argument decides a reading."""

    LOST = "the text, the formula or the numbers did not survive"
    EMPIRICAL = "it speaks of runs, data or machines that are not at hand"
    JUDGEMENT = "it is a judgement or a plan, and says nothing that could be true or false"


@dataclass(frozen=True)
class Surrogate:
    """The nearest reading that can be judged (claim id and key), and what a verdict on it implies, in which direction."""

    claim: str
    reading: str
    implies: str

    def __post_init__(self) -> None:
        if not self.implies.strip():
            raise BadClaim(f"the surrogate {self.claim}({self.reading}) says nothing about what it implies: say it, or leave the surrogate out")


@dataclass(frozen=True)
class Untestable:
    """That no finite argument decides a reading, and why. Such a reading is shown and counted, and never counted as passed."""

    obstacle: Obstacle
    why: str
    surrogate: Surrogate | None = None


@dataclass(frozen=True)
class Reading:
    """One form of a claim: a conclusion under the claim's domain and hypotheses."""

    key: str
    statement: Boolean
    provenance: Provenance
    hypotheses: tuple[Boolean, ...] = ()
    status: Status = Status.CONJECTURED
    proof: Proof | None = None
    sharp: SharpForm | None = None
    notes: str = ""
    repaired_by: tuple[str, ...] = ()
    """Should this reading fall: the closest statements that are claimed to be true, as ``CLAIM(reading)``. They are claims like any other, and judged so."""
    domain: Mapping[Any, Any] | None = None
    """Overrides the claim's domain, for a reading about a different class."""
    untestable: Untestable | None = None
    """Given for a sentence in prose, and only there."""
    sharp_at: tuple[Family, ...] = ()
    """Where this very bound is attained, or approached: the engine proves it."""
    best_constant: BestConstant | None = None

    def __post_init__(self) -> None:
        _require_name("reading key", self.key)
        _require_open(f"the conclusion of reading {self.key!r}", self.statement)
        self._check_prose()
        for hypothesis in _several(f"hypotheses of reading {self.key!r}", self.hypotheses):
            _require_open(f"a hypothesis of reading {self.key!r}", hypothesis)
        if not isinstance(self.sharp_at, tuple) or not all(isinstance(family, Family) for family in self.sharp_at):
            raise BadClaim(f"sharp_at of reading {self.key!r} is {self.sharp_at!r}: give a tuple of Family(…)")
        if isinstance(self.repaired_by, str) or not all(isinstance(name, str) and _REFERENCE.fullmatch(name) for name in self.repaired_by):
            raise BadClaim(f'repaired_by of reading {self.key!r} is {self.repaired_by!r}: give a tuple of references such as ("S2(i)",)')

    def _check_prose(self) -> None:
        if self.statement.has(Prose) is not (self.untestable is not None):
            raise BadClaim(f"reading {self.key!r}: a sentence in Prose needs untestable=Untestable(…), and a formula must not have it")
        if self.untestable is not None and (self.proof is not None or self.sharp is not None):
            raise BadClaim(f"reading {self.key!r} is untestable: it can have neither a proof nor a sharp form")


@dataclass(frozen=True)
class Claim:
    """A claim: what is universally quantified (``domain``), under which hypotheses, and its readings.

    ``axes`` are two quantities over which a refuted reading's failures are mapped.
    """

    id: str
    title: str
    domain: Mapping[Any, Any]
    readings: Sequence[Reading]
    hypotheses: tuple[Boolean, ...] = ()
    source: str = "arXiv:2606.04031"
    notes: str = ""
    axes: tuple[Axis, ...] = ()

    def __post_init__(self) -> None:
        _require_name("claim id", self.id)
        if isinstance(self.readings, Reading):
            raise BadClaim(f"readings of claim {self.id!r} is a single reading: write readings=[Reading(…)]")
        if not isinstance(self.domain, Mapping):
            raise BadClaim(f"domain of claim {self.id!r} is {self.domain!r}: write {{symbol: class, …}}, such as {{gamma: between(0, 1)}}")
        keys = [reading.key for reading in self.readings]
        if not keys:
            raise BadClaim(f"claim {self.id!r} has no readings: give at least one Reading")
        if len(set(keys)) != len(keys):
            raise BadClaim(f"claim {self.id!r} repeats a reading key: {keys}")
        if len(self.axes) not in (0, 2):
            raise BadClaim(f"claim {self.id!r} has {len(self.axes)} axes: a map needs two, or give none")
        for hypothesis in _several(f"hypotheses of claim {self.id!r}", self.hypotheses):
            _require_open(f"a hypothesis of claim {self.id!r}", hypothesis)
        for reading in self.readings:
            _check_classes(self.id, self.domain_of(reading))
            _scrutinise_classes(self.id, self.domain_of(reading))
            self._check_symbols(reading)
            for part in (reading.statement, *self.hypotheses, *reading.hypotheses):
                if (found := complaint_about_orders(part, self.domain_of(reading))) is not None:
                    raise BadClaim(f"{self.id}({reading.key}) {found[0]}", reading.key)

    def _check_symbols(self, reading: Reading) -> None:
        domain = self.domain_of(reading)
        bound = {str(v) for part in reading.statement.atoms(*QUANTIFIERS) for v in part.variables}
        if missing := sorted(bound - {_name(symbol) for symbol in domain}):
            raise BadClaim(f"{self.id}({reading.key}): the quantified {', '.join(missing)} has no class: add it to the domain", reading.key)
        known = {_name(symbol) for symbol in domain} | {str(size) for cls in domain.values() for size in cls.sizes}
        known |= {str(size) for symbol in domain for size in _sizes_of(symbol)}
        used = {str(symbol) for part in (reading.statement, *self.hypotheses, *reading.hypotheses) for symbol in part.free_symbols}
        if missing := sorted(used - known):
            names = ", ".join(sorted(known))
            raise BadClaim(f"{self.id}({reading.key}): no class is given for {', '.join(missing)}: add them to the domain, which names {names}", reading.key)

    def reading(self, key: str) -> Reading:
        """The reading with this key.

        Raises:
            KeyError: if there is none; the message names the keys that exist.
        """
        for reading in self.readings:
            if reading.key == key:
                return reading
        raise KeyError(f"claim {self.id} has no reading {key!r}; it has {', '.join(reading.key for reading in self.readings)}")

    def domain_of(self, reading: Reading) -> Mapping[Any, Any]:
        return self.domain if reading.domain is None else reading.domain

    def hypotheses_of(self, reading: Reading) -> tuple[Boolean, ...]:
        """All hypotheses as relations: those of the classes, of the claim and of the reading."""
        domain = self.domain_of(reading)
        return (*(relation for symbol, cls in domain.items() for relation in cls.relations(symbol)), *self.hypotheses, *reading.hypotheses)

    def closed(self, reading: Reading) -> Boolean:
        """The statement with its quantifiers written out: for all members of the domain, hypotheses imply the conclusion."""
        variables = [symbol.bound if isinstance(symbol, MatrixSequence) else symbol for symbol in self.domain_of(reading)]
        hypotheses = self.hypotheses_of(reading)
        body = Implies(And(*hypotheses, evaluate=False), reading.statement, evaluate=False) if hypotheses else reading.statement
        return ForAll(variables, body) if variables else body


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_REFERENCE = re.compile(rf"{_NAME.pattern}\({_NAME.pattern}\)")


def _require_name(what: str, name: Any) -> None:
    """Ids and keys become file names and anchors."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadClaim(f"{what} {name!r}: use letters, digits, hyphens and underscores, beginning with a letter or digit")


def _several(what: str, parts: Any) -> tuple[Any, ...]:
    if isinstance(parts, (Boolean, bool)) or not isinstance(parts, (tuple, list)):
        raise BadClaim(f"{what} must be a tuple, got {parts!r}: with a single one, write ({parts},) with its comma")
    return tuple(parts)


def _require_open(what: str, statement: Any) -> None:
    if isinstance(statement, (bool, BooleanTrue, BooleanFalse)):
        remedy = (
            "it says the same for every value of its symbols. For an equation write Eq(a, b), because a == b compares formulas; "
            "declare no symbol positive; and see that the two sides differ"
        )
        raise BadClaim(f"{what} collapsed to {statement} when SymPy built it: {remedy}")
    if not isinstance(statement, Boolean):
        raise BadClaim(f"{what} must be a relation such as Norm(A) <= 1, or a logical statement made of such, got {statement!r}")
    if (found := objection(statement)) is not None:
        raise BadClaim(f"{what} {found[0]}", found[1])


def _check_classes(claim_id: str, domain: Mapping[Any, Any]) -> None:
    """Every symbol has a class, and its SymPy assumptions promise nothing that the class does not."""
    for symbol, cls in domain.items():
        if not hasattr(cls, "relations"):
            raise BadClaim(f"{claim_id}: the domain gives {symbol} the value {cls!r}; give it a class, such as between(0, 1) or symmetric(rho=gamma)")
        if not isinstance(symbol, Symbol):
            continue
        if symbol.is_positive is not None or symbol.is_nonnegative is not None or symbol.is_zero is not None:
            raise BadClaim(f"{claim_id}: declare {symbol} without a sign (real=True only), and put its range into its class")
        if bool(symbol.is_integer) != bool(getattr(cls, "discrete", False)):
            raise BadClaim(f"{claim_id}: {symbol} and its class disagree on being an integer: Symbol(..., integer=True) goes with integer(low, high)")


def _scrutinise_classes(claim_id: str, domain: Mapping[Any, Any]) -> None:
    if (found := complaint_about_classes(domain)) is not None:
        raise BadClaim(f"{claim_id}: {found[0]}", found[1])


def _name(symbol: Any) -> str:
    return symbol.name if hasattr(symbol, "name") else str(symbol)


def _sizes_of(symbol: Any) -> tuple[Any, ...]:
    shape = (symbol.rows, symbol.cols) if hasattr(symbol, "rows") else ()
    return tuple(atom for size in shape for atom in getattr(size, "free_symbols", ()))
