/* genre.c - what sort of article it is: by the heaviest word of its title, else by how it begins. */
#include <stdlib.h>

#include "worker/findings/pass.h"

#define HEAD_BYTES 240 /* where news says which meeting it is about */

void genre_find(struct pass *p)
{
    if (p->art->f[ARTICLE_GENRE].n > 0)
        return;
    struct span text = p->art->f[ARTICLE_TEXT], head = { text.p, text.n < 600 ? text.n : 600 };
    const struct lex_row *title = lexicon_genre(p->lex, p->art->f[ARTICLE_TITLE]),
                         *sub = lexicon_genre(p->lex, p->art->f[ARTICLE_SUBTITLE]);
    if (sub != NULL && (title == NULL || strtol(sub->f[2].p, NULL, 10) > strtol(title->f[2].p, NULL, 10)))
        title = sub;
    bool weak = title == NULL || strtol(title->f[2].p, NULL, 10) < 60;
    if (weak && span_has(head, SPAN("全年")) && span_has(head, SPAN("次")))
        p->art->f[ARTICLE_GENRE] = SPAN("annual_review");
    else if (title != NULL)
        p->art->f[ARTICLE_GENRE] = title->f[1];
    else {
        head.n = head.n < HEAD_BYTES ? head.n : HEAD_BYTES;
        p->art->f[ARTICLE_GENRE] =
            span_has(head, SPAN("次会议")) && span_has(head, SPAN("召开")) ? SPAN("session_news") : SPAN("other");
    }
}
