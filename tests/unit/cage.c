/* The caged child, for real: what it gives back, the ways it ends, and the pages a worker holds meanwhile. */
#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/result.h"
#include "worker/cage.h"
#include "worker/held.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define BODY_MAX  ((size_t)8 * 1024 * 1024)
#define MEMORY    ((int64_t)64 * 1024 * 1024)
#define DEADLINE  1000
#define COMPUTING 200 /* ms of the child: more than the share of its deadline that counts */
#define WAIT_MS   20000 /* for the child to do what it should; a loaded machine is slow */

static int deep(volatile int n)
{
    volatile char page[4096];
    page[0] = (char)n;
    return n <= 0 ? page[0] : deep(n - 1) + page[0];
}

/* What the head says is done; the answer to "echo" is the body backwards. */
static size_t do_job(void *ctx, struct span head, struct span body, char *out, size_t max)
{
    static int jobs;
    volatile int *volatile nowhere = NULL;
    (void)ctx;
    jobs++;
    if (span_is(head, "echo")) {
        for (size_t i = 0; i < body.n; i++)
            out[i] = body.p[body.n - 1 - i];
        return body.n;
    }
    if (span_is(head, "count"))
        return (size_t)sprintf(out, "%d", jobs);
    if (span_is(head, "large")) {
        memset(out, 'x', CAGE_OUT_MAX);
        return CAGE_OUT_MAX;
    }
    if (span_is(head, "crash"))
        *nowhere = 1;
    if (span_is(head, "stack"))
        return (size_t)deep(INT32_MAX);
    if (span_is(head, "hang"))
        for (volatile int i = 0;; i++)
            ;
    if (span_is(head, "memory")) {
        for (char *p; (p = malloc(4 * 1024 * 1024)) != NULL;)
            memset(p, 1, 4 * 1024 * 1024);
        cage_die_of_memory();
    }
    if (span_starts(head, SPAN("part "))) {
        cage_at_part(atoi(head.p + strlen("part "))); /* what a child that was taken over may write */
        cage_die(CAGE_BAD_JOB);
    }
    if (span_is(head, "too large"))
        cage_die(CAGE_TOO_LARGE);
    if (span_is(head, "bad job"))
        cage_die(CAGE_BAD_JOB);
    if (span_is(head, "exit"))
        _exit(7);
    if (span_is(head, "socket"))
        return (size_t)(socket(AF_INET, SOCK_STREAM, 0) + 100);
    if (span_is(head, "fork"))
        return (size_t)(fork() + 100);
    if (span_is(head, "kill"))
        return (size_t)(kill(getppid(), SIGKILL) + 100);
    if (span_is(head, "exec"))
        return (size_t)(execl("/bin/true", "true", NULL) + 100);
    if (span_is(head, "code"))
        return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    if (span_is(head, "says nothing"))
        return 0;
    if (span_is(head, "says too much"))
        return CAGE_OUT_MAX + 1;
    if (span_is(head, "says far too much"))
        return SIZE_MAX;
    (void)max;
    return (size_t)sprintf(out, "?");
}

static struct cage *new_cage(void)
{
    const struct cage_options o = { .body_max = BODY_MAX, .memory_bytes = MEMORY, .deadline_ms = DEADLINE, .fn = do_job };
    struct err e = { "" };
    signal(SIGSEGV, SIG_DFL); /* cmocka's handler is not for the child */
    struct cage *c = cage_new(&o, &e);
    if (c == NULL || cage_start(c, &e) < 0)
        fail_msg("%s", e.msg);
    return c;
}

/* The child's pid: its only child process. */
static pid_t child_of_ours(void)
{
    char path[64];
    int pid = 0;
    snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
    FILE *f = fopen(path, "r");
    if (f != NULL) {
        if (fscanf(f, "%d", &pid) != 1)
            pid = 0;
        fclose(f);
    }
    return pid;
}

/* Until the child has computed for a while: a deadline holds against a page only when it had its chance. */
static void wait_until_it_computed(int64_t ms)
{
    clockid_t clock;
    struct timespec t = { 0, 0 };
    pid_t pid = child_of_ours();
    if (pid <= 0)
        skip(); /* a kernel that does not tell */
    assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
    while (clock_gettime(clock, &t) == 0 && t.tv_sec * 1000 + t.tv_nsec / 1000000 < ms)
        sched_yield();
}

/* One job to its end. The clock stands still, so that only "hang" meets its deadline. */
static enum cage_status run(struct cage *c, const char *what, struct span body, struct span *out, char verdict[64])
{
    struct err e = { "" };
    *out = (struct span){ NULL, 0 };
    verdict[0] = '\0';
    if (cage_start(c, &e) < 0 || cage_submit(c, span_of(what), body, 0, &e) < 0)
        fail_msg("%s", e.msg);
    int64_t now = strcmp(what, "hang") == 0 ? DEADLINE : 0;
    if (now > 0)
        wait_until_it_computed(COMPUTING);
    assert_int_equal(cage_left_ms(c, 0), DEADLINE);
    for (int waited = 0;;) {
        enum cage_status status = cage_check(c, now, out, verdict);
        if (status != CAGE_BUSY)
            return status;
        struct pollfd fds[] = { { .fd = cage_result_fd(c), .events = POLLIN }, { .fd = cage_death_fd(c), .events = POLLIN } };
        if (poll(fds, 2, 1000) == 0 && (waited += 1000) >= WAIT_MS)
            fail_msg("'%s' takes too long", what);
    }
}

