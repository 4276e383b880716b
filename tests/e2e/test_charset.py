"""What a page's encoding was decided to be, and how, is stored with its capture: for the wrong labels and damages that
tests/accuracy/traps.py makes. The text is stored whole."""

import os
import sys
import urllib.parse

import ring

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "accuracy"))
import traps

DECIDED = {
    "gb2312": ("gb18030", "meta"),
    "gbk, short form": ("gb18030", "meta"),
    "labelled utf-8, is gb18030": ("gb18030", "bytes"),
    "labelled gb2312, is utf-8": ("utf-8", "bytes"),
    "labelled big5, is utf-8": ("utf-8", "bytes"),
    "labelled iso-8859-1, is gb18030": ("gb18030", "bytes"),
    "no label, gb18030": ("gb18030", "bytes"),
    "no label, utf-8": ("utf-8", "bytes"),
    "mark of utf-8, labelled gb2312": ("utf-8", "bom"),
    "mark of utf-8 before gb18030": ("gb18030", "bytes"),
    "mark of gb18030, labelled utf-8": ("gb18030", "bom"),
    "utf-16, little end first": ("utf-16le", "bom"),
    "utf-16, big end first": ("utf-16be", "bom"),
    "utf-16 without a mark": ("utf-16le", "bytes"),
    "<meta> behind 1,500 bytes": ("gb18030", "meta"),
    "<meta> behind 20,000 bytes": ("gb18030", "bytes"),
    "XML declaration": ("gb18030", "xml"),
    "one bad byte, utf-8": ("utf-8", "meta"),
    "one bad byte, gb18030": ("gb18030", "meta"),
    "half a character at the end, utf-8": ("utf-8", "meta"),
    "half a character at the end, gb18030": ("gb18030", "meta"),
}


class Charset(ring.Case):
    def test_what_is_stored(self):
        folder = os.path.join(self.folder(), "pages")
        os.mkdir(folder)
        url_of, length_of = {}, {}
        for i, name in enumerate(DECIDED):
            length_of[name] = "%d公里" % (100 + i)  # pages that are the same would be one article
            page = traps.PAGE.replace("35公里", length_of[name])
            path = os.path.join(folder, "%02d.html" % i)
            with open(path, "wb") as f:
                f.write(dict(traps.files(page))[name])
            url_of[name] = "file://" + urllib.parse.quote(path, safe="/")
        r = self.ring([{"name": "archive", "start": ["file://" + urllib.parse.quote(folder, safe="/") + "/"], "poll": "1m", "delay": "0"}],
                      workers=1)
        r.run()
        r.wait_for("every page settled", 30, lambda: r.one(
            "SELECT COUNT(*) FROM capture WHERE state = 'settled' AND role = 'article'") == len(DECIDED))
        for name, (charset, how) in DECIDED.items():
            with self.subTest(name):
                got = r.rows("SELECT c.charset, c.charset_how, a.text FROM capture c JOIN url u ON u.id = c.url_id "
                             "JOIN article a ON a.url = u.url WHERE u.url = ?", url_of[name])
                self.assertEqual(1, len(got))
                self.assertEqual((charset, how), got[0][:2])
                self.assertIn(length_of[name], got[0][2])
                self.assertIn(traps.RARE, got[0][2])


if __name__ == "__main__":
    ring.main()
