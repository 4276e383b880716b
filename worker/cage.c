#include "worker/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STARVED_SHARE 8 /* a child with less than this share of its deadline in computing was kept from its work */
#define LARGE_BYTES   ((size_t)4 * 1024 * 1024) /* a job or result beyond this has its pages given back */

/* In front of the shared mapping; then the job's head, its body, and the result. */
struct shared {
    size_t head_bytes, body_bytes;
    _Atomic size_t out_bytes;
    _Atomic int part; /* of the job: what the child is at */
};

static struct shared *in_child; /* the child's own mapping; NULL in every other process */

struct cage {
    struct cage_options o;
    struct shared *shared;
    char *head, *body, *out;
    size_t map_bytes;
    int ring_in, ring_out; /* eventfds: a job is there; a result is there */
    pid_t pid;             /* 0: no child */
    int pidfd;
    bool busy, timed_out, lied;
    bool starved;                 /* at the deadline it had hardly computed: the machine stood still, not the page */
    int64_t deadline_ms, cpu_ms;  /* cpu_ms: the child's, when its job began */
    size_t body_bytes, out_bytes; /* of the last job: our own copies, the child may write into the mapping */
};

/* ---- the child --------------------------------------------------------------------------------------------------- */

void cage_die(enum cage_death how)
{
    _exit(how);
}

void cage_die_of_memory(void)
{
    cage_die(CAGE_MEMORY);
}

void cage_at_part(int part)
{
    if (in_child != NULL)
        atomic_store(&in_child->part, part);
}

static int64_t address_space_bytes(void)
{
    long long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f != NULL) {
        if (fscanf(f, "%lld", &pages) != 1)
            pages = 0;
        fclose(f);
    }
    return pages * sysconf(_SC_PAGESIZE);
}

static void limit(int what, rlim_t value)
{
    struct rlimit r = { value, value };
    setrlimit(what, &r);
}

static void set_limits(const struct cage *c)
{
#ifndef RENDA_SANITIZED /* the sanitizer's shadow memory is larger than any limit */
    limit(RLIMIT_AS, (rlim_t)(address_space_bytes() + c->o.memory_bytes));
#else
    (void)address_space_bytes;
#endif
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 8);
    limit(RLIMIT_STACK, 8 * 1024 * 1024);
    (void)c;
}

/* Memory, its two eventfds, time, and an end: nothing else. */
static int lock_in(void)
{
    static const int allowed[] = {
        SCMP_SYS(read),
        SCMP_SYS(futex),
        SCMP_SYS(brk),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(madvise),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(sched_yield),
        SCMP_SYS(sysinfo), /* qsort() asks once how much memory there is */
#ifdef RENDA_SANITIZED
        SCMP_SYS(sigaltstack),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(prctl),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(openat),
        SCMP_SYS(readlink),
        SCMP_SYS(close),
        SCMP_SYS(write),
        SCMP_SYS(ioctl),
        SCMP_SYS(fstat),
        SCMP_SYS(newfstatat),
        SCMP_SYS(getrlimit),
        SCMP_SYS(prlimit64),
        SCMP_SYS(sched_getaffinity),
#endif
    };
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (f == NULL)
        return -1;
    int rc = 0;
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
    rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 1));
    rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                           SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (rc == 0)
        rc = seccomp_load(f);
    seccomp_release(f);
    return rc;
}

/* Only the two eventfds stay, as 0 and 1. */
static void close_others(const struct cage *c)
{
    int in = fcntl(c->ring_in, F_DUPFD, 10), out = fcntl(c->ring_out, F_DUPFD, 10);
    dup2(in, 0);
    dup2(out, 1);
#ifdef RENDA_SANITIZED
    close_range(3, ~0U, 0); /* its reports go to stderr */
#else
    close_range(2, ~0U, 0);
#endif
}

static void child_main(struct cage *c, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_IGN); /* the parent decides when a terminal's Ctrl-C ends the work */
    prctl(PR_SET_NAME, "renda-parse");
    in_child = c->shared;
    close_others(c);
    set_limits(c);
    if (lock_in() != 0)
        _exit(CAGE_BAD_JOB);
    for (;;) {
        uint64_t n;
        if (read(0, &n, sizeof(n)) != sizeof(n))
            _exit(0);
        size_t bytes = c->o.fn(c->o.ctx, (struct span){ c->head, c->shared->head_bytes },
                               (struct span){ c->body, c->shared->body_bytes }, c->out, CAGE_OUT_MAX);
        atomic_store(&c->shared->out_bytes, bytes);
        n = 1;
        if (write(1, &n, sizeof(n)) != sizeof(n))
            _exit(0);
    }
}

