/* family.h - which content management system made a site, by marks that its pages bear. */
#ifndef RENDA_CLI_FAMILY_H
#define RENDA_CLI_FAMILY_H

#include "common/span.h"

/* By the address of an article; an empty span when it is none of those known. */
struct span family_of_url(struct span url);
/* By a page's bytes. */
struct span family_of_page(struct span bytes);

#endif
