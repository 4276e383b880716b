"""`renda add` proposes an entry for each sample site that finds all its articles, used as it is printed; it obeys
robots.txt, keeps its distance, and says in one line why there is nothing to propose."""
import http.server
import json
import os
import subprocess
import threading
import urllib.parse
import urllib.request

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

    def test_redirects(self):
        """A site may send us on within itself, and to other sites, but not to files and not into a private network."""
        hops = {"/": "/index.html", "/file/": "file:///etc/passwd", "/private/": "http://127.0.0.2:9/", "/circle/": "/circle/"}
        page = "<title>某某市人大</title>" + "".join('<li><a href="/202503/t20250314_%d.html">某某市人大常委会举行会议</a></li>' % i for i in range(9))

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                to = hops.get(self.path)
                self.send_response(302 if to else 200 if self.path == "/index.html" else 404)
                self.send_header("Location", to or "")
                self.end_headers()
                self.wfile.write(page.encode() if self.path == "/index.html" else b"")

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        base = "http://127.0.0.1:%d" % server.server_address[1]
        told = json.loads(self.add("--json", base + "/"))
        self.assertEqual((base + "/index.html", 9), (told["home"], told["articles"]))
        for path, words in (("/file/", "no web address"), ("/private/", "private address"), ("/circle/", "more than 5 redirects")):
            with self.subTest(path):
                self.assertIn(words, self.add(base + path, code=1))

    def test_saved_pages(self):
        """A folder of files."""
        site, folder = self.sites(8)[0], self.folder()
        for i, a in enumerate(site.truth()):
            with urllib.request.urlopen(a["url"]) as page, open(os.path.join(folder, "%d.html" % i), "wb") as f:
                f.write(page.read())
        entry = self.add("file://%s/" % folder)
        told = json.loads(self.add("--json", "file://%s/" % folder))
        self.assertEqual(({a["title"] for a in site.truth()}, 8), ({s["title"] for s in told["samples"]}, told["articles"]))
        r = self.ring([])
        with open(r.config, "w", encoding="utf-8") as f:
            f.write(entry)
        r.settings["workers"] = os.cpu_count()
        r.run()
        r.wait_stored(8, 30)

    def test_columns_of_columns(self):
        """Columns that only a column names, a column of side links on every page, an index page beside its folder, links that
        lead nowhere: the lists are proposed, and nothing else."""
        site = self.sites(5)[0]
        side = "".join('<li><a href="/tj/202501/t20250101_%d.html">推荐阅读的文章之%d</a></li>' % (i, i) for i in range(1, 6))
        nav = ('<a href="/">首页</a><a href="/lf/index.html">立法工作</a><a href="/jd/">监督工作</a><a href="/lx/">联系我们</a><a href="/x.pdf">下载</a>'
               '<a href="javascript:go()">更多</a><a href="/gone/">动态要闻</a>')

        def page(title, body):
            return "<html><head><meta charset=utf-8><title>%s</title></head><body>%s<ul>%s</ul><div>%s</div></body></html>" % (title, nav, body, side)

        def rows(folder, n):
            return "".join('<li><a href="%s202503/t20250314_%d.html">某某市人大常委会%s的第%d次会议</a><b>2025-03-14</b></li>' % (
                folder, sum(folder.encode()) * 100 + i, folder, i) for i in range(n))

        pages = {"/h/": rows("/lf/a/", 2) + rows("/jd/", 2), "/lf/": '<a href="/lf/a/">法规草案</a><a href="/lf/b/">审议结果</a>',
                 "/lf/index.html": '<a href="/lf/a/">法规草案</a><a href="/lf/b/">审议结果</a>', "/lf/a/": rows("/lf/a/", 6),
                 "/lf/b/": rows("/lf/b/", 4), "/jd/": rows("/jd/", 7), "/lx/": "<p>电话</p>"}
        for path, body in pages.items():
            site.raw(path, page(path, body))
        site.raw("/robots.txt", "", type="text/plain", status=404)
        site.raw("/gone/", "", status=404)
        for path in SITEMAPS:
            site.raw(path, "", status=404)
        told = json.loads(self.add("--json", site.base + "/h/"))
        self.assertEqual(["/h/", "/jd/", "/lf/a/", "/lf/b/"], sorted(s["url"][len(site.base):] for s in told["start"]))
        self.assertEqual(6 + 4 + 7 + 5, told["articles"])

    def test_hostile_home(self):
        """A page with more links than anyone needs takes neither long nor much."""
        site = self.sites(5)[0]
        links = "".join('<a href="/c%d/">要闻</a><a href="/x/t20250314_%d.html">某某市人大常委会会议</a>' % (i, i) for i in range(40000))
        site.raw("/h/", "<title>某某市人大</title>" + links)
        site.raw("/robots.txt", "", type="text/plain", status=404)
        for path in SITEMAPS:
            site.raw(path, "", status=404)
        told = json.loads(self.add("--json", "--pages", "5", site.base + "/h/"))
        self.assertEqual(1, len(told["start"]))
        self.assertLessEqual(told["pages"], 5 + 10)

    def test_robots(self):
        """What robots.txt closes is not asked for, and the time it wishes is kept."""
        site = self.sites(20)[0]
        site.raw("/robots.txt", "User-agent: *\nDisallow: /lifa/\nDisallow: /zt/\nDisallow: /*.xml\nCrawl-delay: 0.1\n", type="text/plain")
        told = json.loads(self.add("--json", site.base + "/"))
        self.assertEqual([], [s["url"] for s in told["start"] if "/lifa/" in s["url"] or s["url"].endswith(".xml")])
        stats = site.stats()
        self.assertEqual(4, stats["requests"]["list"], "of the five columns")
        self.assertGreaterEqual(stats["min_interval_ms"], 5)  # the way to the server is not always as long
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
                            (("--contact", "nobody", "http://www.example.org/"), "renda: contact: 'nobody' is neither an e-mail address"),
                            (("--delay", "x", "--contact", "you@example.org", "http://www.example.org/"), "renda: delay: 'x' is not a duration")):
            with self.subTest(words):
                self.assertIn(said, self.add(*words, code=1))
        for words in ((), ("http://a.cn/", "http://b.cn/"), ("--pages", "0", "http://127.0.0.1:9/"), ("--nonsense", "x")):
            with self.subTest(words):
                self.add(*words, code=2)


if __name__ == "__main__":
    ring.main()
