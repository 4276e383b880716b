#include "cli/definition.h"

#define END_WORDS                                                                                                      \
    {                                                                                                                  \
        NULL, NULL, NULL                                                                                               \
    }

/* ---- words of every kind ----------------------------------------------------------------------------------------- */

static const struct word_def period_types[] = {
    { "year", "全年", "a calendar year" },
    { "half", "半年", "half a year" },
    { "quarter", "季度", "a quarter" },
    { "month", "月", "a month" },
    { "ytd", "今年以来", "from the year's beginning to about the day of publication" },
    { "term", "本届以来", "the five years of a congress's term, or as much of it as has passed" },
    { "multi_year", "多年", "several years that are no whole term" },
    { "event", "一次活动", "one occasion, such as a meeting, a campaign or an inspection" },
    { "as_of", "截至", "how things stood on that day, or a total up to then" },
    END_WORDS,
};

static const struct word_def actors[] = {
    { "deputies", "代表", "the deputies, as persons or groups" },
    { "government", "政府", "the government or one of its departments" },
    { "supervisory_commission", "监委", "the commission of supervision" },
    { "court", "法院", "a court" },
    { "procuratorate", "检察院", "a procuratorate" },
    { "audit", "审计", "the auditors" },
    { "party", "党委", "the party's committee or one of its organs" },
    { "other", "其他", "somebody else" },
    END_WORDS,
};

static const struct word_def scopes[] = {
    { "all_levels", "各级", "congresses or deputies of all levels together" },
    { "lower", "下级", "the congresses below" },
    { "assisted", "配合", "somebody else's work, in which this congress helped" },
    { "joint", "联动", "done together with other congresses" },
    END_WORDS,
};

static const struct word_def bounds[] = {
    { "over", "余、以上、超过", "at least that much" },
    { "under", "不到、以内", "at most that much" },
    { "about", "约、左右", "roughly that much" },
    { "nearly", "近", "a little less" },
    END_WORDS,
};

/* ---- words of single kinds --------------------------------------------------------------------------------------- */

static const struct word_def law_acts[] = {
    { "enact", "制定", "made new" },
    { "revise", "修订", "rewritten as a whole" },
    { "amend", "修改、修正", "changed in parts" },
    { "repeal", "废止", "ended" },
    { "interpret", "解释", "given a binding reading" },
    { "decide", "决定", "a decision or resolution taken" },
    END_WORDS,
};

static const struct word_def law_stages[] = {
    { "planned", "列入计划", "on a plan, not begun" },
    { "drafting", "起草", "being written" },
    { "submitted", "提请", "put before the congress" },
    { "first_reading", "初次审议", "considered for the first time" },
    { "second_reading", "二次审议", "considered for the second time" },
    { "third_reading", "三次审议", "considered for the third time" },
    { "reviewed", "审议", "considered; the text does not say at which reading" },
    { "consultation", "征求意见", "published for comments" },
    { "passed", "表决通过", "adopted by a vote" },
    { "approved", "批准", "confirmed by the congress above" },
    { "promulgated", "公布", "made public as law" },
    { "in_force", "施行", "applies, or begins to" },
    { "withdrawn", "撤回", "taken back" },
    { "evaluated", "立法后评估", "examined some time after it was made" },
    { "inspected", "执法检查", "its enforcement was inspected" },
    { "studied", "调研", "looked into before or after it is made" },
    { "publicised", "宣传", "explained to the public" },
    { "mentioned", "提及", "named only" },
    END_WORDS,
};

static const struct word_def doc_types[] = {
    { "law", "法律", "a law of the state" },
    { "local_regulation", "地方性法规", "a regulation of a local congress" },
    { "autonomous", "自治条例、单行条例", "a regulation of an autonomous area" },
    { "special_zone", "经济特区法规", "a regulation of a special economic zone" },
    { "decision", "决定", "a decision" },
    { "resolution", "决议", "a resolution" },
    { "government_rule", "政府规章", "a rule made by a government" },
    { "internal_rule", "内部制度", "a congress's rule for its own work" },
    END_WORDS,
};

