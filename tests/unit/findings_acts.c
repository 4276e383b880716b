/* Acts of a congress: which meeting they belong to, whose article it is, oversight and persons in wordings beside those
 * of findings_kinds.c. Rows of title, text and what is wanted; all names are made up. */
#include "findings_test.h"

static struct article art;

static struct finding_list find(const char *title, const char *text)
{
    return find_in(&art, "2024-03-10", title, text);
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

/* ---- oversight ---- */

static void test_reports_heard(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_FORM, FINDING_TOPIC, FINDING_TARGET, FINDING_TARGET_TYPE };
    const struct row rows[] = {
        { "嘉禾县",
          "会议听取了县政府关于水库安全情况的报告,县财政局局长王强受县政府委托作的关于财政决算的报告" WIDE_COMMA
          "县审计局局长张华作的关于预算执行的审计工作报告。",
          "hear_report 水库安全情况 县政府 government | hear_report 财政决算 县政府 government | "
          "hear_report 预算执行的审计工作 县审计局 department" },
        { "嘉禾县", "会议听取县法院院长钟某所作的法院工作报告。", "hear_report 法院 县法院 court" },
        { "嘉禾县", "会议听取县人大常委会主任何平所作的县人大常委会工作报告。", "" },
        { "嘉禾县", "会议听取了关于油茶产业情况、医院运行情况的调研报告。",
          "research 油茶产业情况 | research 医院运行情况" },
        { "嘉禾县", "会议讨论了《县政府关于高中教育情况的报告》、《县政府关于供水情况的报告》的书面审议意见。",
          "opinion 高中教育情况 县政府 government | opinion 供水情况 县政府 government" },
        { "嘉禾县", "会议讨论了《关于对县城供水进行视察的视察方案》。", "visit 县城供水" },
        { "嘉禾县", "会议审议了县政府关于代表议案和建议、批评、意见办理情况及民生实事实施情况的报告。",
          "hear_report 代表议案和建议、批评、意见办理情况 县政府 government | "
          "hear_report 民生实事实施情况 县政府 government" },
        { "嘉禾县", "会议听取了县政府关于移民工作、乡村旅游工作的情况汇报。",
          "hear_report 移民工作 县政府 government | hear_report 乡村旅游工作的情况 县政府 government" },
        { "嘉禾县", "会议听取了关于检查本县实施《嘉禾县供水条例》情况的报告。",
          "hear_report 检查本县实施《嘉禾县供水条例》情况 | law_inspection 嘉禾县供水条例" },
        { "嘉禾县",
          "会议听取了关于《嘉禾县供水条例" WIDE_OPEN "草案" WIDE_CLOSE "》审议结果的报告、代表资格的审查报告。", "" },
        { "嘉禾县", "大会审查了《嘉禾县2023年预算执行情况与2024年预算草案的报告》。",
          "hear_report 嘉禾县2023年预算执行情况与2024年预算草案" },
        { "嘉禾县",
          "大会听取县人大常委会主任何平所作的县人大常委会工作报告,院长戚军、检察长梅青分别作的法院、检察院工作报告。",
          "hear_report 法院 法院 court | hear_report 检察院 检察院 procuratorate" },
        { "嘉禾县", "会议听取了执法检查组关于检查种子法实施情况的报告。",
          "hear_report 检查种子法实施情况 | law_inspection 种子法" },
        { "嘉禾县", "检查组听取了县政府及相关部门贯彻实施情况汇报。", "" },
        { "嘉禾县十八届人大常委会第九次会议", "受县政府委托,局长陈丽向会议作了关于计划执行情况的报告。",
          "hear_report 计划执行情况 县政府 government" },
        { "嘉禾县十八届人大常委会第九次会议", "副县长赵军代表县政府报告了全县就业情况。",
          "hear_report 全县就业情况 县政府 government" },
        { "嘉禾县", "提请会议审议的县政府关于供水情况的报告显示,水质良好。", "hear_report 供水情况 县政府 government" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_OVERSIGHT, fields, COUNT(fields)), 0);
}

