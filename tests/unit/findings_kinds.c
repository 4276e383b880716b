/* Findings of each kind from single sentences; offsets; hostile texts; the user's own lexicon. */
#include <unistd.h>

#include "tests/unit/findings_test.h"

static struct finding_list find(const char *title, const char *text)
{
    return find_on("2024-03-10", title, text);
}

/* "kind: a=b c=d | kind: …" of all but set phrases, with the fields asked for, in the order of the text. */
static void put_row(char *out, size_t room, const struct finding *f, const enum finding_field *fields, size_t n)
{
    size_t at = strlen(out);
    at += (size_t)snprintf(out + at, room - at, "%s%s", at > 0 ? " | " : "", finding_kind_names[f->kind]);
    for (size_t i = 0; i < n && at < room; i++) {
        struct span v = finding_get(f, fields[i]);
        if (v.n > 0)
            at += (size_t)snprintf(out + at, room - at, " %.*s", SPAN_FMT(v));
    }
}

static const char *rows_of(struct finding_list list, enum finding_kind kind, const enum finding_field *fields, size_t n)
{
    static char out[4096];
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].kind == kind)
            put_row(out, sizeof(out), &list.items[i], fields, n);
    }
    return out;
}

struct row {
    const char *text, *want;
};

static int check(const struct row *rows, size_t n, enum finding_kind kind, const enum finding_field *fields,
                 size_t field_count)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        const char *got = rows_of(find("嘉禾县人大常委会", rows[i].text), kind, fields, field_count);
        if (strcmp(got, rows[i].want) != 0) {
            printf("'%s'\n  want %s\n  got  %s\n", rows[i].text, rows[i].want, got);
            bad++;
        }
    }
    return bad;
}

