#include "common/msg.h"

#include <string.h>

#include "common/text.h"

#define SKIP_DEPTH_MAX 8

struct msg msg_open(struct span bytes)
{
    return (struct msg){ .p = bytes.p, .end = bytes.p + bytes.n };
}

void msg_fail(struct msg *m, const char *why)
{
    if (m->failed == NULL)
        m->failed = why;
    m->p = m->end;
}

static int peek(struct msg *m)
{
    if (m->p < m->end)
        return (unsigned char)*m->p;
    msg_fail(m, "ends too early");
    return -1;
}

/* A big-endian number of n bytes after the type byte. */
static uint64_t number(struct msg *m, int n)
{
    if (m->end - m->p < n + 1) {
        msg_fail(m, "ends too early");
        return 0;
    }
    uint64_t v = 0;
    for (int i = 1; i <= n; i++)
        v = v << 8 | (unsigned char)m->p[i];
    m->p += n + 1;
    return v;
}

/* fix: the fixed form's first byte and mask; wide: the type byte of the 16-bit form, the 32-bit form follows it. */
static uint32_t container(struct msg *m, int fix, int wide, uint32_t max, size_t least_bytes)
{
    int c = peek(m);
    if (c < 0)
        return 0;
    uint64_t n;
    if ((c & 0xf0) == fix) {
        n = (uint64_t)(c & 0x0f);
        m->p++;
    } else if (c == wide) {
        n = number(m, 2);
    } else if (c == wide + 1) {
        n = number(m, 4);
    } else {
        msg_fail(m, fix == 0x80 ? "a map was expected" : "an array was expected");
        return 0;
    }
    if (n > max) {
        msg_fail(m, "too many elements");
        return 0;
    }
    if (n * least_bytes > (uint64_t)(m->end - m->p)) {
        msg_fail(m, "claims more elements than it holds");
        return 0;
    }
    return (uint32_t)n;
}

uint32_t msg_map(struct msg *m, uint32_t max)
{
    return container(m, 0x80, 0xde, max, 2);
}

uint32_t msg_array(struct msg *m, uint32_t max)
{
    return container(m, 0x90, 0xdc, max, 1);
}

static struct span take(struct msg *m, uint64_t n, size_t max_bytes)
{
    const struct span none = { NULL, 0 };
    if (m->failed != NULL)
        return none;
    if (n > max_bytes) {
        msg_fail(m, "a value is too long");
        return none;
    }
    if (n > (uint64_t)(m->end - m->p)) {
        msg_fail(m, "ends too early");
        return none;
    }
    struct span s = { m->p, (size_t)n };
    m->p += n;
    return s;
}

struct span msg_str(struct msg *m, size_t max_bytes)
{
    int c = peek(m);
    uint64_t n = 0;
    if (c >= 0xa0 && c <= 0xbf) {
        n = (uint64_t)(c & 0x1f);
        m->p++;
    } else if (c == 0xd9) {
        n = number(m, 1);
    } else if (c == 0xda) {
        n = number(m, 2);
    } else if (c == 0xdb) {
        n = number(m, 4);
    } else {
        msg_fail(m, "a string was expected");
    }
    struct span s = take(m, n, max_bytes);
    if (s.n > 0 && !text_valid(s)) {
        msg_fail(m, "a string is not UTF-8 or holds U+0000");
        return (struct span){ NULL, 0 };
    }
    return s;
}

struct span msg_bin(struct msg *m, size_t max_bytes)
{
    int c = peek(m);
    uint64_t n = 0;
    if (c >= 0xc4 && c <= 0xc6)
        n = number(m, 1 << (c - 0xc4));
    else
        msg_fail(m, "bytes were expected");
    return take(m, n, max_bytes);
}

int64_t msg_int(struct msg *m, int64_t least, int64_t most)
{
    int c = peek(m);
    int64_t v = 0;
    if (c < 0)
        return 0;
    if (c <= 0x7f || c >= 0xe0) {
        v = (int8_t)c;
        m->p++;
    } else if (c >= 0xcc && c <= 0xcf) {
        uint64_t u = number(m, 1 << (c - 0xcc));
        if (u > INT64_MAX)
            msg_fail(m, "a number is out of range");
        else
            v = (int64_t)u;
    } else if (c >= 0xd0 && c <= 0xd3) {
        int bytes = 1 << (c - 0xd0), shift = 64 - 8 * bytes;
        v = (int64_t)(number(m, bytes) << shift) >> shift;
    } else {
        msg_fail(m, "an integer was expected");
    }
    if (m->failed == NULL && (v < least || v > most))
        msg_fail(m, "a number is out of range");
    return m->failed == NULL ? v : 0;
}

uint64_t msg_uint(struct msg *m)
{
    int c = peek(m);
    uint64_t v = 0;
    if (c >= 0 && c <= 0x7f) {
        v = (uint64_t)c;
        m->p++;
    } else if (c >= 0xcc && c <= 0xcf) {
        v = number(m, 1 << (c - 0xcc));
    } else {
        msg_fail(m, "a number without sign was expected");
    }
    return v;
}

bool msg_bool(struct msg *m)
{
    int c = peek(m);
    if (c != 0xc2 && c != 0xc3) {
        msg_fail(m, "true or false was expected");
        return false;
    }
    m->p++;
    return c == 0xc3;
}

/* Bytes of one scalar value at *m (its header is skipped by the caller's number()); -1 for containers. */
static void skip_scalar(struct msg *m, int c)
{
    if (c <= 0x7f || c >= 0xe0 || c == 0xc0 || c == 0xc2 || c == 0xc3)
        m->p++;
    else if ((c >= 0xa0 && c <= 0xbf) || (c >= 0xd9 && c <= 0xdb))
        msg_str(m, SIZE_MAX);
    else if (c >= 0xc4 && c <= 0xc6)
        msg_bin(m, SIZE_MAX);
    else if (c >= 0xcc && c <= 0xd3)
        number(m, 1 << ((c - 0xcc) & 3));
    else if (c == 0xca || c == 0xcb)
        number(m, c == 0xca ? 4 : 8);
    else
        msg_fail(m, "a value of an unknown type");
}

void msg_skip(struct msg *m)
{
    uint64_t left[SKIP_DEPTH_MAX] = { 1 };
    int depth = 0;
    while (depth >= 0 && m->failed == NULL) {
        if (left[depth]-- == 0) {
            depth--;
            continue;
        }
        int c = peek(m);
        if (c < 0)
            return;
        bool map = (c & 0xf0) == 0x80 || c == 0xde || c == 0xdf, array = (c & 0xf0) == 0x90 || c == 0xdc || c == 0xdd;
        if (!map && !array) {
            skip_scalar(m, c);
            continue;
        }
        if (++depth == SKIP_DEPTH_MAX) {
            msg_fail(m, "nested too deep");
            return;
        }
        left[depth] = map ? 2 * (uint64_t)msg_map(m, UINT32_MAX) : msg_array(m, UINT32_MAX);
    }
}

int msg_done(const struct msg *m, const char *what, struct err *e)
{
    if (m->failed != NULL)
        return err_set(e, "bad %s message: %s", what, m->failed);
    if (m->p != m->end)
        return err_set(e, "bad %s message: %zu bytes are left over", what, (size_t)(m->end - m->p));
    return 0;
}