static void test_forms(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_FORM, FINDING_TOPIC, FINDING_TARGET_TYPE };
    const struct row rows[] = {
        { "嘉禾县", "对7个县级部门开展了建议办理满意度测评。", "satisfaction_vote 建议办理 department" },
        { "嘉禾县", "县人大常委会对重点建议办理情况进行了测评。", "satisfaction_vote 重点建议办理情况" },
        { "嘉禾县",
          "会议听取了关于义务教育工作审议意见落实情况的报告。会上,常委会组成人员对审议意见落实情况进行了满意度测评。",
          "hear_report 义务教育工作审议意见落实情况 | satisfaction_vote 义务教育工作审议意见落实情况" },
        { "嘉禾县", "会议对供水情况开展专题询问。会后,委员现场开展满意度测评,结果均为满意。",
          "special_inquiry 供水情况 | satisfaction_vote 供水情况" },
        { "嘉禾县", "通报所开展的部门工作评议、国家工作人员述职评议、代表建议办理情况满意度测评。",
          "work_appraisal 部门工作 department | performance_review 国家工作人员 official | "
          "satisfaction_vote 代表建议办理情况" },
        { "嘉禾县", "对9个政府组成部门的工作进行了评议。其中工作评议评为“满意”的8个。",
          "work_appraisal 政府组成部门的工作 department" },
        { "嘉禾县", "县人大常委会组织部分委员和代表视察了老旧小区改造工程。", "visit 老旧小区改造工程" },
        { "嘉禾县", "县人大常委会组织部分省、市人大代表对重点项目建设进行集中视察。", "visit 重点项目建设" },
        { "嘉禾县", "围绕校外培训、养老服务等,组织代表约见局长活动。",
          "interview 校外培训 official | interview 养老服务 official" },
        { "嘉禾县", "区住建局负责人到场约谈物业公司。我们将持续跟踪督办。", "" },
        { "嘉禾县", "约见县教育局负责人,就校园食品安全进行座谈。", "interview 校园食品安全 official" },
        { "嘉禾县", "要增强做好执法检查的责任感,确保执法检查取得实效,要强化跟踪问效。", "" },
        { "嘉禾县", "代表通过深入调研,广泛听取意见。镇政府聚焦群众需求,在深入调研的基础上确定项目。", "" },
        { "嘉禾县", "对5件法规开展了执法检查工作。", "" },
        { "嘉禾县", "4.检查《中华人民共和国种子法》的实施情况", "law_inspection 中华人民共和国种子法" },
        { "嘉禾县", "县人大常委会对水利工作报告进行“满意度测评”。", "satisfaction_vote 水利工作报告" },
        { "嘉禾县", "首次对县政府专项工作报告开展满意度测评,是一种探索。", "" },
        { "嘉禾县", "就做好此次执法检查,他强调要统一思想。要以此次执法检查推动工作。", "" },
        { "嘉禾县", "为搞好这次专题询问,县人大常委会提出了要求。作为今年监督重点跟踪监督。", "" },
        { "嘉禾县", "学习贯彻总书记视察南方重要讲话精神。", "" },
        { "嘉禾县", "会议审定了县人大常委会工作评议实施方案。", "" },
        { "嘉禾县", "县人大常委会将开展《嘉禾县节水条例》和《嘉禾县公园条例》在本县实施情况的检查。",
          "law_inspection 嘉禾县节水条例 | law_inspection 嘉禾县公园条例" },
        { "嘉禾县", "开展《嘉禾县节水条例》实施情况执法检查、《嘉禾县公园条例》实施情况专项调研。",
          "law_inspection 嘉禾县节水条例 | research 嘉禾县公园条例" },
        { "嘉禾县", "调研《嘉禾县节水条例》《嘉禾县公园条例》实施情况。",
          "research 嘉禾县节水条例 | research 嘉禾县公园条例" },
        { "嘉禾县", "近日,嘉禾县人大常委会专题询问污水治理工作。", "special_inquiry 污水治理工作" },
        { "嘉禾县", "县人大组织部分代表深入农贸市场开展视察。", "visit 农贸市场" },
        { "嘉禾县", "某站组织人大代表视察安置房工地、某村联络站组织人大代表开展林下养殖视察。",
          "visit 安置房工地 | visit 林下养殖" },
        { "嘉禾县", "主持人宣布民生实事代表票决项目实施及完成情况满意度测评结果。",
          "satisfaction_vote 民生实事代表票决项目实施及完成情况" },
        { "嘉禾县", "会议讨论了县政府关于预算执行情况的报告;县人大常委会调研组关于山区公路建设情况的调研报告。",
          "hear_report 预算执行情况 government | research 山区公路建设情况" },
        { "嘉禾县", "我受县人民政府委托,现就上年度财政收支的审计情况,报告如下:",
          "hear_report 上年度财政收支的审计情况 government" },
        { "嘉禾县",
          "听取县政府关于上半年计划执行情况的报告的审议意见研究处理情况的报告、上半年预算执行情况的报告的审议意见研究处"
          "理"
          "情况的报告。",
          "hear_report 上半年计划执行情况的报告的审议意见研究处理情况 government | hear_report "
          "上半年预算执行情况的报告的审议意见研究处理情况 government" },
        { "嘉禾县", "县人大常委会党组副书记、副主任陈义带队调研。", "" },
        { "嘉禾县", "县人大常委会视察重点项目建设情况。", "visit 重点项目建设情况" },
        { "嘉禾县", "会议以“养老服务”为主题开展专题询问。", "special_inquiry “养老服务”" },
        { "嘉禾县", "会议听取了县政府关于养老服务、城市更新情况的2个专项工作报告。",
          "hear_report 养老服务 government | hear_report 城市更新情况 government" },
        { "嘉禾县", "常委会每年听取一次县政府专项工作报告。", "" },
        { "嘉禾县", "对县政府落实《关于养老服务情况的审议意见》情况进行满意度测评。",
          "satisfaction_vote 县政府落实《关于养老服务情况的审议意见》情况 government" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_OVERSIGHT, fields, COUNT(fields)), 0);
}

