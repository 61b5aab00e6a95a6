"""How long a test of endurance goes on: briefly in every run, long under `make torture`."""

import json
import os
from pathlib import Path

IS_ON = os.environ.get("BODYMAP_TORTURE") == "1"


def times(briefly: int, long: int) -> int:
    """So many repetitions."""
    return long if IS_ON else briefly


def put_down(test: str, what: str, count: int, bad: int) -> None:
    """Keep a result for `benchmarks/RESULTS.md`; only `make torture` asks for it."""
    target = os.environ.get("BODYMAP_TORTURE_RESULTS")
    if target:
        line = json.dumps({"id": test, "what": what, "count": count, "bad": bad})
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
