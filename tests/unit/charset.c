/* What a page's bytes are: who says so, who is believed, and what becomes of bytes that fit nothing. */
#include "page_test.h"

#include <iconv.h>

#include "worker/charset.h"

#define WORDS "会议听取和审议了市人民政府关于水污染防治情况的报告，要求压实责任、补齐短板。"

static struct charset *charset;

static int open_charset(void **state)
{
    charset = charset_new();
    return set_up(state);
}

static int close_charset(void **state)
{
    charset_free(charset);
    return tear_down(state);
}

static struct span encode(const char *to, const char *utf8)
{
    size_t left = strlen(utf8), room = left * 4 + 16;
    char *out = arena_alloc(arena, room), *q = out, *p = (char *)(uintptr_t)utf8;
    iconv_t cd = iconv_open(to, "UTF-8");
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &p, &left, &q, &room) != (size_t)-1);
    iconv_close(cd);
    return span_between(out, q);
}

static void decides(void **state)
{
    static const struct {
        const char *name, *written_in, *before, *page, *type, *charset, *how;
    } rows[] = {
        { "utf-8, nothing said", "UTF-8", "", "<p>" WORDS, "", "utf-8", "bytes" },
        { "utf-8 header", "UTF-8", "", "<p>" WORDS, "text/html; charset=UTF-8", "utf-8", "header" },
        { "utf-8 mark", "UTF-8", "\xef\xbb\xbf", "<p>" WORDS, "text/html; charset=gbk", "utf-8", "bom" },
        { "gbk, nothing said", "GB18030", "", "<p>" WORDS, "", "gb18030", "bytes" },
        { "gb2312 meta", "GB18030", "", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"><p>" WORDS, "", "gb18030", "meta" },
        { "gbk meta, short form", "GB18030", "", "<META charset='GBK'><p>" WORDS, "text/html", "gb18030", "meta" },
        { "gbk header", "GB18030", "", "<p>" WORDS, "text/html;charset=gbk", "gb18030", "header" },
        { "labelled utf-8, is gbk", "GB18030", "", "<meta charset=utf-8><p>" WORDS, "", "gb18030", "bytes" },
        { "header says utf-8, is gbk", "GB18030", "", "<p>" WORDS, "text/html; charset=utf-8", "gb18030", "bytes" },
        { "labelled gb2312, is utf-8", "UTF-8", "", "<meta charset=gb2312><p>" WORDS, "", "utf-8", "bytes" },
        { "header against meta: header", "GB18030", "", "<meta charset=big5><p>" WORDS, "text/html; charset=gbk", "gb18030", "header" },
        { "latin-1 on everything", "GB18030", "", "<p>" WORDS, "text/html; charset=ISO-8859-1", "gb18030", "bytes" },
        { "xml declaration", "GB18030", "", "<?xml version=\"1.0\" encoding=\"GB2312\"?><rss>" WORDS "</rss>", "", "gb18030", "xml" },
        { "big5 meta", "BIG5", "", "<meta charset=big5><p>會議聽取和審議了市人民政府關於水污染防治情況的報告。", "", "big5", "meta" },
        { "utf-16 mark", "UTF-16LE", "\xff\xfe", "<p>" WORDS, "", "utf-16le", "bom" },
        { "utf-16 mark, big end first", "UTF-16BE", "\xfe\xff", "<p>" WORDS, "", "utf-16be", "bom" },
        { "utf-16 without mark", "UTF-16LE", "", "<html><head><title>a page</title></head><body><p>" WORDS, "", "utf-16le", "bytes" },
        { "utf-16 in ASCII letters means utf-8", "UTF-8", "", "<meta charset=utf-16><p>" WORDS, "", "utf-8", "meta" },
        { "ascii", "UTF-8", "", "<p>plain words", "", "utf-8", "default" },
        { "ascii, labelled", "UTF-8", "", "<meta charset=gb2312><p>plain words", "", "gb18030", "meta" },
        { "four bytes of GB18030", "GB18030", "", "<meta charset=gb2312><p>" WORDS "㐂𠮷", "", "gb18030", "meta" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span page = encode(rows[i].written_in, rows[i].page);
        struct span bytes = arena_printf(arena, "%s%*s", rows[i].before, (int)page.n, "");
        memcpy((char *)(uintptr_t)bytes.p + strlen(rows[i].before), page.p, page.n);
        struct charset_text out;
        charset_decode(charset, bytes, span_of(rows[i].type), arena, &out);
        bad += differs(rows[i].name, "charset", out.name, rows[i].charset);
        bad += differs(rows[i].name, "how", out.how, rows[i].how);
        bad += differs(rows[i].name, "text", out.text, rows[i].page);
    }
    assert_int_equal(bad, 0);
}

static void keeps_the_page(void **state)
{
    static const struct {
        const char *name;
        struct span bytes;
        const char *type, *charset, *text;
        bool nul, cut;
    } rows[] = {
        { "one bad byte in utf-8", SPAN("<p>" WORDS "\xff" WORDS), "text/html; charset=utf-8", "utf-8", "<p>" WORDS "\xef\xbf\xbd" WORDS, false, false },
        { "one bad byte, nothing said", SPAN("<p>" WORDS "\xc0" WORDS), "", "utf-8", "<p>" WORDS "\xef\xbf\xbd" WORDS, false, false },
        { "labelled gbk, is utf-8 with a bad byte", SPAN("<p>" WORDS "\xc0" WORDS), "text/html; charset=gbk", "utf-8", "<p>" WORDS "\xef\xbf\xbd" WORDS, false, false },
        { "half a character at the end", SPAN("<p>" WORDS "\xe5\x8d"), "", "utf-8", "<p>" WORDS, .cut = true },
        { "a third of one", SPAN("<p>" WORDS "\xe5"), "", "utf-8", "<p>" WORDS, .cut = true },
        { "three quarters of one", SPAN("<p>" WORDS "\xf0\xa0\xae"), "", "utf-8", "<p>" WORDS, .cut = true },
        { "a whole one at the end", SPAN("<p>" WORDS "\xe5\x8d\x81"), "", "utf-8", "<p>" WORDS "\xe5\x8d\x81", false, false },
        { "a byte too many at the end", SPAN("<p>" WORDS "\x80"), "", "utf-8", "<p>" WORDS "\xef\xbf\xbd", false, false },
        { "NUL", SPAN("<p>a\0b"), "", "utf-8", "<p>ab", .nul = true },
        { "NUL within a character", SPAN("<p>" WORDS "\xe5\0\x8d\x81"), "", "utf-8", "<p>" WORDS "\xe5\x8d\x81", .nul = true },
        { "NUL in gbk", SPAN("\xbb\xe1\xd2\xe9\0\xcc\xfd\xc8\xa1"), "text/html; charset=gbk", "gb18030", "会议听取", .nul = true },
        { "a lone surrogate", SPAN("<p>" WORDS "\xed\xa0\x80"), "text/html; charset=utf-8", "utf-8", "<p>" WORDS "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", false, false },
        { "bad byte in gbk", SPAN("\xbb\xe1\xd2\xe9\xcc\xfd\xc8\xa1\xba\xcd\xc9\xf3\xd2\xe9\xc1\xcb\xff\xbb\xe1\xd2\xe9"), "text/html; charset=gbk", "gb18030",
          "会议听取和审议了\xef\xbf\xbd会议", false, false },
        { "half a character of gbk at the end", SPAN("\xbb\xe1\xd2\xe9\xcc\xfd\xc8\xa1\xba"), "text/html; charset=gbk", "gb18030", "会议听取", .cut = true },
        { "half of four bytes of gb18030", SPAN("\xbb\xe1\xd2\xe9\xcc\xfd\xc8\xa1\x82\x30\x81"), "text/html; charset=gbk", "gb18030", "会议听取",
          .cut = true },
        { "half a character of big5 at the end", SPAN("<p>\xb7|\xc4\xb3\xc5\xa5\xa8\xfa\xb7"), "text/html; charset=big5", "big5", "<p>會議聽取",
          .cut = true },
        { "nothing", SPAN(""), "", "utf-8", "", false, false },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct charset_text out;
        charset_decode(charset, rows[i].bytes, span_of(rows[i].type), arena, &out);
        bad += differs(rows[i].name, "charset", out.name, rows[i].charset);
        bad += differs(rows[i].name, "text", out.text, rows[i].text);
        bad += lacks(rows[i].name, "is not valid UTF-8", text_valid(out.text));
        bad += lacks(rows[i].name, "tells NUL or half a character wrongly", out.had_nul == rows[i].nul && out.was_cut == rows[i].cut);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(decides), cmocka_unit_test(keeps_the_page) };
    return cmocka_run_group_tests(tests, open_charset, close_charset);
}