static void test_figures(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_ACTION, FINDING_SUBJECT, FINDING_VALUE,  FINDING_UNIT,
                                                 FINDING_BOUND,  FINDING_METRIC,  FINDING_PART_OF };
    static const struct row rows[] = {
        { "全年召开主任会议12次。", "figure 召开 主任会议 12 次 meetings.chairpersons" },
        { "全年召开12次主任会议。", "figure 召开 主任会议 12 次 meetings.chairpersons" },
        { "收到代表建议80件、办结79件。",
          "figure 收到 代表建议 80 件 suggestions.received | figure 办结 代表建议 79 件 suggestions.closed" },
        { "举办培训班2期,培训代表300余人次。",
          "figure 举办 培训班 2 期 deputies.training_sessions | figure 培训 代表 300 人次 over deputies.trained" },
        { "办结率和满意率分别达到100%和98.5%。",
          "figure 办结率 100 % suggestions.closed_rate | figure 满意率 98.5 % suggestions.satisfied_rate" },
        { "全县一般公共预算收入38.62亿元,完成预算的101.6%,比上年增长8.3%。",
          "figure 一般公共预算收入 3862000000 元 | figure 完成 预算 101.6 % | figure 比上年增长 一般公共预算收入 8.3 "
          "%" },
        { "制定法规3件,修改5件。", "figure 制定 法规 3 件 laws.enacted | figure 修改 法规 5 件 laws.revised" },
        { "149件建议办复。已经解决的" WIDE_OPEN "A类" WIDE_CLOSE "103件" WIDE_COMMA "占69.1%。",
          "figure 办复 建议 149 件 suggestions.closed | figure 解决 建议 103 件 suggestions.class_a 149 "
          "| figure 建议 69.1 %" },
        { "满意率逐年上升,由91.5%提高到97.8%。", "figure 提高到 满意率 91.5 % suggestions.satisfied_rate | figure "
                                                 "提高到 满意率 97.8 % suggestions.satisfied_rate" },
        { "查出问题47个。已整改42个。",
          "figure 查出 问题 47 个 | figure 已整改 问题 42 个 oversight.problems_resolved" },
        { "第十二次会议和“十四五”规划、“四个机关”建设,历时13个月,75周年。", "" },
        { "围绕三个“一号工程”,从三个方面着力。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_FIGURE, fields, COUNT(fields)), 0);
}

static void test_legislation(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_NAME, FINDING_STAGE, FINDING_ACT, FINDING_DOC_TYPE };
    static const struct row rows[] = {
        { "会议表决通过了《某市节水条例》。", "legislation 某市节水条例 passed local_regulation" },
        { "会议初次审议了《某市节水条例(草案)》。", "legislation 某市节水条例 first_reading local_regulation" },
        { "《某市节水条例(草案二审稿)》提请审议后,《甲条例实施办法》《乙市绿化条例》获省人大常委会批准。",
          "legislation 某市节水条例 submitted local_regulation | legislation 甲条例实施办法 approved local_regulation "
          "| legislation 乙市绿化条例 approved local_regulation" },
        { "对《中华人民共和国水法》实施情况开展执法检查。", "legislation 中华人民共和国水法 inspected law" },
        { "会议作出关于批准县级决算的决议。", "legislation 关于批准县级决算的决议 passed decide resolution" },
        { "会议通过新修订的文物保护法、能源法。",
          "legislation 文物保护法 passed revise law | legislation 能源法 passed revise law" },
        { "印发《代表活动工作方案》,《人民日报》作了报道。", "" },
        { "根据《甲省物业条例》和《乙市绿化条例》有关规定,制定了本方案。",
          "legislation 甲省物业条例 mentioned local_regulation | legislation 乙市绿化条例 mentioned local_regulation" },
        { "会议听取了法制委关于《乙市绿化条例(草案)》审议结果的报告,市政府关于《乙市公园条例修正案(草案)》的说明。",
          "legislation 乙市绿化条例 reviewed local_regulation "
          "| legislation 乙市公园条例 reviewed amend local_regulation" },
        { "听取了岚江县关于《岚江县环境条例》的说明;听取了关于检查《乙市养犬条例》实施情况的报告。",
          "legislation 岚江县环境条例 reviewed local_regulation | legislation 乙市养犬条例 inspected "
          "local_regulation" },
        { "会议审议了市政府提请审议的《乙市公园条例(草案修改稿)》。",
          "legislation 乙市公园条例 reviewed local_regulation" },
        { "关于检查本市贯彻实施《乙市就业条例》情况的报告。", "legislation 乙市就业条例 inspected local_regulation" },
        { "对安全生产“一法一条例”(《中华人民共和国水法》《乙市用水条例》)贯彻实施情况开展执法检查。",
          "legislation 中华人民共和国水法 inspected law | legislation 乙市用水条例 inspected local_regulation" },
        { "听取关于《乙市绿化条例(草案)》等的审议意见报告,以及关于修改部分法规的决定草案的说明。",
          "legislation 乙市绿化条例 reviewed local_regulation "
          "| legislation 关于修改部分法规的决定 reviewed amend decision" },
        { "会议对《乙市公园条例(草案)》(修改稿)进行了审议,《乙市用水条例(草案)》已经两次审议。",
          "legislation 乙市公园条例 reviewed local_regulation | legislation 乙市用水条例 second_reading "
          "local_regulation" },
        { "初次审议了《中华人民共和国水法修正案(草案)》。", "legislation 中华人民共和国水法 first_reading amend law" },
        { "会议表决通过甲市养犬条例、甲市河道管理条例(修订)、关于废止《甲市户籍条例》的决定。",
          "legislation 甲市养犬条例 passed local_regulation | legislation 甲市河道管理条例 passed revise "
          "local_regulation "
          "| legislation 甲市户籍条例 passed repeal local_regulation" },
        { "检查了水法、安全生产法等5件法律实施情况,对养老服务条例、中医药条例实施情况开展执法检查。",
          "legislation 安全生产法 inspected law | legislation 养老服务条例 inspected local_regulation "
          "| legislation 中医药条例 inspected local_regulation" },
        { "《甲市养犬条例》颁布实施一周年之际,开展宣传。", "legislation 甲市养犬条例 mentioned local_regulation" },
        { "表决通过了县十八届人大五次会议选举办法(草案)。",
          "legislation 县十八届人大五次会议选举办法 passed internal_rule" },
        { "听取了关于修订《县人大常委会关于加强代表工作的实施办法》的情况说明。",
          "legislation 县人大常委会关于加强代表工作的实施办法 reviewed revise internal_rule" },
        { "通过了关于将旧城改建项目纳入2024年度国民经济和社会发展计划的决议。",
          "legislation 关于将旧城改建项目纳入2024年度国民经济和社会发展计划的决议 passed decide resolution" },
        { "《乙市公园条例(草案)》已经市政府常务会议通过,提请本次会议审议。",
          "legislation 乙市公园条例 submitted local_regulation" },
        { "现将《乙市公园条例》(修正草案·二审稿)予以公布,请提意见。",
          "legislation 乙市公园条例 consultation amend local_regulation" },
        { "制定人民调解条例、湿地保护条例,修订我省地方立法条例,批准9个设区市立法条例。",
          "legislation 人民调解条例 passed enact local_regulation | legislation 湿地保护条例 passed enact "
          "local_regulation "
          "| legislation 地方立法条例 passed revise local_regulation" },
        { "作出打造绿色低碳发展先行市决议。作出具有法规性质的决定2项。",
          "legislation 打造绿色低碳发展先行市决议 passed decide resolution" },
        { "《中共乙县委关于国有资产报告制度的实施意见》印发。", "" },
        { "会议研究了《乙市人大项目监督工作规程》。", "legislation 乙市人大项目监督工作规程 reviewed internal_rule" },
        { "会议表决通过了关于政府工作报告的决议,关于乙市发展纲要的决议,还通过了关于法院工作报告的决议。",
          "legislation 关于政府工作报告的决议 passed decide resolution "
          "| legislation 关于乙市发展纲要的决议 passed decide resolution "
          "| legislation 关于法院工作报告的决议 passed decide resolution" },
        { "会议表决通过了接受李某辞去常委会副主任职务请求的决定。",
          "legislation 接受李某辞去常委会副主任职务请求的决定 passed decide decision" },
        { "市委作出了加快建设南部新城的决定。", "" },
        { "启动《乙市公园条例》修订,完成了《乙市用水条例》修订工作,慈善条例被列入立法预备项目。",
          "legislation 乙市公园条例 drafting revise local_regulation "
          "| legislation 乙市用水条例 passed revise local_regulation | legislation 慈善条例 planned local_regulation" },
        { "审议通过《乙市人大关于票决制的实施办法(试行)》,《乙市人大票决规则(暂行)》。",
          "legislation 乙市人大关于票决制的实施办法(试行) passed internal_rule "
          "| legislation 乙市人大票决规则(暂行) passed internal_rule" },
        { "审议了关于修改《中华人民共和国水法》的决定草案、科学技术普及法修订草案、能源法草案。",
          "legislation 中华人民共和国水法 reviewed amend law | legislation 科学技术普及法 reviewed revise law "
          "| legislation 能源法 reviewed law" },
        { "《乙市公园条例(修正草案)》已由常委会会议初次审议。现向社会公开征求意见建议。",
          "legislation 乙市公园条例 first_reading amend local_regulation "
          "| legislation 乙市公园条例 consultation amend local_regulation" },
        { "会议表决通过了以下法规和决定:\n1.《乙市公园条例》\n2."
          "乙市人大常委会关于接受李某辞职的决定\n会议还听取了报告。",
          "legislation 乙市公园条例 passed local_regulation "
          "| legislation 乙市人大常委会关于接受李某辞职的决定 passed decide decision" },
        { "一、提请审议项目(2件)\n1.乙市燃气条例(修订)\n2.制定乙市餐饮油烟条例\n二、预备审议项目(1件)\n1.乙市档案条例",
          "legislation 乙市燃气条例 planned revise local_regulation "
          "| legislation 乙市餐饮油烟条例 planned enact local_regulation "
          "| legislation 乙市档案条例 planned local_regulation" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_LEGISLATION, fields, COUNT(fields)), 0);
}

