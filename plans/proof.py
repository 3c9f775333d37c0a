"""The proof of a draw: one file from which anybody recomputes it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from plans.draw import ALGORITHM, Infeasible, Ranking, draw, list_hash, read_groups, replacement
from plans.models import Draw
from plans.sampling import Group, Quota

FORMAT = "chabaocu-draw-proof-1"


def proof_of(row: Draw) -> dict[str, Any]:
    """What anybody needs to recompute a draw that was made, and nothing about people.

    A supplementary draw carries the proof of the county draw in which its county came in.
    """
    proof = {
        "format": FORMAT,
        "algorithm": row.algorithm,
        "title": row.title,
        "run": row.run,
        "code": row.code,
        "status": row.status,
        "frozen_at": row.frozen_at.isoformat(timespec="seconds"),
        "drawn_at": row.drawn_at.isoformat(timespec="seconds"),
        "frozen_list": row.frozen_list,
        "list_hash": row.list_hash,
        "seed": row.seed,
        "result": {"groups": row.result["groups"]},
        "replacements": row.result["replacements"],
        "ended": row.result.get("ended", []),
    }
    return proof | {"counties": proof_of(row.county.draw)} if row.county else proof


def differences(proof: Mapping[str, Any]) -> list[str]:
    """What of the proof is not as recomputed, in Chinese; nothing when all agrees."""
    if proof.get("format") != FORMAT or proof.get("algorithm") != ALGORITHM:
        return ["不是本程序认识的证明文件（格式或算法不同）"]
    try:
        return list(_differences(proof))
    except (KeyError, TypeError, ValueError) as error:
        return [f"证明文件不完整，无法重算：{error}"]


def _differences(proof: Mapping[str, Any]) -> Iterator[str]:
    found = list_hash(proof["frozen_list"])
    if found != proof["list_hash"]:
        yield f"名单哈希不符：文件写 {proof['list_hash']}，重算为 {found}"
    frozen = json.loads(proof["frozen_list"])
    groups, quota = read_groups(frozen)
    try:
        rankings = draw(groups, quota, hash_=found, seed=proof["seed"])
    except Infeasible as error:
        yield f"{error}：没有满足规则的抽法"
        return
    told = {entry["code"]: entry for entry in proof["result"]["groups"]}
    if sorted(told) != sorted(ranking.group.code for ranking in rankings):
        yield "结果里的市（县）与名单里的不同"
    for ranking in rankings:
        yield from _of_group(ranking, told.get(ranking.group.code, {}))
        yield from _of_replacements(ranking, quota, proof.get("replacements", []))
    yield from _of_ended(proof, {group.code: group.name for group in groups})
    if "supplement" in frozen:
        yield from _of_supplement(frozen["supplement"], proof.get("counties", {}), groups)


def _of_group(ranking: Ranking, told: Mapping[str, Any]) -> Iterator[str]:
    computed = ranking.to_json()
    for field, word in [("sets", "组合数"), ("drawn", "抽中"), ("reserves", "候补次序")]:
        written, found = told.get(field), computed[field]
        if written != found:
            yield f"{ranking.group.name}：{word}不符，文件写 {written}，重算为 {found}"


def _of_replacements(ranking: Ranking, quota: Quota, told: list[dict]) -> Iterator[str]:
    standing, reserves = list(ranking.drawn), list(ranking.reserves)
    for step in (entry for entry in told if entry["group"] == ranking.group.code):
        if step["out"] not in {candidate.code for candidate in standing}:
            yield f"{ranking.group.name}：被替换的 {step['out']} 当时不在抽中之列"
            return
        chosen = replacement(standing, step["out"], reserves, quota)
        if (chosen.code if chosen else None) != step["in"]:
            computed = chosen.code if chosen else "无可替换"
            yield f"{ranking.group.name}：替换 {step['out']} 应为 {computed}，文件写 {step['in']}"
            return
        if chosen:
            standing = [one for one in standing if one.code != step["out"]] + [chosen]
            reserves.remove(chosen)


def _of_ended(proof: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """A county that was replaced: it is on the list, and nothing in it was replaced later."""
    steps = [step["group"] for step in proof.get("replacements", [])]
    for end in proof.get("ended", []):
        if end["group"] not in names:
            yield f"终止的 {end['group']} 不在名单里"
        elif steps.count(end["group"]) != end["steps"]:
            yield f"{names[end['group']]}：终止以后又有替换"


def _of_supplement(why: Mapping[str, Any], counties: Mapping, groups: list[Group]) -> Iterator[str]:
    """The county came in by a replacement of the very draw that the frozen list names."""
    yield from (f"县（市、区）抽取：{line}" for line in differences(counties))
    if counties.get("list_hash") != why["list_hash"]:
        yield "所附的县（市、区）抽取不是名单里写的那一次"
    out, into = why["out"]["code"], why["in"]["code"]
    steps = [(step["out"], step["in"]) for step in counties.get("replacements", [])]
    if (out, into) not in steps:
        yield f"县（市、区）抽取里没有用 {into} 替换 {out}"
    if [group.code for group in groups] != [into]:
        yield "补充抽取的不是替换进来的县（市、区）"
