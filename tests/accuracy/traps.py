"""One page in every encoding, under every wrong label, with every small damage that pages of congress sites were seen
to have. Whatever is done to it, what is read must stay the same."""

import http.server
import re
import threading

META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
WORDS = ("3月12日，望溪县人大常委会举行第十八次会议，听取和审议县人民政府关于饮用水安全情况的报告。",
         "会议指出，过去一年全县新建供水管网35公里，水质达标率比上年提高4.5个百分点，群众满意度达到96.2%。",
         "会议要求，有关部门要压实责任、补齐短板，把审议意见逐条落到实处，三个月内书面报告办理情况。")
# Characters that GB18030 writes in four bytes, and one beyond the basic plane: names have them.
RARE = "代表\u3402\u4dae\u3f57、委员\U00020bb7田明参加会议。"
PAGE = ("<!DOCTYPE html><html><head>" + META + "<title>望溪县人大常委会举行第十八次会议_望溪人大网</title></head><body>"
        '<div class="nav"><a href="/">首页</a> <a href="/lf/">立法工作</a></div><h1>望溪县人大常委会举行第十八次会议</h1>'
        '<p class="info">2024-03-13　来源：望溪人大网</p><div id="zoom">' +
        "".join("<p>　　%s</p>" % w for w in WORDS + (RARE,)) + "</div><div class=\"footer\">望溪县人大常委会</div></body></html>")


def labelled(page, label):
    """The page's <meta> with another charset; without any when label is empty."""
    if label == "":
        return re.sub(r"(?i)<meta[^>]*charset=[^>]*>", "", page)
    return re.sub(r"(?i)(charset=[\"']?)[-\w]+", lambda m: m.group(1) + label, page, count=1)


def in_gb18030(page):
    return labelled(page, "gb2312").encode("gb18030")


def behind(page, label, padding):
    """The <meta> stands behind so many bytes."""
    return labelled(page, "").replace("<head>", "<head><!--%s-->%s" % ("=" * padding, META.replace("utf-8", label)))


def files(page=PAGE):
    """(name, bytes) of files, which have no header."""
    gb, utf8 = page.encode("gb18030"), page.encode()
    as_gb = labelled(page, "gb2312").encode("gb18030")
    return [
        ("gb2312", as_gb),
        ("gbk, short form", page.replace(META, "<meta charset='GBK'>").encode("gb18030")),
        ("labelled utf-8, is gb18030", gb),
        ("labelled gb2312, is utf-8", labelled(page, "gb2312").encode()),
        ("labelled big5, is utf-8", labelled(page, "big5").encode()),
        ("labelled iso-8859-1, is gb18030", labelled(page, "iso-8859-1").encode("gb18030")),
        ("labelled with what does not exist, is gb18030", labelled(page, "x-none").encode("gb18030")),
        ("no label, gb18030", labelled(page, "").encode("gb18030")),
        ("no label, utf-8", labelled(page, "").encode()),
        ("mark of utf-8, labelled gb2312", b"\xef\xbb\xbf" + labelled(page, "gb2312").encode()),
        ("mark of utf-8 before gb18030", b"\xef\xbb\xbf" + as_gb),
        ("mark of gb18030, labelled utf-8", b"\x84\x31\x95\x33" + gb),
        ("utf-16, little end first", b"\xff\xfe" + page.encode("utf-16-le")),
        ("utf-16, big end first", b"\xfe\xff" + page.encode("utf-16-be")),
        ("utf-16 without a mark", page.encode("utf-16-le")),
        ("<meta> behind 1,500 bytes", behind(page, "gbk", 1500).encode("gb18030")),
        ("<meta> behind 20,000 bytes", behind(page, "gbk", 20000).encode("gb18030")),
        ("XML declaration", ('<?xml version="1.0" encoding="gb2312"?>' + labelled(page, "")).encode("gb18030")),
        ("nothing but entities", page.encode("ascii", "xmlcharrefreplace")),
        ("one bad byte, utf-8", utf8.replace(b"</body>", b"\xff</body>")),
        ("one bad byte, gb18030", as_gb.replace(b"</body>", b"\xff</body>")),
        ("one bad byte in the text, utf-8", utf8.replace("\u8d23\u4efb".encode(), b"\xc0" + "\u8d23\u4efb".encode())),
        ("one bad byte in the text, gb18030", as_gb.replace("\u8d23\u4efb".encode("gb18030"), b"\xff" + "\u8d23\u4efb".encode("gb18030"))),
        ("half a character at the end, utf-8", utf8 + "望".encode()[:2]),
        ("half a character at the end, gb18030", as_gb + "望".encode("gb18030")[:1]),
        ("a NUL", utf8.replace(b"</body>", b"\x00</body>")),
    ]


class Server:
    """The same page over HTTP, under headers that contradict it."""

    PAGES = [
        ("header utf-8, is gb18030", "text/html; charset=utf-8", labelled(PAGE, "").encode("gb18030")),
        ("header gbk, is utf-8", "text/html; charset=GBK", labelled(PAGE, "").encode()),
        ("header gbk, <meta> utf-8, is gb18030", "text/html; charset=gbk", PAGE.encode("gb18030")),
        ("header utf-8, <meta> gb2312, is utf-8", "text/html;charset=UTF-8", labelled(PAGE, "gb2312").encode()),
        ("header iso-8859-1, is gb18030", "text/html; charset=ISO-8859-1", labelled(PAGE, "gb2312").encode("gb18030")),
        ("header without charset", "text/html", labelled(PAGE, "gb2312").encode("gb18030")),
    ]

    def __enter__(self):
        pages = self.PAGES

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if not self.path.startswith("/p/"):
                    self.send_error(404)
                    return
                _, kind, body = pages[int(self.path.split("/")[2].split(".")[0])]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()
        return self

    def urls(self):
        return [(name, "http://127.0.0.1:%d/p/%d.html" % (self.http.server_port, i)) for i, (name, _, _) in enumerate(self.PAGES)]

    def __exit__(self, *why):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()
