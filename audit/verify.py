"""Check chains: find the first event that is not what was written."""

from dataclasses import dataclass

from audit.models import GENESIS, AuditEvent, Stream


@dataclass(frozen=True)
class Fault:
    """Where a chain breaks: its name, the position, and what is wrong there."""

    stream: str
    seq: int
    what: str


def verify_stream(stream: Stream) -> Fault | None:
    """None when every event of the chain is as it was written."""
    prev, seq = GENESIS, 0
    for event in stream.events.order_by("seq").iterator():
        seq += 1
        if fault := _fault(event, seq, prev):
            return Fault(stream.name, seq, fault)
        prev = event.hash
    if (seq, prev) != (stream.length, stream.head):
        return Fault(stream.name, seq + 1, "末尾缺少事件")
    return None


def _fault(event: AuditEvent, seq: int, prev: str) -> str:
    if event.seq != seq:
        return "缺少事件"
    if event.prev_hash != prev:
        return "与前一事件不相接"
    return "" if event.hash == event.digest() else "内容被改动"


def verify_all() -> list[Fault]:
    """The faults of all chains, none when all are whole."""
    faults = (verify_stream(stream) for stream in Stream.objects.order_by("name"))
    return [fault for fault in faults if fault]
