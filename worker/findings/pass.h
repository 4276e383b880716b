/* pass.h - one pass over one article: what the rules of all kinds share while they read its sentences.
 * One thread, one article; all memory from its arena. */
#ifndef RENDA_WORKER_FINDINGS_PASS_H
#define RENDA_WORKER_FINDINGS_PASS_H

#include "common/arena.h"
#include "common/article.h"
#include "common/finding.h"
#include "worker/findings/findings.h"
#include "worker/findings/sentence.h"

#define MARKS_MAX    64
#define MEETINGS_MAX 64
#define PEOPLE_MAX   64

struct place {
    struct span name; /* 湖北省; empty: unknown */
    struct span code; /* GB/T 2260; empty where the name is ambiguous */
    enum level level;
    const struct lex_row *row; /* NULL for townships and streets */
};

/* From this token on the sentence speaks of this period. */
struct period_mark {
    size_t token;
    struct period period;
};

struct meeting_seen {
    int term, session;
    struct span type, name;
    size_t finding; /* its place in out */
};

/* Somebody who was named with a post, and where. */
struct person_seen {
    struct span name, post;
    size_t finding; /* its place in out */
};

struct figure_room; /* figure.c's own */

struct term_seen {
    struct span name;
    long count;
    size_t finding; /* its place in out */
};

/* Where the last item of a list of laws ended, and what was told of it. */
struct law_list {
    uint32_t sentence; /* where its sentence begins */
    size_t end;        /* token behind the item; 0: no list */
    int stage;
    const char *act;
};

struct seen_set; /* of (kind, name, …) already reported */

struct pass {
    const struct lexicon *lex;
    struct article *art;
    const struct findings_site *site;
    struct arena *a;
    struct finding_list *out;
    struct sentences walk;
    struct sentence *s; /* of the walk */
    struct seen_set *seen;

    struct place place;
    bool street_behind;                /* its street committee is named 人大云溪街道工委 */
    int area_kind;                     /* org.c's own: which sort of place the congress is of */
    int says_committee, says_congress; /* how often 人大常委会, and 人大 alone */
    struct date published;
    int base_year;           /* the year that the article looks back on; 0: none named */
    struct period standing;  /* the article's or its section's */
    struct period paragraph; /* named at the beginning of a sentence before, in this paragraph; or of no type */
    bool planned_section;    /* under a heading about what is to come */
    struct span campaign;    /* 主题教育: what this paragraph is about, when it is one campaign */

    struct period_mark marks[MARKS_MAX]; /* of this sentence */
    size_t mark_count;
    struct meeting_seen meetings[MEETINGS_MAX];
    size_t meeting_count;
    struct span sentence_meeting; /* the meeting that this sentence names */
    size_t sentence_meeting_token;
    struct span standing_meeting; /* the one meeting that a report of a session is about */
    struct span standing_type;    /* its type */
    bool looks_back;              /* it reports the work of years, wherever it was given */
    uint32_t name_end;            /* bytes: behind the last name of this sentence */
    struct span last_topic;       /* of the report heard last in this sentence */
    size_t consultation;          /* 1 + place in out of a draft put to consultation; 0: none */
    const char *last_law_act;     /* as its draft mark told, or NULL */
    bool last_law_draft;          /* that was named as a draft */
    int law_lines;                /* 1 + stage of the laws that the lines below a heading name; 0: none */
    struct law_list laws;         /* the list of laws that is being read */
    struct span last_law;         /* the law named last, for a bare 《条例》 */
    struct person_seen people[PEOPLE_MAX];
    size_t people_count;
    int list_role;           /* of an appointment list that goes on over several paragraphs; -1: none */
    struct span heard_topic; /* of the report heard last in this article */
    bool has_vote;           /* this sentence's ballots are a vote */
    bool ends_mandates;      /* the article says 代表资格 */
    struct span list_post;   /* of the names that fill the lines below; empty: none are expected */
    struct span appointed;   /* who was appointed last in this sentence, alone */
    bool removing;           /* while a list of those who lose their posts is read */
    struct span list_by;
    struct span addressee, reply_class; /* of a reply: the deputy, and the class in its head */
    int project_talk;                   /* how many sentences may still speak of the livelihood projects named before */
    bool project_list;                  /* the lines below are livelihood projects */
    const char *project_stage;
    int project_year; /* of the projects spoken of; 0: not named */
    struct term_seen *terms;
    size_t term_count;
    size_t quoted_bytes; /* of all quotes so far */
    struct figure_room *figure_room;
};

struct finding *pass_add(struct pass *p, enum finding_kind kind, uint32_t from, uint32_t to, const char *rule);
void pass_set(struct pass *p, struct finding *f, enum finding_field field, struct span value);
void pass_set_str(struct pass *p, struct finding *f, enum finding_field field, const char *value);
void pass_set_int(struct pass *p, struct finding *f, enum finding_field field, long value);
/* True the first time it is asked about this kind, key and detail. */
bool pass_first_time(struct pass *p, enum finding_kind kind, struct span key, int detail);
/* The period at this token: named in the sentence before it, or standing. */
struct period pass_period(const struct pass *p, size_t token);
bool pass_period_named(const struct pass *p, size_t token);
/* A date where the act was one day's, else the period. */
void pass_set_time(struct pass *p, struct finding *f, size_t token);
void pass_set_period(struct pass *p, struct finding *f, struct period period);
void pass_set_meeting(struct pass *p, struct finding *f, size_t token);
/* Nothing named since the meeting makes what stands at this token another time's. */
bool pass_within_meeting(const struct pass *p, size_t token);
/* True when what stands at this token is still to come. */
bool pass_planned(const struct pass *p, size_t token);
/* Whose work the clause of this token tells of; empty: the congress's own. */
struct span pass_actor(const struct pass *p, size_t token);
struct span pass_scope(const struct pass *p, size_t token);
/* Where the clause that holds token i begins (behind the last comma). */
size_t clause_begin(const struct sentence *s, size_t i);
size_t clause_end(const struct sentence *s, size_t i);
/* Code points before a byte of this sentence. */
uint32_t sentence_cp(const struct sentence *s, uint32_t byte);

/* First the place; then, once the meeting of a session report is known, whose article it is. */
void org_resolve(struct pass *p);
void org_name(struct pass *p);
void genre_find(struct pass *p);
/* Reads the sentence's dates and period words into marks. */
void period_read(struct pass *p);
/* What holds for the whole article, from its title and first paragraphs. */
void period_standing(struct pass *p);

/* Which meeting the whole article reports, if it reports one. */
void meeting_standing(struct pass *p);

/* The kinds, each over one sentence. meeting_find comes first: others name its meeting. */
void meeting_find(struct pass *p);
void figure_find(struct pass *p);
void legislation_find(struct pass *p);
void oversight_find(struct pass *p);
void suggestion_find(struct pass *p);
void project_find(struct pass *p);
/* Returns true when the sentence's numbers are a vote's. */
bool vote_find(struct pass *p);
void person_find(struct pass *p);
/* After meeting_find and vote_find, before figure_find: how many were there. After person_find: who presided. */
void attendance_find(struct pass *p);
void chair_find(struct pass *p);
void platform_find(struct pass *p);
void first_find(struct pass *p);
void term_find(struct pass *p);
/* Sets the counts, once the article is read. */
void term_finish(struct pass *p);

/* Notes what does not fit together among the findings of this article, which begin at `from` in out and are in order.
 */
void consistency_check(struct pass *p, size_t from);

/* The matter of a topic (environment …); empty: none of the named ones. */
struct span matter_of(const struct pass *p, struct span topic);

#endif
