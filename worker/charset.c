#include "worker/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "common/text.h"

#define DECLARED_IN_BYTES 8192         /* where a <meta> or XML declaration is looked for */
#define BAD_ENOUGH        2000         /* bad bytes after which no more evidence is needed */
#define GUESS_BYTES       (256 * 1024) /* what uchardet is shown */

enum { UTF8, GB18030, BIG5, UTF16LE, UTF16BE, EUCJP, SJIS, EUCKR, LATIN, ENCODINGS, NONE = -1 };

static const struct {
    const char *name, *iconv;
} encodings[ENCODINGS] = {
    [UTF8] = { "utf-8", NULL },
    [GB18030] = { "gb18030", "GB18030" },
    [BIG5] = { "big5", "BIG5-HKSCS" },
    [UTF16LE] = { "utf-16le", "UTF-16LE" },
    [UTF16BE] = { "utf-16be", "UTF-16BE" },
    [EUCJP] = { "euc-jp", "EUC-JP" },
    [SJIS] = { "shift_jis", "CP932" },
    [EUCKR] = { "euc-kr", "CP949" },
    [LATIN] = { "windows-1252", "CP1252" },
};

/* What pages and uchardet call them, in lower case. A page that says UTF-16 in ASCII letters is not UTF-16. */
static const struct {
    const char *label;
    int encoding;
} labels[] = {
    { "utf-8", UTF8 },           { "utf8", UTF8 },          { "unicode", UTF8 },
    { "utf-16", UTF8 },          { "utf-16le", UTF8 },      { "utf-16be", UTF8 },
    { "gb2312", GB18030 },       { "gbk", GB18030 },        { "gb18030", GB18030 },
    { "gb-2312", GB18030 },      { "gb_2312-80", GB18030 }, { "gb_2312", GB18030 },
    { "x-gbk", GB18030 },        { "cp936", GB18030 },      { "ms936", GB18030 },
    { "windows-936", GB18030 },  { "euc-cn", GB18030 },     { "hz-gb-2312", GB18030 },
    { "chinese", GB18030 },      { "csgb2312", GB18030 },   { "big5", BIG5 },
    { "big5-hkscs", BIG5 },      { "cp950", BIG5 },         { "x-x-big5", BIG5 },
    { "big-5", BIG5 },           { "euc-tw", BIG5 },        { "euc-jp", EUCJP },
    { "shift_jis", SJIS },       { "shift-jis", SJIS },     { "sjis", SJIS },
    { "windows-31j", SJIS },     { "euc-kr", EUCKR },       { "uhc", EUCKR },
    { "ks_c_5601-1987", EUCKR }, { "iso-8859-1", LATIN },   { "latin1", LATIN },
    { "windows-1252", LATIN },   { "ascii", LATIN },        { "us-ascii", LATIN },
    { "iso-8859-15", LATIN },
};

#define GB_LEADS  (0xfe - 0x81 + 1)
#define GB_TRAILS (0xfe - 0x40 + 1)

struct charset {
    iconv_t cd[ENCODINGS];
    uchardet_t guess;
    uint16_t gb[GB_LEADS][GB_TRAILS]; /* two-byte characters of GB18030; 0: none. Several times as fast as iconv. */
};

static void fill_gb(struct charset *c)
{
    for (int lead = 0; lead < GB_LEADS; lead++) {
        for (int trail = 0; trail < GB_TRAILS; trail++) {
            char in[2] = { (char)(lead + 0x81), (char)(trail + 0x40) }, out[8], *p = in, *q = out;
            const char *r = out;
            size_t left = 2, room = sizeof(out);
            iconv(c->cd[GB18030], NULL, NULL, NULL, NULL);
            if (in[1] == 0x7f || iconv(c->cd[GB18030], &p, &left, &q, &room) == (size_t)-1 || left > 0)
                continue;
            uint32_t u = text_next(&r, q);
            c->gb[lead][trail] = u <= 0xffff && r == q ? (uint16_t)u : 0;
        }
    }
}