static void test_meetings(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_NAME, FINDING_TERM, FINDING_SESSION, FINDING_TYPE };
    static const struct row rows[] = {
        { "县十八届人大常委会召开第二十三次会议。",
          "meeting 嘉禾县十八届人大常委会第二十三次会议 18 23 standing_committee" },
        { "县第十八届人民代表大会第四次会议闭幕,县十八届人大四次会议选举了县长。",
          "meeting 嘉禾县十八届人大四次会议 18 4 congress" },
        { "第十四届全国人民代表大会第二次会议", "meeting 全国十四届人大二次会议 14 2 congress" },
        { "学习贯彻中共二十届三中全会精神。", "" },
        { "五届全国人大二次会议通过地方组织法,山东省五届人大二次会议召开。",
          "meeting 全国五届人大二次会议 5 2 congress | meeting 山东省五届人大二次会议 5 2 congress" },
        { "法制委员会召开县十八届人大六次会议期间的第二次会议。", "meeting 嘉禾县十八届人大六次会议 18 6 congress" },
        { "县十八届人大一次、二次会议期间,代表提出建议。",
          "meeting 嘉禾县十八届人大一次会议 18 1 congress | meeting 嘉禾县十八届人大二次会议 18 2 congress" },
        { "县十八届人大常委会第十次和第十一次会议审议了报告。",
          "meeting 嘉禾县十八届人大常委会第十次会议 18 10 standing_committee "
          "| meeting 嘉禾县十八届人大常委会第十一次会议 18 11 standing_committee" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_MEETING, fields, COUNT(fields)), 0);
}

