"""Whole sheets of 30 points: sheets saved a second, one request each, in one transaction each.

    python -m benchmarks.whole_sheet [clients]      # DATABASE_URL chooses the database

Every client saves 30 points of a sheet of its own, all again and again, through granian and all
middleware as `benchmarks.load_save` does; beside it what the server's processes compute for one.
"""

import json
import multiprocessing
import os
import signal
import sys
import tempfile
from collections import Counter
from statistics import median, quantiles
from uuid import uuid4

from benchmarks import load_save, phones

FIELDS, CLIENTS, SECONDS, ROUNDS = 30, 20, 4, 3


class Form(phones.Phone):
    """One person's browser with a whole sheet; ``code`` holds all codes, one word each."""

    def request(self) -> bytes:
        self.turn += 1
        self.id, saves = "", []
        for code in self.code.split():
            sent = {"id": str(uuid4()), "code": code, "base": self.base}
            given = {"points": "0.5" if self.turn % 2 else "0"}
            saves.append(sent | {"inputs": given, "reason": f"示例{self.turn}"})
        body = json.dumps({"saves": saves}).encode()
        head = phones.HEAD.format(path=self.path, cookie=self.cookie, length=len(body))
        return head.encode() + body

    def learn(self, body: bytes) -> None:
        """All were saved, or the answer counts as refused."""
        replies = json.loads(body)["replies"]
        if {reply["status"] for reply in replies} != {200}:
            raise SystemExit(f"refused: {replies}")
        self.base += 1


def main(clients: int) -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chabaocu-whole-"))
    os.environ.setdefault("SECRET_KEY", "only-for-this-measurement")
    from benchmarks.ground import engine, leave, stand

    stand()
    people = load_save.filled_round()[::2]  # one of each team: a sheet has one writer
    server = load_save.serve()
    try:
        load_save.wait_for(server)
        load(people, clients, 1)  # every worker has its statements compiled
        rates, told = [], []
        for _ in range(ROUNDS):
            taken, answers = load(people, clients, SECONDS)
            rates.append(sum(one.status == 200 for one in answers) / taken)
            told += answers
        cuts = quantiles((one.ms for one in told), n=100)
        print(f"{engine()}, {clients} clients, sheets of {FIELDS} points:", end=" ")
        print(f"{median(rates):.1f} sheets/s = {median(rates) * FIELDS:.0f} marks/s,", end=" ")
        print(f"p50 {cuts[49]:.0f}, p99 {cuts[98]:.0f} ms,", end=" ")
        print(f"answers {dict(Counter(one.status for one in told))}", end=", ")
        print(f"wrong totals {load_save.wrong_totals()}")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        leave()


def load(people: list[tuple[int, str]], count: int, seconds: float):
    """Let ``count`` people save whole sheets for so long, from a process of their own."""
    from scoring.models import Answer

    port, made = int(os.environ["PORT"]), []
    for sheet, cookie in people[:count]:
        answers = Answer.objects.filter(sheet=sheet, criterion__kind="award")
        codes = answers.order_by("criterion").values_list("criterion__code", "version")[:FIELDS]
        words = " ".join(code for code, _ in codes)
        base = max(version for _, version in codes)
        made.append(Form(f"/sheets/{sheet}/save/", cookie, words, port, base=base))
        assert len(codes) == FIELDS
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(phones.save_for, (seconds, made))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS)