static void test_day_of_oversight(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_TOPIC, FINDING_DATE, FINDING_PERIOD_TYPE };
    const struct row rows[] = {
        { "嘉禾县十八届人大常委会第九次会议召开",
          "2月27日,县十八届人大常委会第九次会议召开。会议听取了关于2023年上半年预算执行情况的报告,"
          "关于2023年计划执行情况的报告。",
          "2023年上半年预算执行情况 2024-02-27 | 2023年计划执行情况 2024-02-27" },
        { "嘉禾县人大常委会2023年工作综述", "2023年,听取了关于水库安全情况的报告。", "水库安全情况 year" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_OVERSIGHT, fields, COUNT(fields)), 0);
}

/* ---- votes ---- */

static void test_votes(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_ITEM, FINDING_FOR, FINDING_SATISFIED, FINDING_BASICALLY,
                                          FINDING_RESULT };
    const struct row rows[] = {
        { "嘉禾县", "陈义以186票的高票当选为县长。", "陈义 186 passed" },
        { "嘉禾县", "会议以32票全票通过《关于节水的决定》。", "关于节水的决定 32 passed" },
        { "嘉禾县", "听取了关于水利工作情况的报告。随后对该报告进行了满意度表决,结果为:17人满意,4人基本满意。",
          "水利工作情况 17 4" },
        { "嘉禾县", "大会对水利工作进行测评,满意票为48张,基本满意票为3张。", "水利工作 48 3" },
        { "嘉禾县", "听取了关于水利工作情况的报告。测评结果为满意26票、基本满意3票。", "水利工作情况 26 3" },
        { "嘉禾县", "对县教育局进行测评,满意24人,基本满意1人。", "县教育局 24 1" },
        { "嘉禾县", "走访中有17人满意,4人基本满意。", "" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_VOTE, fields, COUNT(fields)), 0);
}

