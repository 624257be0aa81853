{{ config(schema='radar') }}

with

-- A function, because PostgreSQL then knows the number when it plans, and goes through the index, not the history.
waiting_events as (
    select received_at
    from {{ ref('events') }}
    where ingest_xid >= {{ schema_name('radar') }}.horizon_of('session_events')
),

waiting_calls as (
    select received_at
    from {{ ref('llm_calls') }}
    where ingest_xid >= {{ schema_name('radar') }}.horizon_of('llm_usage')
)

select
    'events' as raw_table,
    count(*) as rows_waiting,
    min(received_at) as oldest_received_at
from waiting_events
union all
select
    'llm_calls' as raw_table,
    count(*) as rows_waiting,
    min(received_at) as oldest_received_at
from waiting_calls
