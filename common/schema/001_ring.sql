-- The ring's tables. Names are the same in SQLite and PostgreSQL, and types as near as both allow; times are milliseconds since 1970 (UTC).
-- A writer names columns, never relies on their order.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- A people's congress or one of its bodies, as the sites name it.
CREATE TABLE congress (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  kind        TEXT,
  region      TEXT,
  region_code TEXT,
  level       TEXT,
  UNIQUE (name, region)
);

CREATE TABLE site (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  org        TEXT,
  region     TEXT,
  level      TEXT,
  patterns   TEXT NOT NULL DEFAULT '',   -- article patterns, one a line
  poll_ms    BIGINT NOT NULL,
  delay_ms   BIGINT NOT NULL,
  concurrency INTEGER NOT NULL,
  active     INTEGER NOT NULL DEFAULT 1, -- 0: no longer in the config; its data stays
  state      TEXT NOT NULL DEFAULT 'new',
  state_why  TEXT,
  state_url  BIGINT,                     -- the start page that brought it about
  state_at   BIGINT NOT NULL DEFAULT 0
);

-- One row for each running process. `expires_at` is renewed by the database's clock; what an expired member owned is free.
CREATE TABLE member (
  id         INTEGER PRIMARY KEY,
  role       TEXT NOT NULL,
  host       TEXT NOT NULL,
  pid        BIGINT NOT NULL,
  epoch      BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  renewed_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- Politeness is kept for each host (scheme://name:port).
CREATE TABLE host (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  delay_ms    BIGINT NOT NULL,
  concurrency INTEGER NOT NULL,
  trusted     INTEGER NOT NULL DEFAULT 0, -- named in the config: may be a private address
  owner       BIGINT,                     -- member.id
  not_before  BIGINT NOT NULL DEFAULT 0,  -- backing off until then
  failures    INTEGER NOT NULL DEFAULT 0, -- in a row
  robots      TEXT,                       -- robots.txt as last read; '' when the host has none
  robots_at   BIGINT
);

-- The frontier: every URL ever found, once.
CREATE TABLE url (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,
  site_id       BIGINT NOT NULL REFERENCES site (id),
  host_id       BIGINT NOT NULL REFERENCES host (id),
  role          TEXT NOT NULL,              -- list, article, feed, sitemap
  start_page    INTEGER NOT NULL DEFAULT 0, -- named in the config
  priority      INTEGER NOT NULL,           -- 0 live, 1 revisit, 2 backfill, 3 replay
  state         TEXT NOT NULL,              -- new, ok, redirected, gone, blocked, unreachable, refused, robots denied
  state_why     TEXT,
  next_visit_at BIGINT,                     -- NULL: never again
  interval_ms   BIGINT NOT NULL,            -- between visits, once it is known
  attempts      INTEGER NOT NULL DEFAULT 0, -- begun since the last one that ended; committed before the fetch
  failures      INTEGER NOT NULL DEFAULT 0, -- in a row
  seq           BIGINT NOT NULL DEFAULT 0,  -- of the last capture
  hops          INTEGER NOT NULL DEFAULT 0, -- redirects that led here
  redirect_to   BIGINT,                     -- url.id
  found_on      BIGINT,                     -- url.id of the list page
  found_at      BIGINT NOT NULL,
  visited_at    BIGINT,
  status        INTEGER,
  etag          TEXT,
  modified      TEXT,                       -- Last-Modified as the server words it
  digest        TEXT,                       -- of the last body
  hint_title    TEXT,
  hint_date     TEXT,
  hint_column   TEXT
);
CREATE INDEX url_due ON url (host_id, priority, next_visit_at) WHERE next_visit_at IS NOT NULL;
CREATE INDEX url_due_list ON url (host_id, priority, next_visit_at) WHERE next_visit_at IS NOT NULL AND role <> 'article';
CREATE INDEX url_start ON url (start_page) WHERE start_page = 1;
CREATE INDEX url_site ON url (site_id, role);

-- What came of each visit; pruned after a while.
CREATE TABLE visit (
  id         INTEGER PRIMARY KEY,
  url_id     BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  status     INTEGER,
  outcome    TEXT NOT NULL,  -- captured, not modified, same, redirected, blocked, gone, unreachable, refused,
                             -- robots denied
  detail     TEXT,
  bytes      BIGINT NOT NULL,
  took_ms    BIGINT NOT NULL,
  capture_id BIGINT
);
CREATE INDEX visit_at ON visit (at);
CREATE INDEX visit_url ON visit (url_id, at);

CREATE TABLE host_day (
  host_id  BIGINT NOT NULL,
  day      TEXT NOT NULL,
  visits   BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  bytes    BIGINT NOT NULL,
  PRIMARY KEY (host_id, day)
);

-- When a list's column usually brings something new: its own habit, for telling silence from quiet.
CREATE TABLE list_column (
  url_id     BIGINT PRIMARY KEY,
  links      INTEGER NOT NULL,           -- on the last visit
  last_new_at BIGINT,
  habit_ms   BIGINT                      -- typical time between new articles
);

-- One fetched body that differs from the one before. Settled by (id, pass, state = 'pending').
CREATE TABLE capture (
  id           INTEGER PRIMARY KEY,
  url_id       BIGINT NOT NULL,
  seq          BIGINT NOT NULL,             -- 1, 2, … within its URL
  pass         INTEGER NOT NULL DEFAULT 1,  -- raised when it is to be parsed anew
  state        TEXT NOT NULL,               -- pending, settled, quarantined
  priority     INTEGER NOT NULL,
  role         TEXT NOT NULL,
  final_url    TEXT NOT NULL,
  status       INTEGER NOT NULL,
  content_type TEXT,
  fetched_at   BIGINT NOT NULL,
  digest       TEXT NOT NULL,
  bytes        BIGINT NOT NULL,             -- of the body
  raw_bytes    BIGINT NOT NULL,             -- as stored
  tries        INTEGER NOT NULL DEFAULT 0,  -- verdicts on this page: crashed, overran, timed out
  sends        INTEGER NOT NULL DEFAULT 0,  -- times it was sent again because a worker or the sink went away
  owner        BIGINT,                      -- member.id
  class        TEXT,
  charset      TEXT,
  charset_how  TEXT,
  why          TEXT,                        -- of a quarantine, or of a class that is no article
  rules        TEXT,
  settled_at   BIGINT,
  UNIQUE (url_id, seq)
);
CREATE INDEX capture_pending ON capture (priority, id, raw_bytes) WHERE state = 'pending';
CREATE INDEX capture_pending_url ON capture (url_id, seq) WHERE state = 'pending';
CREATE INDEX capture_quarantined ON capture (id) WHERE state = 'quarantined';
CREATE INDEX capture_settled_list ON capture (settled_at) WHERE state = 'settled' AND role <> 'article' AND class <> 'article';

-- The bytes, apart: updating a row beside a large body would rewrite both.
CREATE TABLE raw (
  capture_id INTEGER PRIMARY KEY,
  body       BLOB NOT NULL                  -- zstd
);

-- Captures that are read together: pages of one article, attachments.
CREATE TABLE bundle (
  capture_id BIGINT NOT NULL,               -- the first page's
  part       INTEGER NOT NULL,
  url_id     BIGINT NOT NULL,
  PRIMARY KEY (capture_id, part)
);

-- An article as it stands now.
CREATE TABLE article (
  id            INTEGER PRIMARY KEY,
  url_id        BIGINT NOT NULL UNIQUE,
  site_id       BIGINT NOT NULL,
  seq           BIGINT NOT NULL,            -- of the capture that the current text came from
  revision_id   BIGINT NOT NULL,
  revisions     INTEGER NOT NULL,
  digest        TEXT NOT NULL,              -- of title and text
  rules         TEXT NOT NULL,
  first_seen_at BIGINT NOT NULL,
  changed_at    BIGINT NOT NULL,
  fetched_at    BIGINT NOT NULL,
  stored_at     BIGINT NOT NULL,
  url TEXT NOT NULL, canonical_url TEXT, title TEXT, subtitle TEXT, published TEXT, source TEXT, editor TEXT,
  org TEXT, org_type TEXT, region TEXT, region_code TEXT, level TEXT, genre TEXT, issue TEXT, "column" TEXT,
  keywords TEXT, authors TEXT, text TEXT
);
CREATE INDEX article_site ON article (site_id, published);
CREATE INDEX article_published ON article (published);

-- Where an article stands: its own address and those of its reposts.
CREATE TABLE place (
  article_id BIGINT NOT NULL,
  url_id     BIGINT NOT NULL,
  PRIMARY KEY (article_id, url_id)
);

-- Every text an article has had, the current one too.
CREATE TABLE revision (
  id         INTEGER PRIMARY KEY,
  article_id BIGINT NOT NULL,
  capture_id BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  digest     TEXT NOT NULL,
  fetched_at BIGINT NOT NULL,
  title      TEXT,
  text       TEXT,
  UNIQUE (article_id, seq)
);

-- Findings belong to (revision, rules). Columns as FINDING_FIELDS names them; numbers as exact text, with a double beside.
CREATE TABLE finding (
  id          INTEGER PRIMARY KEY,
  article_id  BIGINT NOT NULL,
  revision_id BIGINT NOT NULL,
  rules       TEXT NOT NULL,
  kind        TEXT NOT NULL,
  start_at    INTEGER NOT NULL,
  end_at      INTEGER NOT NULL,
  quote       TEXT NOT NULL,
  rule        TEXT NOT NULL,
  org TEXT, by_org TEXT, date TEXT, period_from TEXT, period_to TEXT, period_type TEXT, meeting TEXT, planned INTEGER,
  actor TEXT, scope TEXT, note TEXT,
  subject TEXT, action TEXT, value TEXT, value_num DOUBLE PRECISION, value_max TEXT, value_max_num DOUBLE PRECISION,
  unit TEXT, bound TEXT, metric TEXT, composite TEXT, about TEXT, part_of TEXT, part_of_num DOUBLE PRECISION,
  name TEXT, act TEXT, stage TEXT, doc_type TEXT, deadline TEXT, effective TEXT,
  term INTEGER, session INTEGER, type TEXT, date_from TEXT, date_to TEXT, present INTEGER, entitled INTEGER,
  presided_by TEXT,
  form TEXT, topic TEXT, matter TEXT, target TEXT, target_type TEXT,
  title TEXT, number TEXT, proposer TEXT, handler TEXT, supervisor TEXT, is_key INTEGER, class TEXT, status TEXT,
  year TEXT, investment TEXT, investment_num DOUBLE PRECISION, votes INTEGER,
  item TEXT, votes_for INTEGER, votes_against INTEGER, votes_abstain INTEGER, votes_absent INTEGER, satisfied INTEGER,
  basically INTEGER, dissatisfied INTEGER, result TEXT,
  post TEXT, role TEXT,
  claim TEXT, among TEXT, thing TEXT, count INTEGER
);
CREATE INDEX finding_article ON finding (article_id, revision_id, rules);
CREATE INDEX finding_metric ON finding (metric) WHERE metric IS NOT NULL;

-- Laws and regulations across articles; filled from legislation findings.
CREATE TABLE law (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  doc_type TEXT,
  stage    TEXT,
  article_id BIGINT
);

-- The outbox: what happened, in order; one row for each new or changed text, with its findings in the payload. `seq`
-- numbers, `id` comes from the content, so a repeat is recognised.
CREATE TABLE event (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  topic      TEXT NOT NULL,                 -- article.new, article.revised
  at         BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  payload    BLOB NOT NULL                  -- msgpack: common/event.h
);

CREATE TABLE watch (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  filter TEXT NOT NULL
);

CREATE TABLE delivery (
  watch_id BIGINT NOT NULL,
  event_seq BIGINT NOT NULL,
  state    TEXT NOT NULL,
  tries    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (watch_id, event_seq)
);
