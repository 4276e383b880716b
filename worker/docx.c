#include "worker/docx.h"

#include <libxml/parser.h>
#include <zip.h>

#include "common/text.h"

#define DOCUMENT_XML "word/document.xml"
#define PIECE_BYTES  65536

/* ---- the text of WordprocessingML -------------------------------------------------------------------------------- */

struct reader {
    struct arena *a;
    xmlParserCtxtPtr parser;
    char *text;
    size_t n, room;
    int depth, cells, skipped; /* skipped: the depth below which nothing counts; 0: none */
    bool in_text;
    const char *why;
};

static void put(struct reader *r, const char *p, size_t n)
{
    if (r->n + n > DOCUMENT_TEXT_MAX_BYTES) {
        r->why = "longer than what is read of one attachment";
        xmlStopParser(r->parser);
        return;
    }
    if (r->n + n > r->room) {
        size_t room = (r->n + n) * 2;
        r->text = arena_grow(r->a, r->text, r->n, room);
        r->room = room;
    }
    memcpy(r->text + r->n, p, n);
    r->n += n;
}

static const char *local(const xmlChar *name)
{
    const char *colon = strchr((const char *)name, ':');
    return colon == NULL ? (const char *)name : colon + 1;
}

static bool is(const char *name, const char *what)
{
    return strcmp(name, what) == 0;
}

static void on_start(void *ctx, const xmlChar *qname, const xmlChar **atts)
{
    struct reader *r = ctx;
    const char *name = local(qname);
    (void)atts;
    if (++r->depth > DOCX_DEPTH_MAX) {
        r->why = "a DOCX that is nested too deep";
        xmlStopParser(r->parser);
        return;
    }
    if (r->skipped > 0)
        return;
    if (is(name, "Fallback") || is(name, "del") || is(name, "moveFrom")) /* said again; deleted */
        r->skipped = r->depth;
    else if (is(name, "t"))
        r->in_text = true;
    else if (is(name, "tab"))
        put(r, " ", 1);
    else if (is(name, "br") || is(name, "cr"))
        put(r, "\n", 1);
    else if (is(name, "tc"))
        r->cells++;
}

static void on_end(void *ctx, const xmlChar *qname)
{
    struct reader *r = ctx;
    const char *name = local(qname);
    if (r->skipped > 0) {
        r->skipped = r->depth == r->skipped ? 0 : r->skipped;
    } else if (is(name, "t")) {
        r->in_text = false;
    } else if (is(name, "p")) {
        put(r, r->cells > 0 ? " " : "\n", 1); /* a table's row is one line */
    } else if (is(name, "tc")) {
        r->cells -= r->cells > 0;
    } else if (is(name, "tr")) {
        put(r, "\n", 1);
    }
    r->depth--;
}

static void on_text(void *ctx, const xmlChar *p, int n)
{
    struct reader *r = ctx;
    if (r->in_text && r->skipped == 0 && n > 0)
        put(r, (const char *)p, (size_t)n);
}

/* The standard allows no document type (ISO/IEC 29500-2): what brings one wants its entities expanded. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    struct reader *r = ctx;
    (void)name, (void)id, (void)system;
    r->why = "a DOCX with a document type declaration";
    xmlStopParser(r->parser);
}

static xmlParserCtxtPtr open_parser(struct reader *r)
{
    static xmlSAXHandler sax = { .startElement = on_start,
                                 .endElement = on_end,
                                 .characters = on_text,
                                 .cdataBlock = on_text,
                                 .ignorableWhitespace = on_text, /* a run may be one blank */
                                 .internalSubset = on_doctype };
    r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (r->parser != NULL)
        xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    return r->parser;
}

static void close_parser(struct reader *r)
{
    if (r->parser->myDoc != NULL)
        xmlFreeDoc(r->parser->myDoc);
    xmlFreeParserCtxt(r->parser);
}

/* ---- the archive ------------------------------------------------------------------------------------------------- */

/* Unpacks piece by piece into the parser, so that a bomb is cut off at DOCX_XML_MAX_BYTES. */
static void feed(struct reader *r, zip_file_t *f)
{
    static char piece[PIECE_BYTES]; /* one page at a time is read in a process */
    size_t all = 0;
    zip_int64_t n = 0;
    while (r->why == NULL && (n = zip_fread(f, piece, sizeof(piece))) > 0) {
        all += (size_t)n;
        if (all > DOCX_XML_MAX_BYTES)
            r->why = "a DOCX that unpacks to more than is read";
        else if (xmlParseChunk(r->parser, piece, (int)n, 0) != 0 && r->why == NULL)
            r->why = "a DOCX whose text is no well-formed XML";
    }
    if (r->why == NULL && n < 0)
        r->why = "a DOCX whose text cannot be unpacked";
    if (r->why == NULL && xmlParseChunk(r->parser, NULL, 0, 1) != 0)
        r->why = "a DOCX whose text ends too early";
}

static void read_entry(zip_t *z, struct reader *r)
{
    if (zip_get_num_entries(z, 0) > DOCX_ENTRIES_MAX) {
        r->why = "an archive with too many files";
        return;
    }
    zip_file_t *f = zip_fopen(z, DOCUMENT_XML, 0);
    if (f == NULL) {
        r->why = "an archive, and no DOCX document";
        return;
    }
    if (open_parser(r) == NULL) {
        r->why = "out of memory";
    } else {
        feed(r, f);
        close_parser(r);
    }
    zip_fclose(f);
}

void docx_read(struct span bytes, struct arena *a, struct document *out)
{
    struct reader r = { .a = a };
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    zip_t *z = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (z == NULL) {
        out->why = arena_printf(a, "an archive that cannot be opened: %s", zip_error_strerror(&error));
        if (source != NULL)
            zip_source_free(source);
    } else {
        read_entry(z, &r);
        zip_discard(z);
        out->why = span_of(r.why);
    }
    zip_error_fini(&error);
    out->text = (struct span){ r.text, r.n };
}
