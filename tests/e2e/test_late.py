"""Messages that come late, twice, out of order, or from somebody who means harm. A proxy stands between the workers and
the sink and holds back what it is told to; results that the ring itself cannot produce any more are written by hand."""

import math
import os
import random
import socket
import struct
import threading

import msgpack
import zmq

import ring

ARTICLES = 25
TABLES = ("article", "revision", "finding", "event", "place", "capture", "url")
LOG_LINES_MAX = 12  # of one role about hundreds of bad messages
FENCE = "http://127.0.0.1:9/fence"


class Proxy:
    """Between workers (PUSH) and sink (PULL): remembers every message, holds back what hold(message) says."""

    def __init__(self, case, front, back):
        self.context = zmq.Context()
        self.front = self.context.socket(zmq.PULL)
        self.front.bind(front)
        self.back = self.context.socket(zmq.PUSH)
        self.back.setsockopt(zmq.RECONNECT_IVL, 10)
        self.back.connect(back)
        self.lock = threading.Lock()
        self.seen, self.held, self.outbox = [], [], []
        self.hold = lambda result: False
        self.ending = False
        self.thread = threading.Thread(target=self._turn, daemon=True)
        self.thread.start()
        case.addCleanup(self.end)

    def _turn(self):
        while not self.ending:
            if self.front.poll(5):
                message = self.front.recv()
                with self.lock:
                    self.seen.append(message)
                    (self.held if self.hold(msgpack.unpackb(message)) else self.outbox).append(message)
            with self.lock:
                out, self.outbox = self.outbox, []
            for message in out:
                self.back.send(message)

    def send(self, *messages):
        with self.lock:
            self.outbox.extend(messages)

    def release(self):
        """What was held back goes on; how many."""
        with self.lock:
            n = len(self.held)
            self.outbox.extend(self.held)
            self.held = []
        return n

    def end(self):
        self.ending = True
        self.thread.join()
        self.context.destroy(0)


def result(capture, pass_, **more):
    return msgpack.packb({"v": 1, "type": "result", "capture": capture, "pass": pass_, "rules": "test", **more}, use_bin_type=True)


def parsed(title, text, figure, links=()):
    """What a worker's child says of an article with one figure."""
    return msgpack.packb({
        "class": "article", "charset": "UTF-8", "charset_how": "declared", "reason": "",
        "article": {"title": title, "text": text, "published": "2025-03-14", "authors": []},
        "findings": [{"kind": "figure", "start": 0, "end": 1, "quote": text[:20], "rule": "test.rule", "value": str(figure), "unit": "件"}],
        "links": [{"url": url, "role": "article", "title": "", "date": "", "column": "", "next": False} for url in links],
    }, use_bin_type=True)


