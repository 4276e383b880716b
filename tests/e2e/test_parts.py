"""Articles of several pages and articles whose figures stand in an attachment: each is stored once, with its whole text,
in whatever way the pages lead on; what cannot be read costs nothing but itself and says why."""

import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import documents
import ring

FILLER = "会议指出，要坚持以人民为中心，围绕全市工作大局依法履职，推动各项工作落到实处、取得实效。"


def sentence(n):
    """A sentence with one figure that stands nowhere else."""
    return "2024年，市人大常委会组织代表开展视察活动%d次，听取和审议专项工作报告%d项。" % (n, n + 100)


def page(title, paragraphs, tail="", head=""):
    body = "".join("<p>%s</p>" % p for p in paragraphs)
    return ("""<!DOCTYPE html><html><head><meta charset="utf-8"><title>%(title)s-云泽人大网</title>
<meta name="PubDate" content="2025-03-14"><meta name="ContentSource" content="云泽人大网">%(head)s</head><body>
<div class="nav"><a href="/">首页</a> <a href="/list.html">要闻</a></div><h1>%(title)s</h1>
<div class="content" id="zoom">%(body)s</div>%(tail)s
<div class="footer">云泽市人大常委会办公室主办</div></body></html>"""
            % {"title": title, "head": head, "body": body, "tail": tail}).encode()


class Article:
    """An article and what it is made of: {path: (type, bytes)}; which numbers its text must hold, in order."""

    def __init__(self, path, title, numbers):
        self.path, self.title, self.numbers, self.files = path, title, numbers, {}

    def add(self, path, body, kind="text/html; charset=utf-8"):
        self.files[path] = (kind, body)


def pages_of(a, paths, pager):
    """pager(i): the HTML behind page i. Each page repeats the title and the lead, as many systems do."""
    lead = "本报讯：%s。" % a.title
    for i, path in enumerate(paths):
        a.add(path, page(a.title, [lead, FILLER, sentence(a.numbers[i]), FILLER[:20] + "第%d部分。" % i], pager(i)))
    return a


def numbered(hrefs, i):
    def link(k, text):
        return '<a href="%s">%s</a>' % (hrefs[k], text) if k != i else "<span>%s</span>" % text
    links = "".join(link(k, str(k + 1)) for k in range(len(hrefs)))
    return '<div class="pager">%s%s</div>' % (links, link(i + 1, "下一页") if i + 1 < len(hrefs) else "")


def several_pages():
    made = []

    trs = Article("/a/202503/t20250314_101.html", "市人大常委会一年工作综述之一", [11, 12, 13])
    names = ["/a/202503/t20250314_101%s.html" % s for s in ("", "_1", "_2")]
    made.append(pages_of(trs, names, lambda i: '<div><script>createPageHTML(3, %d, "t20250314_101", "html");</script></div>' % i))

    numbers = Article("/a/202503/102.html", "市人大常委会一年工作综述之二", [21, 22, 23, 24])
    names = ["/a/202503/102%s.html" % s for s in ("", "_2", "_3", "_4")]
    made.append(pages_of(numbers, names, lambda i: numbered([os.path.basename(n) for n in names], i)))

    query = Article("/show.php?id=103", "市人大常委会一年工作综述之三", [31, 32])
    names2 = ["/show.php?id=103", "/show.php?id=103&page=2"]
    made.append(pages_of(query, names2, lambda i: numbered(names2, i)))

    chain = Article("/a/202503/104.html", "市人大常委会一年工作综述之四", [41, 42, 43])
    names3 = ["/a/202503/104%s.html" % s for s in ("", "_2", "_3")]
    made.append(pages_of(chain, names3, lambda i: "".join(
        '<a href="%s">%s</a>' % (names3[k], text) for k, text in ((i - 1, "上一页"), (i + 1, "下一页")) if 0 <= k < 3)))
    return made


def attachment(path, title, numbers, href, text, body, kind):
    a = Article(path, title, numbers)
    a.add(path, page(title, [FILLER, "现将有关报告予以公布，请社会各界监督。" + FILLER],
                     '<div class="fj"><a href="%s">%s</a></div>' % (href, text)))
    if body is not None:
        a.add(href, body, kind)
    return a


PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def with_attachments():
    def lines(n):
        """Set as print is: lines of one width, a heading, page numbers, a sentence that goes on over the page."""
        whole = FILLER + sentence(n) + FILLER + sentence(n + 1)
        rows = [whole[i:i + 24] for i in range(0, len(whole), 24)]
        return [["市人大常委会工作报告"] + rows[:4] + ["- 1 -"], rows[4:] + ["- 2 -"]]

    made = []
    for i, encoding in enumerate(("Identity-H", "UniGB-UCS2-H", "GBK-EUC-H", "UniGB-UTF16-H", "GB-EUC-H")):
        n = 51 + 2 * i
        made.append(attachment("/a/202503/20%d.html" % i, "关于公布工作报告的公告之%d" % i, [n, n + 1], "/f/report%d.pdf" % i,
                               "附件：工作报告.pdf", documents.pdf(lines(n), encoding), PDF))
    made.append(attachment("/a/202503/210.html", "关于公布决算报告的公告", [71, 72], "/down.jsp?file=budget.docx", "决算报告.docx",
                           documents.docx([FILLER, sentence(71)], [["项目", "情况"], ["视察", sentence(72)]]), DOCX))
    return made


WHY = {
    "/f/web.pdf": "neither PDF nor DOCX",
    "/f/cut.pdf": "a PDF that cannot be read",
    "/f/cut.docx": "archive",
    "/f/none.pdf": "gone",
    "/f/same.docx": "repeats what stands before",
    "/f/crash.pdf": "SIGSEGV",
    "/f/hang.pdf": "timeout",
    "/f/memory.pdf": "memory",
}


def bad_attachments():
    repeated = documents.docx([FILLER, "现将有关报告予以公布，请社会各界监督。" + FILLER])
    whole = documents.docx([FILLER, sentence(1)])
    bodies = {
        "/f/web.pdf": b"<html><body>404</body></html>",
        "/f/cut.pdf": documents.pdf([[FILLER]])[:300],
        "/f/cut.docx": whole[:len(whole) // 2],
        "/f/none.pdf": None,
        "/f/same.docx": repeated,
        "/f/crash.pdf": b"%PDF-1.4\nrenda-test:crash\n",
        "/f/hang.pdf": b"%PDF-1.4\nrenda-test:hang\n",
        "/f/memory.pdf": b"%PDF-1.4\nrenda-test:memory\n",
    }
    return [attachment("/a/202503/30%d.html" % i, "关于公布有关材料的公告之%d" % i, [], path, "附件：材料" + path[-4:], body, PDF)
            for i, (path, body) in enumerate(bodies.items())]


class Server:
    """The articles on a port of their own, with a list that names some further pages too."""

    def __init__(self, articles):
        self.files = {"/list.html": ("text/html; charset=utf-8", self.list(articles))}
        self.asked = []
        for a in articles:
            self.files.update(a.files)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.asked.append(self.path)
                kind, body = outer.files.get(self.path, (None, b"not here"))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *unused):
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, *unused):
                """Who asked was killed."""

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.base = "http://127.0.0.1:%d" % self.http.server_port
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @staticmethod
    def list(articles):
        links = [(a.path, a.title) for a in articles]
        links += [(path, "%s（续）" % a.title) for a in articles[:2] for path in list(a.files)[1:2]]
        rows = "".join('<li><a href="%s">%s</a><span>2025-03-14</span></li>' % link for link in links)
        return ("<html><head><title>要闻</title></head><body><ul>%s</ul></body></html>" % rows).encode()

    def end(self):
        self.http.shutdown()
        self.http.server_close()


