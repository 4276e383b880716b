/* renda-robots FILE: robots.txt cases, one JSON object a line ({robots, agent, url, allowed}), through the product's own
 * code. Prints the cases that differ and how many agree; exit code 1 when one differs. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "producer/robots.h"

#define LINE_MAX_BYTES (1024 * 1024)

/* 1 as told; 0 not; -1 no case. */
static int run_case(const char *line)
{
    json_error_t why;
    json_t *o = json_loads(line, 0, &why);
    const char *text = json_string_value(json_object_get(o, "robots")), *agent = json_string_value(json_object_get(o, "agent"));
    const char *url = json_string_value(json_object_get(o, "url"));
    int rc = -1;
    if (text != NULL && agent != NULL && url != NULL) {
        struct robots *r = robots_new(span_of(text), agent);
        rc = robots_allows(r, span_of(url)) == json_is_true(json_object_get(o, "allowed"));
        robots_free(r);
    }
    json_decref(o);
    return rc;
}

int main(int argc, char **argv)
{
    static char line[LINE_MAX_BYTES];
    int n = 0, right = 0, row = 0;
    FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (f == NULL) {
        fprintf(stderr, "usage: renda-robots FILE\n");
        return 2;
    }
    while (fgets(line, sizeof(line), f) != NULL) {
        int rc = run_case(line);
        row++;
        n += rc >= 0;
        right += rc > 0;
        if (rc == 0)
            printf("line %d differs: %s", row, line);
    }
    fclose(f);
    printf("robots.txt: %d of %d\n", right, n);
    return right == n ? 0 : 1;
}
