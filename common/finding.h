/* finding.h - a finding: what an analyst would underline in an article, with its place in the text.
 * Kinds and fields are the rows of FINDING_KINDS and FINDING_FIELDS; JSON, the wire, the database and the documentation
 * are made from these rows. Every value is kept as text: numbers as exact decimals ("61270000000", "3.5"), truth as
 * "true", lists joined by one comma (metric keys hold none). */
#ifndef RENDA_COMMON_FINDING_H
#define RENDA_COMMON_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/span.h"

#define FINDING_KINDS(X)                                                                                               \
    X(FIGURE, "figure")                                                                                                \
    X(LEGISLATION, "legislation")                                                                                      \
    X(MEETING, "meeting")                                                                                              \
    X(OVERSIGHT, "oversight")                                                                                          \
    X(SUGGESTION, "suggestion")                                                                                        \
    X(PROJECT, "project")                                                                                              \
    X(VOTE, "vote")                                                                                                    \
    X(PERSON, "person")                                                                                                \
    X(PLATFORM, "platform")                                                                                            \
    X(FIRST, "first")                                                                                                  \
    X(TERM, "term")

enum finding_kind {
#define X(id, name) KIND_##id,
    FINDING_KINDS(X)
#undef X
        KIND_COUNT
};

extern const char *const finding_kind_names[KIND_COUNT];
/* The kind with this name, or -1. */
int finding_kind_of(struct span name);

enum field_type {
    FIELD_STRING,
    FIELD_DECIMAL, /* exact decimal text; a number in JSON */
    FIELD_INTEGER,
    FIELD_BOOL, /* "true", or absent */
    FIELD_LIST, /* joined by commas; an array in JSON */
};

/* id, JSON name ("a.b" is b within the object a), database column, type */
#define FINDING_FIELDS(X)                                                                                              \
    /* every kind */                                                                                                   \
    X(ORG, "org", "org", STRING)                                                                                       \
    X(BY, "by", "by_org", STRING)                                                                                      \
    X(DATE, "date", "date", STRING)                                                                                    \
    X(PERIOD_FROM, "period.from", "period_from", STRING)                                                               \
    X(PERIOD_TO, "period.to", "period_to", STRING)                                                                     \
    X(PERIOD_TYPE, "period.type", "period_type", STRING)                                                               \
    X(MEETING, "meeting", "meeting", STRING)                                                                           \
    X(PLANNED, "planned", "planned", BOOL)                                                                             \
    X(ACTOR, "actor", "actor", STRING)                                                                                 \
    X(SCOPE, "scope", "scope", STRING)                                                                                 \
    X(NOTE, "note", "note", STRING)                                                                                    \
    /* figure */                                                                                                       \
    X(SUBJECT, "subject", "subject", STRING)                                                                           \
    X(ACTION, "action", "action", STRING)                                                                              \
    X(VALUE, "value", "value", DECIMAL)                                                                                \
    X(VALUE_MAX, "value_max", "value_max", DECIMAL)                                                                    \
    X(UNIT, "unit", "unit", STRING)                                                                                    \
    X(BOUND, "bound", "bound", STRING)                                                                                 \
    X(METRIC, "metric", "metric", STRING)                                                                              \
    X(COMPOSITE, "composite", "composite", LIST)                                                                       \
    X(ABOUT, "about", "about", STRING)                                                                                 \
    X(PART_OF, "part_of", "part_of", DECIMAL)                                                                          \
    /* legislation, meeting, project, person, platform, term */                                                        \
    X(NAME, "name", "name", STRING)                                                                                    \
    X(ACT, "act", "act", STRING)                                                                                       \
    X(STAGE, "stage", "stage", STRING)                                                                                 \
    X(DOC_TYPE, "doc_type", "doc_type", STRING)                                                                        \
    X(DEADLINE, "deadline", "deadline", STRING)                                                                        \
    X(EFFECTIVE, "effective", "effective", STRING)                                                                     \
    /* meeting */                                                                                                      \
    X(TERM, "term", "term", INTEGER)                                                                                   \
    X(SESSION, "session", "session", INTEGER)                                                                          \
    X(TYPE, "type", "type", STRING)                                                                                    \
    X(FROM, "from", "date_from", STRING)                                                                               \
    X(TO, "to", "date_to", STRING)                                                                                     \
    X(PRESENT, "present", "present", INTEGER)                                                                          \
    X(ENTITLED, "entitled", "entitled", INTEGER)                                                                       \
    X(PRESIDED_BY, "presided_by", "presided_by", STRING)                                                               \
    /* oversight */                                                                                                    \
    X(FORM, "form", "form", STRING)                                                                                    \
    X(TOPIC, "topic", "topic", STRING)                                                                                 \
    X(MATTER, "matter", "matter", STRING)                                                                              \
    X(TARGET, "target", "target", STRING)                                                                              \
    X(TARGET_TYPE, "target_type", "target_type", STRING)                                                               \
    /* suggestion */                                                                                                   \
    X(TITLE, "title", "title", STRING)                                                                                 \
    X(NUMBER, "number", "number", STRING)                                                                              \
    X(PROPOSER, "proposer", "proposer", STRING)                                                                        \
    X(HANDLER, "handler", "handler", STRING)                                                                           \
    X(SUPERVISOR, "supervisor", "supervisor", STRING)                                                                  \
    X(KEY, "key", "is_key", BOOL)                                                                                      \
    X(CLASS, "class", "class", STRING)                                                                                 \
    X(STATUS, "status", "status", STRING)                                                                              \
    /* project */                                                                                                      \
    X(YEAR, "year", "year", STRING)                                                                                    \
    X(INVESTMENT, "investment", "investment", DECIMAL)                                                                 \
    X(VOTES, "votes", "votes", INTEGER)                                                                                \
    /* vote */                                                                                                         \
    X(ITEM, "item", "item", STRING)                                                                                    \
    X(FOR, "for", "votes_for", INTEGER)                                                                                \
    X(AGAINST, "against", "votes_against", INTEGER)                                                                    \
    X(ABSTAIN, "abstain", "votes_abstain", INTEGER)                                                                    \
    X(ABSENT, "absent", "votes_absent", INTEGER)                                                                       \
    X(SATISFIED, "satisfied", "satisfied", INTEGER)                                                                    \
    X(BASICALLY, "basically", "basically", INTEGER)                                                                    \
    X(DISSATISFIED, "dissatisfied", "dissatisfied", INTEGER)                                                           \
    X(RESULT, "result", "result", STRING)                                                                              \
    /* person */                                                                                                       \
    X(POST, "post", "post", STRING)                                                                                    \
    X(ROLE, "role", "role", STRING)                                                                                    \
    /* first, term */                                                                                                  \
    X(CLAIM, "claim", "claim", STRING)                                                                                 \
    X(AMONG, "among", "among", STRING)                                                                                 \
    X(THING, "thing", "thing", STRING)                                                                                 \
    X(COUNT, "count", "count", INTEGER)