class Parts(ring.Case):
    def serve(self, articles, env=None, **limits):
        self.articles = articles
        self.server = Server(articles)
        self.addCleanup(self.server.end)
        site = {"name": "云泽", "org": "云泽市人大常委会", "region": "云泽市", "level": "prefecture", "start": [self.server.base + "/list.html"],
                "article": [r"/a/\d+/", r"show\.php\?id="], "poll": "10m", "delay": "0", "concurrency": 4}
        return self.ring([site], limits, env, workers=1)

    def wait_joined(self, r, seconds=40):
        """Until nothing is fetched, parsed or wanted any more."""
        r.wait_for("%d articles stored" % len(self.articles), seconds, lambda: r.count("article") == len(self.articles))
        r.wait_for("every part there or failed, and nothing pending", seconds,
                   lambda: r.settled() and not r.count("bundle", "state = 'wanted' OR unread = 1") and not r.count("url", "state = 'new'"))

    def check_whole(self, r, articles):
        for a in articles:
            with self.subTest(a.path):
                rows = r.rows("SELECT id, title, text, revision_id FROM article WHERE url = ?", self.server.base + a.path)
                self.assertEqual(1, len(rows))
                article, title, text, revision = rows[0]
                self.assertEqual(a.title, title)
                at = [text.find(sentence(n)) for n in a.numbers]
                self.assertEqual(sorted(at), at, text)
                self.assertNotIn(-1, at, text)
                for n in a.numbers:
                    self.assertEqual(1, text.count(sentence(n)), "doubled: " + text)
                found = [row[0] for row in r.rows("SELECT value FROM v_figure WHERE article_id = ? AND value_num < 100 ORDER BY finding_id", article)]
                self.assertEqual([str(n) for n in a.numbers], [v for v in found if int(v) in a.numbers])
                for start, end, quote in r.rows("SELECT start_at, end_at, quote FROM finding WHERE article_id = ? AND revision_id = ?", article, revision):
                    self.assertIn(text[start:end], quote)
        self.assertEqual(len(self.articles), r.count("article"))

    def test_pages_and_attachments(self):
        articles = several_pages() + with_attachments()
        r = self.serve(articles)
        started = time.monotonic()
        r.run()
        self.wait_joined(r)
        ring.say("%d articles of %d files joined: %.1f s" % (len(articles), sum(len(a.files) for a in articles), time.monotonic() - started))
        self.check_whole(r, articles)
        r.check(self)

        with self.subTest("a repeated lead stands once"):
            for a in several_pages():
                text = r.one("SELECT text FROM article WHERE url = ?", self.server.base + a.path)
                self.assertEqual(1, text.count("本报讯："), text)

        with self.subTest("where a finding comes from"):
            rows = r.rows("SELECT f.value, p.name, p.url FROM finding f JOIN v_part p ON p.article_id = f.article_id "
                          "AND f.start_at >= p.text_from AND f.start_at < p.text_to WHERE p.kind = 'attachment' AND f.kind = 'figure' "
                          "AND f.value IN ('51', '72') ORDER BY f.value")
            self.assertEqual([("51", "附件：工作报告.pdf", self.server.base + "/f/report0.pdf"),
                              ("72", "决算报告.docx", self.server.base + "/down.jsp?file=budget.docx")], rows)

        with self.subTest("renda query part"):
            code, out, err = r.command("query", "part", "--format", "json")
            self.assertEqual(0, code, err)
            shown = {row["url"][len(self.server.base):] for row in json.loads(out)}
            self.assertEqual({path for a in articles for path in a.files if path != a.path}, shown)

        with self.subTest("an event tells of the whole article"):
            topics = r.rows("SELECT topic, COUNT(DISTINCT article_id) FROM event GROUP BY 1 ORDER BY 1")
            self.assertEqual([("article.new", len(articles)), ("article.revised", len(articles))], topics)

        with self.subTest("nothing is asked for twice"):
            pages = [path for path in self.server.asked if path not in ("/robots.txt", "/list.html")]
            self.assertEqual(sorted(set(pages)), sorted(pages))
        self.assertEqual(0, r.processes["run"].stop())

    def test_bad_attachments(self):
        articles = bad_attachments() + with_attachments()[:1]
        r = self.serve(articles, {"RENDA_TEST_CHILD": "1"}, parse="4s" if ring.sanitized() else "1s", parse_memory="128MB")
        r.run()
        self.wait_joined(r)
        self.check_whole(r, articles[-1:])
        self.assertEqual(0, r.count("capture", "state = 'quarantined' OR tries > 0"), "an article is blamed for its attachment")
        code, out, err = r.command("status", "--json")
        self.assertEqual(0, code, err)
        shown = {row["url"][len(self.server.base):]: row["why"] for row in json.loads(out)["unread"]}
        self.assertEqual(set(WHY), set(shown))
        for path, why in WHY.items():
            if not (ring.sanitized() and path in ("/f/crash.pdf", "/f/hang.pdf", "/f/memory.pdf")):  # its handlers stand between
                self.assertIn(why, shown[path])
        code, out, err = r.command("status")
        self.assertEqual(0, code, err)
        for path in WHY:
            self.assertIn(path, out)
        self.assertNotIn("ended unexpectedly", r.log())
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

        with self.subTest("retry, under better conditions"):
            r.env["RENDA_TEST_CHILD"] = "0"  # the cause is gone
            crash = next(row for row in json.loads(r.command("status", "--json")[1])["unread"] if "crash" in row["url"])
            code, out, err = r.command("retry", str(crash["id"]))
            self.assertEqual((0, "1 page put back\n"), (code, out), err)
            r.run()
            self.wait_joined(r)
            self.assertIn("a PDF that cannot be read", r.one("SELECT why FROM bundle WHERE url LIKE '%crash.pdf'"))
            self.assertEqual(0, r.processes["run"].stop())
            r.check(self)

    def test_a_page_that_comes_late(self):
        articles = several_pages()[1:2]
        a = articles[0]
        late = "/a/202503/102_3.html"
        kept = a.files.pop(late)
        r = self.serve(articles, revisit="1s")
        r.run()
        self.wait_joined(r)
        text = r.one("SELECT text FROM article")
        self.assertEqual([True, True, False, True], [sentence(n) in text for n in a.numbers])
        self.assertEqual([("failed",)], r.rows("SELECT state FROM bundle WHERE url LIKE '%102_3.html'"))
        self.server.files[late] = kept
        r.wait_for("the article with the page that was missing", 30, lambda: sentence(a.numbers[2]) in r.one("SELECT text FROM article"))
        self.check_whole(r, articles)
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

    def test_a_first_page_that_changes(self):
        """The further pages are not lost with the first one's new text, not even for a moment."""
        articles = several_pages()[:1]
        a = articles[0]
        r = self.serve(articles, revisit="1s")
        r.run()
        self.wait_joined(r)
        kind, body = a.files[a.path]
        self.server.files[a.path] = (kind, body.replace("依法履职".encode(), "认真履职".encode()))
        r.execute("CREATE TABLE seen (text)")
        r.execute("CREATE TRIGGER watch AFTER UPDATE OF text ON article BEGIN INSERT INTO seen VALUES (new.text); END")
        r.wait_for("the new text", 30, lambda: r.count("seen", "text LIKE '%认真履职%'"))
        self.wait_joined(r)
        for (text,) in r.rows("SELECT text FROM seen"):
            self.assertEqual([True] * 3, [sentence(n) in text for n in a.numbers])
        self.check_whole(r, articles)
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

    def test_killed_again_and_again(self):
        """kill -9 of everything at any point of it: in the end each article is whole, and once."""
        articles = several_pages() + with_attachments()
        r = self.serve(articles)

        def due_now():
            """What was begun and killed: rather than in 10 s and more."""
            if r.count("url"):
                r.execute("UPDATE url SET next_visit_at = 1, attempts = 0 WHERE state = 'new'")

        total = 1 + sum(len(a.files) for a in articles)
        for n in range(0, total, 4):
            due_now()
            r.run(ready=False)
            r.wait_for("some captures more", 30, lambda: r.count("capture") > n)
            r.processes["run"].end()
        due_now()
        r.run()
        self.wait_joined(r, 60)
        self.check_whole(r, articles)
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)


if __name__ == "__main__":
    ring.main()