struct charset *charset_new(void)
{
    struct charset *c = calloc(1, sizeof(*c));
    if (c == NULL)
        abort();
    for (int i = 0; i < ENCODINGS; i++)
        c->cd[i] = encodings[i].iconv == NULL ? (iconv_t)-1 : iconv_open("UTF-8", encodings[i].iconv);
    c->guess = uchardet_new();
    if (c->cd[GB18030] != (iconv_t)-1)
        fill_gb(c);
    return c;
}

void charset_free(struct charset *c)
{
    if (c == NULL)
        return;
    for (int i = 0; i < ENCODINGS; i++) {
        if (c->cd[i] != (iconv_t)-1)
            iconv_close(c->cd[i]);
    }
    uchardet_delete(c->guess);
    free(c);
}

static int by_label(struct span label)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        if (strlen(labels[i].label) == label.n && strncasecmp(labels[i].label, label.p, label.n) == 0)
            return labels[i].encoding;
    }
    return NONE;
}

/* First place of word (lower case) in s, whatever its case. */
static const char *find_nocase(struct span s, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = s.p, *end = s.p + s.n; (size_t)(end - p) >= n; p++) {
        if (((unsigned char)*p | 0x20) == (unsigned char)word[0] && strncasecmp(p, word, n) == 0)
            return p;
    }
    return NULL;
}

/* The value after `word` and `=` in s: charset=gb2312, charset = "utf-8", encoding='…'. */
static int labelled(struct span s, const char *word)
{
    const char *end = s.p + s.n, *p = find_nocase(s, word);
    if (p == NULL)
        return NONE;
    p += strlen(word);
    while (p < end && isspace((unsigned char)*p))
        p++;
    if (p == end || *p != '=')
        return NONE;
    for (p++; p < end && (isspace((unsigned char)*p) || *p == '"' || *p == '\''); p++)
        continue;
    const char *from = p;
    while (p < end && (isalnum((unsigned char)*p) || *p == '-' || *p == '_' || *p == ':'))
        p++;
    return by_label(span_between(from, p));
}

static int in_meta(struct span bytes)
{
    struct span head = { bytes.p, bytes.n < DECLARED_IN_BYTES ? bytes.n : DECLARED_IN_BYTES };
    const char *end = head.p + head.n;
    for (const char *p = head.p; (p = find_nocase(span_between(p, end), "<meta")) != NULL;) {
        const char *q = memchr(p, '>', (size_t)(end - p));
        if (q == NULL)
            q = end;
        int found = labelled(span_between(p, q), "charset");
        if (found != NONE)
            return found;
        p = q;
    }
    return NONE;
}

static int in_xml(struct span bytes)
{
    if (!span_starts(bytes, SPAN("<?xml")))
        return NONE;
    const char *q = memchr(bytes.p, '>', bytes.n < 256 ? bytes.n : 256);
    return q == NULL ? NONE : labelled(span_between(bytes.p, q), "encoding");
}

struct census {
    size_t good, bad; /* characters beyond ASCII; bytes that are none */
    size_t common;    /* GB18030: characters of GB 2312's hanzi rows */
    bool cut;         /* ends within a character */
};

static const char *skip_ascii(const char *p, const char *end)
{
    uint64_t w;
    while (end - p >= 8 && (memcpy(&w, p, 8), (w & 0x8080808080808080u) == 0))
        p += 8;
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return p;
}

static struct census count_utf8(struct span s)
{
    struct census n = { 0 };
    const char *end = s.p + s.n, *cut = end;
    for (const char *p = s.p; (p = skip_ascii(p, end)) < end;) {
        const char *from = p;
        while (end - p >= 3 && (unsigned char)(*p - 0xe1) <= 0xec - 0xe1 && ((p[1] ^ 0x80) & 0xc0) == 0 &&
               ((p[2] ^ 0x80) & 0xc0) == 0) {
            n.good++; /* nearly every character of a Chinese page */
            p += 3;
        }
        if (p > from)
            continue;
        if (text_next(&p, end) != TEXT_BAD) {
            n.good++;
        } else if (end - from < 4 && from < cut) {
            cut = from; /* perhaps a character cut off by the end of the page: no evidence */
            n.cut = true;
        } else if (++n.bad >= BAD_ENOUGH && n.bad * 4 > n.good) {
            break;
        }
    }
    return n;
}

