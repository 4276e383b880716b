#include "worker/findings/pass.h"

void legislation_find(struct pass *p)
{
    (void)p;
}
