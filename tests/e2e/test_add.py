"""`renda add` proposes an entry for each sample site that finds all its articles, used as it is printed; it obeys
robots.txt, keeps its distance, and says in one line why there is nothing to propose."""
import json
import os
import subprocess
import urllib.parse

import ring

ARTICLES = 160  # of each site: several list pages in some columns
FEEDS = ("/rss.xml", "/atom.xml", "/feed.json")
SITEMAPS = ("/sitemap.xml", "/sitemap.xml.gz", "/sitemap_index.xml")
FAMILIES = ("TRS/WCM", "TRS/WCM", "Hanweb JCMS")
CHARSETS = ("utf-8", "gb18030", "utf-8")


class Add(ring.Case):
    def add(self, *words, code=0):
        """Its standard output; with another code, its one line of complaint."""
        done = subprocess.run([os.path.abspath(ring.RENDA), "add", *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, cwd=self.folder())
        out, said = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(code, done.returncode, said + out)
        if code == 0:
            self.assertEqual("", said)
            return out
        self.assertEqual("", out)
        self.assertEqual(1, len(said.splitlines()), said)
        return said

    def finds_all(self, entry, site):
        """The entry, as it was printed, is a config; its ring stores what the site's truth tells."""
        r = self.ring([])
        with open(r.config, "w", encoding="utf-8") as f:
            f.write(entry)
        code, out, said = r.command("check", "--offline")
        self.assertEqual((0, ""), (code, said), entry)
        r.settings["workers"] = os.cpu_count()
        r.run()
        r.wait_stored(ARTICLES, 60)
        self.assertEqual({a["url"] for a in site.truth()}, {url for url, in r.rows("SELECT url FROM article")})
        self.assertEqual(0, r.processes["run"].stop())
        r.end()

    def test_sample_sites(self):
        sites = self.sites(ARTICLES)
        for i, site in enumerate(sites):
            with self.subTest(site.about["name"]):
                told = json.loads(self.add("--json", site.base + "/"))
                self.is_described(told, site.about, i)
                starts = {s["url"] for s in told["start"]}
                lists = {urllib.parse.urljoin(site.base, path) for path in site.about["start"][1:]}
                self.assertLessEqual(lists, starts)
                kinds = {s["kind"] for s in told["start"]}
                self.assertEqual({"home page", "list", "feed", "sitemap"}, kinds)
                self.are_read(told["samples"], site)
                self.finds_all(self.add(site.base + "/"), site)

    def is_described(self, told, about, i):
        for key in ("org", "region", "level"):
            self.assertEqual(about[key], told[key])
        self.assertIn("人大", told["name"])
        self.assertEqual((FAMILIES[i], CHARSETS[i]), (told["cms"], told["charset"]))
        self.assertEqual(1, len(told["article"]))

    def are_read(self, samples, site):
        truth = {a["url"]: a for a in site.truth()}
        self.assertEqual(10, len({s["url"] for s in samples}))
        for s in samples:
            a = truth[s["url"]]
            self.assertEqual((a["title"], a["published"], a["source"]), (s["title"], s["published"][:10], s["source"]))
            self.assertEqual(len(a["text"]), s["characters"])
            self.assertGreater(s["findings"], 0)

    def test_lists_only(self):
        """Sites without feeds and sitemaps: what is proposed still finds every article."""
        sites = self.sites(ARTICLES)
        for site in sites:
            with self.subTest(site.about["name"]):
                site.raw("/robots.txt", "", type="text/plain", status=404)
                for path in FEEDS + SITEMAPS:
                    site.raw(path, "", status=404)
                told = json.loads(self.add("--json", site.base + "/"))
                self.assertEqual({"home page", "list"}, {s["kind"] for s in told["start"]})
                self.finds_all(self.add(site.base + "/"), site)

    def test_addresses_like_no_one_s(self):
        """A site whose articles' addresses have a shape that nobody knows: learned from the titles."""
        site = self.sites(5)[0]
        rows = "".join('<li><a href="/p/x%d/">某某市人大常委会举行第%d次学习会的消息</a></li>' % (i, i) for i in range(1, 9))
        site.raw("/h/", "<title>某某市人大</title><ul>%s</ul><p>主办：某某市人大常委会</p>" % rows)
        for i in range(1, 9):
            site.raw("/p/x%d/" % i, "<title>x</title><h1>某某市人大常委会举行第%d次学习会的消息</h1><p>2025-03-14 来源：某某人大</p><div id=zoom>%s</div>" % (
                i, "<p>某某市人大常委会举行学习会，学习有关法律的规定，研究下一步的工作安排。</p>" * 5))
        site.raw("/robots.txt", "", type="text/plain", status=404)
        for path in SITEMAPS:
            site.raw(path, "", status=404)
        told = json.loads(self.add("--json", site.base + "/h/"))
        self.assertEqual([r"/x\d+/$"], told["article"])
        self.assertEqual((8, 8), (told["articles"], len([s for s in told["samples"] if s.get("characters", 0) > 100])))
        self.assertEqual("某某市人大常委会", told["org"])

    def test_behind_a_page_that_leads_on(self):
        site = self.sites(20)[0]
        site.raw("/w/", "<title>x</title><meta http-equiv=refresh content='0;url=/w/a.html'>")
        site.raw("/w/a.html", "<title>x</title><script>location.href='/index.html'</script>")
        told = json.loads(self.add("--json", site.base + "/w/"))
        self.assertEqual(site.base + "/index.html", told["home"])
        self.assertEqual(20, told["articles"])

    def test_robots(self):
        """What robots.txt closes is not asked for, and the time it wishes is kept."""
        site = self.sites(20)[0]
        site.raw("/robots.txt", "User-agent: *\nDisallow: /lifa/\nDisallow: /zt/\nDisallow: /*.xml\nCrawl-delay: 0.05\n", type="text/plain")
        told = json.loads(self.add("--json", site.base + "/"))
        self.assertEqual([], [s["url"] for s in told["start"] if "/lifa/" in s["url"] or s["url"].endswith(".xml")])
        stats = site.stats()
        self.assertEqual(4, stats["requests"]["list"], "of the five columns")
        self.assertGreaterEqual(stats["min_interval_ms"], 25)
        self.assertEqual(0, stats["requests"]["asset"])

    def test_limit(self):
        """No more pages than told, beside ten articles."""
        site = self.sites(20)[0]
        told = json.loads(self.add("--json", "--pages", "3", site.base + "/"))
        self.assertLessEqual(told["pages"], 3 + 10)

    def test_feed_itself(self):
        site = self.sites(20)[2]
        told = json.loads(self.add("--json", site.base + "/atom.xml"))
        self.assertIn({"url": site.base + "/atom.xml", "kind": "feed", "articles": 20}, told["start"])

    def test_check_of_a_folder(self):
        """Entries as files: included in a config, and checked by themselves."""
        folder = self.folder()
        for i, site in enumerate(self.sites(20)):
            with open(os.path.join(folder, "%d.yaml" % i), "w", encoding="utf-8") as f:
                f.write(self.add(site.base + "/"))
        r = self.ring([])
        self.assertEqual((0, "%s: 3 sites, nothing wrong\n" % folder, ""), r.command("check", "--offline", folder, config=False))
        code, out, said = r.command("check", folder, config=False)
        self.assertEqual((0, ""), (code, said))
        rows = len([line for line in out.splitlines() if " ok" in line])
        with open(r.config, "w", encoding="utf-8") as f:
            f.write("include: %s/*.yaml\n" % folder)
        code, out, said = r.command("check")
        self.assertEqual((0, "", rows), (code, said, len([line for line in out.splitlines() if " ok" in line])))
        self.assertGreater(rows, 3 * 5)
        with open(os.path.join(folder, "9.yaml"), "w", encoding="utf-8") as f:
            f.write("sites:\n- name: nowhere\n  start: http://127.0.0.1:9/\n  checked: never\n")
        code, out, said = r.command("check", folder, config=False)
        self.assertEqual(1, code)
        self.assertRegex(said, r"^renda: nowhere: http://127.0.0.1:9/: its robots.txt cannot be had[^\n]*\n"
                               r"renda: 1 of %d start pages failed\n$" % (rows + 1))

    def test_errors(self):
        site = self.sites(5)[0]
        site.raw("/robots.txt", "User-agent: *\nDisallow: /closed/\n", type="text/plain")
        site.raw("/words/", "<title>x</title><p>Nothing leads on from here.</p>")
        site.raw("/picture/", "\x89PNG\r\n\x1a\n", type="image/png")
        for path in SITEMAPS:
            site.raw(path, "", status=404)
        rows = [("/closed/", "robots.txt.*does not allow"), ("/missing.html", "answers 404"), ("/words/", "nothing at .* leads to articles"),
                ("/picture/", "no home page|leads to articles")]
        for path, words in rows:
            with self.subTest(path):
                self.assertRegex(self.add(site.base + path, code=1), words)
        with self.subTest("robots.txt fails"):
            site.raw("/robots.txt", "", type="text/plain", status=503)
            self.assertRegex(self.add(site.base + "/", code=1), "robots.txt .*cannot be had.*503")
        for words, said in ((("www.example.org",), "http://"), (("http://www.example.org/",), "--contact"),
                            (("http://127.0.0.1:9/",), "cannot be had"), (("file:///nowhere/at/all",), "cannot read"),
                            (("--contact", "nobody", "http://www.example.org/"), "neither an e-mail address")):
            with self.subTest(words):
                self.assertIn(said, self.add(*words, code=1))
        for words in ((), ("http://a.cn/", "http://b.cn/"), ("--pages", "0", "http://127.0.0.1:9/"), ("--nonsense", "x")):
            with self.subTest(words):
                self.add(*words, code=2)


if __name__ == "__main__":
    ring.main()