static struct census count_gb18030(struct span s)
{
    struct census n = { 0 };
    const char *end = s.p + s.n;
    for (const char *p = s.p; (p = skip_ascii(p, end)) < end;) {
        const unsigned char *b = (const unsigned char *)p;
        size_t room = (size_t)(end - p);
        if (room >= 2 && b[0] >= 0x81 && b[0] <= 0xfe && b[1] >= 0x40 && b[1] != 0x7f && b[1] <= 0xfe) {
            n.good++;
            n.common += b[1] >= 0xa1 && ((b[0] >= 0xb0 && b[0] <= 0xf7) || b[0] == 0xa1 || b[0] == 0xa3);
            p += 2;
        } else if (room >= 4 && b[0] >= 0x81 && b[0] <= 0xfe && b[1] >= 0x30 && b[1] <= 0x39 && b[2] >= 0x81 &&
                   b[2] <= 0xfe && b[3] >= 0x30 && b[3] <= 0x39) {
            n.good++;
            p += 4;
        } else {
            n.bad += room >= 2;
            p++;
        }
    }
    return n;
}

static int guess_by_uchardet(struct charset *c, struct span s)
{
    const char *p = skip_ascii(s.p, s.p + s.n); /* from the first byte that tells anything */
    if (s.n > 2 * GUESS_BYTES && p > s.p + 64)
        p -= 64;
    else
        p = s.p;
    size_t n = (size_t)(s.p + s.n - p);
    uchardet_reset(c->guess);
    if (uchardet_handle_data(c->guess, p, n < GUESS_BYTES ? n : GUESS_BYTES) != 0)
        return NONE;
    uchardet_data_end(c->guess);
    return by_label(span_of(uchardet_get_charset(c->guess)));
}

/* UTF-16 without a mark: in Latin mark-up every other byte is NUL. */
static int utf16_by_nuls(struct span s)
{
    size_t n = s.n < 4096 ? s.n : 4096, zero[2] = { 0, 0 };
    for (size_t i = 0; i < n; i++)
        zero[i & 1] += s.p[i] == '\0';
    if (n >= 16 && zero[1] > n / 8 && zero[0] < zero[1] / 16)
        return UTF16LE;
    if (n >= 16 && zero[0] > n / 8 && zero[1] < zero[0] / 16)
        return UTF16BE;
    return NONE;
}

/* True when text read so would be mostly letters. Hardly any other bytes look like UTF-8 by chance, so that it may have
 * more bad ones than GB18030, into which nearly everything fits somehow. */
static bool fits_utf8(struct census n)
{
    return n.bad == 0 || n.bad * 3 <= n.good;
}

static bool fits(struct census n)
{
    return n.bad == 0 || n.bad * 20 <= n.good;
}

/* The encoding of bytes for which `declared` was claimed (NONE: nothing was). */
static int by_bytes(struct charset *c, struct span s, int declared, bool *clean)
{
    struct census u = count_utf8(s);
    *clean = u.bad == 0 && !u.cut;
    if (u.good + u.bad == 0)
        return declared; /* nothing but ASCII contradicts nobody */
    if (u.bad == 0 && u.good > 0 && (declared != GB18030 || u.good > 2))
        return UTF8; /* other encodings do not look like UTF-8 by chance */
    if (declared == UTF8 && fits_utf8(u))
        return UTF8;
    struct census g = count_gb18030(s);
    if (declared == GB18030 && fits(g))
        return fits_utf8(u) && u.good > 20 ? UTF8 : GB18030;
    if (declared == NONE || declared == UTF8 || declared == GB18030) {
        if (fits_utf8(u) && (u.good > 20 || u.bad <= g.bad))
            return UTF8;
        if (fits(g) && g.common * 10 >= g.good * 9)
            return GB18030;
    }
    if (declared == LATIN && fits(g) && g.good >= 16 && g.common * 10 >= g.good * 9)
        return GB18030; /* servers that put ISO-8859-1 on everything */
    if (declared != NONE && declared != UTF8 && declared != GB18030)
        return declared;
    int guessed = guess_by_uchardet(c, s);
    if (guessed == BIG5 || guessed == EUCJP || guessed == SJIS || guessed == EUCKR)
        return guessed;
    return u.bad <= g.bad && u.good > 0 ? UTF8 : GB18030;
}

