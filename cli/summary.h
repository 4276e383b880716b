/* summary.h - a finding in three short cells, for people. */
#ifndef RENDA_CLI_SUMMARY_H
#define RENDA_CLI_SUMMARY_H

#include "common/arena.h"
#include "common/finding.h"

struct span summary_what(const struct finding *f, struct arena *a);   /* 召开 主任会议 */
struct span summary_value(const struct finding *f, struct arena *a);  /* over 12 次 */
struct span summary_period(const struct finding *f, struct arena *a); /* 2024 year */

#endif
