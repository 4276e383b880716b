#include "worker/findings/sentence.h"

#include "common/text.h"
#include "worker/findings/signs.h"

#define TITLE_MAX_BYTES   600
#define HEADING_MAX_BYTES 150
#define LATIN_MAX_BYTES   64
#define LONG_NOUN_BYTES   6 /* two characters more than its numeral: 一批 is a count all the same */

void sentences_init(struct sentences *w, const struct lexicon *lex, struct arena *a)
{
    *w = (struct sentences){ .lex = lex };
    w->s.t = arena_alloc(a, sizeof(*w->s.t) * (TOKENS_MAX + 1));
    w->s.numbers = arena_alloc(a, sizeof(*w->s.numbers) * NUMBERS_MAX);
    w->s.number_at = arena_alloc(a, sizeof(*w->s.number_at) * NUMBERS_MAX);
    w->s.dates = arena_alloc(a, sizeof(*w->s.dates) * NUMBERS_MAX);
}

void sentences_begin(struct sentences *w, struct span text)
{
    w->text = w->s.text = text;
    w->at = w->cp = w->paragraph_end = 0;
    w->paragraph_heading = w->at_start = false;
}

static uint32_t peek(const struct sentences *w, uint32_t at)
{
    const char *p = w->text.p + at;
    return at < w->text.n ? text_next(&p, w->text.p + w->text.n) : 0;
}

static bool is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF5A);
}

/* A sign's type; TOK_LETTER for what is no sign. */
static enum token_type sign_type(uint32_t c)
{
    if (c >= 0x4E00 && c <= 0x9FFF)
        return TOK_LETTER;
    switch (c) {
    case 0xFF0C:
    case ',':
    case 0xFF1B:
    case ';':
    case 0xFF1A:
    case ':': return TOK_COMMA;
    case 0x3001: return TOK_LIST;
    case 0x3002:
    case 0xFF01:
    case '!':
    case 0xFF1F:
    case '?': return TOK_STOP;
    case 0x201C:
    case 0x2018:
    case 0x300C:
    case 0x300E: return TOK_OPEN;
    case 0x201D:
    case 0x2019:
    case 0x300D:
    case 0x300F: return TOK_CLOSE;
    case 0xFF08:
    case '(':
    case '[':
    case 0x3010:
    case 0x3014: return TOK_PAREN_OPEN;
    case 0xFF09:
    case ')':
    case ']':
    case 0x3011:
    case 0x3015: return TOK_PAREN_CLOSE;
    default: break;
    }
    if (text_is_space(c))
        return TOK_SPACE;
    if (text_is_han(c) || c == 0x3007)
        return TOK_LETTER;
    return TOK_MARK;
}

/* The next token, of this many letters up to the byte before to. */
static struct token *add_letters(struct sentences *w, enum token_type type, const char *to, uint32_t letters)
{
    struct token *t = &w->s.t[w->s.n++];
    uint32_t end = (uint32_t)(to - w->text.p);
    *t = (struct token){ .type = (uint8_t)type, .from = w->at, .to = end, .cp = w->cp };
    w->s.types |= 1u << type;
    w->at = end;
    w->cp += letters;
    return t;
}

static struct token *add(struct sentences *w, enum token_type type, const char *to)
{
    return add_letters(w, type, to, (uint32_t)text_count(span_between(w->text.p + w->at, to)));
}

static void add_word(struct sentences *w, const struct word *word)
{
    struct token *t = add_letters(w, TOK_WORD, w->text.p + w->at + word->bytes, word->letters);
    t->w = word;
    t->tables = word->tables;
    t->verbs = word->verbs;
    t->nouns = word->nouns;
    t->verb_only = word->verb_only;
    t->verbal_noun = word->verbal_noun;
    w->s.tables |= word->tables;
    w->s.verbs |= word->verbs;
    w->s.nouns |= word->nouns;
}

static bool try_title(struct sentences *w)
{
    const char *p = w->text.p + w->at, *end = w->text.p + w->paragraph_end;
    if (end - p > TITLE_MAX_BYTES)
        end = p + TITLE_MAX_BYTES;
    struct span rest = span_between(p, end);
    const char *close = span_find(rest, SPAN("》"));
    if (close == NULL || span_find(span_between(p + 3, close), SPAN("《")) != NULL)
        return false;
    add(w, TOK_TITLE, close + 3);
    return true;
}

