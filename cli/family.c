#include "cli/family.h"

#include <ctype.h>
#include <strings.h>

#define SCAN_MAX_BYTES (2u << 20)

/* Shapes: 9 is a digit, + repeats it, anything else is itself. */
static const struct {
    const char *shape, *family;
} shapes[] = {
    { "/t99999999_9+.", "TRS/WCM" },
    { "/art_9+_9+.htm", "Hanweb JCMS" },
    { "/9999/9999/c9+-9+.", "People's Daily Online" },
    { "/info/9+/9+.htm", "Boda WebPlus" },
};

static const struct {
    const char *mark, *family; /* compared without regard to case */
} marks[] = {
    { "TRS_Editor", "TRS/WCM" },
    { "TRS_UEDITOR", "TRS/WCM" },
    { "trs_paper_default", "TRS/WCM" },
    { "UCAP-CONTENT", "Kaipu UCAP" },
    { "ucapcontent", "Kaipu UCAP" },
    { "/module/web/jpage/", "Hanweb JCMS" },
    { "/jcms/", "Hanweb JCMS" },
    { "dataproxy.jsp", "Hanweb JCMS" },
    { "v_news_content", "Boda WebPlus" },
    { "vsb_content", "Boda WebPlus" },
    { "createPageHTML(", "TRS/WCM" },
    { "id=\"zoom\"", "#zoom" },
    { "id=zoom", "#zoom" },
    { "id='zoom'", "#zoom" },
};

static bool begins_as(struct span s, const char *shape)
{
    const char *p = s.p, *end = s.p + s.n;
    for (; *shape != '\0'; shape++) {
        if (*shape == '+') {
            while (p < end && isdigit((unsigned char)*p))
                p++;
            continue;
        }
        if (p == end || (*shape == '9' ? !isdigit((unsigned char)*p) : *p != *shape))
            return false;
        p++;
    }
    return true;
}

struct span family_of_url(struct span url)
{
    for (size_t k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++) {
        for (size_t i = 0; i < url.n; i++) {
            if (begins_as((struct span){ url.p + i, url.n - i }, shapes[k].shape))
                return span_of(shapes[k].family);
        }
    }
    return (struct span){ NULL, 0 };
}

struct span family_of_page(struct span bytes)
{
    size_t n = bytes.n < SCAN_MAX_BYTES ? bytes.n : SCAN_MAX_BYTES;
    for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
        size_t length = strlen(marks[k].mark);
        char low = (char)tolower((unsigned char)marks[k].mark[0]);
        for (size_t i = 0; i + length <= n; i++) {
            if (tolower((unsigned char)bytes.p[i]) == low && strncasecmp(bytes.p + i, marks[k].mark, length) == 0)
                return span_of(marks[k].family);
        }
    }
    return (struct span){ NULL, 0 };
}
