"""Chaos: the ring is killed in every way while it works, then left to finish. What is stored must be what an undisturbed
run stores: every article once, with the same findings and events, nothing pending, no innocent page quarantined.

A scenario says who is killed, how often, and when. All of them watch the same sample sites, fetched slowly enough that
there is work in every stage until the last kill. `tests/chaos/run` does it in full, tests/e2e/test_chaos.py in short."""
import hashlib
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import unicodedata
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import ring  # noqa: E402

SLOW_MARK = "<!-- renda-test:slow -->"  # with RENDA_TEST_CHILD=1 the parsing child takes 300 ms over such a page
GONE_S = 10                            # for every process of a ring to be gone
END_S = 40                             # from SIGTERM to the end
IDLE_S = 60                            # without anybody there to be killed


class Failure(AssertionError):
    pass


def is_busy(pid):
    """Whether a process is on a processor, or wants to be."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False


def kill(pid):
    try:
        os.kill(pid, ring.signal.SIGKILL)
        return True
    except ProcessLookupError:
        return False


# ---- the sample sites -------------------------------------------------------------------------------------------------


class Sites(ring.Sites):
    """`articles` pages in all, `slow` of them marked."""

    def __init__(self, folder, articles, slow):
        each = (articles - slow) // 3
        super().__init__(folder, each)
        for i in range(articles - 3 * each):
            self.publish_slow(self[2], i)
        self.urls = {a["url"] for a in self.truth()}

    def publish_slow(self, site, i):
        """A copy of an article, marked. Only the child that is run with the test hook knows the difference."""
        [article] = site.get(f"/truth.json?from={i}&limit=1")["articles"]
        with urllib.request.urlopen(article["url"], timeout=30) as answer:
            page = answer.read().decode() + SLOW_MARK
        site.publish(page, raw=1, column=i % 5, title=article["title"])


# ---- one ring -----------------------------------------------------------------------------------------------------------


class Ring(ring.Ring):
    """`renda run` in a folder of its own. A list is visited once: what is lost on the way would stay lost."""

    def __init__(self, folder, sites, delay_ms, environment=None):
        os.mkdir(folder)
        entries = sites.config(poll="1d", delay=f"{delay_ms}ms", concurrency=8)
        super().__init__(folder, entries, {"disk_reserve": "1MB", "revisit": "30d"}, environment, workers=2)

    @property
    def supervisor(self):
        return self.processes["run"]

    def pids(self, role=None):
        """Of a role, or of all with what was forked a moment ago."""
        return [p for p in self.supervisor.children() if role is None or ring.role_of(p) == role]

    def parsing_children(self):
        return [(parent, child) for parent in self.pids("worker") for child in ring.children_of(parent)]

    def stored(self):
        return self.count("article")

    def pending(self):
        return self.count("capture", "state = 'pending'")

    def unvisited(self):
        return self.count("url", "state = 'new'")

    def is_done(self, wanted):
        return self.stored() >= wanted and self.pending() == 0 and self.unvisited() == 0

    def check_running(self):
        if not self.supervisor.alive():
            raise Failure(f"renda run ended by itself with exit code {self.supervisor.popen.returncode}: {self.last_words()}")

    def last_words(self):
        return " / ".join(self.supervisor.log().splitlines()[-3:])

    def stop(self):
        """With SIGTERM: exit code 0, and nothing is left."""
        code = self.supervisor.stop(END_S)
        if code != 0:
            raise Failure(f"renda run: exit code {code} after SIGTERM: {self.last_words()}")
        self.wait_until_gone()

    def wait_until_gone(self):
        def left():
            return ", ".join(f"{ring.role_of(p)} {p}" for p in ring.who_has(self.config))
        ring.wait_for("every process gone after the supervisor's end", GONE_S, lambda: not left(), left)

    def end(self):
        super().end()
        for pid in ring.who_has(self.config):
            kill(pid)


# ---- what is stored -----------------------------------------------------------------------------------------------------

OWN = {  # columns that may differ from run to run: numbers of rows, times of this run
    "article": {"id", "url_id", "site_id", "revision_id", "first_seen_at", "changed_at", "fetched_at", "stored_at"},
    "finding": {"id", "article_id", "revision_id", "congress_id"},
}


def columns(r, table):
    return [f'"{row[1]}"' for row in r.rows(f"PRAGMA table_info({table})") if row[1] not in OWN[table]]


def content(r):
    """For each article's URL: a digest of its row, its findings, and its events."""
    found = {}

    def add(url, *what):
        found.setdefault(url, []).append(repr(what))

    for row in r.rows(f"SELECT url, {', '.join(columns(r, 'article'))} FROM article"):
        add(row[0], "article", row[1:])
    named = ", ".join("f." + c for c in columns(r, "finding"))
    for row in r.rows(f"SELECT a.url, {named} FROM finding f JOIN article a ON a.id = f.article_id"):
        add(row[0], "finding", row[1:])
    for row in r.rows("SELECT a.url, e.topic FROM event e JOIN article a ON a.id = e.article_id"):
        add(row[0], "event", row[1:])
    return {url: hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest() for url, rows in found.items()}


