WITH concerned AS (
    SELECT id AS dossier_id FROM dossiers_dossier
     WHERE state IN ('accepted', 'in_progress', 'awaiting_supplement', 'awaiting_payment',
                     'awaiting_partner')
    UNION
    SELECT dossier_id FROM dossiers_event WHERE recorded_at >= %(start)s
), then_last AS (
    SELECT then_event.* FROM concerned
    CROSS JOIN LATERAL (
        SELECT * FROM dossiers_event e
         WHERE e.dossier_id = concerned.dossier_id AND e.recorded_at < %(end)s
         ORDER BY e.number DESC LIMIT 1
    ) then_event
    WHERE then_event.entered_at IS NOT NULL
      AND (then_event.closed_at IS NULL OR then_event.closed_at >= %(start)s)
), judged AS (
    SELECT e.desk_id, v.field_id, v.linked, e.state, d.channel,
        e.entered_at >= %(start)s AS is_new,
        e.closed_at IS NOT NULL AS is_done,
        e.due_at IS NULL AS no_limit,
        CASE WHEN e.due_exact
             THEN date_trunc('minute', COALESCE(e.finished_at, e.closed_at, %(end)s))
                  - date_trunc('minute', e.due_at)
             ELSE date_trunc('day', COALESCE(e.finished_at, e.closed_at, %(end)s)
                   AT TIME ZONE 'Asia/Ho_Chi_Minh')
                  - date_trunc('day', e.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')
        END AS beyond,
        e.standing AS waits
      FROM then_last e
      JOIN procedures_procedureversion v ON v.id = e.version_id
      JOIN dossiers_dossier d ON d.id = e.dossier_id
)
SELECT desk_id, field_id, linked,
    count(*) FILTER (WHERE NOT is_new) AS carried,
    count(*) FILTER (WHERE is_new AND channel = 'online') AS new_online,
    count(*) FILTER (WHERE is_new AND channel <> 'online') AS new_direct,
    count(*) FILTER (WHERE is_done AND beyond < interval '0') AS done_early,
    count(*) FILTER (WHERE is_done AND beyond = interval '0') AS done_on_time,
    count(*) FILTER (WHERE is_done AND beyond > interval '0') AS done_late,
    count(*) FILTER (WHERE is_done AND no_limit) AS done_no_limit,
    count(*) FILTER (WHERE NOT is_done AND waits AND NOT no_limit) AS open_waiting,
    count(*) FILTER (WHERE NOT is_done AND NOT waits AND beyond <= interval '0') AS open_in_time,
    count(*) FILTER (WHERE NOT is_done AND NOT waits AND beyond > interval '0') AS open_late,
    count(*) FILTER (WHERE NOT is_done AND no_limit) AS open_no_limit,
    count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
    count(*) FILTER (WHERE state = 'stopped') AS stopped
  FROM judged
 GROUP BY desk_id, field_id, linked
 ORDER BY desk_id, field_id, linked
