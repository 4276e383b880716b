-- A site's own selectors, and what came of them on each page.
ALTER TABLE site ADD COLUMN selectors TEXT;       -- "title h1.con", one a line
ALTER TABLE site ADD COLUMN selectors_until TEXT; -- the last day (UTC) on which they are used

ALTER TABLE capture ADD COLUMN selected TEXT;     -- fields read by a selector, one blank between
ALTER TABLE capture ADD COLUMN unselected TEXT;   -- fields whose selector was of no use, and why: "date: matched nothing, ..."
CREATE INDEX capture_selected ON capture (settled_at) WHERE COALESCE(selected, unselected) IS NOT NULL;