class Stored:
    """What a scenario left behind, counted."""

    def __init__(self, r, wanted, reference):
        stored = [url for url, in r.rows("SELECT url FROM article")]
        self.stored = len(set(stored) & wanted)
        self.lost = len(wanted - set(stored))
        self.strange = len(set(stored) - wanted)
        # Twice in the table, or with a second text although no page ever changed.
        self.doubled = len(stored) - len(set(stored)) + r.count("article", "revisions <> 1")
        self.doubled += r.count("event", "topic = 'article.new'") - len(stored) + r.count("event", "topic = 'article.revised'")
        self.quarantined = r.count("capture", "state = 'quarantined'")
        self.pending = r.pending()
        self.sends = r.one("SELECT SUM(sends) FROM capture") or 0
        self.tries = r.one("SELECT MAX(tries) FROM capture") or 0
        self.findings = r.count("finding")
        self.events = r.count("event")
        self.integrity = r.one("PRAGMA integrity_check(3)")
        mine = content(r)
        self.different = [url for url in reference if mine.get(url) != reference[url]] if reference else []
        self.content = mine

    def good(self):
        return (self.lost == self.strange == self.doubled == self.quarantined == self.pending == self.tries == 0 and
                self.integrity == "ok" and not self.different)


# ---- who is killed ------------------------------------------------------------------------------------------------------
# A killer tries once and returns how many it killed; 0 when nobody was there to be killed.


def kill_random(r, rng):
    living = r.pids(rng.choice(("producer", "sink", "worker", "worker")))
    return int(kill(rng.choice(living))) if living else 0


def kill_sink(r, rng):
    return sum(kill(p) for p in r.pids("sink"))


def kill_child(r, rng):
    living = r.parsing_children()
    return int(kill(rng.choice(living)[1])) if living else 0


def kill_all(r, rng):
    """Every role, and whatever was forked a moment ago; they count as one."""
    living = r.pids()
    rng.shuffle(living)
    return int(len([p for p in living if kill(p)]) >= 4)


def kill_parsing(r, rng):
    """A worker whose child is seen at work: first any page, then one that surely takes long."""
    until, seen, needed = time.monotonic() + 0.5, {}, rng.choice((1, 1, 10))
    while time.monotonic() < until:
        for parent, child in r.parsing_children():
            seen[child] = seen.get(child, 0) + 1 if is_busy(child) else 0
            if seen[child] >= needed and kill(parent):
                if rng.random() < 0.2:
                    ring.wait_for("the parsing child dies with its parent", 5, lambda: not os.path.exists(f"/proc/{child}"))
                return 1
        time.sleep(0.0005)
    return 0


def kill_supervisor(r, rng):
    """Its roles must die with it. Then it is started again."""
    r.supervisor.kill()
    r.wait_until_gone()
    r.run(ready=False)
    return 1


class Scenario:
    def __init__(self, name, killer, kills, short_kills, pause_ms, stretch=2.0, environment=None):
        """stretch: by how much the fetching is to take longer than the pauses between kills."""
        self.name, self.killer, self.kills, self.short_kills = name, killer, kills, short_kills
        self.pause_ms, self.stretch, self.environment = pause_ms, stretch, environment


# A role that dies twice within a second of starting is started later and later: where one role alone is killed, it gets
# time to live, so that there is somebody to be killed.
SCENARIOS = [
    Scenario("a random role", kill_random, 120, 20, (200, 200)),
    Scenario("all roles at once", kill_all, 10, 4, (800, 1500)),
    Scenario("the sink", kill_sink, 100, 10, (100, 1500), 3.0),
    Scenario("a worker while it parses", kill_parsing, 100, 14, (300, 1100), 2.5, {"RENDA_TEST_CHILD": "1"}),
    Scenario("the parsing child", kill_child, 100, 20, (50, 350)),
    Scenario("the supervisor", kill_supervisor, 100, 8, (200, 1600)),
]


# ---- a run --------------------------------------------------------------------------------------------------------------


class Row:
    """A line of the table."""

    def __init__(self, name):
        self.name, self.kills, self.left, self.seconds, self.stored, self.trouble = name, 0, 0, 0.0, None, ""

    def good(self):
        return not self.trouble and self.stored is not None and self.stored.good()


def rampage(r, scenario, kills, wanted, rng, row):
    """Kills until there were enough."""
    idle_until = time.monotonic() + IDLE_S
    while row.kills < kills:
        time.sleep(rng.uniform(*scenario.pause_ms) / 1000)
        r.check_running()
        killed = scenario.killer(r, rng)
        row.kills += killed
        if killed:
            idle_until = time.monotonic() + IDLE_S
        elif r.is_done(wanted):
            raise Failure(f"all was done after {row.kills} of {kills} kills: fetch more slowly")
        elif time.monotonic() > idle_until:
            raise Failure(f"nobody there to be killed for {IDLE_S} s")


