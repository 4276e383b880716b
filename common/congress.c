#include "common/congress.h"

#include <stddef.h>

const struct congress congresses[CONGRESS_KIND_COUNT] = {
    [CONGRESS_NONE] = { "none", "不设人大", 0, false },
    [CONGRESS_NATIONAL] = { "national", "全国人大", MAKES_LAWS, true },
    [CONGRESS_PROVINCE] = { "province", "省人大", MAKES_REGULATIONS, true },
    [CONGRESS_AUTONOMOUS_REGION] = { "autonomous_region", "自治区人大", MAKES_REGULATIONS | MAKES_AUTONOMOUS, true },
    [CONGRESS_MUNICIPALITY] = { "municipality", "直辖市人大", MAKES_REGULATIONS, true },
    [CONGRESS_CITY] = { "city", "设区的市人大", MAKES_REGULATIONS, true },
    [CONGRESS_AUTONOMOUS_PREFECTURE] = { "autonomous_prefecture", "自治州人大", MAKES_REGULATIONS | MAKES_AUTONOMOUS,
                                         true },
    [CONGRESS_DISTRICT] = { "district", "市辖区人大", 0, true },
    [CONGRESS_COUNTY] = { "county", "县人大", 0, true },
    [CONGRESS_COUNTY_CITY] = { "county_city", "县级市人大", 0, true },
    [CONGRESS_AUTONOMOUS_COUNTY] = { "autonomous_county", "自治县人大", MAKES_AUTONOMOUS, true },
    [CONGRESS_BANNER] = { "banner", "旗人大", 0, true },
    [CONGRESS_TOWNSHIP] = { "township", "乡镇人大", 0, false },
};

/* The first row whose level is the division's and whose tail ends its name. */
static const struct kind_row {
    const char *level, *tail;
    enum congress_kind kind;
} kind_rows[] = {
    { "national", "", CONGRESS_NATIONAL },
    { "province", "自治区", CONGRESS_AUTONOMOUS_REGION },
    { "province", "市", CONGRESS_MUNICIPALITY },
    { "province", "特别行政区", CONGRESS_NONE },
    { "province", "台湾省", CONGRESS_NONE },
    { "province", "", CONGRESS_PROVINCE },
    { "prefecture", "自治州", CONGRESS_AUTONOMOUS_PREFECTURE },
    { "prefecture", "市", CONGRESS_CITY },
    { "prefecture", "", CONGRESS_NONE },
    { "county", "自治县", CONGRESS_AUTONOMOUS_COUNTY },
    { "county", "自治旗", CONGRESS_AUTONOMOUS_COUNTY },
    { "county", "旗", CONGRESS_BANNER },
    { "county", "区", CONGRESS_DISTRICT },
    { "county", "市", CONGRESS_COUNTY_CITY },
    { "county", "", CONGRESS_COUNTY },
    { "township", "", CONGRESS_TOWNSHIP },
};

enum congress_kind congress_kind_of(struct span region, struct span level)
{
    if (region.n == 0)
        return CONGRESS_NONE;
    for (size_t i = 0; i < sizeof(kind_rows) / sizeof(kind_rows[0]); i++) {
        if (span_is(level, kind_rows[i].level) && span_ends(region, span_of(kind_rows[i].tail)))
            return kind_rows[i].kind;
    }
    return CONGRESS_NONE;
}

#define NATIONAL_TERM      14 /* began in March 2023 */
#define NATIONAL_TERM_YEAR 2023
#define TERM_YEARS         5
#define LOCAL_TERM_MAX     25 /* the highest in use are about 20 */

int congress_term_max(enum congress_kind kind, int year)
{
    if (kind != CONGRESS_NATIONAL)
        return LOCAL_TERM_MAX;
    return year < NATIONAL_TERM_YEAR ? NATIONAL_TERM : NATIONAL_TERM + (year - NATIONAL_TERM_YEAR) / TERM_YEARS;
}
