-- Views so that a dashboard tool needs no join: one row for each finding of a current revision under its current rules.

CREATE VIEW v_article AS
SELECT a.id AS article_id, s.name AS site, a.url, a.title, a.subtitle, a.published, a.source, a.org, a.org_type, a.region,
       a.region_code, a.level, a.genre, a.issue, a."column", a.revisions, a.first_seen_at, a.changed_at, a.stored_at
FROM article a JOIN site s ON s.id = a.site_id;

CREATE VIEW v_finding AS
SELECT s.name AS site, a.url, a.title AS article_title, a.published, a.region, a.region_code, a.level, a.genre,
       COALESCE(f.org, a.org) AS whose, a.org AS article_org, f.*
FROM finding f
JOIN article a ON a.id = f.article_id AND a.revision_id = f.revision_id AND a.rules = f.rules
JOIN site s ON s.id = a.site_id;

CREATE VIEW v_figure AS
SELECT site, whose AS org, region, region_code, level, published, genre, metric, subject, action, bound, value, value_num,
       value_max, value_max_num, unit, period_type, period_from, period_to, scope, about, actor, planned, composite,
       part_of, part_of_num, meeting, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'figure';

CREATE VIEW v_legislation AS
SELECT site, whose AS org, region, region_code, level, published, name, act, stage, doc_type, date, period_from, period_to,
       period_type, meeting, by_org, deadline, effective, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'legislation';

CREATE VIEW v_meeting AS
SELECT site, whose AS org, region, region_code, level, published, name, term, session, type, date, date_from, date_to,
       present, entitled, presided_by, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'meeting';

CREATE VIEW v_oversight AS
SELECT site, whose AS org, region, region_code, level, published, form, topic, matter, target, target_type, date,
       period_from, period_to, period_type, meeting, scope, actor, planned, note, quote, article_title, url, article_id,
       id AS finding_id
FROM v_finding WHERE kind = 'oversight';

CREATE VIEW v_suggestion AS
SELECT site, whose AS org, region, region_code, level, published, type, number, title, proposer, handler, supervisor,
       is_key, class, status, meeting, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'suggestion';

CREATE VIEW v_project AS
SELECT site, whose AS org, region, region_code, level, published, name, year, stage, investment, investment_num, votes,
       meeting, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'project';

CREATE VIEW v_vote AS
SELECT site, whose AS org, region, region_code, level, published, item, votes_for, votes_against, votes_abstain,
       votes_absent, satisfied, basically, dissatisfied, present, entitled, result, date, meeting, note, quote,
       article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'vote';

CREATE VIEW v_person AS
SELECT site, article_org AS org, region, region_code, level, published, name, post, org AS post_org, by_org, role, date,
       meeting, note, quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'person';

CREATE VIEW v_platform AS
SELECT site, whose AS org, region, region_code, level, published, name, status, date, note, quote, article_title, url,
       article_id, id AS finding_id
FROM v_finding WHERE kind = 'platform';

CREATE VIEW v_first AS
SELECT site, whose AS org, region, region_code, level, published, claim, among, thing, date, actor, note, quote,
       article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'first';

-- Like with like: a standard measure, one period type and period, one scope, no topic; of several articles with the
-- congress's same measure the most authoritative genre, then the latest. Absent is not zero; levels are never summed.
-- basis: what the congress reported of itself, as against the acts that were observed one by one.
CREATE VIEW v_compare AS
SELECT 'reported' AS basis, org, region, region_code, level, metric, period_type, period_from, period_to, scope, value,
       value_num, unit, bound, genre, published, quote, url, finding_id
FROM (
  SELECT g.*, ROW_NUMBER() OVER (
           PARTITION BY org, region, metric, period_type, period_from, period_to, scope
           ORDER BY CASE genre WHEN 'work_report' THEN 0 WHEN 'annual_review' THEN 1 WHEN 'government_report' THEN 2
                               WHEN 'inspection_report' THEN 3 WHEN 'session_news' THEN 4 WHEN 'digest' THEN 5 ELSE 6 END,
                    published DESC, finding_id) AS rank
  FROM v_figure g
  WHERE metric IS NOT NULL AND about IS NULL AND planned IS NULL AND part_of IS NULL AND period_type IS NOT NULL
) AS ranked
WHERE rank = 1
UNION ALL
SELECT 'observed', org, region, NULL, level,
       CASE form WHEN 'hear_report' THEN 'reports.heard' WHEN 'law_inspection' THEN 'oversight.law_inspections'
                 WHEN 'special_inquiry' THEN 'oversight.special_inquiries' WHEN 'research' THEN 'oversight.research'
                 WHEN 'visit' THEN 'oversight.visits' WHEN 'work_appraisal' THEN 'oversight.work_appraisals'
                 WHEN 'satisfaction_vote' THEN 'oversight.satisfaction_votes'
                 WHEN 'performance_review' THEN 'oversight.performance_reviews'
                 WHEN 'interpellation' THEN 'oversight.interpellations' ELSE 'oversight.activities' END,
       'year', substr(date, 1, 4), substr(date, 1, 4), scope, CAST(COUNT(DISTINCT topic) AS TEXT), COUNT(DISTINCT topic),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM v_oversight
WHERE date IS NOT NULL AND planned IS NULL
GROUP BY org, region, level, form, substr(date, 1, 4), scope;

-- How each site stands: its state, what waits, what failed.
CREATE VIEW v_site_health AS
SELECT s.id AS site_id, s.name AS site, s.org, s.region, s.level, s.active, s.state, s.state_why, s.state_at,
       (SELECT COUNT(*) FROM article a WHERE a.site_id = s.id) AS articles,
       (SELECT MAX(a.first_seen_at) FROM article a WHERE a.site_id = s.id) AS last_article_at,
       (SELECT COUNT(*) FROM url u WHERE u.site_id = s.id) AS urls,
       (SELECT COUNT(*) FROM url u WHERE u.site_id = s.id AND u.role = 'article' AND u.state = 'new') AS waiting,
       (SELECT COUNT(*) FROM url u WHERE u.site_id = s.id AND u.state IN ('blocked', 'unreachable', 'refused', 'robots denied')) AS failing,
       (SELECT MAX(u.visited_at) FROM url u WHERE u.site_id = s.id AND u.start_page = 1) AS polled_at
FROM site s;
