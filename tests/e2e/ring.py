"""What the end-to-end and chaos tests share: the sample sites, the real program on a temporary database, and patience.

    class Something(ring.Case):
        def test_it(self):
            site = self.sites(articles=50)
            r = self.ring(site.config(poll="1s", delay="0"))
            r.run()                                          # or r.start("producer"), r.start("worker") ...
            r.wait_for("all stored", 30, lambda: r.count("article") == 150)

Everything lives in one temporary folder and ends with the test, however the test ends. Nothing sleeps where a condition
can be polled, and every wait has a bound that names what it waited for and shows the end of the logs."""

import atexit
import ctypes
import datetime
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

RENDA = os.environ.get("RENDA")
RENDA_SITE = os.environ.get("RENDA_SITE")
PATIENCE = float(os.environ.get("RENDA_PATIENCE", "1"))  # what every bound is multiplied by
POLL_S = 0.02
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)
_http = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_folders, _processes = set(), set()


def say(text):
    """A measured figure, as a line of the test's output."""
    print(text, flush=True)


def now_ms():
    return int(time.time() * 1000)


def sanitized():
    """True for a build with sanitizers, whose cage is wider and whose time runs slower."""
    with open(RENDA, "rb") as f:
        return b"__asan_init" in f.read()


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p / 100))] if values else None


# ---- waiting ----------------------------------------------------------------------------------------------------------


class TooLate(AssertionError):
    pass


def wait_for(what, seconds, condition, explain=None):
    """Polls until condition() is true and returns its value; TooLate names what was waited for."""
    seconds *= PATIENCE
    until = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= until:
            raise TooLate("not within %g s: %s (last: %r)%s" % (seconds, what, value, "\n" + explain() if explain else ""))
        time.sleep(POLL_S)


# ---- processes ----------------------------------------------------------------------------------------------------------


