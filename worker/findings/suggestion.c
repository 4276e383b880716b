#include "worker/findings/pass.h"

void suggestion_find(struct pass *p)
{
    (void)p;
}
