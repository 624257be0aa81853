with

conversations as (
    select * from {{ affected(ref('conversations')) }} as conversations
),

final as (
    select
        workspace_id,
        project_id,
        conversation_date as metric_date,
        count(*)::integer as conversations,
        count(distinct anonymous_id)::integer as unique_threads,
        sum(message_count)::bigint as messages,
        count(*) filter (where current_state = 'resolved')::integer as resolved_conversations,
        {{ rate("count(*) filter (where current_state = 'resolved')", 'count(*)') }} as resolved_rate,
        {% for responder in ['bot', 'agent'] %}
        count(first_{{ responder }}_response_at)::integer as {{ responder }}_answered_conversations,
        round(avg(first_{{ responder }}_response_seconds), 2) as avg_first_{{ responder }}_response_seconds,
        round((percentile_cont(0.5) within group (order by first_{{ responder }}_response_seconds))::numeric, 2)
            as median_first_{{ responder }}_response_seconds,
        {% endfor %}
        {{ rate('count(*) filter (where reopened_count > 0)', 'count(*)') }} as reopened_rate,
        count(linked_session_id)::integer as linked_conversations,
        {{ rate('count(linked_session_id)', 'count(*)') }} as linked_rate,
        now() as updated_at
    from conversations
    group by workspace_id, project_id, conversation_date
)

select * from final