class Late(ring.Case):
    def setUp(self):
        self.sample = self.sites(ARTICLES)
        self.r = self.ring(self.sample.config(only=[0], poll="300ms", delay="0", concurrency=4))
        self.front = "ipc://%s/proxy" % self.r.folder
        self.proxy = Proxy(self, self.front, self.r.endpoint("results"))

    def start(self, *roles):
        for role in roles:
            self.r.start(role, config=self.r.write_config("worker.yaml", results=self.front) if role == "worker" else None)

    def stop(self, *roles):
        for role in roles:
            self.assertEqual(0, self.r.processes[role].stop(), role)

    def fence(self):
        """Returns when the sink has dealt with everything that was sent before: a result of our own has been settled."""
        r = self.r
        url = r.one("SELECT id FROM url WHERE url = ?", FENCE)
        if url is None:
            site, host = r.rows("SELECT site_id, host_id FROM url LIMIT 1")[0]
            url = r.execute("INSERT INTO url (url, site_id, host_id, role, priority, state, interval_ms, found_at) "
                            "VALUES (?, ?, ?, 'article', 2, 'ok', 1000, 0)", FENCE, site, host)
        capture = self.add_capture(url, (r.one("SELECT MAX(seq) FROM capture WHERE url_id = ?", url) or 0) + 1)
        self.proxy.send(result(capture, 1, parsed=msgpack.packb({
            "class": "other", "charset": "", "charset_how": "", "reason": "", "findings": [], "links": []})))
        r.wait_for("the sink through with what was sent", 20, lambda: r.one("SELECT state FROM capture WHERE id = ?", capture) == "settled")

    def add_capture(self, url, seq, pass_=1):
        """A pending capture without a body: it is never dispatched, so its result is ours to write."""
        return self.r.execute("INSERT INTO capture (url_id, seq, pass, state, priority, role, final_url, status, fetched_at, digest, bytes, "
                              "raw_bytes) VALUES (?, ?, ?, 'pending', 2, 'article', 'http://x/', 200, ?, 'd', 1, 1)", url, seq, pass_, seq)

    def dump(self):
        """Without the fences."""
        dump = self.r.dump(*TABLES)
        fence = self.r.one("SELECT id FROM url WHERE url = ?", FENCE)
        dump["capture"] = [row for row in dump["capture"] if row[1] != fence]
        dump["url"] = [row for row in dump["url"] if row[0] != fence]
        return dump

    def assert_unchanged(self, before, but=()):
        now = self.dump()
        for table in TABLES:
            if table not in but:
                rows = set(now[table]) ^ set(before[table])
                self.assertEqual([], sorted(rows, key=str)[:6], table)
        return now

    # -- the ring's own messages

    def test_repeated(self):
        """Every result again, in any order and on end: nothing changes, no event is raised."""
        self.start("sink", "worker", "producer")
        self.r.wait_idle(ARTICLES, 30)
        self.stop("producer", "worker")
        self.fence()
        before, messages = self.dump(), list(self.proxy.seen)
        for _ in range(3):
            random.shuffle(messages)
            self.proxy.send(*messages)
        self.fence()
        self.assert_unchanged(before)
        self.stop("sink")
        self.r.check(self)
        ring.say("%d results three times more: nothing changed" % len(messages))

    def test_twice_at_once(self):
        """Each result twice in a row, so that both come in one batch."""
        def twice(m):
            self.proxy.outbox += [msgpack.packb(m, use_bin_type=True)] * 2  # hold() runs under the lock
            return False
        self.proxy.hold = twice
        self.start("sink", "worker", "producer")
        self.r.wait_idle(ARTICLES, 30)
        self.stop("producer", "worker", "sink")
        self.assertEqual([(ARTICLES,)], self.r.rows("SELECT COUNT(*) FROM event WHERE topic = 'article.new'"))
        self.assertEqual(ARTICLES, self.r.count("revision"))
        said = sum(len(msgpack.unpackb(msgpack.unpackb(m)["parsed"])["findings"]) for m in self.proxy.seen)
        self.assertEqual(said, self.r.count("finding"))
        self.r.check(self)

    def test_held_back(self):
        """The result of an article's first capture is held back, sent again, overtaken by an edited text, and then comes."""
        url = self.sample[0].truth()[3]["url"]
        r = self.r
        self.start("sink", "producer")

        def first_of_article(m):
            of = r.one("SELECT u.url FROM capture c JOIN url u ON u.id = c.url_id WHERE c.id = ?", m["capture"])
            return of == url and not self.proxy.held
        self.proxy.hold = first_of_article
        self.start("worker")
        r.wait_for("the result held back", 20, lambda: self.proxy.held)
        self.proxy.hold = lambda m: False
        r.wait_for("the others stored", 20, lambda: r.count("article") >= ARTICLES - 1)

        self.sample[0].edit(url=url)
        r.execute("UPDATE url SET next_visit_at = 0, priority = 0 WHERE url = ?", url)
        r.wait_for("its second capture", 20, lambda: r.one("SELECT seq FROM url WHERE url = ?", url) == 2)
        states = "SELECT c.seq, c.state FROM capture c JOIN url u ON u.id = c.url_id WHERE u.url = ? ORDER BY c.seq"
        self.assertEqual([(1, "pending"), (2, "pending")], r.rows(states, url), "one at a time for each URL")
        r.wait_for("both settled", 30, lambda: r.rows(states, url) == [(1, "settled"), (2, "settled")])
        self.assertEqual(1, r.one("SELECT c.sends FROM capture c JOIN url u ON u.id = c.url_id WHERE u.url = ? AND c.seq = 1", url))
        r.wait_idle(ARTICLES, 20)
        self.assertEqual(2, r.one("SELECT revisions FROM article WHERE url = ?", url))

        self.stop("producer", "worker")
        self.fence()
        before = self.dump()
        self.assertEqual(1, self.proxy.release())
        self.fence()
        self.assert_unchanged(before)
        self.assertEqual([("article.new",), ("article.revised",)], r.rows(
            "SELECT e.topic FROM event e JOIN article a ON a.id = e.article_id WHERE a.url = ? AND e.topic LIKE 'article.%' ORDER BY e.seq", url))
        self.stop("sink")
        r.check(self)

    # -- messages by hand

    def stored(self):
        """The ring has run and only the sink is left; a stored article, its seq raised so that older ones can come."""
        r = self.r
        self.start("sink", "worker", "producer")
        r.wait_idle(ARTICLES, 30)
        self.stop("producer", "worker")
        url, article = r.rows("SELECT url_id, id FROM article ORDER BY id LIMIT 1")[0]
        for table, where in (("capture", "url_id"), ("url", "id"), ("article", "url_id")):
            r.execute("UPDATE %s SET seq = 10 WHERE %s = ?" % (table, where), url)
        r.execute("UPDATE revision SET seq = 10 WHERE article_id = ?", article)
        self.fence()
        return url, article

    def test_older_after_newer(self):
        """An old capture's result after a newer one: into the history, without an event; again: nothing at all."""
        r = self.r
        url, article = self.stored()
        for seq, title in ((5, "较早的标题"), (3, "更早的标题")):
            before = self.dump()
            capture = self.add_capture(url, seq)
            old = result(capture, 1, parsed=parsed(title, "较早的正文，共办理建议77件。", 77))
            self.proxy.send(old)
            self.fence()
            self.assertEqual("settled", r.one("SELECT state FROM capture WHERE id = ?", capture))
            self.assert_unchanged(before, but=("article", "revision", "capture"))
            columns = "id, seq, revision_id, digest, rules, changed_at, fetched_at, stored_at, title, text, published, source"
            names = [row[1] for row in r.rows("PRAGMA table_info(article)")]
            self.assertEqual([dict(zip(names, row))[c] for row in before["article"] if row[0] == article for c in columns.split(", ")],
                             list(r.rows("SELECT %s FROM article WHERE id = ?" % columns, article)[0]))
            self.assertEqual([(title,)], r.rows("SELECT title FROM revision WHERE article_id = ? AND seq = ?", article, seq))
            after = self.dump()
            self.proxy.send(old, old)
            self.fence()
            self.assert_unchanged(after)
        self.assertEqual([3, 5, 10], [row[0] for row in r.rows("SELECT seq FROM revision WHERE article_id = ? ORDER BY seq", article)])
        self.stop("sink")
        r.check(self)

    def test_newer_after_older(self):
        """For comparison: a newer one is a new text and an event, once, and the current findings are its own."""
        r = self.r
        url, article = self.stored()
        before = self.dump()
        events = r.count("event")
        new = result(self.add_capture(url, 11), 1, parsed=parsed("新的标题", "新的正文，共办理建议88件。", 88))
        self.proxy.send(new, new)
        self.fence()
        self.assertEqual([("新的标题", 11, 2)], r.rows("SELECT title, seq, revisions FROM article WHERE id = ?", article))
        self.assertEqual([("88",)], r.rows("SELECT value FROM v_figure WHERE article_id = ?", article))
        self.assertEqual("article.revised", r.one("SELECT topic FROM event WHERE seq > ? AND topic LIKE 'article.%'", before["event"][-1][0]))
        self.assertGreater(r.count("event"), events)
        after = self.dump()
        self.proxy.send(new)
        self.fence()
        self.assert_unchanged(after)

        with self.subTest("the same page read anew under other rules: other findings, no event"):
            capture = r.one("SELECT MAX(id) FROM capture WHERE url_id = ?", url)
            r.execute("UPDATE capture SET state = 'pending', pass = 2 WHERE id = ?", capture)
            self.proxy.send(result(capture, 2, parsed=parsed("新的标题", "新的正文，共办理建议88件。", 89)))
            self.fence()
            self.assertEqual([("89",)], r.rows("SELECT value FROM v_figure WHERE article_id = ?", article))
            self.assert_unchanged(after, but=("article", "finding", "capture"))
        self.stop("sink")
        r.check(self)

    def test_another_pass(self):
        """A result or a verdict of another pass, of a settled or an unknown capture, or told twice."""
        r = self.r
        url, article = self.stored()
        said = parsed("别的标题", "别的正文，共办理建议99件。", 99)
        capture = self.add_capture(url, 12, pass_=3)
        settled = r.one("SELECT id FROM capture WHERE url_id = ? AND seq = 10", url)
        before = self.dump()
        self.proxy.send(*[result(capture, p, **what) for p in (1, 2, 4, 2**63 - 1) for what in ({"parsed": said}, {"failed": "timeout"})],
                        *[result(c, 1, **what) for c in (settled, 10**9, 2**63 - 1) for what in ({"parsed": said}, {"failed": "SIGSEGV"})])
        self.fence()
        self.assert_unchanged(before)

        state = "SELECT state, tries, pass, why FROM capture WHERE id = ?"
        verdicts = [result(capture, p, failed="SIGSEGV") for p in (3, 4, 5)]
        for n, verdict in enumerate(verdicts[:2], 1):
            self.proxy.send(*[verdict] * 5)
            self.fence()
            self.assertEqual([("pending", n, 3 + n, "SIGSEGV")], r.rows(state, capture), "told five times, counted once")
        self.proxy.send(verdicts[2], verdicts[2])
        self.fence()
        self.assertEqual([("quarantined", 3, 5, "SIGSEGV")], r.rows(state, capture))
        self.assert_unchanged(before, but=("capture",))
        self.proxy.send(result(capture, 5, parsed=said), result(capture, 6, parsed=said), *verdicts)
        self.fence()
        self.assertEqual([("quarantined", 3, 5, "SIGSEGV")], r.rows(state, capture), "what is quarantined stays")
        self.assert_unchanged(before, but=("capture",))
        self.stop("sink")
        r.check(self)


