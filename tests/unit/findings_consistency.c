/* What does not fit together gets a note, and what does gets none; congresses by law. */
#include "common/congress.h"
#include "tests/unit/findings_test.h"

/* "kind: note | …" of the findings that have one. */
static const char *notes_of(const char *title, const char *text)
{
    static char out[2048];
    struct finding_list list = find_on("2025-01-20", title, text);
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        struct span note = finding_get(&list.items[i], FINDING_NOTE);
        if (note.n > 0 && at < sizeof(out))
            at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%s: %.*s", at > 0 ? " | " : "",
                                   finding_kind_names[list.items[i].kind], SPAN_FMT(note));
    }
    return out;
}

static const struct {
    const char *title, *text, *want;
} notes[] = {
    /* a part of its whole */
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议120件,办结130件。",
      "figure: more than the 120 of suggestions.received, of which it should be a part" },
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议120件,办结110件。", "" },
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议约120件,办结130件。", "" },
    { "青田县人大常委会2024年工作", "大会期间收到代表建议120件,闭会期间收到代表建议20件,办结130件。", "" },
    { "青田县人大常委会工作", "2023年,县人大常委会收到代表建议120件。2024年,县人大常委会办结代表建议130件。", "" },
    /* rates */
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议120件,办结110件,办结率91.7%。", "" },
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议120件,办结110件,办结率91.6%。", "" },
    { "青田县人大常委会2024年工作", "2024年,县人大常委会收到代表建议120件,办结110件,办结率97%。",
      "figure: from the counts that are given, 91.7% would follow" },
    /* what the text itself breaks down */
    { "青田县人大常委会建议办理", "2024年收到代表建议150件,其中农业类170件。",
      "figure: a part of 150 that is more than it" },
    { "青田县人大常委会建议办理", "2024年收到代表建议150件,其中农业类52件,占40%。",
      "figure: 52 of 150 would be 34.7%" },
    { "青田县人大常委会建议办理", "2024年收到代表建议150件,其中农业类52件,占34.7%。", "" },
    { "青田县人大常委会建议办理", "2024年收到代表建议150件,其中农业类52件,其余88件。",
      "figure: the parts that are given add up to 140, not to 150" },
    { "青田县人大常委会建议办理", "2024年收到代表建议150件,其中农业类52件,其余98件。", "" },
    { "青田县代表构成", "全县有县人大代表150名,其中妇女代表70名、少数民族代表60名、基层代表90名。", "" },
    /* ballots */
    { "青田县人大常委会会议", "对关于公共卫生的报告进行表决,应到30人,赞成14票,反对10票,弃权20票,获得通过。",
      "vote: 44 ballots where 30 may vote; passed, though not by more than half of all who may vote" },
    { "青田县人大常委会会议", "对关于公共卫生的报告进行表决,应到30人,赞成24票,反对1票,弃权2票,获得通过。", "" },
    /* what cannot be */
    { "青田县人大常委会会议召开", "青田县人大常委会表决通过了《青田县物业管理条例》。",
      "legislation: a congress of this kind (county) makes no local regulations" },
    { "丽水市人大常委会会议召开", "丽水市人大常委会表决通过了《丽水市物业管理条例》。", "" },
    { "青田县人大常委会学习条例", "浙江省人大常委会通过了《浙江省物业管理条例》,青田县人大常委会组织学习。", "" },
    { "景宁畲族自治县人大常委会会议", "景宁畲族自治县人大常委会表决通过了《景宁畲族自治县民族民间文化保护条例》。",
      "" },
    { "青田县人大常委会会议", "青田县十七届人大常委会第一百零五次会议召开。",
      "meeting: no such body meets 105 times in one term" },
    { "青田县人大常委会会议", "青田县三十七届人大常委会第五次会议召开。",
      "meeting: no congress is in its term 37 yet" },
    { "全国人大常委会会议", "十六届全国人大常委会第五次会议在京召开。", "meeting: no congress is in its term 16 yet" },
    { "全国人大常委会会议", "十四届全国人大常委会第十三次会议在京召开。", "" },
};

static void test_notes(void **state)
{
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < COUNT(notes); i++) {
        const char *have = notes_of(notes[i].title, notes[i].text);
        if (strcmp(have, notes[i].want) != 0) {
            print_error("%s\n   have: %s\n   want: %s\n", notes[i].text, have, notes[i].want);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static const struct {
    const char *region, *level;
    enum congress_kind kind;
} kinds[] = {
    { "全国", "national", CONGRESS_NATIONAL },
    { "上海市", "province", CONGRESS_MUNICIPALITY },
    { "湖北省", "province", CONGRESS_PROVINCE },
    { "广西壮族自治区", "province", CONGRESS_AUTONOMOUS_REGION },
    { "香港特别行政区", "province", CONGRESS_NONE },
    { "东莞市", "prefecture", CONGRESS_CITY },
    { "恩施土家族苗族自治州", "prefecture", CONGRESS_AUTONOMOUS_PREFECTURE },
    { "锡林郭勒盟", "prefecture", CONGRESS_NONE },
    { "喀什地区", "prefecture", CONGRESS_NONE },
    { "青田县", "county", CONGRESS_COUNTY },
    { "义乌市", "county", CONGRESS_COUNTY_CITY },
    { "神农架林区", "county", CONGRESS_DISTRICT },
    { "景宁畲族自治县", "county", CONGRESS_AUTONOMOUS_COUNTY },
    { "鄂温克族自治旗", "county", CONGRESS_AUTONOMOUS_COUNTY },
    { "阿鲁科尔沁旗", "county", CONGRESS_BANNER },
    { "云溪镇", "township", CONGRESS_TOWNSHIP },
    { "新安街道", "subdistrict", CONGRESS_NONE },
    { "青田县", "", CONGRESS_NONE },
    { "", "county", CONGRESS_NONE },
};

static void test_kinds(void **state)
{
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        enum congress_kind have = congress_kind_of(span_of(kinds[i].region), span_of(kinds[i].level));
        if (have != kinds[i].kind) {
            print_error("%s (%s): have %s, want %s\n", kinds[i].region, kinds[i].level, congresses[have].name,
                        congresses[kinds[i].kind].name);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void test_terms(void **state)
{
    (void)state;
    assert_int_equal(congress_term_max(CONGRESS_NATIONAL, 2022), 14);
    assert_int_equal(congress_term_max(CONGRESS_NATIONAL, 2027), 14);
    assert_int_equal(congress_term_max(CONGRESS_NATIONAL, 2028), 15);
    assert_true(congress_term_max(CONGRESS_TOWNSHIP, 2024) >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_terms),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
