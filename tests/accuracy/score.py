#!/usr/bin/env python3
"""Scores findings against gold articles.

usage: score.py GOLD OUTPUT [--list] [--floor FILE]
GOLD holds NAME.json = {"article": {...}, "findings": [...]} beside NAME.txt; OUTPUT holds NAME.json as
`renda parse --json` prints it. A gold finding marked "optional" costs nothing whether it is found or not; "accept"
lists further wordings of its subject, topic or name. --list prints what was missed and what was too much;
--floor reads lines "KIND F1" and exits 1 when a kind falls below its line.
"""
import argparse, collections, json, pathlib, sys, unicodedata

KINDS = ["figure", "legislation", "meeting", "oversight", "suggestion", "project", "vote", "person", "platform", "first"]
WORDING = {"figure": "subject", "oversight": "topic", "suggestion": "title", "project": "name", "vote": "item",
           "platform": "name", "first": "thing"}
UNITS = [{"名", "人", "位"}, {"家", "个", "所"}, {"次", "场次", "场"}, {"%", "%"}]


def plain(text):
    text = unicodedata.normalize("NFKC", str(text or ""))
    return "".join(c for c in text if not unicodedata.category(c).startswith(("P", "Z", "S")))


def overlap(a, b):
    """Share of the shorter wording that the longest common run covers; 0 below one half."""
    a, b = plain(a), plain(b)
    if not a or not b:
        return 0.0
    if a == b:
        return 2.0
    best = 0
    ends = {}
    for x in a:
        new = {}
        for j, y in enumerate(b):
            if x == y:
                new[j] = ends.get(j - 1, 0) + 1
                best = max(best, new[j])
        ends = new
    share = best / min(len(a), len(b))
    return share if best >= 2 and share >= 0.5 else 0.0


def wording(kind, gold, out):
    key = WORDING[kind]
    return max(overlap(w, out.get(key)) for w in [gold.get(key)] + gold.get("accept", []))


def fits(kind, gold, out):
    """How well out is what gold asks for; 0: not at all."""
    if kind == "figure":
        same_value = isinstance(out.get("value"), (int, float)) and abs(gold["value"] - out["value"]) <= 1e-9 * abs(gold["value"])
        unit = gold.get("unit"), out.get("unit")
        same_unit = unit[0] == unit[1] or any(set(unit) <= group for group in UNITS)
        return wording(kind, gold, out) if same_value and same_unit else 0
    if kind == "legislation":
        a, b = plain(gold["name"]), plain(out.get("name"))
        same = a == b or (min(len(a), len(b)) >= 4 and (a.endswith(b) or b.endswith(a)))
        return 2 if same and gold["stage"] == out.get("stage") else 0
    if kind == "meeting":
        return int(all(gold.get(k) == out.get(k) for k in ("term", "session", "type")))
    if kind == "person":
        return 1 + (gold["role"] == out.get("role")) if gold["name"] == out.get("name") else 0
    if kind == "oversight":
        return wording(kind, gold, out) if gold["form"] == out.get("form") else 0
    if kind == "vote":
        return wording(kind, gold, out) if all(gold.get(k) == out.get(k) for k in ("for", "satisfied")) else 0
    if kind == "suggestion" and gold.get("number") and gold.get("number") == out.get("number"):
        return 2
    return wording(kind, gold, out)


def pair(kind, gold, out):
    """The best one-to-one pairs; returns (pairs, missed, extra)."""
    wanted = [g for g in gold if g["kind"] == kind]
    found = [o for o in out if o.get("kind") == kind]
    ranked = sorted(((fits(kind, g, o), not g.get("optional"), -i, -j) for i, g in enumerate(wanted)
                     for j, o in enumerate(found)), reverse=True)
    used_g, used_o, pairs = set(), set(), []
    for score, _, i, j in ranked:
        if score > 0 and -i not in used_g and -j not in used_o:
            used_g.add(-i)
            used_o.add(-j)
            pairs.append((wanted[-i], found[-j]))
    missed = [g for i, g in enumerate(wanted) if i not in used_g and not g.get("optional")]
    extra = [o for j, o in enumerate(found) if j not in used_o
             and not any(g.get("optional") and fits(kind, g, o) for g in wanted)]
    return pairs, missed, extra


def describe(finding):
    keys = ("subject", "value", "unit", "action", "name", "stage", "form", "topic", "role", "post", "title", "item", "thing")
    return " ".join(f"{k}={finding[k]}" for k in keys if k in finding)


def main():
    ask = argparse.ArgumentParser(usage=__doc__)
    ask.add_argument("gold", type=pathlib.Path)
    ask.add_argument("output", type=pathlib.Path)
    ask.add_argument("--list", action="store_true")
    ask.add_argument("--floor", type=pathlib.Path)
    args = ask.parse_args()
    count = {k: [0, 0, 0] for k in KINDS}
    metrics = collections.Counter()
    confused = collections.Counter()
    for path in sorted(args.gold.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        try:
            out = json.loads((args.output / path.name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as e:
            print(f"{path.stem}: no output ({e})")
            out = {"findings": []}
        for kind in KINDS:
            pairs, missed, extra = pair(kind, gold["findings"], out.get("findings", []))
            hits = [p for p in pairs if not p[0].get("optional")]
            for i, n in enumerate((len(hits), len(extra), len(missed))):
                count[kind][i] += n
            if args.list:
                for m in missed:
                    print(f"{path.stem}: missed {kind}: {describe(m)}")
                for x in extra:
                    print(f"{path.stem}: extra {kind}: {describe(x)}")
            for g, o in hits if kind == "figure" else []:
                keys = g.get("metric", "-"), o.get("metric", "-")
                if keys != ("-", "-"):
                    metrics[keys[0] == keys[1]] += 1
                    if keys[0] != keys[1]:
                        confused[keys] += 1
    print(f"{'kind':<12} {'gold':>5} {'prec':>6} {'recall':>6} {'F1':>6}")
    f1 = {}
    for kind, (tp, fp, fn) in list(count.items()) + [("all", [sum(c[i] for c in count.values()) for i in range(3)])]:
        p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
        f1[kind] = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{kind:<12} {tp + fn:>5} {p:>6.3f} {r:>6.3f} {f1[kind]:>6.3f}")
    print(f"metric keys right: {metrics[True]}/{metrics[True] + metrics[False]}")
    for (want, got), n in confused.most_common():
        print(f"  {n} × {want} read as {got}")
    failed = False
    for line in args.floor.read_text(encoding="utf-8").splitlines() if args.floor else []:
        kind, low = line.split()
        if f1[kind] < float(low) - 5e-4:
            print(f"{kind}: {f1[kind]:.3f} is below {low}")
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
