/* child_test.h - pages that crash, hang or eat memory, for testing the cage with the real program.
 * Only when the environment has RENDA_TEST_CHILD=1; then a page that holds "renda-test:crash", "renda-test:hang",
 * "renda-test:memory", "renda-test:open" or "renda-test:slow" makes the child do so. */
#ifndef RENDA_WORKER_CHILD_TEST_H
#define RENDA_WORKER_CHILD_TEST_H

#include <stdbool.h>

#include "common/span.h"

bool child_test_wanted(void);
void child_test(struct span page);

#endif
