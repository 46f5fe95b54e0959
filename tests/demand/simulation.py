"""An event simulation of a desk, 40 lines that share nothing with the formulas."""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from collections.abc import Callable


def answered_by_hour(
    rate: Callable[[int], float],
    people: Callable[[int], int],
    handling: float,
    within: float,
    weeks: int,
    seed: int = 1,
) -> dict[int, tuple[int, int]]:
    """
    Return arrivals, and how many of them were answered in time, by hour of the week.

    Exponential handling; who is busy when his hour ends finishes, and the next hour has its own number of people.
    """
    draw = random.Random(seed)
    seen: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    busy: list[float] = []  # ends of work under way
    queue: list[float] = []

    def serve(until: float) -> None:
        """Take from the queue whenever somebody is free, up to a moment."""
        while True:
            now = heapq.heappop(busy) if busy and busy[0] <= until else None
            if now is None:
                return
            while queue and len(busy) < people(int(now // 60) % 168):
                begin(queue.pop(0), now)

    def begin(came: float, now: float) -> None:
        heapq.heappush(busy, now + draw.expovariate(1 / handling))
        hour = int(came // 60) % 168
        seen[hour][1] += now - came <= within

    for hour in range(weeks * 168):
        serve(hour * 60.0)
        while queue and len(busy) < people(hour % 168):
            begin(queue.pop(0), hour * 60.0)
        pace = rate(hour % 168) / 60
        at = hour * 60.0 + (draw.expovariate(pace) if pace > 0 else 1e9)
        while at < hour * 60 + 60:
            serve(at)
            seen[hour % 168][0] += 1
            if len(busy) < people(hour % 168) and not queue:
                begin(at, at)
            else:
                queue.append(at)
            at += draw.expovariate(pace)
        serve(hour * 60 + 60.0)
    return {hour: (numbers[0], numbers[1]) for hour, numbers in seen.items()}
