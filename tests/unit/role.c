/* The lock of a role, and the signals that end it. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/role.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct place {
    char dir[64], database[96], dispatch[96];
    struct config c;
};

static void place_new(struct place *p)
{
    memset(p, 0, sizeof(*p));
    snprintf(p->dir, sizeof(p->dir), "/tmp/renda-unit-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->database, sizeof(p->database), "%s/t.db", p->dir);
    snprintf(p->dispatch, sizeof(p->dispatch), "ipc://%s/t.sock", p->dir);
    p->c = (struct config){ .database = p->database, .dispatch = p->dispatch, .results = p->dispatch, .feed = p->dispatch };
}

static void place_end(struct place *p)
{
    static const char *const names[] = { "t.db.sink.lock", "t.db.producer.lock", "t.sock.sink.lock", "elsewhere" };
    for (size_t i = 0; i < COUNT(names); i++) {
        char path[160];
        snprintf(path, sizeof(path), "%s/%s", p->dir, names[i]);
        unlink(path);
    }
    rmdir(p->dir);
}

/* Takes the lock in a process of its own; 0 taken, 1 refused. The child ends, and with it the lock, unless told to stay. */
static int lock_in_child(const struct place *p, const char *role, int stay_fd, char why[ERR_MAX_BYTES])
{
    int told[2], status;
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct err e = { "" };
        int rc = role_lock(&p->c, role, 0, &e) < 0;
        if (write(told[1], e.msg, sizeof(e.msg)) < 0)
            _exit(9);
        if (stay_fd >= 0 && read(stay_fd, &rc, 1) < 0)
            _exit(9);
        _exit(rc);
    }
    assert_true(read(told[0], why, ERR_MAX_BYTES) == ERR_MAX_BYTES);
    close(told[0]);
    close(told[1]);
    if (stay_fd >= 0)
        return (int)pid;
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

static void one_at_a_time(void **state)
{
    (void)state;
    struct place p;
    char why[ERR_MAX_BYTES], want[32];
    int stay[2];
    place_new(&p);
    assert_int_equal(pipe(stay), 0);
    int pid = lock_in_child(&p, "sink", stay[0], why);
    assert_string_equal(why, "");
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 1);
    snprintf(want, sizeof(want), "(process %d)", pid);
    assert_non_null(strstr(why, want)); /* it says who, on what, and what to do */
    assert_non_null(strstr(why, p.database));
    assert_non_null(strstr(why, "renda sink"));
    assert_null(strchr(why, '\n'));
    assert_int_equal(lock_in_child(&p, "producer", -1, why), 0); /* another role */
    kill(pid, SIGKILL); /* dead: the lock is free at once, whatever the file says */
    waitpid(pid, NULL, 0);
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 0);
    close(stay[0]);
    close(stay[1]);
    place_end(&p);
}

static void places(void **state)
{
    (void)state;
    struct place p;
    char why[ERR_MAX_BYTES], link_path[160], target[160], tcp[] = "tcp://127.0.0.1:1", null[] = "null:", nowhere[] = "/nowhere/at/all.db";
    struct stat st;
    place_new(&p);
    /* a symbolic link is not followed: a stranger's would make us write somewhere */
    snprintf(link_path, sizeof(link_path), "%s/t.db.sink.lock", p.dir);
    snprintf(target, sizeof(target), "%s/elsewhere", p.dir);
    assert_int_equal(symlink(target, link_path), 0);
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 1);
    assert_int_equal(stat(target, &st), -1);
    unlink(link_path);
    p.c.database = nowhere;
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 1);
    assert_non_null(strstr(why, "/nowhere/at/all.db.sink.lock"));
    p.c.database = null; /* without a database file, beside the socket */
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 0);
    snprintf(link_path, sizeof(link_path), "%s/t.sock.sink.lock", p.dir);
    assert_int_equal(stat(link_path, &st), 0);
    p.c.dispatch = p.c.results = p.c.feed = tcp; /* ports lock themselves */
    assert_int_equal(lock_in_child(&p, "sink", -1, why), 0);
    place_end(&p);
}

/* The first signal asks for an end, the second is one. */
static void signals(void **state)
{
    (void)state;
    static const int numbers[] = { SIGTERM, SIGINT };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        pid_t pid = fork();
        int status;
        if (pid == 0) {
            role_signals(false);
            raise(SIGPIPE);
            if (role_stop)
                _exit(1);
            raise(numbers[i]);
            if (!role_stop)
                _exit(2);
            raise(numbers[i]);
            _exit(3);
        }
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 130);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_at_a_time), cmocka_unit_test(places), cmocka_unit_test(signals) };
    return cmocka_run_group_tests_name("role", tests, NULL, NULL);
}
