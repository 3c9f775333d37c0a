"""How often the comparison of teams errs, over simulated rounds whose truth is known.

Run: python -m benchmarks.analysis [rounds] [deals]

Fair: no team differs; an error is any team called strict or lenient. Planted: one team of eight
marks 5 percentage points lower; found is that it is called strict, and astray that any other
team is called anything.
"""

import sys
import time

from benchmarks import ground

STRICT, PLANTED = 5.0, 5


def main(rounds: int, deals: int) -> None:
    """Both designs, fair and planted."""
    sys.path.insert(0, str(ground.ROOT))
    from tests.analysis.simulated import own_cities, shared_cities

    print(f"{rounds:,} simulated rounds of 8 teams, {deals} deals each")
    designs = {"with 自查, each team its own cities": own_cities}
    designs["without 自查, two teams a city"] = shared_cities
    for name, design in designs.items():
        began = time.process_time()
        fair, _, _ = rates(design, rounds, deals, 0.0)
        _, found, astray = rates(design, rounds, deals, STRICT)
        each = (time.process_time() - began) / rounds / 2 * 1000
        print(f"{name}: error {fair:.1%}; found {found:.1%}, astray {astray:.1%}; {each:.0f} ms")


def rates(design, rounds: int, deals: int, strict: float) -> tuple[float, float, float]:
    """How often any team is called, the planted team is called strict, another is called."""
    from analysis.fitting import Finding
    from analysis.strictness import compare

    any_called = found = astray = 0
    for seed in range(rounds):
        verdict = compare(tuple(design(seed, strict=strict)), deals=deals, seed=seed)
        called = verdict.of(Finding.STRICT, Finding.LENIENT)
        any_called += bool(called)
        found += any(one.team == PLANTED for one in called if one.finding == Finding.STRICT)
        astray += any(one.team != PLANTED for one in called)
    return any_called / rounds, found / rounds, astray / rounds


if __name__ == "__main__":
    wanted = [int(given) for given in sys.argv[1:3]]
    main(*[*wanted, *(1_000, 399)[len(wanted) :]])
