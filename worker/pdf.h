/* pdf.h - the text of a PDF document, by poppler (GLib interface), from memory alone.
 *
 * Chinese documents name character maps that poppler reads from poppler-data's files. pdf_init() has it read the four
 * that they name most, before the cage closes: GB-EUC-H, UniGB-UTF16-H, GBK-EUC-H, UniGB-UCS2-H. Poppler keeps four,
 * and the identity maps, which need no file, take a place as well: the first of the four may be forgotten. A document
 * that then names it, or another map, costs its child, since the cage opens no files; the next child has all four
 * again. */
#ifndef RENDA_WORKER_PDF_H
#define RENDA_WORKER_PDF_H

#include "worker/document.h"

#define PDF_PAGES_MAX 500

void pdf_init(void);
void pdf_read(struct span bytes, struct arena *a, struct document *out);

#endif
