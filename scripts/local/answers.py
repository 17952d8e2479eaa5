"""What the readers of interfaces share: questions, answers that are read strictly, and where they are kept."""

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.ingest.flows import Amount, amount
from scripts.ingest.rows import Row
from scripts.local.extension import LOCAL

FOLDER = LOCAL / ".answers"


class AnswerError(ValueError):
    """An answer of an interface cannot be read; the message says where, and what was expected."""


class Request(NamedTuple):
    """What a user wants: areas, periods (``2023``, ``2023-04``), codes of products, flows."""

    reporters: list[str]
    periods: list[str]
    products: list[str]
    flows: list[str]


class Question(NamedTuple):
    """One call of an interface.

    Attributes
    ----------
    address
        Address without parameters.
    asked
        Parameters; with the address they are what an answer is kept by.
    secret
        Further parameters that hold a key of the user: never kept, never shown.
    headers
        Request headers that hold a key of the user: never kept, never shown.
    """

    address: str
    asked: Mapping[str, str]
    secret: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}

    def path(self, name: str, folder: Path = FOLDER) -> Path:
        """Where the answer of an interface (``name``) to this question is kept."""
        text = json.dumps([self.address, self.asked], sort_keys=True)
        return folder / name / hashlib.sha256(text.encode()).hexdigest()[:32]


class Answer(NamedTuple):
    """Rows of ``trade_flows``, and what of an answer is none: of no area, or withheld."""

    rows: list[Row]
    left_out: list[str]


def key(setting: str) -> str:
    """A user's key for an interface, from an environment variable.

    Raises
    ------
    AnswerError
        When it is not set.
    """
    found = os.environ.get(setting, "").strip()
    if not found:
        raise AnswerError(f"set {setting} to your own key for this interface")
    return found


def require_fields(where: str, record: Mapping[str, Any], fields: Collection[str]) -> None:
    """Stop when a record has not exactly the fields that its reader knows.

    Raises
    ------
    AnswerError
        Naming the fields that are new or gone.
    """
    new, gone = sorted(set(record) - set(fields)), sorted(set(fields) - set(record))
    if new or gone:
        raise AnswerError(f"{where}: fields have changed (new: {new}, gone: {gone}); read the interface's documentation first")


def stated(text: str, unit: str, where: str) -> Amount:
    """An amount that an answer states; an empty text is none.

    Raises
    ------
    AnswerError
        When the text is no number, or a negative one.
    """
    try:
        return amount(text, unit, printed=False)
    except ValueError as error:
        raise AnswerError(f"{where}: {error}") from error
