/* renda-site: serves the three sample congress sites until it is told to stop. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "site.h"

static const char help[] =
    "usage: renda-site [options]\n"
    "Serves three sample congress sites on loopback and prints one line of JSON once they are ready.\n\n"
    "  --port N           the first of three ports (free ones)\n"
    "  --bind ADDRESS     IPv4 address to listen on (127.0.0.1)\n"
    "  --articles N       initial articles of each site (300)\n"
    "  --seed N           other articles for another seed (1)\n"
    "  --last-day DAY     of the newest initial article (2025-06-30)\n"
    "  --die-with-parent  end when the process that started this one ends\n"
    "  --help             this text\n\n"
    "example: renda-site --port 8801 --articles 1000\n";

static int number(const char *text, unsigned long long max, unsigned long long *n)
{
    char *end;
    if (*text < '0' || *text > '9')
        return -1;
    *n = strtoull(text, &end, 10);
    return *end || *n > max ? -1 : 0;
}

/* Returns 0 to go on, 1 when help was asked for, -1 when the command line is wrong. */
static int parse(int argc, char **argv, struct site_options *o, int *die_with_parent)
{
    static const struct option options[] = {
        { "articles", 1, NULL, 'a' },
        { "bind", 1, NULL, 'b' },
        { "die-with-parent", 0, NULL, 'd' },
        { "help", 0, NULL, 'h' },
        { "last-day", 1, NULL, 'l' },
        { "port", 1, NULL, 'p' },
        { "seed", 1, NULL, 's' },
        { 0 },
    };
    unsigned long long n = 0;
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        int bad = 0;
        switch (c) {
        case 'a':
            bad = number(optarg, 4000000000ull, &n);
            o->articles_per_site = n;
            break;
        case 'b':
            o->bind_address = optarg;
            break;
        case 'd':
            *die_with_parent = 1;
            break;
        case 'h':
            fputs(help, stdout);
            return 1;
        case 'l':
            o->last_day = optarg;
            break;
        case 'p':
            bad = number(optarg, 65533, &n);
            o->port = (uint16_t)n;
            break;
        case 's':
            bad = number(optarg, UINT64_MAX, &n);
            o->seed = n;
            break;
        default:
            return -1;
        }
        if (bad) {
            fprintf(stderr, "renda-site: '%s' is not a number that fits here\n", optarg);
            return -1;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "renda-site: what is '%s'? See --help.\n", argv[optind]);
        return -1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct site_options options = { .seed = 1 };
    char err[200];
    int die_with_parent = 0, rc = parse(argc, argv, &options, &die_with_parent);
    if (rc)
        return rc < 0 ? 2 : 0;

    /* Before any thread is made, so that all of them leave these signals to sigwait(). */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    pid_t parent = getppid();
    if (die_with_parent) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent)
            return 0;
    }

    struct site_server *s = site_start(&options, err, sizeof(err));
    if (!s) {
        fprintf(stderr, "renda-site: %s\n", err);
        return 1;
    }
    printf("{\"pid\":%d,\"ports\":[%u,%u,%u],\"bases\":[\"%s\",\"%s\",\"%s\"]}\n", (int)getpid(), site_port(s, 0),
           site_port(s, 1), site_port(s, 2), site_about(s, 0).base, site_about(s, 1).base, site_about(s, 2).base);
    fflush(stdout);
    int sig;
    sigwait(&stop, &sig);
    site_stop(s);
    return 0;
}
