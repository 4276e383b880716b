#include "worker/findings/pass.h"

void platform_find(struct pass *p)
{
    (void)p;
}