# ---- bad messages -------------------------------------------------------------------------------------------------------


def raw_map(*pairs):
    """A msgpack map of already packed keys and values, so that keys may stand twice."""
    return bytes([0x80 | len(pairs)]) + b"".join(k + v for k, v in pairs)


def bad_messages(good, seed):
    """A good message (a dict) in every way that it can be bad."""
    rng = random.Random(seed)
    p = lambda value: msgpack.packb(value, use_bin_type=True)
    whole = p(good)
    yield from (b"", b"\xc1", b"\x80", b"\x90", b"\xff" * 100, whole + b"\x00", whole + whole)
    yield from (whole[:n] for n in range(1, len(whole), max(1, len(whole) // 40)))
    yield from (rng.randbytes(rng.randrange(1, 300)) for _ in range(60))
    for head in (b"\xdf\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xde\xff\xff"):
        yield head                                             # claims 4 GB and ends
        yield b"\x82" + p("v") + p(1) + p("type") + head
        yield raw_map((p("v"), p(1)), (p("type"), p(good["type"])), (p("extra"), head))
    for depth in (9, 100, 100000):
        yield b"\x91" * depth + b"\xc0"
        yield raw_map((p("v"), p(1)), (p("type"), p(good["type"])), (p("x"), b"\x81\xa1a" * depth + b"\xc0"))
    for version in (0, 2, -1, 2**63, None, "1", math.nan):
        yield p({**good, "v": version})
    for kind in ("", "State", "nothing", 7, None, b"work"):
        yield p({**good, "type": kind})
    for key in good:
        missing = dict(good)
        del missing[key]
        yield p(missing)
        for value in (None, math.nan, math.inf, -1, 2**63, 2**64 - 1, "\0", [], {}, [[[[[[[[[[1]]]]]]]]]], "x" * 100000):
            if value != good[key] and not (isinstance(good[key], list) and value == []):
                yield p({**good, key: value})
        yield raw_map((p("v"), p(1)), (p("type"), p(good["type"])), (p(key), p(good[key])), (p(key), p(good[key])))
        yield raw_map((p("v"), p(1)), (p("type"), p(good["type"])), (p(key), b"\xa4ab\xff\xfe"))  # not UTF-8
        yield raw_map((p("v"), p(1)), (p("type"), p(good["type"])), (p(key), b"\xa3\xed\xa0\x80"))  # a surrogate
    for _ in range(60):
        broken = bytearray(whole)
        broken[rng.randrange(min(40, len(broken)))] ^= rng.randrange(1, 256)
        if msgpack_type(broken) != good["type"]:
            yield bytes(broken)


def msgpack_type(message):
    try:
        return msgpack.unpackb(bytes(message)).get("type")
    except Exception:
        return None


def knock(endpoint, seed):
    """Somebody who does not even speak ZeroMQ."""
    rng = random.Random(seed)
    greeting = b"\xff" + b"\0" * 8 + b"\x7f\x03\x00NULL" + b"\0" * 48
    for words in (b"GET / HTTP/1.1\r\n\r\n", rng.randbytes(4096), b"\xff" * 64, b"", greeting, greeting + b"\x06" + b"\xff" * 8 + b"x" * 100,
                  greeting + b"\x04\x19\x05READY" + b"\x0bSocket-Type\xff\xff\xff\xff"):
        s = socket.socket(socket.AF_UNIX)
        s.connect(endpoint[len("ipc://"):])
        try:
            s.sendall(words)
        except BrokenPipeError:
            pass
        s.close()


class Hostile(ring.Case):
    STATE = {"v": 1, "type": "state", "session": 7, "epoch": 0, "rules": "r", "window_pages": 0, "window_bytes": 0, "received": 0,
             "received_bytes": 0, "held": [], "held_bytes": 0, "parsing": 0, "blocked": False}
    RESULT = {"v": 1, "type": "result", "capture": 10**6, "pass": 1, "rules": "r", "parsed": b"\x80"}
    EPOCH = {"v": 1, "type": "epoch", "epoch": 5}
    WORK = {"v": 1, "type": "work", "epoch": 5, "capture": 1, "seq": 1, "pass": 1, "fetched_at": 0, "bytes": 1, "priority": 2, "status": 200,
            "url": "http://x/", "final_url": "http://x/", "role": "article", "content_type": "", "hint_title": "", "hint_date": "",
            "hint_column": "", "site": "s", "org": "", "region": "", "level": "", "patterns": "", "selectors": "", "parts": []}

    def setUp(self):
        self.context = zmq.Context()
        self.sockets = []
        self.addCleanup(self.context.destroy, 0)

    def socket(self, kind, endpoint, bind=False):
        s = self.context.socket(kind)
        s.setsockopt(zmq.LINGER, 5000)
        s.setsockopt(zmq.SNDHWM, 0)
        (s.bind if bind else s.connect)(endpoint)
        self.sockets.append(s)  # closed at the end, by the context
        return s

    def assert_quiet(self, p, sent):
        """Alive, and its log says it in a few lines."""
        self.assertTrue(p.alive(), "%s ended\n%s" % (p.name, ring.tail(p.log())))
        lines = [line for line in p.log().splitlines() if " warn: " in line or " error: " in line]
        ring.say("%s: %d bad messages, %d lines in its log" % (p.name, sent, len(lines)))
        self.assertGreater(len(lines), 0, "not said at all")
        self.assertLessEqual(len(lines), LOG_LINES_MAX, "\n" + "\n".join(lines[:20]))

    def test_sink_and_producer(self):
        """Bad RESULTs, STATEs and hints among the good ones, while the ring works: everything is stored, nothing else is."""
        sample = self.sites(100)
        r = self.ring(sample.config(poll="1h", delay="0", concurrency=4))
        sink = r.start("sink")
        r.start("worker")
        hints_at = "ipc://%s/hints" % r.folder
        hints = self.socket(zmq.PUB, hints_at, bind=True)  # the producer hears nothing good
        producer = r.start("producer", config=r.write_config("producer.yaml", feed=hints_at))
        results, states = self.socket(zmq.PUSH, r.endpoint("results")), self.socket(zmq.DEALER, r.endpoint("dispatch"))
        sent = [0, 0]
        for message in bad_messages(self.RESULT, 1):
            results.send(message)
            sent[0] += 1
        for message in bad_messages(self.STATE, 2):
            states.send(message)
            sent[1] += 1
        states.send_multipart([b"", b"", b"x" * 1000])
        states.send_multipart([b"x"] * 50)
        good_hint = msgpack.packb([1, True, [1, 2, 3]])
        for message in [good_hint[:n] for n in range(len(good_hint))] + [os.urandom(50), b"\xdd\xff\xff\xff\xff", b"\x91" * 5000, msgpack.packb([math.nan, 1, -1]),
                                                                      msgpack.packb([2**63, True, [0] * 5000]), good_hint]:
            hints.send_multipart([b"renda.hint", message])
        for frames in ([b"renda.hint"], [b"renda.hint" + b"x" * 500], [b"renda.hint", b"", b"", b""], [b"renda.hint", good_hint]):
            hints.send_multipart(frames)
        feed = self.socket(zmq.XSUB, r.endpoint("feed"))
        for words in (b"\x01", b"\x00nothing", b"\x01" + b"x" * 100000, b"\x07\xff", b""):
            feed.send(words)
        for endpoint in ("results", "dispatch", "feed"):
            knock(r.endpoint(endpoint), 3)
        r.wait_idle(300, 60)
        self.assertEqual({a["url"] for a in sample.truth()}, {row[0] for row in r.rows("SELECT url FROM article")})
        self.assertEqual([], r.rows("SELECT id, tries, why FROM capture WHERE state <> 'settled' OR tries > 0"))

        with self.subTest("the producer still answers"):
            states.send(msgpack.packb(self.STATE))
            self.assertTrue(states.poll(10000), "no EPOCH")
            self.assertEqual("epoch", msgpack.unpackb(states.recv())["type"])
        self.assert_quiet(sink, sent[0])
        self.assert_quiet(producer, sent[1])
        for name in ("producer", "worker", "sink"):
            self.assertEqual(0, r.processes[name].stop(), name)
        r.check(self)

    def test_too_large(self):
        """A message beyond the limit ends its connection, not the sink; memory stays where it was."""
        sample = self.sites(20)
        r = self.ring(sample.config(only=[0], poll="1h", delay="0"))
        sink = r.start("sink")
        results = self.socket(zmq.PUSH, r.endpoint("results"))
        results.setsockopt(zmq.LINGER, 0)
        monitor = results.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        results.send(b"\xc6" + struct.pack(">I", 70 << 20) + b"\0" * (70 << 20))
        self.assertTrue(monitor.poll(10000), "still connected")
        results.disable_monitor()
        monitor.close()
        results.close()
        r.start("worker")
        r.start("producer")
        r.wait_stored(20, 30)
        peak = ring.memory_bytes(sink.pid)
        ring.say("a message of 70 MB: refused, the sink's memory at most %d MB" % (peak >> 20))
        self.assertLess(peak, 64 << 20)

    def test_worker(self):
        """A producer that talks rubbish, then one that sends rubbish pages: each answered or dropped, the worker goes on."""
        r = self.ring([{"name": "none", "start": ["http://127.0.0.1:9/"]}])
        router = self.socket(zmq.ROUTER, r.endpoint("dispatch"), bind=True)
        results = self.socket(zmq.PULL, r.endpoint("results"), bind=True)
        worker = r.start("worker")
        self.assertTrue(router.poll(10000), "no STATE")
        peer, state = router.recv_multipart()
        self.assertEqual(0, msgpack.unpackb(state)["epoch"])
        sent = 0
        for good, body in ((self.EPOCH, []), (self.WORK, [b"\0" * 100])):
            for message in bad_messages(good, 4):
                router.send_multipart([peer, message] + body)
                sent += 1
        router.send_multipart([peer] + [b"x"] * 50)

        def state_of(epoch):
            while router.poll(2000):
                state = msgpack.unpackb(router.recv_multipart()[1])
                if state["epoch"] == epoch:
                    return state
            return None
        router.send_multipart([peer, msgpack.packb(self.EPOCH)])
        state = ring.wait_for("the epoch echoed", 20, lambda: state_of(5), lambda: ring.tail(worker.log()))
        self.assertEqual([], state["held"])
        self.assert_quiet(worker, sent)

        def page(capture, body, **more):
            router.send_multipart([peer, msgpack.packb({**self.WORK, "capture": capture, **more})] + body)

        zstd_bomb_head = b"\x28\xb5\x2f\xfd\xa4" + struct.pack("<I", 0xf0000000)  # claims 4 GB
        bodies = [[], [b""], [b"\0" * 100], [os.urandom(5000)], [b"\x28\xb5\x2f\xfd"], [zstd_bomb_head + b"\0" * 50], [b"x", b"y", b"z"]]
        for i, body in enumerate(bodies):
            page(i + 1, body)
        router.send_multipart([peer, msgpack.packb({**self.WORK, "capture": 99, "epoch": 4}), b"x"])  # of an earlier producer: dropped
        answers = {}
        while len(answers) < len(bodies):
            self.assertTrue(results.poll(20000), "answered only %s\n%s" % (answers, ring.tail(worker.log())))
            answer = msgpack.unpackb(results.recv())
            answers[answer["capture"]] = answer.get("failed", "parsed")
        self.assertEqual(set(range(1, len(bodies) + 1)), set(answers))
        ring.say("pages that are none: %s" % sorted(set(answers.values())))
        self.assertFalse(results.poll(300), "the page of an earlier producer was answered")
        self.assertEqual(0, worker.stop())


if __name__ == "__main__":
    ring.main()
