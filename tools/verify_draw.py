#!/usr/bin/env python3
"""Check the proof file of a draw: 一致 or 不一致, and what differs.

Usage: python3 verify_draw.py PROOF.json

Needs Python 3.11 or newer and nothing else. It shares no code with the system that made the
draw: it is written from the description of the algorithm draw-1, which follows.

* list hash = SHA-256 of the frozen list's text; key of a group = SHA-256 of
  "draw-1\\n<list hash>\\n<seed>\\n<group code>"; its stream = SHA-256(key + 8-byte counter), ….
* below(m): bits of m − 1, whole bytes from the stream, surplus low bits dropped, rejected when ≥ m.
* one of all feasible sets is taken: number below(F), by count of counted ones, then lexicographic.
* the others are shuffled (Fisher–Yates from the end); a replacement is the first unused one that
  keeps the rule.
* a county may be replaced after its enterprises were drawn: their draw then names it as ended, and
  the county that comes in has a supplementary draw, whose list names the replacement and whose
  proof carries the proof of the county draw.
"""

import hashlib
import itertools
import json
import math
import sys


def digest(data):
    return hashlib.sha256(data).digest()


def stream(key):
    """The bytes of a group, one after the other, without end."""
    for block in itertools.count():
        yield from digest(key + block.to_bytes(8, "big"))


def below(source, limit):
    bits = (limit - 1).bit_length()
    size = (bits + 7) // 8
    while True:
        number = 0
        for _ in range(size):
            number = number * 256 + next(source)
        number >>= 8 * size - bits
        if number < limit:
            return number


def nth_subset(things, choose, index):
    """The index-th subset in lexicographic order, by walking from thing to thing."""
    chosen = []
    for position, thing in enumerate(things):
        if len(chosen) < choose:
            with_it = math.comb(len(things) - position - 1, choose - len(chosen) - 1)
            if index < with_it:
                chosen.append(thing)
            else:
                index -= with_it
    return chosen