static size_t put_bmp(char *q, uint32_t u)
{
    if (u >= 0x800) {
        q[0] = (char)(0xe0 | u >> 12);
        q[1] = (char)(0x80 | (u >> 6 & 0x3f));
        q[2] = (char)(0x80 | (u & 0x3f));
        return 3;
    }
    return text_put(q, u);
}

static struct span convert_gb(struct charset *c, struct span s, struct arena *a, bool *was_cut)
{
    const char *end = s.p + s.n;
    size_t room_n = s.n + s.n / 2 + 64; /* two bytes become three; bad ones take more */
    char *out = arena_alloc(a, room_n), *q = out;
    for (const char *p = s.p; p < end;) {
        const unsigned char *b = (const unsigned char *)p;
        size_t room = (size_t)(end - p);
        uint64_t w;
        if (room_n - (size_t)(q - out) < 32) {
            size_t used = (size_t)(q - out), more = room_n * 2;
            out = arena_grow(a, out, room_n, more);
            q = out + used;
            room_n = more;
        }
        if (room >= 8 && (memcpy(&w, p, 8), (w & 0x8080808080808080u) == 0)) {
            memcpy(q, p, 8);
            p += 8;
            q += 8;
            continue;
        }
        if (b[0] < 0x80) {
            *q++ = *p++;
            continue;
        }
        uint16_t u = room >= 2 && b[0] >= 0x81 && b[0] <= 0xfe && b[1] >= 0x40 && b[1] <= 0xfe
                         ? c->gb[b[0] - 0x81][b[1] - 0x40]
                         : 0;
        if (u != 0) {
            q += put_bmp(q, u);
            p += 2;
            continue;
        }
        if (room >= 4 && b[0] >= 0x81 && b[0] <= 0xfe && b[1] >= 0x30 && b[1] <= 0x39) {
            char four[4], *in = four;
            size_t left = 4, fits4 = 8;
            memcpy(four, p, 4);
            iconv(c->cd[GB18030], NULL, NULL, NULL, NULL);
            if (iconv(c->cd[GB18030], &in, &left, &q, &fits4) != (size_t)-1 && left == 0) {
                p += 4;
                continue;
            }
        }
        if (b[0] >= 0x81 && b[0] <= 0xfe && (room < 2 || (room < 4 && b[1] >= 0x30 && b[1] <= 0x39))) {
            *was_cut = true;
            break;
        }
        q += text_put(q, 0xfffd);
        p++;
    }
    *q = '\0';
    return span_between(out, q);
}

static struct span convert(struct charset *c, int from, struct span s, struct arena *a, bool *was_cut)
{
    iconv_t cd = c->cd[from];
    if (cd == (iconv_t)-1)
        return text_repair(a, s);
    size_t room = s.n + s.n / 2 + 64, had = room;
    char *out = arena_alloc(a, had + 1), *q = out, *p = (char *)(uintptr_t)s.p;
    size_t left = s.n;
    bool nul = memchr(s.p, '\0', s.n) != NULL;
    iconv(cd, NULL, NULL, NULL, NULL);
    while (left > 0) {
        errno = 0;
        if (iconv(cd, &p, &left, &q, &room) != (size_t)-1)
            break;
        if (room < 16) {
            size_t used = (size_t)(q - out), more = had + left * 3 + 64;
            out = arena_grow(a, out, had + 1, more + 1);
            q = out + used;
            room = more - used;
            had = more;
        }
        if (errno == E2BIG)
            continue;
        *was_cut = errno == EINVAL;
        if (*was_cut)
            break;
        size_t bad = (from == UTF16LE || from == UTF16BE) && left >= 2 ? 2 : 1;
        p += bad;
        left -= bad;
        size_t n = text_put(q, 0xfffd);
        q += n;
        room -= n;
    }
    *q = '\0';
    struct span text = span_between(out, q);
    return nul ? text_repair(a, text) : text;
}

