#include "worker/findings/name.h"

#include "common/text.h"

#define PART_LETTERS 9 /* 木合亚提江·阿布都热合曼: of one part */
#define PARTS_MAX    4

static uint32_t peek(const char *p, const char *end)
{
    return p < end ? text_next(&p, end) : 0;
}

static bool may_be_given(uint32_t c)
{
    if (!text_is_han(c))
        return false;
    switch (c) {
    case 0x7684:
    case 0x4E86:
    case 0x5728:
    case 0x548C:
    case 0x7B49:
    case 0x5BF9:
    case 0x5411:
    case 0x4E3A:
    case 0x7531:
    case 0x662F:
    case 0x4EE5:
    case 0x88AB:
    case 0x5C06:
    case 0x7387:
    case 0x8BF4:
    case 0x4E0E:
    case 0x53CA:
    case 0x8D74:
    case 0x4E5F:
    case 0x53D7:
    case 0x4F5C:
    case 0x6240:
    case 0x6765:
    case 0x56E0:
    case 0x5230:
    case 0x5E76:
    case 0x4E0D: /* 受作所来到并不 */ return false; /* 的了因在和等对向为由是以被将率说与及赴也 */
    default: return true;
    }
}

/* Words that follow a name and begin with a letter that may stand in one. */
static bool asks(const char *p, const char *end)
{
    static const char *const words[] = { "请求", "提出", "申请", "请辞", "辞去", "指出", "主持",
                                         "所作", "陪同", "列席", "不再", "带队", "本人", "个人" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_starts(span_between(p, end), span_of(words[i])))
            return true;
    }
    return false;
}

/* What may follow a name: a sign, the end, or a word that is no part of one. */
static bool ends_name(const struct lexicon *lex, const char *p, const char *end)
{
    if (p >= end)
        return true;
    const char *q = p;
    uint32_t c = text_next(&q, end);
    if (!text_is_han(c))
        return true;
    static const char *const particles =
        "的了因在和等对向为由是以被将率说与及赴同就到从作主出应受参深一并来当也称介告表强指认围结正曾已便仍带前随";
    if (memmem(particles, strlen(particles), p, (size_t)(q - p)) != NULL)
        return true;
    if (asks(p, end))
        return true;
    const struct word *w = lexicon_longest(lex, p, end);
    if (c == 0x4EFB && word_in(lexicon_longest(lex, q, end), LEX_BIT(POST)))
        return true; /* 张某某任组长 */
    return w != NULL && w->bytes > 3 &&
           (w->tables &
            (LEX_BIT(VERB) | LEX_BIT(POST) | LEX_BIT(NOUN) | LEX_BIT(PERIOD) | LEX_BIT(FORM) | LEX_BIT(REGION)));
}

static const char *skip_space(const char *p, const char *end)
{
    while (p < end) {
        const char *q = p;
        uint32_t c = text_next(&q, end);
        if (c != ' ' && c != 0x3000 && c != 0xA0)
            break;
        p = q;
    }
    return p;
}

static const char *surname(const struct lexicon *lex, const char *p, const char *end)
{
    const char *one = p, *two;
    if (p >= end || !text_is_han(text_next(&one, end)))
        return p;
    two = one;
    if (two < end) {
        text_next(&two, end);
        const struct word *w = lexicon_word(lex, span_between(p, two));
        if (word_in(w, LEX_BIT(SURNAME)) && !word_is(w, LEX_SURNAME, SURNAME_STEM))
            return two;
    }
    return word_in(lexicon_word(lex, span_between(p, one)), LEX_BIT(SURNAME)) ? one : p;
}

/* 关于, 安全: an ordinary word that only begins like a name. */
static bool is_word(const struct lexicon *lex, const char *p, const char *end)
{
    enum { WORD_BYTES = 6 }; /* two letters each, of no table */
    static const char words[] = "应邀应约高度双双时任单独经常周密明确严肃关注关心关爱关怀安全武装陈述施工水利华侨"
                                "尚未路线成员毕业时间时代时刻满意于是任期农村农业农民曾经车辆盛会贺信费用许多何时"
                                "章程房屋常务计算党政都要经费经过从而权力庆祝生活官方官员员工原则原因未来候选来自"
                                "来访来信资格资源赛事关系承诺木材火灾信访由此药品武警闭会闭幕青年拜访席位廉政管理"
                                "任成";
    for (const char *w = words; end - p >= WORD_BYTES && w < words + sizeof(words) - 1; w += WORD_BYTES) {
        if (memcmp(p, w, WORD_BYTES) == 0)
            return true;
    }
    if (span_starts(span_between(p, end), SPAN("任")) && word_in(lexicon_longest(lex, p + 3, end), LEX_BIT(POST)))
        return true; /* 副县长任组长 */
    const struct word *w = lexicon_longest(lex, p, end);
    return w != NULL && w->bytes > 3 && (w->tables & ~(LEX_BIT(REGION) | LEX_BIT(SURNAME) | LEX_BIT(UNIT))) != 0;
}

