{#- Runs are the application's: Radar reads them as they are, and one impossible value would stop the models of every workspace. -#}

{% macro run_problem() -%}
    {#- Why a run is left out, null when it is not. NaN is more than any bound. -#}
    case
        when workspace_id is null or run_id is null or agent_id is null then 'no_id'
        when status is null or octet_length(status) > 100 then 'status'
        when started_at is null or started_at < '1970-01-01' or started_at >= {{ end_of_time() }} then 'no_time'
        when completed_at < started_at or completed_at >= {{ end_of_time() }} then 'ends_before_its_start'
        when runtime_seconds < 0 or runtime_seconds > 1000000000 then 'runtime_seconds'
        when credits_consumed < 0 or credits_consumed > 1000000000 then 'credits_consumed'
        when tokens_used < 0 or tokens_used > {{ most_tokens() }} then 'tokens_used'
        when user_rating < 1 or user_rating > 5 then 'user_rating'
        when greatest(octet_length(model), octet_length(error_type), octet_length(user_id::text)) > 512 then 'too_long'
    end
{%- endmacro %}

{% macro is_possible_run() -%}
    ({{ run_problem() }}) is null
{%- endmacro %}