/* The bytes without NUL: in no encoding but UTF-16 is there one in a text. */
static struct span without_nul(struct span s, struct arena *a)
{
    char *out = arena_alloc(a, s.n + 1), *o = out;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\0')
            *o++ = s.p[i];
    }
    *o = '\0';
    return span_between(out, o);
}

/* The bytes without the beginning of a character at their end, if all of them but this are UTF-8. */
static struct span without_cut_utf8(struct span s, bool *was_cut)
{
    size_t k = 1;
    while (k < 4 && k < s.n && ((unsigned char)s.p[s.n - k] & 0xc0) == 0x80)
        k++;
    unsigned char first = s.n >= k ? (unsigned char)s.p[s.n - k] : 0;
    size_t needs = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    *was_cut = first >= 0xc2 && first <= 0xf4 && k < needs;
    return (struct span){ s.p, *was_cut ? s.n - k : s.n };
}

void charset_decode(struct charset *c, struct span bytes, struct span content_type, struct arena *a,
                    struct charset_text *out)
{
    static const struct {
        struct span mark;
        int encoding;
    } boms[] = {
        { { "\xef\xbb\xbf", 3 }, UTF8 },
        { { "\xff\xfe", 2 }, UTF16LE },
        { { "\xfe\xff", 2 }, UTF16BE },
        { { "\x84\x31\x95\x33", 4 }, GB18030 },
    };
    int encoding = NONE;
    bool clean = false;
    out->how = SPAN("default");
    out->had_nul = out->was_cut = false;
    for (size_t i = 0; i < sizeof(boms) / sizeof(boms[0]) && encoding == NONE; i++) {
        if (span_starts(bytes, boms[i].mark)) {
            encoding = boms[i].encoding;
            out->how = SPAN("bom");
            bytes.p += boms[i].mark.n;
            bytes.n -= boms[i].mark.n;
        }
    }
    if (encoding == NONE) {
        int declared = labelled(content_type, "charset");
        if (declared != NONE)
            out->how = SPAN("header");
        else if ((declared = in_meta(bytes)) != NONE)
            out->how = SPAN("meta");
        else if ((declared = in_xml(bytes)) != NONE)
            out->how = SPAN("xml");
        encoding = memchr(bytes.p, '\0', bytes.n < 64 ? bytes.n : 64) != NULL ? utf16_by_nuls(bytes) : NONE;
        out->had_nul =
            encoding == NONE && declared != UTF16LE && declared != UTF16BE && memchr(bytes.p, '\0', bytes.n) != NULL;
        if (out->had_nul)
            bytes = without_nul(bytes, a);
        if (encoding == NONE)
            encoding = by_bytes(c, bytes, declared, &clean);
        if (encoding != declared)
            out->how = SPAN("bytes");
        else if (encoding == NONE)
            encoding = UTF8;
    } else if (encoding == UTF8 && !fits_utf8(count_utf8(bytes))) {
        encoding = by_bytes(c, bytes, NONE, &clean); /* a mark glued in front of something else */
        out->how = SPAN("bytes");
    }
    out->name = span_of(encodings[encoding].name);
    if (encoding == UTF8) {
        if (!clean)
            bytes = without_cut_utf8(bytes, &out->was_cut);
        out->text = clean && memchr(bytes.p, '\0', bytes.n) == NULL ? bytes : text_repair(a, bytes);
    } else if (encoding == GB18030 && c->cd[GB18030] != (iconv_t)-1) {
        out->text = convert_gb(c, bytes, a, &out->was_cut);
    } else {
        out->text = convert(c, encoding, bytes, a, &out->was_cut);
    }
}
