"""Room: fetching pauses when the disk or the waiting pages reach their limit, the rest of the ring works on, and it goes
on when there is room again. A disk that is really full stops everybody for a while and loses nothing."""
import os
import signal
import time

import mounts
import ring

MB = 1 << 20


class Room(ring.Case):
    def small_ring(self, size_mb, sites, limits, **settings):
        folder = mounts.small_disk(self, size_mb)
        database = os.path.join(folder, "renda.db")
        r = self.ring(sites, limits, database=database, **settings)
        r.database = database
        return r, mounts.Filler(folder)

    def requests(self, sites, *kinds):
        return sum(s.stats()["requests"][kind] for s in sites for kind in kinds)

    def assert_still(self, what, seconds, measure):
        """What was begun may end; then nothing moves."""
        time.sleep(0.5)
        before = measure()
        time.sleep(seconds)
        self.assertEqual(before, measure(), what)
        return before

    def pending(self, r):
        return r.count("capture", "state = 'pending'")

    def test_disk_reserve(self):
        sites = self.sites(articles=250)
        r, filler = self.small_ring(150, sites.config(poll="300ms", delay="10ms", concurrency=4), {"disk_reserve": "50MB"},
                                    workers=1)
        p = r.run()
        r.wait_for("some articles stored", 20, lambda: r.count("article") >= 60)

        worker = r.roles()["worker"][0]
        os.kill(worker, signal.SIGSTOP)
        r.wait_for("some pages wait", 20, lambda: self.pending(r) >= 40)
        filler.leave(42 * MB)
        r.wait_for("articles pause", 10, lambda: p.says("fetching of articles pauses"))
        fetched = self.assert_still("articles fetched below the reserve", 1.0, lambda: self.requests(sites, "article"))
        waiting, stored = self.pending(r), r.count("article")
        os.kill(worker, signal.SIGCONT)
        r.wait_for("the sink drains", 20, lambda: self.pending(r) == 0)
        self.assertGreater(r.count("article"), stored)
        self.assertEqual(fetched, self.requests(sites, "article"), "articles fetched below the reserve")
        self.assertLess(r.count("article"), 750)
        ring.say(f"  below the reserve: fetched={fetched} pending={waiting} stored={stored}, then stored={r.count('article')}")

        lists = self.requests(sites, "home", "list")
        r.wait_for("lists are still visited", 10, lambda: self.requests(sites, "home", "list") >= lists + 10)
        filler.leave(12 * MB)
        r.wait_for("lists pause", 10, lambda: p.says("fetching pauses"))
        self.assert_still("lists fetched below half of the reserve", 1.5,
                          lambda: self.requests(sites, "home", "list", "feed", "sitemap", "article"))

        filler.remove()
        r.wait_for("it goes on", 10, lambda: p.says("fetching goes on"))
        r.wait_stored(750, 40)
        self.assertEqual(0, p.stop())
        r.check(self)

    def test_pending_max(self):
        sites = self.sites(articles=600)
        r, _ = self.small_ring(250, sites.config(poll="1h", delay="10ms", concurrency=4), {"disk_reserve": "350MB"}, workers=1)
        p = r.run()  # articles are not fetched: the reserve is larger than the disk, its half is not
        r.wait_for("every list read", 30, lambda: r.count("url", "role = 'article'") == 1800 and r.settled())
        self.assertEqual(0, p.stop())
        self.assertEqual(0, r.count("article"))

        r.limits = {"disk_reserve": "100KB", "pending_max": "1MB"}
        r.write_config()
        r.start("sink")
        p = r.start("producer")
        r.wait_for("articles pause", 30, lambda: p.says("fetching of articles pauses"))
        fetched = self.assert_still("articles fetched beyond pending_max", 2.5, lambda: self.requests(sites, "article"))
        waiting = r.one("SELECT SUM(raw_bytes) FROM capture WHERE state = 'pending'")
        ring.say(f"  no worker: fetched={fetched} of 1800 pending={self.pending(r)} pending_mb={waiting / MB:.1f}")
        self.assertLess(fetched, 1800)
        self.assertEqual(fetched, self.pending(r))
        self.assertTrue(1 * MB <= waiting < 8 * MB, waiting)

        r.start("worker")
        r.wait_for("it goes on", 20, lambda: p.says("fetching goes on"))
        r.wait_stored(1800, 60)
        for name in "producer", "worker", "sink":
            self.assertEqual(0, r.processes[name].stop())
        r.check(self)

    def test_disk_full(self):
        sites = self.sites(articles=250)
        r, filler = self.small_ring(120, sites.config(poll="1h", delay="5ms", concurrency=4), {"disk_reserve": "1B"}, workers=1)
        p = r.run()
        roles = r.roles()
        r.wait_for("some articles stored", 20, lambda: r.count("article") >= 60)
        filler.leave(0)

        def complaints():
            return [line for line in p.log().splitlines() if "full" in line]
        for role in "producer", "sink":
            r.wait_for(f"the {role} says that the disk is full", 20,
                       lambda: [line for line in complaints() if f" {role}[" in line and "disk is full" in line])
        time.sleep(4)
        stored = r.count("article")
        for line in complaints():
            ring.say("  " + line)
        ring.say(f"  full: stored={stored} pending={self.pending(r)} lines={len(complaints())}")
        self.assertLess(stored, 750)
        self.assertEqual(roles, r.roles(), "a role died of a full disk")
        self.assertLessEqual(len(complaints()), 4, "one line for each thread that has the trouble")

        filler.remove()
        r.wait_stored(750, 60)
        self.assertEqual(roles, r.roles(), "a role died")
        self.assertEqual([], r.rows("SELECT id, why FROM capture WHERE state = 'quarantined' OR tries > 0"))
        self.assertEqual(0, p.stop())
        r.check(self)


if __name__ == "__main__":
    mounts.get_ready()
    ring.main()
