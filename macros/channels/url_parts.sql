{#- Parts of an address, as SQL expressions. Addresses come from browsers and robots: none of these ever raises. -#}

{% macro url_host(url) -%}
    {#- Host in lower case, without user, port, "www." and the root's dot; IPv6 keeps its brackets. Null without "//".
        Cutting an ordinary address at its slashes is ten times as fast as the pattern that reads every address. -#}
    {%- set authority = "split_part(" ~ url ~ ", '/', 3)" -%}
    nullif(rtrim(lower((case
        when split_part({{ url }}, '/', 1) in ('https:', 'http:') and split_part({{ url }}, '/', 2) = ''
            and strpos({{ authority }}, '@') + strpos({{ authority }}, '[') + strpos({{ authority }}, '\') = 0
            then substr(
                split_part(split_part(split_part({{ authority }}, '?', 1), '#', 1), ':', 1),
                case when lower(left({{ authority }}, 4) collate "C") = 'www.' then 5 else 1 end
            )
        else substring({{ url }} from
            '^\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#\\]*@)?(?:[Ww]{3}\.)?(\[[^]/?#\\@]*\]|[^/?#:\\@[]*)')
    end) collate "C") collate "default", '.'), '')
{%- endmacro %}

{% macro url_path(url) -%}
    {#- Path without query and fragment, "/" for a bare host. An address without a host is a path already. -#}
    coalesce(nullif(regexp_replace(split_part(split_part({{ url }}, '#', 1), '?', 1),
        '^\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/\\]*', ''), ''), left({{ url }}, 0) || '/')
{%- endmacro %}

{% macro url_query(url) -%}
    {#- What stands between the first "?" and "#", as sent; null when there is nothing. -#}
    nullif(substr(split_part({{ url }}, '#', 1), nullif(strpos(split_part({{ url }}, '#', 1), '?'), 0) + 1), '')
{%- endmacro %}

{% macro url_fragment(url) -%}
    {#- What stands after the first "#", as sent; null when there is nothing. -#}
    nullif(substr({{ url }}, nullif(strpos({{ url }}, '#'), 0) + 1), '')
{%- endmacro %}

{% macro url_parameter(url, name) -%}
    {#- Value of the first parameter of that name, decoded; null when it is absent or empty. The LIKE spares nearly all
        rows the work, the leading "&" keeps xutm_source from passing for utm_source. -#}
    case when {{ url }} like '%?%{{ name }}=%' then
        nullif({{ schema_name('radar') }}.url_decode(
            split_part(split_part('&' || {{ url_query(url) }}, '&{{ name }}=', 2), '&', 1)), '')
    end
{%- endmacro %}
