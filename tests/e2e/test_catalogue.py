"""The catalogue deploy/sites: every entry is valid and says whether it was checked, none is forgotten, and `renda check`
tells in one line each what cannot be reached."""
import glob
import os
import re

import ring

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FOLDER = os.path.join(ROOT, "deploy", "sites")


def regions():
    """Every province that the program knows: {code: name}."""
    found = {}
    with open(os.path.join(ROOT, "worker", "lexicon", "regions.tsv"), encoding="utf-8") as f:
        for line in f:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 2 and re.fullmatch(r"[1-6]\d0000", fields[2]):
                found[fields[2]] = fields[4] if len(fields) > 4 and fields[4] else fields[0]
    return found


class Catalogue(ring.Case):
    def entries(self):
        texts = {}
        for path in sorted(glob.glob(os.path.join(FOLDER, "*.yaml"))):
            with open(path, encoding="utf-8") as f:
                texts[os.path.basename(path)] = f.read()
        return texts

    def test_entries(self):
        texts = self.entries()
        r = self.ring([])
        self.assertEqual((0, "%s: %d sites, nothing wrong\n" % (FOLDER, len(texts)), ""),
                         r.command("check", "--offline", FOLDER, config=False))
        provinces = regions()
        self.assertEqual(31, len(provinces))
        for name, text in texts.items():
            with self.subTest(name):
                self.assertRegex(text, r"\n    checked: (never|20\d\d-\d\d-\d\d)\n")
                self.assertRegex(text, r"\n    start: https?://[a-z.]+/\n")
                self.assertNotIn("flk.npc.gov.cn", text)
                if name.startswith("00-"):
                    continue
                region, code = re.search(r"\n    region: (\S+) # GB/T 2260: (\d{6})\n", text).groups()
                self.assertEqual(region, provinces[code])
                self.assertEqual(name[:2] + "0000", code)
                self.assertIn("\n    org: %s人大常委会\n    region:" % region, text)

    def test_none_is_forgotten(self):
        """A row for each province: its entry, or that its address is unknown."""
        with open(os.path.join(FOLDER, "README.md"), encoding="utf-8") as f:
            rows = re.findall(r"^\| (\d\d|–) \| (\S+) \| (\S+)[^|]*\| (?:\[(\S+)\]\S*)? ?\|$", f.read(), re.M)
        texts = self.entries()
        self.assertEqual(sorted(["全国", *regions().values()]), sorted(name for _, name, _, _ in rows))
        self.assertEqual(sorted(texts), sorted(entry for _, _, _, entry in rows if entry))
        for code, name, address, entry in rows:
            with self.subTest(name):
                if entry:
                    self.assertIn("start: %s\n" % address, texts[entry])
                else:
                    self.assertTrue(address.startswith("unknown"))

    def test_out_of_reach(self):
        """Without a network: one line for each, and the exit code."""
        closed = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "ALL_PROXY")}
        r = self.ring([])
        code, out, said = r.command("check", "--contact", "you@example.org", FOLDER, config=False, env=closed)
        texts = self.entries()
        lines = said.splitlines()
        self.assertEqual((1, len(texts) + 1), (code, len(lines)), said)
        for line in lines[:-1]:
            self.assertRegex(line, r"^renda: \S+人大: https?://\S+: its robots.txt cannot be had, so nothing is asked for: ")
        self.assertEqual("renda: %d of %d start pages failed" % (len(texts), len(texts)), lines[-1])


if __name__ == "__main__":
    ring.main()