/* When a meeting was, or will be. */
static void test_meeting_days(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_SESSION, FINDING_DATE, FINDING_PLANNED };
    static const struct row rows[] = {
        { "昨日,县十八届人大常委会第九次会议召开。", "meeting 9 2024-03-09" },
        { "今天上午,县十八届人大常委会第九次会议闭幕。", "meeting 9 2024-03-10" },
        { "会议通过了关于召开县十八届人大四次会议的决定,决定大会于2024年4月2日召开。", "meeting 4 2024-04-02 true" },
        { "主任会议研究了县十八届人大常委会第九次会议有关事项,决定该次会议于3月20日召开。",
          "meeting 9 2024-03-20 true" },
        { "研究提请县十八届人大常委会第九次会议审议的人事事项。", "meeting 9 true" },
        { "草案已经县十八届人大常委会第九次会议初次审议,意见请于2024年4月20日前提出。", "meeting 9" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_MEETING, fields, COUNT(fields)), 0);
}

static void test_suggestions(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_TYPE,    FINDING_TITLE, FINDING_NUMBER, FINDING_PROPOSER,
                                                 FINDING_HANDLER, FINDING_CLASS, FINDING_STATUS };
    static const struct row rows[] = {
        { "代表关于加快清溪治理的建议、加强农贸市场管理的建议等,得到落实。",
          "suggestion suggestion 关于加快清溪治理的建议 | suggestion suggestion 加强农贸市场管理的建议" },
        { "代表提出了“关于将限号时间由‘早7晚8’调整为‘早8晚7’的建议”。",
          "suggestion suggestion 关于将限号时间由‘早7晚8’调整为‘早8晚7’的建议" },
        { "李某等12名代表提出的《关于加快城南路网建设的议案》被立为大会议案。",
          "suggestion motion 关于加快城南路网建设的议案 李某等12名代表 立为大会议案" },
        { "二、县水务局主办的《关于改善清溪水质的建议》测评情况。",
          "suggestion suggestion 关于改善清溪水质的建议 县水务局" },
        { "大会主席团决定将关于加强清溪保护的议案列入大会议程。",
          "suggestion motion 关于加强清溪保护的议案 列入大会议程" },
        { "第112号建议由县交通局办理,第一号议案列为大会议案。",
          "suggestion suggestion 112 县交通局 | suggestion motion 1 列为大会议案" },
        { "王某代表:\n您提出的第82号建议《关于村道拓宽硬化的建议》收悉。对第82号建议,答复如下:",
          "suggestion suggestion 关于村道拓宽硬化的建议 82 王某" },
        { "会议审议了县政府关于人事任免的议案,部分代表列席会议。", "" },
        { "代表建议:加强学校周边治理,完善公交线路。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_SUGGESTION, fields, COUNT(fields)), 0);
}

static void test_platforms(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_NAME, FINDING_STATUS };
    static const struct row rows[] = {
        { "县人大常委会推广“清溪人大代表通”平台,并正式上线。", "platform “清溪人大代表通”平台 launched" },
        { "全面推动“数字人大”平台建设,把“数字人大”用好。", "platform “数字人大”平台 built" },
        { "将各类规范性文件纳入数据库,通过微信公众号征集意见。", "" },
        { "代表们视察了智慧城管平台。", "" },
        { "自主开发“三位一体”智慧人大平台,构建智慧人大体系,打开全国人大代表工作信息化平台。",
          "platform “三位一体”智慧人大平台 built | platform 全国人大代表工作信息化平台 mentioned" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PLATFORM, fields, COUNT(fields)), 0);
}

