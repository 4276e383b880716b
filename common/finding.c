#include "common/finding.h"

#include "common/text.h"

const char *const finding_kind_names[KIND_COUNT] = {
#define X(id, name) name,
    FINDING_KINDS(X)
#undef X
};

const struct finding_field_row finding_fields[FINDING_FIELD_COUNT] = {
#define X(id, json, column, type) { json, column, FIELD_##type },
    FINDING_FIELDS(X)
#undef X
};

static const struct span field_names[FINDING_FIELD_COUNT] = {
#define X(id, json, column, type) { json, sizeof(json) - 1 },
    FINDING_FIELDS(X)
#undef X
};

int finding_field_of(struct span json, int first)
{
    if (first >= 0 && first < FINDING_FIELD_COUNT && span_eq(json, field_names[first]))
        return first;
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        if (span_eq(json, field_names[i]))
            return i;
    }
    return -1;
}

int finding_kind_of(struct span name)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        if (span_is(name, finding_kind_names[i]))
            return i;
    }
    return -1;
}

struct span finding_get(const struct finding *f, enum finding_field field)
{
    for (const struct finding_value *v = f->values; v != NULL; v = v->next) {
        if (v->field == field)
            return v->text;
    }
    return (struct span){ NULL, 0 };
}

void finding_set(struct finding *f, struct arena *a, enum finding_field field, struct span value)
{
    value = text_cut(value, FINDING_VALUE_MAX_BYTES);
    struct finding_value **p = &f->values;
    while (*p != NULL && (*p)->field != field)
        p = &(*p)->next;
    if (value.n == 0) {
        if (*p != NULL)
            *p = (*p)->next;
        return;
    }
    if (*p == NULL) {
        *p = ARENA_NEW(a, struct finding_value);
        (*p)->field = field;
    }
    (*p)->text = value;
}

struct finding *finding_add(struct finding_list *list, struct arena *a, enum finding_kind kind)
{
    struct finding *f;
    if (list->n >= FINDINGS_MAX) {
        list->dropped++;
        f = ARENA_NEW(a, struct finding);
    } else {
        if (list->n == list->cap) {
            size_t cap = list->cap == 0 ? 32 : list->cap * 2;
            list->items = arena_grow(a, list->items, list->cap * sizeof(*f), cap * sizeof(*f));
            list->cap = cap;
        }
        f = &list->items[list->n++];
    }
    *f = (struct finding){ .kind = kind };
    return f;
}

bool finding_is_decimal(struct span s)
{
    size_t i = 0, digits = 0;
    if (s.n > 40)
        return false;
    if (i < s.n && s.p[i] == '-')
        i++;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        digits++;
    if (digits == 0)
        return false;
    if (i < s.n && s.p[i] == '.') {
        size_t point = i++;
        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
            i++;
        if (i == point + 1)
            return false;
    }
    return i == s.n;
}
