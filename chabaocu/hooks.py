"""How an app is told of what happens below it: it registers, so that none imports upwards."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """Something that happens; ``hook(callback)`` has the callback told of it from now on."""

    def __init__(self) -> None:
        self.callbacks: list[Callable[P, None]] = []

    def __call__(self, callback: Callable[P, None]) -> Callable[P, None]:
        if callback not in self.callbacks:
            self.callbacks.append(callback)
        return callback

    def tell(self, *what: P.args, **named: P.kwargs) -> None:
        """Tell all who registered, in the transaction that is open; what one raises undoes it."""
        for callback in self.callbacks:
            callback(*what, **named)
