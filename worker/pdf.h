/* pdf.h - the text of a PDF document, by poppler (GLib interface), from memory alone.
 *
 * Chinese documents name character maps (GBK-EUC-H, UniGB-UCS2-H) that poppler reads from poppler-data's files.
 * pdf_init() has it read those that Chinese documents use, before the cage closes: poppler keeps four of them, and two
 * places go to the identity maps. A document that needs another one costs its child: the cage opens no files. */
#ifndef RENDA_WORKER_PDF_H
#define RENDA_WORKER_PDF_H

#include "worker/document.h"

#define PDF_PAGES_MAX 500

void pdf_init(void);
void pdf_read(struct span bytes, struct arena *a, struct document *out);

#endif
