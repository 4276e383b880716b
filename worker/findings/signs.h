/* signs.h - signs that texts write in two widths. The full-width one is named here and written as bytes, for editors
 * and converters like to fold it into its ASCII twin, and nothing but the articles of the web would show it. */
#ifndef RENDA_WORKER_FINDINGS_SIGNS_H
#define RENDA_WORKER_FINDINGS_SIGNS_H

#include "worker/findings/sentence.h"

#define WIDE_COMMA       "\xEF\xBC\x8C"
#define WIDE_COLON       "\xEF\xBC\x9A"
#define WIDE_SEMICOLON   "\xEF\xBC\x9B"
#define WIDE_PAREN_OPEN  "\xEF\xBC\x88"
#define WIDE_PAREN_CLOSE "\xEF\xBC\x89"
#define WIDE_PERCENT     "\xEF\xBC\x85"
#define WIDE_STOP        "\xEF\xBC\x8E"
#define WIDE_SPACE       "\xE3\x80\x80"

static inline bool token_colon(const struct sentence *s, size_t i)
{
    return i < s->n && s->t[i].type == TOK_COMMA && (token_is(s, i, ":") || token_is(s, i, WIDE_COLON));
}
static inline bool token_semicolon(const struct sentence *s, size_t i)
{
    return i < s->n && s->t[i].type == TOK_COMMA && (token_is(s, i, ";") || token_is(s, i, WIDE_SEMICOLON));
}
static inline bool ends_in_colon(struct span s)
{
    return span_ends(s, SPAN(":")) || span_ends(s, SPAN(WIDE_COLON));
}

#endif
