"""Chaos in short: 1,000 articles, a score of kills of each sort, all sorts at the same time. In full: tests/chaos/run."""
import os
import sys

import ring

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import chaos  # noqa: E402


class Chaos(ring.Case):
    def test_in_short(self):
        self.assertTrue(chaos.run(articles=1000, short=True, seed=2, finish_s=90), "the table above says what is wrong")


if __name__ == "__main__":
    ring.main()
