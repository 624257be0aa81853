{#- The Shapley model of attribution: what each channel adds to the conversion rate, over all orders in which it could join. -#}

{% macro shapley_functions() %}
{% set radar = schema_name('radar') %}
create or replace function {{ radar }}.shapley_values(player_count integer, coalitions integer[], worths double precision[])
returns double precision[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $function$
-- A coalition is a number whose bit i - 1 says whether player i is in it.
declare
    worth double precision[] := array_fill(0::double precision, array[1 << player_count], array[0]);
    weight double precision[];  -- by the number of players who came before: their orders, and those of who come after
    shapley double precision[] := array_fill(0::double precision, array[player_count]);
    bit integer;
begin
    for i in 1 .. cardinality(coalitions) loop
        worth[coalitions[i]] := worths[i];
    end loop;
    for size in 0 .. player_count - 1 loop
        weight[size] := factorial(size) * factorial(player_count - 1 - size) / factorial(player_count);
    end loop;
    for player in 1 .. player_count loop
        bit := 1 << (player - 1);
        for coalition in 0 .. (1 << player_count) - 1 loop
            if coalition & bit > 0 and worth[coalition - bit] > worth[coalition] then
                worth[coalition] := worth[coalition - bit];
            end if;
        end loop;
    end loop;
    for player in 1 .. player_count loop
        bit := 1 << (player - 1);
        for coalition in 0 .. (1 << player_count) - 1 loop
            if coalition & bit = 0 and worth[coalition + bit] > worth[coalition] then
                shapley[player] := shapley[player]
                    + weight[bit_count(coalition::bit(32))] * (worth[coalition + bit] - worth[coalition]);
            end if;
        end loop;
    end loop;
    return shapley;
end
$function$;
comment on function {{ radar }}.shapley_values is
    'The Shapley value of each player in the game in which a coalition is worth the most that a listed part of it, or itself, is.';

create or replace function {{ radar }}.shapley_shares(paths text[], conversions bigint[], unconverted bigint[])
returns table (path text, channel text, share numeric)
language sql
immutable
rows 200
set search_path = pg_catalog, pg_temp
as $function$
    with

    journeys as (
        select
            journey.path,
            journey.converting,
            journey.failing,
            (
                select array_agg(distinct name collate "C" order by name collate "C")
                from unnest(string_to_array(journey.path, ' > ')) as name
            ) as channels
        from unnest(paths, conversions, unconverted) as journey (path, converting, failing)
    ),

    coalitions as (
        select channels, sum(converting) as converting, (sum(converting) / sum(converting + failing))::double precision as rate
        from journeys
        group by channels
    ),

    -- Each coalition that converts, with those that are a part of it as numbers in its own order of channels.
    games as (
        select
            coalition.channels,
            array_agg(numbered.part order by numbered.part) as parts,
            array_agg(part.rate order by numbered.part) as rates,
            max(part.rate) as worth
        from coalitions as coalition
        inner join coalitions as part on part.converting > 0 and part.channels <@ coalition.channels
        cross join lateral (
            select sum(1 << (array_position(coalition.channels, name) - 1))::integer as part
            from unnest(part.channels) as name
        ) as numbered
        where coalition.converting > 0
        group by coalition.channels
    ),

    solved as (
        select channels, worth, {{ radar }}.shapley_values(cardinality(channels), parts, rates) as shapley
        from games
    )

    select journeys.path, result.channel, (result.shapley / solved.worth)::numeric
    from journeys
    inner join solved on journeys.channels = solved.channels
    cross join lateral unnest(solved.channels, solved.shapley) as result (channel, shapley)
    where journeys.converting > 0
$function$;
comment on function {{ radar }}.shapley_shares is
    'Share of each channel in the conversions of each path that converts: the Shapley values of the channels on it, where a coalition
    of channels is worth the conversion rate of the journeys on exactly these, or the best rate of a part of them if that is higher.';
{% endmacro %}