enum finding_field {
#define X(id, json, column, type) FINDING_##id,
    FINDING_FIELDS(X)
#undef X
        FINDING_FIELD_COUNT
};

struct finding_field_row {
    const char *json, *column;
    enum field_type type;
};

extern const struct finding_field_row finding_fields[FINDING_FIELD_COUNT];
/* The field with this JSON name, or -1. Looks at first before all others: a finding's fields tend to come in order. */
int finding_field_of(struct span json, int first);

#define FINDING_VALUE_MAX_BYTES 2048
#define FINDING_QUOTE_MAX_BYTES 4096
#define FINDING_RULE_MAX_BYTES  64
#define FINDINGS_MAX            20000 /* of one article */

struct finding_value {
    struct finding_value *next; /* in the order they were set */
    enum finding_field field;
    struct span text;
};

/* Spans live in the article's arena. */
struct finding {
    enum finding_kind kind;
    uint32_t start, end; /* Unicode code points into article.text, start < end */
    struct span quote;   /* the sentence that holds the span */
    struct span rule;    /* name of the rule that made it */
    struct finding_value *values;
};

/* The value of a field; .p == NULL when absent. */
struct span finding_get(const struct finding *f, enum finding_field field);

/* Sets or replaces a value (the span is borrowed, not copied). An empty one removes it; a longer one than
 * FINDING_VALUE_MAX_BYTES is cut between characters. */
void finding_set(struct finding *f, struct arena *a, enum finding_field field, struct span value);

/* Grows by doubling within an arena, up to FINDINGS_MAX; further ones are not kept and counted in dropped. */
struct finding_list {
    struct finding *items;
    size_t n, cap, dropped;
};

/* Adds an empty finding of this kind and returns it (valid until the next add); at FINDINGS_MAX a scratch one. */
struct finding *finding_add(struct finding_list *list, struct arena *a, enum finding_kind kind);

/* True for an exact decimal: -?digits(.digits)?, at most 40 characters. */
bool finding_is_decimal(struct span s);

#endif