def finish(r, wanted, seconds):
    """Until nothing moves any more that should."""
    def done():
        r.check_running()
        time.sleep(0.1)
        return r.is_done(wanted)

    def stands():
        return f"stored={r.stored()} of {wanted} pending={r.pending()} unvisited={r.unvisited()}"
    ring.wait_for("done after the last kill", seconds, done, stands)


class Chaos:
    def __init__(self, articles, short, seed, finish_s, names=(), keep=False):
        self.articles, self.short, self.seed, self.finish_s, self.keep = articles, short, seed, finish_s, keep
        self.scenarios = [s for s in SCENARIOS if not names or any(n in s.name for n in names)]
        self.folder = tempfile.mkdtemp(prefix="renda-chaos-")
        self.sites = Sites(self.folder, articles, 16 if short else 80)
        self.reference = None

    def one(self, scenario, kills):
        """A scenario from start to the counting. Never raises: trouble is a line of the table."""
        row, began = Row(scenario.name), time.monotonic()
        rng = random.Random(f"{self.seed} {scenario.name}")
        expected_s = kills * sum(scenario.pause_ms) / 2000 * scenario.stretch
        delay_ms = min(200, int(3000 * expected_s / self.articles))  # of each of three hosts
        r = Ring(os.path.join(self.folder, scenario.name.replace(" ", "-")), self.sites, delay_ms, scenario.environment)
        try:
            r.run(ready=False)
            rampage(r, scenario, kills, len(self.sites.urls), rng, row)
            row.left = len(self.sites.urls) - r.stored()
            finish(r, len(self.sites.urls), self.finish_s)
            r.stop()
        except AssertionError as failure:
            row.trouble = str(failure)
        except Exception as failure:  # of the test itself: still a line of the table
            row.trouble = f"{type(failure).__name__}: {failure}"
        finally:
            r.end()
        row.seconds = time.monotonic() - began
        try:
            row.stored = Stored(r, self.sites.urls, self.reference)
        except sqlite3.Error as failure:
            row.trouble = row.trouble or f"the database cannot be read: {failure}"
        if row.good() and not self.keep:
            shutil.rmtree(r.folder)
        return row

    def undisturbed(self):
        row = self.one(Scenario("nobody", None, 0, 0, (0, 0)), 0)
        self.reference = row.stored.content if row.good() else None
        return row

    def run(self):
        """Rows of the table. In short form all scenarios run at the same time: they mostly wait."""
        yield self.undisturbed()
        if self.reference is None:
            return
        if not self.short:
            for scenario in self.scenarios:
                yield self.one(scenario, scenario.kills)
            return
        rows = [None] * len(self.scenarios)

        def fill(i):
            rows[i] = self.one(self.scenarios[i], self.scenarios[i].short_kills)

        threads = [threading.Thread(target=fill, args=(i,)) for i in range(len(rows))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        yield from rows

    def close(self, good):
        self.sites.process.end()
        if good and not self.keep:
            shutil.rmtree(self.folder)
        else:
            print(f"logs and databases: {self.folder}")


TITLES = ("killed", "kills", "left then", "articles", "stored", "lost", "doubled", "quarantined", "pending", "differ",
          "findings", "events", "sent again", "integrity", "seconds")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def print_line(cells):
    print("  ".join(c + " " * (24 - width(c)) if i == 0 else c.rjust(len(TITLES[i])) for i, c in enumerate(cells)), flush=True)


def print_row(row, articles):
    cells = [row.name, str(row.kills), str(row.left), str(articles)]
    if row.stored is not None:
        s = row.stored
        cells += [str(n) for n in (s.stored, s.lost, s.doubled, s.quarantined, s.pending, len(s.different), s.findings,
                                   s.events, s.sends)] + [s.integrity[:9]]
    print_line(cells + [""] * (len(TITLES) - 1 - len(cells)) + [f"{row.seconds:.1f}"])
    if row.trouble:
        print(f"    {row.name}: {row.trouble}")
    if row.stored is not None and (row.stored.strange or row.stored.tries):
        print(f"    {row.name}: strange articles={row.stored.strange} most verdicts on a page={row.stored.tries}")
    if row.stored is not None and row.stored.different:
        print(f"    {row.name}: differs from the undisturbed run, for example: {row.stored.different[0]}")


def run(articles, short, seed, finish_s, names=(), keep=False):
    """Runs and prints it all. True when everything is as it must be."""
    chaos, good, rows = Chaos(articles, short, seed, finish_s, names, keep), True, 0
    print(f"seed={seed} articles={len(chaos.sites.urls)}")
    print_line(TITLES)
    try:
        for row in chaos.run():
            print_row(row, len(chaos.sites.urls))
            good, rows = good and row.good(), rows + 1
        good = good and rows == len(chaos.scenarios) + 1
    finally:
        chaos.close(good)
    print("all as it must be" if good else "NOT as it must be", flush=True)
    return good
