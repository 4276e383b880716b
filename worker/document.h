/* document.h - the text of a document that is no web page: PDF (pdf.c) and DOCX (docx.c), told by its first bytes. */
#ifndef RENDA_WORKER_DOCUMENT_H
#define RENDA_WORKER_DOCUMENT_H

#include "common/arena.h"
#include "common/span.h"

#define DOCUMENT_TEXT_MAX_BYTES ((size_t)2 * 1024 * 1024) /* what goes beyond is left out, and said so */

enum document_kind {
    DOCUMENT_NONE, /* a web page or plain text, perhaps */
    DOCUMENT_PDF,
    DOCUMENT_ZIP, /* DOCX, perhaps */
    DOCUMENT_OLD, /* a compound file: .doc, .xls, .wps */
};

enum document_kind document_kind(struct span bytes);

/* Paragraphs joined by one \n, valid UTF-8 in the arena. why: nothing was read, or not all of it: why, in a few English
 * words; empty when all was. */
struct document {
    struct span text, why;
};

/* Never fails otherwise; time and memory are bounded by the cage alone. */
void document_read(struct span bytes, struct arena *a, struct document *out);

/* Once in a process, before the cage closes: what the libraries read from disk. */
void document_init(void);

#endif
