/* Appointments and removals. */
#include "patterns.h"

#define BODY PART_BODY

/* clang-format off */
const struct site_pattern site_patterns_people[] = {
    { K(APPOINT), PART_OPEN, "（{V}年{D}{M}通过）\n{M}共任免国家机关工作人员{a:n6-40}人次。",
      "meet; fig a unit=人次 subject=国家机关工作人员 action=任免 metric=appointments.total" },
    { K(APPOINT), PART_OPEN, "{D}，{M}表决通过人事任免事项，决定任命{a:n5-20}人，免职{b:n3-9}人。",
      "meet; fig a unit=人 subject=人事任免事项 action=任命 metric=appointments.appointed; fig b unit=人 subject=人事任免事项 action=免职 metric=appointments.removed" },
    { K(APPOINT), BODY, "任命{x:person}为{O}{o:post}。", "per x post={o} org={O} role=appointed by={O}" },
    { K(APPOINT), BODY, "任命：\n{x:person}为{F}审判委员会委员、审判员；\n{y:person}为{F}审判员。",
      "per x post=审判委员会委员、审判员 org={F} role=appointed by={O}; per y post=审判员 org={F} role=appointed by={O}" },
    { K(APPOINT), BODY, "免去：\n{x:person}的{J}检察员职务；\n{y:person}的{J}检察委员会委员职务。",
      "per x post=检察员 org={J} role=removed by={O}; per y post=检察委员会委员 org={J} role=removed by={O}" },
    { K(APPOINT), BODY, "决定任命{x:person}为{L}政府秘书长，免去{y:person}的{L}政府秘书长职务。",
      "per x post=秘书长 org={L}政府 role=appointed by={O}; per y post=秘书长 org={L}政府 role=removed by={O}" },
    { K(APPOINT), BODY, "决定接受{x:person}辞去{L}人民政府副{L}长职务的请求。",
      "per x post=副{L}长 org={L}人民政府 role=resigned" },
    { K(APPOINT), BODY, "决定{x:person}代理{F}院长职务。", "per x post=院长 org={F} role=acting by={O}" },
    { K(APPOINT), BODY, "决定撤销{x:person}的{d:dept}副{Z}长职务。", "per x post=副{Z}长 org={d} role=dismissed by={O}" },
    { K(APPOINT), BODY, "批准任命{x:person}为{c:lower}人民检察院检察长。", "per x post=检察长 org={c}人民检察院 role=appointed by={O}" },
    { K(APPOINT), BODY, "会前，{a:n5-20}名拟任命人员参加了法律知识考试，平均成绩{b:n86-97}分。",
      "fig a unit=名 subject=拟任命人员 action=参加; fig b unit=分 subject=平均成绩" },
    { K(APPOINT), BODY, "因工作变动，{x:person}的{L}人大代表资格终止。", "per x post={L}人大代表 role=ended" },
    { K(APPOINT), BODY, "{O}主任{x:person}向新任命人员颁发任命书并讲话。", "per x post=主任 org={O} role=mentioned date=none" },
    { K(APPOINT), BODY, "新任命的{d:dept}{Z}长{x:person}作表态发言。", "per x post={Z}长 org={d} role=speaker date=none" },
    { K(APPOINT), BODY, "{x:person}等{a:n3-12}人进行了宪法宣誓。", "per x role=sworn; fig a unit=人 subject=宪法宣誓 action=宣誓 metric=oaths.sworn" },
    { K(APPOINT), BODY, "会议以{a:n34-58}票赞成、{b:n3-4}票弃权，通过对{x:person}的任命。",
      "vote a item=对{x}的任命 for=#a abstain=#b result=passed; per x role=appointed by={O}" },
    { K(APPOINT), PART_CLOSE, "特此公告。", NULL },
    { K(APPOINT), PART_CLOSE, "{O}办公室负责同志在会后通报了有关情况。", NULL },
    { 0 },
};
