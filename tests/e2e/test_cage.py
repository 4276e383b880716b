"""Pages that crash, hang, eat memory or open files in the parsing child, made on purpose: each is quarantined after three
verdicts with its reason, within seconds; everything else is stored; no worker dies of it. A child that somebody else
kills says nothing about its page."""

import json
import os
import signal
import time

import ring

ARTICLES = 60
PARSE_MS = 1000
MARKS = [("crash", "SIGSEGV"), ("hang", "timeout"), ("memory", "memory"), ("open", "SIGSYS")]
EACH = 2  # pages of every kind
SLOW = 4   # pages that take 300 ms
KILLS = 4  # of one worker's children; at five over one page it would be held against the page
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>%(title)s</title></head><body><h1>%(title)s</h1>
<div class="content"><p>%(text)s</p><p>会议听取和审议了%(n)d个专项工作报告，表决通过了《云泽省河道管理条例》。</p><p>%(mark)s</p></div></body></html>"""


def page(mark, n):
    title = "省人大常委会举行第%d次会议" % n
    return PAGE % {"title": title, "n": n, "text": "3月%d日，省十四届人大常委会第%d次会议在省城召开。" % (n % 28 + 1, n), "mark": mark}


def is_running(pid):
    """On a processor or waiting for one, rather than for work."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] == "R"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Cage(ring.Case):
    def start(self, pages, **limits):
        """A site with these raw pages among ordinary articles, and a ring of two workers on it."""
        self.sample = self.sites(ARTICLES)
        site = self.sample[0]
        self.urls = [site.publish(body, raw=1)["url"] for body in pages]
        self.r = self.ring(self.sample.config(only=[0], poll="300ms", delay="0", concurrency=4),
                           {"parse": "%dms" % (4 * PARSE_MS if ring.sanitized() else PARSE_MS), "parse_memory": "128MB", **limits}, {"RENDA_TEST_CHILD": "1"}, workers=2)
        self.r.run()
        self.workers = sorted(self.r.roles()["worker"])
        return self.r

    def end(self):
        r = self.r
        self.assertEqual(self.workers, sorted(r.roles()["worker"]), "a worker died")
        self.assertNotIn("ended unexpectedly", r.log())
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

    def status(self):
        code, out, err = self.r.command("status", "--json")
        self.assertEqual(0, code, err)
        return json.loads(out)

    def test_quarantine(self):
        kinds = [mark for mark in MARKS for _ in range(EACH)]
        r = self.start([page("renda-test:" + mark, i + 10) for i, (mark, _) in enumerate(kinds)])
        wanted = dict(zip(self.urls, (why for _, why in kinds)))
        started = time.monotonic()
        r.wait_for("%d pages quarantined" % len(wanted), 30, lambda: r.count("capture", "state = 'quarantined'") == len(wanted))
        took = time.monotonic() - started
        r.wait_stored(ARTICLES, 30)
        ring.say("%d pages quarantined, %d others stored: %.1f s" % (len(wanted), ARTICLES, took))
        found = dict(r.rows("SELECT u.url, c.why FROM capture c JOIN url u ON u.id = c.url_id WHERE c.state = 'quarantined'"))
        if ring.sanitized():  # their handlers stand between the fault and the verdict
            self.assertEqual(set(wanted), set(found))
            wanted = found
        self.assertEqual(wanted, found)
        self.assertEqual([(3,)], r.rows("SELECT DISTINCT tries FROM capture WHERE state = 'quarantined'"))
        self.assertEqual([], r.rows("SELECT id, tries FROM capture WHERE state <> 'quarantined' AND tries > 0"), "innocent pages blamed")
        self.assertEqual(ARTICLES, r.count("article"))
        self.assertEqual(ARTICLES + len(wanted), self.sample[0].total())

        with self.subTest("status"):
            shown = {q["url"]: (q["why"], q["tries"]) for q in self.status()["quarantined"]}
            self.assertEqual({url: (why, 3) for url, why in wanted.items()}, shown)
            code, out, err = r.command("status")
            self.assertEqual(0, code, err)
            for why in wanted.values():
                self.assertIn(why, out)

        with self.subTest("retry one"):
            one = r.rows("SELECT id, pass FROM capture WHERE state = 'quarantined' ORDER BY id LIMIT 1")[0]
            rest = r.rows("SELECT * FROM capture WHERE state = 'quarantined' AND id <> ? ORDER BY id", one[0])
            r.execute("CREATE TABLE seen (tries, pass, state)")
            r.execute("CREATE TRIGGER watch AFTER UPDATE ON capture BEGIN INSERT INTO seen VALUES (new.tries, new.pass, new.state); END")
            code, out, err = r.command("retry", str(one[0]))
            self.assertEqual(0, code, err)
            r.wait_for("it quarantined again", 20, lambda: r.rows("SELECT tries, state FROM capture WHERE id = ?", one[0]) == [(3, "quarantined")])
            seen = r.rows("SELECT tries, pass, state FROM seen ORDER BY rowid")
            self.assertEqual((0, one[1] + 1, "pending"), seen[0], "put back with a new pass and no verdicts")
            self.assertEqual([0, 1, 2, 3], sorted({row[0] for row in seen}))
            self.assertEqual(rest, r.rows("SELECT * FROM capture WHERE state = 'quarantined' AND id <> ? ORDER BY id", one[0]))
            r.execute("DROP TRIGGER watch")
            r.execute("DROP TABLE seen")
        self.end()

        with self.subTest("retry all, under better conditions"):
            r.env["RENDA_TEST_CHILD"] = "0"  # the cause is gone
            code, out, err = r.command("retry", "--all")
            self.assertEqual(0, code, err)
            self.assertEqual([("pending", 0)], r.rows("SELECT DISTINCT state, tries FROM capture WHERE state <> 'settled'"))
            r.run()
            r.wait_stored(ARTICLES + len(wanted), 30)
            self.assertEqual([], self.status()["quarantined"])
            self.assertEqual(0, r.processes["run"].stop())
            r.check(self)

    def test_killed_from_outside(self):
        """kill -9 of a parsing child over and over: each page goes in again and no verdict is counted."""
        r = self.start([page("renda-test:slow", i + 10) for i in range(SLOW)], parse="5s")
        kills = dict.fromkeys(self.workers, 0)

        def kill_some():
            """Whoever is busy for longer than an ordinary page takes; fewer for one page than would be held against it."""
            for worker in self.workers:
                busy = [child for child in ring.children_of(worker) if is_running(child)]
                time.sleep(0.03)
                for child in busy:
                    if kills[worker] < KILLS and is_running(child):
                        os.kill(child, signal.SIGKILL)
                        kills[worker] += 1
            return sum(kills.values()) >= KILLS

        r.wait_for("busy children to kill", 20, kill_some)
        r.wait_stored(ARTICLES + SLOW, 40)
        ring.say("%d parsing children killed from outside at work, %d articles stored" % (sum(kills.values()), ARTICLES + SLOW))
        self.assertEqual([], r.rows("SELECT id, state, tries, why FROM capture WHERE state <> 'settled' OR tries > 0"))
        self.assertEqual(set(self.urls), {row[0] for row in r.rows("SELECT url FROM article")} & set(self.urls))
        for worker in self.workers:
            self.assertEqual(1, len(ring.children_of(worker)), "one child for each worker")
        self.end()

    def test_nothing_but_its_page(self):
        """What the child is left with: no network, no files, no file descriptor beyond the two that ring."""
        if ring.sanitized():
            self.skipTest("a build with sanitizers keeps its standard error")
        r = self.start([])
        r.wait_stored(ARTICLES, 30)
        for worker in self.workers:
            for child in ring.children_of(worker):
                with open("/proc/%d/status" % child) as f:
                    status = f.read()
                self.assertRegex(status, r"Seccomp:\s+2")
                self.assertRegex(status, r"NoNewPrivs:\s+1")
                fds = {fd: os.readlink("/proc/%d/fd/%s" % (child, fd)) for fd in os.listdir("/proc/%d/fd" % child)}
                ring.say("a child holds %s" % ", ".join("%s: %s" % fd for fd in sorted(fds.items())))
                self.assertEqual(["anon_inode:[eventfd]"] * 2, list(fds.values()))
        self.end()


if __name__ == "__main__":
    ring.main()