/* Behind a name whose surname is mostly an ordinary word, a verb of speaking proves it, and any other verb of two
 * letters unless that word is a particle (向, 从). */
static bool ends_surely(const struct lexicon *lex, struct span surname, const char *p, const char *end)
{
    const struct word *w = lexicon_longest(lex, p, end);
    if (word_is(w, LEX_VERB, VERB_SAY) || span_starts(span_between(p, end), SPAN("所作")))
        return true;
    return w != NULL && w->bytes > 3 && word_in(w, LEX_BIT(VERB)) &&
           !word_in(lexicon_word(lex, surname), LEX_BIT(NOUN) | LEX_BIT(VERB) | LEX_BIT(UNIT) | LEX_BIT(BOUND));
}

static bool is_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0x2027 || c == 0x2219 || c == 0xFF65;
}

/* 买买提·吐尔逊: parts with dots between; the last ends where a name may end. */
static const char *dotted(const struct lexicon *lex, const char *p, const char *end, struct span *name)
{
    int letters = 0, dots = 0;
    for (const char *q = p; q < end && letters <= PART_LETTERS;) {
        if (dots > 0 && letters > 0 && ends_name(lex, q, end) && (letters > 1 || !text_is_han(peek(q, end))) &&
            !is_dot(peek(q, end))) {
            *name = span_between(p, q);
            return q;
        }
        uint32_t c = text_next(&q, end);
        if (is_dot(c) && letters > 0 && dots < PARTS_MAX - 1) {
            dots++;
            letters = 0;
        } else if (text_is_han(c)) {
            letters++;
        } else {
            return p;
        }
        if (dots > 0 && letters > 0 && q == end) {
            *name = span_between(p, q);
            return q;
        }
    }
    return p;
}

/* 扎西多吉, 巴特尔: begins with a stem of names that have no surname. */
static const char *with_stem(const struct lexicon *lex, const char *p, const char *end, struct span *name)
{
    const char *q = p;
    for (int i = 0; i < 2; i++) {
        if (q >= end || !text_is_han(text_next(&q, end)))
            return p;
    }
    if (!word_is(lexicon_word(lex, span_between(p, q)), LEX_SURNAME, SURNAME_STEM))
        return p;
    for (int more = 0; more <= 5; more++) {
        if (ends_name(lex, q, end)) {
            *name = span_between(p, q);
            return q;
        }
        if (!text_is_han(text_next(&q, end)))
            break;
    }
    return p;
}

const char *name_read_any(const struct lexicon *lex, const char *p, const char *end, int most, struct span *name)
{
    const char *q = p;
    for (int letters = 0; q <= end && letters <= most; letters++) {
        if (letters >= 2 && ends_name(lex, q, end)) {
            *name = span_between(p, q);
            return q;
        }
        if (q == end || is_word(lex, q, end) || !may_be_given(text_next(&q, end)))
            break;
    }
    return p;
}

/* 詹福来的, 朱永和提出: a particle from `from` to `to` is a name's last letter where what follows must follow a name.
 */
static bool odd_last(const char *to, const char *from, const char *end)
{
    static const char *const behind[] = { "的",   "、",   "为",   "任",   "担任", "提出",
                                          "请求", "申请", "辞去", "同志", "因",   "代理" };
    struct span letter = span_between(from, to), rest = span_between(to, end);
    if (to == from || !span_has(SPAN("来和向以与到将作为在"), letter))
        return false;
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        if (span_starts(rest, span_of(behind[i])))
            return true;
    }
    return false;
}

