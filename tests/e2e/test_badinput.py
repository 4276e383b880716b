"""Pages that are too large, too deep, endless, damaged or deceitful, beside good ones of the same site: each has one clear
reason in `renda status`, nobody's memory grows with them, and the others are stored as if they were not there."""

import gzip
import json
import time
import zlib

import pages
import ring

MB = 1 << 20
GOOD = 20
LONG = 6 * MB // 54  # times the text, in one line
TEXT = "会议听取了专项工作报告\uff0c审议了议案\u3002"


def article(title, text, encoding="utf-8", end="</div></body></html>"):
    return ("<html><head><meta charset=%s><title>%s</title></head><body><h1>%s</h1><p>2024-03-05</p><div id=zoom>%s%s" %
            (encoding, title, title, text, end)).encode(encoding)


def endless(piece, bytes, type="text/html; charset=utf-8"):
    """So many bytes and no Content-Length; made while they are sent."""
    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", type)
        handler.end_headers()
        block = (piece * (MB // len(piece) + 1))[:MB // len(piece) * len(piece)]
        for _ in range(bytes // len(block)):
            handler.wfile.write(block)
    return answer


def zeros(bytes):
    """gzip of so many NUL bytes: a thousandth of them."""
    z = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(z.compress(block) for block in [b"\0" * MB] * (bytes // MB)) + z.flush()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "laughs">%s]><rss version="2.0"><channel><title>&j;</title><item><title>&j;</title>
<link>http://127.0.0.1/&j;</link></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10) for before, name in zip(b"abcdefghi", b"bcdefghij"))


class BadInput(ring.Case):
    def serve(self):
        """Everything on one site: (server, {path: (state, why)} as the status must tell them)."""
        s = pages.Pages(self)
        for n in range(GOOD):
            s["/art/good%d.html" % n] = pages.html(article("第%d号公告" % n, "<p>%s</p>" % (TEXT * 5)))
        bomb = zeros(300 * MB)
        told = {}

        def bad(path, answer, *why):
            s[path] = answer
            if why:
                told[path] = why

        large = ("refused", "larger than page_max (20971520 bytes)")
        bad("/art/large.html", endless(b"<p>large</p>\n", 100 * MB), *large)
        bad("/art/line.html", endless(TEXT.encode(), 50 * MB), *large)
        bad("/art/bomb.html", pages.html(bomb, Content_Encoding="gzip"), *large)
        bad("/bomb.xml.gz", pages.html(bomb, "application/gzip"), "other", "unpacks to more than page_max (20971520 bytes)")
        bad("/art/nested.html", pages.html(b"<html><h1>deep</h1>" + b"<div>" * 1000000 + article("deep", "<p>%s</p>" % (TEXT * 5))),
            "article", "elements nested too deeply are read as if side by side")
        bad("/art/many.html", pages.html(article("many", "<p>%s</p>" % (TEXT * 5) + "<p class=x>y</p>" * 500000)),
            "article", "its end is left out: too many elements")
        bad("/feed.xml", pages.html(ENTITIES, "application/rss+xml"), "feed", "it declares entities: they are left out")
        bad("/sitemap.xml", pages.html("<sitemapindex><sitemap><loc>%s/sitemap.xml</loc></sitemap></sitemapindex>" % s.base, "text/xml"),
            "other", "an index of sitemaps that names only itself")
        for n in range(10):
            s["/chain/%d.xml" % n] = pages.html("<sitemapindex><sitemap><loc>%s/chain/%d.xml</loc></sitemap></sitemapindex>" % (s.base, n + 1), "text/xml")
        told["/chain/3.xml"] = ("sitemap", "the sitemaps that it names are left out: it is the last of 4, each named by the one before")
        s["/art/long.html"] = pages.html(article("long", "<p>%s</p>" % (TEXT * LONG)))
        bad("/art/pdf.html", pages.html(article("pdf", "<p>%s</p><p><a href='/no.pdf'>附件1</a> <a href='/broken.pdf'>附件2</a> <a href='/large.pdf'>附件3</a></p>" % (TEXT * 5))))
        bad("/no.pdf", pages.html("<html>no</html>", "application/pdf"), "attachment", "it is neither PDF nor DOCX, whatever its name says")
        bad("/broken.pdf", pages.html(b"%PDF-1.7\n" + bytes(range(256)) * 400, "application/pdf"), "attachment", "a PDF that cannot be read: PDF document is damaged")
        bad("/large.pdf", endless(b"%PDF-1.7\n", 100 * MB, "application/pdf"), *large)
        half = ("article", "half a character at its end is left out")
        bad("/art/half.html", pages.html(article("half", "<p>%s" % (TEXT * 5), end="") + "\u3002".encode()[:2]), *half)
        bad("/art/half-gb.html", pages.html(article("half", "<p>%s" % (TEXT * 5), "gb18030", end="") + "\u3002".encode("gb18030")[:1], "text/html"), *half)
        bad("/art/nul.html", pages.html(article("n\0ul", "<p>%s</p>\0\0" % (TEXT * 5).replace(TEXT[3], TEXT[3] + "\0"))),
            "article", "its NUL bytes are left out")
        links = "".join("<li><a href='%s'>%s</a>" % (path, path) for path in list(s) if path.startswith("/art/"))
        s["/"] = pages.html("<ul>%s</ul>" % links)
        return s, told

    def test_everything(self):
        served, told = self.serve()
        entry = {"name": "bad", "start": [served.base + path for path in ("/", "/feed.xml", "/sitemap.xml", "/bomb.xml.gz", "/chain/0.xml")],
                 "article": "/art/", "poll": "1h", "delay": "0", "concurrency": 4}
        r = self.ring([entry], workers=1)
        begun = time.monotonic()
        r.run()
        r.wait_for("every page visited and read", 120,
                   lambda: r.count("url", "state = 'new'") == 0 and r.count("capture", "url_id IN (SELECT id FROM url WHERE role = 'article')") > GOOD and r.settled())
        ring.say("all read after %.1f s" % (time.monotonic() - begun))
        roles = r.roles()
        most = {role: ring.memory_bytes(pids[0]) / MB for role, pids in roles.items()}
        [child] = ring.children_of(roles["worker"][0])
        most["its parsing child"] = ring.memory_bytes(child) / MB
        ring.say("at most: " + ", ".join("%s %.0f MB" % item for item in sorted(most.items())))

        self.assertEqual(GOOD, r.count("article", "url LIKE '%/good%'"))
        text = "\n".join([TEXT * 5])
        for path in ("half", "half-gb", "nul", "nested", "many"):
            title, body = r.rows("SELECT title, text FROM article WHERE url LIKE '%/" + path + ".html'")[0]
            with self.subTest(path):
                self.assertEqual(({"nul": "nul", "nested": "deep", "many": "many"}.get(path, "half"), text), (title, body.split("\ny")[0]))
        self.assertTrue(r.one("SELECT text = ? FROM article WHERE url LIKE '%/long.html'", TEXT * LONG))
        self.assertEqual(0, served.asked("/chain/4.xml"))
        self.assertEqual([("/art/half-gb.html", "gb18030"), ("/art/half.html", "utf-8")],
                         [(url[len(served.base):], charset) for url, charset in r.rows(
                             "SELECT u.url, c.charset FROM capture c JOIN url u ON u.id = c.url_id WHERE u.url LIKE '%/half%' ORDER BY 1")])

        code, out, _ = r.command("status", "--json")
        rows = json.loads(out)["troubles"]
        for path, (state, why) in told.items():
            with self.subTest(path):
                same = [row for row in rows if row["site"] == "bad" and (row["state"], row["why"]) == (state, why)]
                self.assertEqual(1, len(same), rows)
                self.assertEqual(list(told.values()).count((state, why)), same[0]["affected_pages"])
        self.assertEqual(sorted(set(told.values())), sorted((row["state"], row["why"]) for row in rows))
        code, out, _ = r.command("status")
        for state, why in told.values():
            self.assertIn(why, out)
        self.assertEqual(0, r.count("capture", "state = 'quarantined'"))
        limits = {"producer": 128, "worker": 64, "sink": 128, "its parsing child": 512}
        if not ring.sanitized():
            for role, mb in limits.items():
                self.assertLess(most[role], mb, role)
        self.assertEqual("ok", r.one("SELECT state FROM site"))
        r.check(self)

    def test_start_pages(self):
        """A start page that cannot be read is its site's state, with the reason; other sites go on."""
        served = pages.Pages(self)
        served["/large"] = endless(b"<p>large</p>\n", 100 * MB)
        served["/bomb"] = pages.html(zeros(100 * MB), Content_Encoding="gzip")
        served["/good"] = pages.html("<ul><li><a href='/art/1.html'>one</a></ul>")
        served["/art/1.html"] = pages.html(article("one", "<p>%s</p>" % (TEXT * 5)))
        r = self.ring([{"name": path, "start": served.base + "/" + path, "article": "/art/", "poll": "1h", "delay": "0"}
                       for path in ("good", "large", "bomb")], workers=1)
        r.run()
        r.wait_stored(1, 30)
        r.wait_for("every start page visited", 60, lambda: r.count("url", "state = 'new'") == 0)
        code, out, _ = r.command("status", "--json")
        large = ("refused", "larger than page_max (20971520 bytes)")
        self.assertEqual({"good": ("ok", None), "large": large, "bomb": large},
                         {row["site"]: (row["state"], row.get("why")) for row in json.loads(out)["sites"]})


if __name__ == "__main__":
    ring.main()