/* Behind a number a measure word is read even where a longer word begins (12项目标). */
static void add_unit(struct sentences *w)
{
    const char *p = w->text.p + w->at;
    const struct word *unit = lexicon_unit(w->lex, p, w->text.p + w->paragraph_end);
    if (unit == NULL || w->s.n >= TOKENS_MAX)
        return;
    const struct word *longest = lexicon_longest(w->lex, p, w->text.p + w->paragraph_end);
    if (longest != NULL && longest->bytes > unit->bytes && word_in(longest, LEX_BIT(PHRASE)))
        return;
    add_word(w, unit);
}

static bool try_number(struct sentences *w, const struct word *word)
{
    const char *p = w->text.p + w->at, *end = w->text.p + w->paragraph_end;
    if (w->s.number_count >= NUMBERS_MAX || w->s.date_count >= NUMBERS_MAX)
        return false;
    struct date_range d;
    const char *q = date_read(p, end, &d);
    if (q > p) {
        w->s.dates[w->s.date_count] = d;
        add(w, TOK_DATE, q)->value = (uint16_t)w->s.date_count++;
        return true;
    }
    if (word != NULL && (word->tables & (LEX_BIT(PHRASE) | LEX_BIT(PERIOD) | LEX_BIT(STAGE) | LEX_BIT(SCOPE) |
                                         LEX_BIT(REGION) | LEX_BIT(POST))))
        return false;
    struct number n;
    q = number_read(p, end, &n);
    if (q == p || (word != NULL && (word->tables & LEX_BIT(NOUN)) && p + word->bytes > q + LONG_NOUN_BYTES))
        return false; /* no number, or the beginning of a long noun: 一般公共预算收入 */
    w->s.numbers[w->s.number_count] = n;
    w->s.number_at[w->s.number_count] = (uint16_t)w->s.n;
    add(w, TOK_NUMBER, q)->value = (uint16_t)w->s.number_count++;
    add_unit(w);
    return true;
}

