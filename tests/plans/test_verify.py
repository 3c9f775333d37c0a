"""The proof file: recomputed by the command and by a single file that needs no Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import canonical_json
from plans import replacing
from plans.draw import draw, list_hash, replacement
from plans.proof import differences, proof_of
from plans.sampling import Candidate, Group, Quota, feasible_sets
from tools import verify_draw as alone

ALONE = Path(alone.__file__)
QUOTA = Quota(2, 1, "危险化学品重点监管县", "个县（市、区）")


@pytest.fixture
def proof(pool) -> dict:
    """A proof with two replacements in it, one of them of a substitute."""
    row = pool.drawn()
    pick = row.picks.filter(status="drawn", group=pool.cities[0]).first()
    chosen = replacing.replace(pick, by=pool.people[0], reason="示例")
    if chosen:
        replacing.replace(chosen, by=pool.people[0], reason="示例")
    row.refresh_from_db()
    return proof_of(row)


def run_alone(tmp_path, proof: dict) -> subprocess.CompletedProcess:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")
    command = [sys.executable, "-I", "-X", "utf8", str(ALONE), str(file)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def change(proof: dict, what: str) -> dict:
    """The proof with one thing changed."""
    if what == "list":
        proof["frozen_list"] = proof["frozen_list"].replace("示例11县", "示例99县")
    elif what == "seed":
        proof["seed"] = proof["seed"][::-1]
    elif what == "result":
        drawn = proof["result"]["groups"][0]
        drawn["drawn"][0], drawn["reserves"][0] = drawn["reserves"][0], drawn["drawn"][0]
    elif what == "reserves":
        proof["result"]["groups"][0]["reserves"].reverse()
    elif what == "replacement":
        proof["replacements"][0]["in"] = "000000"
    elif what == "group":
        proof["result"]["groups"].pop()
    return proof


CHANGES = ["list", "seed", "result", "reserves", "replacement", "group"]


def test_verifier_alone_agrees_with_a_true_proof(tmp_path, proof):
    answer = run_alone(tmp_path, proof)
    assert (answer.returncode, answer.stdout.split("：")[0]) == (0, "一致")


@pytest.mark.parametrize("what", CHANGES)
def test_verifier_alone_names_what_was_changed(tmp_path, proof, what):
    answer = run_alone(tmp_path, change(proof, what))
    assert (answer.returncode, answer.stdout.splitlines()[0]) == (1, "不一致")


@pytest.mark.parametrize("what", CHANGES)
def test_command_and_verifier_alone_name_the_same_differences(proof, what):
    changed = change(proof, what)
    assert list(alone.differences(changed)) == differences(changed) != []


def test_command_says_that_a_true_proof_agrees(tmp_path, proof, capsys):
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")
    call_command("verify_draw", file)
    assert capsys.readouterr().out.startswith("一致：2017年示例第2次督导")


def test_command_fails_on_a_changed_proof(tmp_path, proof):
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(change(proof, "seed")), encoding="utf-8")
    with pytest.raises(CommandError, match="不一致"):
        call_command("verify_draw", file)


def test_verifier_alone_survives_what_is_no_proof(tmp_path):
    answer = run_alone(tmp_path, {"format": "something else"})
    assert (answer.returncode, answer.stderr) == (1, "")


def test_verifier_is_given_to_the_public_as_it_is(db, client):
    answer = client.get(reverse("draw_verifier"))
    assert b"".join(answer.streaming_content) == ALONE.read_bytes()


def test_verifier_alone_imports_the_standard_library_only():
    imported = {line.split()[1] for line in ALONE.read_text().splitlines() if _imports(line)}
    assert imported <= set(sys.stdlib_module_names)


def _imports(line: str) -> bool:
    return line.startswith(("import ", "from "))


shapes = st.tuples(
    st.integers(0, 40), st.integers(0, 40), st.integers(1, 6), st.integers(0, 6)
).filter(lambda s: feasible_sets(s[0] + s[1], s[0], Quota(s[2], min(s[3], s[2]), "", "")))


@given(shapes, st.text("0123456789", min_size=20, max_size=30))
def test_both_programs_draw_the_same_from_any_pool(shape, seed):
    counted, others, choose, at_least = shape
    quota = Quota(choose, min(at_least, choose), "化工企业", "家企业")
    pool = [Candidate(f"u{n:03}", f"示例{n}", n < counted) for n in range(counted + others)]
    group = Group("370100", "示例", tuple(pool))
    proof = small_proof(group, quota, seed)
    assert (list(alone.differences(proof)), differences(proof)) == ([], [])


def small_proof(group: Group, quota: Quota, seed: str) -> dict:
    """The proof of a draw of one group in which the first drawn was replaced."""
    frozen = canonical_json(
        {
            "rule": {
                "choose": quota.choose,
                "at_least": quota.at_least,
                "counted": quota.counted,
                "unit": quota.unit,
            },
            "groups": [
                {
                    "code": group.code,
                    "name": group.name,
                    "relaxed": False,
                    "repeated": [],
                    "candidates": [
                        {"code": one.code, "name": one.name, "counted": one.counted}
                        for one in group.candidates
                    ],
                }
            ],
        }
    )
    [ranking] = draw([group], quota, hash_=list_hash(frozen), seed=seed)
    leaving = ranking.drawn[0].code
    chosen = replacement(ranking.drawn, leaving, ranking.reserves, quota)
    return {
        "format": "chabaocu-draw-proof-1",
        "algorithm": "draw-1",
        "frozen_list": frozen,
        "list_hash": list_hash(frozen),
        "seed": seed,
        "result": {"groups": [ranking.to_json()]},
        "replacements": [
            {"group": group.code, "out": leaving, "in": chosen.code if chosen else None}
        ],
    }
