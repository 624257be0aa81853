{#- Full builds after retention: what raw events no longer tell is taken over from the table that is there. -#}

{% macro with_carried_over_events(relation, horizon, own_horizon) %}
    {#- What a full build reads: raw rows in the columns of the staging model, and, for the time whose raw events are gone, the rows
        of this table. Rows of that time that were read before come from this table alone, so a session that its own retention
        removed does not return; ingest_xid -1 lets the copy that was accepted win over any other. -#}
    {% set cutoff = retention_cutoff('events') %}
    {% set rows = 'select * from ' ~ relation ~ ' where ingest_xid < ' ~ horizon %}
    {% if cutoff is none or relation.identifier != 'stg_events' or load_cached_relation(this) is none %}
        {{ return('(' ~ rows ~ ' ' ~ retention_marker(cutoff) ~ ')') }}
    {% endif %}
    {% set columns, carried = contract_columns(relation.identifier), [] %}
    {% for column in columns %}{% do carried.append(carried_value(relation.identifier, column) ~ ' as ' ~ column) %}{% endfor %}
    {% set raw = 'select ' ~ columns | join(', ') ~ ' from (' ~ rows ~ ") as raw where occurred_at >= '" ~ cutoff
                 ~ "' or ingest_xid >= " ~ own_horizon %}
    {{ return('(' ~ raw ~ ' union all select ' ~ carried | join(', ') ~ ' from ' ~ this ~ " where occurred_at < '" ~ cutoff ~ "' "
              ~ retention_marker(cutoff) ~ ')') }}
{% endmacro %}

{% macro carried_value(source, column) %}
    {#- Of devices that share a client's session id, the one whose visit bears it keeps it. -#}
    {% set values = {
        'client_session_id': 'case when has_client_session then coalesce(shared_session_id, session_id) end',
        'ingest_xid': 'case when shared_session_id is null then -2 else -1 end', 'received_at': 'occurred_at',
        'bot_class': "coalesce(bot_class, 'human')", 'is_accepted': 'true', 'is_bot': 'false',
        'place_in_batch': "'carried'"} %}
    {% set present = adapter.get_columns_in_relation(this) | map(attribute='name') | list %}
    {{ return(values.get(column, column if column in present else 'null::' ~ contract_column_type(source, column))) }}
{% endmacro %}

{% macro contract_column_type(model_name, column) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(node.columns[column].data_type) }}
    {% endfor %}
{% endmacro %}

{% macro retention_marker(cutoff) %}
    {#- Says in the compiled SQL which retention it knows of, so that a build that waited while retention ran notices. -#}
    {{ return('/* raw events since ' ~ (cutoff or 'ever') ~ ' */') }}
{% endmacro %}

{% macro with_final_days(query, contract) %}
    {#- Days of which retention removed sessions stay as they were when all sessions were there. -#}
    {% set columns = contract.columns | map(attribute='name') | list %}
    {% set before = final_days_condition() %}
    {% if before is none %}{{ return('select ' ~ columns | join(', ') ~ ' from (' ~ query ~ ') as built') }}{% endif %}
    {% set rows = 'select ' ~ columns | join(', ') ~ ' from (' ~ query ~ ') as built where not ' ~ before %}
    {% if load_cached_relation(this) is none %}{{ return(rows) }}{% endif %}
    {% set present, kept = adapter.get_columns_in_relation(this) | map(attribute='name') | list, [] %}
    {% for column in contract.columns %}
        {% do kept.append(column.name if column.name in present else 'null::' ~ column.type) %}
    {% endfor %}
    {{ return(rows ~ ' union all select ' ~ kept | join(', ') ~ ' from ' ~ this ~ ' where ' ~ before) }}
{% endmacro %}

{% macro final_days_condition() %}
    {#- Condition on the final days, or none when there are none. -#}
    {% set column = recompute_config().get('final_days') %}
    {% set cutoff = retention_cutoff('sessions') if column else none %}
    {{ return(none if cutoff is none else '(' ~ column ~ " < ('" ~ cutoff ~ "'::timestamptz at time zone 'UTC')::date)") }}
{% endmacro %}