static void test_firsts(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_CLAIM, FINDING_AMONG, FINDING_THING };
    static const struct row rows[] = {
        { "由代表投票表决民生实事项目,这在清溪各乡镇历史上还是第一次。", "first 第一次 由代表投票表决民生实事项目" },
        { "听取损害赔偿工作报告,在全省尚属首次。", "first 首次 全省 听取损害赔偿工作报告" },
        { "率先在全省开展预算绩效监督。", "first 率先 全省 开展预算绩效监督" },
        { "召开第一次会议。这是我第一次。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_FIRST, fields, COUNT(fields)), 0);
}

static void test_attendance(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_DATE,     FINDING_FROM,    FINDING_TO,
                                                 FINDING_ENTITLED, FINDING_PRESENT, FINDING_PRESIDED_BY };
    static const struct row rows[] = {
        { "2月5日至7日" WIDE_COMMA "县十八届人大四次会议举行。大会应到代表212名" WIDE_COMMA "实到203名。",
          "meeting 2024-02-05 2024-02-05 2024-02-07 212 203" },
        { "3月1日" WIDE_COMMA "县十八届人大常委会召开第九次会议" WIDE_COMMA "会议由县人大常委会主任周大海主持。",
          "meeting 2024-03-01 周大海" },
        { "3月1日,县人大常委会主任周大海主持召开县十八届人大常委会第九次会议。", "meeting 2024-03-01 周大海" },
        { "3月1日,县十八届人大常委会第九次会议召开。副主任李小山、王大江分别主持会议。",
          "meeting 2024-03-01 李小山、王大江" },
        { "今(7)日,县十八届人大常委会第九次会议召开。", "meeting 2024-03-07" },
        { "28日,县十八届人大常委会第九次会议召开。", "meeting 2024-02-28" },
        { "3月1日,县十八届人大常委会第九次会议召开。会前,副主任李小山主持专题讲座。", "meeting 2024-03-01" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_MEETING, fields, COUNT(fields)), 0);
}

