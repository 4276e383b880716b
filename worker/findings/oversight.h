/* oversight.h - an act of supervision while its sentence is read. Private to the oversight*.c files.
 * Numbers named i, verb, form, title are tokens; spans are views into the article's text. */
#ifndef RENDA_WORKER_FINDINGS_OVERSIGHT_H
#define RENDA_WORKER_FINDINGS_OVERSIGHT_H

#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define TOPIC_MIN 6 /* bytes */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct act {
    enum form form;
    struct span topic, target; /* target: who reports, or whose work it is; empty: not said */
    size_t token;              /* of the word that shows the act */
    uint32_t from, to;         /* bytes to mark */
    const char *rule;
    bool planned; /* its plan is what was heard */
};

/* ---- topics: oversight_topic.c ---- */

/* Without the words that stand around a topic. */
struct span topic_clean(struct span s);
/* Nothing that a reader would call a topic: 相关, 各项, 三项. */
bool topic_empty(struct span t);
/* Takes the organ that reports from the topic: 区政府关于A → A, 区政府. */
void act_split_target(struct act *act);
/* government, court …; empty: none of them. */
struct span target_type(struct span target);
/* official or department: whom an appraisal of this topic is of; empty: not told. */
struct span supervised_type(struct span topic);
/* 局长李某受区政府委托所作的 → 区政府. */
struct span target_without_delegate(struct span target);
/* The organ alone: 县政府副县长李某作 → 县政府. Empty for a congress's own bodies. */
struct span target_clean(struct span target);
/* 县民政局: who reports, not what about. */
bool target_is_organ(struct span t);

/* ---- findings: oversight_report.c ---- */

/* The topic, which is marked. */
void act_mark(struct act *act, const struct sentence *s, struct span topic);
/* Adds the finding, unless its topic is none or was reported in this form. */
void act_report(struct pass *p, struct act *act);
/* The act of this topic, once cleaned and without its organ. */
void act_report_topic(struct pass *p, struct act act, struct span topic);
/* A、B、C: one act for each item. Items within quotation marks or titles stay whole. */
void act_report_list(struct pass *p, struct act act, struct span topic);
/* A情况、B情况及C情况: one act for each, cut only there. */
void act_report_items(struct pass *p, struct act act, struct span topic);
/* The law in 《》. */
void act_report_law(struct pass *p, struct act act, size_t title);

/* ---- listening to reports: oversight_hear.c ---- */

/* 听取, 审议, 讨论. */
bool hear_begins(const struct sentence *s, size_t i);
/* 听取和审议A的报告、B的汇报: from the verb on. Returns where to go on reading. */
size_t hear_reports(struct pass *p, size_t verb);
/* 省人民政府向省人大常委会报告…情况. */
void hear_reported(struct pass *p, size_t verb);
/* 报告, 汇报, 专项工作报告 … */
bool names_report(const struct sentence *s, size_t i);

/* ---- the other forms: oversight_form.c ---- */

/* The row of forms, or NULL. */
const struct lex_row *form_at(const struct sentence *s, size_t i);
/* 执法检查组, 调研报告, 视察活动计划: the word only begins another noun. */
bool form_in_noun(const struct sentence *s, size_t i);
void form_read(struct pass *p, size_t i, enum form form);
/* Every title in the clause is one act: 对《A》《B》开展执法检查. False when there is none. */
bool form_laws(struct pass *p, struct act act, size_t form);
/* 对…情况进行了测评. */
void form_measured(struct pass *p, size_t i);
/* 检查社会保险法、农业法实施情况: laws without 《》. */
void form_inspected(struct pass *p, size_t check);

#endif
