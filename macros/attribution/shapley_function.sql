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

create or replace function {{ radar }}.submasks(mask bigint)
returns bigint[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $function$
-- Place i + 1 holds the subset that the bits of i choose among those of the mask.
declare
    found bigint[] := '{0}';
    rest bigint := mask;
    lowest bigint;
begin
    while rest <> 0 loop
        lowest := rest & -rest;
        found := found || array(select part | lowest from unnest(found) with ordinality as parts (part, place) order by place);
        rest := rest - lowest;
    end loop;
    return found;
end
$function$;

create or replace function {{ radar }}.shapley_shares(paths text[], conversions bigint[], unconverted bigint[])
returns table (path text, channel text, share numeric)
language sql
immutable
rows 200
set search_path = pg_catalog, pg_temp
as $function$
    with

    steps as (
        select journey.*, name, count(*) over (partition by journey.place) as channel_count
        from unnest(paths, conversions, unconverted) with ordinality as journey (path, converting, failing, place)
        cross join lateral (select distinct unnest(string_to_array(journey.path, ' > ')) collate "C" as name) as names
    ),

    ranks as (
        select name, row_number() over (order by sum(converting) desc, name) as rank
        from steps
        group by name
    ),

    -- Each channel is a player, bit by bit; in the coarse game, which is for long paths, all but the strongest are one.
    games as (
        select cap, place, path, converting, failing, channel_count > {{ exact_channels() }} as is_long, bit_or(bit) as mask
        from steps
        inner join ranks using (name)
        cross join (values (62), ({{ exact_channels() }})) as caps (cap)
        cross join lateral (select 1::bigint << (least(rank, cap) - 1)::integer as bit) as bits
        group by cap, place, path, converting, failing, channel_count
    ),

    coalitions as (
        select cap, mask, (sum(converting) / sum(converting + failing))::double precision as rate
        from games
        group by cap, mask
        having sum(converting) > 0
    ),

    wanted as (
        select cap, place, path, mask
        from games
        where converting > 0 and cap = case when is_long then {{ exact_channels() }} else 62 end
    ),

    -- Each coalition whose value is wanted, with those that are a part of it as numbers in its own order of players.
    parts as (
        select
            solving.cap,
            solving.mask,
            array_agg((number - 1)::integer order by number) as numbers,
            array_agg(part.rate order by number) as rates,
            max(part.rate) as worth
        from (select distinct cap, mask from wanted) as solving
        cross join lateral unnest({{ radar }}.submasks(solving.mask)) with ordinality as subsets (subset, number)
        inner join coalitions as part on solving.cap = part.cap and subsets.subset = part.mask
        group by solving.cap, solving.mask
    ),

    solved as (
        select cap, mask, worth, {{ radar }}.shapley_values(bit_count(mask::bit(64))::integer, numbers, rates) as shapley
        from parts
    ),

    -- Channels that are one player share its value equally.
    shared as (
        select
            wanted.path,
            steps.name,
            solved.shapley[bit_count((solved.mask & (bit - 1))::bit(64)) + 1] / solved.worth as value,
            count(*) over (partition by wanted.place, bit) as channels
        from wanted
        inner join solved using (cap, mask)
        inner join steps using (place)
        inner join ranks using (name)
        cross join lateral (select 1::bigint << (least(rank, cap) - 1)::integer as bit) as bits
    )

    select path, name, (value / channels)::numeric from shared
$function$;
comment on function {{ radar }}.shapley_shares is
    'Share of each channel in the conversions of each path that converts: the Shapley values of the channels on it, where a coalition
    of channels is worth the conversion rate of the journeys on exactly these, or the best rate of a part of them if that is higher.
    On a path of more than {{ exact_channels() }} channels all but the {{ exact_channels() - 1 }} strongest are one.';
{% endmacro %}

{% macro exact_channels() %}
    {#- Channels of a path up to which its Shapley values are exact: their coalitions are two to that power. -#}
    {{ return(8) }}
{% endmacro %}
