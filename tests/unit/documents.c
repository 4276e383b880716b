/* Documents that are no web pages: what of them is text, and those made to hurt. */
#include "page_test.h"

#include <stdlib.h>
#include <zip.h>

#include "worker/document.h"
#include "worker/docx.h"
#include "worker/pdf.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

/* ---- archives made here ---------------------------------------------------------------------------------------------- */

static struct span archive(const char *name, struct span body)
{
    zip_error_t e;
    zip_error_init(&e);
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &e);
    assert_non_null(whole);
    zip_source_keep(whole);
    zip_t *z = zip_open_from_source(whole, ZIP_TRUNCATE, &e);
    assert_non_null(z);
    zip_source_t *file = zip_source_buffer(z, body.p, body.n, 0);
    assert_true(file != NULL && zip_file_add(z, name, file, 0) >= 0);
    assert_int_equal(zip_close(z), 0);
    assert_int_equal(zip_source_open(whole), 0);
    zip_source_seek(whole, 0, SEEK_END);
    size_t n = (size_t)zip_source_tell(whole);
    zip_source_seek(whole, 0, SEEK_SET);
    char *bytes = arena_alloc(arena, n);
    assert_int_equal(zip_source_read(whole, bytes, n), (zip_int64_t)n);
    zip_source_close(whole);
    zip_source_free(whole);
    return (struct span){ bytes, n };
}

static struct span docx(const char *body)
{
    return archive("word/document.xml", arena_printf(arena, "<?xml version=\"1.0\"?><w:document " W "><w:body>%s</w:body></w:document>", body));
}

static int check(const char *row, struct span bytes, const char *text, const char *why)
{
    struct document d;
    document_read(bytes, arena, &d);
    int bad = differs(row, "text", d.text, text);
    if (why == NULL)
        return bad + differs(row, "why", d.why, NULL);
    return bad + (lacks(row, "the reason is another one", span_has(d.why, span_of(why))) ? (fprintf(stderr, "  %.*s\n", SPAN_FMT(d.why)), 1) : 0);
}

/* ---- DOCX -------------------------------------------------------------------------------------------------------------- */

