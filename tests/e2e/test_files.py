"""A folder on disk is a source like any other: texts and saved pages are stored with their findings, exactly as
`renda parse --json` prints them; what is added, edited or removed later is noticed."""

import json
import os
import urllib.parse

import ring

ORG, REGION, LEVEL = "安澜市人大常委会", "安澜市", "prefecture"
POLL_MS = 300

TEXT = """安澜市人大常委会举行第十三次会议
2025年3月14日　来源：安澜人大网

3月13日，安澜市八届人大常委会第十三次会议召开。会议听取和审议了5个专项工作报告，表决通过《安澜市河道管理条例》，任命张三平为安澜市副市长。
一年来，共办理代表建议312件，办结率98.5%，投入资金1.2亿元。
"""

PAGE = """<!DOCTYPE html><html><head><meta charset="%s"><title>望溪县人大常委会开展执法检查_望溪人大网</title>
<meta name="PubDate" content="2025-04-02 09:30"><meta name="ContentSource" content="望溪人大网"></head>
<body><div class="nav"><a href="/">首页</a> <a href="/lfgz/">立法工作</a></div>
<h1>望溪县人大常委会开展执法检查</h1><div class="content" id="zoom">
<p>4月1日，望溪县人大常委会对《中华人民共和国水污染防治法》贯彻实施情况开展执法检查，实地察看了12个点位。</p>
<p>检查组听取了县政府关于水污染防治工作情况的报告，共提出意见建议27条，要求有关部门在60日内整改到位。</p>
<p>全年共组织执法检查4次、专题询问2次，督办重点建议18件，推动解决问题136个，各级代表320人次参加。</p>
</div><div class="footer">望溪县人大常委会主办 ICP备00000000号</div></body></html>
"""

FILES = {
    "001.txt": TEXT.encode(),
    "常委会 会议 #2.txt": TEXT.replace("第十三次", "第十四次").replace("312", "415").encode(),
    "saved.html": (PAGE % "utf-8").encode(),
    "gb.htm": (PAGE % "gb2312").replace("12个点位", "13个点位").encode("gb18030"),
}
EDITED = TEXT.replace("5个专项工作报告", "6个专项工作报告")

# JSON name → column where they differ; the rest have one name in both.
COLUMNS = {"start": "start_at", "end": "end_at", "by": "by_org", "period.from": "period_from", "period.to": "period_to",
           "period.type": "period_type", "from": "date_from", "to": "date_to", "key": "is_key", "for": "votes_for",
           "against": "votes_against", "abstain": "votes_abstain", "absent": "votes_absent"}
NO_FIELDS = {"id", "article_id", "revision_id", "rules", "congress_id", "contradicts", "value_num", "value_max_num", "part_of_num", "investment_num"}


def url_of(path):
    return "file://" + urllib.parse.quote(path, safe="/")


def as_columns(finding):
    """A finding of the JSON document as the row it should be: numbers as text."""
    row = {}
    for name, value in finding.items():
        if isinstance(value, dict):
            row.update(as_columns({"%s.%s" % (name, k): v for k, v in value.items()}))
        elif isinstance(value, bool):
            row[COLUMNS.get(name, name)] = "1" if value else None
        elif isinstance(value, list):
            row[COLUMNS.get(name, name)] = ",".join(value)
        else:
            row[COLUMNS.get(name, name)] = format(value, ".12g") if isinstance(value, float) else str(value)
    return row


