#include "worker/findings/pass.h"

void first_find(struct pass *p)
{
    (void)p;
}