def nth_set(counted, others, shapes, choose, index):
    """The index-th feasible set; ``shapes`` tell how many there are for each count j."""
    for j, left, right in shapes:
        if index < left * right:
            drawn = nth_subset(counted, j, index // right)
            return drawn + nth_subset(others, choose - j, index % right)
        index -= left * right
    raise ValueError(index)


def rank(group, rule, hash_, seed):
    """The drawn and the reserves of one group, or None when the rule cannot be met."""
    source = stream(digest(f"draw-1\n{hash_}\n{seed}\n{group['code']}".encode()))
    pool = sorted(group["candidates"], key=lambda one: one["code"])
    counted = [one for one in pool if one["counted"]]
    others = [one for one in pool if not one["counted"]]
    shapes = [
        (j, math.comb(len(counted), j), math.comb(len(others), rule["choose"] - j))
        for j in range(rule["at_least"], min(rule["choose"], len(counted)) + 1)
    ]
    sets = sum(left * right for _, left, right in shapes)
    if not sets:
        return None
    drawn = nth_set(counted, others, shapes, rule["choose"], below(source, sets))
    rest = [one for one in pool if one not in drawn]
    for i in range(len(rest) - 1, 0, -1):
        j = below(source, i + 1)
        rest[i], rest[j] = rest[j], rest[i]
    return sets, drawn, rest


def substitute(standing, out, rest, rule):
    """The first of the rest that keeps the rule in the place of ``out``."""
    stay = [one for one in standing if one["code"] != out]
    for one in rest:
        chosen = [*stay, one]
        counted = sum(each["counted"] for each in chosen)
        if len(chosen) == rule["choose"] and counted >= rule["at_least"]:
            return one
    return None


def check_replacements(group, rule, drawn, rest, steps):
    standing, rest = list(drawn), list(rest)
    for step in steps:
        if step["out"] not in [one["code"] for one in standing]:
            yield f"{group['name']}：被替换的 {step['out']} 当时不在抽中之列"
            return
        one = substitute(standing, step["out"], rest, rule)
        found = one["code"] if one else None
        if found != step["in"]:
            told = f"应为 {found or '无可替换'}，文件写 {step['in']}"
            yield f"{group['name']}：替换 {step['out']} {told}"
            return
        if one:
            standing = [each for each in standing if each["code"] != step["out"]] + [one]
            rest.remove(one)


def check_group(group, rule, proof, hash_):
    ranked = rank(group, rule, hash_, proof["seed"])
    if ranked is None:
        yield f"{group['name']}：没有满足规则的抽法"
        return
    sets, drawn, rest = ranked
    told = next((e for e in proof["result"]["groups"] if e["code"] == group["code"]), {})
    computed = {
        "组合数": (str(sets), told.get("sets")),
        "抽中": ([one["code"] for one in drawn], told.get("drawn")),
        "候补次序": ([one["code"] for one in rest], told.get("reserves")),
    }
    for word, (found, written) in computed.items():
        if found != written:
            yield f"{group['name']}：{word}不符，文件写 {written}，重算为 {found}"
    steps = [step for step in proof.get("replacements", []) if step["group"] == group["code"]]
    yield from check_replacements(group, rule, drawn, rest, steps)


def check_ended(proof, names):
    """Of a county that was replaced nothing may be replaced any more."""
    for end in proof.get("ended", []):
        steps = [one for one in proof.get("replacements", []) if one["group"] == end["group"]]
        if end["group"] not in names:
            yield f"终止的 {end['group']} 不在名单里"
        elif len(steps) != end["steps"]:
            yield f"{names[end['group']]}：终止以后又有替换"


def check_supplement(why, counties, codes):
    """The one county of the list came in by a replacement of the county draw it names."""
    for line in differences(counties):
        yield f"县（市、区）抽取：{line}"
    if counties.get("list_hash") != why["list_hash"]:
        yield "所附的县（市、区）抽取不是名单里写的那一次"
    out, into = why["out"]["code"], why["in"]["code"]
    if not any(s["out"] == out and s["in"] == into for s in counties.get("replacements", [])):
        yield f"县（市、区）抽取里没有用 {into} 替换 {out}"
    if codes != [into]:
        yield "补充抽取的不是替换进来的县（市、区）"


def differences(proof):
    """Everything in the proof that is not as recomputed."""
    if (proof.get("format"), proof.get("algorithm")) != ("chabaocu-draw-proof-1", "draw-1"):
        yield "不是本程序认识的证明文件（格式或算法不同）"
        return
    hash_ = hashlib.sha256(proof["frozen_list"].encode()).hexdigest()
    if hash_ != proof["list_hash"]:
        yield f"名单哈希不符：文件写 {proof['list_hash']}，重算为 {hash_}"
    frozen = json.loads(proof["frozen_list"])
    told = sorted(entry["code"] for entry in proof["result"]["groups"])
    if told != sorted(group["code"] for group in frozen["groups"]):
        yield "结果里的市（县）与名单里的不同"
    for group in frozen["groups"]:
        yield from check_group(group, frozen["rule"], proof, hash_)
    yield from check_ended(proof, {group["code"]: group["name"] for group in frozen["groups"]})
    if "supplement" in frozen:
        codes = [group["code"] for group in frozen["groups"]]
        yield from check_supplement(frozen["supplement"], proof.get("counties", {}), codes)


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            proof = json.load(file)
        found = list(differences(proof))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"不一致：文件读不出或不完整（{error}）")
        return 1
    if found:
        print("不一致")
        print("\n".join(f"  {line}" for line in found))
        return 1
    groups = json.loads(proof["frozen_list"])["groups"]
    print(f"一致：{len(groups)} 组全部重算相符")
    print(f"  名单哈希 {proof['list_hash']}")
    print(f"  种子 {proof['seed']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