/* ---- persons ---- */

static void test_appointments(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_NAME, FINDING_POST, FINDING_ROLE };
    const struct row rows[] = {
        { "嘉禾县", "会议任命罕凤英为嘉禾县副县长、代理县长。", "罕凤英 嘉禾县副县长 appointed | 罕凤英 县长 acting" },
        { "嘉禾县", "会议接受詹福来辞去嘉禾县副县长职务的请求。", "詹福来 嘉禾县副县长 resigned" },
        { "嘉禾县", "乔安民、朱永和因工作变动,分别提出辞去县水利局局长职务。",
          "乔安民 县水利局局长 resigned | 朱永和 县水利局局长 resigned" },
        { "嘉禾县", "因年龄原因,乔安提出辞去县水利局局长职务。", "乔安 县水利局局长 resigned" },
        { "嘉禾县", "会议通过了《关于接受南晓英请求辞去县审计局局长职务的决定》。", "南晓英 县审计局局长 resigned" },
        { "嘉禾县", "会议选举何云飞为县监委主任,雷震为县长" WIDE_OPEN "须备案" WIDE_CLOSE "。",
          "何云飞 县监委主任 elected | 雷震 县长 elected" },
        { "嘉禾县", "龙腾飞当选为县长" WIDE_COMMA "兰芳、楼志伟当选副县长。",
          "龙腾飞 县长 elected | 兰芳 副县长 elected | 楼志伟 副县长 elected" },
        { "嘉禾县", "古云龙被任命为县水利局局长。", "古云龙 县水利局局长 appointed" },
        { "嘉禾县", "决定免去蒋正平县水利局局长职务。", "蒋正平 县水利局局长 removed" },
        { "嘉禾县", "由副检察长褚卫东代理检察长。", "褚卫东 检察长 acting" },
        { "嘉禾县", "龚建新、胡蓉本人提出辞去县人大代表职务。",
          "龚建新 县人大代表 resigned | 胡蓉 县人大代表 resigned" },
        { "嘉禾县", "县第十八届人民代表大会代表屈明亮因工作调离本县。其代表资格终止。",
          "屈明亮 县第十八届人民代表大会代表 ended" },
        { "嘉禾县", "递补谢东来为县第十八届人民代表大会代表。", "谢东来 县第十八届人民代表大会代表 by_elected" },
        { "嘉禾县", "会议决定代表名额分配和选举时间的决定有效。", "" },
        { "嘉禾县", "县第十八届人民代表大会代表安来福因病去世。安来福的代表资格自然终止。",
          "安来福 县第十八届人民代表大会代表 ended" },
        { "嘉禾县",
          "任命:\n海来阿依" WIDE_OPEN "女" WIDE_COMMA "彝族" WIDE_CLOSE "为县教育局局长;\n陆 鸣为县民政局局长。",
          "海来阿依 县教育局局长 appointed | 陆鸣 县民政局局长 appointed" },
        { "嘉禾县", "经过计票,龙腾飞以186票的高票当选为县长,兰芳等15名代表当选为县人大常委会委员。",
          "龙腾飞 县长 elected | 兰芳 委员 elected" },
        { "嘉禾县", "大会选举龙志远为县法院院长、白春生为县检察院检察长。",
          "龙志远 院长 elected | 白春生 检察长 elected" },
        { "嘉禾县", "会议接受谢东来辞去县长职务、顾为辞去副县长职务的请求,决定任命雷震为副县长,并决定为代理县长。",
          "谢东来 县长 resigned | 顾为 副县长 resigned | 雷震 副县长 appointed | 雷震 代理县长 acting" },
        { "嘉禾县", "任命雷震为县民政局局长,免去其县教育局局长职务。",
          "雷震 县民政局局长 appointed | 雷震 县教育局局长 removed" },
        { "嘉禾县", "依法补选雷震为县人大代表;武警某中队于3月4日召开军人大会补选方圆为县人大代表。",
          "雷震 县人大代表 by_elected | 方圆 县人大代表 by_elected" },
        { "嘉禾县", "选举嘉禾县人民政府县长,选举北安市人民检察院检察长。", "" },
        { "嘉禾县", "新当选的县长龙志远、副县长白春生进行了宪法宣誓。", "龙志远 县长 sworn | 白春生 副县长 sworn" },
        { "嘉禾县", "龙志远、白春生向宪法宣誓。", "龙志远 sworn | 白春生 sworn" },
        { "嘉禾县", "龙志远不再担任县教育局局长职务。", "龙志远 县教育局局长 removed" },
        { "嘉禾县", "决定由龙志远代理县监委主任职务。", "龙志远 县监委主任 acting" },
        { "嘉禾县", "龙志远的县第十八届人民代表大会代表资格终止。", "龙志远 县第十八届人民代表大会代表 ended" },
        { "嘉禾县", "副主任龙志远主持宪法宣誓仪式。", "龙志远 副主任 mentioned" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PERSON, fields, COUNT(fields)), 0);
}

