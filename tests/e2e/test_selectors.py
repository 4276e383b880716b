"""A site's own selectors: what the general reader cannot read is read with them, until the day on which they end."""

import json

import pages
import ring

TITLE = "关于第%d号议案的说明"
TEXT = "第%d段\uff1a会议听取了报告并进行了审议\u3002"
WRONG = "本页的其他内容也很长\uff0c它不是正文\uff0c而是网站的介绍\u3002" * 12
COUNT = 6


def article(n, date=True):
    """Its text stands in table cells beside a longer one that is not the article; its day only in an attribute."""
    return pages.html("<html><head><title>site</title></head><body><div class=content><p>%s</p></div>"
                      "<table><tr><td class=k>t</td><td><b>%s</b></td></tr>%s"
                      "<tr><td class=k>b</td><td><i>%s</i><br><i>%s</i><span class=tool>tools</span></td></tr></table></body></html>" %
                      (WRONG, TITLE % n, "<tr data-day='2024-03-%02d'><td></td></tr>" % n if date else "", TEXT % 1, TEXT % 2))


SELECTORS = {"title": "table > tbody > tr > td.k + td b", "date": "tr[data-day]::attr(data-day)", "body": "tr:nth-of-type(3) > td:nth-of-type(2)",
             "except": ".tool", "source": ".source"}


class Selectors(ring.Case):
    def site(self, **selectors):
        served = pages.Pages(self)
        served["/"] = pages.html("<ul>%s</ul>" % "".join("<li><a href='/art/%d.html'>%s</a>" % (n, TITLE % n) for n in range(1, COUNT + 1)))
        for n in range(1, COUNT + 1):
            served["/art/%d.html" % n] = article(n)
        entry = {"name": "odd", "start": served.base + "/", "article": "/art/", "poll": "1s", "delay": "0", "concurrency": 4,
                 "selectors": {**SELECTORS, **selectors}}
        return served, self.ring([entry], workers=1)

    def test_stored(self):
        """Read as the selectors say; the one that matches nothing leaves what was read without it, and that is told."""
        served, r = self.site()
        r.run()
        r.wait_stored(COUNT, 30)
        for n, (title, published, text) in enumerate(r.rows("SELECT title, published, text FROM article ORDER BY url"), 1):
            self.assertEqual((TITLE % n, "2024-03-%02d" % n, TEXT % 1 + "\n" + TEXT % 2), (title, published, text))
        self.assertEqual([("title date body", "source: matched nothing")],
                         r.rows("SELECT DISTINCT selected, unselected FROM capture WHERE class = 'article'"))
        code, out, _ = r.command("status", "--json")
        [told] = json.loads(out)["selectors"]
        self.assertEqual({"site": "odd", "state": "matched nothing", "missed_pages": COUNT, "last_missed": "source: matched nothing"},
                         {k: told[k] for k in ("site", "state", "missed_pages", "last_missed")})
        code, out, _ = r.command("status")
        self.assertIn("source: matched nothing", out)

    def test_check(self):
        """The samples are read with them; a selector that gives nothing on any is a failure."""
        served, r = self.site()
        code, out, err = r.command("check")
        self.assertEqual((1, "renda: 1 selector read nothing on any page\n"), (code, err))
        self.assertRegex(out, r"odd +title +table > .* +5 of 5 +" + TITLE % 1)
        self.assertRegex(out, r"odd +source +\.source +0 of 5 +matched nothing")
        served["/art/2.html"] = article(2, date=False)
        code, out, err = r.command("check", "--json")
        told = {row["field"]: row for row in json.loads(out)["selectors"]}
        self.assertEqual((4, 5, "2024-03-01", "matched nothing"), tuple(told["date"][k] for k in ("read", "pages", "example", "why")))
        self.assertEqual("ok", json.loads(out)["start_pages"][0]["result"])
        del r.site_entries[0]["selectors"]["source"]
        r.write_config()
        code, out, err = r.command("check")
        self.assertEqual((0, ""), (code, err))

    def test_parse(self):
        served, r = self.site()
        code, out, err = r.command("parse", "--site", "odd", served.base + "/art/3.html")
        self.assertEqual((0, ""), (code, err))
        self.assertIn(TITLE % 3, out)
        self.assertRegex(out, r"source +\.source +0 of 1 +matched nothing")
        code, out, err = r.command("parse", "--site", "odd", "--json", served.base + "/art/3.html")
        self.assertEqual(TEXT % 1 + "\n" + TEXT % 2, json.loads(out)["article"]["text"])
        code, out, err = r.command("parse", "--site", "other", served.base + "/art/3.html")
        self.assertEqual((1, "renda: %s names no site 'other'; its first is 'odd'\n" % r.config), (code, err))

    def test_over(self):
        """After their last day they are not used, and that is said: once in the log, by check, and in the status."""
        served, r = self.site(valid_until="2024-12-31")
        run = r.run()
        r.wait_stored(COUNT, 30)
        self.assertEqual(0, r.count("capture", "COALESCE(selected, unselected) IS NOT NULL"))
        self.assertEqual(0, r.count("article", "text LIKE ?", (TEXT % 1)[:5] + "%"))
        self.assertEqual(1, run.log().count("site 'odd': its selectors were valid until 2024-12-31 and are not used any more"))
        code, out, _ = r.command("status", "--json")
        self.assertEqual(("expired", "2024-12-31"), tuple(json.loads(out)["selectors"][0][k] for k in ("state", "valid_until")))
        for words in (["check"], ["check", "--offline"]):
            code, out, err = r.command(*words)
            self.assertEqual(1, code)
            self.assertIn("odd: its selectors were valid until 2024-12-31 and are not used any more", err)
            if words == ["check"]:
                self.assertRegex(out, r"odd +title +table > .* +0 of 0 +no longer used")
        code, out, _ = r.command("check", "--json")
        self.assertEqual({True}, {row["expired"] for row in json.loads(out)["selectors"]})

    def test_changed(self):
        """New selectors hold for what is read from then on."""
        served, r = self.site()
        run = r.run()
        r.wait_stored(COUNT, 30)
        self.assertEqual(0, run.stop())
        r.site_entries[0]["selectors"] = {"title": "td.k"}
        r.write_config()
        served["/art/9.html"] = article(9)
        served["/"] = pages.html("<ul><li><a href='/art/9.html'>nine</a><li><a href='/art/1.html'>one</a><li><a href='/art/2.html'>two</a></ul>")
        r.run()
        r.wait_stored(COUNT + 1, 30)
        self.assertEqual("t", r.one("SELECT title FROM article WHERE url LIKE '%/9.html'"))


if __name__ == "__main__":
    ring.main()
