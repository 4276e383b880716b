#include "worker/pdf.h"

#include <poppler.h>
#include <stdlib.h>

#include "common/text.h"

#define LINES_MAX        200000
#define COLUMNS_MAX      256
#define NARROW_COLUMNS   20 /* a line that says nothing about how wide the text is set */
#define WIDE_PERCENTILE  90
#define FULL_PERCENT     80 /* of that width: such a line goes on in the next one */
#define NUMBER_BYTES_MAX 40 /* of a page's number at its head or foot */

/* ---- what poppler reads from disk -------------------------------------------------------------------------------- */

static PopplerDocument *warm; /* poppler forgets its tables with the last document */

/* A font of each of the four character maps, the rarest first: it is the first to be forgotten. */
static const char warm_up[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</A 5 0 R/B 6 0 R/C 7 0 R"
    "/D 8 0 R>> >> >>endobj\n"
    "4 0 obj<</Length 105>>stream\n"
    "BT 72 700 Td /A 12 Tf <c8cb> Tj 0 -20 Td /B 12 Tf <4eba> Tj 0 -20 Td /C 12 Tf <c8cb> Tj 0 -20 Td /D 12 Tf <4eba> "
    "Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/GB-EUC-H/DescendantFonts[9 0 R]>>endobj\n"
    "6 0 obj<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/UniGB-UTF16-H/DescendantFonts[9 0 R]>>endobj\n"
    "7 0 obj<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/GBK-EUC-H/DescendantFonts[9 0 R]>>endobj\n"
    "8 0 obj<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>endobj\n"
    "9 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    "/DW 1000/FontDescriptor 10 0 R>>endobj\n"
    "10 0 obj<</Type/FontDescriptor/FontName/S/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 880/StemV 93>>endobj\n"
    "trailer<</Size 11/Root 1 0 R>>\n%%EOF\n";

/* Nothing is printed: the cage has no standard error. */
static void keep_quiet(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

void pdf_init(void)
{
    if (warm != NULL)
        return;
    g_log_set_default_handler(keep_quiet, NULL);
    GBytes *bytes = g_bytes_new_static(warm_up, sizeof(warm_up) - 1);
    warm = poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_bytes_unref(bytes);
    PopplerPage *page = warm == NULL ? NULL : poppler_document_get_page(warm, 0);
    if (page == NULL)
        return; /* then each document says what is wrong */
    g_free(poppler_page_get_text(page));
    g_object_unref(page);
}

/* Fonts with a GBK map give the digits and letters of a half-width font as full-width ones: all are made ASCII. */
static struct span narrow(struct arena *a, struct span s)
{
    char *out = arena_alloc(a, s.n + 1), *o = out;
    for (const char *p = s.p, *end = p + s.n; p < end;) {
        const char *at = p;
        uint32_t c = text_next(&p, end), ascii = c - 0xff01 + '!';
        bool wide = c >= 0xff01 && c <= 0xff5e;
        if (wide && (ascii == '%' || ascii == '.' || (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') ||
                     (ascii >= 'a' && ascii <= 'z'))) {
            *o++ = (char)ascii;
        } else {
            memcpy(o, at, (size_t)(p - at));
            o += p - at;
        }
    }
    return span_between(out, o);
}

/* ---- lines become paragraphs ------------------------------------------------------------------------------------- */

struct flow {
    struct arena *a;
    struct span *lines;
    size_t n, room, bytes;
    size_t widths[COLUMNS_MAX]; /* how many lines are so many columns wide */
};

/* 3, - 3 -, 第3页 共10页 */
static bool is_page_number(struct span s)
{
    static const char *const words[] = { "第", "页", "共", "—", "－", "–", "-", "/", "·", "~" };
    bool digit = false;
    if (s.n > NUMBER_BYTES_MAX)
        return false;
    for (const char *p = s.p, *end = p + s.n; p < end;) {
        const char *at = p;
        uint32_t c = text_next(&p, end);
        bool known = text_is_space(c) || (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
        digit |= known && !text_is_space(c);
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !known; i++)
            known = span_is(span_between(at, p), words[i]);
        if (!known)
            return false;
    }
    return digit;
}

static void add_line(struct flow *f, struct span line)
{
    if (f->n == f->room) {
        size_t room = f->room == 0 ? 256 : f->room * 2;
        f->lines = arena_grow(f->a, f->lines, f->room * sizeof(*f->lines), room * sizeof(*f->lines));
        f->room = room;
    }
    size_t columns = text_columns(line);
    f->widths[columns < COLUMNS_MAX ? columns : COLUMNS_MAX - 1]++;
    f->lines[f->n++] = line;
    f->bytes += line.n + 1;
}

/* The page's lines without its number. */
static void add_page(struct flow *f, struct span text)
{
    size_t first = f->n;
    for (const char *p = text.p, *end = p + text.n; p < end && f->n < LINES_MAX;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span line = text_trim(span_between(p, q == NULL ? end : q));
        p = q == NULL ? end : q + 1;
        if (line.n > 0 && !(f->n == first && is_page_number(line)))
            add_line(f, line);
    }
    if (f->n > first && is_page_number(f->lines[f->n - 1]))
        f->n--;
}

/* How wide the text is set: what few lines exceed. */
static size_t text_width_of(const struct flow *f)
{
    size_t all = 0, seen = 0;
    for (size_t i = NARROW_COLUMNS; i < COLUMNS_MAX; i++)
        all += f->widths[i];
    for (size_t i = NARROW_COLUMNS; i < COLUMNS_MAX; i++) {
        seen += f->widths[i];
        if (seen * 100 >= all * WIDE_PERCENTILE)
            return i;
    }
    return COLUMNS_MAX;
}

static bool ends_sentence(struct span s)
{
    static const char *const ends[] = { "。", "！", "？", "：", "；", "”", "!", "?" };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (span_ends(s, span_of(ends[i])))
            return true;
    }
    return false;
}

/* Words have a blank between them; a numeral and Chinese text have none. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A line that reaches the right edge and ends no sentence goes on in the next one. */
static struct span paragraphs(struct flow *f)
{
    char *out = arena_alloc(f->a, f->bytes + f->n + 1), *o = out;
    size_t full = text_width_of(f) * FULL_PERCENT / 100;
    for (size_t i = 0; i < f->n; i++) {
        struct span s = f->lines[i];
        memcpy(o, s.p, s.n);
        o += s.n;
        bool goes_on = text_columns(s) >= full && !ends_sentence(s);
        if (!goes_on)
            *o++ = '\n';
        else if (i + 1 < f->n && is_letter(s.p[s.n - 1]) && is_letter(f->lines[i + 1].p[0]))
            *o++ = ' ';
    }
    return span_between(out, o);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static struct span reason(struct arena *a, const GError *error)
{
    if (error != NULL && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED)
        return SPAN("a PDF that wants a password");
    return arena_printf(a, "a PDF that cannot be read%s%s", error != NULL ? ": " : "",
                        error != NULL ? error->message : "");
}

static void read_pages(PopplerDocument *d, struct arena *a, struct document *out)
{
    struct flow f = { .a = a };
    int pages = poppler_document_get_n_pages(d), i = 0;
    for (; i < pages && i < PDF_PAGES_MAX && f.n < LINES_MAX && f.bytes < DOCUMENT_TEXT_MAX_BYTES; i++) {
        PopplerPage *page = poppler_document_get_page(d, i);
        if (page == NULL)
            continue;
        char *text = poppler_page_get_text(page);
        add_page(&f, narrow(a, text_repair(a, span_of(text))));
        g_free(text);
        g_object_unref(page);
    }
    out->text = paragraphs(&f);
    if (i < pages || f.n == LINES_MAX)
        out->why = SPAN("longer than what is read of one attachment");
}

void pdf_read(struct span bytes, struct arena *a, struct document *out)
{
    GError *error = NULL;
    GBytes *view = g_bytes_new_static(bytes.p, bytes.n);
    PopplerDocument *d = poppler_document_new_from_bytes(view, NULL, &error);
    g_bytes_unref(view);
    if (d == NULL)
        out->why = reason(a, error);
    else
        read_pages(d, a, out);
    g_clear_error(&error);
    if (d != NULL)
        g_object_unref(d);
}
