"""Build rows of ``trade_flows``, so that each source module only says what is its own."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from rare_earths.periods import frequency
from scripts.ingest.rows import Row

#: Factor from a printed unit to kilograms.
TO_KG = {"kg": Decimal(1), "t": Decimal(1000)}
#: Factor from a printed unit to tonnes.
TO_T = {"kg": Decimal("0.001"), "t": Decimal(1)}


class Amount(NamedTuple):
    """A quantity or a value as a source has it.

    Attributes
    ----------
    number
        In the unit of the source; None where the source gives none.
    unit
        ``kg``, ``t`` or ``number`` for quantities, a currency (ISO 4217) for values.
    qualifier
        As the schema lists them; ``exact`` becomes ``nil`` for a zero.
    as_printed
        Printed text, empty for data files that are only converted.
    """

    number: Decimal | None = None
    unit: str = ""
    qualifier: str = "not_available"
    as_printed: str = ""


NONE = Amount()


def amount(text: str, unit: str, qualifier: str = "exact", printed: bool = True) -> Amount:
    """Read an amount; an empty text is none, a zero is ``nil``.

    Raises
    ------
    ValueError
        When the text is no number, or a negative one.
    """
    if text == "":
        return NONE
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"{text!r}: expected a number that is not negative")
    if number == 0 and qualifier in {"exact", "rounded"}:
        qualifier = "nil"
    return Amount(number, unit, qualifier, text if printed else "")


def flow_row(
    *,
    source_id: str,
    period: str,
    reporter: str,
    partner: str,
    flow: str,
    product: str,
    scope: str,
    basis: str,
    locator: str,
    grade: str,
    quantity: Amount = NONE,
    value: Amount = NONE,
    valuation: str = "unspecified",
    concept: str = "unspecified",
    reo: bool = False,
    quarter: bool = False,
    estimated: bool | None = None,
    status: str = "",
    note: str = "",
) -> Row:
    """A row of ``trade_flows``.

    Parameters
    ----------
    source_id, period, reporter, partner, flow, product, scope, basis, locator, grade, valuation, concept, status, note
        Columns of the same name.
    quantity, value
        What the source gives; at least one of the two has a number.
    reo
        Whether the quantity is rare-earth-oxide content and not the weight of goods.
    quarter
        Whether the source calls a period of three months a quarter.
    estimated
        Whether the source says that the quantity is an estimate; None where it says nothing.

    Raises
    ------
    ValueError
        When the row would say nothing, or its period is none.
    """
    if quantity.number is None and value.number is None:
        raise ValueError(f"{source_id}, {locator}: neither a quantity nor a value")
    return {
        "source_id": source_id,
        "freq": frequency(period, quarter),
        "period": period,
        "reporter": reporter,
        "partner": partner,
        "flow": flow,
        "product": product,
        "valuation": valuation,
        "scope": scope,
        "basis": basis,
        "concept": concept,
        "weight_basis": "reo_content" if reo else "goods",
        **_quantity(quantity, reo),
        "quantity_as_printed": quantity.as_printed,
        "unit_as_printed": quantity.unit if quantity.as_printed else "",
        "quantity_qualifier": quantity.qualifier,
        "weight_estimated": estimated,
        "value": None if value.number is None else float(value.number),
        "currency": value.unit,
        "value_as_printed": value.as_printed,
        "value_qualifier": value.qualifier,
        "status": status,
        "locator": locator,
        "grade": grade,
        "note": note,
    }


def _quantity(quantity: Amount, reo: bool) -> Row:
    if quantity.number is None:
        return {}
    if quantity.unit == "number":
        return {"quantity_pieces": float(quantity.number)}
    if reo:
        return {"quantity_t_reo": float(quantity.number * TO_T[quantity.unit])}
    return {"net_weight_kg": float(quantity.number * TO_KG[quantity.unit])}
