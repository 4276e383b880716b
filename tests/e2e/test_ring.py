"""The main job, end to end: what three sample sites publish is stored once and as published, what they publish, edit or
remove meanwhile is noticed in time, and every event is told once. Redirects and politeness as the websites see them."""

import datetime
import http.server
import random
import threading
import time
import urllib.parse

import msgpack
import zmq

import ring

ARTICLES = 160  # of each site: two list pages in every column
POLL_MS = 1000
LATE_MS = 300  # a new article is stored at most so long after a poll
ROUNDS = 12    # of publishing one article on each site
MISMATCHES_SHOWN = 12
FEEDS = ("/rss.xml", "/atom.xml", "/feed.json")


def same(a, b):
    """Numbers are compared as numbers; the database keeps them as decimal text."""
    if a == b:
        return True
    try:
        return abs(float(a) - float(b)) <= 1e-9 * abs(float(b))
    except (TypeError, ValueError):
        return (a or "") == (b or "")


def shorten(text, other):
    """Where two texts part."""
    if text is None or other is None:
        return repr(text)
    at = next((i for i, (x, y) in enumerate(zip(text, other)) if x != y), min(len(text), len(other)))
    return "…%r… (at %d of %d)" % (text[max(0, at - 15):at + 25], at, len(text))


class Feed:
    """A subscriber of the live feed."""

    def __init__(self, case, r):
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.SUB)
        self.socket.setsockopt(zmq.RCVHWM, 100000)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 10)
        self.socket.setsockopt(zmq.SUBSCRIBE, b"")
        self.socket.connect(r.endpoint("feed"))
        self.events = []  # (seq, topic, payload)
        case.addCleanup(self.context.destroy, 0)

    def read(self):
        while self.socket.poll(0):
            frames = self.socket.recv_multipart()
            if frames[0] != b"renda.hint":
                topic, seq, payload = frames
                self.events.append((int(seq), topic.decode(), payload))
        return self.events


