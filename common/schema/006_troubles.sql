-- What renda status tells of pages that are not read, or not wholly, is found without looking at all the others.
CREATE INDEX url_trouble ON url (site_id) WHERE state IN ('blocked', 'unreachable', 'refused', 'robots denied');
CREATE INDEX capture_why ON capture (url_id, seq) WHERE state = 'settled' AND why IS NOT NULL;
