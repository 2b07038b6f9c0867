"""The pages beside the report: the erratum, the chain of proof, and the sentences of the abstract; each as blocks and as a JSON document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from verify.report import outline, page_wording, wording
from verify.report.blocks import Badge, Block, Drawing, Facts, Formula, Heading, Inline, Items, Line, Link, Page, Paragraph, Ref, Strong, Table
from verify.report.dependencies import Member, Trust, chain
from verify.report.erratum import BrokenProof, Erratum, PrintedProof, Regime, Repair, Stands, broken_proofs, errata, read_proofs, stands
from verify.report.layout import Box, drawing
from verify.report.markup import Html
from verify.report.references import Found, found_by_name, name_of, split
from verify.report.sentences import JUDGEMENTS, Judged, Sentence, Support, judged, read_sentences
from verify.report.values import instance_values
from verify.results import EVIDENCE_LEVELS, RunResult

__all__ = ["PAGES_SCHEMA", "PAGES_VERSION", "Made", "Pack", "made", "read_pack"]

PAGES_SCHEMA = Path(__file__).with_name("pages.schema.json")
PAGES_VERSION = "1"
KICKER = "Referee’s report"


@dataclass(frozen=True)
class Pack:
    """What a pack of claims says of its paper as a whole: the printed proofs and the sentences. Data alone, no verdict."""

    proofs: tuple[PrintedProof, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Made:
    """A page with its JSON document and the drawing it shows, if any, as ``(file, svg)``."""

    page: Page
    document: dict[str, Any]
    drawings: tuple[tuple[str, str], ...] = ()


def read_pack(folder: Path) -> Pack:
    """``proofs.json`` and ``sentences.json`` of a folder of claims; what is missing is empty.

    Raises:
        ValueError: if a file does not have the form described in ``erratum`` and ``sentences``.
    """
    proofs, sentences = folder / "proofs.json", folder / "sentences.json"
    return Pack(read_proofs(proofs) if proofs.exists() else (), read_sentences(sentences) if sentences.exists() else ())


def made(result: RunResult, pack: Pack) -> tuple[Made, ...]:
    """The pages of a run. The erratum and the sentences speak of a paper and are left out where the run holds no claim of one."""
    if not any(claim.group == "paper" for claim in result.claims):
        return (_chain_page(result),)
    return _erratum_page(result, pack.proofs), _chain_page(result), _sentence_page(result, pack.sentences)


def _document(result: RunResult, page: str, **content: Any) -> dict[str, Any]:
    run = {"title": result.title, "effort": result.effort, "seed": result.seed, "interrupted": result.interrupted}
    return {"page": page, "schema_version": PAGES_VERSION, **run, **content}


def _page(result: RunResult, name: str, title: str, *blocks: Block) -> Page:
    notice = (Paragraph((wording.INTERRUPTED,), "notice interrupted"),) if result.interrupted else ()
    return Page(name, title, KICKER, (*notice, *blocks))


def _ref(name: str, found: Mapping[str, Found]) -> Inline:
    """A reading or claim of the run as a link; anything else as its bare name."""
    claim, reading = split(name)
    shown = name.replace("(i)", "") if name in found and len(found[name].claim.readings) == 1 else name.replace("(", " (")
    known = name in found if reading else any(item.claim.id == claim for item in found.values())
    return Ref(shown, claim, reading) if known else shown


def _listed(names: Sequence[str], found: Mapping[str, Found]) -> Line:
    return tuple(part for index, name in enumerate(names) for part in ((", ",) if index else ()) + (_ref(name, found),))


def _verdict(verdict: str) -> Inline:
    return Badge(verdict) if verdict else page_wording.NOT_IN_RUN


def _certificate(path: str) -> Inline:
    return Link(path.rpartition("/")[2], path) if outline.linkable(path) else path


# -- the erratum -------------------------------------------------------------------------------------------------------


def _erratum_page(result: RunResult, proofs: Sequence[PrintedProof]) -> Made:
    found = found_by_name(result)
    false, broken, standing = errata(result), broken_proofs(result, proofs), stands(result)
    repaired = sum(item.repaired for item in false)
    blocks: list[Block] = [Paragraph((page_wording.ERRATUM_LEAD,), "lead"), Paragraph((Strong(page_wording.erratum_count(len(false), repaired)),))]
    blocks += [Heading(2, ("At a glance",), "glance"), _glance(false, found)] if false else []
    for item in false:
        blocks += _entry(item, found)
    blocks += [Heading(2, ("Where the printed proofs break",), "proofs"), Paragraph((page_wording.PROOFS_LEAD,))]
    for proof in broken:
        blocks += _proof(proof, found)
    if standing:
        heading = Heading(2, ("Bounds that stand, and how far they are from the truth",), "stand")
        blocks += [heading, Paragraph((page_wording.STANDS_LEAD,)), _standing(standing, found)]
    content = {
        "errata": [_record(item) for item in false],
        "proofs": [asdict(proof) for proof in broken],
        "stands": [asdict(item) for item in standing],
    }
    return Made(_page(result, "erratum", "Erratum", *blocks), _document(result, "erratum", **content))


def _record(item: Erratum) -> dict[str, Any]:
    repairs = [{**asdict(repair), "established": repair.established} for repair in item.repairs]
    return {**asdict(item), "repairs": repairs, "repaired": item.repaired}


def _anchor(item: Erratum) -> str:
    return "e" + outline.anchor(item.claim, item.reading)[1:]


def _glance(false: Sequence[Erratum], found: Mapping[str, Found]) -> Table:
    rows = tuple(
        (
            (Link(f"{item.claim} ({item.reading})", "#" + _anchor(item)),), (Formula(item.printed_latex, item.printed),), (item.provenance,),
            (_off(item),), _repair_names(item.repairs, found),
        )
        for item in false
    )
    return Table("Every refuted reading of the paper", ("Reading", "As printed, or as we read it", "From", "Off by about", "Repaired by"), rows)


def _off(item: Erratum) -> str:
    """The largest factor that was measured at a certified counterexample."""
    places = [place for place in (item.simplest, item.worst, *item.regimes) if place is not None and place.factor]
    if any(place.factor == "infinite" for place in places):
        return "infinite"
    return max((place.factor for place in places), key=float, default="") or ("by proof" if item.by == "proof" else "–")


def _repair_names(repairs: Sequence[Repair], found: Mapping[str, Found]) -> Line:
    pairs = [(_ref(name_of(repair.claim, repair.reading), found), " ", _verdict(repair.verdict)) for repair in repairs]
    return tuple(part for index, pair in enumerate(pairs) for part in ((", ",) if index else ()) + pair) or (page_wording.NO_REPAIR,)


def _entry(item: Erratum, found: Mapping[str, Found]) -> list[Block]:
    name = name_of(item.claim, item.reading)
    sharp: tuple[Line, ...] = ((Formula(item.sharp_latex, item.sharp_statement),), (page_wording.SHARP_FORM,)) if item.sharp_statement else ()
    facts = Facts((
        ("Verdict", ((Badge("REFUTED", wording.verdict_label(found[name].reading)), f" {_capital(item.phrase)}."),)),
        ("Evidence", ((Strong(item.level), f" – {EVIDENCE_LEVELS[item.level]}."),)),
        ("Provenance", ((Strong(item.provenance), f" – {wording.PROVENANCE.get(item.provenance, '')}."),)),
        ("As printed", ((Formula(item.printed_latex, item.printed),), (item.statement,))),
        ("Why", ((item.reason,),)),
        ("Counterexample", _counterexample(item, found)),
        ("As repaired", tuple(line for repair in item.repairs for line in _repair(repair, found)) or ((page_wording.NO_REPAIR,),)),
        ("Sharp form", sharp),
    ))
    return [Heading(3, (_ref(name, found), f" · {item.title}"), _anchor(item)), facts, *_regimes(item)]


def _counterexample(item: Erratum, found: Mapping[str, Found]) -> tuple[Line, ...]:
    if item.simplest is None:
        return ((page_wording.BY_PROOF,),)
    witness = next(witness for witness in found[name_of(item.claim, item.reading)].reading.witnesses if witness.role == "simplest")
    values = tuple(part for shown in instance_values(witness.instance) for part in (shown, "  "))
    lines = [values, _sides(item.simplest)]
    if item.worst is not None and item.worst.certificate != item.simplest.certificate:
        lines.append((page_wording.WORST, *_sides(item.worst)))
    return tuple(lines)


def _sides(place: Regime) -> Line:
    return (f"{page_wording.sides(place.left, place.right, place.factor)}; certificate ", _certificate(place.certificate), ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repair(repair: Repair, found: Mapping[str, Found]) -> tuple[Line, ...]:
    name = name_of(repair.claim, repair.reading)
    head: Line = (_ref(name, found), " ", _verdict(repair.verdict), "" if repair.established or not repair.verdict else f" {page_wording.NOT_ESTABLISHED}")
    return (head, (Formula(repair.latex, repair.statement),), (repair.statement,)) if repair.verdict else (head,)


def _regimes(item: Erratum) -> list[Block]:
    rows = tuple(((place.where,), (place.left,), (place.right,), (place.factor or "–",), (_certificate(place.certificate),)) for place in item.regimes)
    return [Table(page_wording.REGIMES, ("Where", "Left side", "Right side", "Off by about", "Certificate"), rows)] if rows else []


def _proof(proof: BrokenProof, found: Mapping[str, Found]) -> list[Block]:
    steps = tuple(
        part for index, state in enumerate(proof.steps)
        for part in ((" → ",) if index else ()) + (_ref(state.step, found), " ", *_marks(state.verdicts))
    )
    rows: list[tuple[str, tuple[Line, ...]]] = [("Steps", (steps,))]
    if proof.first_false:
        rows.append(("First false step", (_first(proof, found), *_false_step(proof, found))))
    else:
        rows.append(("First false step", ((page_wording.NO_FALSE_STEP,),)))
    if proof.not_judged_before:
        rows.append(("Not judged", ((f"{page_wording.NOT_JUDGED_BEFORE} {', '.join(proof.not_judged_before)}.",),)))
    rows.append(("The claim itself", ((Badge(proof.headline), f" {page_wording.claim_itself(proof.headline, bool(proof.first_false))}"),)))
    return [Heading(3, (_ref(proof.claim, found), f" · {proof.title}")), Facts(tuple(rows))]


def _marks(verdicts: Mapping[str, str]) -> Line:
    """The verdicts of a step, briefly: their symbols with the readings where there are several."""
    if not verdicts:
        return ("(not judged)",)
    single = len(verdicts) == 1
    return (", ".join(("" if single else f"({key}) ") + wording.SYMBOLS[verdict] + " " + wording.words(verdict).lower() for key, verdict in verdicts.items()),)


def _first(proof: BrokenProof, found: Mapping[str, Found]) -> Line:
    false = _listed([name_of(split(proof.first_false)[0], key) for key in proof.false_readings], found)
    if not proof.standing_readings:
        return (*false, " – false in every reading that was judged." if len(proof.false_readings) > 1 else " – false.")
    others = ", ".join(f"({key})" for key in proof.standing_readings)
    return (*false, f" – false as read so; not refuted as read in {others}.")


def _false_step(proof: BrokenProof, found: Mapping[str, Found]) -> tuple[Line, ...]:
    """Statement and counterexample of the first refuted reading of the step."""
    item = found[name_of(split(proof.first_false)[0], proof.false_readings[0])]
    witness = next((witness for witness in item.reading.witnesses if witness.role == "simplest"), None)
    statement: Line = (Formula(item.reading.conclusion_latex or item.reading.latex, item.reading.conclusion or item.reading.statement),)
    if witness is None:
        return statement, (outline.one_line(item.reading.reason, 300),)
    values = tuple(part for shown in instance_values(witness.instance) for part in (shown, "  "))
    return statement, values, (f"{page_wording.sides(witness.left, witness.right, '')}; certificate ", _certificate(witness.certificate), ".")


def _standing(standing: Sequence[Stands], found: Mapping[str, Found]) -> Table:
    rows = tuple(
        ((_ref(name_of(item.claim, item.reading), found), " ", Badge(item.verdict)), (Formula(item.printed_latex, item.printed),),
         (Formula(item.sharp_latex, item.sharp),), (item.summary,))
        for item in standing
    )
    return Table("", ("Reading", "Printed", "Sharp form", "How far, where it was measured"), rows)


# -- the chain of proof ------------------------------------------------------------------------------------------------


def _chain_page(result: RunResult) -> Made:
    found = found_by_name(result)
    members, loop = chain(result)
    blocks: list[Block] = [Paragraph((page_wording.CHAIN_LEAD,), "lead"), Paragraph((Strong(page_wording.acyclic(loop)),))]
    drawings: tuple[tuple[str, str], ...] = ()
    linked = [member for member in members if member.rests_on or member.falls]
    if linked and not loop:
        svg = _graph(linked, found)
        drawings = (("figures/proof-chain.svg", str(svg) + "\n"),)
        blocks.append(Drawing(svg, "figures/proof-chain.svg", page_wording.GRAPH))
    blocks += [Heading(2, ("What falls if this is refuted",), "falls"), Paragraph((page_wording.FALLS_LEAD,)), _falls(members, found)]
    blocks += [Heading(2, ("What must be trusted",), "trust"), Paragraph((page_wording.TRUST_LEAD,)), _trusted(members, found)]
    refuted = [item for item in found.values() if item.reading.verdict == "REFUTED" and item.reading.evidence.source != "proof"]
    blocks += [Heading(3, ("Refuted by an instance",)), Paragraph((page_wording.TRUST_INSTANCE,)), _by_instance(refuted, found)] if refuted else []
    document = _document(result, "chain", acyclic=not loop, cycle=list(loop), members=[asdict(member) for member in members])
    return Made(_page(result, "chain", "The chain of proof", *blocks), document, drawings)


def _graph(members: Sequence[Member], found: Mapping[str, Found]) -> Html:
    known = {member.name for member in members}
    boxes = [_box(member, found) for member in members]
    edges = {member.name: tuple(name for name in member.rests_on if name in known) for member in members}
    return drawing(boxes, {member.name: member.layer for member in members}, edges, page_wording.GRAPH)


LOOKS = {"PROVED": "good", "PROVED_MODULO": "good", "REFUTED": "bad", "": "none"}


def _box(member: Member, found: Mapping[str, Found]) -> Box:
    claim, reading = split(member.name)
    title = f"{found[member.name].claim.title}: {wording.words(member.verdict).lower()}" if member.name in found else page_wording.NOT_IN_RUN
    href = "report.html#" + outline.anchor(claim, reading) if member.name in found else "#falls"
    return Box(member.name, f"{wording.SYMBOLS.get(member.verdict, '·')} {claim} ({reading})", LOOKS.get(member.verdict, "open"), href, title)


def _falls(members: Sequence[Member], found: Mapping[str, Found]) -> Table:
    ordered = sorted((member for member in members if member.falls), key=lambda member: -len(member.falls))
    rows = tuple(((_ref(member.name, found), " ", _verdict(member.verdict)), (str(len(member.falls)),), _listed(member.falls, found)) for member in ordered)
    return Table("", ("If this falls", "Proofs lost", "Which"), rows)


def _trusted(members: Sequence[Member], found: Mapping[str, Found]) -> Table:
    rows = tuple(
        ((_ref(member.name, found), " ", _verdict(member.verdict)), (member.level or "–",), (_by_hand(member.trust),),
         (", ".join(member.trust.engines) or "–",), _listed(member.rests_on, found) or ("–",), (", ".join(member.trust.cited) or "–",))
        for member in members if member.verdict
    )
    return Table("", ("To believe this", "Level", "By hand: here, in all", "Engines, lemmas’ included", "Lemmas used directly", "Cited"), rows)


def _by_hand(trust: Trust) -> str:
    unrecorded = f"; of {len(trust.not_in_run)} lemmas only what they hand on" if trust.not_in_run else ""
    return f"{trust.by_hand_here}, {trust.by_hand}{unrecorded}"


def _by_instance(refuted: Sequence[Found], found: Mapping[str, Found]) -> Items:
    return Items(tuple(
        (_ref(name_of(item.claim.id, item.reading.reading), found), f" – {item.reading.evidence.level}, ",
         *(part for index, path in enumerate(item.reading.certificates) for part in ((", ",) if index else ()) + (_certificate(path),)))
        for item in refuted
    ))


# -- the sentences -----------------------------------------------------------------------------------------------------

LOOK_OF = {"FALSE": "REFUTED", "NOT_JUDGED": "NOT_TESTABLE", "DEPENDS_ON_READING": wording.DEPENDS, "OPEN": "UNDECIDED", "STANDS_MODULO": "PROVED_MODULO",
           "STANDS": "PROVED"}
"""The verdict whose symbol and colour a judgement borrows."""


def _sentence_page(result: RunResult, sentences: Sequence[Sentence]) -> Made:
    found = found_by_name(result)
    verdicts = judged(result, sentences)
    counts = {key: sum(item.judgement == key for item in verdicts) for key in JUDGEMENTS}
    blocks: list[Block] = [
        Paragraph((page_wording.SENTENCES_LEAD,), "lead"),
        Paragraph(tuple(part for key, count in counts.items() if count for part in (_judgement(key), f" {count}   "))),
    ]
    for item in verdicts:
        blocks += _sentence(item, found)
    meanings = tuple(((_judgement(key),), (meaning,)) for key, meaning in JUDGEMENTS.items())
    blocks += [Heading(2, ("What the words mean",), "words"), Table("", ("Judgement", "Meaning"), meanings)]
    document = _document(result, "sentences", judgements=dict(JUDGEMENTS), counts=counts, sentences=[asdict(item) for item in verdicts])
    return Made(_page(result, "sentences", "The abstract, sentence by sentence", *blocks), document)


def _judgement(key: str) -> Badge:
    return Badge(LOOK_OF[key], wording.words(key))


def _sentence(item: Judged, found: Mapping[str, Found]) -> list[Block]:
    facts = Facts((
        ("Judgement", ((_judgement(item.judgement), f" {JUDGEMENTS[item.judgement]}."),)),
        ("Rests on", tuple(line for support in item.supports for line in _support(support, found))),
        ("Beside it", tuple(line for support in item.beside for line in _support(support, found))),
        ("Where", ((f"{item.sentence.where}; ", Strong(item.sentence.provenance), f" – {wording.PROVENANCE[item.sentence.provenance]}."),)),
        ("Note", ((item.sentence.note,),) if item.sentence.note else ()),
    ))
    return [Heading(3, (item.sentence.paraphrase,), f"s-{item.sentence.key}"), facts]


def _support(support: Support, found: Mapping[str, Found]) -> list[Line]:
    claim, _ = split(support.reference)
    if not support.verdicts:
        return [(_ref(support.reference, found), f" – {page_wording.NOT_IN_RUN}")]
    lines: list[Line] = []
    for key, verdict in support.verdicts.items():
        name = name_of(claim, key)
        reading = found[name].reading
        lines.append((_ref(name, found), " ", Badge(verdict, wording.verdict_label(reading)), " ", Formula(reading.conclusion_latex, reading.conclusion)))
    return lines
