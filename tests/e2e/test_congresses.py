"""`renda congresses`: the table of congresses, in its formats."""
import csv
import io
import json
import subprocess
import unittest

import ring


def renda(*arguments):
    return subprocess.run([ring.RENDA, "congresses", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)


class Congresses(unittest.TestCase):
    def test_rows(self):
        rows = json.loads(renda("-f", "json").stdout)
        by_code = {row["code"]: row for row in rows}
        self.assertEqual(len(rows), len(by_code))
        self.assertEqual({"province": 34, "prefecture": 333},
                         {level: sum(row["level"] == level for row in rows) for level in ("province", "prefecture")})
        for code, kind, makes in (("110000", "municipality", "local regulations"),
                                  ("450000", "autonomous_region", "local and autonomous regulations"),
                                  ("320500", "city", "local regulations"),
                                  ("152500", "none", None),
                                  ("422800", "autonomous_prefecture", "local and autonomous regulations"),
                                  ("331127", "autonomous_county", "autonomous regulations"),
                                  ("331121", "county", None)):
            with self.subTest(code=code):
                self.assertEqual((kind, makes), (by_code[code]["kind"], by_code[code].get("makes")))
        for row in rows:
            self.assertTrue(row["level"] == "province" or row["parent"], row)

    def test_filters(self):
        self.assertEqual(4, len(renda("鼓楼区", "-f", "ndjson").stdout.splitlines()))
        rows = list(csv.DictReader(io.StringIO(renda("42", "--level", "prefecture", "-f", "csv").stdout.lstrip("\ufeff"))))
        self.assertEqual(13, len(rows))
        self.assertEqual({"湖北省"}, {row["parent"] for row in rows})

    def test_refusals(self):
        for arguments, code, word in ((("nowhere",), 1, "nowhere"), (("-f", "xml"), 2, "xml"),
                                      (("42", "--level", "city"), 2, "'city' is no level"), (("a", "b"), 2, "one place")):
            with self.subTest(arguments=arguments):
                p = renda(*arguments)
                self.assertEqual((code, ""), (p.returncode, p.stdout))
                self.assertIn(word, p.stderr)
                self.assertEqual(1, len(p.stderr.splitlines()))


if __name__ == "__main__":
    unittest.main()
