-- Events that no run has read yet, by type.
select
    event_type,
    count(*) as unprocessed_events,
    min(received_at) as oldest_received_at
from {{ ref('events') }}
where ingest_xid >= {{ schema_name('radar') }}.horizon_of('session_events')
group by event_type
order by unprocessed_events desc