class Stored(ring.Case):
    """One ring for three sites; its story is one test, because each part goes on from the one before."""

    def test_what_is_published_is_stored(self):
        self.site = self.sites(ARTICLES)
        entries = self.site.config(poll="%dms" % POLL_MS, delay="0", concurrency=4)
        for entry in entries:
            entry["start"] = [url for url in entry["start"] if not url.endswith(".gz")]  # has a test of its own
        self.r = self.ring(entries, workers=1)
        self.feed = Feed(self, self.r)
        started = time.monotonic()
        self.r.run()
        self.r.wait_stored(3 * ARTICLES, 60)
        ring.say("%d articles stored in %.1f s" % (3 * ARTICLES, time.monotonic() - started))
        for part in (self.all_are_stored, self.as_published, self.figures, self.unchanged, self.published, self.edited,
                     self.removed, self.events, self.live):
            with self.subTest(part.__name__):
                part()
        self.assertEqual(0, self.r.processes["run"].stop())
        self.r.check(self)

    def all_are_stored(self):
        """Each once, and found through a list page."""
        truth = {a["url"] for a in self.site.truth()}
        stored = [row[0] for row in self.r.rows("SELECT url FROM article")]
        self.assertEqual(len(stored), len(set(stored)), "stored twice")
        self.assertEqual(truth, set(stored))
        self.assertEqual([], self.r.rows(
            "SELECT a.url FROM article a JOIN url u ON u.id = a.url_id LEFT JOIN url l ON l.id = u.found_on "
            "WHERE l.role IS NULL OR l.role = 'article'"), "not found through a list page")
        self.assertEqual([], self.r.rows("SELECT id, why FROM capture WHERE state <> 'settled' OR tries > 0"))
        self.assertEqual([("ok",)] * 3, self.r.rows("SELECT state FROM site"))

    def as_published(self):
        """Title, date, source and text, to the letter. (The truth has days; a page may tell the minute, too.)"""
        wrong = []
        for a in self.site.truth():
            row = self.r.rows("SELECT title, published, source, text FROM article WHERE url = ?", a["url"])[0]
            for name, stored in zip(("title", "published", "source", "text"), row):
                if name == "published":
                    stored = (stored or "")[:len("2025-01-01")]
                if stored != a[name]:
                    wrong.append("%s: %s\n      stored    %s\n      published %s" % (
                        a["url"], name, shorten(stored, a[name]), shorten(a[name], stored)))
        ring.say("as published, to the letter: %d of %d fields" % (12 * ARTICLES - len(wrong), 12 * ARTICLES))
        self.assertEqual(0, len(wrong), "\n  " + "\n  ".join(wrong[:MISMATCHES_SHOWN]))

    def figures(self):
        """Planted figures among the stored ones: by value and unit, then also by measure."""
        planted = found = with_metric = metric_found = 0
        missed = []
        for a in self.site.truth():
            stored = self.r.rows("SELECT f.value, f.unit, f.metric FROM finding f JOIN article a ON a.id = f.article_id "
                                 "AND a.revision_id = f.revision_id WHERE a.url = ? AND f.kind = 'figure'", a["url"])
            for f in a["findings"]:
                if f["kind"] != "figure" or f.get("optional"):
                    continue
                planted += 1
                with_metric += "metric" in f
                near = [s for s in stored if same(s[0], f["value"]) and same(s[1], f.get("unit"))]
                match = next((s for s in near if s[2] == f.get("metric")), near[0] if near else None)
                if match is None:
                    missed.append(f["quote"])
                    continue
                stored.remove(match)
                found += 1
                metric_found += "metric" in f and match[2] == f["metric"]
        ring.say("planted figures stored: %d of %d, %.3f; with their measure: %d of %d, %.3f" % (
            found, planted, found / planted, metric_found, with_metric, metric_found / with_metric))
        self.assertGreaterEqual(found / planted, 0.9, "missed, for example: %s" % missed[:5])

    def unchanged(self):
        """304 as long as nothing changes, and no capture; the same body without entity tags gives none either."""
        for tags, outcome in ((1, "not modified"), (0, "same")):
            for s in self.site:
                s.mode(etag=tags)
            starts = self.r.count("url", "start_page = 1")
            captures, since = self.r.count("capture"), self.r.one("SELECT MAX(id) FROM visit")
            self.r.wait_for("every start page %s" % outcome, 20, lambda: self.r.one(
                "SELECT COUNT(DISTINCT v.url_id) FROM visit v JOIN url u ON u.id = v.url_id "
                "WHERE v.id > ? AND v.outcome = ? AND u.start_page = 1", since, outcome) == starts)
            self.assertEqual(captures, self.r.count("capture"))
        for s in self.site:
            s.mode(etag=1)

    def latencies(self):
        took = []
        for _ in range(ROUNDS):
            time.sleep(random.uniform(0, POLL_MS / 2000))  # not in step with the polls
            new = [s.publish() for s in self.site]
            for n in new:
                stored_at = self.r.wait_for("'%s' stored" % n["url"], 20, lambda: self.r.one(
                    "SELECT stored_at FROM article WHERE url = ?", n["url"]))
                took.append(stored_at - n["published_at_ms"])
        ring.say("published → stored, poll %d ms, n=%d: p50 %d ms, p99 %d ms" % (
            POLL_MS, len(took), ring.percentile(took, 50), ring.percentile(took, 99)))
        return took

    def published(self):
        worst = ring.percentile(self.latencies(), 99)
        if worst > POLL_MS + LATE_MS:  # the machine may have been busy with something else: once more
            worst = ring.percentile(self.latencies(), 99)
        self.assertLessEqual(worst, POLL_MS + LATE_MS)

    def edited(self):
        """A new text is a new revision, an event and other findings; the old text stays in the history."""
        r, site = self.r, self.site[0]
        before = site.truth()[5]
        url = before["url"]
        old = r.rows("SELECT id, revision_id, text FROM article WHERE url = ?", url)[0]
        site.edit(url=url)
        r.execute("UPDATE url SET next_visit_at = 0, priority = 0 WHERE url = ?", url)  # due, as it is after a while
        r.wait_for("a second revision", 20, lambda: r.one("SELECT revisions FROM article WHERE url = ?", url) == 2)
        new = r.rows("SELECT id, revision_id, text FROM article WHERE url = ?", url)[0]
        after = site.truth()[5]
        self.assertNotEqual(before["text"], after["text"])
        self.assertEqual(old[0], new[0])
        self.assertNotEqual(old[1:], new[1:])
        self.assertEqual([(1, old[2]), (2, new[2])], r.rows("SELECT seq, text FROM revision WHERE article_id = ? ORDER BY seq", old[0]))
        self.assertEqual([("article.new",), ("article.revised",)], r.rows(
            "SELECT topic FROM event WHERE article_id = ? AND topic LIKE 'article.%' ORDER BY seq", old[0]))
        figures = {(str(f["value"]), f.get("unit")) for f in after["findings"] if f["kind"] == "figure"}
        changed = figures - {(str(f["value"]), f.get("unit")) for f in before["findings"] if f["kind"] == "figure"}
        stored = set(r.rows("SELECT value, unit FROM v_figure WHERE url = ?", url))
        self.assertTrue(changed and changed <= stored, "the new figure %s is not among %s" % (changed, stored))

    def removed(self):
        """Gone or replaced by a notice: the article stays, with its last text."""
        r = self.r
        for i, (status, state) in enumerate(((410, "gone"), (404, "gone"), (200, "ok"))):
            site = self.site[i]
            url = site.truth()[7]["url"]
            before = r.rows("SELECT id, text, revisions FROM article WHERE url = ?", url)
            site.remove(url=url, status=status)
            last = r.one("SELECT MAX(id) FROM visit")
            r.execute("UPDATE url SET next_visit_at = 0, priority = 0 WHERE url = ?", url)
            r.wait_for("the removed '%s' visited" % url, 20, lambda: r.one(
                "SELECT 1 FROM visit v JOIN url u ON u.id = v.url_id WHERE u.url = ? AND v.id > ?", url, last))
            r.wait_for("its capture settled", 20, r.settled)
            self.assertEqual(state, r.one("SELECT state FROM url WHERE url = ?", url), "removed with %d" % status)
            self.assertEqual(before, r.rows("SELECT id, text, revisions FROM article WHERE url = ?", url))
        self.assertEqual("soft404", r.one("SELECT class FROM capture c JOIN url u ON u.id = c.url_id WHERE u.url = ? "
                                          "ORDER BY c.id DESC LIMIT 1", url))

    def events(self):
        """The outbox: in order, one event for each text, with the findings that are stored."""
        r = self.r
        articles = r.count("article")
        self.assertEqual([("article.new", articles), ("article.revised", 1)], r.rows(
            "SELECT topic, COUNT(*) FROM event GROUP BY 1 ORDER BY 1"))
        self.assertEqual([], r.rows("SELECT article_id, topic, COUNT(*) FROM event GROUP BY 1, 2 HAVING COUNT(*) > 1"))
        told = {}
        for article, payload in r.rows("SELECT article_id, payload FROM event ORDER BY seq"):
            told[article] = sorted((f["kind"], f["start"], f["end"], f["quote"]) for f in msgpack.unpackb(payload, raw=False)["findings"])
        stored = {article: [] for article in told}
        for article, *finding in r.rows("SELECT f.article_id, kind, start_at, end_at, quote FROM finding f JOIN article a "
                                        "ON a.id = f.article_id AND a.revision_id = f.revision_id"):
            stored[article].append(tuple(finding))
        self.assertEqual({article: sorted(found) for article, found in stored.items()}, told)

    def live(self):
        """The feed says what the outbox says, with the same numbers: each event, then its findings one by one."""
        last = self.r.one("SELECT MAX(seq) FROM event")
        payload = msgpack.unpackb(self.r.one("SELECT payload FROM event WHERE seq = ?", last), raw=False)
        whole = 1 + len(payload["findings"])
        self.r.wait_for("event %d on the feed" % last, 10, lambda: sum(seq == last for seq, _, _ in self.feed.read()) == whole)
        told = self.feed.events
        events = [event for event in told if event[1].startswith("article.")]
        came = {seq for seq, _, _ in events}  # a subscriber that is too slow misses some, and asks the outbox for them
        rows = self.r.rows("SELECT seq, topic, payload FROM event WHERE seq >= ? ORDER BY seq", events[0][0])
        ring.say("  feed: %d of %d events" % (len(events), len(rows)))
        self.assertEqual([row for row in rows if row[0] in came], events)
        self.assertGreater(len(events), len(rows) / 2)
        parts = {}
        for seq, topic, message in told:
            parts.setdefault(seq, []).append((topic, msgpack.unpackb(message, raw=False)))
        whole = 0
        for seq, [(topic, article), *findings] in parts.items():
            if not topic.startswith("article.") or len(findings) < len(article["findings"]):
                continue  # the subscriber was too slow for this one
            whole += 1
            self.assertEqual(["finding." + f["kind"] for f in article["findings"]], [topic for topic, _ in findings])
            self.assertEqual([dict(finding=f, part=i, **{k: v for k, v in article.items() if k != "findings"})
                              for i, f in enumerate(article["findings"])], [message for _, message in findings])
        self.assertGreater(whole, len(rows) / 2)
        ring.say("%d of %d events on the feed, from seq %d" % (len(events), self.r.count("event"), events[0][0]))