static const struct word_def meeting_types[] = {
    { "congress", "人民代表大会会议", "the deputies' own yearly session" },
    { "standing_committee", "常委会会议", "the standing committee" },
    { "chairpersons", "主任会议", "the chairpersons of the standing committee" },
    { "presidium", "主席团会议", "the presidium, of a session or of a township" },
    { "special_committee", "专门委员会会议", "a special committee" },
    { "party_group", "党组会议", "the party group of the standing committee or its offices" },
    { "joint", "联席会议", "several bodies together" },
    { "street_assembly", "居民议事会议", "an assembly of a street's residents or deputies" },
    { "other", "其他", "any other" },
    END_WORDS,
};

static const struct word_def oversight_forms[] = {
    { "hear_report", "听取报告", "a report was heard and considered" },
    { "law_inspection", "执法检查", "how a law is carried out was inspected" },
    { "special_inquiry", "专题询问", "officials answered questions on one topic" },
    { "interpellation", "质询", "a formal question that has to be answered" },
    { "special_investigation", "特定问题调查", "a committee of investigation" },
    { "work_appraisal", "工作评议", "a department's work was judged" },
    { "performance_review", "履职评议", "an official's work was judged" },
    { "satisfaction_vote", "满意度测评", "a vote on how satisfied the members are" },
    { "research", "专题调研", "a study on the spot" },
    { "visit", "视察", "a tour of inspection by members or deputies" },
    { "record_review", "备案审查", "rules of others, filed and examined" },
    { "follow_up", "跟踪监督", "what came of an earlier act was checked" },
    { "opinion", "审议意见", "the opinion sent to those supervised" },
    { "interview", "约见", "those responsible were called in" },
    END_WORDS,
};

static const struct word_def matters[] = {
    { "plan", "计划", "the plan for economy and society" },
    { "budget", "预算", "the budget and how it is carried out" },
    { "final_accounts", "决算", "the final accounts" },
    { "audit", "审计", "an audit" },
    { "audit_rectification", "审计整改", "putting right what an audit found" },
    { "state_assets", "国有资产", "assets of the state" },
    { "government_debt", "政府债务", "debt of the government" },
    { "finance", "财政", "public money otherwise" },
    { "environment", "生态环境", "environment and resources" },
    { "judicial", "司法", "courts and procuratorates" },
    { "supervisory", "监察", "the commission of supervision" },
    { "rule_of_law", "法治", "rule of law" },
    { "livelihood", "民生", "people's daily life: schools, health, housing, care" },
    { "suggestions", "代表建议", "how deputies' suggestions are handled" },
    { "other", "其他", "anything else" },
    END_WORDS,
};

static const struct word_def target_types[] = {
    { "government", "政府", "a government" },
    { "supervisory_commission", "监委", "a commission of supervision" },
    { "court", "法院", "a court" },
    { "procuratorate", "检察院", "a procuratorate" },
    { "department", "部门", "a department of a government" },
    { "official", "国家工作人员", "a person" },
    END_WORDS,
};

static const struct word_def suggestion_types[] = {
    { "motion", "议案", "a motion, to be put on the agenda" },
    { "suggestion", "建议", "a suggestion, criticism or comment, to be answered" },
    END_WORDS,
};

static const struct word_def project_stages[] = {
    { "solicited", "征集", "ideas are being collected" },
    { "candidate", "候选", "to be voted on" },
    { "voted", "票决", "chosen by the deputies' vote" },
    { "in_progress", "实施", "being carried out" },
    { "done", "完成", "carried out" },
    { "not_done", "未完成", "not carried out in time" },
    END_WORDS,
};

static const struct word_def vote_results[] = {
    { "passed", "通过", "adopted" },
    { "rejected", "未通过", "not adopted" },
    END_WORDS,
};

