/* The plan, the budget, final accounts, audit and state assets. */
#include "patterns.h"

#define BODY PART_BODY

/* clang-format off */
const struct site_pattern site_patterns_money[] = {
    { K(BUDGET), PART_OPEN,
      "{D}，{M}听取和审议了{G}关于{Y}年{L}级决算的报告，审查批准了{Y}年{L}级决算。会议提出意见{a:n8-30}条。",
      "meet; ovs form=hear_report topic={Y}年{L}级决算 matter=final_accounts target={G} target_type=government;"
      "leg name=关于批准{Y}年{L}级决算的决议 stage=approved doc_type=resolution optional=true; fig a unit=条 subject=意见 action=提出" },
    { K(BUDGET), PART_OPEN,
      "{M}于{D}举行，听取了{G}关于今年以来国民经济和社会发展计划执行情况的报告，{a:n20-50}名组成人员参加审议。",
      "meet; ovs form=hear_report topic=国民经济和社会发展计划执行情况 matter=plan target={G} target_type=government; fig a unit=名 subject=组成人员 action=审议" },
    { K(BUDGET), PART_OPEN,
      "{D}，{M}听取了{G}关于{Y}年度{L}级预算执行和其他财政收支的审计工作报告，报告揭示问题{a:n20-90}个。",
      "meet; ovs form=hear_report topic={Y}年度{L}级预算执行和其他财政收支审计 matter=audit target={G} target_type=government; fig a unit=个 subject=问题 action=揭示 actor=audit" },
    { K(BUDGET), BODY, "{Y}年，全{L}一般公共预算收入{a:m90000-9000000}，增长{p:p2-12}；一般公共预算支出{b:m120000-9900000}。",
      "fig a unit=元 subject=一般公共预算收入 actor=government period=year; fig p unit=% subject=一般公共预算收入 action=增长 actor=government period=year;"
      "fig b unit=元 subject=一般公共预算支出 actor=government period=year" },
    { K(BUDGET), BODY, "{Y}年{L}级政府性基金收入{a:m30000-900000}，完成预算的{p:p82-99}。",
      "fig a unit=元 subject=政府性基金收入 actor=government period=year; fig p unit=% subject=政府性基金收入 action=完成 actor=government period=year" },
    { K(BUDGET), BODY, "截至{Y}年底，全{L}政府债务余额{a:m200000-9000000}，控制在限额以内。",
      "fig a unit=元 subject=政府债务余额 actor=government period=none" },
    { K(BUDGET), BODY, "会议听取和审议了{G}关于{Y}年度政府债务管理情况的报告。",
      "ovs form=hear_report topic={Y}年度政府债务管理情况 matter=government_debt target={G} target_type=government" },
    { K(BUDGET), BODY, "审计查出的{a:n40-160}个问题已整改{b:n<a}个，整改到位资金{c:m900-60000}，追责问责{d:n5-40}人。",
      "fig a unit=个 subject=问题 action=查出 actor=audit; fig b unit=个 subject=问题 action=整改 actor=audit; fig c unit=元 subject=资金 action=整改到位 actor=audit;"
      "fig d unit=人 subject=追责问责 action=追责问责 actor=audit" },
    { K(BUDGET), BODY, "会议听取了{G}关于审计查出问题整改情况的报告，并开展满意度测评，满意率{p:p85-99}。",
      "ovs form=hear_report topic=审计查出问题整改情况 matter=audit_rectification target={G} target_type=government;"
      "ovs form=satisfaction_vote topic=审计查出问题整改情况 matter=audit_rectification target={G} target_type=government; fig p unit=% subject=满意率" },
    { K(BUDGET), BODY, "{L}级预算调整后，新增地方政府债券{a:m9000-400000}，重点用于{T}等{b:n3-9}个领域。",
      "fig a unit=元 subject=地方政府债券 action=新增 actor=government; fig b unit=个 subject=领域 action=用于 optional=true" },
    { K(BUDGET), BODY, "{x:committee}对{a:n6-20}个部门的预算草案进行了重点审查，提出审查意见{b:n20-90}条。",
      "fig a unit=个 subject=部门 action=审查; fig b unit=条 subject=审查意见 action=提出" },
    { K(BUDGET), BODY, "{Y}年全{L}国有企业资产总额{a:m300000-9900000}，负债率{p:p45-68}。",
      "fig a unit=元 subject=国有企业资产总额 actor=government period=year; fig p unit=% subject=负债率 actor=government period=year" },
    { K(BUDGET), BODY, "{H}对{P}{T}专项资金{a:m300-9000}的绩效情况进行了跟踪监督。",
      "ovs a form=follow_up topic={T}专项资金绩效 matter=finance; fig a unit=元 subject=专项资金" },
    { K(BUDGET), BODY, "地区生产总值同比增长{p:p4-9}，规模以上工业增加值增长{q:p5-12}，城镇新增就业{a:N3000-60000}人。",
      "fig p unit=% subject=地区生产总值 action=增长 actor=government; fig q unit=% subject=规模以上工业增加值 action=增长 actor=government;"
      "fig a unit=人 subject=城镇新增就业 actor=government" },
    { K(BUDGET), BODY, "预算联网监督系统预警疑点信息{a:N30-200}条，经核实处置{b:n<a}条。",
      "fig a unit=条 subject=疑点信息 action=预警; fig b unit=条 subject=疑点信息 action=核实处置; plt a name=预算联网监督系统 status=mentioned date=none" },
    { K(BUDGET), PART_CLOSE, "会议要求，{G}有关部门对{a:n10-40}条审议意见建立台账，三个月内书面报告研究处理情况。",
      "fig a unit=条 subject=审议意见 metric=oversight.opinions" },
    { K(BUDGET), PART_CLOSE, "{d:dept}、{e:dept}等部门负责人到会听取意见，回答询问{a:n5-20}个。", "fig a unit=个 subject=询问 action=回答" },
    { 0 },
};
