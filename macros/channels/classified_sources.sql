{% macro source_patterns() %}
    {#- {pattern: [type, platform]} of the built-in list and then of the var extra_referrers, whose entries win. -#}
    {% set patterns = {} %}
    {% set built_in = referrer_platforms() %}
    {% do assert_known_keys(var('extra_referrers'), built_in, 'var extra_referrers') %}
    {% for list in [built_in, var('extra_referrers')] %}
        {% for type in list %}
            {% for platform in list[type] %}
                {#- Its own name as a utm_source: "Hacker News", hacker-news and hacker_news are the same. -#}
                {% set name = platform | replace(' ', '') | replace('-', '') | replace('_', '') | replace('.', '') %}
                {% for pattern in [name] + list[type][platform] %}
                    {% do patterns.update({pattern | lower: [type, platform]}) %}
                {% endfor %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {{ return(patterns) }}
{% endmacro %}

{% macro classified_sources(relation, column) %}
    {#- Query: one row per distinct value of the column (hosts, Android packages, utm_source values) that belongs to a
        platform, with its type and platform. The matching runs once per distinct value; join the rows back by
        equality. A value is cut at its dots into the domains that it lies under, so that each cut is an equality too.
        Only the last seven labels count: the longest pattern is shorter, and a hostile value has thousands. #}
    select distinct on (sources.source)
        sources.source,
        patterns.referrer_type,
        patterns.referrer_platform
    from (select distinct {{ column }} as source from {{ relation }} where {{ column }} is not null) as sources
    cross join lateral (
        select string_to_array(rtrim({{ lowered('btrim(sources.source)') }}, '.'), '.') as labels
    ) as split
    cross join lateral generate_series(
        greatest(cardinality(split.labels) - 6, 1), cardinality(split.labels)
    ) as first_label
    cross join lateral (
        values
            (1, case when cardinality(split.labels) = 1 then translate(split.labels[1], ' -_', '') end),
            (2, case when first_label < cardinality(split.labels) then array_to_string(split.labels[first_label:], '.') end),
            (3, case
                when array_to_string(split.labels[first_label + 1:], '.')
                    ~ '^([a-z]{2}|com|net|org|info|cat|(ac|co|com|edu|gov|in|ne|net|or|org)\.[a-z]{2})$'
                    then split.labels[first_label] || '.*'
            end),
            (4, case
                when first_label = 1 and cardinality(split.labels) > 2 then rtrim(split.labels[1], '0123456789') || '.'
            end)
    ) as candidates (rank, pattern)
    inner join (
        select pattern, meaning ->> 0 as referrer_type, meaning ->> 1 as referrer_platform
        from jsonb_each({{ quoted(tojson(source_patterns())) }}) as listed (pattern, meaning)
    ) as patterns
        on candidates.pattern = patterns.pattern
    order by sources.source asc, first_label asc, candidates.rank asc
{% endmacro %}
