/* What may still be sent to a worker: its window less what it holds less what is on its way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "producer/peer.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void room(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool known;
        int64_t window, held, received, sent, want;
    } rows[] = {
        { "not heard of yet", false, 16, 0, 0, 0, 0 },
        { "fresh", true, 16, 0, 0, 0, 16 },
        { "all sent, nothing told yet", true, 16, 0, 0, 16, 0 },
        { "all arrived and held", true, 16, 16, 16, 16, 0 },
        { "half of them done", true, 16, 8, 16, 16, 8 },
        { "some held, some on their way", true, 16, 5, 10, 14, 7 },
        { "all done", true, 16, 0, 1000, 1000, 16 },
        { "its window shrank", true, 4, 10, 10, 10, -6 },
        { "it closed its window", true, 0, 3, 3, 3, -3 },
        { "an old STATE: what was sent since counts", true, 16, 0, 0, 30, -14 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        static struct peer p;
        memset(&p, 0, sizeof(p));
        p.known = rows[i].known;
        p.sent = rows[i].sent;
        p.state.window_pages = rows[i].window;
        p.state.held_count = (int)rows[i].held;
        p.state.received = rows[i].received;
        p.sent_bytes = rows[i].sent * 1000; /* bytes are counted alike */
        p.state.window_bytes = rows[i].window * 1000;
        p.state.held_bytes = rows[i].held * 1000;
        p.state.received_bytes = rows[i].received * 1000;
        if (peer_room_pages(&p) != rows[i].want || peer_room_bytes(&p) != rows[i].want * 1000)
            bad++, print_error("%s: %lld pages, %lld bytes\n", rows[i].name, (long long)peer_room_pages(&p),
                               (long long)peer_room_bytes(&p));
    }
    assert_int_equal(bad, 0);
}

/* Whatever order the two sides' news come in, no more is under way than the window: every interleaving of ten steps of
 * sending, arriving, finishing and telling. */
static void no_interleaving_exceeds_the_window(void **state)
{
    (void)state;
    enum { WINDOW = 3, STEPS = 10 };
    int bad = 0;
    for (long order = 0; order < 1L << (2 * STEPS); order++) {
        static struct peer p;
        memset(&p, 0, sizeof(p));
        p.known = true;
        p.state.window_pages = WINDOW;
        int on_the_way = 0, held = 0, received = 0;
        for (int step = 0; step < STEPS; step++) {
            switch (order >> 2 * step & 3) {
            case 0:
                if (peer_room_pages(&p) > 0) {
                    p.sent++;
                    on_the_way++;
                }
                break;
            case 1:
                if (on_the_way > 0) {
                    on_the_way--;
                    held++;
                    received++;
                }
                break;
            case 2:
                held -= held > 0;
                break;
            default: /* a STATE: as things are now; the producer sees it before it sends again */
                p.state.held_count = held;
                p.state.received = received;
                break;
            }
            bad += on_the_way + held > WINDOW;
        }
    }
    assert_int_equal(bad, 0);
}

static void holds(void **state)
{
    (void)state;
    static struct peer p = { .state = { .held = { 5, 9, 7 }, .held_count = 2 } };
    assert_true(peer_holds(&p, 5));
    assert_true(peer_holds(&p, 9));
    assert_false(peer_holds(&p, 7)); /* behind the count */
    assert_false(peer_holds(&p, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(room), cmocka_unit_test(no_interleaving_exceeds_the_window),
                                        cmocka_unit_test(holds) };
    return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
