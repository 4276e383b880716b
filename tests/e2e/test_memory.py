"""Memory: 20,000 pages are fetched while no worker runs. They wait in the database, not in the producer; then they are
parsed and stored. Nobody's memory grows with their number."""
import os
import subprocess
import threading
import time

import mounts
import ring

EACH = 6700  # articles of each of three sites
PAGES = 3 * EACH
MB = 1 << 20


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def limit_mb():
    """Of a role's memory. The address sanitizer's own would drown it."""
    linked = subprocess.run(["ldd", ring.RENDA], capture_output=True, text=True).stdout
    return 128 if "libasan" not in linked else 4096


class LogWatcher(threading.Thread):
    """The most that the database's log ever had."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.most, self.stop = path, 0, False

    def run(self):
        while not self.stop:
            self.most = max(self.most, size(self.path))
            time.sleep(0.1)


class Memory(ring.Case):
    def place(self):
        """A folder whose free space can be reserved one and a half times: the setting ends at 1024 GB."""
        folder = self.folder()
        return folder if mounts.free_bytes(folder) < 600 << 30 else mounts.small_disk(self, 2000)

    def lists_only(self, r, sites):
        """Reads every list and no article: half of the disk reserve is free, the whole is not."""
        r.limits["disk_reserve"] = f"{mounts.free_bytes(os.path.dirname(r.database)) * 3 // 2}B"
        r.write_config()
        p = r.run()
        r.wait_for("every list read", 60, lambda: r.count("url", "role = 'article'") >= PAGES and r.settled() and
                   not r.count("url", "role <> 'article' AND state = 'new'"))
        self.assertEqual(0, p.stop())
        self.assertEqual(0, r.count("article"))
        r.limits["disk_reserve"] = "1MB"
        r.write_config()

    def test_20000_pages_without_worker(self):
        sites = self.sites(articles=EACH)
        r = self.ring(sites.config(poll="1h", delay="0", concurrency=16), {"window_pages": 64}, workers=2)
        r.database = r.settings["database"] = os.path.join(self.place(), "renda.db")
        begun = time.monotonic()
        self.lists_only(r, sites)
        ring.say(f"  lists: {r.count('url')} URLs after {time.monotonic() - begun:.1f} s")

        log = LogWatcher(r.database + "-wal")
        log.start()
        begun = time.monotonic()
        r.start("sink")
        producer = r.start("producer")
        r.wait_for("every article fetched", 90, lambda: r.count("url", "role = 'article' AND state = 'new'") == 0)
        took = time.monotonic() - begun
        pending = r.count("capture", "state = 'pending'")
        most = ring.memory_bytes(producer.pid) / MB
        ring.say(f"  no worker: {pending} pages wait after {took:.1f} s ({pending / took:.0f}/s): producer {most:.0f} MB at most, "
                 f"sink {ring.memory_bytes(r.processes['sink'].pid) / MB:.0f} MB, "
                 f"database {size(r.database) / MB:.0f} MB, its log {log.most / MB:.0f} MB at most")
        self.assertEqual(PAGES, pending)
        self.assertLess(most, limit_mb())

        begun = time.monotonic()
        workers = [r.start("worker", f"worker-{i}") for i in range(2)]
        r.wait_stored(PAGES, 180)
        took = time.monotonic() - begun
        figures = {"producer": ring.memory_bytes(producer.pid) / MB, "sink": ring.memory_bytes(r.processes["sink"].pid) / MB}
        for w in workers:
            [child] = w.children()
            figures[w.name] = ring.memory_bytes(w.pid) / MB
            figures[w.name + "'s child"] = ring.memory_bytes(child) / MB
        log.stop = True
        log.join()
        ring.say(f"  all {PAGES} stored after {took:.1f} s ({PAGES / took:.0f}/s); at most: " +
                 ", ".join(f"{name} {mb:.0f} MB" for name, mb in figures.items()) +
                 f"; database {size(r.database) / MB:.0f} MB, its log {log.most / MB:.0f} MB")
        for name, mb in figures.items():
            self.assertLess(mb, limit_mb(), name)
        self.assertLess(log.most, 300 * MB, "the database's log grows and grows")
        for p in r.processes.values():
            self.assertEqual(0, p.stop())
        self.assertEqual(PAGES, r.count("article"))
        self.assertEqual(0, r.count("capture", "state = 'quarantined'"))


if __name__ == "__main__":
    mounts.get_ready()
    ring.main()
