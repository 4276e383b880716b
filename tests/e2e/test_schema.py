"""What the output means: every document fits `renda parse --schema`, wrong ones do not; FINDINGS.md is what the program
prints; `renda parse --explain` tells every finding in its sentence, by a rule that is explained."""

import copy
import glob
import json
import os
import pty
import re
import subprocess

import jsonschema

import ring

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CORPUS = sorted(glob.glob(os.path.join(ROOT, "tests", "accuracy", "corpus", "*.txt")))
FINDINGS_MD = os.path.join(ROOT, "FINDINGS.md")

DOCUMENT = {
    "article": {"url": "file:///a.txt", "title": "题", "published": "2025-03", "org_type": "congress", "region_code": "420000",
                "keywords": ["一"], "authors": [{"name": "张三", "role": "text"}], "text": "第一段",
                "parts": [{"kind": "page", "url": "http://a.cn/a_2.html"}, {"kind": "listed", "url": "http://a.cn/a.xls", "name": "表"}]},
    "findings": [
        {"kind": "figure", "subject": "建议", "value": 98.5, "unit": "%", "metric": "suggestions.closed_rate", "planned": True,
         "composite": ["oversight.visits", "oversight.research"], "period": {"from": "2025", "type": "ytd"},
         "start": 0, "end": 2, "quote": "第一段", "rule": "figure.share"},
        {"kind": "legislation", "name": "某条例", "stage": "passed", "effective": "2025-05-01", "start": 0, "end": 1,
         "quote": "第", "rule": "legislation.title"},
        {"kind": "project", "name": "某工程", "stage": "voted", "start": 0, "end": 1, "quote": "第", "rule": "project.quoted"},
    ]}

# How to make it wrong: the path, and the value there; None takes it away.
WRONG = [
    (["article"], None), (["findings"], None), (["links"], []), (["findings"], {}),
    (["article", "text"], None), (["article", "title"], ""), (["article", "title"], 1), (["article", "colour"], "red"),
    (["article", "published"], "2025-3"), (["article", "published"], "2025-13"), (["article", "published"], "20250301"),
    (["article", "org_type"], "club"), (["article", "region_code"], "4200"), (["article", "keywords"], "一"),
    (["article", "keywords"], []), (["article", "authors", 0, "role"], "video"), (["article", "url"], "nowhere"),
    (["article", "parts", 0, "kind"], "chapter"), (["article", "parts", 0, "url"], None), (["article", "parts"], []),
    (["findings", 0, "kind"], None), (["findings", 0, "kind"], "number"), (["findings", 0, "kind"], "legislation"),
    (["findings", 0, "value"], "98.5"), (["findings", 0, "value"], None), (["findings", 0, "value"], True),
    (["findings", 0, "unit"], ""), (["findings", 0, "metric"], "suggestions.lost"), (["findings", 0, "planned"], False),
    (["findings", 0, "composite"], ["none"]), (["findings", 0, "composite"], "oversight.visits"),
    (["findings", 0, "period"], {"from": "2025"}), (["findings", 0, "period", "type"], "week"),
    (["findings", 0, "period", "from"], "spring"), (["findings", 0, "stage"], "passed"), (["findings", 0, "start"], -1),
    (["findings", 0, "start"], 0.5), (["findings", 0, "end"], None), (["findings", 0, "quote"], ""),
    (["findings", 0, "rule"], "Share"), (["findings", 0, "bound"], "exact"), (["findings", 0, "note"], None.__class__),
    (["findings", 1, "stage"], "voted"), (["findings", 1, "stage"], None), (["findings", 1, "value"], 3),
    (["findings", 2, "stage"], "passed"),
]


