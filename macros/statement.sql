{#- Every statement of dbt carries the settings that its result may depend on: servers, databases and roles have defaults of their own.
    Local to the transaction, because behind a pooler the next one is somebody else's; with the statement, because a request of its own
    would take as long as the statement. radar/connection.py reads them here for the commands. -#}

{% macro session_settings() -%}
set local transaction_isolation = 'read committed';
set local search_path = pg_catalog, pg_temp;
set local timezone = 'UTC';
set local datestyle = 'ISO, MDY';
set local intervalstyle = 'postgres';
set local extra_float_digits = 1;
set local bytea_output = 'hex';
set local array_nulls = on;
set local transform_null_equals = off;
set local quote_all_identifiers = off;
set local standard_conforming_strings = on;
set local jit = off;
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
{%- endmacro %}

{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') -%}
    {#- dbt's own, with the settings before the statement, on its first line: an error counts lines. PostgreSQL reads a whole request by
        one meaning of backslashes, so where there is one, it is set before. -#}
    {%- if execute -%}
        {%- set compiled_code = caller() -%}
        {%- if name == 'main' -%}
            {{ log('Writing runtime sql for node "{}"'.format(model['unique_id'])) }}
            {{ write(compiled_code) }}
        {%- endif -%}
        {%- if '\\' in compiled_code -%}{%- do adapter.execute('set standard_conforming_strings = on', auto_begin=auto_begin) -%}{%- endif -%}
        {%- set result, table = adapter.execute(
            (session_settings() | replace('\n', ' ')) ~ ' ' ~ compiled_code, auto_begin=auto_begin, fetch=fetch_result) -%}
        {%- if name is not none -%}{{ store_result(name, response=result, agate_table=table) }}{%- endif -%}
    {%- endif -%}
{%- endmacro %}