class Ways(ring.Case):
    """Every article is found through each way alone, with the others switched off; the sites' own truth is the judge."""

    def alone(self, starts, closed=(), only=None):
        """A ring on the sample sites that starts from starts(site), paths beginning with / or whole addresses. What the
        closed paths name is not there; robots.txt names no sitemap."""
        sites = self.sites(ARTICLES)
        entries = sites.config(only=only, poll="1h", delay="0", concurrency=4)
        sites.sites = [s for i, s in enumerate(sites) if only is None or i in only]
        for entry, site in zip(entries, sites):
            entry["start"] = [urllib.parse.urljoin(site.base, path) for path in starts(site)]
            site.raw("/robots.txt", "User-agent: *\nAllow: /\n", type="text/plain")
            for path in closed:
                site.raw(path, "", status=404)
        r = self.ring(entries, workers=1)
        r.run()
        r.wait_stored(len(entries) * ARTICLES, 60)
        self.assertEqual({a["url"] for a in sites.truth()}, {url for url, in r.rows("SELECT url FROM article")})
        return r

    def roles(self, r):
        """Of the addresses that were there."""
        return {role for role, in r.rows("SELECT DISTINCT role FROM url WHERE role <> 'article' AND state <> 'gone'")}

    def test_lists_alone(self):
        r = self.alone(lambda site: site.about["start"], closed=FEEDS)
        self.assertEqual({"list"}, self.roles(r))
        ring.say("%d articles found through %d list pages" % (r.count("article"), r.count("url", "role = 'list'")))

    def test_lists_tell_of_links(self):
        """A link that a column's list shows carries its day, title and column."""
        sites = self.sites(30)
        entries = sites.config(poll="1h", delay="0", concurrency=4)
        for entry, site in zip(entries, sites):
            entry["start"] = [urllib.parse.urljoin(site.base, path) for path in site.about["start"][1:]]
            site.raw("/robots.txt", "", type="text/plain", status=404)
        r = self.ring(entries, workers=1)
        r.run()
        r.wait_stored(90, 30)
        told = {url: tuple(hints) for url, *hints in r.rows("SELECT url, hint_title, hint_date, hint_column FROM url WHERE role = 'article'")}
        self.assertEqual({a["url"]: (a["title"], a["published"][:10], a["column"]) for a in sites.truth()}, told)

    def test_days_without_a_year(self):
        """They are of the year of the visit, or of the one before: never of tomorrow."""
        site = self.sites(5)[0]
        china = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)
        days = [(china + datetime.timedelta(days=n)).date() for n in (-40, -2, 2, 40)]  # today may end while this runs
        days = [d - datetime.timedelta(days=(d.month, d.day) == (2, 29)) for d in days]
        site.raw("/days/", "<title>要闻</title><ul>%s</ul>" % "".join(
            '<li><a href="/days/100%d.html">市人大常委会会议</a> [%02d-%02d]</li>' % (i, d.month, d.day) for i, d in enumerate(days)))
        r = self.ring([{"name": "days", "start": [site.base + "/days/"], "article": [r"/days/\d+\.html$"], "poll": "1h", "delay": "0"}], workers=1)
        r.run()
        r.wait_for("four links", 20, lambda: r.count("url", "url LIKE '%/days/100%'") == 4)
        told = [day for day, in r.rows("SELECT hint_date FROM url WHERE url LIKE '%/days/100%' ORDER BY url")]
        want = [max(d2 for d2 in (d.replace(year=china.year), d.replace(year=china.year - 1)) if d2 <= china.date()) for d in days]
        self.assertEqual([d.isoformat() for d in want], told)

    def test_first_list_pages_alone(self):
        """One list page of each column; all others by following pages: links, page=, createPageHTML."""
        r = self.alone(lambda site: site.about["start"][1:], closed=FEEDS)
        self.assertEqual({"list"}, self.roles(r))
        followed = dict(r.rows("SELECT s.name, COUNT(*) FROM url u JOIN site s ON s.id = u.site_id "
                               "WHERE u.role = 'list' AND u.start_page = 0 GROUP BY 1"))
        self.assertEqual(3, len(followed), "each site has columns of several pages")
        ring.say("%d articles found through %d first pages and %s that follow" % (
            r.count("article"), r.count("url", "start_page = 1"), list(followed.values())))

    def test_feeds_alone(self):
        for path in FEEDS:
            with self.subTest(path):
                r = self.alone(lambda site: [path + "?limit=1000"])
                self.assertEqual(3, r.count("url", "role <> 'article'"))
                self.assertEqual([("feed",)], r.rows("SELECT DISTINCT class FROM capture WHERE class <> 'article'"))
                r.end()

    def test_feed_named_by_a_page(self):
        """A page without any list names its feed in its head."""
        sites = self.sites(ARTICLES)
        entries = sites.config(poll="1h", delay="0", concurrency=4)
        for entry, site in zip(entries, sites):
            site.raw("/about.html", '<html><head><title>x</title><link rel="alternate" type="application/atom+xml" '
                     'href="/atom.xml?limit=1000"></head><body>x</body></html>')
            site.raw("/robots.txt", "", type="text/plain", status=404)
            entry["start"] = [site.base + "/about.html"]
        r = self.ring(entries, workers=1)
        r.run()
        r.wait_stored(3 * ARTICLES, 60)
        self.assertEqual({a["url"] for a in sites.truth()}, {url for url, in r.rows("SELECT url FROM article")})
        self.assertEqual(3, r.count("url", "role = 'feed'"))

    def test_sitemaps_alone(self):
        """Plain, compressed, and by way of an index of compressed ones."""
        for path, pages in (("/sitemap.xml", 3), ("/sitemap.xml.gz", 3), ("/sitemap_index.xml", 6)):
            with self.subTest(path):
                r = self.alone(lambda site: [path])
                self.assertEqual(pages, r.count("url", "role <> 'article'"))
                self.assertEqual([("sitemap",)], r.rows("SELECT DISTINCT class FROM capture WHERE class <> 'article'"))
                r.end()


