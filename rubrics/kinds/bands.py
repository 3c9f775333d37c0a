"""bands: a rate costs what its band says; bands are half-open, 10% is not 低于10%."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from rubrics.kinds.ladder import listed
from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, decimal_of, only, spelled

INPUT = "rate"
WHOLE = Decimal(100)


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """Full marks less the deduction of the band: ``{"rate": "12.5"}``, in percent."""
    asked = partial(_asked, params)
    rate = decimal_of(only(inputs, INPUT, asked), asked)
    if rate > WHOLE:
        raise InvalidInput(asked())
    minus = next((Decimal(b["minus"]) for b in params["bands"] if rate < Decimal(b["below"])), 0)
    text = f"{params['name']} {rate:.2f}".rstrip("0").removesuffix(".")
    cost = f"扣 {spelled(Decimal(minus))} 分" if minus else "不扣分"
    return Outcome(points - minus, f"{text}%，{cost}", {INPUT: spelled(rate)})


def read(value: str) -> Any:
    """The input that a form's field stands for; a typed % sign is not part of the number."""
    return value.removesuffix("%").strip()


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The ladder, the best band first, each with the rate it starts from."""
    bands = params["bands"]
    edges = ["0", *(band["below"] for band in bands)]
    rungs = [
        Choice({INPUT: low}, _between(low, band["below"]), points - Decimal(band["minus"]))
        for low, band in zip(edges[:-1], bands, strict=True)
    ]
    best = Choice({INPUT: edges[-1]}, f"{edges[-1]}%及以上", points)
    return (best, *reversed(rungs))


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    return f"{params['name']}：{listed(choices(points, params))}"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    bands = params.get("bands", ())
    if not bands or not params.get("name"):
        return ["没有写明比率的名称和各档"]
    edges = [Decimal(band["below"]) for band in bands]
    costs = [Decimal(band["minus"]) for band in bands]
    found = []
    if edges != sorted(set(edges)) or not 0 < edges[0] <= edges[-1] <= WHOLE:
        found.append("各档的界限须从低到高，在 0 到 100 之间")
    if costs != sorted(set(costs), reverse=True) or not 0 < costs[-1] <= costs[0] <= points:
        found.append(f"比率越低扣分须越多，且不超过本点 {spelled(points)} 分")
    return found


def _between(low: str, high: str) -> str:
    return f"低于{high}%" if low == "0" else f"{low}%至不足{high}%"


def _asked(params: Mapping[str, Any]) -> str:
    return f"{params['name']}要填 0 到 100 的数，最多两位小数（%）。"