static const struct word_def person_roles[] = {
    { "mentioned", "提及", "named or present" },
    { "speaker", "讲话", "spoke, demanded, pointed out; such a person is not mentioned as well" },
    { "appointed", "任命", "appointed" },
    { "elected", "选举", "elected" },
    { "acting", "代理", "made acting holder of the post" },
    { "removed", "免职", "relieved of the post, as happens whenever somebody moves on" },
    { "dismissed", "撤职", "dismissed, as a penalty" },
    { "recalled", "罢免", "recalled, as a penalty" },
    { "resigned", "辞职", "resigned" },
    { "sworn", "宣誓", "took the oath" },
    { "by_elected", "补选", "elected between general elections" },
    { "ended", "资格终止", "no deputy any more" },
    END_WORDS,
};

static const struct word_def platform_statuses[] = {
    { "launched", "上线", "went into use" },
    { "upgraded", "升级", "was made better" },
    { "built", "建设", "was built, or is being built" },
    { "piloted", "试点", "is tried out" },
    { "mentioned", "提及", "named only" },
    END_WORDS,
};

/* ---- words of the article ---------------------------------------------------------------------------------------- */

static const struct word_def org_types[] = {
    { "congress", "人民代表大会", "the congress itself" },
    { "standing_committee", "常务委员会", "its standing committee" },
    { "presidium", "主席团", "its presidium; in townships the permanent body" },
    { "special_committee", "专门委员会", "a special committee of the congress" },
    { "working_committee", "工作机构", "an office or working committee of the standing committee" },
    { "street_committee", "街道工委", "the standing committee's committee in a subdistrict" },
    { "party_group", "党组", "the party group" },
    END_WORDS,
};

static const struct word_def levels[] = {
    { "national", "全国", "the whole country" },
    { "province", "省级", "provinces, autonomous regions, and cities of that rank" },
    { "prefecture", "市级", "cities with districts, prefectures, leagues" },
    { "county", "县级", "counties, banners, and districts of every city" },
    { "township", "乡镇", "townships and towns" },
    { "subdistrict", "街道", "subdistricts, which have no congress of their own" },
    { "area", "开发区、地区", "development zones and other areas without a congress" },
    END_WORDS,
};

static const struct word_def genres[] = {
    { "work_report", "工作报告", "a congress's report on its own work" },
    { "annual_review", "年度综述", "a look back on a year or a term" },
    { "digest", "摘要", "an abstract of a report" },
    { "session_news", "会议报道", "news of a meeting" },
    { "minutes", "会议纪要", "minutes" },
    { "record", "实录", "what was said, word by word" },
    { "plan", "工作计划", "what is to be done" },
    { "consultation", "征求意见公告", "a draft published for comments" },
    { "announcement", "公告", "an official announcement" },
    { "appointment", "任免名单", "appointments and removals" },
    { "inspection_report", "执法检查报告", "a report on a law's enforcement" },
    { "government_report", "政府报告", "a report of the government, courts or procuratorate" },
    { "reply", "答复", "an answer to a suggestion" },
    { "research", "调研文章", "a study or an essay" },
    { "feature", "通讯", "a feature on people, stations, experiences" },
    { "draft", "草案", "the text of a draft or a law" },
    { "other", "其他", "anything else" },
    END_WORDS,
};

const struct word_def author_roles[] = {
    { "text", "文", "wrote it" },
    { "photo", "图", "took the pictures" },
    END_WORDS,
};

const struct word_def part_kinds[] = {
    { "page", "续页", "a further page of the article" },
    { "attachment", "附件", "a PDF or DOCX document whose text is read" },
    { "listed", "其他附件", "another document, which is named only" },
    END_WORDS,
};

const struct word_def metric_functions[] = {
    { "work", "运行", "meetings, study, publicity: how the congress itself runs" },
    { "legislation", "立法", "making law" },
    { "oversight", "监督", "supervising others" },
    { "decision", "决定", "deciding on major matters" },
    { "appointment", "任免", "appointing, electing, removing" },
    { "deputies", "代表", "what deputies do, and what is done for them" },
    END_WORDS,
};

const struct word_def metric_natures[] = {
    { "flow", "流量", "happens during a period; counts of two periods may be added" },
    { "stock", "存量", "is there on a day; only the latest counts" },
    { "rate", "比率", "a percentage; never added" },
    END_WORDS,
};

