"""Mass of an element and of its oxide, by cited factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rare_earths.loading import chosen_package, read
from rare_earths.package import Package

FORMS = ("element", "oxide", "reo")


@dataclass(frozen=True)
class Conversion:
    """What :func:`convert` returns; printing it shows the factor and its source.

    Attributes
    ----------
    quantity
        The converted quantity, in the unit of the one given; a number or a whole column of numbers.
    factor
        What the quantity given was multiplied by.
    element, oxide
        Symbol of the element, and formula of its oxide as counted in REO.
    origin, to
        Forms: ``element``, ``oxide`` or ``reo``.
    source_id, locator
        Where the factor comes from; :func:`cite` cites it.

    Examples
    --------
    >>> import rare_earths
    >>> metal = rare_earths.convert(250.0, "Dy", to="element")
    >>> round(float(metal), 3), metal.factor, metal.source_id
    (217.825, 0.8713, 'periodictable')
    """

    quantity: Any
    factor: float
    element: str
    oxide: str
    origin: str
    to: str
    source_id: str
    locator: str

    @property
    def source_ids(self) -> frozenset[str]:
        """Key of the source of the factor, for :func:`rare_earths.cite`."""
        return frozenset({self.source_id})

    def __float__(self) -> float:
        return float(self.quantity)

    def __str__(self) -> str:
        names = {"element": self.element, "oxide": self.oxide, "reo": f"REO ({self.oxide})"}
        quantity = f"{self.quantity:,.10g}" if isinstance(self.quantity, (int, float)) else str(self.quantity)
        return (
            f"{quantity} of {names[self.to]}, from {names[self.origin]} by the factor {self.factor:.6g} "
            f"({self.source_id}, {self.locator})"
        )


def convert(
    quantity: Any,
    /,
    element: str,
    *,
    to: Literal["element", "oxide", "reo"],
    origin: Literal["element", "oxide", "reo"] | None = None,
    version: str | None = None,
    package: Package | None = None,
) -> Conversion:
    """Convert a mass of an element into that of its oxide, or back.

    Parameters
    ----------
    quantity
        Mass in any unit: a number, or a column of pandas, polars or numpy.
    element
        Symbol of the one rare earth that the quantity holds, such as ``"Nd"``.
    to
        Form wanted. ``"reo"`` (rare-earth-oxide equivalent) of one element is its ``"oxide"``: the
        oxide in which the table ``elements`` says that REO is counted.
    origin
        Form given; default: the oxide for ``to="element"``, else the element.
    version
        Version of the data; default: the one installed.
    package
        The package that holds the factors, instead of a version.

    Returns
    -------
    Conversion
        ``.quantity`` is the result; ``float(…)`` gives it where it is a number.

    Raises
    ------
    ValueError
        When ``element`` is no rare earth with a traded oxide, or a form is unknown. Mixtures are
        refused: their factor depends on their composition, and REO of a whole country has none.
    TypeError
        When ``quantity`` is neither a number nor a column of numbers.

    Notes
    -----
    The factor is the column ``oxide_to_metal`` of ``elements``, the mass of the element in one unit of
    mass of its oxide, from the standard atomic weights that ``source_id`` and ``locator`` name.

    Examples
    --------
    >>> import rare_earths
    >>> print(rare_earths.convert(100, "Nd", to="element"))
    85.74 of Nd, from Nd2O3 by the factor 0.8574 (periodictable, table=standard atomic weights; row=Nd)
    >>> round(float(rare_earths.convert(85.74, "Nd", to="reo")), 3)
    100.0
    """
    origin = origin or ("oxide" if to == "element" else "element")
    if wrong := [form for form in (origin, to) if form not in FORMS]:
        raise ValueError(f"no form {wrong[0]!r}; expected one of {', '.join(FORMS)}")
    rows = {row["symbol"]: row for row in read(chosen_package(package, version), "elements").to_pylist()}
    if element not in rows:
        raise ValueError(
            f"{element!r} is no rare earth: expected one symbol such as 'Nd', see load('elements'). A mixture has no factor: "
            "convert each of its elements by its own"
        )
    row = rows[element]
    if row["oxide_to_metal"] is None:
        raise ValueError(f"{row['name']} has no traded oxide, so that there is no factor ({row['note']})")
    metal = {form: row["oxide_to_metal"] if form != "element" else 1.0 for form in FORMS}
    factor = metal[origin] / metal[to]
    named = {name: row[name] for name in ("source_id", "locator", "oxide")}
    try:
        converted = quantity * factor
    except TypeError as error:
        raise TypeError(
            f"a {type(quantity).__name__} cannot be converted: expected a number, or one column of numbers, such as "
            "frame['quantity_t_reo']"
        ) from error
    return Conversion(quantity=converted, factor=factor, element=element, origin=origin, to=to, **named)
