"""robots.txt is read before anything else of a host, obeyed, kept, and its sitemaps are used."""

import ring

ARTICLES = 30


class Robots(ring.Case):
    def one_site(self, robots, status=200, start=None, **settings):
        sites = self.sites(ARTICLES)
        site = sites[2]
        site.raw("/robots.txt", robots.replace("BASE", site.base), type="text/plain", status=status)
        entry = ring.site_entry(site, poll="1s", delay="0", concurrency=4, **settings)
        if start is not None:
            entry["start"] = [site.base + path for path in start]
        return site, self.ring([entry], workers=1)

    def test_disallowed(self):
        """A closed column: nothing of it is asked for, everything else is stored, and the site says so."""
        site, r = self.one_site("User-agent: *\nDisallow: /art/*/art_19_\nDisallow: /col/list.asp?id=18\n")
        closed = [a["url"] for a in site.truth() if "/art_19_" in a["url"]]
        rest = [a["url"] for a in site.truth() if "/art_19_" not in a["url"]]
        self.assertTrue(closed and rest)
        r.run()
        r.wait_for("%d articles stored" % len(rest), 30, lambda: r.count("article") == len(rest) and r.settled())
        r.wait_for("the closed ones told", 10, lambda: r.count("url", "state = 'robots denied' AND role = 'article'") == len(closed))
        self.assertEqual(0, r.one("SELECT COUNT(*) FROM visit v JOIN url u ON u.id = v.url_id WHERE u.state = 'robots denied' "
                                  "AND v.status IS NOT NULL"), "something closed was asked for")
        self.assertEqual([], r.rows("SELECT a.url FROM article a WHERE a.url LIKE '%/art_19_%'"))
        code, out, _ = r.command("status")
        self.assertEqual(0, code)
        self.assertIn("robots denied", out)
        ring.say("%d stored, %d not asked for" % (len(rest), len(closed)))

    def test_asked_once(self):
        """It is the first thing asked for, and believed across a restart of the producer."""
        site, r = self.one_site("User-agent: *\nAllow: /\n")
        run = r.run()
        r.wait_stored(ARTICLES, 30)
        first = r.one("SELECT robots_at FROM host")
        self.assertLessEqual(first, r.one("SELECT MIN(at) FROM visit"))
        run.stop()
        r.run()
        before = r.one("SELECT MAX(id) FROM visit")
        r.wait_for("a visit after the restart", 20, lambda: r.one("SELECT MAX(id) FROM visit") > before)
        self.assertEqual(first, r.one("SELECT robots_at FROM host"))

    def test_slower(self):
        """Crawl-delay lengthens the host's delay."""
        site, r = self.one_site("User-agent: Renda\nCrawl-delay: 0.2\n")
        site.post("/control/reset_stats")
        r.run()
        r.wait_for("twenty visits", 30, lambda: r.count("visit") >= 20)
        times = [at - took for at, took in r.rows("SELECT at, took_ms FROM visit ORDER BY id")]
        gaps = [b - a for a, b in zip(times, times[1:])]
        ring.say("gaps between requests with Crawl-delay 0.2: min %d ms" % min(gaps))
        self.assertGreaterEqual(min(gaps), 190)

    def test_fails(self):
        """A host whose robots.txt fails is left alone, and goes on once it answers."""
        site, r = self.one_site("", status=503)
        run = r.run()
        r.wait_for("the start pages told", 20, lambda: r.count("url", "state = 'unreachable' AND state_why LIKE 'robots.txt%'") > 0)
        self.assertEqual(0, r.count("visit", "status IS NOT NULL"), "something was asked for")
        self.assertEqual("unreachable", r.one("SELECT state FROM site"))
        run.stop()
        site.raw("/robots.txt", "User-agent: *\nDisallow:\n", type="text/plain")
        r.run()
        r.wait_stored(ARTICLES, 40)
        self.assertEqual("ok", r.one("SELECT state FROM site"))

    def test_sitemap(self):
        """Articles are found through the sitemap that robots.txt names, when nothing else leads to them."""
        site, r = self.one_site("User-agent: *\nSitemap: BASE/sitemap.xml\nSitemap: http://127.0.0.9/other.xml\n", start=["/start.html"])
        site.raw("/start.html", "<html><body><p>欢迎访问</p></body></html>", type="text/html")
        r.run()
        r.wait_stored(ARTICLES, 30)
        self.assertEqual(0, r.count("url", "url LIKE '%127.0.0.9%'"))


if __name__ == "__main__":
    ring.main()
