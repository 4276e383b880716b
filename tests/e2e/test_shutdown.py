"""Ending: SIGTERM finishes what is begun and exits 0, a second signal ends at once, and nobody outlives a supervisor."""
import os
import signal
import time

import ring

DRAIN_S = 15   # for `renda run` to end after SIGTERM while it is at work
AT_ONCE_S = 3  # after a second signal
GONE_S = 5     # for the roles after the supervisor was killed


class Shutdown(ring.Case):
    def busy_ring(self, articles=300):
        """A ring in the midst of its work."""
        sites = self.sites(articles=articles)
        r = self.ring(sites.config(poll="1h", delay="2ms", concurrency=8), {"disk_reserve": "1MB"}, workers=2)
        r.site_server, r.total = sites, 3 * articles
        r.run()
        r.wait_for("it is at work", 20, lambda: r.count("article") >= 100)
        return r

    def assert_gone(self, r, seconds):
        r.wait_for("nothing is running", seconds, lambda: not ring.who_has(r.config))

    def assert_nothing_lost(self, r):
        """Every page that was fetched is settled or waits."""
        self.assertEqual([], r.rows("SELECT url FROM url u WHERE state = 'ok' AND NOT EXISTS "
                                    "(SELECT 1 FROM capture c WHERE c.url_id = u.id AND c.state IN ('settled', 'pending'))"))
        self.assertEqual([], r.rows("SELECT c.id FROM capture c WHERE c.state = 'pending' AND NOT EXISTS "
                                    "(SELECT 1 FROM raw WHERE capture_id = c.id)"), "a page that waits without its body")
        self.assertEqual([], r.rows("SELECT url FROM url u WHERE role = 'article' AND state = 'ok' AND NOT EXISTS "
                                    "(SELECT 1 FROM article a WHERE a.url_id = u.id) AND NOT EXISTS "
                                    "(SELECT 1 FROM capture c WHERE c.url_id = u.id AND c.state = 'pending')"), "not stored")
        self.assertEqual(0, r.count("capture", "state = 'quarantined' OR tries > 0"))
        r.check(self)

    def assert_goes_on(self, r):
        """A page whose fetching was cut off comes due again after 10 s at the latest."""
        r.run()
        r.wait_stored(r.total, 40)
        self.assertEqual(0, r.processes["run"].stop())
        self.assert_nothing_lost(r)

    def stopped(self, r):
        visits, stored = r.count("visit"), r.count("article")
        pending = r.count("capture", "state = 'pending'")
        return f"visits={visits} stored={stored} of {r.total} pending={pending}"

    def test_sigterm(self):
        for number in signal.SIGTERM, signal.SIGINT:
            with self.subTest(signal=number.name):
                r = self.busy_ring()
                begun = time.monotonic()
                r.processes["run"].signal(number)
                self.assertEqual(0, r.processes["run"].wait(DRAIN_S))
                took = time.monotonic() - begun
                self.assert_gone(r, 1)
                ring.say(f"  {number.name}: {took:.2f} s, {self.stopped(r)}")
                self.assertLess(r.count("article"), r.total, "all was done before the signal")
                self.assert_nothing_lost(r)
                self.assertEqual(0, r.count("member"), "roles that ended are still members")
                # What was fetched was committed: the server has answered no more pages than there are visits.
                answered = sum(n for s in r.site_server for kind, n in s.stats()["requests"].items() if kind != "control")
                self.assertGreaterEqual(r.count("visit") + 3 * 8 + 3, answered)
        self.assert_goes_on(r)

    def test_sigterm_while_sites_are_silent(self):
        """Requests without an answer are given up after a while."""
        r = self.busy_ring()
        for s in r.site_server:
            s.post("/control/hold", on=1)
        time.sleep(0.3)
        begun = time.monotonic()
        self.assertEqual(0, r.processes["run"].stop(DRAIN_S))
        ring.say(f"  sites silent: {time.monotonic() - begun:.2f} s, {self.stopped(r)}")
        self.assert_gone(r, 1)
        self.assert_nothing_lost(r)

    def test_second_signal(self):
        r = self.busy_ring()
        p = r.processes["run"]
        os.kill(r.roles()["producer"][0], signal.SIGSTOP)  # so that the first alone would take long
        p.signal(signal.SIGTERM)
        r.wait_for("it is ending", 5, lambda: p.says("ending"))
        self.assertTrue(p.alive())
        begun = time.monotonic()
        p.signal(signal.SIGTERM)
        code = p.wait(AT_ONCE_S)
        ring.say(f"  second signal: {time.monotonic() - begun:.2f} s, exit code {code}, {self.stopped(r)}")
        self.assertNotEqual(0, code)
        self.assert_gone(r, 1)
        self.assert_nothing_lost(r)

    def test_role_that_does_not_end(self):
        """A role that hangs is killed after its time; the others still end well."""
        r = self.busy_ring()
        p = r.processes["run"]
        os.kill(r.roles()["producer"][0], signal.SIGSTOP)
        begun = time.monotonic()
        self.assertEqual(0, p.stop(25))
        ring.say(f"  producer hangs: {time.monotonic() - begun:.2f} s, {self.stopped(r)}")
        self.assertTrue(p.says("killed"))
        self.assert_gone(r, 1)
        self.assert_nothing_lost(r)

    def test_supervisor_killed(self):
        r = self.busy_ring()
        for pause in 0.0, 0.05, 0.3:
            r.processes["run"].kill()
            begun = time.monotonic()
            self.assert_gone(r, GONE_S)
            ring.say(f"  supervisor killed: all gone after {time.monotonic() - begun:.2f} s, {self.stopped(r)}")
            self.assert_nothing_lost(r)
            r.run(ready=False)
            time.sleep(pause)
        r.wait_ready(r.processes["run"], 4)
        r.wait_stored(r.total, 40)
        self.assertEqual(0, r.processes["run"].stop())
        self.assert_gone(r, 1)
        self.assert_nothing_lost(r)

    def test_each_role_alone(self):
        """SIGTERM in whatever order: exit code 0, and nothing is lost."""
        sites = self.sites(articles=200)
        r = self.ring(sites.config(poll="1h", delay="2ms", concurrency=8), {"disk_reserve": "1MB"})
        r.total = 600
        for order in (("sink", "worker", "producer"), ("worker", "producer", "sink")):
            for role in "sink", "producer", "worker":
                r.start(role)
            before = r.count("article")
            r.wait_for("it is at work", 20, lambda: r.count("article") >= min(before + 50, 600))
            for role in order:
                begun = time.monotonic()
                self.assertEqual(0, r.processes[role].stop(DRAIN_S), role)
                ring.say(f"  {role}: {time.monotonic() - begun:.2f} s")
            self.assert_gone(r, 1)
            self.assert_nothing_lost(r)


if __name__ == "__main__":
    ring.main()