static void docx_text(void **state)
{
    (void)state;
    static const struct {
        const char *name, *body, *want;
    } rows[] = {
        { "paragraphs", "<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>", "一\n二" },
        { "runs are one text", "<w:p><w:r><w:t>审议</w:t></w:r><w:r><w:t>5</w:t></w:r><w:r><w:t>项</w:t></w:r></w:p>", "审议5项" },
        { "blanks are kept", "<w:p><w:r><w:t xml:space='preserve'>a b </w:t></w:r><w:r><w:t>c</w:t></w:r></w:p>", "a b c" },
        { "a run of one blank", "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>", "a b" },
        { "tabs and breaks", "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc" },
        { "a row is a line",
          "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>"
          "<w:tr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
          "甲 乙 \n丙" },
        { "what was deleted is gone", "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>", "新" },
        { "field codes are no text", "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t></w:r></w:p>", "页" },
        { "said once",
          "<w:p><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:r><w:t>图</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>图</w:t></w:r></mc:Fallback>"
          "</mc:AlternateContent></w:p>", "图" },
        { "characters", "<w:p><w:r><w:t>&lt;&#20154;&amp;</w:t></w:r></w:p>", "<人&" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(rows[i].name, docx(rows[i].body), rows[i].want, NULL);
    assert_int_equal(bad, 0);
}

static struct span repeated(const char *s, size_t times, const char *before, const char *behind)
{
    size_t n = strlen(s);
    char *all = arena_alloc(arena, n * times + strlen(before) + strlen(behind)), *o = all;
    memcpy(o, before, strlen(before));
    o += strlen(before);
    for (size_t i = 0; i < times; i++, o += n)
        memcpy(o, s, n);
    memcpy(o, behind, strlen(behind));
    return span_between(all, o + strlen(behind));
}

static void hostile_docx(void **state)
{
    (void)state;
    static const char bomb[] = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                               "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><w:document " W "><w:p><w:t>&c;&c;&c;&c;</w:t></w:p></w:document>";
    static const char outside[] = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><w:document " W "><w:p><w:t>&f;"
                                  "</w:t></w:p></w:document>";
    const struct {
        const char *name;
        struct span bytes;
        const char *text, *why;
    } rows[] = {
        { "no such file in it", archive("xl/workbook.xml", SPAN("<a/>")), NULL, "no DOCX" },
        { "an archive of nothing", { "PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22 }, NULL, "no DOCX" },
        { "only a beginning", { "PK\x03\x04", 4 }, NULL, "cannot be opened" },
        { "an entity bomb", archive("word/document.xml", SPAN(bomb)), NULL, "document type" },
        { "an entity from outside", archive("word/document.xml", SPAN(outside)), NULL, "document type" },
        { "too deep", archive("word/document.xml", repeated("<w:p>", 100000, "<w:document " W ">", "")), NULL, "too deep" },
        { "no XML", archive("word/document.xml", SPAN("PK text")), NULL, "well-formed" },
        { "cut off", archive("word/document.xml", SPAN("<w:document " W "><w:p><w:t>一</w:t></w:p><w:p>")), "一", "ends too early" },
        { "nothing in it", docx(""), NULL, "no text" },
        { "unpacks to too much", archive("word/document.xml", repeated("          ", DOCX_XML_MAX_BYTES / 10 + 7000, "<w:document " W ">", "</w:document>")),
          NULL, "unpacks to more" },
        { "an old document", { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", 12 }, NULL, "old Office" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(rows[i].name, rows[i].bytes, rows[i].text, rows[i].why);
    assert_int_equal(bad, 0);
}

static void long_docx(void **state)
{
    (void)state;
    struct document d;
    document_read(archive("word/document.xml", repeated("<w:p><w:t>人大常委会人大常委会</w:t></w:p>", 100000, "<w:document " W ">", "</w:document>")),
                  arena, &d);
    assert_true(d.text.n <= DOCUMENT_TEXT_MAX_BYTES && d.text.n > DOCUMENT_TEXT_MAX_BYTES - 100);
    assert_true(span_has(d.why, SPAN("longer than")) && text_valid(d.text));
}

/* Every beginning of a good document is read or refused. */
static void truncated(void **state)
{
    (void)state;
    struct span whole = docx("<w:p><w:r><w:t>会议听取报告5项。</w:t></w:r></w:p>");
    int bad = 0;
    for (size_t n = 5; n < whole.n; n++) {
        struct document d;
        char *copy = malloc(n); /* its end is the end of the memory */
        memcpy(copy, whole.p, n);
        document_read((struct span){ copy, n }, arena, &d);
        bad += lacks("truncated", "no reason", d.why.n > 0);
        free(copy);
    }
    assert_int_equal(bad, 0);
}

/* ---- PDF ----------------------------------------------------------------------------------------------------------------- */

#define FIRST_PAGE 10 /* number of its object */

/* All pages say the same; lines as hexadecimal codes of the map that is named. */
static struct span pdf_of_pages(size_t pages, const char *map, const char *lines)
{
    struct span stream = arena_printf(arena, "BT /F 12 Tf 72 700 Td 18 TL %s ET", lines);
    char *kids = arena_alloc(arena, pages * 16 + 1), *k = kids, *objects = arena_alloc(arena, pages * 160 + 1), *o = objects;
    for (size_t i = 0; i < pages; i++) {
        k += sprintf(k, "%zu 0 R ", FIRST_PAGE + i);
        o += sprintf(o, "%zu 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>> >> >>endobj\n",
                     FIRST_PAGE + i);
    }
    return arena_printf(
        arena,
        "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %zu/Kids[%s]>>endobj\n%s"
        "4 0 obj<</Length %zu>>stream\n%.*s\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[6 0 R]>>endobj\n"
        "6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        "/DW 1000/FontDescriptor 7 0 R>>endobj\n"
        "7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
        "/CapHeight 880/StemV 93>>endobj\ntrailer<</Size 1000/Root 1 0 R>>\n%%%%EOF\n",
        pages, kids, objects, stream.n, SPAN_FMT(stream), map);
}

static struct span pdf(const char *map, const char *lines)
{
    return pdf_of_pages(1, map, lines);
}

static void pdf_text(void **state)
{
    (void)state;
    static const struct {
        const char *name, *map, *lines, *want;
    } rows[] = {
        { "Unicode codes", "UniGB-UCS2-H", "<4eba5927> Tj", "人大" },
        { "GBK codes", "GBK-EUC-H", "<c8cbb4f3> Tj", "人大" },
        { "UTF-16 codes", "UniGB-UTF16-H", "<4eba5927> Tj", "人大" },
        { "GB 2312 codes", "GB-EUC-H", "<c8cbb4f3> Tj", "人大" },
        { "digits of a GBK font are ASCII", "GBK-EUC-H", "<3132cfee> Tj", "12项" },
        { "two paragraphs", "UniGB-UCS2-H", "<4eba5927> Tj T* <4f1a8bae> Tj", "人大\n会议" },
        { "the page's number is no text", "UniGB-UCS2-H", "<4eba5927> Tj T* <002d00200033002d> Tj", "人大" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(rows[i].name, pdf(rows[i].map, rows[i].lines), rows[i].want, NULL);
    assert_int_equal(bad, 0);
}

static void hostile_pdf(void **state)
{
    (void)state;
    struct span whole = pdf("UniGB-UCS2-H", "<4eba5927> Tj");
    const struct {
        const char *name;
        struct span bytes;
        const char *why;
    } rows[] = {
        { "a web page by that name", SPAN("<html><body>%PDF-1.4 not found</body></html>"), "neither PDF nor DOCX" },
        { "nothing", SPAN(""), "neither PDF nor DOCX" },
        { "only a head", SPAN("%PDF-1.4\n"), "cannot be read" },
        { "without text", pdf("UniGB-UCS2-H", ""), "no text" },
        { "a tree of itself", SPAN("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\n"
                                   "trailer<</Size 3/Root 1 0 R>>\n%%EOF\n"), "no text" },
        { "a million pages that are not there", SPAN("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1000000/Kids[]>>endobj\n"
                                                    "trailer<</Size 3/Root 1 0 R>>\n%%EOF\n"), "no text" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(rows[i].name, rows[i].bytes, NULL, rows[i].why);
    for (size_t n = 1; n < whole.n; n += 7) {
        struct document d;
        document_read((struct span){ whole.p, n }, arena, &d);
        bad += lacks("truncated", "neither text nor reason", d.text.n > 0 || d.why.n > 0);
    }
    assert_int_equal(bad, 0);
}

/* What is left out of a long one is told, also when its lines make few paragraphs. */
static void long_pdf(void **state)
{
    (void)state;
    struct document d;
    struct span line = repeated("4eba", 38, "<", "> Tj T* "), lines = repeated("4eba", 38, "<", "> Tj T* ");
    for (int i = 1; i < 37; i++)
        lines = arena_printf(arena, "%.*s%.*s", SPAN_FMT(lines), SPAN_FMT(line));
    document_read(pdf_of_pages(PDF_PAGES_MAX, "UniGB-UCS2-H", arena_printf(arena, "%.*s", SPAN_FMT(lines)).p), arena, &d);
    assert_true(d.text.n > DOCUMENT_TEXT_MAX_BYTES / 2 && d.text.n < DOCUMENT_TEXT_MAX_BYTES);
    assert_true(span_has(d.why, SPAN("longer than")));
    document_read(pdf_of_pages(PDF_PAGES_MAX + 1, "UniGB-UCS2-H", "<4eba5927> Tj"), arena, &d);
    assert_true(span_has(d.why, SPAN("longer than")));
    document_read(pdf_of_pages(PDF_PAGES_MAX, "UniGB-UCS2-H", "<4eba5927> Tj"), arena, &d);
    assert_true(d.text.n > 0 && d.why.n == 0);
}

/* A document in the place of a page is an article. */
static void in_place_of_a_page(void **state)
{
    (void)state;
    struct page_out out;
    read_bytes(docx("<w:p><w:t>市人大常委会工作报告</w:t></w:p><w:p><w:t>一年来，常委会听取和审议专项工作报告12项。</w:t></w:p>"), "http://a.cn/a.docx", "",
               ROLE_ARTICLE, &out);
    assert_int_equal(out.class, CLASS_ARTICLE);
    assert_true(span_is(out.article->f[ARTICLE_TITLE], "市人大常委会工作报告"));
    read_bytes(SPAN("%PDF-1.4\nnothing"), "http://a.cn/a.pdf", "application/pdf", ROLE_ARTICLE, &out);
    assert_int_equal(out.class, CLASS_OTHER);
    assert_true(span_has(out.reason, SPAN("PDF")));
    read_bytes(SPAN("%PDF-1.4\nnothing"), "http://a.cn/", "application/pdf", ROLE_LIST, &out);
    assert_int_equal(out.class, CLASS_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(docx_text), cmocka_unit_test(hostile_docx), cmocka_unit_test(long_docx), cmocka_unit_test(truncated),
        cmocka_unit_test(pdf_text),  cmocka_unit_test(hostile_pdf),  cmocka_unit_test(long_pdf),
        cmocka_unit_test(in_place_of_a_page),
    };
    return cmocka_run_group_tests_name("documents", tests, set_up, tear_down);
}
