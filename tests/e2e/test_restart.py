"""Roles that end and come back, or stop and go on, in the middle of work: dispatch goes on within a second, no worker is
sent more than its window, and in the end everything is stored with no page blamed."""

import re
import signal

import ring

ARTICLES = 700  # of each site
WINDOW = 32
GOES_ON_MS = 1000
NOISE_MS = 500  # for a machine that does something else, too


class Restart(ring.Case):
    def setUp(self):
        self.sample = self.sites(ARTICLES)
        self.r = self.ring(self.sample.config(poll="1h", delay="0", concurrency=8), {"window_pages": WINDOW})
        self.workers = []

    def start(self, workers=2):
        self.r.start("sink")
        self.workers = [self.r.start("worker", "worker%d" % i) for i in range(workers)]
        self.r.start("producer")

    def wait_backlog(self, pages=200):
        """Until enough waits that what is lost meanwhile is not the rest."""
        self.r.wait_for("%d pages pending" % pages, 30, lambda: self.r.count("capture", "state = 'pending'") >= pages and
                        self.r.count("capture", "state = 'settled'") >= 100)

    def wait_quiet(self):
        """Until nothing has been settled for half a second."""
        last = [self.settled_at(), ring.now_ms()]

        def look():
            if self.settled_at() != last[0]:
                last[:] = [self.settled_at(), ring.now_ms()]
            return ring.now_ms() - last[1] > 500
        self.r.wait_for("no more settling", 20, look)
        self.assertGreater(self.r.count("capture", "state = 'pending'"), 0, "nothing is left to do")

    def settled_at(self):
        return self.r.one("SELECT MAX(settled_at) FROM capture")

    def goes_on(self, what, since, held=0):
        """Milliseconds from then to the first page settled after it; held: so many may have been with the workers before,
        and it is the first one beyond them that shows that more was sent."""
        settled = "SELECT settled_at FROM capture WHERE settled_at >= ? ORDER BY settled_at LIMIT 1 OFFSET %d"
        first = self.r.wait_for("a page settled after %s" % what, 20, lambda: self.r.one(settled % 0, since))
        new = self.r.wait_for("a new page settled after %s" % what, 20, lambda: self.r.one(settled % held, since))
        ring.say("%s → first page settled after %d ms, first newly sent one after %d ms" % (what, first - since, new - since))
        return new - since

    def finish(self):
        r = self.r
        r.wait_stored(3 * ARTICLES, 60)
        self.assertEqual({a["url"] for a in self.sample.truth()}, {row[0] for row in r.rows("SELECT url FROM article")})
        self.assertEqual([], r.rows("SELECT id, state, tries, why FROM capture WHERE state <> 'settled' OR tries > 0"))
        self.assertNotIn("window exceeded", r.log())
        ring.say("%d articles stored, %d pages sent again, none blamed" % (3 * ARTICLES, r.count("capture", "sends > 0")))
        for name in ["producer"] + [w.name for w in self.workers] + ["sink"]:
            self.assertEqual(0, r.processes[name].stop(), name)
        r.check(self)

    def test_producer(self):
        """kill -9 of the producer, the workers stay: their credit is neither lost nor counted twice."""
        self.start()
        took = []
        for i in range(4):
            self.wait_backlog() if i == 0 else self.r.wait_for("work after start %d" % i, 20, lambda: self.settled_at() > since)
            self.r.processes["producer"].kill()
            if i % 2 == 0:
                self.wait_quiet()  # else the workers still hold pages of the one before
            producer = self.r.start("producer")
            since = producer.said_at("ready:")
            if i % 2 == 0:
                took.append(self.goes_on("producer ready again", since))
        self.assertLess(max(took), GOES_ON_MS + NOISE_MS)
        self.finish()

    def test_sink(self):
        """kill -9 of the sink: what it had not settled is sent again."""
        self.start()
        self.wait_backlog()
        took = []
        for _ in range(2):
            self.r.processes["sink"].kill()
            self.wait_quiet()
            sink = self.r.start("sink")
            took.append(self.goes_on("sink ready again", sink.said_at("ready:"), 2 * WINDOW))
        self.assertLess(max(took), GOES_ON_MS + NOISE_MS)
        self.finish()
        self.assertGreater(self.r.count("capture", "sends > 0"), 0)

    def test_workers_stopped(self):
        """SIGSTOP and SIGCONT. Of both: they go on. Of one: the other gets its pages, and what it says too late changes nothing."""
        self.start()
        self.wait_backlog()
        for w in self.workers:
            w.signal(signal.SIGSTOP)
        self.wait_quiet()
        since = ring.now_ms()
        for w in self.workers:
            w.signal(signal.SIGCONT)
        self.assertLess(self.goes_on("both workers continued", since, 2 * WINDOW), GOES_ON_MS + NOISE_MS)

        self.workers[0].signal(signal.SIGSTOP)
        self.r.wait_idle(3 * ARTICLES, 60)
        self.assertGreater(self.r.count("capture", "sends > 0"), 0)
        before = self.r.dump("article", "revision", "finding", "event", "capture")
        self.workers[0].signal(signal.SIGCONT)
        self.wait_idle(self.workers[0])
        self.assertEqual([], self.r.changes(before))
        self.finish()
        stale = int(re.search(r"stale=(\d+)", self.r.processes["sink"].log()).group(1))
        ring.say("%d results came too late and changed nothing" % stale)
        self.assertGreater(stale, 0)

    def wait_idle(self, worker):
        """Until its child has not used the processor for half a second."""
        def used():
            with open("/proc/%d/stat" % worker.children()[0]) as f:
                return f.read().rsplit(")", 1)[1].split()[11:13]
        last = [used(), ring.now_ms()]

        def look():
            if used() != last[0]:
                last[:] = [used(), ring.now_ms()]
            return ring.now_ms() - last[1] > 500
        self.r.wait_for("the continued worker is idle", 20, look)

    def test_worker_killed_and_added(self):
        """kill -9 of a worker: its pages go to the other; one that is added takes its share."""
        self.start()
        self.wait_backlog()
        self.workers[0].signal(signal.SIGSTOP)  # so that it surely has pages: its window fills while the other one goes on
        settled = self.r.count("capture", "state = 'settled'")
        self.r.wait_for("the other worker goes on", 20, lambda: self.r.count("capture", "state = 'settled'") > settled + 50)
        self.workers[0].kill()
        killed_at = ring.now_ms()
        added = self.r.start("worker", "added")
        self.workers[0] = added
        self.r.wait_for("the added one known", 10, lambda: added.says("producer epoch="))
        self.finish()
        settled_at, pages = self.r.rows("SELECT MAX(settled_at), COUNT(*) FROM capture WHERE sends > 0")[0]
        self.assertGreater(pages, 0)
        ring.say("the %d pages of a killed worker: settled %d ms later" % (pages, settled_at - killed_at))


if __name__ == "__main__":
    ring.main()
