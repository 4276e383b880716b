#include "worker/findings/trie.h"

#include <stdlib.h>

#include "common/text.h"

#define NO_PARENT UINT32_MAX /* of a free cell, and of the root */

/* The tree while it grows: each node knows its first child and its next sibling. The root's many children are looked up
 * by letter (first). */
struct node {
    uint32_t letter; /* its number */
    uint32_t child, next;
    uint32_t value;
    uint32_t cell; /* once placed */
};

struct trie_edges {
    struct node *nodes; /* the first is the root */
    uint32_t count, cap;
};

int trie_init(struct trie *t)
{
    *t = (struct trie){ .number = calloc(TRIE_LETTERS, sizeof(*t->number)),
                        .first = calloc(TRIE_LETTERS, sizeof(*t->first)),
                        .edges = calloc(1, sizeof(*t->edges)) };
    if (t->number == NULL || t->first == NULL || t->edges == NULL)
        return -1;
    struct trie_edges *e = t->edges;
    e->cap = 1024;
    e->nodes = calloc(e->cap, sizeof(*e->nodes));
    e->count = 1;
    return e->nodes == NULL ? -1 : 0;
}

static void edges_free(struct trie_edges *e)
{
    if (e == NULL)
        return;
    free(e->nodes);
    free(e);
}

void trie_fini(struct trie *t)
{
    edges_free(t->edges);
    free(t->number);
    free(t->first);
    free(t->cells);
    *t = (struct trie){ 0 };
}

static uint32_t child_of(const struct trie *t, uint32_t node, uint32_t letter)
{
    const struct trie_edges *e = t->edges;
    if (node == 0)
        return t->first[letter];
    uint32_t i = e->nodes[node].child;
    while (i != 0 && e->nodes[i].letter != t->number[letter])
        i = e->nodes[i].next;
    return i;
}

/* 0 when memory is out. */
static uint32_t add_child(struct trie *t, uint32_t node, uint32_t letter)
{
    struct trie_edges *e = t->edges;
    if (t->number[letter] == 0 && t->letter_count == UINT16_MAX)
        return 0;
    if (e->count == e->cap) {
        struct node *more = realloc(e->nodes, sizeof(*more) * e->cap * 2);
        if (more == NULL)
            return 0;
        e->nodes = more;
        e->cap *= 2;
    }
    if (t->number[letter] == 0)
        t->number[letter] = (uint16_t)++t->letter_count;
    uint32_t to = e->count++;
    e->nodes[to] = (struct node){ .letter = t->number[letter], .next = e->nodes[node].child };
    e->nodes[node].child = to;
    if (node == 0)
        t->first[letter] = to;
    return to;
}

uint32_t *trie_put(struct trie *t, struct span word)
{
    uint32_t node = 0;
    for (const char *p = word.p, *end = word.p + word.n; p < end;) {
        uint32_t letter = text_next(&p, end);
        if (letter >= TRIE_LETTERS)
            return NULL;
        uint32_t to = child_of(t, node, letter);
        if (to == 0)
            to = add_child(t, node, letter);
        if (to == 0)
            return NULL;
        node = to;
    }
    return node == 0 ? NULL : &t->edges->nodes[node].value;
}

/* ---- packing ---- */

struct packing {
    const struct trie *t;
    struct trie_cell *cells;
    uint32_t count; /* of cells */
    uint32_t free;  /* no cell before this one is free */
};

/* Cells up to this one, and for every letter behind it, so that no step leaves them. */
static int make_room(struct packing *k, uint32_t cell)
{
    uint32_t need = cell + k->t->letter_count + 1;
    if (need <= k->count)
        return 0;
    uint32_t count = need > k->count * 2 ? need : k->count * 2;
    struct trie_cell *more = realloc(k->cells, sizeof(*more) * count);
    if (more == NULL)
        return -1;
    for (uint32_t i = k->count; i < count; i++)
        more[i] = (struct trie_cell){ 0, NO_PARENT, 0 };
    k->cells = more;
    k->count = count;
    return 0;
}

static bool is_free(const struct packing *k, uint32_t cell)
{
    return k->cells[cell].parent == NO_PARENT;
}

static bool base_fits(const struct packing *k, uint32_t first, uint32_t base)
{
    const struct node *nodes = k->t->edges->nodes;
    for (uint32_t i = first; i != 0; i = nodes[i].next) {
        if (!is_free(k, base + nodes[i].letter))
            return false;
    }
    return true;
}

/* Gives the children of a node that has a cell their own: the first ones where all are free. */
static int place_children(struct packing *k, struct node *node)
{
    struct node *nodes = k->t->edges->nodes;
    uint32_t first = node->child;
    if (first == 0)
        return 0;
    while (!is_free(k, k->free))
        k->free++;
    uint32_t cell = k->free;
    while (!is_free(k, cell) || !base_fits(k, first, cell - nodes[first].letter)) {
        if (make_room(k, ++cell) < 0)
            return -1;
    }
    uint32_t base = cell - nodes[first].letter;
    k->cells[node->cell].base = base;
    for (uint32_t i = first; i != 0; i = nodes[i].next) {
        nodes[i].cell = base + nodes[i].letter;
        k->cells[nodes[i].cell].parent = node->cell;
        k->cells[nodes[i].cell].value = nodes[i].value;
    }
    return make_room(k, base + k->t->letter_count);
}

int trie_pack(struct trie *t)
{
    struct packing k = { .t = t, .free = t->letter_count + 1 }; /* so that every base is at least 1 */
    int rc = make_room(&k, k.free + t->letter_count);
    for (uint32_t i = 0; i < t->edges->count && rc == 0; i++) /* a node stands behind its parent */
        rc = place_children(&k, &t->edges->nodes[i]);
    for (uint32_t letter = 0; letter < TRIE_LETTERS; letter++) {
        if (t->first[letter] != 0)
            t->first[letter] = t->edges->nodes[t->first[letter]].cell;
    }
    t->cells = k.cells;
    edges_free(t->edges);
    t->edges = NULL;
    return rc;
}

uint32_t trie_get(const struct trie *t, struct span word)
{
    const char *p = word.p, *end = word.p + word.n;
    uint32_t node = p < end ? trie_first(t, trie_letter(&p)) : 0;
    while (node != 0 && p < end)
        node = trie_step(t, node, trie_letter(&p));
    return node == 0 ? 0 : t->cells[node].value;
}
