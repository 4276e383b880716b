/* docx.h - the text of an Office Open XML document (ISO/IEC 29500): word/document.xml in a ZIP archive. */
#ifndef RENDA_WORKER_DOCX_H
#define RENDA_WORKER_DOCX_H

#include "worker/document.h"

#define DOCX_XML_MAX_BYTES ((size_t)64 * 1024 * 1024) /* unpacked; a document with more is read up to here */
#define DOCX_DEPTH_MAX     256
#define DOCX_ENTRIES_MAX   10000 /* files in the archive */

void docx_read(struct span bytes, struct arena *a, struct document *out);

#endif