const char *name_read(const struct lexicon *lex, const char *p, const char *end, bool sure, struct span *name)
{
    const char *whole = dotted(lex, p, end, name);
    if (whole == p)
        whole = with_stem(lex, p, end, name);
    if (whole > p)
        return whole;
    const char *s = surname(lex, p, end);
    if (s == p || is_word(lex, p, end))
        return p;
    bool rare = !sure && word_is(lexicon_word(lex, span_between(p, s)), LEX_SURNAME, SURNAME_RARE);
    const char *first = skip_space(s, end), *one = first;
    if (first - s > 9 || one >= end)
        return p;
    struct span middle = span_between(first, first);
    bool given = may_be_given(text_next(&one, end));
    middle.n = (size_t)(one - first);
    bool odd = !given && span_has(SPAN("向为和以来作与到将在"), middle); /* 崔向东, 李作成: only within three letters */
    if (!given && !odd)
        return p;
    const char *two = one;
    bool second = two < end && may_be_given(text_next(&two, end));
    if (sure && given && first == s && !second && odd_last(two, one, end)) {
        *name = span_between(p, two);
        return two;
    }
    /* 张 三: a space within means that the name has two letters */
    if (first == s && second && !asks(one, end) && ends_name(lex, two, end) &&
        (!rare || span_starts(span_between(two, end), SPAN("、")) || ends_surely(lex, span_between(p, s), two, end))) {
        *name = span_between(p, two);
        return two;
    }
    if (sure && odd && first == s && odd_last(one, first, end)) { /* 顾为辞去 */
        *name = span_between(p, one);
        return one;
    }
    const char *spaced = skip_space(one, end); /* 王 建 国 */
    if (sure && given && first > s && spaced > one && spaced < end) {
        const char *three = spaced;
        if (may_be_given(text_next(&three, end)) && ends_name(lex, three, end)) {
            *name = span_between(p, three);
            return three;
        }
    }
    if (given && ends_name(lex, one, end) &&
        (!rare || first > s || span_starts(span_between(one, end), SPAN("、")) ||
         ends_surely(lex, span_between(p, s), one, end))) {
        *name = span_between(p, one);
        return one;
    }
    return p;
}

/* 副主任路某某接待了…, 县长木某某作报告: what follows is done by somebody. */
static bool acts_behind(const struct lexicon *lex, const char *p, const char *end, bool sure)
{
    static const char *const words[] = { "作", "在", "向", "就", "率", "到", "对", "等", "一行", "受" };
    const struct word *w = p < end ? lexicon_longest(lex, p, end) : NULL;
    if (w != NULL && w->bytes > 3 && word_in(w, LEX_BIT(VERB)))
        return true;
    if (sure && p < end && (!text_is_han(peek(p, end)) || span_starts(span_between(p, end), SPAN("的提请"))))
        return true; /* 市人大常委会主任车某某,副主任… */
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_starts(span_between(p, end), span_of(words[i])))
            return true;
    }
    return false;
}

const char *name_read_behind_post(const struct lexicon *lex, const char *p, const char *end, bool sure,
                                  struct span *name)
{
    const char *q = name_read(lex, p, end, false, name), *s = surname(lex, p, end);
    if (q != p || s == p || is_word(lex, p, end))
        return q;
    const char *two = s, *one = s;
    bool rare = word_is(lexicon_word(lex, span_between(p, s)), LEX_SURNAME, SURNAME_RARE);
    if (sure && one < end && may_be_given(text_next(&one, end)) && one < end && !text_is_han(peek(one, end))) {
        *name = span_between(p, one); /* 检察长应某, */
        return one;
    }
    for (int i = 0; i < 2; i++) {
        if (two >= end || (lexicon_longest(lex, two, end) != NULL && lexicon_longest(lex, two, end)->bytes > 3) ||
            !may_be_given(text_next(&two, end)))
            return p;
    }
    if ((rare || !sure) && !acts_behind(lex, two, end, sure))
        return p;
    *name = span_between(p, two);
    return two;
}

const char *name_read_listed(const struct lexicon *lex, const char *p, const char *end, struct span *name)
{
    const char *s = surname(lex, p, end), *q = s;
    if (s == p || is_word(lex, p, end))
        return p;
    for (int i = 0; i < 2; i++) {
        if (q >= end || !text_is_han(text_next(&q, end)))
            return p;
    }
    if (!span_starts(span_between(q, end), SPAN("、")))
        return p;
    *name = span_between(p, q);
    return q;
}

struct span name_before(const struct lexicon *lex, const char *begin, const char *end, bool sure)
{
    const char *at[4];
    int n = 0;
    for (const char *q = end; q > begin && n < 4;) {
        q = text_prev(begin, q);
        const char *r = q;
        if (!text_is_han(text_next(&r, end)))
            break;
        at[n++] = q;
    }
    for (int len = 3; len >= 2; len--) { /* three letters before two */
        if (n < len)
            continue;
        const char *p = at[len - 1], *s = surname(lex, p, end);
        const char *q = s;
        bool given = s > p && s < end;
        while (given && q < end)
            given = may_be_given(text_next(&q, end));
        const struct word *w = lexicon_longest(lex, p, end);
        bool rare = !sure && word_is(lexicon_word(lex, span_between(p, s)), LEX_SURNAME, SURNAME_RARE);
        if (given && !rare && (w == NULL || w->bytes <= 3))
            return span_between(p, end);
    }
    return (struct span){ NULL, 0 };
}
