"""Ask an interface and keep its rows on this machine: ``python -m scripts.local.ask comtrade --reporter CHN --period 2023 --product 2846``.

Keys are read from the environment (``RARE_EARTHS_COMTRADE_KEY``, ``RARE_EARTHS_CENSUS_KEY``); no
message, file or name of a file holds one. Answers are kept by what was asked, and what was asked
before is not asked again. The rows go to ``local/<interface>/``, which no release reads.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode

from scripts.fetch.addresses import Sources
from scripts.fetch.client import Client
from scripts.fetch.outcomes import FetchError
from scripts.local import census, comext, comtrade, extension, hmrc
from scripts.local.answers import FOLDER, Answer, AnswerError, Question, Request
from scripts.tables import write_text

INTERFACES: dict[str, ModuleType] = {"census": census, "comext": comext, "comtrade": comtrade, "hmrc": hmrc}


class Budget:
    """Calls of a day, counted in a file so that several runs share them.

    Parameters
    ----------
    path
        Where the count is kept.
    calls
        How many calls a day are allowed.
    pause
        Seconds between two calls.
    """

    def __init__(self, path: Path, calls: int, pause: float):
        self.path, self.calls, self.pause, self.last = path, calls, pause, float("-inf")

    def spend(self) -> None:
        """Count one call, after the pause that is due.

        Raises
        ------
        AnswerError
            When the calls of today are used up.
        """
        today = datetime.now(UTC).date().isoformat()
        used = json.loads(self.path.read_text(encoding="utf-8")).get(today, 0) if self.path.exists() else 0
        if used >= self.calls:
            raise AnswerError(f"{used} calls today, as many as are allowed; what was answered is kept, go on tomorrow")
        write_text(self.path, json.dumps({today: used + 1}))
        time.sleep(max(0.0, self.last + self.pause - time.monotonic()))
        self.last = time.monotonic()


def ask(interface: ModuleType, question: Question, budget: Budget, folder: Path = FOLDER) -> Path:
    """The answer to one question, kept from before or asked for now.

    Raises
    ------
    FetchError
        When no answer came.
    AnswerError
        When the calls of today are used up.
    """
    path = question.path(interface.NAME, folder)
    if not path.exists():
        budget.spend()
        client = Client(Sources.from_environment(), headers=question.headers)
        address = f"{question.address}?{urlencode({**question.asked, **question.secret}, safe='$,')}"
        client.download(address, path, suffix=interface.SUFFIX)
    return path


def answers(interface: ModuleType, request: Request, folder: Path = FOLDER) -> list[Path]:
    """The answers to everything that a request needs."""
    budget = Budget(folder / interface.NAME / "calls.json", interface.CALLS_A_DAY, interface.PAUSE)
    return [ask(interface, question, budget, folder) for question in interface.questions(request)]


def read(interface: ModuleType, paths: list[Path], source_id: str, limit: int | None = None) -> Answer:
    """Rows of several answers of one interface."""
    options = {} if limit is None else {"limit": limit}
    found = [interface.read(path.read_bytes(), source_id, path.name, **options) for path in paths]
    return Answer([row for answer in found for row in answer.rows], [text for answer in found for text in answer.left_out])


def _newest(paths: list[Path]) -> str:
    return max(datetime.fromtimestamp(path.stat().st_mtime, UTC).date() for path in paths).isoformat()


def main(arguments: list[str] | None = None) -> None:
    """Ask, and write what was answered to ``local/``."""
    parser = argparse.ArgumentParser(prog="python -m scripts.local.ask", description="Ask an interface, for this machine only.")
    parser.add_argument("interface", choices=list(INTERFACES))
    parser.add_argument("--reporter", action="append", default=[], help="area, such as CHN; may be given again")
    parser.add_argument("--period", action="append", default=[], help="year or month, such as 2023 or 2023-04")
    parser.add_argument("--product", action="append", default=[], help="code of the table products, such as 2846")
    parser.add_argument("--flow", action="append", choices=["import", "export"], help="default: both")
    parser.add_argument("--answer", action="append", type=Path, help="an answer that lies in a file, instead of asking")
    parser.add_argument(
        "--retrieved", help="with --answer: the day of the answers, YYYY-MM-DD; default: that of the newest file"
    )
    parser.add_argument("--limit", type=int, help="with --answer: records that the interface gave at the most")
    asked = parser.parse_args(arguments)
    interface = INTERFACES[asked.interface]
    if not asked.answer and not (asked.period and asked.product):
        parser.error("give --period and --product (and --reporter), or --answer")
    try:
        request = Request(asked.reporter, asked.period, asked.product, asked.flow or ["import", "export"])
        paths = asked.answer or answers(interface, request)
        about = interface.source(asked.retrieved or _newest(paths))
        found = read(interface, paths, about["source_id"], asked.limit)
    except (FetchError, AnswerError, FileNotFoundError) as error:
        sys.exit(str(error))
    folder = extension.write(interface.NAME, {"trade_flows": found.rows, "sources": [about]})
    print(f"{len(found.rows):,} rows in {extension.shown(folder)}; they stay on this machine")
    for text in found.left_out:
        print(f"left out: {text}")


if __name__ == "__main__":
    main()