/* ---- kinds ------------------------------------------------------------------------------------------------------- */

const struct kind_def kind_defs[KIND_COUNT] = {
    [KIND_FIGURE] = { "数据",
                      "A number that measures work or what came of it. Each number is a finding of its own, with what "
                      "it counts. "
                      "万 and 亿 are multiplied out, so `value` is always in the `unit` itself; tenths and fractions "
                      "become percent. "
                      "Names, dates, ages, ordinals, slogans and page furniture do not count anything and give no "
                      "finding. `metric` is there when the number is one of the measures listed at the end." },
    [KIND_LEGISLATION] = { "立法",
                           "What the article says of a law or rule by its name: planned, considered, adopted, "
                           "inspected. A name "
                           "and a stage make one finding, however often they are repeated; a name that went through "
                           "two stages makes two." },
    [KIND_MEETING] = { "会议",
                       "A meeting that bears a number: the congress's session, or the standing committee's seventeenth "
                       "meeting. One finding for each meeting, at the place where it is named first. Other findings "
                       "of the article point to it with `meeting`." },
    [KIND_OVERSIGHT] = { "监督",
                         "One act of supervision: who or what was looked at, about what, and how. Three reports heard "
                         "at one meeting are three findings. A mere list of duties is none." },
    [KIND_SUGGESTION] = { "议案建议", "A deputy's motion or suggestion that the article gives by its title." },
    [KIND_PROJECT] = { "民生实事",
                       "A project for people's daily life that the government puts before the deputies, who choose "
                       "by vote and check later whether it was done." },
    [KIND_VOTE] = { "表决", "A vote of which the article gives the ballots. They are counted here only, not again as "
                            "figures." },
    [KIND_PERSON] = { "人员", "Somebody who is named with an office, or who acts, speaks, is appointed or leaves. Who "
                              "holds two "
                              "offices, or does two things, makes two findings. "
                              "Writers and editors are in the article record instead." },
    [KIND_PLATFORM] = { "数字平台", "A digital system that a congress or its deputies work with." },
    [KIND_FIRST] = { "首创", "A claim to be the first or the only one. It is a claim: nobody has checked it." },
    [KIND_TERM] = { "常用语",
                    "A set phrase: words in quotation marks, of two to twelve letters, and well-known slogans without "
                    "them. One finding for each phrase, at its first place, with how often the article uses it." },
};

/* ---- fields ------------------------------------------------------------------------------------------------------ */

#define K(id) (1u << KIND_##id)

