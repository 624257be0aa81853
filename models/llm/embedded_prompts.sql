with

final as (
    select
        workspace_id,
        call_id,
        prompt_hash,
        received_at as embedded_at
    from {{ arrived(ref('prompt_embeddings')) }} as arrived
)

select * from final
