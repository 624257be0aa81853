{#- Locks that exclude readers. Whoever waits for one keeps everybody who comes later waiting too, behind a transaction that somebody
    left open: so it is waited for a tenth of a second, again and again. -#}

{% macro briefly_locked(statements, relation, must=true, attempts=100) %}
    {#- One statement that runs these, all or none. When somebody is in the way to the end, it fails and says who; or, if it need not succeed
        now, leaves that in the setting radar.in_the_way of this transaction. -#}
    {% set name = quoted(relation | string | replace('"' ~ target.database ~ '".', '')) %}
    do $briefly$
    declare
        in_the_way text;
    begin
        for attempt in 1 .. {{ attempts }} loop
            begin
                set local lock_timeout = '100ms';
                execute {{ quoted(statements) }};
                reset lock_timeout;
                perform set_config('radar.in_the_way', '', true);
                return;
            exception when lock_not_available or deadlock_detected then
                perform pg_sleep(0.4);
            end;
        end loop;
        select string_agg(format('%s (process %s, since %s)', usename, pid, date_trunc('second', xact_start)), ', ') into in_the_way
        from pg_stat_activity
        where
            pid <> pg_backend_pid()
            and pid in (select pid from pg_locks where granted and relation = to_regclass({{ name }}));
        in_the_way := format('%s is in use by %s', {{ name | replace('"', '') }}, coalesce(in_the_way, 'somebody'));
        {% if must %}
        raise lock_not_available using message = in_the_way || ': nothing was changed, run again when that has ended';
        {% else %}
        perform set_config('radar.in_the_way', in_the_way, true);
        {% endif %}
    end
    $briefly$
{% endmacro %}

{% macro changed_unless_in_use(statements, relation, left='what its contract has new is left to the next run') %}
    {#- Runs them and returns true; or, when somebody is in the way, says in one line what is left to whom, and returns false. -#}
    {% set in_the_way = run_query(briefly_locked(statements, relation, must=false, attempts=5)
                                  ~ "; select current_setting('radar.in_the_way')").rows[0][0] %}
    {% if in_the_way %}{% do print(in_the_way ~ ': ' ~ left ~ '.') %}{% endif %}
    {{ return(not in_the_way) }}
{% endmacro %}
