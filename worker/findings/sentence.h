/* sentence.h - a text cut into sentences, and a sentence into tokens: words of the lexicons, numbers, dates, titles in
 * 《》, single letters. One walk over the text; offsets count bytes and code points as it goes.
 * A sentence of more than TOKENS_MAX tokens is cut, so that whatever a rule does within one is bounded. */
#ifndef RENDA_WORKER_FINDINGS_SENTENCE_H
#define RENDA_WORKER_FINDINGS_SENTENCE_H

#include "common/arena.h"
#include "common/span.h"
#include "worker/findings/date.h"
#include "worker/findings/lexicon.h"
#include "worker/findings/number.h"

/* A word in a constant table of spans. */
#define WORD(lit)                                                                                                      \
    {                                                                                                                  \
        (lit), sizeof(lit) - 1                                                                                         \
    }

#define TOKENS_MAX  1024
#define NUMBERS_MAX 256

enum token_type {
    TOK_LETTER, /* one Chinese letter of no known word */
    TOK_WORD,
    TOK_NUMBER,
    TOK_DATE,
    TOK_TITLE, /* 《…》 */
    TOK_LATIN,
    TOK_COMMA, /* , ; : and their like: end a clause */
    TOK_LIST,  /* 、 */
    TOK_OPEN,
    TOK_CLOSE, /* quotation marks */
    TOK_PAREN_OPEN,
    TOK_PAREN_CLOSE, /* () [] */
    TOK_STOP,        /* 。!? */
    TOK_SPACE,
    TOK_MARK, /* any other sign */
};

struct token {
    uint8_t type;
    bool quoted; /* within a quotation of at most QUOTE_SHORT letters */
    bool in_paren;
    bool named;                  /* part of a meeting's name */
    bool verb_only, verbal_noun; /* of w */
    uint16_t value;              /* of a number or date: its place in numbers[] or dates[] */
    uint32_t from, to;           /* bytes of the text */
    uint32_t cp;                 /* code points before it */
    uint32_t tables, verbs,
        nouns; /* of w, so that most questions need no look at it; 0: no word, or none of its roles */
    const struct word *w;
};

#define QUOTE_SHORT 14

struct sentence {
    struct span text;  /* the whole article's text */
    uint32_t from, to; /* bytes */
    struct span trimmed;
    size_t n, number_count, date_count;
    bool first;                    /* of its paragraph */
    bool heading;                  /* its paragraph is a short line without a full stop */
    bool listed;                   /* the paragraph begins with an item number: 1. 一、 (二) */
    uint32_t tables, verbs, nouns; /* of all its words together, so that a kind can pass a sentence by */
    uint32_t types;                /* 1 << token_type of all its tokens */
    uint64_t letters[4];           /* a bit for each letter of trimmed, which some letters share */
    struct token *t;               /* [n] and one TOK_STOP sentinel behind */
    struct number *numbers;
    uint16_t *number_at; /* [number_count] the token of each */
    struct date_range *dates;
};

/* Walks the sentences of one text after another, reusing one buffer. */
struct sentences {
    const struct lexicon *lex;
    struct span text;
    uint32_t at, cp;
    uint32_t paragraph_end;
    bool paragraph_heading, at_start;
    struct sentence s;
};

void sentences_init(struct sentences *w, const struct lexicon *lex, struct arena *a);
/* Goes to the beginning of a text. */
void sentences_begin(struct sentences *w, struct span text);
/* The next sentence, or NULL at the end. It lives until the next call. */
struct sentence *sentences_next(struct sentences *w);

static inline struct span token_span(const struct sentence *s, const struct token *t)
{
    return (struct span){ s->text.p + t->from, t->to - t->from };
}
/* The text from token i to token j - 1. */
struct span tokens_span(const struct sentence *s, size_t i, size_t j);
static inline struct span sentence_span(const struct sentence *s) /* trimmed */
{
    return s->trimmed;
}

/* False only when the sentence has no letter with these last two bytes. */
static inline bool sentence_may_have(const struct sentence *s, const char *two_bytes)
{
    return (s->letters[two_bytes[0] & 3] >> (two_bytes[1] & 63) & 1) != 0;
}
/* Whether the sentence has these words. Most sentences have not, and their letters tell so without a search. */
static inline bool sentence_has(const struct sentence *s, struct span words)
{
    const char *last = words.p + words.n - 1;
    if (words.n >= 3 && (*last & 0x80) != 0 && !sentence_may_have(s, last - 1))
        return false;
    if (words.n >= 3 && (words.p[0] & 0xf0) == 0xe0 && !sentence_may_have(s, words.p + 1))
        return false;
    return span_has(s->trimmed, words);
}

/* Always inlined, so that the length of a literal is known before any letter is looked at. */
__attribute__((always_inline)) static inline bool token_is(const struct sentence *s, size_t i, const char *word)
{
    size_t n = strlen(word);
    return i < s->n && s->t[i].to - s->t[i].from == n && memcmp(s->text.p + s->t[i].from, word, n) == 0;
}
static inline bool token_in(const struct sentence *s, size_t i, uint32_t tables)
{
    return i < s->n && (s->t[i].tables & tables) != 0;
}
static inline bool token_verb(const struct sentence *s, size_t i, enum verb_role role)
{
    return i < s->n && (s->t[i].verbs >> role & 1u) != 0;
}
/* One of these roles: 1 << VERB_… */
static inline bool token_verbs(const struct sentence *s, size_t i, uint32_t roles)
{
    return i < s->n && (s->t[i].verbs & roles) != 0;
}
static inline bool token_noun(const struct sentence *s, size_t i, enum noun_role role)
{
    return i < s->n && (s->t[i].nouns >> role & 1u) != 0;
}
/* Its row of this table, or NULL. */
static inline const struct lex_row *token_row(const struct sentence *s, size_t i, enum lex_table table)
{
    return token_in(s, i, 1u << table) ? word_row(s->t[i].w, table) : NULL;
}
/* 利用率, 产生量: the verb at i is the body of a measure's name, and none. */
bool token_names_measure(const struct sentence *s, size_t i);
/* A verb only. */
static inline bool token_plain_verb(const struct sentence *s, size_t i)
{
    return i < s->n && s->t[i].verb_only && !token_names_measure(s, i);
}
/* A verbal noun (调研). */
static inline bool token_verbal_noun(const struct sentence *s, size_t i)
{
    return i < s->n && (s->t[i].verbal_noun || token_in(s, i, LEX_BIT(FORM))) && !token_names_measure(s, i);
}
/* Either. */
static inline bool token_acts(const struct sentence *s, size_t i)
{
    return i < s->n && (s->t[i].verb_only || s->t[i].verbal_noun || token_in(s, i, LEX_BIT(FORM))) &&
           !token_names_measure(s, i);
}
/* Ends a clause: , ; : 。 */
static inline bool token_ends_clause(const struct sentence *s, size_t i)
{
    return i >= s->n || s->t[i].type == TOK_COMMA || s->t[i].type == TOK_STOP;
}

#endif
