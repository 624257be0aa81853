{% set goal_month = 'workspace_id, project_id, month, goal_id' %}

with

paths as (
    select * from {{ affected(ref('conversion_paths')) }} as paths
),

touchpoints as (
    select *, {{ month_of('conversion_date') }} as month
    from {{ of_affected_months(ref('touchpoints'), 'conversion_date') }} as touchpoints
),

totals as (
    select {{ goal_month }}, sum(conversions) as conversions, sum(revenue) as revenue
    from paths
    group by {{ goal_month }}
),

path_credits as (
    select
        {{ goal_month }},
        channel
        {%- for name in path_models() %},
        sum({{ name }}_credit) as {{ name }}_credit,
        coalesce(sum({{ name }}_revenue), 0) as {{ name }}_revenue
        {%- endfor %}
    from touchpoints
    group by {{ goal_month }}, channel
),

path_channels as (
    select {{ goal_month }}, model, channel, conversions, revenue
    from path_credits
    cross join lateral (
        values
        {% for name in path_models() %}
        ('{{ name }}', {{ name }}_credit, {{ name }}_revenue){{ ',' if not loop.last }}
        {% endfor %}
    ) as models (model, conversions, revenue)
),

games as (
    select
        {{ goal_month }},
        array_agg(path order by path_id) as paths,
        array_agg(conversions order by path_id) as conversions,
        array_agg(unconverted order by path_id) as unconverted
    from paths
    group by {{ goal_month }}
),

-- Materialized, or the join below would solve the game again for each path.
markov_shares as materialized (
    select {{ goal_month }}, shares.*
    from games
    cross join lateral {{ schema_name('radar') }}.markov_shares(paths, conversions, unconverted) as shares
),

shapley_shares as materialized (
    select {{ goal_month }}, shares.*
    from games
    cross join lateral {{ schema_name('radar') }}.shapley_shares(paths, conversions, unconverted) as shares
),

learned_credits as (
    select {{ goal_month }}, 'markov' as model, channel, share * conversions as conversions, share * revenue as revenue
    from markov_shares
    inner join totals using ({{ goal_month }})
    union all
    select
        {{ goal_month }},
        'shapley' as model,
        channel,
        sum(share * conversions) as conversions,
        sum(share * revenue) as revenue
    from shapley_shares
    inner join paths using ({{ goal_month }}, path)
    group by {{ goal_month }}, channel
),

ranked_credits as (
    select
        learned_credits.*,
        totals.conversions as all_conversions,
        totals.revenue as all_revenue,
        row_number() over (
            partition by {{ goal_month }}, model order by learned_credits.conversions desc, channel asc
        ) as rank
    from learned_credits
    inner join totals using ({{ goal_month }})
),

-- The strongest channel takes what rounding leaves over.
learned_channels as (
    select
        {{ goal_month }},
        model,
        channel,
        {{ exact_share('conversions', 'all_conversions', 'rank = 1', 'of_model') }} as conversions,
        {{ exact_share('revenue', 'all_revenue', 'rank = 1', 'of_model') }} as revenue
    from ranked_credits
    window of_model as (partition by {{ goal_month }}, model)
),

final as (
    select * from path_channels
    union all
    select * from learned_channels
)

select * from final