def renda(*words):
    done = subprocess.run([ring.RENDA, "parse", *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def wrong(path, value):
    document = copy.deepcopy(DOCUMENT)
    at = document
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = [] if value is None.__class__ else value
    return document


class Schema(ring.Case):
    def setUp(self):
        code, out, err = renda("--schema")
        self.assertEqual((0, ""), (code, err))
        self.schema = json.loads(out)
        self.validator = jsonschema.Draft202012Validator(self.schema)

    def errors(self, document, most=3):
        found = self.validator.iter_errors(document)
        return ["%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:200]) for e, _ in zip(found, range(most))]

    def check_all(self, documents):
        """Counts findings by kind; fails with every document's first mistakes."""
        kinds, bad = {}, []
        for name, document in documents:
            bad += ["%s: %s" % (name, e) for e in self.errors(document)]
            for f in document.get("findings", []):
                kinds[f["kind"]] = kinds.get(f["kind"], 0) + 1
        self.assertEqual([], bad)
        return kinds

    def test_is_a_schema(self):
        self.assertEqual("https://json-schema.org/draft/2020-12/schema", self.schema["$schema"])
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_fits_our_own_articles(self):
        folder = self.folder()
        code, _, err = renda("--json", "--output-dir", folder, *CORPUS)
        self.assertEqual((0, ""), (code, err))
        documents = []
        for path in sorted(glob.glob(folder + "/*.json")):
            with open(path, encoding="utf-8") as f:
                documents.append((os.path.basename(path), json.load(f)))
        self.assertEqual(len(CORPUS), len(documents))
        kinds = self.check_all(documents)
        self.assertEqual([], sorted(set(self.schema["$defs"]["finding"]["properties"]["kind"]["enum"]) - set(kinds)),
                         "kinds of which the articles have none")

    def test_fits_the_sample_sites(self):
        urls = [a["url"] for site in self.sites(articles=40) for a in site.truth()]
        code, out, err = renda("--json", *urls)
        self.assertEqual((0, ""), (code, err))
        documents = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(len(urls), len(documents))
        kinds = self.check_all(zip(urls, documents))
        ring.say("%d documents, findings %s" % (len(documents), kinds))
        self.assertGreater(kinds.get("figure", 0), 100)

    def test_wrong_documents_fail(self):
        self.assertEqual([], self.errors(DOCUMENT))
        accepted = [(path, value) for path, value in WRONG if not self.errors(wrong(path, value))]
        self.assertEqual([], accepted)

    def test_knows_a_lexicon_of_ones_own(self):
        words = os.path.join(self.folder(), "words.tsv")
        with open(words, "w", encoding="utf-8") as f:
            f.write("metrics\tlocal.picnics\t野餐\tpicnics\twork\tflow\t次\nmatters\t野餐\tpicnics\n"
                    "metrics\tsuggestions.closed\t办结\tclosed\tdeputies\tflow\t件\n")
        code, out, err = renda("--schema", "--lexicon", words)
        self.assertEqual((0, ""), (code, err))
        schema = json.loads(out)
        jsonschema.Draft202012Validator.check_schema(schema)
        keys = schema["$defs"]["metric"]["enum"]
        self.assertIn("local.picnics", keys)
        self.assertEqual(len(keys), len(set(keys)))
        self.assertIn("picnics", schema["$defs"]["oversight"]["properties"]["matter"]["enum"])
        self.assertNotIn("local.picnics", self.schema["$defs"]["metric"]["enum"])

    def test_called_wrongly(self):
        for words in (["--schema", "a.txt"], ["--document", "a.txt"], ["--schema", "--json"], ["--explain", "--json", "a.txt"],
                      ["--explain"], ["--explain", "--role", "list", "a.txt"], ["--explain", "--output-dir", "x", "a.txt"]):
            code, out, err = renda(*words)
            self.assertEqual((2, ""), (code, out), words)
            self.assertEqual(1, err.count("\n"), err)
        code, out, err = renda("--schema", "--lexicon", "/nowhere.tsv")
        self.assertEqual((1, ""), (code, out))
        self.assertIn("/nowhere.tsv", err)


class Document(ring.Case):
    def test_is_what_the_program_prints(self):
        code, out, err = renda("--document")
        self.assertEqual((0, ""), (code, err))
        with open(FINDINGS_MD, encoding="utf-8") as f:
            same = f.read() == out
        self.assertTrue(same, "FINDINGS.md is old: renda parse --document > FINDINGS.md")

    def test_has_a_true_example(self):
        with open(FINDINGS_MD, encoding="utf-8") as f:
            example = json.loads(re.search(r"```json\n(.*?)```", f.read(), re.S).group(1))
        path = os.path.join(self.folder(), "a.txt")
        article = example["article"]
        with open(path, "w", encoding="utf-8") as f:
            f.write("%s\n%s\n\n%s\n" % (article["title"], article["published"], article["text"]))
        code, out, err = renda("--json", path)
        self.assertEqual((0, ""), (code, err))
        found = json.loads(out)
        del found["article"]["url"]
        self.assertEqual(example, found)


class Explain(ring.Case):
    def test_every_rule_is_explained(self):
        """The names that the code gives to rules are those that are explained."""
        code, out, _ = renda("--schema")
        schema = json.loads(out)
        kinds, metrics = schema["$defs"]["finding"]["properties"]["kind"]["enum"], schema["$defs"]["metric"]["enum"]
        used, folder = set(), os.path.join(ROOT, "worker", "findings")
        for name in os.listdir(folder):
            if not name.endswith(".c") or name == "rule_text.c":
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                words = re.findall(r'"((?:%s)\.[a-z_]+)"' % "|".join(kinds), f.read())
            # figure_*.c name measures (oversight.visits), and beginnings of them, beside its own rules
            used |= {w for w in words if w not in metrics and (not name.startswith("figure_") or w.startswith("figure."))}
        with open(os.path.join(folder, "rule_text.c"), encoding="utf-8") as f:
            explained = set(re.findall(r'\{ "([a-z]+\.[a-z_]+)",', f.read()))
        self.assertEqual((set(), set()), (used - explained, explained - used), "without explanation; without a rule")

    def test_our_own_articles(self):
        """Each finding is told once, marked at its place, and has a reason."""
        for path in CORPUS:
            _, out, _ = renda("--json", path)
            document = json.loads(out)
            code, out, err = renda("--explain", path)
            self.assertEqual((0, ""), (code, err), path)
            self.assertNotIn("no explanation", out, path)
            blocks = re.split(r"\n\n(?=\d+\. )", out.rstrip("\n"))[1:]
            self.assertEqual(len(document["findings"]), len(blocks), path)
            text = document["article"]["text"]
            for f, block in zip(document["findings"], blocks):
                lines = block.split("\n")
                place = text[f["start"]:f["end"]].replace("\n", " ").strip()
                self.assertIn(" %s " % f["kind"], lines[0])
                self.assertIn("【%s】" % re.sub(r"\s+", " ", place), lines[1], path)
                self.assertIn("[%s]" % f["rule"], lines[-1], path)
                if f["kind"] == "figure":
                    self.assertIn(" %s" % f["unit"], block)

    def test_on_a_terminal(self):
        """The place is underlined, and no line is longer than the terminal."""
        def run(env):
            main, other = pty.openpty()
            subprocess.run(["stty", "cols", "60"], stdin=other, check=True)
            p = subprocess.Popen([ring.RENDA, "parse", "--explain", CORPUS[0]], stdin=subprocess.DEVNULL, stdout=other, env=env)
            os.close(other)
            out = b""
            while True:
                try:
                    piece = os.read(main, 65536)
                except OSError:
                    break
                if not piece:
                    break
                out += piece
            os.close(main)
            self.assertEqual(0, p.wait(60))
            return out.decode().replace("\r\n", "\n")

        plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
        out = run({**plain, "TERM": "xterm"})
        self.assertIn("\033[1;4;33m", out)
        self.assertNotIn("】", out)
        for line in re.sub(r"\033\[[0-9;]*m", "", out).split("\n"):
            self.assertLessEqual(sum(2 if ord(c) > 0x2e7f else 1 for c in line), 60, line)
        for env in ({**plain, "TERM": "xterm", "NO_COLOR": "1"}, {**plain, "TERM": "dumb"}):
            out = run(env)
            self.assertNotIn("\033", out)
            self.assertIn("】", out)

    def test_control_characters_stay_out(self):
        path = os.path.join(self.folder(), "a.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write("标题标题标题\n2025-01-20\n\n市人大常委会召\u009b31m开主任会议12次\u0085,听取\u007f报告\u001b[2J15项。\n")
        code, out, err = renda("--explain", path)
        self.assertEqual((0, ""), (code, err))
        self.assertIsNone(re.search("[\0-\x09\x0b-\x1f\x7f-\x9f]", out))


if __name__ == "__main__":
    ring.main()
