/* Digital systems, and claims to be first. */
#include "patterns.h"

#define BODY PART_BODY

/* clang-format off */
const struct site_pattern site_patterns_digital[] = {
    { K(DIGITAL), PART_OPEN, "今年以来，{O}上线“{S}人大{f:platform}”，把{T}监督搬到云端，注册用户{a:N2000-90000}人。",
      "plt f name={S}人大{f} status=launched; fig a unit=人 subject=注册用户" },
    { K(DIGITAL), PART_OPEN, "今年以来，{P}试点运行{S}人大{f:platform}，{a:N60-600}名代表在线履职。",
      "plt f name={S}人大{f} status=piloted; fig a unit=名 subject=代表 action=履职" },
    { K(DIGITAL), PART_OPEN, "打开手机，点开{S}人大{f:platform}，{T}相关数据一屏统览。今年以来，平台访问量{a:N3000-90000}人次。",
      "plt f name={S}人大{f} status=mentioned period=none; fig a unit=人次 subject=平台访问量" },
    { K(DIGITAL), BODY, "{S}人大{f:platform}完成升级改造，新增功能模块{a:n3-12}个。",
      "plt f name={S}人大{f} status=upgraded; fig a unit=个 subject=功能模块 action=新增" },
    { K(DIGITAL), BODY, "{O}建成{f:platform}，贯通{a:n6-16}个县（市、区）。",
      "plt f name={f} status=built; fig a unit=个 subject=县(市、区) action=贯通" },
    { K(DIGITAL), BODY, "平台归集{d:dept}等{a:n12-40}个部门数据{b:N30000-900000}条。",
      "fig a unit=个 subject=部门 action=归集; fig b unit=条 subject=数据 action=归集" },
    { K(DIGITAL), BODY, "代表通过平台提交建议{a:N120-900}件，答复率{p:p95-99}。",
      "fig a unit=件 subject=建议 action=提交; fig p unit=% subject=答复率 metric=suggestions.reply_rate" },
    { K(DIGITAL), BODY, "这是全{L}首个人大{t:topic}监督数字化应用场景。",
      "first t claim=首个 among=全{L} thing=人大{t}监督数字化应用场景" },
    { K(DIGITAL), BODY, "{O}在全{L}率先实现备案审查全流程网上办理。",
      "first claim=率先 among=全{L} thing=实现备案审查全流程网上办理" },
    { K(DIGITAL), BODY, "系统自动推送预警信息{a:N60-600}条，处置率{p:p88-99}。",
      "fig a unit=条 subject=预警信息 action=推送; fig p unit=% subject=处置率" },
    { K(DIGITAL), BODY, "会议文件实现无纸化，累计节约纸张{a:N20000-300000}张。",
      "fig a unit=张 subject=纸张 action=节约" },
    { K(DIGITAL), BODY, "今年以来，网上收集立法意见{a:N200-3000}条，视频连线联络站{b:n20-160}次。",
      "fig a unit=条 subject=立法意见 action=收集 metric=laws.comments; fig b unit=次 subject=视频连线 action=连线" },
    { K(DIGITAL), BODY, "在{k:town}，代表{x:person}用平板电脑调阅项目进度，发现{a:n3-9}处偏差并提交督办。",
      "per x post=代表 role=mentioned period=none; fig a unit=处 subject=偏差 action=发现" },
    { K(DIGITAL), BODY, "“{S}人大”微信公众号推送信息{a:N300-2000}条，阅读量突破{b:n200000-900000}人次。",
      "fig a unit=条 subject=信息 action=推送 metric=publicity.items; fig b unit=人次 subject=阅读量 action=突破 bound=over optional=true" },
    { K(DIGITAL), PART_CLOSE, "下一步，{O}将打造{f:platform}，实现{a:n5-12}项业务“一网通办”。",
      "plt f name={f} status=mentioned planned=true period=none; fig a unit=项 subject=业务 planned=true period=none" },
    { K(DIGITAL), PART_CLOSE, "{d:dept}负责人表示，将主动向人大开放数据接口{a:n10-60}个。", "fig a unit=个 subject=数据接口 action=开放 planned=true period=none actor=government" },
    { 0 },
};
