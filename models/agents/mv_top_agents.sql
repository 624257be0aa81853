select * from {{ ref('top_agents') }}