/* ---- the parent -------------------------------------------------------------------------------------------------- */

struct cage *cage_new(const struct cage_options *o, struct err *e)
{
    struct cage *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    c->o = *o;
    c->pidfd = -1;
    c->ring_in = eventfd(0, EFD_CLOEXEC);
    c->ring_out = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    c->map_bytes = sizeof(struct shared) + CAGE_HEAD_MAX + o->body_max + CAGE_OUT_MAX;
    void *map = mmap(NULL, c->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (c->ring_in < 0 || c->ring_out < 0 || map == MAP_FAILED) {
        err_set(e, "cannot make a shared mapping of %zu bytes: %s", c->map_bytes, strerror(errno));
        if (map != MAP_FAILED)
            munmap(map, c->map_bytes);
        c->shared = NULL;
        cage_free(c);
        return NULL;
    }
    c->shared = map;
    c->head = (char *)map + sizeof(struct shared);
    c->body = c->head + CAGE_HEAD_MAX;
    c->out = c->body + o->body_max;
    return c;
}

static void forget_child(struct cage *c)
{
    if (c->pidfd >= 0)
        close(c->pidfd);
    c->pidfd = -1;
    c->pid = 0;
    c->busy = c->timed_out = c->lied = false;
    uint64_t n;
    while (read(c->ring_out, &n, sizeof(n)) == sizeof(n)) /* what a dead child has rung counts no more */
        ;
}

void cage_free(struct cage *c)
{
    if (c == NULL)
        return;
    if (c->pid > 0) {
        kill(c->pid, SIGKILL);
        waitpid(c->pid, NULL, 0);
        forget_child(c);
    }
    if (c->shared != NULL)
        munmap(c->shared, c->map_bytes);
    if (c->ring_in >= 0)
        close(c->ring_in);
    if (c->ring_out >= 0)
        close(c->ring_out);
    free(c);
}

/* A dead child may have left its job's ring unread: a new one must not take it for its own. */
static void drain_ring_in(struct cage *c)
{
    struct pollfd p = { .fd = c->ring_in, .events = POLLIN };
    uint64_t n;
    if (poll(&p, 1, 0) == 1 && read(c->ring_in, &n, sizeof(n)) < 0)
        return;
}

int cage_start(struct cage *c, struct err *e)
{
    if (c->pid > 0)
        return 0;
    drain_ring_in(c);
    pid_t me = getpid(), pid = fork();
    if (pid < 0)
        return err_set(e, "cannot fork a parsing child: %s", strerror(errno));
    if (pid == 0) {
        child_main(c, me);
        _exit(0);
    }
    c->pid = pid;
    c->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (c->pidfd < 0) {
        err_set(e, "cannot watch the parsing child: %s", strerror(errno));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        forget_child(c);
        return -1;
    }
    return 0;
}

/* Gives a large job's memory back; the area is zero again. */
static void give_back(char *from, size_t bytes)
{
    long page = sysconf(_SC_PAGESIZE);
    uintptr_t p = ((uintptr_t)from + (uintptr_t)page - 1) / (uintptr_t)page * (uintptr_t)page;
    uintptr_t end = ((uintptr_t)from + bytes) / (uintptr_t)page * (uintptr_t)page;
    if (bytes > LARGE_BYTES && end > p)
        madvise((void *)p, end - p, MADV_REMOVE);
}

/* What the child has computed so far. */
static int64_t child_cpu_ms(const struct cage *c)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(c->pid, &clock) != 0 || clock_gettime(clock, &t) < 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* At its deadline the child has hardly computed. (A sanitizer's report takes time without computing.) */
static bool was_starved(const struct cage *c)
{
#ifdef RENDA_SANITIZED
    (void)c;
    return false;
#else
    return child_cpu_ms(c) - c->cpu_ms < c->o.deadline_ms / STARVED_SHARE;
#endif
}

int cage_submit(struct cage *c, struct span head, struct span body, int64_t now_ms, struct err *e)
{
    if (head.n > CAGE_HEAD_MAX || body.n > c->o.body_max)
        return 1;
    give_back(c->out, c->out_bytes);
    if (body.n < c->body_bytes)
        give_back(c->body, c->body_bytes);
    c->body_bytes = body.n;
    c->out_bytes = 0;
    memcpy(c->head, head.p, head.n);
    if (body.n > 0)
        memcpy(c->body, body.p, body.n);
    c->shared->head_bytes = head.n;
    c->shared->body_bytes = body.n;
    atomic_store(&c->shared->out_bytes, 0);
    atomic_store(&c->shared->part, 0);
    c->timed_out = c->starved = false;
    c->deadline_ms = now_ms + c->o.deadline_ms;
    c->cpu_ms = child_cpu_ms(c);
    uint64_t one = 1;
    if (write(c->ring_in, &one, sizeof(one)) != sizeof(one))
        return err_set(e, "cannot ring the parsing child: %s", strerror(errno));
    c->busy = true;
    return 0;
}

static enum cage_status read_death(struct cage *c, int status, char verdict[64])
{
    static const struct {
        int code;
        const char *name;
    } exits[] = { { CAGE_MEMORY, "memory" }, { CAGE_TOO_LARGE, "result too large" }, { CAGE_BAD_JOB, "bad job" } };
    const char *ours = c->lied ? "bad result" : c->timed_out ? "timeout" : NULL; /* we killed it */
    bool innocent = c->timed_out && c->starved;
    forget_child(c);
    if (ours != NULL) {
        snprintf(verdict, 64, "%s", ours);
        return innocent ? CAGE_KILLED : CAGE_DEAD;
    }
    if (WIFSIGNALED(status)) {
        int sig = WTERMSIG(status);
        snprintf(verdict, 64, "SIG%s", sigabbrev_np(sig) != NULL ? sigabbrev_np(sig) : "?");
        return sig == SIGKILL || sig == SIGTERM || sig == SIGINT || sig == SIGHUP ? CAGE_KILLED : CAGE_DEAD;
    }
    snprintf(verdict, 64, "exit %d", WEXITSTATUS(status));
    for (size_t i = 0; i < sizeof(exits) / sizeof(exits[0]); i++) {
        if (WEXITSTATUS(status) == exits[i].code)
            snprintf(verdict, 64, "%s", exits[i].name);
    }
    return CAGE_DEAD;
}

enum cage_status cage_check(struct cage *c, int64_t now_ms, struct span *out, char verdict[64])
{
    if (c->pid == 0)
        return CAGE_IDLE;
    uint64_t n;
    if (c->busy && read(c->ring_out, &n, sizeof(n)) == sizeof(n)) {
        size_t bytes = atomic_load(&c->shared->out_bytes);
        if (bytes > 0 && bytes <= CAGE_OUT_MAX) {
            c->busy = false;
            c->out_bytes = bytes;
            *out = (struct span){ c->out, bytes };
            return CAGE_DONE;
        }
        c->lied = true; /* no result is empty, or larger than its place */
        kill(c->pid, SIGKILL);
    }
    if (!c->busy && read(c->ring_out, &n, sizeof(n)) == sizeof(n))
        kill(c->pid, SIGKILL); /* it rings unasked: the next page shall not get its answer */
    if (c->busy && !c->timed_out && !c->lied && now_ms >= c->deadline_ms) {
        c->timed_out = true;
        c->starved = was_starved(c);
        kill(c->pid, SIGKILL);
    }
    bool was_busy = c->busy;
    int status;
    pid_t rc = waitpid(c->pid, &status, c->timed_out || c->lied ? 0 : WNOHANG);
    if (rc == 0)
        return c->busy ? CAGE_BUSY : CAGE_IDLE;
    enum cage_status how = rc < 0 ? CAGE_KILLED : read_death(c, status, verdict);
    if (rc < 0)
        forget_child(c);
    return was_busy ? how : CAGE_KILLED;
}

int cage_part(const struct cage *c)
{
    int part = atomic_load(&c->shared->part); /* the child may have written anything */
    return part >= 0 && part <= CAGE_PARTS_MAX ? part : 0;
}

int cage_result_fd(const struct cage *c)
{
    return c->ring_out;
}

int cage_death_fd(const struct cage *c)
{
    return c->pidfd;
}

int64_t cage_left_ms(const struct cage *c, int64_t now_ms)
{
    if (!c->busy)
        return -1;
    return c->deadline_ms > now_ms ? c->deadline_ms - now_ms : 0;
}
