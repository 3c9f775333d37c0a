"""A sheet of 44 points scored: microseconds, and how many times the cheapest sum of 44 numbers."""

import os
from decimal import Decimal
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chabaocu.settings")
CODE, RUNS = "shishi-fujian3-producer", 2_000


def main() -> None:
    import django

    django.setup()
    from rubrics.evaluate import Given, choices, evaluate
    from tests.rubrics.test_reference import points_of

    points = points_of(CODE)
    answers = {p.code: Given(choices(p.kind, p.params, p.points)[0].inputs) for p in points}
    scored = timed(lambda: evaluate(points, answers))
    summed = timed(lambda: sum((p.points for p in points), Decimal(0)))
    print(
        f"evaluate {len(points)} points: {scored:.0f} µs a sheet, {scored / summed:.0f}× a bare sum"
    )


def timed(run) -> float:
    """Microseconds of one run, the mean of many, in this process's own time."""
    started = process_time()
    for _ in range(RUNS):
        run()
    return (process_time() - started) / RUNS * 1_000_000


if __name__ == "__main__":
    main()
