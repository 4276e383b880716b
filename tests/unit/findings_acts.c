/* Acts of a congress: which meeting they belong to, whose article it is, oversight and persons in wordings beside those
 * of findings_kinds.c. Rows of title, text and what is wanted; all names are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/text.h"
#include "worker/findings/findings.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Signs in full width, as bytes: editors fold them. */
#define WIDE_COMMA "\xEF\xBC\x8C"
#define WIDE_OPEN  "\xEF\xBC\x88"
#define WIDE_CLOSE "\xEF\xBC\x89"

static struct rules *rules;
static struct arena *arena;
static struct article art;

static struct finding_list find(const char *title, const char *text)
{
    struct finding_list list = { .items = NULL };
    arena_reset(arena);
    art = (struct article){ .authors = NULL };
    art.f[ARTICLE_TITLE] = span_of(title);
    art.f[ARTICLE_TEXT] = span_of(text);
    art.f[ARTICLE_PUBLISHED] = SPAN("2024-03-10");
    findings_find(rules, &art, NULL, arena, &list);
    return list;
}

struct row {
    const char *title, *text, *want;
};

/* "a b | c d": the fields asked for of each finding of this kind, in the order of the text. */
static int check(const struct row *rows, size_t n, enum finding_kind kind, const enum finding_field *fields,
                 size_t field_count)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        static char got[4096];
        size_t at = 0;
        got[0] = '\0';
        struct finding_list list = find(rows[i].title, rows[i].text);
        for (size_t k = 0; k < list.n; k++) {
            if (list.items[k].kind != kind)
                continue;
            const char *sep = at > 0 ? " | " : "";
            for (size_t j = 0; j < field_count && at < sizeof(got); j++) {
                struct span v = finding_get(&list.items[k], fields[j]);
                if (v.n > 0)
                    at += (size_t)snprintf(got + at, sizeof(got) - at, "%s%.*s", sep, SPAN_FMT(v));
                sep = v.n > 0 ? " " : sep;
            }
        }
        if (strcmp(got, rows[i].want) != 0) {
            printf("'%s'\n  want %s\n  got  %s\n", rows[i].text, rows[i].want, got);
            bad++;
        }
    }
    return bad;
}

/* ---- meetings of acts ---- */

static void test_meeting_of_figures(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_VALUE, FINDING_MEETING };
    const struct row rows[] = {
        { "嘉禾县十八届人大三次会议收到建议96件", "截至3月8日,大会秘书处共收到代表建议96件。",
          "96 嘉禾县十八届人大三次会议" },
        { "嘉禾县人大票决民生实事", "3月8日,嘉禾县第十八届人民代表大会第三次会议召开。会上发出表决票210张。",
          "210 嘉禾县十八届人大三次会议" },
        { "嘉禾县人大代表建议全部办结", "县十八届人大三次会议以来,代表共提出建议96件。", "96" },
        { "嘉禾县十八届人大三次会议举行第二次全体会议",
          "3月8日,嘉禾县十八届人大三次会议第二次全体会议召开。会议应到代表215名。", "215 嘉禾县十八届人大三次会议" },
        { "嘉禾县人大常委会工作报告",
          "——2024年3月6日在县第十八届人民代表大会第三次会议上。\n一年来,召开常委会会议8次。", "8" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_FIGURE, fields, COUNT(fields)), 0);
}

static void test_meeting_of_oversight(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_FORM, FINDING_MEETING };
    const struct row rows[] = {
        { "嘉禾县人大常委会专题询问",
          "日前,嘉禾县第十八届人大常委会第二十次会议召开联组会议,对县十八届人大三次会议代表建议办理情况开展专题询问。",
          "special_inquiry 嘉禾县十八届人大常委会第二十次会议" },
        { "嘉禾县十八届人大常委会第二十次会议举行", "会议听取了关于全县水库安全情况的报告。",
          "hear_report 嘉禾县十八届人大常委会第二十次会议" },
        { "云岭市清溪区人大常委会会议召开",
          "3月8日,郴州市北湖区第六届人大常委会第九次会议召开,听取了关于社区养老服务情况的报告。",
          "hear_report 北湖区六届人大常委会第九次会议" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_OVERSIGHT, fields, COUNT(fields)), 0);
}

static void test_meetings(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_NAME };
    const struct row rows[] = {
        { "嘉禾县", "记者从县十八届人大五次会议第二次全体会议上获悉", "嘉禾县十八届人大五次会议" },
        { "嘉禾县", "县十八届人大五次会议主席团第三次会议通过报告",
          "嘉禾县十八届人大五次会议 | 嘉禾县十八届人大主席团第三次会议" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_MEETING, fields, COUNT(fields)), 0);
}

/* ---- whose article ---- */

static void test_article(void **state)
{
    (void)state;
    static const struct {
        const char *title, *text, *org, *type, *level, *genre;
    } rows[] = {
        { "嘉禾县十八届人大三次会议闭幕", "3月8日,嘉禾县第十八届人民代表大会第三次会议闭幕。县人大常委会主任出席。",
          "嘉禾县人大", "congress", "county", "session_news" },
        { "县人大常委会举行第9次主任会议", "会议由县人大常委会主任主持。", "", "standing_committee", "county",
          "session_news" },
        { "省人大常委会任免名单", "省人大常委会接受其辞职,岳阳市人大常委会已作出决定。", "湖南省人大常委会",
          "standing_committee", "province", "appointment" },
        { "县人大常委会视察水库", "宁海新闻网讯 3月8日,县人大常委会视察水库建设。", "宁海县人大常委会",
          "standing_committee", "county", "other" },
        { "镇人大开展代表活动", "镇人大组织代表走访。", "", "congress", "township", "other" },
        { "嘉禾县人大推动代表建议从“答复满意”走向“落实满意”", "县人大常委会跟踪督办。", "嘉禾县人大常委会",
          "standing_committee", "county", "other" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        find(rows[i].title, rows[i].text);
        const enum article_field fields[] = { ARTICLE_ORG, ARTICLE_ORG_TYPE, ARTICLE_LEVEL, ARTICLE_GENRE };
        const char *want[] = { rows[i].org, rows[i].type, rows[i].level, rows[i].genre };
        for (size_t k = 0; k < COUNT(fields); k++) {
            if (span_eq(art.f[fields[k]], span_of(want[k])))
                continue;
            printf("'%s' want %s got %.*s\n", rows[i].title, want[k], SPAN_FMT(art.f[fields[k]]));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static int setup(void **state)
{
    struct err e;
    (void)state;
    rules = rules_new(NULL, &e);
    arena = arena_new((size_t)1 << 30, NULL);
    return rules == NULL || arena == NULL;
}

static int teardown(void **state)
{
    (void)state;
    rules_free(rules);
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meeting_of_figures),
        cmocka_unit_test(test_meeting_of_oversight),
        cmocka_unit_test(test_meetings),
        cmocka_unit_test(test_article),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
