-- Whose figure it is, and which figures of different articles contradict each other.

ALTER TABLE congress ADD COLUMN division TEXT; -- what sort of congress its division has: common/congress.h
ALTER TABLE congress ADD COLUMN makes TEXT;    -- laws, regulations, autonomous: joined by commas; NULL: none of them

ALTER TABLE finding ADD COLUMN congress_id BIGINT; -- of standard measures that are the article's own congress's
ALTER TABLE finding ADD COLUMN contradicts TEXT;   -- what another article says instead, and where
CREATE INDEX finding_like ON finding (congress_id, metric, period_type, period_from, period_to)
  WHERE congress_id IS NOT NULL;

-- Totals that must be the same wherever they are given: exact, of one congress, measure, time and scope.
CREATE VIEW v_comparable AS
SELECT f.id AS finding_id, f.article_id, f.congress_id, f.metric, f.period_type, f.period_from, f.period_to, f.scope,
       f.value, f.value_num, f.unit, f.contradicts, a.url, a.genre, a.published
FROM finding f
JOIN article a ON a.id = f.article_id AND a.revision_id = f.revision_id AND a.rules = f.rules
WHERE f.congress_id IS NOT NULL AND f.metric IS NOT NULL AND f.bound IS NULL AND f.value_max IS NULL
  AND f.about IS NULL AND f.part_of IS NULL AND f.planned IS NULL AND f.actor IS NULL AND f.composite IS NULL
  AND f.period_type <> 'event' AND COALESCE(f.period_from, f.period_to) IS NOT NULL;

DROP VIEW v_compare;
DROP VIEW v_figure;

CREATE VIEW v_figure AS
SELECT site, whose AS org, region, region_code, level, published, genre, metric, subject, action, bound, value, value_num,
       value_max, value_max_num, unit, period_type, period_from, period_to, scope, about, actor, planned, composite,
       part_of, part_of_num, meeting,
       CASE WHEN note IS NULL THEN contradicts WHEN contradicts IS NULL THEN note ELSE note || '; ' || contradicts END
         AS note,
       quote, article_title, url, article_id, id AS finding_id
FROM v_finding WHERE kind = 'figure';

-- Like with like: a standard measure, one period type and period, one scope, no topic; of several articles with the
-- congress's same measure the most authoritative genre, then the latest. Absent is not zero; levels are never summed.
-- basis: what the congress reported of itself, as against the acts that were observed one by one.
CREATE VIEW v_compare AS
SELECT 'reported' AS basis, org, region, region_code, level, metric, period_type, period_from, period_to, scope, value,
       value_num, unit, bound, genre, published, note, quote, url, finding_id
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
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM v_oversight
WHERE date IS NOT NULL AND planned IS NULL
GROUP BY org, region, level, form, substr(date, 1, 4), scope;
