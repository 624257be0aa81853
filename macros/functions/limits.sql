{#- Limits of what is accepted, from the vars, for `radar load`: it reads them here, so that they are declared once. -#}

{% macro create_limits() %}
create or replace function {{ schema_name('radar') }}.limits() returns jsonb
language sql immutable parallel safe
return '{"message_bytes": {{ var("message_bytes") }}, "batch_bytes": {{ var("batch_bytes") }},
    "future_tolerance_hours": {{ var("future_tolerance_hours") }},
    "rejected_payload_characters": {{ var("rejected_payload_characters") }},
    "conversation_channels": {{ tojson(var("conversation_channels")) }},
    "placeholder_ids": {{ tojson(var("placeholder_ids")) | replace("'", "''") }},
    "id_blanks": "{{ id_blanks() }}",
    "secret_hints": {{ tojson(secret_name_hints()) }}}'::jsonb;
{% endmacro %}
