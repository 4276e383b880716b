#include "common/result.h"

const char *const need_kind_names[NEED_KIND_COUNT] = {
    [NEED_PAGE] = "page", [NEED_ATTACHMENT] = "attachment", [NEED_LISTED] = "listed"
};

enum need_kind need_kind_of(struct span name)
{
    int k = 0;
    while (k < NEED_KIND_COUNT && !span_is(name, need_kind_names[k]))
        k++;
    return (enum need_kind)k;
}
