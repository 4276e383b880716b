/* attendance.c - who was there: 应到305名,实到298名; 会议由县人大常委会主任张某某主持. The numbers go to the meeting,
 * or to the vote of the same sentence; a vote's numbers are no figures as well. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define CHAIR_BACK 40 /* tokens between the meeting's word and 主持 */

/* What a word before a number of people says it is. The longer one first. */
static const struct attendance_word {
    struct span word;
    enum finding_field field;
} words[] = {
    { WORD("应到"), FINDING_ENTITLED },      { WORD("应出席"), FINDING_ENTITLED },
    { WORD("应参加"), FINDING_ENTITLED },    { WORD("应参会"), FINDING_ENTITLED },
    { WORD("实到"), FINDING_PRESENT },       { WORD("实际到会"), FINDING_PRESENT },
    { WORD("实际出席"), FINDING_PRESENT },   { WORD("实际参加"), FINDING_PRESENT },
    { WORD("实际参会"), FINDING_PRESENT },   { WORD("出席会议的代表"), FINDING_PRESENT },
    { WORD("参加表决的"), FINDING_PRESENT },
};

static bool counts_people(const struct sentence *s, size_t i)
{
    const struct number *n = &s->numbers[s->t[i].value];
    return !n->too_long && !n->ranged && !n->percent && n->value.scale == 0 &&
           (token_is(s, i + 1, "人") || token_is(s, i + 1, "名") || token_is(s, i + 1, "位"));
}

/* The last of the words between the number before and this one, in its clause. */
static const struct attendance_word *word_before(const struct sentence *s, size_t i)
{
    size_t begin = clause_begin(s, i);
    const struct attendance_word *found = NULL;
    const char *at = NULL;
    struct span before = tokens_span(s, begin, i);
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        const char *here = span_find(before, words[k].word);
        if (here != NULL && here > at) {
            found = &words[k];
            at = here;
        }
    }
    return found;
}

static struct finding *vote_here(const struct pass *p)
{
    struct finding *last = p->out->n > 0 ? &p->out->items[p->out->n - 1] : NULL;
    return p->has_vote && last != NULL && last->kind == KIND_VOTE ? last : NULL;
}

/* The meeting that this sentence names, else the one that the article reports. NULL when there is none. */
static struct finding *meeting_here(const struct pass *p)
{
    struct span name = p->sentence_meeting.n > 0 ? p->sentence_meeting : p->standing_meeting;
    for (size_t i = 0; i < p->meeting_count; i++) {
        const struct meeting_seen *m = &p->meetings[i];
        bool only = name.n == 0 && p->meeting_count == 1;
        if ((only || span_eq(m->name, name)) && m->finding < p->out->n)
            return &p->out->items[m->finding];
    }
    return NULL;
}

void attendance_find(struct pass *p)
{
    struct sentence *s = p->s;
    if (s->number_count == 0 || !(sentence_has(s, SPAN("应")) || sentence_has(s, SPAN("实")) ||
                                  sentence_has(s, SPAN("出席会议的代表")) || sentence_has(s, SPAN("参加表决的"))))
        return;
    struct finding *vote = vote_here(p), *f = vote != NULL ? vote : meeting_here(p);
    for (size_t k = 0; k < s->number_count && f != NULL; k++) {
        size_t i = s->number_at[k];
        const struct attendance_word *w = counts_people(s, i) ? word_before(s, i) : NULL;
        if (w == NULL || finding_get(f, w->field).n > 0)
            continue;
        pass_set(p, f, w->field, decimal_text(s->numbers[s->t[i].value].value, p->a));
        s->t[i].named |= vote != NULL;
    }
}

/* The persons named so far whose names end where the text before 主持 does: 张某某、李某某(分别)主持会议. */
static struct span chair_before(const struct pass *p, const char *end)
{
    const struct sentence *s = p->s;
    const char *begin = s->text.p + s->from, *from = NULL, *to = NULL;
    static const struct span glue[] = { WORD("分别"),   WORD("同志"), WORD("先后"), WORD("、"),  WORD("和"),
                                        WORD("委员长"), WORD("主任"), WORD("书记"), WORD("主席") };
    struct span before = span_between(begin, end);
    for (bool more = true; more && before.n > 0;) {
        more = false;
        for (size_t k = 0; k < sizeof(glue) / sizeof(glue[0]); k++) {
            more |= span_ends(before, glue[k]);
            before.n -= span_ends(before, glue[k]) ? glue[k].n : 0;
        }
        for (size_t i = 0; i < p->people_count; i++) {
            struct span name = p->people[i].name;
            if (span_ends(before, name)) {
                before.n -= name.n;
                from = before.p + before.n;
                to = to == NULL ? from + name.n : to;
                more = true;
            }
        }
    }
    return from == NULL ? (struct span){ NULL, 0 } : span_between(from, to);
}

static bool is_meeting_word(const struct sentence *s, size_t i)
{
    static const struct span meetings[] = { WORD("会议"), WORD("大会"), WORD("开幕会"), WORD("闭幕会") };
    struct span rest = i < s->n ? span_between(s->text.p + s->t[i].from, s->text.p + s->to) : SPAN("");
    for (size_t k = 0; k < sizeof(meetings) / sizeof(meetings[0]); k++) {
        if (span_starts(rest, meetings[k]))
            return true;
    }
    return false;
}

/* Somebody presides over the whole meeting, not over one part of it: 主持会议, 会议由…主持. */
static bool presides_here(const struct sentence *s, size_t i)
{
    if (token_is(s, i, "主持会议") || is_meeting_word(s, i + 1))
        return true;
    for (size_t k = i; k > clause_begin(s, i) && i - k < CHAIR_BACK; k--) {
        if (is_meeting_word(s, k - 1))
            return token_ends_clause(s, i + 1);
    }
    return false;
}

void chair_find(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->people_count == 0 || !sentence_has(s, SPAN("主持")))
        return;
    struct finding *f = meeting_here(p);
    for (size_t i = 1; i < s->n && f != NULL; i++) {
        if (!token_is(s, i, "主持") && !token_is(s, i, "主持会议") && !token_is(s, i, "主持召开"))
            continue;
        struct span who = chair_before(p, s->text.p + s->t[i].from);
        bool convened = token_is(s, i, "主持召开") && p->sentence_meeting_token > i; /* 主持召开…第九十二次会议 */
        if (who.n > 0 && (convened || presides_here(s, i)) && finding_get(f, FINDING_PRESIDED_BY).n == 0)
            pass_set(p, f, FINDING_PRESIDED_BY, who);
    }
}
