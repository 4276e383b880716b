/* patterns.h - the hand-written sentences that articles are made of, and the facts planted in each.
 *
 * A pattern's text is UTF-8 with slots in braces. A capital letter is the article's own context:
 *   {R} 云泽省 {S} 云泽 {L} 省 {O} 云泽省人大常委会 {B} 云泽省人民代表大会常务委员会 {H} 省人大常委会
 *   {G} 省政府 {F} the court {J} the procuratorate {K} 专门委员会 {Z} 厅, 局: {dept} ends with it {X} a lower place,
 * the same in one article {M} the article's meeting, worded one way or another {N} its canonical name {D} the day of
 * the act, 3月14日 {E} the same as 2025-03-14 {V} its year {Y} the year before {T} the title's topic {P} the title's
 * town {U} the article's ordinal {W} the congress's own law: 云泽省…条例 A small letter is the pattern's own: {a:n3-40}
 * draws and prints, {a} prints again: n3-40   a number          N30-900  one that may have a bound (余, 近, 超过 …) n<a
 * less than a       n-ab  a less b       n+ab  a and b together p82-99  a percentage with its sign, one decimal     %ba
 * b as a percentage of a m20-900 an amount in 万元, printed in 万元 or 亿元, counted in 元 law  a law of the congress
 * nat  a national law   topic  another topic   person   town   lower   dept 省教育厅 i101-980 a number that counts
 * nothing     deadline a day a month ahead, 2025年4月13日 date a day in the two months before, 3月14日   project
 * platform   post   committee
 *
 * Facts are separated by ';'. The first word is the kind (fig leg meet ovs sug prj vote per plt first), the second
 * the slot that is the fact's span, then field=value, where {x} is a slot's value as the text has it and #a its
 * number. A figure's value, bound and a law's name come from the slot. What happened when follows from the kind of
 * article (see render.c) unless the fact says period=year|ytd|term|event|as_of|none or date=none. */
#ifndef RENDA_SITE_PATTERNS_H
#define RENDA_SITE_PATTERNS_H

#include <stddef.h>
#include <stdint.h>

#include "article.h"

enum site_part { PART_TITLE, PART_OPEN, PART_BODY, PART_CLOSE, PART_COUNT };

struct site_pattern {
    uint32_t kinds; /* one bit for each kind of article it fits */
    enum site_part part;
    const char *text, *facts;
};

#define K(kind)    (UINT32_C(1) << KIND_##kind)
#define K_MEETINGS (K(SESSION) | K(CHAIR) | K(LAW) | K(INQUIRY) | K(BUDGET) | K(APPOINT) | K(PROJECT))
#define K_YTD      (K(SUGGEST) | K(ACTIVITY) | K(STATION) | K(DIGITAL))
#define K_ALL      ((UINT32_C(1) << KIND_COUNT) - 1)

/* Tables end with a row without text. */
extern const struct site_pattern site_titles[], site_patterns_session[], site_patterns_report[], site_patterns_law[],
    site_patterns_oversight[], site_patterns_money[], site_patterns_deputies[], site_patterns_people[],
    site_patterns_digital[], site_patterns_filler[];

/* The rows of one part that fit a kind; built once. */
struct site_choice {
    const struct site_pattern **rows;
    unsigned n;
};
const struct site_choice *site_patterns(enum site_kind kind, enum site_part part);
/* Sentences without any fact. */
const struct site_choice *site_fillers(enum site_kind kind);
/* All tables, for tests: the n-th pattern or NULL. */
const struct site_pattern *site_pattern_at(size_t n);

#endif
