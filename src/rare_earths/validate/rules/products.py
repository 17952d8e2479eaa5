"""Rules of the table ``products``."""

import ibis

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import among
from rare_earths.validate.typed import whole

#: Prefix of the key, and digits of the code, in each nomenclature.
NOMENCLATURES = {
    "HS": ("", r"^[0-9]{4}([0-9]{2})?$"),
    "HTS": ("hts-", r"^[0-9]{8}([0-9]{2})?$"),
    "Schedule B": ("sb-", r"^[0-9]{10}$"),
    "CN": ("cn-", r"^[0-9]{8}$"),
    "China 8-digit": ("chn-", r"^[0-9]{8}$"),
}


def _is_code(t, _):
    """Digits as the nomenclature has them; a headline has none."""
    holds = (t.nomenclature == "headline") & t.code.isnull()
    for name, (_, pattern) in NOMENCLATURES.items():
        holds = holds | ((t.nomenclature == name) & t.code.fill_null("").re_search(whole(pattern)))
    return holds


def _key_agrees(t, _):
    """The key is the prefix of the nomenclature and the code; a headline's key is a name."""
    holds = (t.nomenclature == "headline") & t.product.re_search("[a-z]{3}")
    for name, (prefix, _) in NOMENCLATURES.items():
        holds = holds | ((t.nomenclature == name) & (t.product == ibis.literal(prefix) + t.code))
    return holds


RULES = (
    Rule(
        "code-of-nomenclature",
        "code",
        "a code with the digits of its nomenclature, none for a headline",
        "correct it",
        _is_code,
    ),
    Rule(
        "key-of-code",
        "product",
        "the prefix of the nomenclature and the code, or the name of a headline",
        "write the key anew",
        _key_agrees,
    ),
    Rule(
        "parent-exists",
        "parent",
        "another product of this table",
        "add the parent, or correct its key",
        lambda t, lookup: t.parent.isnull() | (among(t.parent, lookup("products"), "product") & (t.parent != t["product"])),
    ),
    Rule(
        "code-within-parent",
        "parent",
        "a parent whose code begins this code",
        "correct the parent: digits below the sixth belong to one nomenclature, the first six to the Harmonized System",
        lambda t, _: t.parent.isnull() | t.code.isnull() | t.code.startswith(t.parent),
    ),
    Rule(
        "definition-of-headline",
        "definition",
        "a definition only where the product is a headline",
        "move the definition to the headline, or clear it",
        lambda t, _: t.definition.isnull() | (t.nomenclature == "headline"),
    ),
    Rule(
        "valid-years",
        "valid_to",
        "a last year that is not before the first",
        "correct the years",
        lambda t, _: t.valid_to >= t.valid_from,
    ),
)
