/* driver.c - mutates a target's seeds: fuzz_NAME [--runs N] [--seed S] [--run N] [FILE or FOLDER of more seeds…]
 *
 * Every run follows from the seed and its number alone, so one that fails can be run again by itself (--run). The runs
 * are done in a child process; when it dies or a run takes longer than RUN_S, its input is kept in ./fuzz-NAME.input and
 * the next ones go on in a new child. Exit code 1 when one failed. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

#define SEEDS_MAX    256
#define INPUT_MAX    ((size_t)64 * 1024)
#define RUN_S        20 /* far more than any should take, on a loaded machine and with sanitizers */
#define FAILURES_MAX 5

static struct span seeds[SEEDS_MAX];
static int seed_count, word_count;
static unsigned char input[INPUT_MAX];

/* ---- chance ------------------------------------------------------------------------------------------------------------- */

static uint64_t state;

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t chance(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return n == 0 ? 0 : (size_t)(chance() % n);
}

/* ---- mutations: each changes input[0..n) and returns the new n -------------------------------------------------------------- */

static size_t put_in(size_t n, size_t at, const void *bytes, size_t more)
{
    if (more > INPUT_MAX - n)
        return n;
    memmove(input + at + more, input + at, n - at);
    memcpy(input + at, bytes, more);
    return n + more;
}

static size_t take_out(size_t n, size_t at, size_t less)
{
    memmove(input + at, input + at + less, n - at - less);
    return n - less;
}

static size_t flip_bit(size_t n)
{
    if (n > 0)
        input[below(n)] ^= (unsigned char)(1u << below(8));
    return n;
}

static size_t set_byte(size_t n)
{
    static const unsigned char bytes[] = { 0x00, 0xff, 0x7f, 0x80, 0xc0, 0xc1, 0xdf, 0xdd, 0xdb, 0xe4, '<', '>', '"', '&', ' ', '0', '9' };
    if (n > 0)
        input[below(n)] = chance() % 2 ? bytes[below(sizeof(bytes))] : (unsigned char)chance();
    return n;
}

static size_t drop_piece(size_t n)
{
    size_t at = below(n), less = below((n - at < 64 || chance() % 4 == 0 ? n - at : 64) + 1);
    return take_out(n, at, less);
}

static size_t cut(size_t n)
{
    return below(n + 1);
}

static size_t repeat_piece(size_t n)
{
    unsigned char piece[1024];
    size_t at = below(n), length = below((n - at < sizeof(piece) ? n - at : sizeof(piece)) + 1);
    memcpy(piece, input + at, length);
    for (size_t times = chance() % 8 == 0 ? below(64) : 1; times > 0; times--)
        n = put_in(n, at, piece, length);
    return n;
}

static size_t put_word(size_t n)
{
    const char *word = word_count > 0 ? fuzz_words[below((size_t)word_count)] : "";
    return put_in(n, below(n + 1), word, strlen(word));
}

/* A piece of another seed. */
static size_t splice(size_t n)
{
    struct span other = seeds[below((size_t)seed_count)];
    size_t from = below(other.n), length = below((other.n - from < 4096 ? other.n - from : 4096) + 1);
    return put_in(n, below(n + 1), other.p + from, length);
}

static size_t change_digits(size_t n)
{
    for (size_t i = below(n), k = 0; i < n && k < 4; i++) {
        if (input[i] >= '0' && input[i] <= '9')
            input[i] = (unsigned char)('0' + chance() % 10), k++;
    }
    return n;
}

static size_t mutate(uint64_t seed, uint64_t run)
{
    static size_t (*const mutations[])(size_t) = { flip_bit, flip_bit, set_byte, set_byte, drop_piece, cut,
                                                   repeat_piece, put_word, put_word, splice, change_digits };
    state = seed * 0x2545f4914f6cdd1du + run;
    struct span s = seeds[below((size_t)seed_count)];
    size_t n = s.n < INPUT_MAX ? s.n : INPUT_MAX;
    memcpy(input, s.p, n);
    if (run < (uint64_t)seed_count) { /* the seeds themselves first */
        s = seeds[run];
        n = s.n < INPUT_MAX ? s.n : INPUT_MAX;
        memcpy(input, s.p, n);
        return n;
    }
    for (size_t k = 1 + below(chance() % 4 == 0 ? 24 : 4); k > 0; k--)
        n = mutations[below(sizeof(mutations) / sizeof(mutations[0]))](n);
    return n;
}

