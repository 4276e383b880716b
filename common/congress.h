/* congress.h - the people's congresses, as the law arranges them over the administrative divisions: what body a
 * division has, and what it may make.
 *
 * Sources: Constitution, art. 62, 67, 95-100, 115-116; Organic Law of Local People's Congresses and Governments (2022);
 * Legislation Law (2023), art. 10, 80-85, and the National People's Congress's decision of 15 March 2015 that puts
 * Dongguan, Zhongshan and Jiayuguan, cities without districts, beside cities with districts. */
#ifndef RENDA_COMMON_CONGRESS_H
#define RENDA_COMMON_CONGRESS_H

#include <stdbool.h>

#include "common/span.h"

enum congress_kind {
    CONGRESS_NONE, /* no congress of its own: 地区, 盟, 街道, 开发区; what sits there works for the one above */
    CONGRESS_NATIONAL,
    CONGRESS_PROVINCE,
    CONGRESS_AUTONOMOUS_REGION,
    CONGRESS_MUNICIPALITY,
    CONGRESS_CITY, /* 设区的市, and the cities of a prefecture's rank without districts */
    CONGRESS_AUTONOMOUS_PREFECTURE,
    CONGRESS_DISTRICT,
    CONGRESS_COUNTY,
    CONGRESS_COUNTY_CITY,
    CONGRESS_AUTONOMOUS_COUNTY, /* 自治县, 自治旗 */
    CONGRESS_BANNER,
    CONGRESS_TOWNSHIP,
    CONGRESS_KIND_COUNT
};

/* What a congress may make, as bits. */
enum {
    MAKES_LAWS = 1,
    MAKES_REGULATIONS = 2, /* 地方性法规 */
    MAKES_AUTONOMOUS = 4,  /* 自治条例, 单行条例 */
};

struct congress {
    const char *name; /* "autonomous_prefecture" */
    const char *zh;
    unsigned makes;          /* MAKES_… */
    bool standing_committee; /* has one; a township's congress has a presidium instead */
};

extern const struct congress congresses[CONGRESS_KIND_COUNT];

/* Of the division with this name (自贡市, 恩施土家族苗族自治州) at this level ("county"); CONGRESS_NONE where it has
 * none, or where name or level are empty or unknown. */
enum congress_kind congress_kind_of(struct span region, struct span level);

/* Sessions and terms, counted from the first congress elected in 1954; each term is of five years (townships': five
 * since 2004, three before, so they count higher). National: 1 + one for each term begun since, the 14th in 2023.
 * Others began anew at different times: a generous limit. year: of publication, 0 when not known. */
int congress_term_max(enum congress_kind kind, int year);

#endif
