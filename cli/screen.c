#include "cli/screen.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "common/text.h"

#define ERASE_LINE "\r\033[K"

int screen_columns(int fd)
{
    struct winsize w = { 0 };
    if (!isatty(fd))
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
        return w.ws_col;
    return 80;
}

void screen_init(struct screen *s)
{
    const char *term = getenv("TERM");
    *s = (struct screen){ .live = isatty(STDERR_FILENO) && (term == NULL || strcmp(term, "dumb") != 0) };
}

/* Waits for a slow reader: a log line is not dropped while someone reads. */
static void put(struct iovec *parts, int n)
{
    while (n > 0) {
        ssize_t done = writev(STDERR_FILENO, parts, n);
        if (done < 0 && errno == EAGAIN)
            poll(&(struct pollfd){ STDERR_FILENO, POLLOUT, 0 }, 1, -1);
        else if (done < 0 && errno != EINTR)
            return;
        for (; done > 0 && n > 0 && (size_t)done >= parts->iov_len; n--, parts++)
            done -= (ssize_t)parts->iov_len;
        if (n > 0 && done > 0) {
            parts->iov_base = (char *)parts->iov_base + done;
            parts->iov_len -= (size_t)done;
        }
        while (n > 0 && parts->iov_len == 0)
            n--, parts++;
    }
}

static struct iovec part(const char *bytes, size_t n)
{
    return (struct iovec){ (void *)(uintptr_t)bytes, n };
}

void screen_lines(struct screen *s, const char *lines, size_t bytes)
{
    bool shown = s->live && s->status[0] != '\0';
    struct iovec parts[] = { part(ERASE_LINE, shown ? strlen(ERASE_LINE) : 0), part(lines, bytes),
                             part(s->status, shown ? strlen(s->status) : 0) };
    put(parts, 3);
}

/* The longest beginning of text that fits the columns. */
static struct span fitting(struct span text, size_t columns)
{
    const char *p = text.p, *end = text.p + text.n;
    for (size_t used = 0; p < end;) {
        const char *next = p;
        used += (size_t)text_width(text_next(&next, end));
        if (used > columns)
            break;
        p = next;
    }
    return span_between(text.p, p);
}

void screen_status(struct screen *s, const char *status)
{
    if (!s->live)
        return;
    /* One column less than there are: writing the last one may wrap. */
    struct span cut = fitting(span_of(status), (size_t)screen_columns(STDERR_FILENO) - 1);
    snprintf(s->status, sizeof(s->status), "%.*s", SPAN_FMT(cut));
    struct iovec parts[] = { part(ERASE_LINE, strlen(ERASE_LINE)), part(s->status, strlen(s->status)) };
    put(parts, 2);
}

void screen_pause(struct screen *s)
{
    struct iovec erase = part(ERASE_LINE, strlen(ERASE_LINE));
    if (s->live && s->status[0] != '\0')
        put(&erase, 1);
}

void screen_resume(struct screen *s)
{
    struct iovec status = part(s->status, strlen(s->status));
    if (s->live && s->status[0] != '\0')
        put(&status, 1);
}
