"""How a published table comes to its result; worked out once a process, as its blank is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rubrics import scheme
from rubrics.evaluate import Given, Point, Result, evaluate, points_of
from rubrics.kinds import KINDS, SCORED
from rubrics.models import Version
from rubrics.scheme import Scheme


@dataclass(frozen=True)
class Table:
    """The scoring points of a version, and what stands between them and the total."""

    points: tuple[Point, ...]
    scheme: Scheme
    rescales: bool

    @cached_property
    def is_plain(self) -> bool:
        """Whether its total is the sum of points, and a lost point all that has to be explained.

        So it is with 附件1 and 附件2; a save of theirs needs no more than the points that stand.
        """
        plain = self.scheme == scheme.PLAIN and not self.rescales
        return plain and all(p.kind in SCORED and not p.params.get("spills") for p in self.points)

    @cached_property
    def by_code(self) -> dict[str, Point]:
        return {point.code: point for point in self.points}

    @cached_property
    def free(self) -> frozenset[str]:
        """The points on top of full marks, which nobody has to explain."""
        return self.scheme.free

    @cached_property
    def has_judged(self) -> bool:
        """Whether some points are judged, so that good, partly and bad ones are counted."""
        return any(hasattr(KINDS[point.kind], "GRADES") for point in self.points)

    @cached_property
    def judges(self) -> bool:
        """Whether it gives no points at all: a checklist, whose answers are counted."""
        return not any(point.points for point in self.points)

    def result(self, given: Mapping[str, Given]) -> Result:
        """The sheet scored as at its submission."""
        return evaluate(self.points, given, scheme=self.scheme, rescale=self.rescales)


def table_of(version: Version) -> Table:
    """The table of a published version."""
    return _table(version.pk, version.content_hash)


@lru_cache(maxsize=100)
def _table(pk: int, content_hash: str) -> Table:
    """Nothing in it but what the hash covers, so it is right for whatever bears the hash."""
    version = Version.objects.with_tree().get(pk=pk)
    return Table(points_of(version), scheme.read(version.scheme), version.rescales)
