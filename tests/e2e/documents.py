"""Documents for tests, made here: PDF with Chinese text in the ways that Chinese documents bear it, and DOCX."""

import io
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _stream(body):
    packed = zlib.compress(body)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _to_unicode(codes):
    """The map from a font's own codes to characters (ISO 32000-1, 9.10.3)."""
    rows = sorted((n, c) for c, n in codes.items())
    out = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    for i in range(0, len(rows), 100):
        some = rows[i:i + 100]
        out += b"%d beginbfchar\n" % len(some)
        out += b"".join(b"<%04x> <%s>\n" % (n, c.encode("utf-16-be").hex().encode()) for n, c in some) + b"endbfchar\n"
    return out + b"endcmap\n"


def pdf(pages, encoding="Identity-H"):
    """pages: lists of lines. encoding: Identity-H (with its own map), UniGB-UCS2-H, GBK-EUC-H …"""
    codes = {c: i + 1 for i, c in enumerate(sorted({c for lines in pages for line in lines for c in line}))}
    own = encoding == "Identity-H"

    def encode(line):
        if own:
            return b"".join(codes[c].to_bytes(2, "big") for c in line)
        return line.encode("utf-16-be" if encoding.startswith("UniGB") else "gbk")

    first = 7  # objects 1 to 6: catalog, tree, font, its descendant, its descriptor, its map
    kids = range(first, first + 2 * len(pages), 2)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % k for k in kids)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /%s /DescendantFonts [4 0 R]%s >>"
        % (encoding.encode(), b" /ToUnicode 6 0 R" if own else b""),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (%s)"
        b" /Supplement %d >> /DW 1000 /FontDescriptor 5 0 R >>" % ((b"Identity", 0) if own else (b"GB1", 2)),
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        _stream(_to_unicode(codes)),
    ]
    for kid, lines in zip(kids, pages):
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                       b" /Resources << /Font << /F 3 0 R >> >> >>" % (kid + 1))
        objects.append(_stream(b"BT /F 12 Tf 72 760 Td 18 TL\n"
                               + b"".join(b"<%s> Tj T*\n" % encode(line).hex().encode() for line in lines) + b"ET\n"))
    out, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def docx(paragraphs, rows=()):
    """paragraphs, then a table of these rows."""
    def p(text):
        half = len(text) // 2  # Word cuts runs where it likes
        return "<w:p><w:r><w:t>%s</w:t></w:r><w:r><w:t>%s</w:t></w:r></w:p>" % (text[:half], text[half:])

    table = "".join("<w:tr>%s</w:tr>" % "".join("<w:tc>%s</w:tc>" % p(cell) for cell in row) for row in rows)
    xml = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="%s"><w:body>%s%s</w:body></w:document>'
           % (W, "".join(p(text) for text in paragraphs), "<w:tbl>%s</w:tbl>" % table if table else ""))
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files.items():
            z.writestr(name, text)
    return out.getvalue()