static void every_end(void **state)
{
    (void)state;
    static const struct {
        const char *what, *verdict;
        bool any; /* the sanitizers end the child in their own way */
    } rows[] = {
        { "crash", "SIGSEGV", true },
        { "stack", "SIGSEGV", true },
        { "hang", "timeout", false },
#ifndef RENDA_SANITIZED /* no limit of memory there */
        { "memory", "memory", false },
#endif
        { "too large", "result too large", false },
        { "bad job", "bad job", false },
        { "exit", "exit 7", false },
        { "socket", "SIGSYS", true },
        { "fork", "SIGSYS", true },
        { "kill", "SIGSYS", true },
        { "exec", "SIGSYS", true },
        { "code", "SIGSYS", true },
        { "says nothing", "bad result", false },
        { "says too much", "bad result", false },
        { "says far too much", "bad result", false },
    };
    struct cage *c = new_cage();
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span out;
        char verdict[64];
        bool any = false;
#ifdef RENDA_SANITIZED
        any = rows[i].any;
#endif
        enum cage_status status = run(c, rows[i].what, SPAN("x"), &out, verdict);
        if (status != CAGE_DEAD || (!any && strcmp(verdict, rows[i].verdict) != 0) || verdict[0] == '\0')
            bad++, print_error("%s: %d '%s'\n", rows[i].what, status, verdict);
        assert_int_equal(cage_check(c, 0, &out, verdict), CAGE_IDLE);
        assert_int_equal(cage_death_fd(c), -1);
        /* the next page gets a clean child, and nothing of the last one's */
        status = run(c, "echo", SPAN("abc"), &out, verdict);
        if (status != CAGE_DONE || !span_is(out, "cba"))
            bad++, print_error("after %s: %d '%.*s' '%s'\n", rows[i].what, status, SPAN_FMT(out), verdict);
    }
    cage_free(c);
    assert_int_equal(bad, 0);
}

static void results(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 100, 40000, BODY_MAX, 3, 5 * 1024 * 1024, 7 };
    struct cage *c = new_cage();
    struct span out;
    char verdict[64], *body = malloc(BODY_MAX);
    assert_non_null(body);
    for (size_t i = 0; i < BODY_MAX; i++)
        body[i] = (char)(i * 7 + i / 251);
    int bad = 0;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        if (run(c, "echo", (struct span){ body, sizes[i] }, &out, verdict) != CAGE_DONE || out.n != sizes[i]) {
            bad++, print_error("%zu bytes: %s\n", sizes[i], verdict);
            continue;
        }
        for (size_t k = 0; k < out.n; k++)
            bad += out.p[k] != body[sizes[i] - 1 - k];
    }
    assert_int_equal(run(c, "large", SPAN("x"), &out, verdict), CAGE_DONE);
    assert_int_equal(out.n, CAGE_OUT_MAX);
    assert_true(out.p[0] == 'x' && out.p[CAGE_OUT_MAX - 1] == 'x');
    /* it is the same child all the time */
    assert_int_equal(run(c, "count", SPAN("x"), &out, verdict), CAGE_DONE);
    char want[16];
    int n = snprintf(want, sizeof(want), "%d", (int)COUNT(sizes) + 2);
    assert_true(span_eq(out, (struct span){ want, (size_t)n }));
    /* jobs that do not fit are told, and the child is not troubled */
    struct err e;
    assert_int_equal(cage_submit(c, SPAN("echo"), (struct span){ body, BODY_MAX + 1 }, 0, &e), 1);
    assert_int_equal(cage_submit(c, (struct span){ body, CAGE_HEAD_MAX + 1 }, SPAN(""), 0, &e), 1);
    assert_int_equal(run(c, "echo", SPAN("ok"), &out, verdict), CAGE_DONE);
    free(body);
    cage_free(c);
    cage_free(NULL);
    assert_int_equal(bad, 0);
}

static void killed_by_others_is_no_verdict(void **state)
{
    (void)state;
    static const int signals[] = { SIGKILL, SIGTERM, SIGHUP };
    struct cage *c = new_cage();
    struct err e;
    int bad = 0;
    for (size_t i = 0; i < COUNT(signals); i++) {
        for (int busy = 0; busy < 2; busy++) {
            struct span out;
            char verdict[64] = "";
            assert_int_equal(cage_start(c, &e), 0);
            pid_t pid = child_of_ours();
            if (pid <= 0) {
                cage_free(c);
                skip(); /* a kernel that does not tell */
            }
            if (busy)
                assert_int_equal(cage_submit(c, SPAN("hang"), SPAN("x"), 0, &e), 0);
            kill(pid, signals[i]);
            struct pollfd p = { .fd = cage_death_fd(c), .events = POLLIN };
            assert_int_equal(poll(&p, 1, WAIT_MS), 1);
            if (cage_check(c, 0, &out, verdict) != CAGE_KILLED)
                bad++, print_error("signal %d, busy %d: '%s'\n", signals[i], busy, verdict);
            assert_int_equal(cage_left_ms(c, 0), -1);
        }
    }
    struct span out;
    char verdict[64];
    assert_int_equal(run(c, "echo", SPAN("ok"), &out, verdict), CAGE_DONE);
    cage_free(c);
    assert_int_equal(child_of_ours(), 0); /* nothing is left behind */
    assert_int_equal(bad, 0);
}