static void add_latin(struct sentences *w)
{
    const char *p = w->text.p + w->at, *end = w->text.p + w->paragraph_end, *q = p;
    while (q < end && q - p < LATIN_MAX_BYTES) {
        const char *r = q;
        uint32_t c = text_next(&r, end);
        if (!is_latin(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.' && c != '/')
            break;
        q = r;
    }
    add(w, TOK_LATIN, q);
}

/* One token, or two where a unit follows a number. */
static void add_token(struct sentences *w)
{
    const char *p = w->text.p + w->at, *end = w->text.p + w->paragraph_end, *q = p;
    uint32_t c = text_next(&q, end);
    if (c == 0x300A && try_title(w))
        return;
    const struct word *word = lexicon_longest_from(w->lex, c, q, end);
    if (is_latin(c)) {
        if (word != NULL)
            add_word(w, word);
        else
            add_latin(w);
    } else if (number_begins(c) && try_number(w, word)) {
        return;
    } else if (word != NULL && word->tables != 0) {
        add_word(w, word);
    } else {
        add_letters(w, sign_type(c), q, 1);
    }
}

/* Skips white space and line ends; true while text is left. Sets up the paragraph when a new one begins. */
static bool skip_space(struct sentences *w)
{
    while (w->at < w->text.n) {
        const char *p = w->text.p + w->at;
        uint32_t c = text_next(&p, w->text.p + w->text.n);
        if (!text_is_space(c) && c != '\n' && c != '\r')
            break;
        w->at = (uint32_t)(p - w->text.p);
        w->cp++;
    }
    if (w->at >= w->text.n)
        return false;
    if (w->at >= w->paragraph_end) {
        const char *nl = memchr(w->text.p + w->at, '\n', w->text.n - w->at);
        w->paragraph_end = nl == NULL ? (uint32_t)w->text.n : (uint32_t)(nl - w->text.p);
        struct span line = text_trim((struct span){ w->text.p + w->at, w->paragraph_end - w->at });
        w->paragraph_heading = line.n <= HEADING_MAX_BYTES && !span_ends(line, SPAN("。")) &&
                               !span_ends(line, SPAN(";")) && !span_ends(line, SPAN(WIDE_SEMICOLON)) &&
                               !span_ends(line, SPAN("!")) && !span_ends(line, SPAN("\xEF\xBC\x81")) &&
                               !ends_in_colon(line);
        w->at_start = true;
    }
    return true;
}

/* 1. 2、 (三) 一、 at a paragraph's beginning. */
static bool is_listed(const struct sentence *s)
{
    if (s->n > 1 && s->t[0].type == TOK_NUMBER)
        return s->t[1].type == TOK_LIST || (s->t[1].type == TOK_MARK && token_is(s, 1, ".")) ||
               token_is(s, 1, WIDE_STOP);
    return s->n > 2 && s->t[0].type == TOK_PAREN_OPEN && s->t[1].type == TOK_NUMBER && s->t[2].type == TOK_PAREN_CLOSE;
}

/* Marks what stands in a short quotation or between parentheses. */
static void mark_nesting(struct sentence *s)
{
    size_t open = SIZE_MAX;
    int depth = 0;
    if ((s->types & (1u << TOK_OPEN | 1u << TOK_PAREN_OPEN)) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        struct token *t = &s->t[i];
        if (t->type == TOK_OPEN) {
            open = i;
        } else if (t->type == TOK_CLOSE && open != SIZE_MAX) {
            if (t->cp - s->t[open].cp <= QUOTE_SHORT) {
                for (size_t k = open; k <= i; k++)
                    s->t[k].quoted = true;
            }
            open = SIZE_MAX;
        } else if (t->type == TOK_PAREN_OPEN) {
            depth++;
        } else if (t->type == TOK_PAREN_CLOSE && depth > 0) {
            t->in_paren = true;
            depth--;
        }
        t->in_paren |= depth > 0;
    }
}

/* A closing quotation mark or parenthesis behind a full stop belongs to the sentence. */
static void take_closing(struct sentences *w)
{
    while (w->at < w->paragraph_end && w->s.n < TOKENS_MAX) {
        enum token_type type = sign_type(peek(w, w->at));
        if (type != TOK_CLOSE && type != TOK_PAREN_CLOSE && type != TOK_STOP)
            return;
        const char *p = w->text.p + w->at;
        text_next(&p, w->text.p + w->paragraph_end);
        add(w, type, p);
    }
}

/* Fills letters, for sentence_has(). */
static void note_letters(struct sentence *s)
{
    memset(s->letters, 0, sizeof(s->letters));
    for (const char *p = s->trimmed.p, *end = p + s->trimmed.n, *q = p; p < end; p = q) {
        text_next(&q, end);
        if (q - p > 1)
            s->letters[q[-2] & 3] |= (uint64_t)1 << (q[-1] & 63);
    }
}

struct sentence *sentences_next(struct sentences *w)
{
    if (!skip_space(w))
        return NULL;
    struct sentence *s = &w->s;
    s->n = s->number_count = s->date_count = 0;
    s->tables = s->verbs = s->nouns = s->types = 0;
    s->first = w->at_start;
    s->heading = w->paragraph_heading;
    w->at_start = false;
    s->from = w->at;
    while (w->at < w->paragraph_end && s->n + 1 < TOKENS_MAX) {
        add_token(w);
        if (s->t[s->n - 1].type == TOK_STOP) {
            take_closing(w);
            break;
        }
    }
    s->to = s->t[s->n - 1].to;
    s->trimmed = text_trim((struct span){ s->text.p + s->from, s->to - s->from });
    note_letters(s);
    s->t[s->n] = (struct token){ .type = TOK_STOP, .from = s->to, .to = s->to, .cp = w->cp };
    s->listed = s->first && is_listed(s);
    mark_nesting(s);
    return s;
}

struct span tokens_span(const struct sentence *s, size_t i, size_t j)
{
    if (i >= j || j > s->n)
        return (struct span){ NULL, 0 };
    return (struct span){ s->text.p + s->t[i].from, s->t[j - 1].to - s->t[i].from };
}

bool token_names_measure(const struct sentence *s, size_t i)
{
    static const char letters[] = "率量额数值费度点面站厂室机炉";
    if (i + 1 >= s->n || (s->t[i + 1].type != TOK_LETTER && s->t[i + 1].type != TOK_WORD))
        return false;
    if (s->t[i + 1].to - s->t[i + 1].from != 3)
        return false;
    return span_has(SPAN(letters), token_span(s, &s->t[i + 1]));
}
