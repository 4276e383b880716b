/* selector.h - CSS selectors, as far as a site's entry may use them, and the fields that they can be given for.
 *
 *   h1  *  .title  #zoom  div.con  [name]  [name=PubDate]  [class~=con]  [href^=/art]  [href$='.pdf']  [href*=zw]
 *   A B     B somewhere inside A          A > B   B directly inside A
 *   A + B   B right behind A              A ~ B   B behind A, both in the same element
 *   td:nth-of-type(2)   td:first-of-type  A, B    either
 *   A::attr(content)    that attribute's value in the place of the text; of a <meta> it is content anyway
 *
 * What needs to look ahead (:last-child, :has) or to count scripts (:nth-child) is refused: a page is read once, from
 * its beginning, without its scripts and idle styles. A <tbody> without class or id may be named or not, since browsers
 * show one where the page has none. Names of elements and attributes are matched in lower case, values as written. */
#ifndef RENDA_COMMON_SELECTOR_H
#define RENDA_COMMON_SELECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/span.h"

#define SELECTOR_MAX_BYTES 500
#define SELECTOR_PARTS_MAX 64
#define SELECTOR_TESTS_MAX 64
#define SELECTOR_NTH_MAX   8

/* id, name in the config, an example, what it selects */
#define SELECT_FIELDS(X)                                                                                               \
    X(TITLE, "title", "h1.title", "the headline")                                                                      \
    X(SUBTITLE, "subtitle", "div.sub", "the line under it")                                                            \
    X(DATE, "date", "span.date", "an element that holds the day of publication")                                       \
    X(SOURCE, "source", "span.from", "who published it first")                                                         \
    X(AUTHORS, "authors", ".author", "who wrote it; several elements, or one with all names")                          \
    X(EDITOR, "editor", ".editor", "who edited it")                                                                    \
    X(ISSUE, "issue", ".issue", "of a journal")                                                                        \
    X(COLUMN, "column", ".path > a", "the part of the site that it stands in")                                         \
    X(BODY, "body", "'#zoom'", "the text; several elements are joined")                                                \
    X(EXCEPT, "except", ".share", "what stands in the body and does not belong to it")                                 \
    X(LIST, "list", "ul.news", "on list pages: the elements whose links are articles")

enum select_field {
#define X(id, name, sample, meaning) SELECT_##id,
    SELECT_FIELDS(X)
#undef X
        SELECT_FIELD_COUNT
};

extern const char *const select_field_names[SELECT_FIELD_COUNT];

enum selector_join { JOIN_NONE, JOIN_INSIDE, JOIN_CHILD, JOIN_NEXT, JOIN_AFTER };

enum selector_compare { HAS_ATTRIBUTE, IS_VALUE, HAS_WORD, BEGINS_WITH, ENDS_WITH, HOLDS };

struct selector_test {
    enum selector_compare compare;
    struct span name, value; /* of the attribute: .title is "class" HAS_WORD "title" */
};

/* What stands between two blanks or signs: div.con[lang] */
struct selector_part {
    enum selector_join join; /* to the part before it; JOIN_NONE begins an alternative */
    struct span type;        /* empty: any */
    const struct selector_test *tests;
    int test_count;
    int nth, counter; /* the nth of its type, by this counter; 0: any */
    bool last;        /* its element is what the alternative selects */
    struct span attr; /* whose value is wanted; empty: the text */
};

struct selector {
    struct selector_part parts[SELECTOR_PARTS_MAX];
    struct selector_test tests[SELECTOR_TESTS_MAX];
    int part_count, test_count, nth_count;
};

/* In the arena; spans are views into text, which must live as long. NULL with what is wrong, and where, in *e. */
struct selector *selector_compile(struct span text, struct arena *a, struct err *e);

/* Does the element with this name (lower case) and these attributes (name, value, name, value, NULL; a value may be
 * NULL) pass the part's type and tests? Where it stands is not looked at. */
bool selector_fits(const struct selector_part *part, const char *name, const char *const *attributes);

#endif