class Politeness(ring.Case):
    def test_delay(self):
        site = self.sites(30)
        r = self.ring(site.config(only=[0], poll="1h", delay="50ms", concurrency=1), workers=1)
        r.run()
        r.wait_stored(30, 60)
        stats = site[0].stats()
        visits, took = r.rows("SELECT COUNT(*), MAX(at - took_ms) - MIN(at - took_ms) FROM visit")[0]
        ring.say("delay 50 ms: %d visits in %d ms; the site saw at most %d at once, %s ms between two" % (
            visits, took, stats["in_flight_max"], stats["min_interval_ms"]))
        self.assertEqual(1, stats["in_flight_max"])
        self.assertGreaterEqual(took, (visits - 1) * 50 - 10)
        self.assertGreaterEqual(stats["min_interval_ms"], 5)  # the way to the server is not always as long

    def test_concurrency(self):
        site = self.sites(40)
        site[1].mode(slow_ms=60)
        r = self.ring(site.config(only=[1], poll="1h", delay="0", concurrency=3), workers=1)
        r.run()
        r.wait_stored(40, 60)
        stats = site[1].stats()
        ring.say("concurrency 3: at most %(in_flight_max)d at once" % stats)
        self.assertEqual(3, stats["in_flight_max"])


class Redirects(ring.Case):
    def test_behind_a_hop(self):
        """Articles that answer with a 302 are stored under the address they end at, once."""
        site = self.sites(40)
        site[0].mode(redirect=1)
        r = self.ring(site.config(only=[0], poll="1h", delay="0", concurrency=4), workers=1)
        r.run()
        r.wait_stored(40, 60)
        truth = {a["url"]: a["title"] for a in site[0].truth()}
        stored = dict(r.rows("SELECT f.url, a.title FROM url f JOIN url t ON t.id = f.redirect_to JOIN article a ON a.url_id = t.id "
                             "WHERE f.state = 'redirected'"))
        self.assertEqual(truth, stored)
        self.assertEqual(40, r.count("article"))

    def test_refused(self):
        """Circles, endless chains, and ways out of the web: each refused with its reason, and not asked for again and again."""
        server = Hops(self)
        rows = [
            # where it begins, where it is refused, why
            ("/self", "/self", "itself"),
            ("/circle/a", "/circle/b", "circle"),
            ("/chain/0", "/chain/5", "more than 5 redirects"),
            ("/file", "/file", "no web address"),
            ("/ftp", "/ftp", "no web address"),
            ("/private", "http://127.0.0.2:%d/other" % server.port, "private address"),
        ]
        for where, make in (("article", lambda path: path), ("list", lambda path: "/list" + path)):
            with self.subTest(where):
                starts = ["/list" + row[0] for row in rows] if where == "list" else ["/"]
                r = self.ring([{"name": "hops", "start": [server.base + p for p in starts], "article": ["/"], "poll": "1h", "delay": "0"}],
                              workers=1)
                server.links, server.seen = [row[0] for row in rows], []
                r.run()
                for begins, ends, why in rows:
                    url = ends if ends.startswith("http") else server.base + make(ends)
                    if where == "list" and ends.startswith("http"):
                        continue  # the same address as above
                    r.wait_for("'%s' refused" % url, 15, lambda: r.one("SELECT state FROM url WHERE url = ?", url) == "refused")
                    self.assertIn(why, r.one("SELECT state_why FROM url WHERE url = ?", url), begins)
                asked = max(server.seen.count(path) for path in server.seen)
                self.assertLessEqual(asked, 2, "asked for again and again: %s" % server.seen)
                self.assertEqual(0, r.count("article"))
                r.end()


