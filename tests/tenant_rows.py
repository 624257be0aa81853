"""Rows of a tenant whose every text holds its secret: something in every relation."""

from typing import LiteralString

TENANT: tuple[LiteralString, ...] = (
    "insert into app.workspaces (workspace_id, name, slug) values (%(workspace)s, %(secret)s, %(name)s)",
    "insert into app.users (user_id, email) values (%(member)s, %(secret)s)",
    "insert into app.workspace_members (workspace_id, user_id) values (%(workspace)s, %(member)s)",
    """insert into app.agents (workspace_id, agent_id, name) values (%(workspace)s, gen_random_uuid(), %(secret)s)""",
    """insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)
    values (%(workspace)s, %(project)s, %(secret)s, 'event', '{"event_name": "Signed up"}')""",
    """insert into ingest.rejected_events (rejected_event_id, workspace_id, reason, source, payload)
    values (gen_random_uuid(), %(workspace)s, 'invalid', 'track', %(secret)s),
    (gen_random_uuid(), null, 'unknown_project', 'track', %(secret)s)""",
)

PROJECT: LiteralString = """insert into ingest.projects (workspace_id, project_id, name, slug, domain, write_key)
    values (%(workspace)s, %(project)s, %(secret)s, %(name)s, %(name)s || '.example', %(secret)s)"""

EVENTS: LiteralString = """
    insert into ingest.events (
        workspace_id, project_id, message_id, occurred_at, event_type, event_name, anonymous_id, user_id, page_url,
        page_title, page_referrer, properties
    )
    select
        %(workspace)s, %(project)s, number::text, now() - number * interval '1 minute',
        (array['pageview', 'click', 'identify', 'track'])[number %% 4 + 1],
        case when number %% 4 = 3 then 'Signed up' end,
        %(secret)s || number %% 3,
        case when number %% 4 = 2 then %(secret)s end,
        'https://' || %(secret)s || '.example/' || number,
        %(secret)s,
        'https://' || %(secret)s || '.other.example/',
        jsonb_build_object('email', %(secret)s::text)
    from generate_series(%(first)s::integer, %(last)s::integer) as number"""


# A funnel's first step, a form, a thread that a token ties to a web visit, and what was spent.
RARE: tuple[LiteralString, ...] = (
    """insert into ingest.events (
        workspace_id, project_id, message_id, occurred_at, event_type, event_name, anonymous_id, channel_type,
        external_id, handshake_token, properties
    )
    select
        %(workspace)s, %(project)s, 'rare ' || kind, now() - interval '30 seconds', kind, name, anonymous_id,
        channel_type, external_id, token, jsonb_build_object('form_id', %(secret)s::text, 'sender', 'user')
    from (values
        ('track', 'Product Viewed', %(secret)s, 'web', null, %(secret)s),
        ('form_submit', null, %(secret)s, 'web', null, null),
        ('message', null, null, 'whatsapp', %(secret)s, %(secret)s)
    ) as rare (kind, name, anonymous_id, channel_type, external_id, token)""",
    """insert into ingest.ad_spend (workspace_id, project_id, spend_date, source, medium, cost)
    values (%(workspace)s, %(project)s, current_date, %(secret)s, 'cpc', 1)""",
    """insert into app.agent_runs (
        workspace_id, run_id, agent_id, user_id, status, started_at, runtime_seconds, credits_consumed, model,
        error_message
    )
    select
        workspace_id, md5(%(secret)s)::uuid, agent_id, %(member)s, 'failed', now() - interval '1 minute', 1, 1,
        %(secret)s, %(secret)s
    from app.agents where workspace_id = %(workspace)s""",
    """insert into ingest.model_pricing (workspace_id, provider, model, input_price_per_1k, output_price_per_1k)
    values (%(workspace)s, %(name)s, %(secret)s, 1, 1)""",
    """insert into ingest.model_aliases (workspace_id, provider, alias, priced_provider, priced_model)
    values (%(workspace)s, %(name)s, %(secret)s || ' alias', %(name)s, %(secret)s)""",
    """insert into ingest.llm_calls (
        workspace_id, project_id, trace_id, run_id, feature, user_id, provider, model, input_tokens, output_tokens,
        verified_cost_usd, occurred_at
    )
    values (
        %(workspace)s, %(project)s, %(secret)s, md5(%(secret)s)::uuid, %(secret)s, %(secret)s, %(name)s, %(secret)s,
        1, 1, 1, now() - interval '1 minute'
    )""",
    """insert into ingest.prompt_embeddings (workspace_id, call_id, embedding, prompt_hash)
    select workspace_id, call_id, array_fill(1::real, array[1536]), %(secret)s
    from ingest.llm_calls where workspace_id = %(workspace)s""",
)
