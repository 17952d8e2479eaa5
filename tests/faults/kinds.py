"""Kinds of faults that any table can have: how a cell of a field is spoilt, and which rule must say so."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Field = dict[str, Any]
#: From a field and a sound cell of it to a cell that is wrong; None where the kind does not apply.
Spoil = Callable[[Field, str], str | None]

NUMBERS = frozenset({"integer", "year", "number"})
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
#: Letters of the Latin alphabet and those of the Cyrillic one that look the same.
CYRILLIC = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")


class Kind(NamedTuple):
    """A kind of fault in one cell.

    Attributes
    ----------
    name
        What is wrong, for a reader.
    rule
        The rule that must report it.
    spoil
        How it gets into a cell.
    """

    name: str
    rule: str
    spoil: Spoil


def constraint(field: Field, name: str) -> Any:
    return field.get("constraints", {}).get(name)


def fits(field: Field, cell: str) -> bool:
    """Whether a cell has the form that the pattern of its field asks for."""
    pattern = constraint(field, "pattern")
    return pattern is None or re.search(pattern.removesuffix("$") + r"\Z", cell) is not None


def of(types: frozenset[str], change: Callable[[str], str]) -> Spoil:
    """Spoils filled cells of fields of some types."""
    return lambda field, cell: change(cell) if field["type"] in types and cell else None


def as_text(change: Callable[[str], str]) -> Spoil:
    return of(frozenset({"string"}), change)


def as_number(change: Callable[[str], str]) -> Spoil:
    return of(NUMBERS, change)


def out_of_form(change: Callable[[str], str]) -> Spoil:
    """Spoils text whose form is stated, where the change breaks the form."""

    def spoil(field: Field, cell: str) -> str | None:
        if field["type"] != "string" or not cell or fits(field, changed := change(cell)):
            return None
        return changed

    return spoil


def _missing(field: Field, cell: str) -> str | None:
    return "" if constraint(field, "required") else None


def _enum(change: Callable[[str], str]) -> Spoil:
    def spoil(field: Field, cell: str) -> str | None:
        enum = constraint(field, "enum")
        return change(cell) if enum and cell and change(cell) not in enum else None

    return spoil


def _beyond(bound: str, step: int) -> Spoil:
    def spoil(field: Field, _: str) -> str | None:
        limit = constraint(field, bound)
        return None if limit is None or field["type"] not in NUMBERS else str(int(limit) + step)

    return spoil


def _no_such_day(field: Field, cell: str) -> str | None:
    day = f"{cell[:4]}-02-30"
    dated = constraint(field, "pattern") and fits(field, day) and not fits(field, "2025-13-01")
    return day if field["type"] == "string" and dated and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell) else None


def _free(*texts: str) -> Spoil:
    """The first of these texts that the form of a field allows, in place of a cell whose values are not listed."""

    def spoil(field: Field, cell: str) -> str | None:
        listed = field["type"] != "string" or constraint(field, "enum") or "categories" in field
        return None if listed or not cell else next((text for text in texts if fits(field, text)), None)

    return spoil


def _thousands(cell: str) -> str:
    return f"{int(float(cell)):,}" if abs(float(cell)) >= 1000 else "1,000"


KINDS = (
    Kind("word for a number", "type", as_number(lambda cell: "many")),
    Kind("infinity", "type", as_number(lambda cell: "inf")),
    Kind("NaN as text", "type", as_number(lambda cell: "NaN")),
    Kind("NA as text", "type", as_number(lambda cell: "NA")),
    Kind("thousands separator", "type", as_number(_thousands)),
    Kind("decimal comma", "type", as_number(lambda cell: cell.split(".")[0] + ",5")),
    Kind("homoglyph digit", "type", as_number(lambda cell: cell.translate(ARABIC))),
    Kind("space at the end of a number", "type", as_number(lambda cell: cell + " ")),
    Kind("line break at the end of a number", "type", as_number(lambda cell: cell + "\n")),
    Kind("unit within a number", "type", as_number(lambda cell: cell + " t")),
    Kind("zero before a number", "type", as_number(lambda cell: "0" + cell.removeprefix("-"))),
    Kind("hexadecimal number", "type", as_number(lambda cell: "0x1F")),
    Kind("number beyond all bounds", "type", of(frozenset({"number"}), lambda cell: "1e400")),
    Kind("whole number beyond all bounds", "type", of(frozenset({"integer"}), lambda cell: "9" * 30)),
    Kind("fraction of a whole number", "type", of(frozenset({"integer", "year"}), lambda cell: cell + ".0")),
    Kind("year of five digits", "type", of(frozenset({"year"}), lambda cell: "20200")),
    Kind("yes for true", "type", of(frozenset({"boolean"}), lambda cell: "yes")),
    Kind("TRUE for true", "type", of(frozenset({"boolean"}), str.upper)),
    Kind("space at the end", "clean-text", as_text(lambda cell: cell + " ")),
    Kind("space at the beginning", "clean-text", as_text(lambda cell: " " + cell)),
    Kind("no-break space at the end", "clean-text", as_text(lambda cell: cell + "\xa0")),
    Kind("tab within text", "clean-text", as_text(lambda cell: cell[:1] + "\t" + cell[1:])),
    Kind("line break within text", "clean-text", as_text(lambda cell: cell[:1] + "\n" + cell[1:])),
    Kind("control character", "clean-text", as_text(lambda cell: cell + "\x07")),
    Kind("control character of Latin-1", "clean-text", as_text(lambda cell: cell + "\x85")),
    Kind("invisible character", "clean-text", as_text(lambda cell: cell[:1] + "\u200b" + cell[1:])),
    Kind("turned direction of writing", "clean-text", as_text(lambda cell: "\u202e" + cell)),
    Kind("byte-order mark within text", "clean-text", as_text(lambda cell: "\ufeff" + cell)),
    Kind("formula", "clean-text", as_text(lambda cell: "=" + cell)),
    Kind("formula by @", "clean-text", as_text(lambda cell: "@" + cell)),
    Kind("NaN in place of text", "missing-as-text", _free("NaN", "nan")),
    Kind("error of a spreadsheet", "missing-as-text", _free("#REF!")),
    Kind("digit of another script in text", "lookalike", _free("In 2\u0660 of 2\uff15", "page=2\u0660")),
    Kind("letter of another script in a word", "lookalike", _free("Neody\u043cium", "row=Neody\u043cium")),
    Kind("missing though required", "required", _missing),
    Kind("outside the list", "enum", _enum(lambda cell: cell + "_x")),
    Kind("other capitals than the list", "enum", _enum(str.swapcase)),
    Kind("form broken", "pattern", out_of_form(lambda cell: "?" + cell)),
    Kind("line break at the end of a code", "pattern", out_of_form(lambda cell: cell + "\n")),
    Kind("homoglyph in a code", "pattern", out_of_form(lambda cell: cell.translate(CYRILLIC).translate(ARABIC))),
    Kind("below the minimum", "minimum", _beyond("minimum", -1)),
    Kind("above the maximum", "maximum", _beyond("maximum", 1)),
    Kind("day that does not exist", "date", _no_such_day),
)


def applicable(field: Field, cell: str) -> Iterator[tuple[Kind, str]]:
    """Kinds that a sound cell can be spoilt by, each with the spoilt cell."""
    for kind in KINDS:
        spoilt = kind.spoil(field, cell)
        if spoilt is not None and spoilt != cell:
            yield kind, spoilt
