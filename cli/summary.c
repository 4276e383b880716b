#include "cli/summary.h"

#define SHOWN_MAX 5
#define END       FINDING_FIELD_COUNT

/* Which fields say what a finding of this kind is about, and what is said of it; in this order. */
static const struct {
    enum finding_field what[SHOWN_MAX], value[SHOWN_MAX];
} kinds[KIND_COUNT] = {
    [KIND_FIGURE] = { { FINDING_ACTION, FINDING_SUBJECT, END },
                      { FINDING_BOUND, FINDING_VALUE, FINDING_VALUE_MAX, FINDING_UNIT, END } },
    [KIND_LEGISLATION] = { { FINDING_NAME, END }, { FINDING_ACT, FINDING_STAGE, FINDING_EFFECTIVE, END } },
    [KIND_MEETING] = { { FINDING_NAME, END }, { FINDING_TYPE, FINDING_PRESENT, END } },
    [KIND_OVERSIGHT] = { { FINDING_TOPIC, END }, { FINDING_FORM, FINDING_TARGET, END } },
    [KIND_SUGGESTION] = { { FINDING_NUMBER, FINDING_TITLE, END },
                          { FINDING_TYPE, FINDING_HANDLER, FINDING_STATUS, END } },
    [KIND_PROJECT] = { { FINDING_NAME, END }, { FINDING_STAGE, FINDING_YEAR, FINDING_VOTES, END } },
    [KIND_VOTE] = { { FINDING_ITEM, END }, { FINDING_FOR, FINDING_AGAINST, FINDING_ABSTAIN, FINDING_RESULT, END } },
    [KIND_PERSON] = { { FINDING_NAME, FINDING_POST, END }, { FINDING_ROLE, END } },
    [KIND_PLATFORM] = { { FINDING_NAME, END }, { FINDING_STATUS, END } },
    [KIND_FIRST] = { { FINDING_THING, END }, { FINDING_AMONG, FINDING_CLAIM, END } },
    [KIND_TERM] = { { FINDING_NAME, END }, { FINDING_COUNT, END } },
};

static struct span join(const struct finding *f, struct arena *a, const enum finding_field *fields)
{
    struct span out = SPAN("");
    for (int i = 0; i < SHOWN_MAX && fields[i] != END; i++) {
        struct span v = finding_get(f, fields[i]);
        if (v.n > 0 && !span_eq(v, out)) /* 执法检查4次: the act itself is counted */
            out = arena_printf(a, "%.*s%s%.*s", SPAN_FMT(out), out.n == 0 ? "" : " ", SPAN_FMT(v));
    }
    return out;
}

struct span summary_what(const struct finding *f, struct arena *a)
{
    return join(f, a, kinds[f->kind].what);
}

struct span summary_value(const struct finding *f, struct arena *a)
{
    return join(f, a, kinds[f->kind].value);
}

static struct span from_to(struct arena *a, struct span from, struct span to)
{
    if (span_eq(from, to) || to.n == 0)
        return from;
    return arena_printf(a, "%.*s–%.*s", SPAN_FMT(from), SPAN_FMT(to));
}

struct span summary_period(const struct finding *f, struct arena *a)
{
    struct span date = finding_get(f, FINDING_DATE);
    if (date.n > 0)
        return date;
    struct span days = from_to(a, finding_get(f, FINDING_FROM), finding_get(f, FINDING_TO));
    if (days.n > 0)
        return days;
    struct span period = from_to(a, finding_get(f, FINDING_PERIOD_FROM), finding_get(f, FINDING_PERIOD_TO));
    struct span type = finding_get(f, FINDING_PERIOD_TYPE);
    return arena_printf(a, "%.*s%s%.*s", SPAN_FMT(period), period.n > 0 && type.n > 0 ? " " : "", SPAN_FMT(type));
}
