with

touchpoints as (
    select * from {{ affected(ref('touchpoints')) }} as touchpoints
),

final as (
    select
        workspace_id,
        project_id,
        goal_id,
        conversion_date as attribution_date,
        channel,
        source,
        medium,
        campaign
        {%- for name in path_models() %},
        sum({{ name }}_credit) as {{ name }}_conversions,
        coalesce(sum({{ name }}_revenue), 0) as {{ name }}_revenue
        {%- endfor %}
    from touchpoints
    group by 1, 2, 3, 4, 5, 6, 7, 8
)

select * from final
