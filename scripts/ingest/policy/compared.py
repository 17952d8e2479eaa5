"""What of the evidence on policy became rows, and why the rest did not."""

from scripts.ingest.policy.citations import DIGESTS, QUOTA_LIST
from scripts.ingest.policy.evidence import ACTIONS, SOURCES
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare

NAME = "policy actions and sources (rows, by key)"


def comparison(raw: Raw, actions: list[Row], sources: list[Row]) -> Comparison:
    """Keys of actions and sources in the tables against those of the evidence; each missing one has its reason."""
    found = {("action", row["action_id"]): "a row" for row in actions}
    found |= {("source", row["source_id"]): "a row" for row in sources}
    expected = {("action", row["action_id"]): "a row" for _, row in raw.transcription(ACTIONS)}
    expected |= {("source", row["source_id"]): "a row" for _, row in raw.transcription(SOURCES)}
    digests = {digest for digest, _ in DIGESTS}

    def explain(place, a, b):
        _, key = place
        if key == QUOTA_LIST:
            return "our own list of quotas is no source: the pages behind it are cited instead"
        if key in digests:
            return "a digest: the documents in it are cited instead"
        return "no action cites it"

    return compare(NAME, found, expected, explain)
