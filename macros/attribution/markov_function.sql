{#- The Markov model of attribution: how many conversions would be lost without a channel. -#}

{% macro markov_function() %}
{% set radar = schema_name('radar') %}
create or replace function {{ radar }}.markov_shares(paths text[], conversions bigint[], unconverted bigint[])
returns table (channel text, share numeric)
language plpgsql
immutable
rows 10
set search_path = pg_catalog, pg_temp
as $function$
-- A chain of first order: a step of a path goes to the next step, the last one to conversion or to nothing. With Q the
-- probabilities between channels, N = (I - Q)^-1 has all that is asked: N[i,j] visits of j follow one of i, so N[i,j] / N[j,j] is
-- the probability of ever coming to j. Without channel j, who comes to j is lost: its removal effect is the share of the
-- conversions whose path goes through j.
declare
    channels text[];
    size integer;
    matrix double precision[];  -- I - Q and beside it I, which elimination turns into I and N; one row after the other
    starts double precision[];  -- probability that a path begins in the channel
    ends double precision[];  -- and that a visit of it is the last and converts
    leaving bigint[];
    step record;
    pivot double precision;
    factor double precision;
    reached double precision;
    converts double precision;
    effects double precision[] := '{}';
    width integer;
begin
    select array_agg(name order by name), count(*) into channels, size
    from (select distinct unnest(string_to_array(path, ' > ')) collate "C" as name from unnest(paths) as path) as names;
    width := 2 * size;
    matrix := array_fill(0::double precision, array[size * width]);
    starts := array_fill(0::double precision, array[size]);
    ends := starts;
    leaving := array_fill(0::bigint, array[size]);

    for step in
        select
            array_position(channels, from_name) as origin,
            array_position(channels, to_name) as target,
            sum(converting)::bigint as converting,
            sum(converting + failing)::bigint as passing
        from unnest(paths, conversions, unconverted) as journeys (path, converting, failing)
        cross join lateral string_to_array(path, ' > ') as names
        cross join lateral generate_series(0, cardinality(names)) as place
        cross join lateral (select names[place] as from_name, names[place + 1] as to_name) as names_of_step
        where from_name is distinct from to_name
        group by 1, 2
    loop
        if step.origin is null then
            starts[step.target] := step.passing;
        else
            leaving[step.origin] := leaving[step.origin] + step.passing;
            if step.target is null then
                ends[step.origin] := step.converting;
            else
                matrix[(step.origin - 1) * width + step.target] := - step.passing;
            end if;
        end if;
    end loop;

    for i in 1 .. size loop
        for j in 1 .. size loop
            matrix[(i - 1) * width + j] := matrix[(i - 1) * width + j] / leaving[i];
        end loop;
        ends[i] := ends[i] / leaving[i];
        matrix[(i - 1) * width + i] := 1;
        matrix[(i - 1) * width + size + i] := 1;
    end loop;

    -- Every channel leads to an end sooner or later, so no pivot is 0.
    for i in 1 .. size loop
        pivot := matrix[(i - 1) * width + i];
        for j in i .. width loop
            matrix[(i - 1) * width + j] := matrix[(i - 1) * width + j] / pivot;
        end loop;
        for k in 1 .. size loop
            factor := matrix[(k - 1) * width + i];
            if k <> i and factor <> 0 then
                for j in i .. width loop
                    matrix[(k - 1) * width + j] := matrix[(k - 1) * width + j] - factor * matrix[(i - 1) * width + j];
                end loop;
            end if;
        end loop;
    end loop;

    for j in 1 .. size loop
        reached := 0;
        converts := 0;
        for i in 1 .. size loop
            reached := reached + starts[i] * matrix[(i - 1) * width + size + j];
            converts := converts + matrix[(j - 1) * width + size + i] * ends[i];
        end loop;
        effects := effects || reached / matrix[(j - 1) * width + size + j] * converts;
    end loop;

    return query
    select name, (effect / sum(effect) over ())::numeric
    from unnest(channels, effects) as result (name, effect)
    where effect > 0
    order by name;
end
$function$;
comment on function {{ radar }}.markov_shares is
    'Share of the conversions of each channel by its removal effect. A path is channels with " > " between them; beside it stand
    how many journeys converted and how many did not.';
{% endmacro %}
