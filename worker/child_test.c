#include "worker/child_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "worker/cage.h"

#define SLOW_MS 300

bool child_test_wanted(void)
{
    const char *wanted = getenv("RENDA_TEST_CHILD");
    return wanted != NULL && strcmp(wanted, "1") == 0;
}

static void crash(void)
{
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}

static void hang(void)
{
    for (volatile int i = 0;; i++)
        ;
}

static void eat_memory(void)
{
    const size_t step = (size_t)16 * 1024 * 1024;
    for (;;) {
        char *p = malloc(step);
        if (p == NULL)
            cage_die_of_memory();
        memset(p, 1, step);
    }
}

static void open_file(void)
{
    if (open("/etc/passwd", O_RDONLY) >= 0)
        hang();
}

static void be_slow(void)
{
    for (int64_t until = clock_mono_ms() + SLOW_MS; clock_mono_ms() < until;)
        ;
}

void child_test(struct span page)
{
    static const struct {
        const char *mark;
        void (*act)(void);
    } rows[] = {
        { "renda-test:crash", crash },    { "renda-test:hang", hang },    { "renda-test:memory", eat_memory },
        { "renda-test:open", open_file }, { "renda-test:slow", be_slow },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (span_has(page, span_of(rows[i].mark)))
            rows[i].act();
    }
}