static void deadlines(void **state)
{
    (void)state;
    struct cage *c = new_cage();
    struct err e;
    struct span out;
    char verdict[64] = "";
    assert_int_equal(cage_left_ms(c, 5), -1);
    assert_int_equal(cage_check(c, 0, &out, verdict), CAGE_IDLE);
    assert_int_equal(cage_submit(c, SPAN("hang"), SPAN("x"), 5000, &e), 0);
    assert_int_equal(cage_left_ms(c, 5000), DEADLINE);
    assert_int_equal(cage_left_ms(c, 5999), 1);
    assert_int_equal(cage_left_ms(c, 9999), 0);
    assert_int_equal(cage_check(c, 5999, &out, verdict), CAGE_BUSY);
    wait_until_it_computed(COMPUTING);
    assert_int_equal(cage_check(c, 6000, &out, verdict), CAGE_DEAD);
    assert_string_equal(verdict, "timeout");
#ifndef RENDA_SANITIZED
    /* a machine that stood still is no verdict */
    assert_int_equal(cage_start(c, &e), 0);
    assert_int_equal(cage_submit(c, SPAN("hang"), SPAN("x"), 5000, &e), 0);
    assert_int_equal(cage_check(c, 6000, &out, verdict), CAGE_KILLED);
#endif
    cage_free(c);
}

/* ---- held pages ------------------------------------------------------------------------------------------------------------- */

/* Whatever the child wrote: the sink takes the number of a part, or the verdict is on the page. */
static void blamed_parts(void **state)
{
    static const struct {
        const char *job;
        int want;
    } rows[] = { { "part 0", 0 }, { "part 1", 1 }, { "part 100", RESULT_NEEDS_MAX }, { "part 101", 0 }, { "part 1000", 0 }, { "part -1", 0 } };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cage *c = new_cage();
        struct span out;
        char verdict[64];
        assert_int_equal(run(c, rows[i].job, SPAN(""), &out, verdict), CAGE_DEAD);
        assert_int_equal(cage_part(c), rows[i].want);
        cage_free(c);
    }
}

static bool push(struct held *h, int64_t id, size_t bytes)
{
    zmq_msg_t head, body;
    zmq_msg_init_size(&head, 3);
    zmq_msg_init_size(&body, bytes);
    memset(zmq_msg_data(&body), (int)id, bytes);
    bool taken = held_push(h, id, 2, &head, &body);
    zmq_msg_close(&head);
    zmq_msg_close(&body);
    return taken;
}

static void held_pages(void **state)
{
    (void)state;
    static struct held h;
    static int64_t list[WIRE_HELD_MAX];
    int64_t next_in = 1, next_out = 1, bytes = 0;
    int bad = 0;
    assert_null(held_first(&h));
    for (int round = 0; round < 3000; round++) { /* fills, runs over its end, empties */
        int grow = round < 1500 ? 2 : 1;
        for (int i = 0; i < grow; i++) {
            bool room = next_in - next_out < WIRE_HELD_MAX;
            size_t size = (size_t)(next_in % 90 + 1);
            bad += push(&h, next_in, size) != room;
            next_in += room;
            bytes += room ? (int64_t)size : 0;
        }
        int drop = round < 1500 ? 1 : 2;
        for (int i = 0; i < drop && held_first(&h) != NULL; i++) {
            struct held_page *p = held_first(&h);
            bad += p->capture != next_out || p->pass != 2 || p->bytes != next_out % 90 + 1 || zmq_msg_size(&p->head) != 3 ||
                   *(const char *)zmq_msg_data(&p->body) != (char)next_out;
            bytes -= p->bytes;
            held_pop(&h);
            next_out++;
        }
        bad += h.bytes != bytes || h.n != next_in - next_out;
        if (round % 100 == 0) {
            bad += held_list(&h, list) != h.n;
            for (int i = 0; i < h.n; i++)
                bad += list[i] != next_out + i;
        }
    }
    while (held_first(&h) != NULL)
        held_pop(&h);
    assert_int_equal(h.bytes * (h.bytes != 0), 0);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_end), cmocka_unit_test(results), cmocka_unit_test(killed_by_others_is_no_verdict),
        cmocka_unit_test(deadlines), cmocka_unit_test(blamed_parts), cmocka_unit_test(held_pages),
    };
    return cmocka_run_group_tests_name("cage", tests, NULL, NULL);
}
