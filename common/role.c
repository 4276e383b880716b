#include "common/role.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"

#define TRY_EVERY_MS 20

volatile int role_stop;

static void on_signal(int number)
{
    (void)number;
    if (role_stop)
        _exit(130);
    role_stop = 1;
}

void role_signals(bool supervised)
{
    struct sigaction stop = { .sa_handler = on_signal }, ignore = { .sa_handler = SIG_IGN };
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    if (supervised)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* "DATABASE.ROLE.lock"; without a database file, beside the socket. False when there is nothing to lock: TCP ports lock
 * themselves. */
static bool lock_path(const struct config *c, const char *role, char *out, size_t size)
{
    const char *base = c->database;
    if (strcmp(base, "null:") == 0) {
        if (strncmp(c->dispatch, "ipc://", 6) != 0)
            return false;
        base = c->dispatch + 6;
    }
    snprintf(out, size, "%s.%s.lock", base, role);
    return true;
}

/* True for a socket in the folder in /tmp that config.c names when sockets cannot stand beside the database. */
static bool is_in_own_folder(const char *endpoint)
{
    unsigned uid;
    char key[17];
    int end = 0;
    return sscanf(endpoint, "ipc:///tmp/renda-%u-%16[0-9a-f]/%n", &uid, key, &end) == 2 && end > 0 &&
           strlen(key) == 16 && strchr(endpoint + end, '/') == NULL;
}

/* That folder is nobody else's. */
static int own_folder(const char *endpoint, struct err *e)
{
    char path[128];
    struct stat st;
    if (!is_in_own_folder(endpoint))
        return 0;
    snprintf(path, sizeof(path), "%s", endpoint + 6);
    *strrchr(path, '/') = '\0';
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return err_set(e, "cannot create the folder '%s' for sockets: %s", path, strerror(errno));
    if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 077) != 0)
        return err_set(e, "the folder '%s' for sockets belongs to others; remove it, or set dispatch, results and feed",
                       path);
    return 0;
}

static int take_lock(int fd, int wait_ms)
{
    int64_t until = clock_mono_ms() + wait_ms;
    const struct timespec pause = { 0, TRY_EVERY_MS * 1000000L };
    while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return -1;
        if (role_stop || clock_mono_ms() >= until) {
            errno = EWOULDBLOCK;
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return 0;
}

/* What the one who has the lock wrote into it. */
static int holder(int fd)
{
    char text[32] = "";
    return pread(fd, text, sizeof(text) - 1, 0) > 0 ? atoi(text) : 0;
}

static int fail_lock(int fd, const char *path, const struct config *c, const char *role, struct err *e)
{
    if (errno != EWOULDBLOCK)
        return err_set(e, "cannot lock '%s': %s", path, strerror(errno));
    char who[32] = "";
    if (holder(fd) > 0)
        snprintf(who, sizeof(who), " (process %d)", holder(fd));
    return err_set(e, "another 'renda %s'%s works on '%s'; stop it first, or name another database", role, who,
                   c->database);
}

int role_lock(const struct config *c, const char *role, int wait_ms, struct err *e)
{
    char path[4200];
    if (own_folder(c->dispatch, e) < 0 || own_folder(c->results, e) < 0 || own_folder(c->feed, e) < 0)
        return -1;
    if (!lock_path(c, role, path, sizeof(path)))
        return 0;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return err_set(e, "cannot create '%s': %s; the database's folder must exist and be ours to write", path,
                       strerror(errno));
    if (take_lock(fd, wait_ms) < 0) {
        fail_lock(fd, path, c, role, e);
        close(fd);
        return -1;
    }
    char pid[32];
    int n = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
    if (ftruncate(fd, 0) < 0 || pwrite(fd, pid, (size_t)n, 0) < 0)
        return 0; /* only the message to the next one is poorer for it */
    return 0;     /* fd stays open: the lock lives as long as the process */
}
