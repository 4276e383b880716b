/* What a figure is besides its number: measure, topic, whole, time, whose, planned; and numbers that are no figures. */
#include "tests/unit/findings_test.h"

static const enum finding_field shown[] = { FINDING_ACTION,      FINDING_SUBJECT,     FINDING_VALUE,
                                            FINDING_UNIT,        FINDING_BOUND,       FINDING_METRIC,
                                            FINDING_COMPOSITE,   FINDING_ABOUT,       FINDING_PART_OF,
                                            FINDING_SCOPE,       FINDING_ACTOR,       FINDING_PLANNED,
                                            FINDING_PERIOD_TYPE, FINDING_PERIOD_FROM, FINDING_PERIOD_TO };

static const char *figures_of(const char *title, const char *text)
{
    static char out[4096];
    struct finding_list list = find_on("2024-05-10", title, text);
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].kind != KIND_FIGURE)
            continue;
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s", at > 0 ? " | " : "");
        for (size_t k = 0; k < COUNT(shown) && at < sizeof(out); k++) {
            struct span v = finding_get(&list.items[i], shown[k]);
            if (v.n > 0)
                at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%.*s", k > 0 ? " " : "", SPAN_FMT(v));
        }
    }
    return out;
}

#define COUNTY   "嘉禾县人大常委会工作"
#define PROVINCE "湖南省人大常委会工作"

static const struct {
    const char *title, *text, *want;
} rows[] = {
    /* parts, topics, shares */
    { COUNTY, "会议期间收到代表建议200件,其中交通类50件,占25%。",
      "收到 代表建议 200 件 suggestions.received event | 收到 代表建议 50 件 suggestions.received 交通类 200 event | "
      " 代表建议 25 % event" },
    { COUNTY, "代表共提出议案20件,其中城乡建设方面12件。",
      "提出 议案 20 件 motions.received event | 提出 议案 12 件 motions.received 城乡建设 20 event" },
    { COUNTY, "全年办结建议90件。这90件中,农业类40件,交通类30件。",
      "办结 建议 90 件 suggestions.closed year |  建议 90 件 year | "
      " 建议 40 件 90 year |  建议 30 件 90 year" },
    { COUNTY, "县政府承办建议90件,其中交通类30件。",
      "承办 建议 90 件 suggestions.assigned government event | "
      "承办 建议 30 件 suggestions.assigned 交通类 90 government event" },
    /* times */
    { COUNTY, "2021年以来,接待群众300人次。", "接待 群众 300 人次 voters.contacted multi_year 2021" },
    { COUNTY, "2024年以来,接待群众300人次。", "接待 群众 300 人次 voters.contacted ytd 2024" },
    { COUNTY, "县十八届人大一次会议以来,开展视察6次。", "视察 视察 6 次 oversight.visits term" },
    /* whose, planned */
    { PROVINCE, "全省建成代表联络站8000个。", "建成 代表联络站 8000 个 deputies.stations all_levels event" },
    { COUNTY, "全县建成代表联络站80个。", "建成 代表联络站 80 个 deputies.stations event" },
    { COUNTY, "将代表编成12个代表小组。", "编成 代表小组 12 个 deputies.groups event" },
    { COUNTY, "今年还将发行债券3亿元。", "发行 债券 300000000 元 true year 2024 2024" },
    { COUNTY, "代表建议得到解决或计划逐步解决的60件,约占总数的80%。",
      " 代表建议得到解决或计划逐步解决 60 件 suggestions.class_a,suggestions.class_b event |  "
      "代表建议得到解决或计划逐步解决 80 % about event" },
    { COUNTY, "县十八届代表现有180名。", "现有 代表 180 名 deputies.incumbent as_of" },
    /* actions */
    { COUNTY, "会议共收到代表联名提出的议案8件。", "收到 议案 8 件 motions.received event" },
    { COUNTY, "6位公民旁听。", "旁听 公民 6 位 public.observers event" },
    { COUNTY, "设立3个、12个立法联系点。",
      "设立 立法联系点 3 个 laws.outreach_offices event | 设立 立法联系点 12 个 laws.outreach_offices event" },
    { COUNTY, "接待选民40批120人次。", "接待 选民 40 批 event | 接待 选民 120 人次 voters.contacted event" },
    { COUNTY, "人大代表票决产生10项2024年度民生实事项目。", "票决产生 民生实事项目 10 项 livelihood.voted event" },
    { COUNTY, "通过8个有关法律问题的决定。", "通过 法律问题的决定 8 个 laws.decisions event" },
    { COUNTY, "一年来,常委会共召开会议7次。", "召开 会议 7 次 meetings.standing_committee year" },
    /* several measures in one count */
    { COUNTY, "作出决议、决定和审议意见30项。",
      "作出 决议、决定和审议意见 30 项 decisions.adopted,oversight.opinions event" },
    /* no figures */
    { COUNTY, "代表10人以上联名提出的议案均已办理。", "" },
    { COUNTY, "学习省委十二届七次、八次全会精神。", "" },
    { COUNTY, "询问会开了两个半小时,问题分为五类。", "" },
    { COUNTY, "代表们投下庄严的一票。", "" },
    { COUNTY, "城东幼儿园(二期)开工,推进三期工程。", "" },
};

static void test_figures(void **state)
{
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *have = figures_of(rows[i].title, rows[i].text);
        if (strcmp(have, rows[i].want) != 0) {
            print_error("%s\n   have: %s\n   want: %s\n", rows[i].text, have, rows[i].want);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_figures) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
