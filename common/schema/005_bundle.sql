-- Several pages of one article, and its attachments. The table was there and unused; these are the columns that it needs.
DROP TABLE bundle;

-- What an article's first page leads to and what is read with it. Rows belong to the first page's latest capture, in the
-- order of its text: further pages, then attachments.
CREATE TABLE bundle (
  capture_id   BIGINT NOT NULL,            -- the first page's
  part         INTEGER NOT NULL,           -- 1, 2, …
  kind         TEXT NOT NULL,              -- page, attachment, listed (an attachment that is named only)
  url          TEXT NOT NULL,              -- as the article names it
  url_id       BIGINT,                     -- where it is fetched: this address, or where its redirects lead
  name         TEXT,                       -- of an attachment, as the article calls it
  state        TEXT NOT NULL,              -- wanted, there, failed (not to be had or not to be read), listed
  why          TEXT,                       -- it failed, or was not read whole
  part_capture BIGINT,                     -- its latest capture
  unread       INTEGER NOT NULL DEFAULT 0, -- 1: there, and not in the article's text yet
  tries        INTEGER NOT NULL DEFAULT 0, -- verdicts on it: the child crashed, overran, timed out over it
  text_from    INTEGER,                    -- where it stands in the article's text, in characters
  text_to      INTEGER,
  PRIMARY KEY (capture_id, part)
);
CREATE INDEX bundle_url ON bundle (url_id) WHERE url_id IS NOT NULL;
CREATE INDEX bundle_failed ON bundle (capture_id) WHERE state = 'failed' OR why IS NOT NULL;

-- Further pages (role page) and attachments belong to articles: they wait with them, not with the lists.
DROP INDEX url_due_list;
CREATE INDEX url_due_list ON url (host_id, priority, next_visit_at)
  WHERE next_visit_at IS NOT NULL AND role NOT IN ('article', 'page', 'attachment');

-- One row for each further page and attachment of an article. A finding with text_from <= start_at < text_to is from it.
CREATE VIEW v_part AS
SELECT s.name AS site, a.org, a.region, a.region_code, a.level, a.published, a.title AS article_title, a.url AS article_url,
       b.part, b.kind, b.name, b.url, b.state, b.why, b.text_from, b.text_to, a.id AS article_id, b.capture_id
FROM bundle b
JOIN capture c ON c.id = b.capture_id
JOIN article a ON a.url_id = c.url_id
JOIN site s ON s.id = a.site_id;