const struct field_def field_defs[] = {
    /* figure */
    { K(FIGURE), FINDING_SUBJECT, false, HOLDS_TEXT, NULL, "counted",
      "what is counted, or the act itself where the act is counted" },
    { K(FIGURE), FINDING_ACTION, false, HOLDS_TEXT, NULL, "action", "the verb that says what was done with it" },
    { K(FIGURE), FINDING_VALUE, true, HOLDS_TEXT, NULL, "value", "the number, exact; the smaller one of a range" },
    { K(FIGURE), FINDING_VALUE_MAX, false, HOLDS_TEXT, NULL, "up to", "the larger number of a range" },
    { K(FIGURE), FINDING_UNIT, false, HOLDS_TEXT, NULL, "unit",
      "the measure word; `%` for a share or rate, `个百分点` for a change of one, `元` for money" },
    { K(FIGURE), FINDING_BOUND, false, HOLDS_WORD, bounds, "bound", "how exact it is; absent when it is exact" },
    { K(FIGURE), FINDING_METRIC, false, HOLDS_METRIC, NULL, "measure", "the standard measure that it is" },
    { K(FIGURE), FINDING_COMPOSITE, false, HOLDS_METRIC, NULL, "merges",
      "the measures that were counted together, when the number is their sum" },
    { K(FIGURE), FINDING_ABOUT, false, HOLDS_TEXT, NULL, "only about",
      "the one topic that the count is limited to; such a figure is not the measure's total" },
    { K(FIGURE), FINDING_PART_OF, false, HOLDS_TEXT, NULL, "part of", "the value of the whole that it is a part of" },
    /* legislation */
    { K(LEGISLATION), FINDING_NAME, true, HOLDS_TEXT, NULL, "name",
      "its name as in 《》, with marks such as 草案 taken off" },
    { K(LEGISLATION), FINDING_STAGE, true, HOLDS_WORD, law_stages, "stage", "what happened to it" },
    { K(LEGISLATION), FINDING_ACT, false, HOLDS_WORD, law_acts, "act", "what sort of law-making it is" },
    { K(LEGISLATION), FINDING_DOC_TYPE, false, HOLDS_WORD, doc_types, "document", "what sort of document it is" },
    { K(LEGISLATION), FINDING_DEADLINE, false, HOLDS_DAY, NULL, "comments by", "last day for comments on a draft" },
    { K(LEGISLATION), FINDING_EFFECTIVE, false, HOLDS_DAY, NULL, "in force from", "first day on which it applies" },
    /* meeting */
    { K(MEETING), FINDING_NAME, true, HOLDS_TEXT, NULL, "name",
      "place and number in one form, however the article words it: 武汉市十五届人大常委会第二十次会议" },
    { K(MEETING), FINDING_TYPE, true, HOLDS_WORD, meeting_types, "type", "whose meeting it is" },
    { K(MEETING), FINDING_TERM, false, HOLDS_TEXT, NULL, "term", "which congress since the first" },
    { K(MEETING), FINDING_SESSION, false, HOLDS_TEXT, NULL, "number", "which meeting of the term" },
    { K(MEETING), FINDING_FROM, false, HOLDS_DAY, NULL, "from", "first day, of a meeting of several days" },
    { K(MEETING), FINDING_TO, false, HOLDS_DAY, NULL, "to", "last day" },
    { K(MEETING) | K(VOTE), FINDING_PRESENT, false, HOLDS_TEXT, NULL, "present", "members or deputies who were there" },
    { K(MEETING) | K(VOTE), FINDING_ENTITLED, false, HOLDS_TEXT, NULL, "entitled", "how many there should have been" },
    { K(MEETING), FINDING_PRESIDED_BY, false, HOLDS_TEXT, NULL, "presided by", "who was in the chair" },
    /* oversight */
    { K(OVERSIGHT), FINDING_FORM, true, HOLDS_WORD, oversight_forms, "form", "how it was done" },
    { K(OVERSIGHT), FINDING_TOPIC, false, HOLDS_TEXT, NULL, "topic", "what it was about" },
    { K(OVERSIGHT), FINDING_MATTER, false, HOLDS_WORD, matters, "matter", "the field that the topic belongs to" },
    { K(OVERSIGHT), FINDING_TARGET, false, HOLDS_TEXT, NULL, "target", "who was supervised" },
    { K(OVERSIGHT), FINDING_TARGET_TYPE, false, HOLDS_WORD, target_types, "target is", "what sort of body that is" },
    /* suggestion */
    { K(SUGGESTION), FINDING_TYPE, true, HOLDS_WORD, suggestion_types, "type", "which of the two it is" },
    { K(SUGGESTION), FINDING_TITLE, true, HOLDS_TEXT, NULL, "title", "its title" },
    { K(SUGGESTION), FINDING_NUMBER, false, HOLDS_TEXT, NULL, "number", "its number as written, zeros included" },
    { K(SUGGESTION), FINDING_PROPOSER, false, HOLDS_TEXT, NULL, "proposer", "who made it" },
    { K(SUGGESTION), FINDING_HANDLER, false, HOLDS_TEXT, NULL, "handler", "who has to act on it" },
    { K(SUGGESTION), FINDING_SUPERVISOR, false, HOLDS_TEXT, NULL, "supervisor", "who watches over the handling" },
    { K(SUGGESTION), FINDING_KEY, false, HOLDS_TEXT, NULL, "key", "true for one that was picked out for special care" },
    { K(SUGGESTION), FINDING_CLASS, false, HOLDS_TEXT, NULL, "class",
      "how it was answered, in the article's own terms" },
    { K(SUGGESTION), FINDING_STATUS, false, HOLDS_TEXT, NULL, "status", "how far it has come, as worded" },
    /* project */
    { K(PROJECT), FINDING_NAME, true, HOLDS_TEXT, NULL, "name", "what is to be built or done" },
    { K(PROJECT), FINDING_STAGE, false, HOLDS_WORD, project_stages, "stage", "how far it has come" },
    { K(PROJECT), FINDING_YEAR, false, HOLDS_TEXT, NULL, "year", "the year for which it was chosen" },
    { K(PROJECT), FINDING_INVESTMENT, false, HOLDS_TEXT, NULL, "investment", "money for it, in 元" },
    { K(PROJECT), FINDING_VOTES, false, HOLDS_TEXT, NULL, "votes", "ballots it got" },
    /* vote */
    { K(VOTE), FINDING_ITEM, false, HOLDS_TEXT, NULL, "voted on", "what or who the vote was about" },
    { K(VOTE), FINDING_FOR, false, HOLDS_TEXT, NULL, "for", "ballots in favour" },
    { K(VOTE), FINDING_AGAINST, false, HOLDS_TEXT, NULL, "against", "ballots against" },
    { K(VOTE), FINDING_ABSTAIN, false, HOLDS_TEXT, NULL, "abstained", "abstentions" },
    { K(VOTE), FINDING_ABSENT, false, HOLDS_TEXT, NULL, "did not vote", "those who cast no ballot" },
    { K(VOTE), FINDING_SATISFIED, false, HOLDS_TEXT, NULL, "satisfied", "ballots “satisfied”, of a satisfaction vote" },
    { K(VOTE), FINDING_BASICALLY, false, HOLDS_TEXT, NULL, "basically", "ballots “basically satisfied”" },
    { K(VOTE), FINDING_DISSATISFIED, false, HOLDS_TEXT, NULL, "dissatisfied", "ballots “not satisfied”" },
    { K(VOTE), FINDING_RESULT, false, HOLDS_WORD, vote_results, "result", "what came of it" },
    /* person */
    { K(PERSON), FINDING_NAME, true, HOLDS_TEXT, NULL, "name", "the name" },
    { K(PERSON), FINDING_POST, false, HOLDS_TEXT, NULL, "post", "the post or posts, without the body they belong to" },
    { K(PERSON), FINDING_ROLE, true, HOLDS_WORD, person_roles, "role", "what the person did, or what was done" },
    /* platform */
    { K(PLATFORM), FINDING_NAME, true, HOLDS_TEXT, NULL, "name", "its name" },
    { K(PLATFORM), FINDING_STATUS, true, HOLDS_WORD, platform_statuses, "status", "what is said of it" },
    /* first */
    { K(FIRST), FINDING_CLAIM, true, HOLDS_TEXT, NULL, "claim", "the word that claims it: 首部, 率先, 唯一" },
    { K(FIRST), FINDING_AMONG, false, HOLDS_TEXT, NULL, "among", "among whom: 全国, 全省" },
    { K(FIRST), FINDING_THING, false, HOLDS_TEXT, NULL, "thing", "what is first" },
    /* term */
    { K(TERM), FINDING_NAME, true, HOLDS_TEXT, NULL, "phrase", "the phrase" },
    { K(TERM), FINDING_COUNT, true, HOLDS_TEXT, NULL, "times", "how often it occurs in the article" },
    /* every kind */
    { EVERY_KIND, FINDING_ORG, false, HOLDS_TEXT, NULL, "whose",
      "the body whose act or post it is; absent: the article's own" },
    { EVERY_KIND, FINDING_BY, false, HOLDS_TEXT, NULL, "by", "the body that appoints or approves" },
    { EVERY_KIND, FINDING_DATE, false, HOLDS_DAY, NULL, "date", "the day of an act that has one" },
    { EVERY_KIND, FINDING_PERIOD_TYPE, false, HOLDS_WORD, period_types, "period",
      "what sort of time it covers; only like may be compared with like" },
    { EVERY_KIND, FINDING_PERIOD_FROM, false, HOLDS_DAY, NULL, "since", "where that time begins; absent for `as_of`" },
    { EVERY_KIND, FINDING_PERIOD_TO, false, HOLDS_DAY, NULL, "until", "where it ends" },
    { EVERY_KIND, FINDING_MEETING, false, HOLDS_TEXT, NULL, "meeting",
      "where it happened: the `name` of a finding of kind `meeting`" },
    { EVERY_KIND, FINDING_PLANNED, false, HOLDS_TEXT, NULL, "planned", "true while it is only announced" },
    { EVERY_KIND, FINDING_ACTOR, false, HOLDS_WORD, actors, "done by", "whose work it is; absent: the congress's own" },
    { EVERY_KIND, FINDING_SCOPE, false, HOLDS_WORD, scopes, "scope",
      "when more or fewer than this congress are counted; absent: this congress alone" },
    { EVERY_KIND, FINDING_NOTE, false, HOLDS_TEXT, NULL, "note",
      "what does not fit together, found by a check; values are never changed for it" },
};

