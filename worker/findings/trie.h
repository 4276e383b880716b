/* trie.h - a set of words, each with a number, found by walking a text one letter at a time.
 * First words are put in, then it is packed into a double array, where a step is two loads whatever the letter. A
 * packed one is read-only and may be shared by any number of threads. */
#ifndef RENDA_WORKER_FINDINGS_TRIE_H
#define RENDA_WORKER_FINDINGS_TRIE_H

#include <stdint.h>

#include "common/span.h"

/* Letters from here on (no script is there) are in no word. */
#define TRIE_LETTERS 0x40000u

/* The cells of a node's children stand at its base + their letter's number. */
struct trie_cell {
    uint32_t base, parent; /* parent: its cell */
    uint32_t value;        /* of the word that ends here; 0: none does */
};

struct trie_edges; /* while words are put in */

struct trie {
    uint16_t *number; /* of each letter, by code point; 0: in no word */
    uint32_t *first;  /* the root's child, by code point; 0: no word begins so. Most walks end here */
    uint32_t letter_count;
    struct trie_cell *cells; /* the first is the root */
    struct trie_edges *edges;
};

/* Both return 0, or -1 when memory is out. A trie with all fields zero may be freed. */
int trie_init(struct trie *t);
int trie_pack(struct trie *t);
void trie_fini(struct trie *t);

/* Before it is packed: the place of this word's value, 0 when the word is new. NULL for an empty word, a letter from
 * TRIE_LETTERS on, or when memory is out. Valid until the next call. */
uint32_t *trie_put(struct trie *t, struct span word);

/* The value of exactly this word in a packed trie; 0: it is none. */
uint32_t trie_get(const struct trie *t, struct span word);

/* The letter at *p, moving behind it. The text is valid UTF-8, so its first byte tells its length. */
static inline uint32_t trie_letter(const char **p)
{
    const unsigned char *q = (const unsigned char *)*p;
    if (q[0] >= 0xE0 && q[0] < 0xF0) { /* Chinese */
        *p += 3;
        return (uint32_t)(q[0] & 0x0F) << 12 | (uint32_t)(q[1] & 0x3F) << 6 | (q[2] & 0x3F);
    }
    if (q[0] < 0x80) {
        *p += 1;
        return q[0];
    }
    if (q[0] < 0xE0) {
        *p += 2;
        return (uint32_t)(q[0] & 0x1F) << 6 | (q[1] & 0x3F);
    }
    *p += 4;
    return (uint32_t)(q[0] & 0x07) << 18 | (uint32_t)(q[1] & 0x3F) << 12 | (uint32_t)(q[2] & 0x3F) << 6 | (q[3] & 0x3F);
}

/* From the root by one letter. 0: no word begins so. */
static inline uint32_t trie_first(const struct trie *t, uint32_t letter)
{
    return letter < TRIE_LETTERS ? t->first[letter] : 0;
}

/* From a node by one letter. 0: no word goes on so. */
static inline uint32_t trie_step(const struct trie *t, uint32_t node, uint32_t letter)
{
    if (letter >= TRIE_LETTERS)
        return 0;
    uint32_t to = t->cells[node].base + t->number[letter];
    return t->cells[to].parent == node ? to : 0;
}

#endif