def _die_with_us():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A started program in a session of its own, its standard error in a file. Ended, with all it started, by end()."""

    def __init__(self, argv, folder, name, env=None, stdout=subprocess.DEVNULL):
        self.name, self.argv = name, argv
        self.log_path = os.path.join(folder, "%s.log" % name)
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        environment.update(env or {})
        self.log_from = os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0
        with open(self.log_path, "ab") as log:
            self.started_at = time.monotonic()
            self.popen = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=log, env=environment,
                                          start_new_session=True, preexec_fn=_die_with_us)
        self.pid = self.popen.pid
        _processes.add(self)

    def alive(self):
        return self.popen.poll() is None

    def log(self):
        """What this start of the program has said so far."""
        with open(self.log_path, "rb") as f:
            f.seek(self.log_from)
            return f.read().decode("utf-8", "replace")

    def says(self, text):
        return text in self.log()

    def said_at(self, text):
        """When it said so last, as its log line tells, in milliseconds since 1970; None: it has not."""
        times = [line[:24] for line in self.log().splitlines() if text in line]
        if not times:
            return None
        return round(datetime.datetime.strptime(times[-1] + "+0000", "%Y-%m-%dT%H:%M:%S.%fZ%z").timestamp() * 1000)

    def signal(self, number):
        if self.alive():
            os.kill(self.pid, number)

    def kill(self):
        """kill -9, and wait for its end."""
        self.signal(signal.SIGKILL)
        self.popen.wait()

    def wait(self, seconds=30):
        """Its exit code."""
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TooLate("%s did not end within %g s\n%s" % (self.name, seconds, tail(self.log()))) from None

    def stop(self, seconds=30):
        """SIGTERM; its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait(seconds)

    def end(self):
        """At once, with everything in its session."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.popen.wait()
        if self.popen.stdout:
            self.popen.stdout.close()
        _processes.discard(self)

    def children(self):
        """Process ids of its children."""
        return children_of(self.pid)


def children_of(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return [int(word) for word in f.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def role_of(pid):
    """What a process of the ring does: "producer", "worker", "sink", …; None for others and for those that ended."""
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as f:
            words = f.read().split(b"\0")
        return words[1].decode() if len(words) > 1 else None
    except (FileNotFoundError, ProcessLookupError):
        return None


def who_has(path):
    """Process ids of all that were started with this path on their command line."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open("/proc/%s/cmdline" % name, "rb") as f:
                if path.encode() in f.read().split(b"\0"):
                    found.append(int(name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def memory_bytes(pid, field="VmHWM"):
    """From /proc/PID/status: VmHWM is the most it ever had in memory, VmRSS what it has."""
    with open("/proc/%d/status" % pid) as f:
        return int(re.search(r"^%s:\s+(\d+) kB" % field, f.read(), re.M).group(1)) * 1024


def tail(text, lines=25):
    return "\n".join("    | " + line for line in text.splitlines()[-lines:])


def _clean_up():
    for p in list(_processes):
        p.end()
    for folder in list(_folders):
        shutil.rmtree(folder, ignore_errors=True)
        _folders.discard(folder)


atexit.register(_clean_up)
signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends all tests of the file, and they clean up


# ---- the sample sites -----------------------------------------------------------------------------------------------------


class Site:
    """One of the three: its address, what it tells and what it does when told."""

    def __init__(self, base):
        self.base = base
        self.about = self.get("/site.json")

    def get(self, path):
        with _http.open(self.base + path, timeout=60) as answer:
            return json.load(answer)

    def post(self, where, body=b"", **query):
        """post("/control/publish", count=1) -> dict"""
        url = self.base + where + ("?" + urllib.parse.urlencode(query) if query else "")
        if isinstance(body, str):
            body = body.encode()
        request = urllib.request.Request(url, data=body, method="POST", headers={"Content-Type": "application/octet-stream"})
        try:
            with _http.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as e:
            raise AssertionError("%s: %d %s" % (url, e.code, e.read().decode("utf-8", "replace"))) from None

    def publish(self, body=b"", **query):
        return self.post("/control/publish", body, **query)

    def edit(self, **query):
        return self.post("/control/edit", **query)

    def remove(self, **query):
        return self.post("/control/remove", **query)

    def mode(self, **query):
        return self.post("/control/mode", **query)

    def raw(self, path, body, **query):
        return self.post("/control/raw", body, path=path, **query)

    def stats(self):
        return self.get("/stats.json")

    def total(self):
        return self.get("/truth.json?from=0&limit=0")["total"]

    def truth(self):
        """Every article, oldest first."""
        articles, total = [], 1
        while len(articles) < total:
            page = self.get("/truth.json?from=%d&limit=500" % len(articles))
            articles += page["articles"]
            total = page["total"]
        return articles


class Sites:
    """The program renda-site with its three sites."""

    def __init__(self, folder, articles, *options):
        self.process = Process([RENDA_SITE, "--articles", str(articles), "--die-with-parent", *options], folder, "site",
                               stdout=subprocess.PIPE)
        line = self.process.popen.stdout.readline()
        if not line:
            raise AssertionError("renda-site did not start\n" + tail(self.process.log()))
        self.sites = [Site(base) for base in json.loads(line)["bases"]]

    def __iter__(self):
        return iter(self.sites)

    def __getitem__(self, i):
        return self.sites[i]

    def truth(self):
        return [a for s in self.sites for a in s.truth()]

    def total(self):
        return sum(s.total() for s in self.sites)

    def config(self, only=None, **settings):
        """Entries for a config's `sites`: config(poll="1s", delay="0", concurrency=4); only: indexes of sites."""
        return [site_entry(s, **settings) for i, s in enumerate(self.sites) if only is None or i in only]


def site_entry(site, **settings):
    about = site.about
    entry = {"name": about["name"], "org": about["org"], "region": about["region"], "level": about["level"],
             "start": about["start"] + about["feeds"] + about["sitemaps"], "article": [about["article_pattern"]]}
    entry.update(settings)
    return entry


# ---- the ring ---------------------------------------------------------------------------------------------------------------


class Ring:
    """A config, a database and the roles on it, in a folder of their own."""

    def __init__(self, folder, sites, limits=None, env=None, **settings):
        """sites: entries as Sites.config() gives them; settings: other top-level settings (workers=1, feed="ipc://…")."""
        self.folder, self.env, self.limits, self.settings = folder, dict(env or {}), dict(limits or {}), dict(settings)
        self.database = os.path.join(folder, "renda.db")
        self.config = os.path.join(folder, "renda.yaml")
        self.settings.setdefault("database", self.database)
        for name in ("dispatch", "results", "feed"):
            self.settings.setdefault(name, "ipc://%s/%s" % (folder, name))
        self.site_entries = sites
        self.processes = {}
        self.write_config()

    def endpoint(self, name):
        return self.settings[name]

    def write_config(self, name="renda.yaml", **settings):
        """Writes the config (JSON is YAML); with other settings under another name, for one role. Its path."""
        path = os.path.join(self.folder, name)
        whole = {**self.settings, **settings, "sites": self.site_entries}
        if self.limits:
            whole["limits"] = self.limits
        with open(path, "w", encoding="utf-8") as f:
            json.dump(whole, f, ensure_ascii=False, indent=1)
        return path

    # -- processes

    def start(self, role, name=None, config=None, ready=True, env=None):
        """Starts one role and waits until it says that it is ready."""
        p = Process([RENDA, role, "-c", config or self.config], self.folder, name or role, {**self.env, **(env or {})})
        self.processes[name or role] = p
        if ready:
            self.wait_ready(p, 1)
        return p

    def run(self, ready=True):
        """Starts `renda run`; its log is the merged one."""
        p = Process([RENDA, "run", "-c", self.config], self.folder, "run", self.env)
        self.processes["run"] = p
        if ready:
            self.wait_ready(p, 2 + self.settings.get("workers", 1))
        return p

    def wait_ready(self, p, roles, seconds=20):
        def look():
            if not p.alive():
                raise AssertionError("%s ended with %d\n%s" % (p.name, p.popen.returncode, tail(p.log())))
            return p.log().count(" info: ready: ") >= roles
        wait_for("%s is ready" % p.name, seconds, look, lambda: tail(p.log()))

    def command(self, *words, seconds=60, config=True, env=None):
        """Runs a command of renda to its end: (exit code, stdout, stderr)."""
        argv = [RENDA, *words] + (["-c", self.config] if config else [])
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env={**os.environ, **self.env, **(env or {})})
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def roles(self):
        """{role: [pid, …]} of what `renda run` has started now."""
        found = {}
        for pid in self.processes["run"].children():
            found.setdefault(role_of(pid), []).append(pid)
        return found

    def logs(self):
        return "\n".join("%s:\n%s" % (p.name, tail(p.log(), 15)) for p in self.processes.values())

    def log(self):
        """Everything that any start of any process has said."""
        whole = []
        for name in self.processes:
            with open(os.path.join(self.folder, "%s.log" % name), "rb") as f:
                whole.append(f.read().decode("utf-8", "replace"))
        return "\n".join(whole)

    def wait_for(self, what, seconds, condition):
        return wait_for(what, seconds, condition, self.state)

    def state(self):
        """What stands where, for a failure's message."""
        try:
            urls = self.rows("SELECT role, state, COUNT(*) FROM url GROUP BY 1, 2")
            captures = self.rows("SELECT state, COUNT(*), MAX(tries), MAX(sends) FROM capture GROUP BY 1")
            return "urls %s, captures %s, articles %d\n%s" % (urls, captures, self.count("article"), self.logs())
        except sqlite3.Error as e:
            return "%s\n%s" % (e, self.logs())

    # -- the database

    def rows(self, sql, *parameters):
        """Rows of a SELECT; [] as long as there is no database or no such table."""
        if not os.path.exists(self.database):
            return []
        db = sqlite3.connect("file:%s?mode=ro" % urllib.parse.quote(self.database), uri=True, timeout=10)
        try:
            return db.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as e:
            if "no such table" in str(e):
                return []
            raise
        finally:
            db.close()

    def one(self, sql, *parameters):
        """First column of the first row, or None."""
        found = self.rows(sql, *parameters)
        return found[0][0] if found else None

    def count(self, table, where="1", *parameters):
        return self.one("SELECT COUNT(*) FROM %s WHERE %s" % (table, where), *parameters) or 0

    def execute(self, sql, *parameters):
        """Changes the database from outside; the last row's id."""
        db = sqlite3.connect(self.database, timeout=10)
        try:
            with db:
                return db.execute(sql, parameters).lastrowid
        finally:
            db.close()

    def dump(self, *tables):
        """{table: its rows by id}, for comparing before and after."""
        return {t: self.rows("SELECT * FROM %s ORDER BY 1" % t) for t in tables}

    def changes(self, before):
        """What of an earlier dump is no longer so: at most ten ("table", row before, row now)."""
        found = []
        for table, rows in self.dump(*before).items():
            old, new = {row[0]: row for row in before[table]}, {row[0]: row for row in rows}
            found += [(table, old.get(i), new.get(i)) for i in sorted({**old, **new}) if old.get(i) != new.get(i)]
        return found[:10]

    def settled(self):
        """True when no capture waits."""
        return self.count("capture", "state = 'pending'") == 0

    def wait_stored(self, n, seconds):
        """Until n articles are stored and nothing waits."""
        self.wait_for("%d articles stored and nothing pending" % n, seconds,
                      lambda: self.count("article") >= n and self.settled())

    def wait_idle(self, n, seconds):
        """The same, and every URL that was found has been visited."""
        self.wait_stored(n, seconds)
        self.wait_for("every URL visited", seconds, lambda: self.count("url", "state = 'new'") == 0 and self.settled())

    def check(self, case):
        """What must hold of every database at any time."""
        case.assertEqual("ok", self.one("PRAGMA integrity_check"))
        case.assertEqual([], self.rows("SELECT url_id, COUNT(*) FROM article GROUP BY 1 HAVING COUNT(*) > 1"), "stored twice")
        case.assertEqual([], self.rows("SELECT id, COUNT(*) FROM event GROUP BY 1 HAVING COUNT(*) > 1"), "events twice")
        seqs = [row[0] for row in self.rows("SELECT seq FROM event ORDER BY rowid")]
        case.assertEqual(sorted(set(seqs)), seqs, "events out of order")
        case.assertEqual([], self.rows("SELECT a.url, r.seq FROM article a JOIN revision r ON r.id = a.revision_id "
                                       "WHERE r.seq > a.seq OR r.article_id <> a.id"), "current text of another revision")

    def end(self):
        for p in self.processes.values():
            p.end()


# ---- a test case ---------------------------------------------------------------------------------------------------------


class Case(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        if not RENDA or not RENDA_SITE:
            raise AssertionError("set RENDA and RENDA_SITE to the programs, as ctest does")

    def folder(self):
        """A new temporary folder, removed with the test. Short: sockets live in it."""
        path = tempfile.mkdtemp(prefix="renda-")
        _folders.add(path)
        self.addCleanup(_folders.discard, path)
        self.addCleanup(shutil.rmtree, path, ignore_errors=True)
        return path

    def sites(self, articles=50, *options):
        s = Sites(self.folder(), articles, *options)
        self.addCleanup(s.process.end)
        return s

    def ring(self, sites, limits=None, env=None, **settings):
        r = Ring(self.folder(), sites, limits, env, **settings)
        self.addCleanup(r.end)
        return r


def main():
    """Each file ends with this. ctest shows what was printed."""
    unittest.main(verbosity=2)
