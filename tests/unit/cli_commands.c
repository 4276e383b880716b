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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_name), cmocka_unit_test(every_command_explains_itself), cmocka_unit_test(finds_commands),
        cmocka_unit_test(near_words),     cmocka_unit_test(counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