class Files(ring.Case):
    def setUp(self):
        self.dir = os.path.join(self.folder(), "saved pages")
        os.mkdir(self.dir)
        for name, body in FILES.items():
            self.write(name, body)
        site = {"name": "archive", "org": ORG, "region": REGION, "level": LEVEL, "start": [url_of(self.dir) + "/"],
                "poll": "%dms" % POLL_MS, "delay": "0"}
        self.r = self.ring([site], {"revisit": "1s"}, workers=1)

    def write(self, name, body):
        """As one should: whole or not at all."""
        path = os.path.join(self.dir, name)
        hidden = os.path.join(self.dir, "." + name)
        with open(hidden, "wb") as f:
            f.write(body)
        os.rename(hidden, path)
        return path

    def url(self, name):
        return url_of(os.path.join(self.dir, name))

    def stored(self, name):
        """(article, findings) as rows, for comparing with the JSON document."""
        names = [row[1] for row in self.r.rows("PRAGMA table_info(finding)")]
        article = self.r.rows("SELECT id, title, published, source, genre, text, org, region, level FROM article WHERE url = ?", self.url(name))
        self.assertEqual(1, len(article), name)
        rows = self.r.rows("SELECT f.* FROM finding f JOIN article a ON a.id = f.article_id AND a.revision_id = f.revision_id "
                           "AND a.rules = f.rules WHERE a.id = ? ORDER BY f.id", article[0][0])
        findings = [{n: str(v) for n, v in zip(names, row) if v is not None and n not in NO_FIELDS} for row in rows]
        return dict(zip(("title", "published", "source", "genre", "text", "org", "region", "level"), article[0][1:])), findings

    def compare_with_parse(self, name):
        code, out, err = self.r.command("parse", "--json", "--site-org", ORG, "--region", REGION, "--level", LEVEL,
                                        os.path.join(self.dir, name), config=False)
        self.assertEqual(0, code, err)
        said = json.loads(out)
        article, findings = self.stored(name)
        for field, value in article.items():
            self.assertEqual(said["article"].get(field), value, "%s: %s" % (name, field))
        self.assertEqual([{k: v for k, v in as_columns(f).items() if v is not None} for f in said["findings"]], findings, name)
        return len(findings)

    def test_a_folder(self):
        r = self.r
        r.run()
        r.wait_stored(len(FILES), 20)
        total = 0
        for name in FILES:
            with self.subTest(name):
                n = self.compare_with_parse(name)
                self.assertGreaterEqual(n, 4)
                total += n
        ring.say("%d files, %d findings stored, the same as `renda parse --json` prints" % (len(FILES), total))
        self.assertEqual({"utf-8", "gb18030"}, {str(row[0]).lower() for row in r.rows(
            "SELECT DISTINCT charset FROM capture WHERE class = 'article'")})

        with self.subTest("added"):
            self.write("later.txt", TEXT.replace("第十三次", "第十五次").encode())
            written = ring.now_ms()
            stored_at = r.wait_for("a file added later stored", 20, lambda: r.one(
                "SELECT stored_at FROM article WHERE url = ?", self.url("later.txt")))
            ring.say("a file added later: stored %d ms later, poll %d ms" % (stored_at - written, POLL_MS))
            self.compare_with_parse("later.txt")

        with self.subTest("edited"):
            self.write("001.txt", EDITED.encode())
            r.wait_for("the edited file's second revision", 30, lambda: r.one(
                "SELECT revisions FROM article WHERE url = ?", self.url("001.txt")) == 2)
            self.compare_with_parse("001.txt")

        with self.subTest("removed"):
            os.unlink(os.path.join(self.dir, "saved.html"))
            r.wait_for("the removed file gone", 30, lambda: r.one(
                "SELECT state FROM url WHERE url = ?", self.url("saved.html")) == "gone")
            self.stored("saved.html")

        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

    def test_no_way_out(self):
        """A web page's file:// links lead nowhere, not even beside a source on disk."""
        site, secret = self.sites(5)[0], self.folder()
        with open(os.path.join(secret, "secret.txt"), "w", encoding="utf-8") as f:
            f.write(TEXT)
        links = "".join('<li><a href="%s">安澜市人大常委会举行第十%s次会议</a> 2025-03-14</li>' % link for link in (
            (url_of(secret) + "/secret.txt", "三"), (url_of(secret) + "/", "四"), ("/a/202503/t20250314_1.html", "五")))
        site.raw("/robots.txt", "", type="text/plain", status=404)  # names no sitemap
        site.raw("/list.html", "<html><title>list</title><ul>%s</ul></html>" % links)
        site.raw("/urls.txt", "%s/secret.txt\n%s/\n" % (url_of(secret), url_of(secret)), type="text/uri-list")
        site.raw("/feed.xml", "<rss><channel><item><title>t</title><link>%s/secret.txt</link></item></channel></rss>" % url_of(secret),
                 type="application/rss+xml")
        site.raw("/a/202503/t20250314_1.html", PAGE % "utf-8")
        web = {"name": "web", "start": [site.base + p for p in ("/list.html", "/urls.txt", "/feed.xml")], "article": [r"t\d+_\d+", r"\.txt$"],
               "poll": "1h", "delay": "0"}
        r = self.ring([web] + self.r.site_entries, workers=1)
        r.run()
        r.wait_stored(1 + len(FILES), 20)
        r.wait_for("every link looked at", 20, lambda: r.settled() and not r.count("url", "state = 'new'"))
        self.assertEqual([], r.rows("SELECT url FROM url WHERE url LIKE ? AND state = 'ok'", url_of(secret) + "%"), "read from disk")
        self.assertEqual(1 + len(FILES), r.count("article"))


if __name__ == "__main__":
    ring.main()
