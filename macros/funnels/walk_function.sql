{#- Attempts of one person at one funnel: the walk that the model funnel_journeys and the ad hoc functions share. -#}

{% macro funnel_walk_function() %}
create or replace function {{ schema_name('analytics') }}.funnel_walk(
    event_steps integer[], event_times timestamptz[], step_count integer, time_limit interval
)
returns table (reached_at timestamptz[], last_started_at timestamptz)
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $function$
-- An attempt begins with a first step that no attempt before covers, and covers what follows until it converts or the limit
-- has passed. First steps that repeat within it are further chances of the same attempt: of the chains that end at a step the
-- one that began last is kept, for it has the most time left and so no other can come further.
declare
    chains timestamptz[];  -- the chain of each step, end to end, step_count places each
    began_at timestamptz;
    covered_until timestamptz := '-infinity';
    began integer := 0;
    step integer;
    own integer;
    before integer;
begin
    loop
        began_at := null;
        for i in began + 1 .. coalesce(cardinality(event_steps), 0) loop
            step := event_steps[i];
            if began_at is null then
                continue when step > 1 or event_times[i] <= covered_until;
                began := i;
                began_at := event_times[i];
                last_started_at := began_at;
                reached_at := array[began_at];
                chains := array_fill(null::timestamptz, array[step_count * step_count]);
                chains[1] := began_at;
                continue;
            end if;
            exit when event_times[i] > last_started_at + time_limit;
            if step = 1 then
                continue when event_times[i] > began_at + time_limit;
                chains[1] := event_times[i];
                last_started_at := event_times[i];
                continue;
            end if;
            own := (step - 1) * step_count;
            before := own - step_count;
            continue when chains[before + 1] is null or event_times[i] > chains[before + 1] + time_limit
                or chains[own + 1] >= chains[before + 1];
            chains[own + 1 : own + step] := chains[before + 1 : before + step - 1] || event_times[i];
            if step > cardinality(reached_at) then
                reached_at := chains[own + 1 : own + step];
                exit when step = step_count;
            end if;
        end loop;
        exit when began_at is null;
        return next;
        covered_until := coalesce(reached_at[step_count], began_at + time_limit);
    end loop;
end
$function$;
comment on function {{ schema_name('analytics') }}.funnel_walk is
    'One row per attempt: when each step was reached, and the last time that its first step was taken. The events come in
    their order, and of the steps that one event takes the last first: a step then never follows one of its own event.';
{% endmacro %}