/* ---- running ---------------------------------------------------------------------------------------------------------------- */

static void one_run(uint64_t seed, uint64_t run)
{
    size_t n = mutate(seed, run);
    unsigned char *exact = malloc(n > 0 ? n : 1); /* ends where its memory ends: the sanitizers see what is read behind */
    if (exact == NULL)
        abort();
    memcpy(exact, input, n);
    alarm(RUN_S);
    LLVMFuzzerTestOneInput(exact, n);
    alarm(0);
    free(exact);
}

static void keep_input(const char *name, uint64_t seed, uint64_t run)
{
    char path[128];
    snprintf(path, sizeof(path), "fuzz-%s.input", name);
    FILE *f = fopen(path, "wb");
    if (f == NULL)
        return;
    fwrite(input, 1, mutate(seed, run), f);
    fclose(f);
    fprintf(stderr, "its input is in ./%s\n", path);
}

static int run_all(const char *name, uint64_t seed, uint64_t from, uint64_t to)
{
    volatile uint64_t *at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int failures = 0;
    if (at == MAP_FAILED)
        abort();
    for (*at = from; *at < to && failures < FAILURES_MAX; ++*at) {
        int status;
        pid_t pid = fork();
        if (pid == 0) {
            for (; *at < to; ++*at)
                one_run(seed, *at);
            _exit(0);
        }
        if (pid < 0 || waitpid(pid, &status, 0) != pid)
            abort();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            break;
        fprintf(stderr, "run %llu failed (%s %d); again with: fuzz_%s --seed %llu --run %llu\n", (unsigned long long)*at,
                WIFSIGNALED(status) ? WTERMSIG(status) == SIGALRM ? "too slow, signal" : "signal" : "exit code",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), name, (unsigned long long)seed, (unsigned long long)*at);
        keep_input(name, seed, *at);
        failures++;
    }
    printf("%s: runs %llu to %llu of seed %llu: %d failed\n", name, (unsigned long long)from, (unsigned long long)to,
           (unsigned long long)seed, failures);
    return failures > 0;
}

/* ---- seeds ------------------------------------------------------------------------------------------------------------------ */

static void add_seed(struct span s)
{
    if (seed_count < SEEDS_MAX && s.p != NULL)
        seeds[seed_count++] = s;
}

static void add_file(const char *path, struct arena *a)
{
    static char bytes[INPUT_MAX];
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "cannot read '%s': %s\n", path, strerror(errno));
        exit(2);
    }
    size_t n = fread(bytes, 1, sizeof(bytes), f);
    fclose(f);
    add_seed(arena_span(a, (struct span){ bytes, n }));
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* In the order of names: the same everywhere. */
static void add_folder(const char *path, struct arena *a)
{
    char *names[1024];
    size_t n = 0;
    DIR *d = opendir(path);
    for (struct dirent *e; d != NULL && n < 1024 && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] != '.')
            names[n++] = arena_str(a, e->d_name);
    }
    if (d != NULL)
        closedir(d);
    qsort(names, n, sizeof(names[0]), by_name);
    for (size_t i = 0; i < n; i++)
        add_file(arena_printf(a, "%s/%s", path, names[i]).p, a);
}

int main(int argc, char **argv)
{
    const char *name = strrchr(argv[0], '/') != NULL ? strrchr(argv[0], '/') + 1 : argv[0];
    uint64_t runs = 1000, seed = 1, only = UINT64_MAX;
    struct arena *a = arena_new((size_t)1 << 30, NULL);
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc)
            runs = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--run") == 0 && i + 1 < argc)
            only = strtoull(argv[++i], NULL, 10);
        else if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
            add_folder(argv[i], a);
        else
            add_file(argv[i], a);
    }
    struct span s;
    for (int i = 0; (s = fuzz_seed(i, a)).p != NULL; i++)
        add_seed(s);
    while (fuzz_words[word_count] != NULL)
        word_count++;
    if (strncmp(name, "fuzz_", 5) == 0)
        name += 5;
    int rc = only != UINT64_MAX ? run_all(name, seed, only, only + 1) : run_all(name, seed, 0, runs);
    arena_free(a);
    return rc;
}
