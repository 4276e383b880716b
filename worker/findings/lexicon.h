/* lexicon.h - the words of congress Chinese: tables of rows, found by one walk over the text.
 * Read-only once made; shared by any number of threads. */
#ifndef RENDA_WORKER_FINDINGS_LEXICON_H
#define RENDA_WORKER_FINDINGS_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/span.h"

/* id, file name, columns, column (from 1) that holds an enumeration or 0 */
#define LEX_TABLES(X)                                                                                                  \
    X(UNIT, "units", 2)                                                                                                \
    X(VERB, "verbs", 3)                                                                                                \
    X(NOUN, "nouns", 2)                                                                                                \
    X(FORM, "forms", 2)                                                                                                \
    X(STAGE, "stages", 4)                                                                                              \
    X(DOCTYPE, "doctypes", 2)                                                                                          \
    X(POST, "posts", 2)                                                                                                \
    X(SURNAME, "surnames", 2)                                                                                          \
    X(SCOPE, "scopes", 2)                                                                                              \
    X(BOUND, "bounds", 3)                                                                                              \
    X(PERIOD, "periods", 2)                                                                                            \
    X(GENRE, "genres", 3)                                                                                              \
    X(MATTER, "matters", 2)                                                                                            \
    X(PLATFORM, "platforms", 2)                                                                                        \
    X(FIRST, "firsts", 2)                                                                                              \
    X(PHRASE, "phrases", 2)                                                                                            \
    X(REGION, "regions", 4)                                                                                            \
    X(METRIC, "metrics", 6)                                                                                            \
    X(METRIC_RULE, "metric_rules", 5)                                                                                  \
    X(CHECK, "checks", 3)

enum lex_table {
#define X(id, name, columns) LEX_##id,
    LEX_TABLES(X)
#undef X
        LEX_TABLE_COUNT
};

#define LEX_BIT(table) (1u << (LEX_##table))
#define LEX_COLUMNS    7

enum unit_kind { UNIT_COUNT, UNIT_RATE, UNIT_MONEY, UNIT_AREA, UNIT_TIME, UNIT_NAME };

enum verb_role {
    VERB_HOLD,
    VERB_LIGHT,
    VERB_ORGANIZE,
    VERB_HEAR,
    VERB_REVIEW,
    VERB_ADOPT,
    VERB_HANDLE,
    VERB_RECEIVE,
    VERB_BUILD,
    VERB_VISIT,
    VERB_ATTEND,
    VERB_APPOINT,
    VERB_CHANGE,
    VERB_SHARE,
    VERB_REACH,
    VERB_SAY,
    VERB_SUPPORT,
    VERB_OTHER,
};

enum noun_role {
    NOUN_GUARD,
    NOUN_STOP,
    NOUN_CONJ,
    NOUN_PREP,
    NOUN_PART,
    NOUN_LIST_END,
    NOUN_PLAN,
    NOUN_NORM,
    NOUN_NOT_UNIT,
    NOUN_ADVERB,
    NOUN_ACTOR_DEPUTIES,
    NOUN_ACTOR_GOVERNMENT,
    NOUN_ACTOR_SUPERVISORY_COMMISSION,
    NOUN_ACTOR_COURT,
    NOUN_ACTOR_PROCURATORATE,
    NOUN_ACTOR_AUDIT,
    NOUN_ACTOR_PARTY,
    NOUN_ACTOR_OTHER,
};

enum form {
    FORM_HEAR_REPORT,
    FORM_LAW_INSPECTION,
    FORM_SPECIAL_INQUIRY,
    FORM_INTERPELLATION,
    FORM_SPECIAL_INVESTIGATION,
    FORM_WORK_APPRAISAL,
    FORM_PERFORMANCE_REVIEW,
    FORM_SATISFACTION_VOTE,
    FORM_RESEARCH,
    FORM_VISIT,
    FORM_RECORD_REVIEW,
    FORM_FOLLOW_UP,
    FORM_OPINION,
    FORM_INTERVIEW,
};

enum stage {
    STAGE_PLANNED,
    STAGE_DRAFTING,
    STAGE_SUBMITTED,
    STAGE_FIRST_READING,
    STAGE_SECOND_READING,
    STAGE_THIRD_READING,
    STAGE_REVIEWED,
    STAGE_CONSULTATION,
    STAGE_PASSED,
    STAGE_APPROVED,
    STAGE_PROMULGATED,
    STAGE_IN_FORCE,
    STAGE_WITHDRAWN,
    STAGE_EVALUATED,
    STAGE_INSPECTED,
    STAGE_STUDIED,
    STAGE_PUBLICISED,
    STAGE_MENTIONED,
};

enum period_word { PW_YTD, PW_TERM, PW_YEAR, PW_LAST_YEAR, PW_NEXT, PW_HALF, PW_QUARTER, PW_MULTI_YEAR, PW_AS_OF };
enum bound { BOUND_EXACT, BOUND_OVER, BOUND_UNDER, BOUND_ABOUT, BOUND_NEARLY };
enum level {
    LEVEL_NATIONAL,
    LEVEL_PROVINCE,
    LEVEL_PREFECTURE,
    LEVEL_COUNTY,
    LEVEL_TOWNSHIP,
    LEVEL_SUBDISTRICT,
    LEVEL_AREA
};
enum platform_word { PLAT_HEAD, PLAT_DIGITAL, PLAT_NOT, PLAT_LAUNCHED, PLAT_UPGRADED, PLAT_BUILT, PLAT_PILOTED };
enum first_word { FIRST_CLAIM, FIRST_AMONG, FIRST_NOT };
enum phrase_kind { PHRASE_WORD, PHRASE_TERM };
enum surname_kind { SURNAME_ONE, SURNAME_TWO, SURNAME_RARE, SURNAME_STEM };
enum post_kind { POST_POST, POST_TITLE, POST_PART };
enum check_relation { CHECK_WITHIN, CHECK_ADDS, CHECK_RATIO };

