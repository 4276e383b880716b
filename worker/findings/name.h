/* name.h - Chinese persons' names: a surname and one or two letters, where what follows shows that the name has ended.
 */
#ifndef RENDA_WORKER_FINDINGS_NAME_H
#define RENDA_WORKER_FINDINGS_NAME_H

#include "common/span.h"
#include "worker/findings/lexicon.h"

/* Reads the name that begins at p. Spaces within are skipped in *name's length but kept in its span. Returns the first
 * byte behind it, or p when no name begins here. sure: in a list of appointments, where a name must stand, so that rare
 * surnames need no proof. */
const char *name_read(const struct lexicon *lex, const char *p, const char *end, bool sure, struct span *name);

/* Two to most letters up to where a name may end, whatever they begin with: only where a list shows that a name must
 * stand. */
const char *name_read_any(const struct lexicon *lex, const char *p, const char *end, int most, struct span *name);

/* Between two list signs: a surname and two letters, whatever they are. */
const char *name_read_listed(const struct lexicon *lex, const char *p, const char *end, struct span *name);

/* Behind a full post (市人大常委会主任) three letters are taken as a name though nothing shows where it ends. */
const char *name_read_behind_post(const struct lexicon *lex, const char *p, const char *end, bool sure,
                                  struct span *name);

/* A name that ends exactly at end and begins with a surname, two or three letters (four for a double surname);
 * empty when there is none. begin bounds the search. sure: a surname that is mostly an ordinary word counts too. */
struct span name_before(const struct lexicon *lex, const char *begin, const char *end, bool sure);

#endif
