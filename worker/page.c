#include "worker/page.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdlib.h>

#include "worker/charset.h"
#include "worker/body.h"
#include "worker/fields.h"
#include "worker/html.h"

const char *const page_role_names[] = { "list", "article", "feed", "sitemap" };
const char *const page_class_names[] = { "article", "list", "feed", "sitemap", "soft404", "challenge", "other" };

struct page_reader {
    struct charset *charset;
    struct html_words *words;
};

struct page_reader *page_reader_new(void)
{
    struct page_reader *r = calloc(1, sizeof(*r));
    if (r == NULL)
        abort();
    xmlInitParser();
    json_object_seed(0); /* jansson would read /dev/urandom at its first object */
    r->charset = charset_new();
    r->words = html_words_new();
    return r;
}

void page_reader_free(struct page_reader *r)
{
    if (r == NULL)
        return;
    charset_free(r->charset);
    html_words_free(r->words);
    free(r);
}

void page_read(struct page_reader *r, const struct page_in *in, struct arena *a, struct page_out *out)
{
    struct charset_text text;
    struct html h;
    memset(out, 0, sizeof(*out));
    charset_decode(r->charset, in->bytes, in->content_type, a, &text);
    out->charset = text.name;
    out->charset_how = text.how;
    html_read(r->words, text.text, a, &h);
    out->class = CLASS_ARTICLE;
    out->article = ARENA_NEW(a, struct article);
    out->article->f[ARTICLE_URL] = in->url;
    struct body b;
    body_find(&h, a, &b);
    fields_read(&h, &b, in, a, out->article);
}
