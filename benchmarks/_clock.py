"""Time two ways of doing the same in turns, and give the ratio of their medians."""

import statistics
import time
from collections.abc import Callable


def ratio(name: str, ours: Callable[[], object], other: Callable[[], object], turns: int = 7) -> None:
    """Print the median times of both and their ratio; the turns alternate, so that noise hits both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for function, found in zip((ours, other), times, strict=True):
            start = time.perf_counter()
            function()
            found.append(time.perf_counter() - start)
    a, b = map(statistics.median, times)
    print(f"  {name}: {a * 1000:.0f} ms against {b * 1000:.0f} ms, ratio {a / b:.2f}")