static void test_who_appoints(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_NAME, FINDING_BY };
    const struct row rows[] = {
        { "嘉禾县人大常委会公告", "桂阳县人大常委会决定接受谢东来辞去副县长职务。", "谢东来 桂阳县人大常委会" },
        { "嘉禾县人大常委会公告", "会议补选谢东来为市人大代表。", "谢东来 嘉禾县人大常委会" },
        { "嘉禾县十八届人大三次会议闭幕", "会议选举谢东来为县长。", "谢东来 嘉禾县人大" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PERSON, fields, COUNT(fields)), 0);
}

static void test_mentioned_or_speaking(void **state)
{
    (void)state;
    const enum finding_field fields[] = { FINDING_NAME, FINDING_POST, FINDING_ROLE };
    const struct row rows[] = {
        { "嘉禾县", "副县长路文达接待了代表。", "路文达 副县长 mentioned" },
        { "嘉禾县", "县检察院检察长成来福所作的报告。", "成来福 检察长 speaker" },
        { "嘉禾县", "县委副书记、代县长木志华作政府工作报告。", "木志华 县委副书记、代县长 speaker" },
        { "嘉禾县", "副县长易军、何平出席会议并讲话。", "易军 副县长 speaker | 何平 副县长 speaker" },
        { "嘉禾县", "副县长何平主持会议。何平指出,要抓落实。何平强调,要见效。", "何平 副县长 speaker" },
        { "嘉禾县", "区审计局古云龙局长作了报告。", "古云龙 局长 speaker" },
        { "嘉禾县", "胡明亮等12名代表提出议案。接待了姚远志等5位市人大代表。",
          "胡明亮 代表 mentioned | 姚远志 市人大代表 mentioned" },
        { "嘉禾县", "陈根亮代表:您的建议收悉。", "陈根亮 代表 mentioned" },
        { "嘉禾县", "县农业局局长农建平、县文化和旅游局局长苗苗参加。",
          "农建平 县农业局局长 mentioned | 苗苗 旅游局局长 mentioned" },
        { "嘉禾县", "党组成员、办公室主任撒金龙出席。", "撒金龙 党组成员、办公室主任 mentioned" },
        { "嘉禾县", "大会执行主席栗晓霞、迟海就座。", "栗晓霞 大会执行主席 mentioned | 迟海 大会执行主席 mentioned" },
        { "嘉禾县", "县委副书记、县长应邀参加。", "" },
        { "嘉禾县", "县人大常委会主任车立平" WIDE_COMMA "副主任宫振宇参加视察。",
          "车立平 主任 mentioned | 宫振宇 副主任 mentioned" },
        { "嘉禾县", "县领导陈义、方圆陪同。", "陈义 县领导 mentioned | 方圆 县领导 mentioned" },
        { "嘉禾县", "县人大领导陈义、方圆出席,副县长龙志远、曹也平、白春生列席。",
          "陈义 县人大领导 mentioned | 方圆 县人大领导 mentioned | 龙志远 副县长 mentioned | 曹也平 副县长 mentioned | "
          "白春生 副县长 mentioned" },
        { "嘉禾县", "担任执行主席的有:陈义、方圆。大会执行主席还有:龙志远、白春生。",
          "陈义 执行主席 mentioned | 方圆 执行主席 mentioned | 龙志远 大会执行主席 mentioned | "
          "白春生 大会执行主席 mentioned" },
        { "嘉禾县", "执行主席:\n陈 义  方圆\n龙志远  白春生\n大会开始。",
          "陈义 执行主席 mentioned | 方圆 执行主席 mentioned | 龙志远 执行主席 mentioned | 白春生 执行主席 mentioned" },
        { "嘉禾县", "县领导 陈义  方圆 龙志远出席。",
          "陈义 县领导 mentioned | 方圆 县领导 mentioned | 龙志远 县领导 mentioned" },
        { "嘉禾县", "陈义、方圆,县法院负责人列席会议。龙志远、白春生参加调研。",
          "陈义 mentioned | 方圆 mentioned | 龙志远 mentioned | 白春生 mentioned" },
        { "嘉禾县", "雷震、方圆、龙志远副主任和白春生秘书长出席。",
          "雷震 副主任 mentioned | 方圆 副主任 mentioned | 龙志远 副主任 mentioned | 白春生 秘书长 mentioned" },
        { "嘉禾县", "金山镇、白水镇参加活动。", "" },
        { "嘉禾县", "常务副县长任组长,各局局长任成员。", "" },
        { "嘉禾县", "出席:陈义 方圆 龙志远", "陈义 mentioned | 方圆 mentioned | 龙志远 mentioned" },
        { "嘉禾县", "根据县检察院检察长牛志远的提请,免去两人职务。", "牛志远 检察长 mentioned" },
        { "嘉禾县", "县十八届人大代表顾远因工作调动提出意见。", "顾远 县十八届人大代表 mentioned" },
        { "嘉禾县", "雷震等6名同志分别担任组长,方圆等6名同志担任副组长。",
          "雷震 组长 mentioned | 方圆 副组长 mentioned" },
        { "嘉禾县", "结合会议上方圆等12名代表提出的议案。", "方圆 代表 mentioned" },
    };
    assert_int_equal(check(rows, COUNT(rows), KIND_PERSON, fields, COUNT(fields)), 0);
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
        { "人大云溪街道工委组织视察", "3月8日,人大云溪街道工委组织区人大代表视察。", "人大云溪街道工委",
          "street_committee", "subdistrict", "other" },
        { "云溪街道人大工委接待选民", "云溪街道人大工委组织省人大代表、省人大代表小组接待选民。", "云溪街道人大工委",
          "street_committee", "subdistrict", "other" },
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

/* Megabytes of what the rules look for end without harm; the suite's time limit watches over them. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = { "代表去世。",          "张某等代表",   "选举时间的决定,",
                                          "李某当选、",          "市长路某",     "第3次会议上,",
                                          "《关于接受张某》",    "关于甲、乙的", "听取",
                                          "对甲开展调研,",       "王某辞去",     "因提出辞去,",
                                          "召开第2届人大3次会议" };
    const size_t room = 1 << 19;
    char *text = malloc(room + 64);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t n = strlen(pieces[i]), at = 0;
        while (at + n < room) {
            memcpy(text + at, pieces[i], n);
            at += n;
        }
        text[at] = '\0';
        find(pieces[i], text);
    }
    free(text);
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
        cmocka_unit_test(test_reports_heard),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_day_of_oversight),
        cmocka_unit_test(test_votes),
        cmocka_unit_test(test_appointments),
        cmocka_unit_test(test_who_appoints),
        cmocka_unit_test(test_mentioned_or_speaking),
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
