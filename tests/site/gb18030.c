#include "gb18030.h"

#include <iconv.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct letter {
    unsigned char n, bytes[4];
} table[65536];
static pthread_once_t built = PTHREAD_ONCE_INIT;

static void build(void)
{
    iconv_t cd = iconv_open("GB18030", "UTF-16LE");
    if (cd == (iconv_t)-1)
        abort();
    for (unsigned c = 0; c < 65536; c++) {
        char in[2] = { (char)(c & 0xff), (char)(c >> 8) }, *from = in, *to = (char *)table[c].bytes;
        size_t in_left = 2, out_left = 4;
        table[c] = (struct letter){ 1, { '?' } };
        if ((c < 0xd800 || c > 0xdfff) && iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1)
            table[c].n = (unsigned char)(4 - out_left);
        else
            iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
}

void site_gb18030(struct site_out *o, const char *utf8, size_t n)
{
    pthread_once(&built, build);
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)utf8[i];
        size_t plain = i;
        while (plain < n && (unsigned char)utf8[plain] < 0x80)
            plain++;
        if (plain > i) {
            site_out_add(o, utf8 + i, plain - i);
            i = plain;
            continue;
        }
        unsigned length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1, code = '?';
        if (i + length > n)
            length = 1;
        if (length == 2)
            code = (c & 0x1fu) << 6 | (utf8[i + 1] & 0x3fu);
        else if (length == 3)
            code = (c & 0xfu) << 12 | (utf8[i + 1] & 0x3fu) << 6 | (utf8[i + 2] & 0x3fu);
        site_out_add(o, table[code].bytes, table[code].n);
        i += length;
    }
}
