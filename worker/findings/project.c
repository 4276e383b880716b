#include "worker/findings/pass.h"

void project_find(struct pass *p)
{
    (void)p;
}