extern const char *const form_names[];
extern const char *const stage_names[];
extern const char *const bound_names[];
extern const char *const level_names[];
extern const char *const actor_names[]; /* by noun_role - NOUN_ACTOR_DEPUTIES */

/* One row: f[0] is its word. code is the second column's place in its table's enumeration (0 where there is none). */
struct lex_row {
    struct lex_row *next; /* of the same word */
    struct span f[LEX_COLUMNS];
    const char *where; /* its file, for messages */
    int line;
    uint8_t table, code;
    uint16_t order; /* place in the table, for those where the first wins */
};

struct word {
    uint32_t tables;             /* LEX_BIT of each table that has a row */
    uint8_t bytes, letters;      /* at most 255, as a row's word is short */
    bool verb_only, verbal_noun; /* by its first row in verbs */
    uint32_t verbs, nouns;       /* 1 << role of each of its rows in those tables */
    struct lex_row *rows;
};

struct lexicon;
/* user_path may be NULL. A user's row is TABLE, then the table's columns, all separated by tabs. NULL, *e filled, on a
 * bad row or when memory is out. */
struct lexicon *lexicon_new(const char *user_path, struct err *e);
void lexicon_free(struct lexicon *l);
uint64_t lexicon_digest(const struct lexicon *l);

/* The longest word that begins at p, or NULL. Looks at no more than the longest word's letters. */
const struct word *lexicon_longest(const struct lexicon *l, const char *p, const char *end);
/* The same where its first letter is read already, behind is what follows it. */
const struct word *lexicon_longest_from(const struct lexicon *l, uint32_t letter, const char *behind, const char *end);
/* The longest unit that begins at p, or NULL. */
const struct word *lexicon_unit(const struct lexicon *l, const char *p, const char *end);
const struct word *lexicon_word(const struct lexicon *l, struct span s); /* exactly s, or NULL */
bool lexicon_is_place(const struct lexicon *l, struct span s);           /* exactly s is a row of regions */
/* Goes on from p, where a word or a letter of none begins, to the next place's name among the longest words in turn.
 * Returns its beginning, *w set; end when there is none. */
const char *lexicon_next_place(const struct lexicon *l, const char *p, const char *end, const struct word **w);
/* The row of genres whose word stands in the title and weighs most, or NULL. */
const struct lex_row *lexicon_genre(const struct lexicon *l, struct span title);
/* The place with this code, under its full name, or NULL. */
const struct lex_row *lexicon_region(const struct lexicon *l, struct span code);

static inline bool word_in(const struct word *w, uint32_t bits)
{
    return w != NULL && (w->tables & bits) != 0;
}
/* The row of this table, or NULL. */
static inline const struct lex_row *word_row(const struct word *w, enum lex_table table)
{
    if (!word_in(w, 1u << table))
        return NULL;
    const struct lex_row *row = w->rows;
    while (row->table != table)
        row = row->next;
    return row;
}
/* True when w has a row in table with this code. */
static inline bool word_is(const struct word *w, enum lex_table table, int code)
{
    if (!word_in(w, 1u << table))
        return false;
    for (const struct lex_row *row = w->rows; row != NULL; row = row->next) {
        if (row->table == table && row->code == code)
            return true;
    }
    return false;
}

/* All rows of a table, in their order. */
const struct lex_row *const *lexicon_rows(const struct lexicon *l, enum lex_table table, size_t *n);

/* A word that metric rules ask for is a signal, known by its number. Calls f for each in a text, by its first byte,
 * then its last: from, to are bytes of the text. */
#define SIGNALS_MAX 1024
void lexicon_signals(const struct lexicon *l, struct span text,
                     void (*f)(void *ctx, int signal, size_t from, size_t to), void *ctx);

/* A metric rule made ready: its columns as runs of signals. */
#define RULE_COLUMNS 4      /* subject, action, context, without */
#define SIGNAL_WIDE  0x4000 /* ^: also anywhere before in the sentence */
#define SIGNAL_OWN   0x2000 /* =: only in the figure's own ground */
#define SIGNAL_ANY   (-1)   /* "-": no condition */
#define SIGNAL_AND   (-2)   /* between groups that must all be there */
#define SIGNAL_END   (-3)

struct metric_rule {
    const struct lex_row *row;
    const struct lex_row *metric; /* its row in metrics */
    const int16_t *column[RULE_COLUMNS];
};

const struct metric_rule *lexicon_metric_rules(const struct lexicon *l, size_t *n);

/* Sets of rules, a bit for the place of each: those that ask first of all for this signal; with -1, those that any text
 * may fit. The rules that fit a text are among these sets of its signals. */
#define RULES_MAX 1024
struct rule_set {
    uint64_t bits[RULES_MAX / 64];
};
const struct rule_set *lexicon_rules_asking(const struct lexicon *l, int signal);

#endif
