select * from {{ ref('active_users') }}
