{#- From what the database has to what the contract says: additive DDL, or a refusal that names what is in the way. -#}

{% macro reconcile_ddl(relation, contract, present) %}
    {#- Statements that make the table, which the catalog has as `present`, what its contract says; none when it is. -#}
    {% if present is none %}{{ return(create_table_ddl(relation, contract)) }}{% endif %}
    {% do refuse_destructive_changes(relation, contract, present) %}
    {% set objects = table_objects(relation, contract, include_key=false) %}
    {% set ddl = object_drops_ddl(relation, objects, present) + column_changes_ddl(relation, contract, present)
                 + key_change_ddl(relation, contract, present) + object_creates_ddl(objects, present) %}
    {% if not present.has_row_security %}{% do ddl.append('alter table ' ~ relation ~ ' enable row level security') %}{% endif %}
    {% if not present.recorded or present.recorded.fingerprint != contract_fingerprint(contract) %}
        {#- Defaults, comments and grants cannot be compared by name, so they are set anew when the contract was edited. -#}
        {% set ddl = ddl + default_changes_ddl(relation, contract) + grant_sql(relation, contract) + comment_sql(relation, contract) %}
    {% endif %}
    {{ return(ddl) }}
{% endmacro %}

{% macro refuse_destructive_changes(relation, contract, present) %}
    {% set refuse = 'Radar never destroys data. ' %}
    {% set names = contract.columns | map(attribute='name') | list %}
    {% for name in present.columns if name not in names %}
        {% do exceptions.raise_compiler_error(
            refuse ~ relation ~ '.' ~ name ~ ' is not in the contract. Put it back into the YAML, or, if its data may go: '
            ~ 'alter table ' ~ relation ~ ' drop column ' ~ name) %}
    {% endfor %}
    {% for column in contract.columns if column.name in present.columns %}
        {% set now = present.columns[column.name] %}
        {% set is_same = now.type == with_vectors_schema(column.type) or now.type == canonical_type(column.type) or becomes_a_vector(column, now) %}
        {% if not is_same or now.generated != (column.generated is not none) %}
            {% do exceptions.raise_compiler_error(
                refuse ~ relation ~ '.' ~ column.name ~ ' is ' ~ now.type ~ (' (generated)' if now.generated else '')
                ~ ' and the contract says ' ~ column.type ~ '. Add a column of another name, or change the type by hand first.') %}
        {% endif %}
        {% set expression = (present.recorded or {}).get('generated', {}).get(column.name) %}
        {% if expression is not none and column.generated is not none and expression != column.generated %}
            {% do exceptions.raise_compiler_error(
                refuse ~ relation ~ '.' ~ column.name ~ ' is generated as ' ~ expression ~ ' and the contract says ' ~ column.generated
                ~ '. PostgreSQL cannot change that in place: add a column of another name, or drop this one by hand first.') %}
        {% endif %}
    {% endfor %}
    {% if present.key not in replaceable_keys(relation, contract) + [key_objects(relation, contract)[0].name] %}
        {% do exceptions.raise_compiler_error(
            refuse ~ 'The primary key of ' ~ relation ~ ' (' ~ present.key ~ ') differs from the contract ('
            ~ contract.primary_key | join(', ') ~ '). A key decides what counts as the same row: change it by hand first.') %}
    {% endif %}
    {% set wanted = 'RANGE (' ~ contract.table.partition_by.column ~ ')' if contract.table.partition_by else none %}
    {% if present.partition_key != wanted %}
        {% do exceptions.raise_compiler_error(
            refuse ~ relation ~ ' is partitioned by ' ~ present.partition_key ~ ' and the contract says ' ~ wanted
            ~ '. PostgreSQL cannot change that in place: copy the rows into a new table.') %}
    {% endif %}
{% endmacro %}

{% macro column_changes_ddl(relation, contract, present) %}
    {% set ddl = [] %}
    {% for column in contract.columns %}
        {% set now = present.columns.get(column.name) %}
        {% if now is none %}
            {% if column.not_null and column.default is none and not column.generated and has_rows(relation, 'true') %}
                {% do exceptions.raise_compiler_error(
                    relation ~ '.' ~ column.name ~ ' is new and not null, but the table has rows: give it a default, or allow null.') %}
            {% endif %}
            {#- A number drawn for each old row would rewrite the table and order them by chance: the default comes after. -#}
            {% set is_drawn = not column.not_null and (column.default or '').startswith('nextval(') %}
            {% do ddl.append('alter table ' ~ relation ~ ' add column ' ~ (column.name ~ ' ' ~ column.type if is_drawn else column_ddl(column))) %}
        {% elif becomes_a_vector(column, now) %}
            {% do ddl.append('alter table ' ~ relation ~ ' alter column ' ~ column.name ~ ' type ' ~ with_vectors_schema(column.type)) %}
        {% elif column.not_null and not now.not_null %}
            {% if has_rows(relation, column.name ~ ' is null') %}
                {% do exceptions.raise_compiler_error(
                    relation ~ '.' ~ column.name ~ ' is not null in the contract, but rows have none: fill them first.') %}
            {% endif %}
            {% do ddl.append('alter table ' ~ relation ~ ' alter column ' ~ column.name ~ ' set not null') %}
        {% elif now.not_null and not column.not_null and column.name not in contract.primary_key %}
            {% do ddl.append('alter table ' ~ relation ~ ' alter column ' ~ column.name ~ ' drop not null') %}
        {% endif %}
    {% endfor %}
    {{ return(ddl) }}
{% endmacro %}

{% macro replaceable_keys(relation, contract) %}
    {#- Names of the keys that the table had once and that the contract's own is safe to stand in for: it allows all of their rows. -#}
    {% set names = [] %}
    {% for columns in contract.table.get('replaces_keys', []) %}
        {% do names.append(object_name([contract.name, 'pkey'], columns | join(', '))) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{% macro key_change_ddl(relation, contract, present) %}
    {% if present.key not in replaceable_keys(relation, contract) %}{{ return([]) }}{% endif %}
    {{ return(['alter table ' ~ relation ~ ' drop constraint ' ~ present.key, key_objects(relation, contract)[0].create]) }}
{% endmacro %}

{% macro has_rows(relation, condition) %}
    {{ return(run_query('select exists (select from ' ~ relation ~ ' where ' ~ condition ~ ')').rows[0][0]) }}
{% endmacro %}

{% macro becomes_a_vector(column, now) %}
    {#- Whether the column was made on a server that had no vectors then. -#}
    {{ return(now.type == 'real[]' and column.type.startswith('vector')) }}
{% endmacro %}

{% macro object_creates_ddl(objects, present) %}
    {#- Names end with a hash of the definition: what is missing is created. -#}
    {% set ddl = [] %}
    {% for object in objects if object.name not in present[object.kind] %}
        {#- Rows that were there before a check stay as they are: what they hold is judged by the staging models. -#}
        {% do ddl.append(object.create ~ (' not valid' if object.kind == 'check')) %}
    {% endfor %}
    {{ return(ddl) }}
{% endmacro %}

{% macro object_drops_ddl(relation, objects, present) %}
    {#- What no contract asks for any more is dropped (an index, check, policy or trigger holds no data). Objects that we did not
        record are somebody else's and stay. -#}
    {% set names = objects | map(attribute='name') | list %}
    {% set ddl = [] %}
    {% set schema = relation.include(database=false, identifier=false) %}
    {% set drops = {'index': 'drop index ' ~ schema ~ '.%s', 'check': 'alter table ' ~ relation ~ ' drop constraint %s',
                    'policy': 'drop policy %s on ' ~ relation, 'trigger': 'drop trigger %s on ' ~ relation} %}
    {% for kind, drop in drops.items() %}
        {% for name in present[kind] if name not in names and name in (present.recorded or {}).get('objects', []) %}
            {% do ddl.append(drop | format(name)) %}
        {% endfor %}
    {% endfor %}
    {{ return(ddl) }}
{% endmacro %}

{% macro default_changes_ddl(relation, contract) %}
    {% set ddl = [] %}
    {% for column in contract.columns if not column.generated %}
        {% set change = 'drop default' if column.default is none else 'set default ' ~ column.default %}
        {% do ddl.append('alter table ' ~ relation ~ ' alter column ' ~ column.name ~ ' ' ~ change) %}
    {% endfor %}
    {{ return(ddl) }}
{% endmacro %}

{% macro contract_fingerprint(contract) %}
    {#- The roles are part of it, because grants follow them. -#}
    {{ return(local_md5(tojson([contract, var('roles')], sort_keys=true))) }}
{% endmacro %}

{% macro record_contract(relation, contract, objects=[]) %}
    {#- Remembers what was applied: what the catalog cannot tell (whose an index is, the words of an expression). -#}
    {% set generated = {} %}
    {% for column in contract.columns if column.get('generated') %}{% do generated.update({column.name: column.generated}) %}{% endfor %}
    insert into {{ schema_name('radar') }}.contracts as recorded (relation, fingerprint, objects, generated)
    values ({{ quoted(relation.include(database=false) | string) }}, '{{ contract_fingerprint(contract) }}',
            {{ quoted(tojson(objects | map(attribute='name') | list)) }}, {{ quoted(tojson(generated)) }})
    on conflict (relation) do update
    set fingerprint = excluded.fingerprint, objects = excluded.objects, generated = excluded.generated
    where (recorded.fingerprint, recorded.objects, recorded.generated)
        is distinct from (excluded.fingerprint, excluded.objects, excluded.generated)
{% endmacro %}
