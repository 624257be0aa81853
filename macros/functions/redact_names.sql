{#- Which names say that a value is a secret. The var lists their words. -#}

{% macro secret_name_patterns() %}
    {#- LIKE patterns for the words of a name, which stand in small letters between single spaces. -#}
    {% set patterns = [] %}
    {% for entry in var('sensitive_fields') %}
        {% if not modules.re.fullmatch('(=?|[*])[a-z]+( [a-z]+)*[*]?', entry) %}
            {% do exceptions.raise_compiler_error(
                'sensitive_fields: "' ~ entry ~ '" has to be words in small letters; * before or after them stands for more letters, '
                ~ '= before them for nothing else') %}
        {% endif %}
        {% for words in [entry, entry | replace(' ', '')] %}
            {% set words = ' ' ~ words[1:] if entry.startswith('=') else words if entry.startswith('*') else '* ' ~ words %}
            {% set words = words if entry.endswith('*') else words ~ ' ' if entry.startswith('=') else words ~ ' *' %}
            {% do patterns.append(words | replace('*', '%')) %}
        {% endfor %}
    {% endfor %}
    {{ return(patterns | unique | list) }}
{% endmacro %}

{% macro secret_name_hints() %}
    {#- LIKE patterns for text in small letters that holds such a name, and for some more: its words, with anything between them. -#}
    {% set words = [] %}
    {% for entry in var('sensitive_fields') %}{% do words.append(entry.strip('=*') | replace(' ', '%')) %}{% endfor %}
    {% set words, hints = words | unique | list, [] %}
    {% for hint in words if words | select('in', hint) | list | length == 1 %}
        {% do hints.append('%' ~ hint ~ '%') %}
    {% endfor %}
    {{ return(hints) }}
{% endmacro %}

{% macro may_name_a_secret(text) %}
    {#- Condition that is true for text that holds such a name, and for some more: it takes two microseconds, and looking for
        the names themselves a hundred. -#}
    {{ return(lowered(text) ~ " like any ('{" ~ secret_name_hints() | join(',') ~ "}')") }}
{% endmacro %}

{% macro create_is_secret_name() %}
create or replace function {{ schema_name('radar') }}.is_secret_name(name text) returns boolean
language sql immutable parallel safe
-- cardNumber, card_number and card%5Bnumber%5D are all " card number ".
return ' ' || btrim(lower(regexp_replace(
    regexp_replace(right(name, 200), '(%[0-9a-fA-F]{2}|[^a-zA-Z])+', ' ', 'g'),
    '([a-z])([A-Z])|([A-Z])([A-Z][a-z])', E'\\1\\3 \\2\\4', 'g') collate "C"))
    || ' ' like any (array['{{ secret_name_patterns() | join("', '") }}']);
{% endmacro %}
