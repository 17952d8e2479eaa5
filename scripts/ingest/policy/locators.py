"""Turn the free wording of places in the evidence into the grammar of locators."""

import re

WHOLE = "section=whole text"
#: Wordings that mean no place within the source.
NO_PLACE = {"", "body", "text", "whole page", "intervention text", "intervention texts", "overview", "Reuters summary"}
PREFIXES = (
    (re.compile(r"^paras? (?P<rest>[\d-]+)$"), "paragraph"),
    (re.compile(r"^arts?\. (?P<rest>[^;]+)$"), "article"),
    (re.compile(r"^secs?\. (?P<rest>[^;]+)$"), "section"),
)


def locator(text: str, source_id: str) -> str:
    """Locator of a place.

    Parameters
    ----------
    text
        The place in words; empty where the source as a whole makes the statement.
    source_id
        The source: records of Global Trade Alert are named by their number.
    """
    if match := re.fullmatch(r"gta-(\d+)", source_id):
        return f"record=intervention {match[1]}"
    text = re.sub(r"^seed 00\d, ", "", text)
    if text in NO_PLACE:
        return WHOLE
    for pattern, key in PREFIXES:
        if match := pattern.match(text):
            return f"{key}={match['rest']}"
    return f"section={text.replace(';', ',')}"
