/* gb18030.h - UTF-8 to GB18030 through a table that iconv filled once: a page costs microseconds. */
#ifndef RENDA_SITE_GB18030_H
#define RENDA_SITE_GB18030_H

#include "out.h"

/* Appends text in GB18030. Letters outside the basic plane and bad bytes become '?'. */
void site_gb18030(struct site_out *o, const char *utf8, size_t n);

#endif
