#include "worker/document.h"

#include <stdlib.h>
#include <time.h>

#include "common/text.h"
#include "worker/docx.h"
#include "worker/pdf.h"

#define PDF_HEAD_BYTES 1024 /* PDF's head may stand behind other bytes (ISO 32000-1, annex H.3.4.1) */

enum document_kind document_kind(struct span bytes)
{
    struct span head = { bytes.p, bytes.n < PDF_HEAD_BYTES ? bytes.n : PDF_HEAD_BYTES };
    if (span_starts(bytes, SPAN("PK\x03\x04")) || span_starts(bytes, SPAN("PK\x05\x06")))
        return DOCUMENT_ZIP;
    if (span_starts(bytes, SPAN("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return DOCUMENT_OLD;
    const char *at = span_find(head, SPAN("%PDF-"));
    return at != NULL && (at == bytes.p || memchr(bytes.p, '<', (size_t)(at - bytes.p)) == NULL) ? DOCUMENT_PDF
                                                                                                 : DOCUMENT_NONE;
}

void document_read(struct span bytes, struct arena *a, struct document *out)
{
    *out = (struct document){ 0 };
    switch (document_kind(bytes)) {
    case DOCUMENT_PDF: pdf_read(bytes, a, out); break;
    case DOCUMENT_ZIP: docx_read(bytes, a, out); break;
    case DOCUMENT_OLD: out->why = SPAN("an old Office document; only PDF and DOCX are read"); break;
    case DOCUMENT_NONE: out->why = SPAN("it is neither PDF nor DOCX, whatever its name says"); break;
    }
    out->text = text_trim(text_repair(a, out->text));
    if (out->text.n == 0 && out->why.n == 0)
        out->why = SPAN("no text in it; it may be scanned");
    if (out->text.n > DOCUMENT_TEXT_MAX_BYTES) {
        out->text = text_cut(out->text, DOCUMENT_TEXT_MAX_BYTES);
        out->why = SPAN("longer than what is read of one attachment");
    }
}

void document_init(void)
{
    setenv("TZ", "UTC0", 1); /* the libraries ask for the zone, and the C library for its file, again and again */
    tzset();
    pdf_init();
}