static void test_oversight(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_FORM, FINDING_TOPIC, FINDING_TARGET_TYPE };
    static const struct row rows[] = {
        { "听取和审议县人民政府关于农村供水工作情况的报告。", "oversight hear_report 农村供水工作情况 government" },
        { "对义务教育均衡发展开展专题询问。", "oversight special_inquiry 义务教育均衡发展" },
        { "开展《某市节水条例》执法检查。", "oversight law_inspection 某市节水条例" },
        { "综合运用听取报告、执法检查、专题询问等方式。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_OVERSIGHT, fields, COUNT(fields)), 0);
}

static void test_persons(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_NAME, FINDING_ROLE, FINDING_POST };
    static const struct row rows[] = {
        { "任命李明远、王芳为县人民法院审判员;免去赵立新的县教育局局长职务。",
          "person 李明远 appointed 审判员 | person 王芳 appointed 审判员 | person 赵立新 removed 县教育局局长" },
        { "县人大常委会主任孙海涛主持会议。", "person 孙海涛 mentioned 主任" },
        { "县人大代表周梅说,效果很好。", "person 周梅 speaker 县人大代表" },
        { "任命古丽娜尔·阿不都为县人民法院审判员" WIDE_SEMICOLON "免去王 建 国的县教育局局长职务。",
          "person 古丽娜尔·阿不都 appointed 审判员 | person 王建国 removed 县教育局局长" },
        { "副主任吴春燕、疏志刚出席会议。", "person 吴春燕 mentioned 副主任 | person 疏志刚 mentioned 副主任" },
        { "代表全程参与,委员关于立法的意见受到重视。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PERSON, fields, COUNT(fields)), 0);
}

/* Lists of livelihood projects within a sentence, before a count, over lines; and what only looks like one. */
static void test_projects(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_NAME, FINDING_YEAR, FINDING_STAGE, FINDING_INVESTMENT };
    static const struct row rows[] = {
        { "经票决,2024年共确定民生实事项目3项,分别为:桐坪村道路硬化工程、老年食堂建设项目、管网改造。",
          "project 桐坪村道路硬化工程 2024 voted | project 老年食堂建设项目 2024 voted | project 管网改造 2024 voted" },
        { "会议票决产生了农贸市场提升、幼儿园扩建等10件2024年度民生实事项目。",
          "project 农贸市场提升 2024 voted | project 幼儿园扩建 2024 voted" },
        { "票决产生2024年民生实事项目,依次为:一是集镇停车场建设,计划投资120万元;二是饮水管网改造;三是敬老院修缮。",
          "project 集镇停车场建设 2024 voted 1200000 | project 饮水管网改造 2024 voted | project 敬老院修缮 2024 "
          "voted" },
        { "老旧小区改造、公路提升、停车场建设3个项目脱颖而出,成为2024年民生实事项目。",
          "project 老旧小区改造 2024 voted | project 公路提升 2024 voted | project 停车场建设 2024 voted" },
        { "最终形成2项民生实事候选项目,包括桐坪饮水工程、集镇公路。",
          "project 桐坪饮水工程 candidate | project 集镇公路 candidate" },
        { "“为20栋高层住宅增配消防设施”等7个项目被确定为2025年民生实事项目。",
          "project 为20栋高层住宅增配消防设施 2025 voted" },
        { "2024年民生实事项目名单\n(一)城乡公交一体化工程\n(二)老旧管网更新\n会议还通报了其他事项。",
          "project 城乡公交一体化工程 2024 | project 老旧管网更新 2024" },
        { "代表们视察民生实事项目。视察组先后深入清溪中学(北区)建设项目、敬老院改造项目及农村供水工程等地,了解进度。",
          "project 清溪中学(北区)建设项目 in_progress | project 敬老院改造项目 in_progress "
          "| project 农村供水工程 in_progress" },
        { "代表们先后前往清溪二环路路基、小岭健身广场等5个项目现场,查看民生实事项目建成质量。",
          "project 清溪二环路路基 in_progress | project 小岭健身广场 in_progress" },
        { "投票选出了清溪道路扩面工程、农田建设等10个项目确定为2024年的民生实事。",
          "project 清溪道路扩面工程 2024 voted | project 农田建设 2024 voted" },
        { "票决选出了《清溪集镇道路改造》等10件2023年政府民生实事。", "project 清溪集镇道路改造 2023 voted" },
        { "代表说:“民生实事分别涉及广大群众的农田建设,这些都是群众盼的。”", "" },
        { "代表们听取了民生实事项目进展情况汇报。详细了解项目建设进度,要求各项目加快推进。", "" },
        { "民生实事项目人大代表票决制包括项目征集、项目票决、项目监督等环节。", "" },
        { "会议将对前期征集的民生实事候选项目进行票决,涉及教育、医疗卫生、养老服务等方面。", "" },
        { "会议听取了民生实事项目推进情况的报告,审议了预算、决算等5项报告。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PROJECT, fields, COUNT(fields)), 0);
}

static void test_votes(void **state)
{
    (void)state;
    static const enum finding_field fields[] = { FINDING_ITEM,    FINDING_FOR,       FINDING_AGAINST,
                                                 FINDING_ABSTAIN, FINDING_SATISFIED, FINDING_RESULT };
    static const struct row rows[] = {
        { "会议以28票赞成、1票反对、2票弃权,表决通过《某县城乡供水决定》。", "vote 某县城乡供水决定 28 1 2 passed" },
        { "以57票赞成表决通过了《甲决定》,以55票赞成、2票弃权表决通过《乙决定》。",
          "vote 甲决定 57 passed | vote 乙决定 55 2 passed" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_VOTE, fields, COUNT(fields)), 0);
    assert_string_equal(rows_of(find("某县", rows[0].text), KIND_FIGURE, fields, 0), "");
}

/* start and end are code points: the text between them begins and ends as the finding says. */
static void test_offsets(void **state)
{
    (void)state;
    const char *text = "第一段。\n去年,我县召开主任会议12次,收到建议1,026件。";
    struct finding_list list = find("某县", text);
    static const char *const want[] = { "12次", "1,026件" };
    size_t seen = 0;
    for (size_t i = 0; i < list.n; i++) {
        const struct finding *f = &list.items[i];
        assert_true(f->start < f->end && f->quote.n > 0 && f->rule.n > 0);
        if (f->kind != KIND_FIGURE)
            continue;
        struct span all = span_of(text);
        size_t from = text_offset(all, f->start), to = text_offset(all, f->end);
        assert_true(seen < COUNT(want) && span_is((struct span){ text + from, to - from }, want[seen]));
        seen++;
    }
    assert_int_equal(seen, COUNT(want));
}

/* Megabytes of one thing end without harm; the suite's time limit watches over them. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = { "1",
                                          "1,",
                                          "(",
                                          "“",
                                          "《",
                                          "、",
                                          "一",
                                          "万",
                                          "第3次",
                                          "任命王五为",
                                          "听取报告",
                                          "的",
                                          "《甲条例》",
                                          "1 ",
                                          "通过",
                                          "检查甲法",
                                          "民生实事项目:",
                                          "民生实事深入",
                                          "民生实事包括甲建设、",
                                          "民生实事“新建甲乙丙票”",
                                          "等3个民生实事",
                                          "关于代表的建议",
                                          "第3号建议",
                                          "八届人大一次、",
                                          "首次",
                                          "“智慧平台" };
    size_t room = 1 << 20;
    char *text = malloc(room + 64);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t n = strlen(pieces[i]), at = 0;
        while (at + n < room) {
            memcpy(text + at, pieces[i], n);
            at += n;
        }
        text[at] = '\0';
        find("某县", text);
    }
    free(text);
}

/* A sentence of many thousand letters is quoted around the place. */
static void test_long_quotes(void **state)
{
    (void)state;
    char *text = malloc(64000), *out = text;
    assert_non_null(text);
    for (int i = 0; i < 1000; i++)
        out += sprintf(out, "召开主任会议%d次" WIDE_COMMA, i + 2);
    strcpy(out, "召开主任会议5002次。");
    struct finding_list list = find("某县", text);
    assert_true(list.n > 500);
    size_t bad = 0;
    for (size_t i = 0; i < list.n; i++) {
        size_t from = text_offset(span_of(text), list.items[i].start),
               to = text_offset(span_of(text), list.items[i].end);
        struct span place = { text + from, to - from }, quote = list.items[i].quote;
        if (place.p < quote.p || place.p + place.n > quote.p + quote.n || !text_valid(quote) ||
            quote.n > FINDING_QUOTE_MAX_BYTES)
            bad++;
    }
    assert_int_equal(bad, 0);
    free(text);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void test_user_lexicon(void **state)
{
    (void)state;
    char path[] = "/tmp/renda_lexicon_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct err e;
    write_file(path, "# our own\nunits\t趟次\tcount\n");
    struct rules *own = rules_new(path, &e);
    assert_non_null(own);
    assert_string_not_equal(rules_digest(own), rules_digest(rules));
    rules_free(own);
    write_file(path, "units\t趟次\tcount\nunits\t趟\tnonsense\n");
    assert_null(rules_new(path, &e));
    assert_non_null(strstr(e.msg, ":2:"));
    write_file(path, "# a rule for what is no measure\nmetric_rules\tno.such\t报告\t-\t-\t-\n");
    assert_null(rules_new(path, &e));
    assert_non_null(strstr(e.msg, ":2:"));
    assert_non_null(strstr(e.msg, "no.such"));
    write_file(path, "checks\treports.heard\tratio\treports.special/no.such\n");
    assert_null(rules_new(path, &e));
    assert_non_null(strstr(e.msg, ":1:"));
    assert_non_null(strstr(e.msg, "no.such"));
    write_file(path, "no_such_table\tx\ty\n");
    assert_null(rules_new(path, &e));
    assert_non_null(strstr(e.msg, ":1:"));
    unlink(path);
}

/* Whose acts a bare 市人大常委会 are: the article's own place, then the site's. */
static void test_org(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *org;
    } rows[] = {
        { "the article's place, named again and again",
          "三年来，市七届人大常委会听取报告26项，为遂宁绿色发展贡献力量。建设美丽遂宁，常委会作出决定3项。",
          "遂宁市人大常委会" },
        { "the site's, when another place is named in passing", "市七届人大常委会赴遂宁考察立法工作，听取报告2项。",
          "成都市人大常委会" },
        { "the site's, when the article names it too", "市人大常委会在成都召开会议。遂宁、遂宁、遂宁代表团到会。",
          "成都市人大常委会" },
        { "the site's, when nothing is named", "市七届人大常委会听取报告26项。", "成都市人大常委会" },
        { "the full name", "绵阳市人大常委会听取报告26项。", "绵阳市人大常委会" },
    };
    const struct findings_site site = { SPAN("成都市人大常委会"), SPAN("成都市"), SPAN("prefecture") };
    int bad = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct article art = { .authors = NULL };
        struct finding_list list = { .items = NULL };
        arena_reset(arena);
        art.f[ARTICLE_TITLE] = SPAN("围绕中心 依法履职");
        art.f[ARTICLE_TEXT] = span_of(rows[i].text);
        findings_find(rules, &art, &site, arena, &list);
        if (!span_is(art.f[ARTICLE_ORG], rows[i].org)) {
            printf("%s: %.*s\n", rows[i].name, SPAN_FMT(art.f[ARTICLE_ORG]));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

/* The level of a congress whose place no list of divisions has. */
static void test_unlisted_level(void **state)
{
    (void)state;
    static const struct {
        const char *region, *level, *text, *want;
    } rows[] = {
        { "云泽省", "province", "省人大常委会听取报告26项。", "province" },
        { "云泽省", "", "省人大常委会听取报告26项。", "province" },
        { "云泽省", "", "县人大常委会听取报告26项。", "province" },
        { "安澜市", "prefecture", "市人大常委会听取报告26项。", "prefecture" },
        { "安澜市", "county", "市人大常委会听取报告26项。", "county" },
        { "安澜市", "", "市人大常委会听取报告26项。", "" },
        { "安澜市", "county", "绵阳市人大常委会听取报告26项。", "prefecture" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct findings_site site = { .region = span_of(rows[i].region), .level = span_of(rows[i].level) };
        struct article art = { .authors = NULL };
        struct finding_list list = { .items = NULL };
        arena_reset(arena);
        art.f[ARTICLE_TEXT] = span_of(rows[i].text);
        findings_find(rules, &art, &site, arena, &list);
        if (span_is(art.f[ARTICLE_LEVEL], rows[i].want))
            continue;
        print_error("%s %s: %s: have '%.*s', want '%s'\n", rows[i].region, rows[i].level, rows[i].text,
                    SPAN_FMT(art.f[ARTICLE_LEVEL]), rows[i].want);
        bad++;
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),      cmocka_unit_test(test_legislation), cmocka_unit_test(test_meetings),
        cmocka_unit_test(test_attendance),   cmocka_unit_test(test_oversight),   cmocka_unit_test(test_persons),
        cmocka_unit_test(test_votes),        cmocka_unit_test(test_offsets),     cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_user_lexicon), cmocka_unit_test(test_org),         cmocka_unit_test(test_unlisted_level),
        cmocka_unit_test(test_projects),     cmocka_unit_test(test_platforms),   cmocka_unit_test(test_firsts),
        cmocka_unit_test(test_meeting_days), cmocka_unit_test(test_suggestions), cmocka_unit_test(test_long_quotes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
