#include "cli/demo_server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/site/site.h"

#define SEED        1
#define ANSWER_MAX  65536
#define FAILED_MARK '!' /* the server's first byte when it could not start: the sentence follows */

/* ---- in the server's process ------------------------------------------------------------------------------------- */

/* In single quotes, as YAML wants them. */
static void put_quoted(FILE *out, const char *base, const char *text)
{
    fprintf(out, "'%s", base);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'')
            fputc('\'', out);
        fputc(*p, out);
    }
    fputc('\'', out);
}

static void put_paths(FILE *out, const char *base, const char *const *paths)
{
    for (; paths != NULL && *paths != NULL; paths++) {
        fputs("      - ", out);
        put_quoted(out, base, *paths);
        fputc('\n', out);
    }
}

static void put_site(FILE *out, const struct site_about *about)
{
    fprintf(out, "  - name: %s\n    org: %s\n    region: %s\n    level: %s\n    start:\n", about->name, about->org,
            about->region, about->level);
    put_paths(out, about->base, about->start);
    put_paths(out, about->base, about->feeds);
    put_paths(out, about->base, about->sitemaps);
    fputs("    article: ", out);
    put_quoted(out, "", about->article_pattern);
    fputs("\n    poll: 2s\n    delay: 0\n    concurrency: 4\n", out);
}

static void serve(const struct site_options *options, int answer_fd)
{
    char why[256] = "";
    struct site_server *s = site_start(options, why, sizeof(why));
    FILE *out = fdopen(answer_fd, "w");
    if (out == NULL)
        _exit(1);
    if (s == NULL) {
        fprintf(out, "%c%s", FAILED_MARK, why);
    } else {
        fputs("sites:\n", out);
        for (int k = 0; k < SITE_N; k++) {
            struct site_about about = site_about(s, k);
            put_site(out, &about);
        }
    }
    fclose(out);
    while (s != NULL)
        pause();
    _exit(1);
}

static void become_server(const struct site_options *options, int answer_fd, pid_t parent)
{
    setpgid(0, 0); /* Ctrl-C is for the one who drains */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    if (getppid() == parent)
        serve(options, answer_fd);
    _exit(1);
}

/* ---- in ours ----------------------------------------------------------------------------------------------------- */

static char *read_answer(int fd)
{
    char *text = calloc(ANSWER_MAX + 1, 1);
    size_t n = 0;
    ssize_t got = 1;
    while (text != NULL && n < ANSWER_MAX && got != 0) {
        got = read(fd, text + n, ANSWER_MAX - n);
        if (got > 0)
            n += (size_t)got;
        else if (got < 0 && errno != EINTR)
            break;
    }
    return text;
}

int demo_server_start(struct demo_server *d, uint64_t articles, uint16_t port, struct err *e)
{
    const struct site_options options = { .seed = SEED, .articles_per_site = articles, .port = port };
    int ends[2];
    *d = (struct demo_server){ 0 };
    if (pipe2(ends, O_CLOEXEC) < 0)
        return err_set(e, "cannot make a pipe: %s", strerror(errno));
    pid_t parent = getpid();
    d->pid = fork();
    if (d->pid == 0)
        become_server(&options, ends[1], parent);
    close(ends[1]);
    if (d->pid > 0)
        d->sites = read_answer(ends[0]);
    close(ends[0]);
    if (d->pid < 0) {
        d->pid = 0;
        return err_set(e, "cannot start the sample sites: %s", strerror(errno));
    }
    if (d->sites != NULL && strncmp(d->sites, "sites:", 6) == 0)
        return 0;
    err_set(e, "cannot start the sample sites: %s",
            d->sites == NULL || d->sites[0] == '\0' ? "their process died" : d->sites + 1);
    demo_server_stop(d);
    return -1;
}

void demo_server_stop(struct demo_server *d)
{
    if (d->pid > 0) {
        kill(d->pid, SIGKILL); /* it keeps nothing */
        waitpid(d->pid, NULL, 0);
    }
    free(d->sites);
    *d = (struct demo_server){ 0 };
}
