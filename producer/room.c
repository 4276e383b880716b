#include "producer/room.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#define RESERVE_BYTES ((int64_t)2 * 1000 * 1000 * 1000)
#define RESERVE_SHARE 20 /* one in 20: 5% */

int room_measure(const char *path, struct room *r)
{
    char folder[4096];
    struct statvfs v;
    snprintf(folder, sizeof(folder), "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        snprintf(folder, sizeof(folder), ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
    if (statvfs(folder, &v) < 0)
        return -1;
    r->free_bytes = (int64_t)v.f_bavail * (int64_t)v.f_frsize;
    r->total_bytes = (int64_t)v.f_blocks * (int64_t)v.f_frsize;
    return 0;
}

int64_t room_reserve(const struct room *r, const struct config_limits *l)
{
    if (l->disk_reserve_bytes > 0)
        return l->disk_reserve_bytes;
    int64_t share = r->total_bytes / RESERVE_SHARE;
    return share > RESERVE_BYTES ? share : RESERVE_BYTES;
}

unsigned room_kinds(struct room *r, const struct config_limits *l)
{
    int64_t reserve = room_reserve(r, l);
    unsigned kinds = 0;
    r->full = r->pending_bytes >= (r->full ? l->pending_max_bytes / 10 * 9 : l->pending_max_bytes);
    if (r->free_bytes >= reserve / 2)
        kinds |= TAKE_LISTS;
    if (r->free_bytes >= reserve && !r->full)
        kinds |= TAKE_ARTICLES;
    return kinds;
}
