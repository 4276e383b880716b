/* The table of commands, the words meant by misspelled ones, and what is shown of numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "common/near.h"
#include "common/span.h"
#include "common/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void sorted_by_name(void **state)
{
    (void)state;
    for (size_t i = 1; i < command_count; i++)
        assert_true(strcmp(commands[i - 1].name, commands[i].name) < 0);
}

/* One line of help that fits a terminal; a usage that begins with the command and has an example that calls it. */
static void every_command_explains_itself(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < command_count; i++) {
        const struct command *c = &commands[i];
        char usage[64], call[64];
        snprintf(usage, sizeof(usage), "usage: renda %s", c->name);
        snprintf(call, sizeof(call), "\n  renda %s", c->name);
        const char *example = strstr(c->usage, "example");
        bool fine = c->run != NULL && strlen(c->help) <= 70 && strncmp(c->usage, usage, strlen(usage)) == 0 &&
                    example != NULL && strstr(example, call) != NULL && c->usage[strlen(c->usage) - 1] == '\n';
        for (const char *line = c->usage; *line != '\0'; line += strcspn(line, "\n") + 1)
            fine = fine && text_columns(span_between(line, line + strcspn(line, "\n"))) <= 120;
        if (!fine) {
            print_error("%s: %s\n%s\n", c->name, c->help, c->usage);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void finds_commands(void **state)
{
    (void)state;
    assert_non_null(command_find("run"));
    assert_null(command_find("ru"));
    assert_null(command_find(""));
}

static void near_words(void **state)
{
    (void)state;
    static const struct {
        const char *word, *want;
    } rows[] = {
        { "stauts", "status" }, { "statsu", "status" }, { "stat", "status" }, { "qurey", "query" },  { "prase", "parse" },
        { "worker", "worker" }, { "dmeo", "demo" },     { "rum", "run" },     { "xyzzy", NULL },     { "", NULL },
        { "a", NULL },          { "producers", "producer" }, { "0123456789012345678901234567890123456789012345", NULL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *got = near_word(rows[i].word, &commands[0].name, command_count, sizeof(commands[0]));
        bool same = got == rows[i].want || (got != NULL && rows[i].want != NULL && strcmp(got, rows[i].want) == 0);
        if (!same) {
            print_error("%s: wanted %s, got %s\n", rows[i].word, rows[i].want == NULL ? "nothing" : rows[i].want, got == NULL ? "nothing" : got);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void counts(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *want;
    } rows[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1234567, "1,234,567" }, { -1234, "-1,234" }, { -123, "-123" } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[32];
        assert_string_equal(progress_count(rows[i].n, out), rows[i].want);
    }
}

/* Options stand anywhere; words come last; what is wrong is exit code 2. */
static void options(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int want;
        bool json;
        const char *config, *word;
    } rows[] = {
        { "x", 0, false, NULL, NULL },
        { "x --json", 0, true, NULL, NULL },
        { "x word -j", 0, true, NULL, "word" },
        { "x -ja.yaml", 2, true, NULL, NULL }, /* -j takes no value, and there is no -a */
        { "x -c a.yaml -j", 0, true, "a.yaml", NULL },
        { "x -jca.yaml", 0, true, "a.yaml", NULL },
        { "x --config=a.yaml -c b.yaml", 0, false, "b.yaml", NULL },
        { "x --quiet word", 0, false, NULL, "word" },
        { "x -- -j", 0, false, NULL, "-j" },
        { "x -c", 2, false, NULL, NULL },
        { "x --config", 2, false, NULL, NULL },
        { "x --jso", 0, true, NULL, NULL },
        { "x --nothing", 2, false, NULL, NULL },
        { "x -q", 2, false, NULL, NULL }, /* --quiet has no letter */
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char line[64], *argv[8] = { NULL };
        int argc = 0, word = 0;
        bool json = false, quiet = false;
        const char *config = NULL;
        const struct option_row table[] = { OPTION_CONFIG(&config), { "json", 'j', &json, NULL }, { "quiet", 0, &quiet, NULL } };
        strcpy(line, rows[i].line);
        for (char *p = strtok(line, " "); p != NULL; p = strtok(NULL, " "))
            argv[argc++] = p;
        int got = options_read(table, COUNT(table), argc, argv, &word);
        bool same = got == rows[i].want && json == rows[i].json && span_eq(span_of(config), span_of(rows[i].config)) &&
                    (got != 0 || span_eq(span_of(argv[word]), span_of(rows[i].word)));
        if (!same) {
            print_error("%s: gave %d, json %d, config %s\n", rows[i].line, got, json, config == NULL ? "none" : config);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_name), cmocka_unit_test(every_command_explains_itself), cmocka_unit_test(finds_commands),
        cmocka_unit_test(near_words),     cmocka_unit_test(counts),
        cmocka_unit_test(options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
