/* names.h - the fictional congresses and the words that fill the slots of patterns. */
#ifndef RENDA_SITE_NAMES_H
#define RENDA_SITE_NAMES_H

#include "out.h"
#include "rng.h"

struct site_congress {
    const char *name;         /* 云泽人大网 */
    const char *org;          /* 云泽省人大常委会 */
    const char *org_long;     /* 云泽省人民代表大会常务委员会 */
    const char *region;       /* 云泽省 */
    const char *region_short; /* 云泽 */
    const char *level;        /* province */
    const char *unit;         /* 省 */
    const char *court;        /* 省高级人民法院 */
    const char *procuratorate;
    const char *office;    /* 厅 or 局: what its departments are called */
    const char *lower[6];  /* the next level's places */
    const char *committee; /* how its special committees are called */
    int term;              /* of the congress that sits now, since 2023 */
};

extern const struct site_congress site_congresses[3];

/* Topics that fit both "…条例" and "…工作情况". Their number is prime: titles are told apart by topic and town. */
enum { SITE_TOPICS = 97, SITE_TOWNS = 60 * 61 };
extern const char *const site_topics[SITE_TOPICS];
void site_town(struct site_out *o, unsigned n);
void site_person(struct site_out *o, struct site_rng *r);

/* Word lists end with NULL. */
extern const char *const site_national_laws[];
extern const char *const site_departments[];
extern const char *const site_projects[];
extern const char *const site_platforms[];
extern const char *const site_posts[];
extern const char *const site_committees[];
const char *site_pick(const char *const *list, struct site_rng *r);

#endif
