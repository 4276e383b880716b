/* wire.h - the messages between the roles, as msgpack maps (msgpack.org specification).
 *
 *   worker → producer  STATE   {v, type, session, epoch, rules, window_pages, window_bytes, received, received_bytes,
 *                               held: [capture…], parsing, blocked}        every 500 ms and on change
 *   producer → worker  EPOCH   {v, type, epoch}
 *   producer → worker  WORK    {v, type, epoch, capture, seq, pass, url, …, parts: [{number, raw_bytes, url, …}…]}
 *                              + one frame: the page as a zstd frame, then each part's, raw_bytes long
 *   worker → sink      RESULT  {v, type, capture, pass, rules, failed?, failed_part?, parsed?: bin}
 *                      parsed  {class, charset, charset_how, reason, article, findings, links,
 *                               needs: [{kind, url, name, why, from, to}…], selected?}   written by the caged child
 *   sink → anyone      topic, seq as text, payload (event.h); and hints for the producer (hint.h)
 *
 * Packing uses msgpack-c. Reading is a cursor over the received bytes: it copies nothing, allocates only what the bytes
 * can really hold (the library's unpacker trusts the sizes that a message claims), and goes on harmlessly after the
 * first failure, which msg_done() reports. Strings must be UTF-8 without U+0000; NaN and duplicate keys are refused;
 * unknown keys are skipped, so that a newer peer may say more. */
#ifndef RENDA_COMMON_WIRE_H
#define RENDA_COMMON_WIRE_H

#include <msgpack.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/result.h"
#include "common/store.h"

#define WIRE_VERSION     1
#define WIRE_HELD_MAX    1024
#define WIRE_MESSAGE_MAX ((int64_t)64 * 1024 * 1024) /* ZMQ_MAXMSGSIZE */
#define WIRE_HIGH_WATER  16
/* Frames, three for each message, that wait for a slow subscriber: it asks the outbox for what it missed. The news of a
 * first visit come by the thousand at once. */
#define WIRE_FEED_HIGH_WATER 65536

struct state {
    uint64_t session; /* random, one for each life of a worker */
    int64_t epoch;    /* of the producer, as last seen; 0: none yet */
    struct span rules;
    int64_t window_pages, window_bytes; /* what it is ready to hold, absolute */
    int64_t received, received_bytes;   /* WORK that arrived in this epoch, in all */
    int64_t held[WIRE_HELD_MAX];        /* captures it has, the one being parsed included */
    int held_count;
    int64_t held_bytes;
    int64_t parsing; /* capture, or 0 */
    bool blocked;    /* waits for the sink */
};

/* What a message's "type" says. */
enum wire_type { WIRE_STATE, WIRE_EPOCH, WIRE_WORK, WIRE_RESULT, WIRE_BAD };

/* ---- writing ----------------------------------------------------------------------------------------------------- */

void wire_pack_state(msgpack_sbuffer *out, const struct state *s);
void wire_pack_epoch(msgpack_sbuffer *out, int64_t epoch);
void wire_pack_work(msgpack_sbuffer *out, const struct work *w); /* without w->raw */
/* r: capture, pass, rules, failed, failed_part; the rest of it is in parsed. failed or parsed is empty. */
void wire_pack_result(msgpack_sbuffer *out, const struct result *r, struct span parsed);
void wire_pack_parsed(msgpack_packer *pk, const struct result *r);
void wire_pack_finding(msgpack_packer *pk, const struct finding *f);

/* ---- reading: 0, or -1 with *e saying what was wrong ----------------------------------------------------------------
 */

/* What the message says it is; the version is checked by the functions below. */
enum wire_type wire_type_of(struct span msg);

int wire_read_state(struct span msg, struct state *s, struct err *e);
int wire_read_epoch(struct span msg, int64_t *epoch, struct err *e);
int wire_read_work(struct span msg, struct work *w, struct err *e);
/* *parsed is a view into msg, empty when failed is set. */
int wire_read_result(struct span msg, struct result *r, struct span *parsed, struct err *e);
/* Fills everything of *r below `failed`. Strings are views into msg; lists are in the arena. */
int wire_read_parsed(struct span msg, struct arena *a, struct result *r, struct err *e);

#endif
