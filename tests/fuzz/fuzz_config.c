/* A config of any bytes: read, or refused with one line that names the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/config.h"
#include "common/text.h"
#include "common/url.h"
#include "tests/fuzz/fuzz.h"

const char *const fuzz_words[] = {
    "\n", "  ", "- ", ": ", "{", "}", "[", "]", "'", "\"", "|\n  ", ">\n  ", "&a ", "*a", "!!str ", "---\n", "...\n", "? ", "# ",
    "sites:\n", "name: ", "start: ", "http://", "https://", "file:///", "article: ", "limits:\n", "poll: ", "delay: ", "5m", "20MB",
    "9999999999999999999", "-1", "~", "null", "true", "\\u0000", "\\x00", "\xef\xbb\xbf", "\t", "%YAML 1.1\n", NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct err e = { "" };
    struct config *c = config_parse("a.yaml", (const char *)bytes, n, &e);
    if (c == NULL) {
        FUZZ_MUST(strncmp(e.msg, "a.yaml:", 7) == 0 && strchr(e.msg, '\n') == NULL);
        return 0;
    }
    FUZZ_MUST(c->site_count > 0 && c->workers > 0 && c->database != NULL && c->dispatch != NULL && c->user_agent != NULL);
    FUZZ_MUST(c->limits.page_max_bytes > 0 && c->limits.window_pages > 0 && c->limits.total_ms > 0);
    for (size_t i = 0; i < c->site_count; i++) {
        FUZZ_MUST(c->sites[i].name != NULL && c->sites[i].start.n > 0 && c->sites[i].poll_ms > 0 && c->sites[i].concurrency > 0);
        for (size_t k = 0; k < c->sites[i].start.n; k++) {
            char host[300]; /* every start page has a host for the frontier */
            FUZZ_MUST(url_host(span_of(c->sites[i].start.items[k]), host).n > 0);
            FUZZ_MUST(text_valid(span_of(c->sites[i].start.items[k])));
        }
    }
    config_free(c);
    return 0;
}

struct span fuzz_seed(int i, struct arena *a)
{
    static const char *const seeds[] = {
        "sites:\n- name: a\n  start: file:///a\n",
        "database: /x/y.db\ncontact: me@example.org\nworkers: 3\nlexicon: ~\nfeed: tcp://127.0.0.1:5703\n"
        "limits:\n  total: 90s\n  page_max: 512KB\n  disk_reserve: 3 GB\n"
        "sites:\n- name: 武汉人大\n  org: 武汉市人大常委会\n  region: 武汉市\n  level: prefecture\n"
        "  start: [http://a.example/, 'https://b.example/x']\n  article: '/\\d+\\.html'\n"
        "  poll: 500ms\n  delay: 0\n  concurrency: 4\n- {name: b, start: 'file:///b', region: }\n",
        "contact: https://example.org/bot\nuser_agent: \"Renda (+https://example.org/bot)\"\n"
        "sites:\n- name: c\n  start:\n  - http://a.example:8080/list.html\n  - http://[::1]/feed.xml\n  article:\n  - /a\n  - \"\\x62\"\n",
        "limits: {connect: 5s, low_speed: 10KB, low_speed_time: 30s, redirects_max: 5, window_pages: 16, window_bytes: 4MB}\n"
        "sites: [{name: a, start: 'http://localhost/'}]\n",
    };
    (void)a;
    return i < (int)(sizeof(seeds) / sizeof(seeds[0])) ? span_of(seeds[i]) : (struct span){ NULL, 0 };
}
