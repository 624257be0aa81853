-- Every accepted event that a run has read is in exactly one session: when this fails, all counts
-- are too low, silently.
with

last_times as (
    select max(occurred_at) - interval '{{ var("tested_days") }} days' as since
    from {{ ref('session_events') }}
    where session_date >= (select max(metric_date) from {{ ref('daily_site_metrics') }})
),

read_events as (
    select events.*
    from {{ ref('stg_events') }} as events
    where
        events.occurred_at > (select since from last_times)
        and events.is_accepted
        and not events.event_type = any('{{ "{" ~ var("ignored_event_types") | join(",") ~ "}" }}')
        {% if not var('sessions_include_bots') %}
        and events.is_bot is not true
        {% endif %}
        and events.ingest_xid < (
            select max(horizon)
            from {{ schema_name('radar') }}.builds
            where model = 'session_events'
        )
)

select
    workspace_id,
    project_id,
    event_id,
    occurred_at::date as day
from read_events
where
    not exists (
        select kept.event_id from {{ ref('session_events') }} as kept
        where
            kept.workspace_id = read_events.workspace_id
            and kept.event_id = read_events.event_id
    )