class Hops:
    """A web server of redirects."""

    def __init__(self, case):
        hops = self
        self.links, self.seen = [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                hops.seen.append(self.path)
                to = hops.target(self.path)
                body = b"" if to else ("<html><title>Hops</title><ul>%s</ul></html>" % "".join(
                    '<li><a href="%s">A link that leads somewhere else %d</a> 2025-06-01</li>' % (path, i)
                    for i, path in enumerate(hops.links))).encode()
                self.send_response(302 if to else 200 if self.path == "/" else 404)
                if to:
                    self.send_header("Location", to)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.base = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        case.addCleanup(self.server.server_close)
        case.addCleanup(self.server.shutdown)

    def target(self, path):
        list_page, path = path.startswith("/list/"), path[5:] if path.startswith("/list/") else path
        prefix = "/list" if list_page else ""
        if path == "/self":
            return prefix + path
        if path.startswith("/circle/"):
            return prefix + "/circle/" + ("b" if path.endswith("a") else "a")
        if path.startswith("/chain/"):
            return prefix + "/chain/%d" % (int(path[7:]) + 1)
        return {"/file": "file:///etc/passwd", "/ftp": "ftp://127.0.0.1/x",
                "/private": "http://127.0.0.2:%d/other" % self.port}.get(path)


if __name__ == "__main__":
    ring.main()
