#include "cli/supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/child.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/role.h"
#include "common/store.h"

#define TICK_MS         1000
#define LOCK_WAIT_MS    1000 /* one that was killed may still be ending */
#define PLAIN_STATUS_MS 60000
#define DRAIN_MS        10000 /* for each stage of the drain */
#define FIRST_START_MS  10000 /* a first start that fails later than this was one that had begun well */

/* Draining follows the pages: who brings them ends first, who keeps them last. */
static const char *const stages[] = { "producer", "worker", "sink" };
enum { STAGE_RUNNING = -1, STAGE_COUNT = sizeof(stages) / sizeof(stages[0]) };

struct supervisor {
    const struct supervisor_plan *plan;
    struct child *children;
    int count;
    int signals; /* signalfd */
    struct screen screen;
    struct progress progress;
    int stage; /* of the drain */
    int64_t stage_until;
    int64_t tick_at, plain_at;
    int exit_code;
    bool at_once; /* a second signal came */
};

static void announce(struct supervisor *s, enum log_level level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A log line of our own, above the status line. */
static void announce(struct supervisor *s, enum log_level level, const char *fmt, ...)
{
    char words[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(words, sizeof(words), fmt, ap);
    va_end(ap);
    screen_pause(&s->screen);
    log_at(level, "%s", words);
    screen_resume(&s->screen);
}

/* ---- starting ---------------------------------------------------------------------------------------------------- */

/* A new database is made, and one that cannot be written refused, before there are many to complain. */
static int check_database(const struct config *c, struct err *e)
{
    struct store *s = store_open(c->database, STORE_WRITE, e);
    struct member m;
    int rc = s == NULL || store_member_join(s, "run", &m, e) < 0 || store_member_leave(s, &m, e) < 0 ? -1 : 0;
    store_close(s);
    return rc;
}

static int take_signals(struct supervisor *s, struct err *e)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return s->signals >= 0 ? 0 : err_set(e, "cannot take signals: %s", strerror(errno));
}

static int make_children(struct supervisor *s, struct err *e)
{
    int workers = s->plan->config->workers;
    s->children = calloc((size_t)workers + 2, sizeof(*s->children));
    if (s->children == NULL)
        return err_set(e, "out of memory");
    for (int i = 0; i < workers + 2; i++) {
        const char *role = i == 0 ? "sink" : i == 1 ? "producer" : "worker";
        if (child_init(&s->children[i], role, i < 2 ? 0 : i - 1, e) < 0)
            return -1;
        s->count++;
    }
    return 0;
}

static void free_children(struct supervisor *s)
{
    for (int i = 0; i < s->count; i++)
        child_fini(&s->children[i]);
    free(s->children);
}

/* ---- ending ------------------------------------------------------------------------------------------------------ */

static bool in_stage(const struct supervisor *s, const struct child *c)
{
    return s->stage >= 0 && s->stage < STAGE_COUNT && strcmp(c->role, stages[s->stage]) == 0;
}

static void signal_stage(struct supervisor *s, int number)
{
    for (int i = 0; i < s->count; i++) {
        if (in_stage(s, &s->children[i]) && s->children[i].pid > 0)
            kill(s->children[i].pid, number);
    }
}

static int running_in_stage(const struct supervisor *s)
{
    int n = 0;
    for (int i = 0; i < s->count; i++)
        n += in_stage(s, &s->children[i]) && s->children[i].pid > 0;
    return n;
}

/* The next stage begins when the one before has ended; after its time it is killed. */
static void drain_on(struct supervisor *s, int64_t now)
{
    while (s->stage != STAGE_RUNNING && s->stage < STAGE_COUNT) {
        if (running_in_stage(s) > 0 && now < s->stage_until)
            return;
        if (running_in_stage(s) > 0) {
            announce(s, LOG_WARN, "%s: did not end within %d s; killed", stages[s->stage], DRAIN_MS / 1000);
            signal_stage(s, SIGKILL);
            s->stage_until = now + DRAIN_MS;
            return;
        }
        s->stage++;
        s->stage_until = now + DRAIN_MS;
        signal_stage(s, SIGTERM);
    }
}

static void drain_begin(struct supervisor *s, const char *why, int64_t now)
{
    if (s->stage != STAGE_RUNNING)
        return;
    announce(s, LOG_INFO, "ending: %s; finishing what is begun", why);
    s->tick_at = now; /* the status says so at once */
    s->stage = 0;
    s->stage_until = now + DRAIN_MS;
    signal_stage(s, SIGTERM);
    drain_on(s, now);
}

static void kill_all(struct supervisor *s)
{
    for (int i = 0; i < s->count; i++) {
        if (s->children[i].pid > 0)
            kill(s->children[i].pid, SIGKILL);
    }
    for (int i = 0; i < s->count; i++) {
        if (s->children[i].pid > 0)
            waitpid(s->children[i].pid, NULL, 0);
        s->children[i].pid = 0;
    }
}

/* ---- what happens ------------------------------------------------------------------------------------------------ */

/* It never ran: what it said on stderr is true of every further start. */
static bool is_hopeless(const struct child *c, int status, int64_t now)
{
    return c->starts == 1 && WIFEXITED(status) && WEXITSTATUS(status) != 0 && now - c->started_at < FIRST_START_MS;
}

static void on_end(struct supervisor *s, struct child *c, int status, int64_t now)
{
    char why[64];
    child_why(status, why, sizeof(why));
    child_forward(c, &s->screen, true);
    if (s->stage != STAGE_RUNNING) {
        announce(s, LOG_DEBUG, "%s: ended, %s", c->name, why);
    } else if (is_hopeless(c, status, now)) {
        s->exit_code = 1;
        drain_begin(s, "a role could not be started", now);
    } else {
        announce(s, LOG_WARN, "%s: ended unexpectedly, %s; starting again delay_ms=%d", c->name, why,
                 (int)(c->start_at - now));
    }
}

static void look_after_children(struct supervisor *s, int64_t now)
{
    for (int i = 0; i < s->count; i++) {
        struct child *c = &s->children[i];
        struct err e;
        int status;
        if (child_ended(c, now, &status))
            on_end(s, c, status, now);
        if (s->stage == STAGE_RUNNING && c->pid == 0 && c->start_at <= now &&
            child_start(c, s->plan->config->path, now, &e) < 0) {
            announce(s, LOG_ERROR, "%s", e.msg);
            c->start_at = now + TICK_MS;
        }
    }
}

static void on_signals(struct supervisor *s, int64_t now)
{
    struct signalfd_siginfo info;
    while (read(s->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        if (s->stage != STAGE_RUNNING) {
            s->at_once = true;
            return;
        }
        drain_begin(s, strsignal((int)info.ssi_signo), now);
    }
}

static void show_status(struct supervisor *s, int64_t now)
{
    char text[SCREEN_STATUS_BYTES];
    if (!s->progress.known)
        return;
    if (s->screen.live) {
        size_t n = 0;
        if (s->stage != STAGE_RUNNING && s->stage < STAGE_COUNT)
            n = (size_t)snprintf(text, sizeof(text), "ending (%s) · ", stages[s->stage]);
        progress_words(&s->progress, text + n, sizeof(text) - n);
        screen_status(&s->screen, text);
    } else if (now >= s->plain_at) {
        s->plain_at = now + PLAIN_STATUS_MS;
        progress_pairs(&s->progress, text, sizeof(text));
        announce(s, LOG_INFO, "%s", text);
    }
}

static void tick(struct supervisor *s, int64_t now)
{
    if (now < s->tick_at)
        return;
    s->tick_at = now + TICK_MS;
    bool wanted = s->screen.live || s->plan->each_second != NULL || now >= s->plain_at;
    if (wanted)
        progress_read(&s->progress, now);
    show_status(s, now);
    if (s->stage == STAGE_RUNNING && s->plan->each_second != NULL && s->progress.known &&
        s->plan->each_second(s->plan->ctx, &s->screen, &s->progress) != 0)
        drain_begin(s, "done", now);
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

/* When something is next due. */
static int64_t wait_until(const struct supervisor *s)
{
    int64_t at = s->tick_at;
    if (s->stage != STAGE_RUNNING)
        return s->stage_until < at ? s->stage_until : at;
    for (int i = 0; i < s->count; i++) {
        if (s->children[i].pid == 0 && s->children[i].start_at < at)
            at = s->children[i].start_at;
    }
    return at;
}

static void wait_for_something(struct supervisor *s, struct pollfd *fds, int64_t now)
{
    int64_t wait = wait_until(s) - now;
    fds[0] = (struct pollfd){ s->signals, POLLIN, 0 };
    for (int i = 0; i < s->count; i++)
        fds[i + 1] = (struct pollfd){ s->children[i].log_read, POLLIN, 0 };
    if (poll(fds, (nfds_t)s->count + 1, wait < 0 ? 0 : (int)wait) <= 0)
        return;
    for (int i = 0; i < s->count; i++) {
        if (fds[i + 1].revents & POLLIN)
            child_forward(&s->children[i], &s->screen, false);
    }
}

static int loop(struct supervisor *s, struct pollfd *fds)
{
    while (s->stage < STAGE_COUNT) {
        int64_t now = clock_mono_ms();
        on_signals(s, now);
        if (s->at_once) {
            kill_all(s);
            return 130;
        }
        look_after_children(s, now);
        drain_on(s, now);
        tick(s, now);
        if (s->stage < STAGE_COUNT)
            wait_for_something(s, fds, clock_mono_ms());
    }
    return s->exit_code;
}

static int supervise(struct supervisor *s, struct err *e)
{
    if (make_children(s, e) < 0)
        return 1;
    struct pollfd *fds = calloc((size_t)s->count + 1, sizeof(*fds));
    if (fds == NULL) {
        err_set(e, "out of memory");
        return 1;
    }
    progress_read(&s->progress, clock_mono_ms()); /* the rate counts from here */
    s->tick_at = clock_mono_ms() + TICK_MS;
    s->plain_at = s->tick_at + PLAIN_STATUS_MS;
    int code = loop(s, fds);
    for (int i = 0; i < s->count; i++)
        child_forward(&s->children[i], &s->screen, true);
    screen_status(&s->screen, "");
    free(fds);
    return code;
}

int supervisor_run(const struct supervisor_plan *plan, struct err *e)
{
    struct supervisor s = { .plan = plan, .signals = -1, .stage = STAGE_RUNNING };
    e->msg[0] = '\0';
    if (!plan->locked && role_lock(plan->config, "run", LOCK_WAIT_MS, e) < 0)
        return 1;
    if (check_database(plan->config, e) < 0 || take_signals(&s, e) < 0)
        return 1;
    screen_init(&s.screen);
    progress_init(&s.progress, plan->config->database);
    int code = supervise(&s, e);
    progress_fini(&s.progress);
    free_children(&s);
    close(s.signals);
    return code;
}
