#include "worker/findings/pass.h"

void person_find(struct pass *p)
{
    (void)p;
}
