/* Meetings of the standing committee and of its chairpersons: openings, agenda, votes. */
#include "patterns.h"

#define OPEN  PART_OPEN
#define BODY  PART_BODY
#define CLOSE PART_CLOSE

/* clang-format off */
const struct site_pattern site_patterns_session[] = {
    { K(SESSION), OPEN,
      "{D}，{M}在{R}人大机关会议厅举行。{H}主任{x:person}主持会议，常委会组成人员应到{a:n40-65}人，实到{b:n<a}人，符合法定人数。",
      "meet present=#b entitled=#a presided_by={x}; per x post=主任 org={O} role=mentioned date=none;"
      "fig a unit=人 subject=常委会组成人员 action=应到 optional=true; fig b unit=人 subject=常委会组成人员 action=实到 optional=true" },
    { K(SESSION), OPEN,
      "{M}于{D}召开。会议听取了{G}关于{T}工作情况的报告，{a:n3-9}个部门负责人到会听取意见。",
      "meet; ovs form=hear_report topic={T}工作情况 target={G} target_type=government;"
      "fig a unit=个 subject=部门负责人 action=听取意见 optional=true" },
    { K(SESSION), OPEN,
      "{D}上午，{M}开幕。受主任会议委托，{H}副主任{x:person}主持会议，常委会组成人员{a:n30-60}人出席会议。",
      "meet present=#a presided_by={x}; per x post=副主任 org={O} role=mentioned date=none;"
      "fig a unit=人 subject=常委会组成人员 action=出席 optional=true" },
    { K(SESSION) | K(LAW), BODY,
      "会议听取和审议了{G}关于{t:topic}情况的报告，要求{d:dept}等部门认真研究处理审议意见。",
      "ovs t form=hear_report topic={t} target={G} target_type=government" },
    { K(SESSION), BODY,
      "会议听取和审议了{F}关于行政审判工作情况的报告、{J}关于公益诉讼检察工作情况的报告。",
      "ovs form=hear_report topic=行政审判工作情况 matter=judicial target={F} target_type=court;"
      "ovs form=hear_report topic=公益诉讼检察工作情况 matter=judicial target={J} target_type=procuratorate" },
    { K(SESSION) | K(LAW), BODY, "会议表决通过了《{l:law}》，该法规自{V}年12月1日起施行。",
      "leg l stage=passed effective={V}-12-01" },
    { K(SESSION), BODY, "会议对《{l:law}（草案）》进行了初次审议，组成人员从部门职责、法律责任等方面提出了修改意见。",
      "leg l stage=first_reading" },
    { K(SESSION), BODY, "会议对《{l:law}（草案二审稿）》进行了第二次审议，认为草案吸收了各方面意见，已经比较成熟。",
      "leg l stage=second_reading" },
    { K(SESSION), BODY,
      "会议审查批准了《{c:lower}城市绿化条例》，由{c}人大常委会公布施行。",
      "leg c name={c}城市绿化条例 stage=approved" },
    { K(SESSION) | K(CHAIR), BODY, "会议表决通过了《{B}关于加强{t:topic}工作的决定》。",
      "leg t name={B}关于加强{t}工作的决定 stage=passed act=decide doc_type=decision" },
    { K(SESSION) | K(BUDGET), BODY,
      "会议以{a:n36-58}票赞成、{b:n3-5}票反对、{c:n3-6}票弃权，表决通过了关于批准{V}年{L}级预算调整方案的决议。",
      "vote a item=关于批准{V}年{L}级预算调整方案的决议 for=#a against=#b abstain=#c result=passed;"
      "leg a name=关于批准{V}年{L}级预算调整方案的决议 stage=passed doc_type=resolution" },
    { K(SESSION) | K(APPOINT), BODY, "会议决定任命{x:person}为{d:dept}{Z}长。",
      "per x post={Z}长 org={d} role=appointed by={O}" },
    { K(SESSION) | K(APPOINT), BODY, "会议免去{x:person}的{F}副院长、审判员职务。",
      "per x post=副院长、审判员 org={F} role=removed by={O}" },
    { K(SESSION) | K(APPOINT), BODY, "会议举行了宪法宣誓仪式，{a:n3-12}人面向国旗、手抚宪法庄严宣誓。",
      "fig a unit=人 subject=宪法宣誓 action=宣誓 metric=oaths.sworn" },
    { K(SESSION), BODY,
      "会议共审议议题{a:n8-24}项，通过决议决定{b:n3-7}项，任免国家机关工作人员{c:n5-40}人次。",
      "fig a unit=项 subject=议题 action=审议 metric=agenda.items; fig b unit=项 subject=决议决定 action=通过 metric=decisions.adopted;"
      "fig c unit=人次 subject=国家机关工作人员 action=任免 metric=appointments.total" },
    { K(SESSION) | K(INQUIRY), BODY, "{a:N12-60}名基层人大代表列席会议，{b:n4-20}名公民旁听会议。",
      "fig a unit=名 subject=基层人大代表 action=列席 metric=deputies.attending_sc; fig b unit=名 subject=公民 action=旁听 metric=public.observers" },
    { K(SESSION) | K(INQUIRY), BODY,
      "会议对{G}{t:topic}工作进行了满意度测评，满意{a:n30-50}票，基本满意{b:n3-9}票，不满意{c:n3-5}票。",
      "vote a item={t}工作 satisfied=#a basically=#b dissatisfied=#c;"
      "ovs t form=satisfaction_vote topic={t}工作 target={G} target_type=government" },
    { K(SESSION), BODY, "分组审议时，组成人员围绕{t:topic}提出审议意见{a:N20-90}条，由办公室梳理后交{G}研究处理。",
      "fig a unit=条 subject=审议意见 action=提出 metric=oversight.opinions about={t}" },
    { K(SESSION) | K(SUGGEST), BODY,
      "会议听取了{H}代表工作委员会关于代表建议、批评和意见办理情况的报告。",
      "ovs form=hear_report topic=代表建议、批评和意见办理情况 matter=suggestions" },
    { K(SESSION) | K(BUDGET), BODY, "会议书面听取了{G}关于{Y}年度国有资产管理情况的综合报告。",
      "ovs form=hear_report topic={Y}年度国有资产管理情况 matter=state_assets target={G} target_type=government" },
    { K(SESSION), BODY, "会议听取了{L}监察委员会关于开展整治群众身边不正之风和腐败问题工作情况的报告。",
      "ovs form=hear_report topic=开展整治群众身边不正之风和腐败问题工作情况 matter=supervisory target={L}监察委员会 target_type=supervisory_commission" },
    { K(SESSION), BODY, "会议审议了{H}执法检查组关于检查《{l:nat}》实施情况的报告。",
      "leg l stage=inspected; ovs l form=law_inspection topic={l}" },
    { K(SESSION), BODY, "会议接受{x:person}辞去{R}人大常委会委员职务的请求，并报{L}人民代表大会备案。",
      "per x post=委员 org={O} role=resigned" },
    { K(SESSION), CLOSE, "会议审议通过了代表资格审查委员会的报告，{L}人大代表现实有{a:n210-640}名。",
      "fig a unit=名 subject={L}人大代表 metric=deputies.incumbent period=as_of" },
    { K(SESSION), CLOSE, "会前，常委会组成人员集体学习了《{l:nat}》，共有{a:N45-120}人参加。",
      "fig a unit=人 subject=常委会组成人员 action=参加 optional=true; leg l stage=mentioned date=none optional=true" },
    { K(SESSION), CLOSE, "会议结束后，举行了法治专题讲座，{a:N60-200}名干部参加学习。",
      "fig a unit=名 subject=干部 action=参加学习" },

    { K(CHAIR), OPEN, "{D}，{O}主任{x:person}主持召开{M}，研究{a:n3-9}个议题。",
      "meet presided_by={x}; per x post=主任 org={O} role=mentioned date=none; fig a unit=个 subject=议题 action=研究" },
    { K(CHAIR), OPEN, "{M}于{D}召开，{H}副主任{x:person}、{y:person}出席，会议审议讨论了{a:n3-9}项议题。",
      "meet; per x post=副主任 org={O} role=mentioned date=none; per y post=副主任 org={O} role=mentioned date=none;"
      "fig a unit=项 subject=议题 action=审议讨论" },
    { K(CHAIR), BODY, "会议听取了{d:dept}关于{t:topic}情况的汇报，要求举一反三抓好整改。",
      "ovs t form=hear_report topic={t} target={d} target_type=department" },
    { K(CHAIR), BODY, "会议原则同意将制定《{l:law}》列入{V}年立法计划。",
      "leg l stage=planned act=enact date=none" },
    { K(CHAIR), BODY,
      "会议听取了{Y}年备案审查工作情况汇报：{Y}年共接收报送备案的规范性文件{a:N40-200}件，审查{b:n<a}件，督促纠正{c:n3-12}件。",
      "ovs form=hear_report topic={Y}年备案审查工作情况; fig a unit=件 subject=规范性文件 action=接收 metric=review.filed period=year;"
      "fig b unit=件 subject=规范性文件 action=审查 metric=review.reviewed period=year;"
      "fig c unit=件 subject=规范性文件 action=督促纠正 metric=review.corrected period=year" },
    { K(CHAIR), BODY, "会议确定将{a:n6-20}件代表建议作为{V}年重点督办建议，由{H}领导领衔督办。",
      "fig a unit=件 subject=重点督办建议 action=确定 metric=suggestions.key" },
    { K(CHAIR), BODY, "会议研究了《{l:law}》立法后评估报告，认为该法规实施效果总体良好。",
      "leg l stage=evaluated" },
    { K(CHAIR), BODY, "会议听取了{x:committee}关于{t:topic}专题调研情况的汇报，调研组共走访企业和村居{a:N20-80}家，收集问题{b:n8-30}个。",
      "ovs t form=research topic={t}; fig a unit=家 subject=企业和村居 action=走访; fig b unit=个 subject=问题 action=收集" },
    { K(CHAIR), BODY, "会议决定于近期对{d:dept}{t:topic}工作开展工作评议，并跟踪督查整改情况。",
      "ovs t form=work_appraisal topic={t}工作 target={d} target_type=department planned=true date=none" },
    { K(CHAIR), BODY, "会议审议了{H}{V}年监督工作计划，安排听取审议报告{a:n10-30}项、执法检查{b:n3-8}项、专题询问{c:n3-5}项。",
      "fig a unit=项 subject=报告 action=听取审议 metric=reports.heard planned=true;"
      "fig b unit=项 subject=执法检查 metric=oversight.law_inspections planned=true;"
      "fig c unit=项 subject=专题询问 metric=oversight.special_inquiries planned=true" },
    { K(CHAIR), BODY, "会议就群众反映集中的{t:topic}问题约谈了{d:dept}主要负责人。",
      "ovs t form=interview topic={t}问题 target={d} target_type=department" },
    { K(CHAIR), CLOSE, "会议还研究了其他事项。{d:dept}、{e:dept}等{a:n3-9}个部门的负责同志列席会议。",
      "fig a unit=个 subject=部门 action=列席" },
    { K(CHAIR), CLOSE, "会议强调，要高质量筹备好下一次{H}会议，会前组织{a:n3-6}次专题调研。",
      "fig a unit=次 subject=专题调研 action=组织 planned=true optional=true" },
    { 0 },
};