const size_t field_def_count = sizeof(field_defs) / sizeof(field_defs[0]);

const struct article_def article_defs[ARTICLE_FIELD_COUNT] = {
    [ARTICLE_URL] = { false, false, HOLDS_ADDRESS, NULL, "the address it was read from" },
    [ARTICLE_CANONICAL_URL] = { false, false, HOLDS_ADDRESS, NULL,
                                "where it appeared first, when the page says so: reposts have it" },
    [ARTICLE_TITLE] = { false, false, HOLDS_TEXT, NULL, "the headline, without the names of site and column" },
    [ARTICLE_SUBTITLE] = { false, false, HOLDS_TEXT, NULL, "the line below it that begins with a dash" },
    [ARTICLE_PUBLISHED] = { false, false, HOLDS_DAY, NULL, "day of publication; of a journal's issue, the month" },
    [ARTICLE_SOURCE] = { false, false, HOLDS_TEXT, NULL, "the paper or site that the page gives as its source" },
    [ARTICLE_EDITOR] = { false, false, HOLDS_TEXT, NULL, "the editor" },
    [ARTICLE_ORG] = { false, false, HOLDS_TEXT, NULL,
                      "the congress or committee that it is about, with its place: 示例县人大常委会" },
    [ARTICLE_ORG_TYPE] = { false, false, HOLDS_WORD, org_types, "what sort of body that is" },
    [ARTICLE_REGION] = { false, false, HOLDS_TEXT, NULL, "its place" },
    [ARTICLE_REGION_CODE] = { false, false, HOLDS_CODE, NULL,
                              "the place's code by GB/T 2260; absent while several places of that name are possible" },
    [ARTICLE_LEVEL] = { false, false, HOLDS_WORD, levels, "the place's level" },
    [ARTICLE_GENRE] = { false, false, HOLDS_WORD, genres, "what sort of article it is" },
    [ARTICLE_ISSUE] = { false, false, HOLDS_TEXT, NULL, "of a journal: 2025年第7期" },
    [ARTICLE_COLUMN] = { false, false, HOLDS_TEXT, NULL, "the column of the site or journal" },
    [ARTICLE_KEYWORDS] = { false, true, HOLDS_TEXT, NULL, "what the page declares as such" },
    [ARTICLE_TEXT] = { true, false, HOLDS_TEXT, NULL,
                       "the body, one paragraph a line; nothing of menus, counters, share buttons, disclaimers" },
};

const struct field_def *field_def(enum finding_kind kind, enum finding_field field)
{
    for (size_t i = 0; i < field_def_count; i++) {
        if (field_defs[i].field == field && (field_defs[i].kinds & 1u << kind) != 0)
            return &field_defs[i];
    }
    return NULL;
}

const struct word_def *word_def(const struct word_def *words, struct span name)
{
    for (; words != NULL && words->name != NULL; words++) {
        if (span_is(name, words->name))
            return words;
    }
    return NULL;
}
