#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUICK_MS     1000
#define DELAY_MIN_MS 100
#define DELAY_MAX_MS 5000

int child_init(struct child *c, const char *role, int number, struct err *e)
{
    int ends[2];
    *c = (struct child){ .role = role, .log_read = -1, .log_write = -1 };
    if (number > 0)
        snprintf(c->name, sizeof(c->name), "%s %d", role, number);
    else
        snprintf(c->name, sizeof(c->name), "%s", role);
    if (pipe2(ends, O_CLOEXEC) < 0)
        return err_set(e, "cannot make a pipe for %s's log: %s", c->name, strerror(errno));
    c->log_read = ends[0];
    c->log_write = ends[1];
    fcntl(c->log_read, F_SETFL, O_NONBLOCK);
    return 0;
}

void child_fini(struct child *c)
{
    if (c->log_read >= 0)
        close(c->log_read);
    if (c->log_write >= 0)
        close(c->log_write);
    c->log_read = c->log_write = -1;
}

/* In the new process. */
static void become(const struct child *c, const char *config_path, pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1); /* it died before we asked to die with it */
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(c->log_write, STDOUT_FILENO);
    dup2(c->log_write, STDERR_FILENO);
    execl("/proc/self/exe", "renda", c->role, "-c", config_path, "--supervised", (char *)NULL);
    dprintf(STDERR_FILENO, "renda: cannot execute /proc/self/exe: %s; is /proc mounted?\n", strerror(errno));
    _exit(1);
}

int child_start(struct child *c, const char *config_path, int64_t now, struct err *e)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        become(c, config_path, parent);
    if (pid < 0)
        return err_set(e, "cannot start %s: %s", c->name, strerror(errno));
    c->pid = pid;
    c->starts++;
    c->started_at = now;
    return 0;
}

/* At once, unless it has died twice in a row within a second of starting. */
static int64_t restart_delay(const struct child *c)
{
    int64_t delay = 0;
    for (int i = 2; i <= c->quick_deaths && delay < DELAY_MAX_MS; i++)
        delay = delay == 0 ? DELAY_MIN_MS : delay * 2;
    return delay > DELAY_MAX_MS ? DELAY_MAX_MS : delay;
}

bool child_ended(struct child *c, int64_t now, int *status)
{
    if (c->pid == 0 || waitpid(c->pid, status, WNOHANG) != c->pid)
        return false;
    c->pid = 0;
    c->quick_deaths = now - c->started_at < QUICK_MS ? c->quick_deaths + 1 : 0;
    c->start_at = now + restart_delay(c);
    return true;
}

void child_why(int status, char *out, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(out, size, "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        snprintf(out, size, "exit code %d", WEXITSTATUS(status));
}

static void hand_over(struct child *c, struct screen *s, bool all)
{
    const char *end = memrchr(c->line, '\n', c->line_bytes);
    size_t whole = end == NULL ? 0 : (size_t)(end - c->line) + 1;
    if (whole == 0 && c->line_bytes > 0 && (all || c->line_bytes == sizeof(c->line) - 1)) {
        c->line[c->line_bytes++] = '\n';
        whole = c->line_bytes;
    }
    if (whole == 0)
        return;
    screen_lines(s, c->line, whole);
    c->line_bytes -= whole;
    memmove(c->line, c->line + whole, c->line_bytes);
}

void child_forward(struct child *c, struct screen *s, bool all)
{
    ssize_t n;
    do {
        n = read(c->log_read, c->line + c->line_bytes, sizeof(c->line) - 1 - c->line_bytes);
        if (n > 0) {
            c->line_bytes += (size_t)n;
            hand_over(c, s, false);
        }
    } while (n > 0 || (n < 0 && errno == EINTR));
    if (all) {
        hand_over(c, s, false);
        hand_over(c, s, true);
    }
}
