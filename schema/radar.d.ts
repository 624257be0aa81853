// Made by `radar schema --format typescript` from the contracts in models/: edit those.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export declare namespace ingest {
  /** One row per day, source, medium and campaign that cost money. `radar load --format spend` writes it: the days of a file are replaced. Who changes a row otherwise sets ingest_xid to default, or no run sees it. */
  interface ad_spend {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day of the spend, in the project's reporting time zone. */
    spend_date: string;
    /** Source of the campaign, as in its utm_source. */
    source: string;
    /** Its utm_medium. */
    medium?: string;
    /** Its utm_campaign. */
    campaign?: string;
    /** What was paid, in the project's currency. */
    cost: number;
    /** Clicks that were paid for, null when unknown. */
    clicks?: number | null;
    /** Times that it was shown, null when unknown. */
    impressions?: number | null;
    /** When the row last changed. */
    updated_at?: string;
  }
  /** One row per event as a tracker, SDK or loader sent it, append-only. Retries of a message with the same time are refused by the key; the same message sent with another time is removed when sessions are built. */
  interface events {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The sender's id of the message, repeated when it retries. */
    message_id?: string;
    /** When the event happened, by the sender's clock. */
    occurred_at: string;
    /** When the event reached Radar. */
    received_at?: string;
    /** Kind of event: pageview, click, scroll, scroll_depth, form_submit, text_copy, page_visibility, heartbeat, identify, track, screen, batch (holds events, which staging unpacks) or any name of the sender's own. */
    event_type?: string;
    /** What happened, in the sender's words (Order Completed). */
    event_name?: string | null;
    /** Group of events that the sender puts this one into. */
    event_category?: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id?: string | null;
    /** Known person, as the application calls them. */
    user_id?: string | null;
    /** The client's id of the visit, if it sends one. */
    session_id?: string | null;
    /** Where the event came from, web or whatsapp. */
    channel_type?: string;
    /** Id of the person on that channel (WhatsApp phone id). */
    external_id?: string | null;
    /** Token that ties a conversation to a web session. */
    handshake_token?: string | null;
    /** Address of the page with query and fragment. */
    page_url?: string | null;
    /** Path part of the address. */
    page_path?: string | null;
    /** Title of the page. */
    page_title?: string | null;
    /** Address of the page before. */
    page_referrer?: string | null;
    /** Campaign source that the sender named beside the address. */
    utm_source?: string | null;
    /** Campaign medium that the sender named beside the address. */
    utm_medium?: string | null;
    /** Campaign name that the sender named beside the address. */
    utm_campaign?: string | null;
    /** Campaign content that the sender named beside the address. */
    utm_content?: string | null;
    /** Campaign term that the sender named beside the address. */
    utm_term?: string | null;
    /** User agent string of the browser. */
    user_agent?: string | null;
    /** Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet. */
    bot_class?: string | null;
    /** desktop, mobile, tablet, or another class that the user agent tells. */
    device_type?: string | null;
    /** Operating system. */
    os_name?: string | null;
    /** Version of the operating system. */
    os_version?: string | null;
    /** Browser. */
    browser_name?: string | null;
    /** Version of the browser. */
    browser_version?: string | null;
    /** Preferred language of the browser (BCP 47). */
    browser_language?: string | null;
    /** Time zone of the visitor's device (IANA name). */
    timezone?: string | null;
    /** Width of the screen in CSS pixels. */
    screen_width?: number | null;
    /** Height of the screen in CSS pixels. */
    screen_height?: number | null;
    /** Width of the browser window in CSS pixels. */
    viewport_width?: number | null;
    /** Height of the browser window in CSS pixels. */
    viewport_height?: number | null;
    /** Physical pixels per CSS pixel. */
    device_pixel_ratio?: number | null;
    /** Sender's address, truncated to /24 (IPv4) or /48 (IPv6) before storage. */
    ip_address?: string | null;
    /** Country of the sender (ISO 3166-1 alpha-2). */
    country_code?: string | null;
    /** City of the sender. */
    city?: string | null;
    /** Milliseconds until the page had loaded. */
    load_time_ms?: number | null;
    /** Milliseconds until the page was drawn. */
    render_time_ms?: number | null;
    /** Everything else that the sender said of the event; for identify the traits, for batch the events. */
    properties?: Json;
    /** Name and version of the library that sent the event. */
    sdk_version?: string | null;
    /** Orders events of the same instant: as they stand in their file or batch, else as they arrived. Null for rows from before there was such a number, which come first. */
    arrival_number?: number | null;
  }
  /** One row per goal of a project, whose completion counts as a conversion. */
  interface goals {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Id of the goal. */
    goal_id?: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** What people call the goal. */
    name: string;
    /** What completes it: event (an event by name), pageview (a page by path), duration, custom. */
    goal_type: "event" | "pageview" | "duration" | "custom";
    /** What must hold, all of it. event: {"event_name": "Order Completed"}; pageview: {"page_path": "/thanks%"} (% or * is any text); duration: {"seconds": 60} since the visit's start; custom: any of event_name, event_type, page_path, properties. All but duration take "properties": {"plan": "pro", "cart.total": {">=": 50}} (operators =, !=, >, >=, <, <=, contains, in, exists; numbers are compared as numbers) and "value_property", the property that says the worth (default revenue). A goal that can never be met is refused with the reason. */
    conditions: Json;
    /** Worth of one completion in the project's currency. */
    value?: number | null;
    /** Whether completions are counted. */
    is_active?: boolean;
    /** When the goal was made. */
    created_at?: string;
    /** When the row last changed. */
    updated_at?: string;
  }
  /** One row per call of a language model as a tracer or loader sent it. What a provider's bill says later may be written into it: the run that follows takes the row again. */
  interface llm_calls {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Id of the call, repeated when the sender retries. */
    call_id?: string;
    /** Trace that the call belongs to. */
    trace_id?: string | null;
    /** Span of the call in its trace. */
    span_id?: string | null;
    /** Span that made the call. */
    parent_span_id?: string | null;
    /** Run of an agent that made the call (app.agent_runs). */
    run_id?: string | null;
    /** What the call was made for, in the product's words. */
    feature?: string;
    /** Known person, as the application calls them. */
    user_id?: string | null;
    /** Visit during which the call was made. */
    session_id?: string | null;
    /** Who served the call (openai, anthropic, azure). */
    provider: string;
    /** Model as the provider calls it. */
    model: string;
    /** Tokens of the prompt; see input_includes_cached. */
    input_tokens?: number | null;
    /** Tokens of the answer, reasoning included. */
    output_tokens?: number | null;
    /** Prompt tokens read from the provider's cache. */
    cached_tokens?: number;
    /** Prompt tokens written to the provider's cache. */
    cache_write_tokens?: number;
    /** Those of cache_write_tokens that the cache keeps for an hour, which costs more. */
    cache_write_1h_tokens?: number;
    /** Whether input_tokens counts the cached ones too (OpenAI does, Anthropic does not). Loaders set it by provider. */
    input_includes_cached?: boolean;
    /** How it was served: batch, flex, priority; null, default, auto: as usual. */
    service_tier?: string | null;
    /** What the call used beside text, where that may cost extra: audio, image, video, web_search, file_search; empty: text alone; null: nobody said. */
    special_uses?: string[] | null;
    /** Milliseconds until the answer was complete. */
    latency_ms?: number | null;
    /** Whether the product's own cache answered, so that no provider was paid. */
    is_cache_hit?: boolean;
    /** What the sender reckoned; kept, never used as the cost. */
    estimated_cost_usd?: number | null;
    /** What the provider billed, when that is known. */
    verified_cost_usd?: number | null;
    /** Everything else that the sender said of the call. */
    metadata?: Json;
    /** When the call began. */
    occurred_at: string;
    /** When the call reached Radar. */
    received_at?: string;
  }
  /** One row per other name of a priced model (a dated version, another provider's name for it) of everybody or a tenant. */
  interface model_aliases {
    /** The tenant whose own alias it is; null: everybody's. */
    workspace_id?: string | null;
    /** Provider that the calls name. */
    provider: string;
    /** Model that the calls name. */
    alias: string;
    /** Provider of the price. */
    priced_provider: string;
    /** Model of the price. */
    priced_model: string;
  }
  /** One row per price of a model from a date on. A price is never edited: a correction is a row of its own, recorded later. */
  interface model_pricing {
    /** Id of the price. */
    model_pricing_id?: string;
    /** The tenant whose own price it is; null: everybody's. */
    workspace_id?: string | null;
    /** Who serves the model. */
    provider: string;
    /** The model. */
    model: string;
    /** From when on the price holds, until the next one of the model. */
    effective_date?: string;
    /** The calls that it holds for, by how they are served: standard, batch, flex, priority, fast. */
    service_tier?: string;
    /** First moment of the day, in UTC, of a price that holds for some hours of each; it goes before one of all hours. */
    daily_from?: string | null;
    /** First moment after them; before daily_from: on the next day. */
    daily_until?: string | null;
    /** USD per 1,000 prompt tokens that no cache served. */
    input_price_per_1k: number;
    /** USD per 1,000 tokens of the answer. */
    output_price_per_1k: number;
    /** USD per 1,000 tokens read from the cache; null: as input. */
    cached_price_per_1k?: number | null;
    /** USD per 1,000 tokens written to it; null: as input. */
    cache_write_price_per_1k?: number | null;
    /** USD per 1,000 tokens written for an hour; null: calls with such tokens are not priced. */
    cache_write_1h_price_per_1k?: number | null;
    /** USD per call, whatever its tokens; null: none. */
    request_price_usd?: number | null;
    /** Prompt tokens above which the whole call costs the long-context prices; null when there are none. */
    long_context_tokens?: number | null;
    /** The same for long prompts. */
    long_input_price_per_1k?: number | null;
    /** The same for long prompts. */
    long_output_price_per_1k?: number | null;
    /** The same for long prompts. */
    long_cached_price_per_1k?: number | null;
    /** The same for long prompts. */
    long_cache_write_price_per_1k?: number | null;
    /** The same for long prompts. */
    long_cache_write_1h_price_per_1k?: number | null;
    /** Prompt tokens above which a call costs something else again and is not priced; null: no limit. */
    priced_up_to_tokens?: number | null;
    /** What these prices do not hold for: a call whose special_uses have one of them is not priced. unsaid: nor is one that says nothing of its uses; everything: no call is, since the model is paid by the hour or page. */
    priced_apart?: string[] | null;
    /** Whether calls that were priced before this price was recorded take it too; what they cost before is kept. */
    replaces_history?: boolean;
    /** Where the price is from (genai-prices, or manual). */
    price_source?: string;
    /** When Radar learned of the price. */
    recorded_at?: string;
  }
  /** One row per site or app of a workspace. The write key says where an event belongs; the secret key is stored hashed. */
  interface projects {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id?: string;
    /** What people call the site or app. */
    name: string;
    /** Short name in commands and addresses, unique within the workspace. */
    slug: string;
    /** Host of the site, for telling internal referrers; null for an app. */
    domain?: string | null;
    /** Public key that trackers send; unique over all workspaces. */
    write_key?: string;
    /** SHA-256 of the secret key in hex; the key itself is never stored. */
    secret_key_hash?: string | null;
    /** Origins (scheme://host[:port]) that may send events through ingest.track; null or empty allows every origin. */
    allowed_origins?: string[] | null;
    /** Settings of the project: timezone (name of the reporting time zone as in pg_timezone_names, default UTC). */
    settings?: Json;
    /** When the project was made. */
    created_at?: string;
    /** When the row last changed. */
    updated_at?: string;
  }
  /** One row per call whose prompt somebody embedded: Radar computes no embedding. All of a workspace have to come from one model. On a server without pgvector the numbers wait in an array for it. */
  interface prompt_embeddings {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Call whose prompt it is (llm_calls). */
    call_id: string;
    /** The prompt as 1,536 numbers, as in [0.1,-0.2,...]. */
    embedding: string;
    /** Hash of the prompt, by which the same one is known again. */
    prompt_hash?: string | null;
    /** When the embedding reached Radar; of a call that was embedded again, the last time. */
    received_at?: string;
  }
  /** One row per event that could not be accepted, with the reason, so that nothing that was sent is lost. */
  interface rejected_events {
    /** Id of the rejection, derived from source, line and payload so that loading a file again adds nothing. */
    rejected_event_id: string;
    /** The tenant, null when the event did not say which. */
    workspace_id?: string | null;
    /** The project, null when the event did not say which. */
    project_id?: string | null;
    /** When the event was turned away. */
    rejected_at?: string;
    /** Why: unparsable, no_id (neither anonymous nor user id), unknown_project (or write key), origin_not_allowed, no_time, future (later than received_at by more than the tolerance), too_large, invalid (a value of the wrong type). */
    reason: "unparsable" | "no_id" | "unknown_project" | "origin_not_allowed" | "no_time" | "future" | "too_large" | "invalid";
    /** What exactly was wrong. */
    detail?: string | null;
    /** File name and line, or track. */
    source: string;
    /** The event as it came, cut to 8,192 characters. */
    payload: string;
  }
}

export declare namespace analytics {
  /** One row per visit with an event in the last 30 minutes. */
  interface active_sessions {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Time of the first event. */
    started_at: string | null;
    /** Time of the last event so far. */
    last_event_at: string | null;
    /** Time since the first event. */
    session_age: string | null;
    /** Pageviews so far. */
    pageview_count: number | null;
    /** Path of the last pageview. */
    current_path: string | null;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string | null;
  }
  /** One row per project and day from its first to its last with visits: how many different devices came on that day, and in the 7 and 30 days that end on it. */
  interface active_visitors {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string | null;
    /** Different devices on the day. */
    daily_active_visitors: number | null;
    /** Different devices in the 7 days that end on the day. */
    weekly_active_visitors: number | null;
    /** Different devices in the 30 days that end on the day. */
    monthly_active_visitors: number | null;
    /** Devices of the day that had never come before. */
    new_visitors: number | null;
    /** Devices of the day that had come before it. */
    returning_visitors: number | null;
    /** Devices of the day as a share of those of the 30 days, 0 to 1; null when those had none. */
    stickiness: number | null;
  }
  /** One row per agent and day on which runs of it began. */
  interface agent_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The agent. */
    agent_id: string;
    /** Day on which the runs began. */
    run_date: string;
    /** Runs that began. */
    total_runs: number;
    /** Runs that completed. */
    successful_runs: number;
    /** Runs that failed. */
    failed_runs: number;
    /** Runs that were cancelled. */
    cancelled_runs: number;
    /** Average runtime of the runs that ended; null without any. */
    avg_runtime_seconds: number | null;
    /** Shortest runtime. */
    min_runtime_seconds: number | null;
    /** Longest runtime. */
    max_runtime_seconds: number | null;
    /** 50th percentile of runtime, exact. */
    p50_runtime_seconds: number | null;
    /** 75th percentile of runtime, exact. */
    p75_runtime_seconds: number | null;
    /** 95th percentile of runtime, exact. */
    p95_runtime_seconds: number | null;
    /** 99th percentile of runtime, exact. */
    p99_runtime_seconds: number | null;
    /** Credits. */
    total_credits_consumed: number;
    /** Average credits of the runs that say them. */
    avg_credits_per_run: number | null;
    /** Tokens. */
    total_tokens_used: number;
    /** Average tokens of the runs that say them. */
    avg_tokens_per_run: number | null;
    /** Different people who started runs. */
    unique_users: number;
    /** Average rating, 1 to 5; null without any. */
    avg_user_rating: number | null;
    /** Ratings. */
    total_feedback_count: number;
    /** Failed runs by class of error: {class: count}. */
    error_types: Json;
    /** The five most frequent: [{reason, error_type, count}], the first 200 characters of the message. */
    common_failure_reasons: Json;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per agent and day, from its first run until today: days without runs are zeros. */
  interface agent_performance {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The agent. */
    agent_id: string | null;
    /** Day on which the runs began. */
    metric_date: string | null;
    /** Runs that began. */
    total_runs: number | null;
    /** Runs that completed. */
    successful_runs: number | null;
    /** Runs that failed. */
    failed_runs: number | null;
    /** Runs that were cancelled. */
    cancelled_runs: number | null;
    /** Average runtime of the runs that ended; null without any. */
    avg_runtime_seconds: number | null;
    /** Shortest runtime. */
    min_runtime_seconds: number | null;
    /** Longest runtime. */
    max_runtime_seconds: number | null;
    /** 50th percentile of runtime, exact. */
    p50_runtime_seconds: number | null;
    /** 75th percentile of runtime, exact. */
    p75_runtime_seconds: number | null;
    /** 95th percentile of runtime, exact. */
    p95_runtime_seconds: number | null;
    /** 99th percentile of runtime, exact. */
    p99_runtime_seconds: number | null;
    /** Credits. */
    total_credits_consumed: number | null;
    /** Average credits of the runs that say them. */
    avg_credits_per_run: number | null;
    /** Tokens. */
    total_tokens_used: number | null;
    /** Average tokens of the runs that say them. */
    avg_tokens_per_run: number | null;
    /** Different people who started runs. */
    unique_users: number | null;
    /** Average rating, 1 to 5; null without any. */
    avg_user_rating: number | null;
    /** Ratings. */
    total_feedback_count: number | null;
    /** Failed runs by class of error: {class: count}. */
    error_types: Json | null;
    /** The five most frequent: [{reason, error_type, count}], the first 200 characters of the message. */
    common_failure_reasons: Json | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string | null;
  }
  /** One row per goal, day, channel, source, medium and campaign: the conversions of the day, shared out by the models that look at one path at a time. */
  interface attribution_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The goal. */
    goal_id: string;
    /** Day of the conversions. */
    attribution_date: string;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** utm_source, else the platform or domain that sent the visitor; (none) when nobody did. */
    source: string;
    /** utm_medium; (none) when the address has none. */
    medium: string;
    /** utm_campaign; (none) when the address has none. */
    campaign: string;
    /** Conversions of the day: the first visit. */
    first_touch_conversions: number;
    /** Their worth in the project's currency. */
    first_touch_revenue: number;
    /** Conversions of the day: the last visit. */
    last_touch_conversions: number;
    /** Their worth in the project's currency. */
    last_touch_revenue: number;
    /** Conversions of the day: the last visit that is not Direct (the last one when all are). */
    last_non_direct_conversions: number;
    /** Their worth in the project's currency. */
    last_non_direct_revenue: number;
    /** Conversions of the day: every visit alike. */
    linear_conversions: number;
    /** Their worth in the project's currency. */
    linear_revenue: number;
    /** Conversions of the day: 40 % the first, 40 % the last, the rest alike. */
    position_based_conversions: number;
    /** Their worth in the project's currency. */
    position_based_revenue: number;
    /** Conversions of the day: more the later the visit began. */
    time_decay_conversions: number;
    /** Their worth in the project's currency. */
    time_decay_revenue: number;
  }
  /** One row per goal, month, model and channel: the conversions of the month, shared out by every model. They add up to the conversions exactly, and so does their worth. */
  interface attribution_months {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The goal. */
    goal_id: string;
    /** First day of the month of the conversions. */
    month: string;
    /** first_touch, last_touch, last_non_direct, linear, position_based, time_decay, markov or shapley. */
    model: string;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** Conversions that the model gives to the channel, in millionths. */
    conversions: number;
    /** Their worth in the project's currency. */
    revenue: number;
  }
  /** One row per goal, day, model and campaign that converted or cost money: what the campaign brought by that model, and what it cost. Only models that look at one path at a time know campaigns. */
  interface campaign_attribution {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** The goal. */
    goal_id: string | null;
    /** Day of the conversions and of the spend. */
    attribution_date: string | null;
    /** first_touch, last_touch, last_non_direct, linear, position_based or time_decay. */
    model: string | null;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string | null;
    /** utm_source, else the platform or domain that sent the visitor; (none) when nobody did. */
    source: string | null;
    /** utm_medium; (none) when the address has none. */
    medium: string | null;
    /** utm_campaign; (none) when the address has none. */
    campaign: string | null;
    /** Conversions that the model gives. */
    conversions: number | null;
    /** Their worth in the project's currency. */
    revenue: number | null;
    /** Spend of the time. It belongs to no goal and no model: choose one of each before adding up. */
    cost: number | null;
    /** cost / conversions; null without conversions. Of several rows, divide the sums. */
    cost_per_acquisition: number | null;
    /** revenue / cost; null without cost. Of several rows, divide the sums. */
    return_on_ad_spend: number | null;
  }
  /** One row per goal, month, model and channel that converted or cost money: what the channel brought by that model, and what it cost. */
  interface channel_attribution {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** The goal. */
    goal_id: string | null;
    /** First day of the month. */
    month: string | null;
    /** first_touch, last_touch, last_non_direct, linear, position_based, time_decay, markov or shapley. */
    model: string | null;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string | null;
    /** Conversions that the model gives. */
    conversions: number | null;
    /** Their worth in the project's currency. */
    revenue: number | null;
    /** Spend of the time. It belongs to no goal and no model: choose one of each before adding up. */
    cost: number | null;
    /** cost / conversions; null without conversions. Of several rows, divide the sums. */
    cost_per_acquisition: number | null;
    /** revenue / cost; null without cost. Of several rows, divide the sums. */
    return_on_ad_spend: number | null;
  }
  /** One row per day, source, medium and campaign that cost money, with the channel of the visits that it brings. */
  interface channel_spend {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day of the spend. */
    spend_date: string;
    /** Channel of a visit with these tags. */
    channel: string;
    /** Source of the campaign, as its utm_source. */
    source: string;
    /** Its utm_medium; (none) when it has none. */
    medium: string;
    /** Its utm_campaign; (none) when it has none. */
    campaign: string;
    /** What was paid, in the project's currency. */
    cost: number;
    /** Clicks that were paid for; null when unknown. */
    clicks: number | null;
    /** Times that it was shown; null when unknown. */
    impressions: number | null;
  }
  /** One row per anchor, person and day of activity from the day on which the person was acquired by it. The flags make distinct people of weeks and months a sum: each person has one first day of a week, and one last day. */
  interface cohort_activity {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time. */
    anchor: string;
    /** Day on which the anchor acquired the person: of the first visit, or of the first visit that completed the goal. */
    cohort_date: string;
    /** Day with visits of the person. */
    activity_date: string;
    /** Visits of the day. */
    sessions: number;
    /** Goals completed on the day, of any kind, each once a visit. */
    goals_completed: number;
    /** Worth of the goals completed on the day, in the project's currency; 0 when nobody said. */
    revenue: number;
    /** Whether it is the person's first day of the calendar week (Monday to Sunday) since the cohort date. */
    is_first_of_week: boolean;
    /** Whether it is the person's first day of the calendar month since the cohort date. */
    is_first_of_month: boolean;
    /** Whether the person has not been there since. */
    is_last: boolean;
  }
  /** One row per anchor, cohort of a day and later day on which people of the cohort were there. All counts add up over days, and first_of_week, first_of_month and last_seen are different people over any days of a week, of a month, and ever. */
  interface cohort_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time. */
    anchor: string;
    /** Day on which the anchor acquired the people. */
    cohort_date: string;
    /** Day on which they were there. */
    activity_date: string;
    /** People of the cohort who were there. */
    persons: number;
    /** Of them, those who were there for the first time in the calendar week. */
    first_of_week: number;
    /** Of them, those who were there for the first time in the calendar month. */
    first_of_month: number;
    /** Of them, those who have not been there since. */
    last_seen: number;
    /** Their visits of the day. */
    sessions: number;
    /** Goals completed, each once a visit. */
    goals_completed: number;
    /** Worth of those goals in the project's currency. */
    revenue: number;
  }
  /** One row per anchor, cohort of a week or month and week or month in which people of the cohort were there. The view cohorts adds single days, rates and what is not yet complete. */
  interface cohort_periods {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time. */
    anchor: string;
    /** week (Monday to Sunday) or month, of the calendar. */
    period: string;
    /** First day of the period in which the anchor acquired the people. */
    cohort_start: string;
    /** First day of the period in which they were there. */
    period_start: string;
    /** People of the cohort who were there. */
    active_users: number;
    /** Of them, those who have not been there in a later period. */
    last_seen: number;
    /** Their visits of the period. */
    sessions: number;
    /** Goals completed, each once a visit. */
    goals_completed: number;
    /** Worth of those goals in the project's currency. */
    revenue: number;
  }
  /** One row per anchor, cohort of a day, week or month, and period of the same length since, from the cohort's own (0) to the one of the project's last activity. Counts and rates are null as long as the period is not over in the project's time zone; a period without activity has 0. Ask for one project and one period at a time. */
  interface cohorts {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time. */
    anchor: string | null;
    /** day, week (Monday to Sunday) or month, of the calendar. */
    period: string | null;
    /** First day of the period in which the anchor acquired the people. */
    cohort_start: string | null;
    /** Periods since the cohort's own, which is 0. */
    period_number: number | null;
    /** First day of the period. */
    period_start: string | null;
    /** Whether the period's last day is over in the project's time zone. */
    is_complete: boolean | null;
    /** What people call the anchor: the goal's name, or first_activity. */
    anchor_name: string | null;
    /** People of the cohort. */
    cohort_size: number | null;
    /** Of them, those who were there in exactly this period. */
    active_users: number | null;
    /** Of them, those who were there in this period or have been since, whole period or not. */
    active_users_on_or_after: number | null;
    /** active_users / cohort_size, 0 to 1. */
    retention_rate: number | null;
    /** active_users_on_or_after / cohort_size, 0 to 1. */
    retention_rate_on_or_after: number | null;
    /** Share of the people who were still around in the period before (there then or since) who have not been there since it, 0 to 1: 1 - active_users_on_or_after / that of the period before. Null for period 0, and when nobody was left. The latest periods fall as people return. */
    churn_rate: number | null;
    /** Worth of the goals that they completed in the period, in the project's currency. */
    revenue: number | null;
    /** revenue / cohort_size. */
    revenue_per_user: number | null;
    /** Revenue of the periods so far, from 0 to this one. */
    cumulative_revenue: number | null;
    /** cumulative_revenue / cohort_size: what a person of the cohort has brought so far. */
    lifetime_value: number | null;
  }
  /** One row per message or state of a thread, with the conversation that it belongs to and the state after it. */
  interface conversation_events {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string;
    /** Conversation, derived from the thread and the time of its first event. */
    conversation_id: string;
    /** Channel (whatsapp). */
    channel_type: string;
    /** The person's id on that channel, whoever wrote. */
    external_id: string;
    /** The thread as the id of its side of a person: channel and phone (`whatsapp:ID`). */
    anonymous_id: string;
    /** Known person as this event names them. */
    user_id: string | null;
    /** When it happened. */
    occurred_at: string;
    /** Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
    /** message, or conversation_state when a state was set. */
    event_type: string;
    /** user, bot or agent; null when the message does not say. */
    sender: string | null;
    /** State after it. */
    state: string;
    /** Whether a conversation begins with it. */
    is_start: boolean;
    /** Whether a resolved conversation goes on with it. */
    is_reopening: boolean;
    /** Token that ties a conversation to a web visit. */
    handshake_token: string | null;
  }
  /** One row per message of a conversation. What it says is in session_events, under the same event_id. */
  interface conversation_messages {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Conversation, derived from the thread and the time of its first event. */
    conversation_id: string | null;
    /** Channel (whatsapp). */
    channel_type: string | null;
    /** The person's id on that channel, whoever wrote. */
    external_id: string | null;
    /** Known person as the message names them. */
    user_id: string | null;
    /** When it was sent. */
    occurred_at: string | null;
    /** user, bot or agent; null when the message does not say. */
    sender: string | null;
    /** State of the conversation after it. */
    state: string | null;
    /** Token that ties a conversation to a web visit. */
    handshake_token: string | null;
  }
  /** One row per span of a conversation in one state. */
  interface conversation_states {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Conversation, derived from the thread and the time of its first event. */
    conversation_id: string | null;
    /** Message or state that began it. */
    event_id: string | null;
    /** queued, bot_active, agent_active, resolved or reopened. */
    state: string | null;
    /** When the state began. */
    began_at: string | null;
    /** When another followed; null for the last. */
    ended_at: string | null;
  }
  /** One row per conversation: the messages of a thread until it is resolved and stays so, or until nobody writes for three days. */
  interface conversations {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Conversation, derived from the thread and the time of its first event. */
    conversation_id: string;
    /** Channel (whatsapp). */
    channel_type: string;
    /** The person's id on the channel (the external_id of events). */
    whatsapp_phone_id: string;
    /** The thread as the id of its side of a person: channel and phone (`whatsapp:ID`). */
    anonymous_id: string;
    /** Person of the conversation: who was last named in it, else who is known in the thread. */
    user_id: string | null;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** Day on which the conversation started, in the project's reporting time zone. */
    conversation_date: string;
    /** queued, bot_active, agent_active, resolved or reopened (and not answered since), after the last event. */
    current_state: string;
    /** Time of the first event. */
    started_at: string;
    /** Time of the person's first message; null when they wrote none. */
    asked_at: string | null;
    /** First message of a bot or an agent after the person's first; null when nobody answered. */
    first_response_at: string | null;
    /** Seconds from the person's first message to it. */
    first_response_seconds: number | null;
    /** The same of bots. */
    first_bot_response_at: string | null;
    /** Seconds until a bot answered. */
    first_bot_response_seconds: number | null;
    /** The same of agents. */
    first_agent_response_at: string | null;
    /** Seconds until an agent answered. */
    first_agent_response_seconds: number | null;
    /** When it was last resolved, also if it was reopened since; null when it never was. */
    resolved_at: string | null;
    /** Time of the last message; null without messages. */
    last_message_at: string | null;
    /** Time of the last event. */
    ended_at: string;
    /** Messages, those of an unknown sender included. */
    message_count: number;
    /** Messages of the person. */
    user_message_count: number;
    /** Messages of bots. */
    bot_message_count: number;
    /** Messages of agents. */
    agent_message_count: number;
    /** How often it went on after it was resolved. */
    reopened_count: number;
    /** Web visit that a handshake token ties to it; null when none does. */
    linked_session_id: string | null;
    /** That token, else the first that was sent in it. */
    handshake_token: string | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per goal, month and path of channels, with how often it led to a conversion and how often it did not: what the models markov and shapley learn from. A person's visits of a month are one path that failed a goal when none of them led to it. */
  interface conversion_paths {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** First day of the month: of the conversions, and of the visits that led to none. */
    month: string;
    /** The goal. */
    goal_id: string;
    /** Derived from the path. */
    path_id: string;
    /** Channels in the order of the visits, with > between them; the same channel twice in a row is one step. */
    path: string;
    /** Conversions of the month with this path. */
    conversions: number;
    /** Persons whose visits of the month have this path and led to no completion of the goal. */
    unconverted: number;
    /** Worth of the conversions in the project's currency; 0 when nobody said. */
    revenue: number;
  }
  /** One row per project, feature, model and hour or day with calls. Hours and days hold the same calls: read one of the two. */
  interface cost_aggregates {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day of the calls in the project's reporting time zone. */
    call_date: string;
    /** What the calls were made for. */
    feature: string;
    /** Who served the calls. */
    provider: string;
    /** Model. */
    model: string;
    /** hour or day. */
    period: string;
    /** Start of the hour, or of the day. */
    period_start: string;
    /** Calls. */
    call_count: number;
    /** Calls whose cost is not known: total_cost_usd leaves them out. */
    unpriced_call_count: number;
    /** Calls that the product's own cache answered. */
    cache_hit_count: number;
    /** Prompt tokens that no cache served. */
    input_tokens: number;
    /** Prompt tokens read from the provider's cache. */
    cached_tokens: number;
    /** Prompt tokens written to it. */
    cache_write_tokens: number;
    /** Tokens of the answers. */
    output_tokens: number;
    /** Sum of the four. */
    total_tokens: number;
    /** Cost of the priced calls; null when none is priced. */
    total_cost_usd: number | null;
    /** Tokens at the prices of their time. */
    estimated_cost_usd: number | null;
    /** What providers billed, of the calls of which that is known. */
    verified_cost_usd: number | null;
    /** The estimate of those same calls, for comparing. */
    estimated_cost_of_verified_usd: number | null;
    /** Average latency. */
    avg_latency_ms: number | null;
    /** Median latency. */
    p50_latency_ms: number | null;
    /** 95th percentile of latency. */
    p95_latency_ms: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project, day and model with calls that a provider billed: what was estimated for them beside what they cost. */
  interface cost_reconciliation {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Day of the calls. */
    call_date: string | null;
    /** Who served the calls. */
    provider: string | null;
    /** Model. */
    model: string | null;
    /** Calls. */
    call_count: number | null;
    /** Calls whose cost is not known. */
    unpriced_call_count: number | null;
    /** What the provider billed. */
    verified_cost_usd: number | null;
    /** The estimate of the billed calls; null when none could be priced. */
    estimated_cost_usd: number | null;
    /** Estimate less bill. */
    difference_usd: number | null;
  }
  /** One row per project and day on which a conversation started. */
  interface daily_conversations {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; conversations count on the day they start. */
    metric_date: string;
    /** Conversations. */
    conversations: number;
    /** Different phones. */
    unique_threads: number;
    /** Messages of those conversations. */
    messages: number;
    /** Conversations that are resolved now. */
    resolved_conversations: number;
    /** Their share (0 to 1). */
    resolved_rate: number;
    /** Conversations in which a bot answered. */
    bot_answered_conversations: number;
    /** Mean seconds until a bot answered, where one did. */
    avg_first_bot_response_seconds: number | null;
    /** Median seconds until a bot answered. */
    median_first_bot_response_seconds: number | null;
    /** Conversations in which an agent answered. */
    agent_answered_conversations: number;
    /** Mean seconds until an agent answered, where one did. */
    avg_first_agent_response_seconds: number | null;
    /** Median seconds until an agent answered. */
    median_first_agent_response_seconds: number | null;
    /** Share of conversations that were reopened (0 to 1). */
    reopened_rate: number;
    /** Conversations that a token ties to a web visit. */
    linked_conversations: number;
    /** Their share (0 to 1). */
    linked_rate: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per funnel, day on which attempts began, channel and step. The view funnels adds what is open. */
  interface daily_funnels {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The funnel, as models/funnels/_funnels__models.yml declares it. */
    funnel_name: string;
    /** Day on which the attempts began. */
    start_date: string;
    /** Channel of the visit in which they began. */
    channel: string;
    /** Number of the step in the funnel, from 1. */
    step: number;
    /** What the funnel calls the step. */
    step_name: string;
    /** Attempts that came so far. */
    attempts: number;
    /** Different persons who did. Persons of several days or channels are counted in each. */
    visitors: number;
    /** Share of the attempts that began, 0 to 1. */
    conversion_rate: number;
    /** Share of the attempts of the step before; null at the first step and when there were none. */
    step_conversion_rate: number | null;
    /** Attempts that came so far and no further, open or lost; 0 at the last step. */
    stopped_attempts: number;
  }
  /** One row per workspace and day, from its first activity until today: days without activity are zeros. */
  interface daily_metrics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** Day in the time zone of the workspaces; visits count on the day that their project says. */
    metric_date: string | null;
    /** Different people up to and with the day. */
    total_users: number | null;
    /** Different people who did something or started a run. */
    active_users: number | null;
    /** Those of them for whom it was the first day. */
    new_users: number | null;
    /** The others. */
    returning_users: number | null;
    /** Visits of all projects. */
    total_sessions: number | null;
    /** Average seconds of a visit; null without any. */
    avg_session_duration_seconds: number | null;
    /** Share of the visits that bounced, 0 to 1; null without any. */
    bounce_rate: number | null;
    /** Runs that began. */
    total_runs: number | null;
    /** Runs that completed. */
    successful_runs: number | null;
    /** Runs that failed. */
    failed_runs: number | null;
    /** Runs that were cancelled. */
    cancelled_runs: number | null;
    /** Average runtime of the runs that ended; null without any. */
    avg_runtime_seconds: number | null;
    /** Median runtime. */
    median_runtime_seconds: number | null;
    /** 95th percentile of runtime, exact. */
    p95_runtime_seconds: number | null;
    /** 99th percentile of runtime, exact. */
    p99_runtime_seconds: number | null;
    /** Credits. */
    total_credits_consumed: number | null;
    /** Average credits of the runs that say them. */
    avg_credits_per_run: number | null;
    /** Credits by language model: {model: credits}. */
    credits_by_model: Json | null;
    /** Different agents that ran. */
    unique_agents_run: number | null;
    /** The five with the most runs: [{agent_id, runs, credits}]. */
    top_agents: Json | null;
    /** Failed runs. */
    total_errors: number | null;
    /** Share of the runs that failed, 0 to 1; null without any. */
    error_rate: number | null;
    /** Failed runs by class of error: {class: count}. */
    errors_by_type: Json | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string | null;
  }
  /** One row per project and day with visits. */
  interface daily_site_metrics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** Different devices. */
    unique_visitors: number;
    /** Visits that started on the day. */
    total_sessions: number;
    /** Pageviews of those visits. */
    total_pageviews: number;
    /** Events of those visits. */
    total_events: number;
    /** Share of visits that bounced, 0 to 1. */
    bounce_rate: number;
    /** Average seconds from first to last event. */
    avg_session_duration_seconds: number;
    /** Average engaged seconds of the visits that measure them; null when none does. */
    avg_engaged_seconds: number | null;
    /** Average pageviews per visit. */
    avg_pages_per_session: number;
    /** Visits with no source. */
    direct_sessions: number;
    /** Visits from search engines, paid ones included. */
    search_sessions: number;
    /** Visits from social networks. */
    social_sessions: number;
    /** Visits from AI assistants. */
    ai_sessions: number;
    /** Visits from e-mail. */
    email_sessions: number;
    /** Visits from other sites. */
    referral_sessions: number;
    /** Goals completed in those visits, each once a visit. */
    goals_completed: number;
    /** Share of visits that completed a goal, 0 to 1. */
    conversion_rate: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project, day, type of referrer, channel and campaign that brought visits. All counts add up over days; visitors are in visitor_recency. */
  interface daily_traffic_sources {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. */
    referrer_type: string;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** Campaign source, cut at 200 characters; (not set) when there was none. */
    utm_source: string;
    /** Campaign medium, cut at 200 characters; (not set) when there was none. */
    utm_medium: string;
    /** Campaign name, cut at 200 characters; (not set) when there was none. */
    utm_campaign: string;
    /** Visits. */
    sessions: number;
    /** Visits that bounced. */
    bounces: number;
    /** Visits that completed a goal. */
    converted_sessions: number;
    /** Goals completed in those visits, each once a visit. */
    goals_completed: number;
    /** Worth of those completions, in the project's currency. */
    conversion_value: number;
    /** Seconds from first to last event, added up over the visits. */
    duration_seconds: number;
    /** Pageviews of those visits. */
    pageviews: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per call whose prompt was embedded. The embedding itself stays in ingest: a text can be guessed from it. */
  interface embedded_prompts {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Id of the call. */
    call_id: string;
    /** Hash of the prompt, when the sender gave one. */
    prompt_hash: string | null;
    /** When the embedding reached Radar. */
    embedded_at: string;
  }
  /** One row per project, day and form that somebody began or sent in a visit of that day. */
  interface form_analytics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** Id of the form, else its name; (not set) when the events had neither. */
    form_id: string;
    /** Visits that began to fill it in, those that sent it included. */
    sessions_started: number;
    /** Visits that sent it. */
    sessions_submitted: number;
    /** Times that it was sent. */
    submissions: number;
    /** Share of the visits that began it that sent it; null when no event tells of a beginning (form_start). */
    completion_rate: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per form that was sent in a visit. */
  interface form_submissions {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string | null;
    /** When the form was sent. */
    submitted_at: string | null;
    /** Address of the page with query and fragment. */
    page_url: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Id of the form, else its name; null when the event has neither. */
    form_id: string | null;
    /** Address that the form was sent to. */
    form_action: string | null;
    /** GET or POST, as the page says. */
    form_method: string | null;
    /** Fields of the form, as the event counts them, else those in form_data. */
    field_count: number | null;
    /** What was typed, by field; secrets were replaced by [redacted] before they were stored. */
    form_data: Json | null;
  }
  /** One row per attempt of a person at a funnel. An attempt begins with a first step; those that repeat within its window are further chances of the same attempt, which counts from the one that came furthest. The next begins after the window or after conversion. */
  interface funnel_journeys {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** The funnel, as models/funnels/_funnels__models.yml declares it. */
    funnel_name: string;
    /** When the attempt's first step was taken: of those that repeat, the last that led as far. */
    started_at: string;
    /** Day of the visit in which it began, in the project's reporting time zone. */
    start_date: string;
    /** Visit in which it began. */
    session_id: string;
    /** Channel of that visit. */
    channel: string;
    /** Device type of that visit. */
    device_type: string | null;
    /** Country of that visit (ISO 3166-1 alpha-2). */
    country_code: string | null;
    /** Steps taken in order and in time. */
    steps_reached: number;
    /** When each of these steps was taken. */
    reached_at: string[];
    /** Whether it took them all. */
    is_converted: boolean;
    /** End of the window after its latest first step: until then, one that has not converted is open, then lost. */
    window_ends_at: string;
  }
  /** One row per event that meets a step of a declared funnel, and step that it meets. */
  interface funnel_steps {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** The funnel, as models/funnels/_funnels__models.yml declares it. */
    funnel_name: string;
    /** Number of the step in the funnel, from 1. */
    step: number;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string;
    /** When the event happened. */
    occurred_at: string;
    /** Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** desktop, mobile, tablet, or another class that the user agent tells. */
    device_type: string | null;
    /** Country of the sender (ISO 3166-1 alpha-2). */
    country_code: string | null;
  }
  /** One row per funnel, day on which attempts began, channel and step: what dashboards read. */
  interface funnels {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** The funnel, as models/funnels/_funnels__models.yml declares it. */
    funnel_name: string | null;
    /** Day on which the attempts began, in the project's time zone. */
    start_date: string | null;
    /** Channel of the visit in which they began. */
    channel: string | null;
    /** Number of the step in the funnel, from 1. */
    step: number | null;
    /** What the funnel calls the step. */
    step_name: string | null;
    /** Hours from the first step within which the last must be taken. */
    window_hours: number | null;
    /** Different persons who came so far. Persons of several days or channels are counted in each. */
    visitors: number | null;
    /** Attempts that came so far; those of several days may be added up. */
    attempts: number | null;
    /** Share of the attempts that began, 0 to 1. */
    conversion_rate: number | null;
    /** Share of the attempts of the step before. */
    step_conversion_rate: number | null;
    /** Attempts that stopped here so far and still have time, by the time of the project's last event. */
    open_attempts: number | null;
    /** Attempts that stopped here and have no time left. */
    lost_attempts: number | null;
  }
  /** One row per goal and event that completed it, with whose visit it was and what had brought it. */
  interface goal_completions {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the completion, derived from goal and event. */
    goal_completion_id: string | null;
    /** The goal. */
    goal_id: string | null;
    /** What people call the goal. */
    goal_name: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Person of the visit, null when nobody knows. */
    user_id: string | null;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string | null;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string | null;
    /** Name of the event, or of the goal where the event has none. */
    conversion_event: string | null;
    /** Worth of the completion in the project's currency; null when nobody said. */
    value: number | null;
    /** When the goal was completed. */
    completed_at: string | null;
  }
  /** One row per handshake token: the web visit in which it was opened and the thread in which it was sent. Of each side the first to use it counts. */
  interface handshakes {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Token that ties a conversation to a web visit. */
    handshake_token: string;
    /** Visit in which the token was first used on the web. */
    session_id: string | null;
    /** Device of that visit. */
    anonymous_id: string | null;
    /** When the token was first used on the web. */
    opened_at: string | null;
    /** Channel of the thread (whatsapp). */
    channel_type: string | null;
    /** The person's id on that channel. */
    external_id: string | null;
    /** The thread as the id of its side of a person: channel and phone (`whatsapp:ID`). */
    thread_id: string | null;
    /** When the token was first used in the thread. */
    sent_at: string | null;
    /** When the second side used it; null while one is missing. */
    linked_at: string | null;
    /** Person whom both sides get: who was known on either by then, else the first who came to be. Null when nobody was, or when each side knew somebody else. */
    user_id: string | null;
  }
  /** One row per workspace and hour of the last days (var hourly_metrics_days): hours without activity are zeros. */
  interface hourly_metrics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** Start of the hour. */
    metric_hour: string | null;
    /** Different people who did something or started a run. */
    active_users: number | null;
    /** Runs that began. */
    total_runs: number | null;
    /** Runs that completed. */
    successful_runs: number | null;
    /** Runs that failed. */
    failed_runs: number | null;
    /** Credits. */
    total_credits_consumed: number | null;
    /** Average runtime of the runs that ended; null without any. */
    avg_response_time_ms: number | null;
    /** 95th percentile of it, exact. */
    p95_response_time_ms: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string | null;
  }
  /** One row per device and person who was known on it: the links by which anonymous visits get a person. Links that were ended stay, and link nothing. A thread of messages is a device too. */
  interface identities {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** What made the link: identify (an identify call), alias (a call that says by which id the person was known before), login (another event with both ids) or handshake (a token that a device and a thread share). */
    link_source: string;
    /** When the person was first seen on the device; after an unlink, when next. */
    linked_at: string;
    /** Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
    /** When the link was last ended; null when it never was. */
    unlinked_at: string | null;
    /** Whether the link holds: nobody ended it, or it was made again later. */
    is_active: boolean;
    /** When the traits were told; null when they never were. */
    traits_at: string | null;
    /** What the latest identify call on the device said of the person. */
    traits: Json;
  }
  /** One row per call of a language model, with what it cost. */
  interface llm_costs {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the call. */
    call_id: string | null;
    /** Trace that the call belongs to. */
    trace_id: string | null;
    /** Span of the call in its trace. */
    span_id: string | null;
    /** Span that made the call. */
    parent_span_id: string | null;
    /** Run of an agent that made the call. */
    run_id: string | null;
    /** What the call was made for; (not set) when nobody said. */
    feature: string | null;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Visit during which the call was made. */
    session_id: string | null;
    /** Who served the call, in lower case. */
    provider: string | null;
    /** Model as the provider calls it. */
    model: string | null;
    /** Prompt tokens that no cache served; null when the numbers are missing or contradict each other. */
    input_tokens: number | null;
    /** Prompt tokens read from the provider's cache. */
    cached_tokens: number | null;
    /** Prompt tokens written to it. */
    cache_write_tokens: number | null;
    /** Those that the cache keeps for an hour. */
    cache_write_1h_tokens: number | null;
    /** Tokens of the answer. */
    output_tokens: number | null;
    /** Sum of the four kinds, which are disjoint. */
    total_tokens: number | null;
    /** Why the tokens say nothing: no_tokens (of the prompt) or inconsistent_tokens (more cached than there were); null when they do. */
    unmeasured_reason: string | null;
    /** How it was served: standard, batch, flex, priority, fast. */
    service_tier: string | null;
    /** What it used beside text, with commas; null when nobody said. */
    special_uses: string | null;
    /** Milliseconds until the answer was complete. */
    latency_ms: number | null;
    /** Whether the product's own cache answered, so that no provider was paid. */
    is_cache_hit: boolean | null;
    /** What the sender reckoned the call to cost. */
    sender_cost_usd: number | null;
    /** What the provider billed, when that is known. */
    verified_cost_usd: number | null;
    /** Day of the call in the project's reporting time zone. */
    call_date: string | null;
    /** Start of the hour of the call, in that time zone. */
    call_hour: string | null;
    /** When the call began. */
    occurred_at: string | null;
    /** When the call reached Radar. */
    received_at: string | null;
    /** Price that the estimate took; null when there was none. */
    model_pricing_id: string | null;
    /** Tokens at the price in effect at the call; null when unpriced, never 0 for that. */
    estimated_cost_usd: number | null;
    /** Tokens at a later price that says it holds for the past too; null without one. */
    repriced_cost_usd: number | null;
    /** The cost: verified, else repriced, else estimated; null when unpriced. */
    cost_usd: number | null;
    /** Why there is no cost: unknown_model; no_price_at_the_time, _of_tier, _of_length, _of_1h_writes (the price does not tell what such a call costs); priced_apart (it used sound, pictures or searches, which cost extra); no_tokens, inconsistent_tokens. Null when there is one. */
    unpriced_reason: string | null;
  }
  /** One row per call of a language model, with its tokens in kinds that do not overlap. Copies of a call are removed: the earliest time wins. */
  interface llm_usage {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Id of the call. */
    call_id: string;
    /** Trace that the call belongs to. */
    trace_id: string | null;
    /** Span of the call in its trace. */
    span_id: string | null;
    /** Span that made the call. */
    parent_span_id: string | null;
    /** Run of an agent that made the call. */
    run_id: string | null;
    /** What the call was made for; (not set) when nobody said. */
    feature: string;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Visit during which the call was made. */
    session_id: string | null;
    /** Who served the call, in lower case. */
    provider: string;
    /** Model as the provider calls it. */
    model: string;
    /** Prompt tokens that no cache served; null when the numbers are missing or contradict each other. */
    input_tokens: number | null;
    /** Prompt tokens read from the provider's cache. */
    cached_tokens: number;
    /** Prompt tokens written to it. */
    cache_write_tokens: number;
    /** Those of cache_write_tokens that the cache keeps for an hour. */
    cache_write_1h_tokens: number;
    /** Tokens of the answer; null when nobody counted them. */
    output_tokens: number | null;
    /** Sum of the four kinds, which are disjoint. */
    total_tokens: number | null;
    /** Why the tokens say nothing: no_tokens (of the prompt) or inconsistent_tokens (more cached than there were); null when they do. */
    unmeasured_reason: string | null;
    /** How it was served: standard, batch, flex, priority, fast. */
    service_tier: string;
    /** What it used beside text, with commas; null when nobody said. */
    special_uses: string | null;
    /** Milliseconds until the answer was complete. */
    latency_ms: number | null;
    /** Whether the product's own cache answered, so that no provider was paid. */
    is_cache_hit: boolean;
    /** What the sender reckoned the call to cost. */
    sender_cost_usd: number | null;
    /** What the provider billed, when that is known. */
    verified_cost_usd: number | null;
    /** Day of the call in the project's reporting time zone. */
    call_date: string;
    /** Start of the hour of the call, in that time zone. */
    call_hour: string;
    /** When the call began. */
    occurred_at: string;
    /** When the call reached Radar. */
    received_at: string;
  }
  /** One row per model that a tenant calls, by the name that the calls give it, and price that it has or had. */
  interface model_prices {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Provider as the calls name it. */
    provider: string;
    /** Model as the calls name it. */
    model: string;
    /** The price. */
    model_pricing_id: string;
    /** Whether it is the tenant's own price, which goes before everybody's. */
    is_own: boolean;
    /** Whether it is from the public list: a price that somebody wrote goes before it. */
    is_listed: boolean;
    /** The calls that it holds for, by how they are served. */
    service_tier: string;
    /** First moment of the day, in UTC, at which it holds; null: all day. */
    daily_from: string | null;
    /** First moment after that; before daily_from: on the next day. */
    daily_until: string | null;
    /** From when on it holds. */
    effective_date: string;
    /** When Radar learned of it. */
    recorded_at: string;
    /** Whether calls that were priced before take it too. */
    replaces_history: boolean;
    /** USD per 1,000 prompt tokens that no cache served. */
    input_price_per_1k: number;
    /** The same for long prompts; null: no other price. */
    long_input_price_per_1k: number | null;
    /** USD per 1,000 tokens of the answer. */
    output_price_per_1k: number;
    /** The same for long prompts; null: no other price. */
    long_output_price_per_1k: number | null;
    /** USD per 1,000 tokens read from the cache; null: as input. */
    cached_price_per_1k: number | null;
    /** The same for long prompts; null: no other price. */
    long_cached_price_per_1k: number | null;
    /** USD per 1,000 tokens written to the cache; null: as input. */
    cache_write_price_per_1k: number | null;
    /** The same for long prompts; null: no other price. */
    long_cache_write_price_per_1k: number | null;
    /** USD per 1,000 tokens written for an hour; null: calls with such tokens are not priced. */
    cache_write_1h_price_per_1k: number | null;
    /** The same for long prompts; null: no other price. */
    long_cache_write_1h_price_per_1k: number | null;
    /** Prompt tokens above which the prices of long prompts hold; null: never. */
    long_context_tokens: number | null;
    /** Prompt tokens above which no price holds; null: no limit. */
    priced_up_to_tokens: number | null;
    /** USD per call, whatever its tokens; null: none. */
    request_price_usd: number | null;
    /** Uses, with commas, that the prices do not hold for; see ingest.model_pricing. */
    priced_apart: string | null;
  }
  /** One row per workspace and day of the last days (var summary_days): rolling different people over 1, 7 and 30 days that end on the day. */
  interface mv_active_users {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Day in the time zone of the workspaces. */
    activity_date: string;
    /** Different people on the day. */
    daily_active_users: number | null;
    /** Different people on the seven days that end on it. */
    weekly_active_users: number | null;
    /** Different people on the thirty days that end on it. */
    monthly_active_users: number | null;
  }
  /** One row per agent with what it did in the last 30 days; an agent without runs has zeros. */
  interface mv_top_agents {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The agent. */
    agent_id: string;
    /** Its name. */
    agent_name: string | null;
    /** Runs that began. */
    total_runs_30d: number | null;
    /** Those that completed. */
    successful_runs_30d: number | null;
    /** Share of the runs that completed, 0 to 1; null without runs. */
    success_rate: number | null;
    /** Average runtime of the runs that ended. */
    avg_runtime_seconds: number | null;
    /** Median of it. */
    median_runtime_seconds: number | null;
    /** Credits. */
    total_credits_30d: number | null;
    /** Different people who started runs. */
    unique_users_30d: number | null;
    /** When the last of them began. */
    last_run_at: string | null;
  }
  /** One row per workspace with its members and agents, and what ran in the last 30 days. */
  interface mv_workspace_summary {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Its name. */
    workspace_name: string | null;
    /** Members. */
    total_members: number | null;
    /** Agents. */
    total_agents: number | null;
    /** Runs that began. */
    total_runs_30d: number | null;
    /** Credits. */
    total_credits_30d: number | null;
    /** Average runtime of the runs that ended; null without any. */
    avg_runtime_seconds_30d: number | null;
    /** Different people who started runs. */
    active_users_30d: number | null;
  }
  /** One row per project, day and page that was viewed in a visit of that day. All counts but unique_visitors add up over days. */
  interface page_analytics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** Address of the page without query and fragment; (not set) when the event had none. */
    page_url: string;
    /** Path as the client named it, else that of the address; (not set) when there was neither. */
    page_path: string;
    /** Pageviews. */
    views: number;
    /** Different devices. */
    unique_visitors: number;
    /** Visits that viewed the path here first: summed over the addresses of a path, its visits. */
    path_sessions: number;
    /** Visits that began with this page. */
    entries: number;
    /** Visits that ended with this page. */
    exits: number;
    /** Visits that began here and bounced. */
    bounces: number;
    /** Seconds until the next pageview, added up over the views that had one (views less exits). */
    time_on_page_seconds: number;
    /** Average seconds until the next pageview; null when every view was the visit's last. */
    avg_time_on_page_seconds: number | null;
    /** Share of the visits that began here that bounced; null when none began here. */
    bounce_rate: number | null;
    /** Share of the views that were the last of their visit. */
    exit_rate: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project and path over the last 30 days, today in the project's time zone included. */
  interface page_performance {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Pageviews. */
    total_views: number | null;
    /** Different visits. */
    unique_sessions: number | null;
    /** Average seconds until the next pageview of the visit; null when no view had one. */
    avg_time_on_page_seconds: number | null;
    /** Share of the visits that began on the page that bounced, 0 to 1; null when none began there. */
    bounce_rate: number | null;
  }
  /** One row per project and path over the last 90 days, today in the project's time zone included. */
  interface page_performance_90d {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Pageviews. */
    total_views: number | null;
    /** Different visits. */
    unique_sessions: number | null;
    /** Average seconds until the next pageview of the visit; null when no view had one. */
    avg_time_on_page_seconds: number | null;
    /** Share of the visits that began on the page that bounced, 0 to 1; null when none began there. */
    bounce_rate: number | null;
  }
  /** One row per page that was viewed in a visit. */
  interface pageviews {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string | null;
    /** When the page was opened. */
    viewed_at: string | null;
    /** Position in the visit, from 1. */
    pageview_number: number | null;
    /** Seconds until the next pageview of the session; null for the last. */
    time_on_page_seconds: number | null;
    /** Address of the page with query and fragment. */
    page_url: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Title of the page. */
    page_title: string | null;
    /** Query of the address, as sent. */
    query_params: string | null;
    /** Fragment of the address, as sent. */
    hash_fragment: string | null;
    /** Address of the page before, as the browser told. */
    referrer: string | null;
    /** Whether the page before was on the same host or a subdomain of it. */
    is_internal_referrer: boolean | null;
    /** Campaign source: the address's parameter, else what the sender named beside it. */
    utm_source: string | null;
    /** Campaign medium. */
    utm_medium: string | null;
    /** Campaign name. */
    utm_campaign: string | null;
    /** Campaign content. */
    utm_content: string | null;
    /** Campaign term. */
    utm_term: string | null;
  }
  /** One row per model, way of serving it, stretch of time of calls, hours of the day and stretch of time of their receipt within which every call takes the same price. */
  interface price_periods {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Provider as the calls name it. */
    provider: string;
    /** Model as the calls name it. */
    model: string;
    /** How the calls are served. */
    service_tier: string;
    /** First moment of the calls. */
    calls_from: string;
    /** First moment after them. */
    calls_until: string;
    /** Their first moment of each day, in UTC. */
    hours_from: string;
    /** First moment after that. */
    hours_until: string;
    /** First moment of their receipt. */
    received_from: string;
    /** First moment after that. */
    received_until: string;
    /** The price that the calls take; null when none was in effect. */
    model_pricing_id: string | null;
    /** A later price that says that it holds for these calls too; null without one. */
    revised_pricing_id: string | null;
  }
  /** One row per call of a language model: its prompt beside its answer, whether another prompt is like it, and what would make it cheaper. */
  interface prompt_analysis {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the call. */
    call_id: string | null;
    /** Day of the call in the project's reporting time zone. */
    call_date: string | null;
    /** What the call was made for. */
    feature: string | null;
    /** Who served the call. */
    provider: string | null;
    /** Model. */
    model: string | null;
    /** Tokens of the prompt, cached ones too; null when not known. */
    prompt_tokens: number | null;
    /** Tokens of the answer. */
    output_tokens: number | null;
    /** Tokens of the prompt per token of the answer; null without an answer. */
    input_token_ratio: number | null;
    /** Share of the prompt that the provider's cache served. */
    cached_share: number | null;
    /** Cosine similarity to the prompt most like it of the same feature and day; null when it was not compared. */
    redundancy_score: number | null;
    /** What would make it cheaper, by the var prompt_rules: shorten_prompts, cache_prompts, reuse_answers. */
    suggestions: Json | null;
    /** When the call began. */
    occurred_at: string | null;
  }
  /** One row per project, feature and model with calls in the last 30 days (UTC): what its prompts take, and what would make them cheaper. */
  interface prompt_efficiency {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** What the calls were made for. */
    feature: string | null;
    /** Who served the calls. */
    provider: string | null;
    /** Model. */
    model: string | null;
    /** Calls. */
    call_count: number | null;
    /** Cost of the priced calls; null when none is priced. */
    total_cost_usd: number | null;
    /** Average tokens of a prompt, cached ones too. */
    prompt_tokens_per_call: number | null;
    /** Tokens of prompts per token of answers; null without answers. */
    input_token_ratio: number | null;
    /** Share of prompt tokens that the provider's cache served. */
    cached_share: number | null;
    /** Calls whose prompts were compared with another one. */
    compared_calls: number | null;
    /** Share of these that another prompt of the feature and day resembles; null when none was compared. */
    redundant_share: number | null;
    /** What would make them cheaper, by the var prompt_rules: shorten_prompts, cache_prompts, reuse_answers. */
    suggestions: Json | null;
  }
  /** One row per call whose prompt was compared with the others of its feature and day: the first ones of the day, as many as prompt_comparisons says. */
  interface prompt_similarities {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day of the call in the project's reporting time zone. */
    call_date: string;
    /** Id of the call. */
    call_id: string;
    /** What the call was made for. */
    feature: string;
    /** Who served the call. */
    provider: string;
    /** Model. */
    model: string;
    /** Cosine similarity to the prompt most like it among the others, 1 for the same; null when there is no other one to compare with, or no pgvector. */
    redundancy_score: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per run of an agent, with what its calls cost. */
  interface run_costs {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Run of an agent. */
    run_id: string | null;
    /** When its first call began. */
    started_at: string | null;
    /** Calls. */
    call_count: number | null;
    /** Calls whose cost is not known. */
    unpriced_call_count: number | null;
    /** Tokens of every kind. */
    total_tokens: number | null;
    /** Cost of the priced calls; null when none is priced. */
    total_cost_usd: number | null;
  }
  /** One row per run of an agent, as the application has it now: changes of status are followed, deleted runs go. */
  interface runs {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Id of the run. */
    run_id: string;
    /** Agent that ran. */
    agent_id: string;
    /** Person who started the run; null when a schedule did. */
    user_id: string | null;
    /** pending, running, completed, failed or cancelled. */
    status: string;
    /** When the run began. */
    started_at: string;
    /** When the run ended; null while it runs. */
    completed_at: string | null;
    /** Seconds from start to end, as the application says, else as the two times do; null while it runs. */
    runtime_seconds: number | null;
    /** Credits that the run cost. */
    credits_consumed: number | null;
    /** Language model that the run used. */
    model: string | null;
    /** Tokens that the run's calls used. */
    tokens_used: number | null;
    /** Class of the error that ended the run. */
    error_type: string | null;
    /** Message of that error. */
    error_message: string | null;
    /** Rating that the person gave, 1 to 5. */
    user_rating: number | null;
    /** Day on which the run began, in the time zone of the workspaces (var workspace_timezone). */
    run_date: string;
    /** Start of the hour in which it began. */
    run_hour: string;
  }
  /** One row per accepted event, with the visit that it belongs to: copies of a message are removed and robots left out. pageviews and user_events are views of it. */
  interface session_events {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Browser or device; events that know only the user have an id made of it (user:ID). */
    anonymous_id: string;
    /** Known person as this event names them; sessions say whose visit it was. */
    user_id: string | null;
    /** Whether the client named the visit, so that pauses do not cut it. */
    has_client_session: boolean;
    /** The client's id of the visit where another device had used it first, so that session_id had to be another one. */
    shared_session_id: string | null;
    /** Whether it belongs to a visit: messages belong to a thread, and what only says who somebody is (alias, group) to neither. */
    has_visit: boolean;
    /** Whether this is the first event of its session. */
    is_session_start: boolean;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** When the event happened, by the sender's clock. */
    occurred_at: string;
    /** Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
    /** Kind of event: pageview, click, scroll_depth, form_submit, heartbeat, identify, track, or the sender's own. */
    event_type: string;
    /** What happened, in the sender's words. */
    event_name: string | null;
    /** Group of events that the sender puts this one into. */
    event_category: string | null;
    /** Address of the page with query and fragment. */
    page_url: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Title of the page. */
    page_title: string | null;
    /** Address of the page before, as the browser told. */
    page_referrer: string | null;
    /** Whether it is a message of a conversation, which belongs to a thread and makes no session. */
    is_message: boolean;
    /** Where the event came from, web or the channel of a conversation. */
    channel_type: string;
    /** The person's id on that channel (WhatsApp phone id). */
    external_id: string | null;
    /** Token that ties a conversation to a web session. */
    handshake_token: string | null;
    /** Of an alias: the id by which the person was known before. */
    previous_id: string | null;
    /** Campaign source: the address's parameter, else what the sender named beside it. */
    utm_source: string | null;
    /** Campaign medium. */
    utm_medium: string | null;
    /** Campaign name. */
    utm_campaign: string | null;
    /** Campaign content. */
    utm_content: string | null;
    /** Campaign term. */
    utm_term: string | null;
    /** Position among the pageviews of the session, from 1; null for other events. */
    pageview_number: number | null;
    /** Seconds until the next pageview of the session; null for the last. */
    time_on_page_seconds: number | null;
    /** Milliseconds since the event before during which the page was visible, capped; 0 at the start of a session. */
    engaged_ms: number;
    /** User agent string; like all columns of the device kept on the first event of the session only. */
    user_agent: string | null;
    /** Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet. */
    bot_class: string | null;
    /** desktop, mobile, tablet, or another class that the user agent tells. */
    device_type: string | null;
    /** Operating system. */
    os_name: string | null;
    /** Browser. */
    browser_name: string | null;
    /** Preferred language of the browser (BCP 47). */
    browser_language: string | null;
    /** Time zone of the visitor's device (IANA name). */
    timezone: string | null;
    /** Sender's address, cut to /24 or /48 when it was stored. */
    ip_address: string | null;
    /** Country of the sender (ISO 3166-1 alpha-2). */
    country_code: string | null;
    /** City of the sender. */
    city: string | null;
    /** Width of the screen in CSS pixels. */
    screen_width: number | null;
    /** Height of the screen in CSS pixels. */
    screen_height: number | null;
    /** Width of the browser window in CSS pixels. */
    viewport_width: number | null;
    /** Height of the browser window in CSS pixels. */
    viewport_height: number | null;
    /** Physical pixels per CSS pixel. */
    device_pixel_ratio: number | null;
    /** Everything else that the sender said of the event. */
    properties: Json;
  }
  /** One row per goal and event that completed it. An event or custom goal is completed by each of its events; a pageview or duration goal once a visit, since a reloaded thank-you page is no second order. */
  interface session_goals {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The goal. */
    goal_id: string;
    /** What people called the goal when the visit was last recomputed: readers may not read the goals themselves. */
    goal_name: string;
    /** The event that completed it. */
    event_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** Name of the event, or of the goal where the event has none. */
    conversion_event: string;
    /** Worth of the completion: what the event says (its revenue), else what the goal says; null when neither does. */
    value: number | null;
    /** When the event happened. */
    completed_at: string;
    /** Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
  }
  /** One row per visit: the client's session, or events of one visitor with pauses of at most 30 minutes. */
  interface sessions {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string;
    /** Person of the visit: who was last logged in during it, else the person known on the device. */
    user_id: string | null;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** Time of the first event. */
    started_at: string;
    /** Of the first event. Orders events of the same instant: as they stood in their file or batch, else as they arrived. */
    event_order: number;
    /** Time of the last event. */
    ended_at: string;
    /** Seconds from the first to the last event; 0 for a single one. */
    duration_seconds: number;
    /** Seconds with the page visible; null when the client sends neither heartbeats nor visibility. */
    engaged_seconds: number | null;
    /** Events of every kind. */
    event_count: number;
    /** Pageviews. */
    pageview_count: number;
    /** Whether the session has exactly one pageview and no engagement event. */
    is_bounce: boolean;
    /** Whether the visit is longer than a person's can be (var session_maximum_hours). */
    is_overlong: boolean;
    /** Whether a goal was completed. */
    converted: boolean;
    /** Goals that were completed, each counted once. */
    goals_completed: number;
    /** Name of the first event that completed a goal. */
    conversion_event: string | null;
    /** Worth of all completions in the visit, in the project's currency; null when none has a worth. */
    conversion_value: number | null;
    /** Address of the first pageview. */
    entry_url: string | null;
    /** Path of the first pageview. */
    entry_path: string | null;
    /** Title of the first pageview. */
    entry_title: string | null;
    /** Address of the last pageview. */
    exit_url: string | null;
    /** Path of the last pageview. */
    exit_path: string | null;
    /** Address of the page before the first pageview (or first event, without pageviews). */
    referrer: string | null;
    /** Host of the referrer, without www. */
    referrer_domain: string | null;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. */
    referrer_type: string;
    /** Platform that sent the visitor (Google, Facebook, ChatGPT), null when unknown. */
    referrer_platform: string | null;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** Campaign source: the address's parameter, else what the sender named beside it. */
    utm_source: string | null;
    /** Campaign medium. */
    utm_medium: string | null;
    /** Campaign name. */
    utm_campaign: string | null;
    /** Campaign content. */
    utm_content: string | null;
    /** Campaign term. */
    utm_term: string | null;
    /** User agent string of the browser. */
    user_agent: string | null;
    /** Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet. */
    bot_class: string | null;
    /** desktop, mobile, tablet, or another class that the user agent tells. */
    device_type: string | null;
    /** Operating system. */
    os_name: string | null;
    /** Browser. */
    browser_name: string | null;
    /** Preferred language of the browser (BCP 47). */
    browser_language: string | null;
    /** Time zone of the visitor's device (IANA name). */
    timezone: string | null;
    /** Sender's address, cut to /24 or /48 when it was stored. */
    ip_address: string | null;
    /** Country of the sender (ISO 3166-1 alpha-2). */
    country_code: string | null;
    /** City of the sender. */
    city: string | null;
    /** Width of the screen in CSS pixels. */
    screen_width: number | null;
    /** Height of the screen in CSS pixels. */
    screen_height: number | null;
    /** Width of the browser window in CSS pixels. */
    viewport_width: number | null;
    /** Height of the browser window in CSS pixels. */
    viewport_height: number | null;
    /** Physical pixels per CSS pixel. */
    device_pixel_ratio: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project and window of 7, 30 and 90 whole days that end yesterday in the project's time zone, with the same numbers of as many days before. */
  interface site_overview {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Days of the window: 7, 30 or 90. */
    window_days: number | null;
    /** First day of the window. */
    first_date: string | null;
    /** Last day of the window, yesterday. */
    last_date: string | null;
    /** Different devices. */
    unique_visitors: number | null;
    /** Devices that had never come before the window. */
    new_visitors: number | null;
    /** Visits. */
    sessions: number | null;
    /** Pageviews of those visits. */
    pageviews: number | null;
    /** Share of visits that bounced, 0 to 1; null without visits. */
    bounce_rate: number | null;
    /** Share of visits that completed a goal, 0 to 1; null without visits. */
    conversion_rate: number | null;
    /** Worth of the goals completed, in the project's currency. */
    conversion_value: number | null;
    /** unique_visitors of the window before. */
    previous_unique_visitors: number | null;
    /** new_visitors of the window before. */
    previous_new_visitors: number | null;
    /** sessions of the window before. */
    previous_sessions: number | null;
    /** pageviews of the window before. */
    previous_pageviews: number | null;
    /** bounce_rate of the window before. */
    previous_bounce_rate: number | null;
    /** conversion_rate of the window before. */
    previous_conversion_rate: number | null;
    /** conversion_value of the window before. */
    previous_conversion_value: number | null;
  }
  /** One row per conversion and visit of the same person that may have led to it: those that began within the look-back (var attribution_lookback_days) before it, the visit of the conversion itself, and always the last one. */
  interface touchpoints {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** The goal. */
    goal_id: string;
    /** The event that completed the goal. */
    event_id: string;
    /** Place of the visit on the path, from 1 for the earliest. */
    touch_number: number;
    /** Visits on the path. */
    touch_count: number;
    /** Who it was as far as known: `user:` and the user id, else the device's anonymous id. */
    person_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** When the visit began. */
    started_at: string;
    /** Day of the conversion: the day on which the visit began in which the goal was completed. */
    conversion_date: string;
    /** When the goal was completed. */
    completed_at: string;
    /** Channel by GA4's default channel groups, plus AI Assistants. */
    channel: string;
    /** utm_source, else the platform or domain that sent the visitor; (none) when nobody did. */
    source: string;
    /** utm_medium; (none) when the address has none. */
    medium: string;
    /** utm_campaign; (none) when the address has none. */
    campaign: string;
    /** Worth of the conversion in the project's currency; null when nobody said. */
    value: number | null;
    /** Share of the conversion, 0 to 1: the first visit. */
    first_touch_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    first_touch_revenue: number | null;
    /** Share of the conversion, 0 to 1: the last visit. */
    last_touch_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    last_touch_revenue: number | null;
    /** Share of the conversion, 0 to 1: the last visit that is not Direct (the last one when all are). */
    last_non_direct_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    last_non_direct_revenue: number | null;
    /** Share of the conversion, 0 to 1: every visit alike. */
    linear_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    linear_revenue: number | null;
    /** Share of the conversion, 0 to 1: 40 % the first, 40 % the last, the rest alike. */
    position_based_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    position_based_revenue: number | null;
    /** Share of the conversion, 0 to 1: more the later the visit began. */
    time_decay_credit: number;
    /** Share of the conversion's worth by the same rule; null without a worth. */
    time_decay_revenue: number | null;
  }
  /** One row per trace, with what its calls cost. */
  interface trace_costs {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Trace. */
    trace_id: string | null;
    /** When its first call began. */
    started_at: string | null;
    /** Calls. */
    call_count: number | null;
    /** Calls whose cost is not known. */
    unpriced_call_count: number | null;
    /** Tokens of every kind. */
    total_tokens: number | null;
    /** Cost of the priced calls; null when none is priced. */
    total_cost_usd: number | null;
  }
  /** One row per known person of a project. */
  interface tracked_users {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** E-mail address from the latest traits. */
    email: string | null;
    /** Name from the latest traits. */
    name: string | null;
    /** What the latest identify call said of the person. */
    traits: Json;
    /** Start of the first visit or conversation, anonymous ones included. */
    first_seen_at: string;
    /** Last event of the last visit or conversation. */
    last_seen_at: string;
    /** Visits. */
    total_sessions: number;
    /** Events of all visits. */
    total_events: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project and type of referrer over the last 30 days, today in the project's time zone included. */
  interface traffic_sources {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. */
    referrer_type: string | null;
    /** Visits. */
    sessions: number | null;
    /** Different devices. */
    unique_visitors: number | null;
    /** Average seconds from first to last event. */
    avg_session_duration_seconds: number | null;
    /** Average pageviews per visit. */
    avg_pages_per_session: number | null;
    /** Share of visits that bounced, 0 to 1. */
    bounce_rate: number | null;
    /** Share of visits that completed a goal, 0 to 1. */
    conversion_rate: number | null;
  }
  /** One row per project and type of referrer over the last 90 days, today in the project's time zone included. */
  interface traffic_sources_90d {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. */
    referrer_type: string | null;
    /** Visits. */
    sessions: number | null;
    /** Different devices. */
    unique_visitors: number | null;
    /** Average seconds from first to last event. */
    avg_session_duration_seconds: number | null;
    /** Average pageviews per visit. */
    avg_pages_per_session: number | null;
    /** Share of visits that bounced, 0 to 1. */
    bounce_rate: number | null;
    /** Share of visits that completed a goal, 0 to 1. */
    conversion_rate: number | null;
  }
  /** One row per identify call: what was said of a person, and when. The latest is in tracked_users. */
  interface trait_history {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string | null;
    /** When it was said. */
    told_at: string | null;
    /** What was said. */
    traits: Json | null;
  }
  /** One row per thing that a known person did in the product: events of visits whose person is known. */
  interface user_activity {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** page_view, agent_run, login, logout, workspace_switch, feature_use, error, api_call, export or report_view. */
    event_type: "page_view" | "agent_run" | "login" | "logout" | "workspace_switch" | "feature_use" | "error" | "api_call" | "export" | "report_view";
    /** What happened, in the sender's words. */
    event_name: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Sender's address, cut to /24 or /48 when it was stored. */
    ip_address: string | null;
    /** User agent string of the browser. */
    user_agent: string | null;
    /** Address of the page before. */
    referrer: string | null;
    /** Everything else that the sender said of the event. */
    properties: Json;
    /** When it happened. */
    occurred_at: string;
    /** Day of it, in the time zone of the workspaces. */
    activity_date: string;
    /** Start of the hour of it. */
    activity_hour: string;
  }
  /** One row per cohort of people of a workspace who came first on a day, and day on which people of it were active. */
  interface user_cohort_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** First active day of the people. */
    cohort_date: string;
    /** Day on which they were active. */
    activity_date: string;
    /** People of the cohort who were active. */
    users: number;
    /** Those of them who have not been active since. */
    last_seen: number;
    /** What they brought on the day. */
    revenue: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per workspace, period (daily, weekly, monthly) and cohort of the people whose first active day is in it. What is not known yet is null. */
  interface user_cohorts {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** daily, weekly or monthly. */
    cohort_period: string | null;
    /** First day of the period; of a week, its Monday. */
    cohort_date: string | null;
    /** People of the cohort, so far. */
    initial_users: number | null;
    /** {day_1, day_7, day_14, day_30, day_60, day_90}: share of them, 0 to 1, who were active so many days after their own first day; null until that day is over for all of them. */
    retention_data: Json | null;
    /** Revenue of all of them up to 30 days ago, per person who had gone by then: what a person brings until they go. Null until churn_rate is known, and while nobody has gone. */
    ltv_estimate: number | null;
    /** Revenue up to now per person; null while the period goes on. */
    avg_revenue_per_user: number | null;
    /** Share of them, 0 to 1, who were not active in the last 30 days; null until 30 days have passed. */
    churn_rate: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string | null;
  }
  /** One row per person, day and model of their calls. */
  interface user_costs {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day of the calls in the project's reporting time zone. */
    call_date: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** Who served the calls. */
    provider: string;
    /** Model. */
    model: string;
    /** Calls. */
    call_count: number;
    /** Calls whose cost is not known. */
    unpriced_call_count: number;
    /** Tokens of every kind. */
    total_tokens: number;
    /** Cost of the priced calls; null when none is priced. */
    total_cost_usd: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per event of a visit that is not a pageview. */
  interface user_events {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** Id of the message within the workspace, derived from `message_id`: copies of one message share it. */
    event_id: string | null;
    /** Visit: the client's own id where it sends one, else derived from visitor and start. */
    session_id: string | null;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string | null;
    /** Known person, as the application calls them. */
    user_id: string | null;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string | null;
    /** When the event happened. */
    occurred_at: string | null;
    /** Kind of event: pageview, click, scroll_depth, form_submit, heartbeat, identify, track, or the sender's own. */
    event_type: string | null;
    /** What happened, in the sender's words. */
    event_name: string | null;
    /** Group of events that the sender puts this one into. */
    event_category: string | null;
    /** Address of the page with query and fragment. */
    page_url: string | null;
    /** Path part of the address. */
    page_path: string | null;
    /** Everything else that the sender said of the event. */
    properties: Json | null;
    /** HTML tag of what was clicked. */
    element_tag: string | null;
    /** CSS classes of what was clicked. */
    element_classes: string | null;
    /** HTML id of what was clicked. */
    element_id: string | null;
    /** Text on what was clicked. */
    element_text: string | null;
    /** Where the link that was clicked leads. */
    element_href: string | null;
    /** How far down the page was scrolled, in whole percent, at most 100. */
    scroll_percentage: number | null;
    /** The last of 25, 50, 75 and 100 percent that was passed; null before the first. */
    scroll_milestone: number | null;
    /** Id of the form, for events about one. */
    form_id: string | null;
    /** How long the text was that was copied. What it said is no column, for it may be anything. */
    copied_characters: number | null;
    /** Whether the page became hidden or visible. */
    visibility_state: string | null;
  }
  /** One row per device, day with a visit of it, and type of referrer of those visits: a diary by which visitors are counted once in any range of days. */
  interface visitor_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. */
    referrer_type: string;
    /** Day of the visitor's row before, in the order of day and type: the same day for the further types of a day, null for the first row ever. */
    previous_date: string | null;
    /** The visitor's last day before with a visit of this type; null when there is none. */
    previous_date_of_type: string | null;
  }
  /** One row per project, day, type of referrer and day of the visit before: how many visitors came on the day whose last visit was then. A visitor's first day of a range is the one whose visit before lies before the range, so the different visitors of any days from A to B are the sum where metric_date between A and B and previous_date < A. The type (all) counts each visitor once, whatever brought them; never add it to the others. */
  interface visitor_recency {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. Or (all): of all types together. */
    referrer_type: string;
    /** Day of the visit before, of the same type of referrer; 0001-01-01 when there was none. */
    previous_date: string;
    /** Different devices. */
    visitors: number;
  }
  /** One row per workspace and day with any activity. */
  interface workspace_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Day in the time zone of the workspaces; visits count on the day that their project says. */
    metric_date: string;
    /** Different people who did something or started a run. */
    active_users: number;
    /** Those of them for whom it was the first day. */
    new_users: number;
    /** The others. */
    returning_users: number;
    /** Visits of all projects. */
    total_sessions: number;
    /** Average seconds of a visit; null without any. */
    avg_session_duration_seconds: number | null;
    /** Share of the visits that bounced, 0 to 1; null without any. */
    bounce_rate: number | null;
    /** Runs that began. */
    total_runs: number;
    /** Runs that completed. */
    successful_runs: number;
    /** Runs that failed. */
    failed_runs: number;
    /** Runs that were cancelled. */
    cancelled_runs: number;
    /** Average runtime of the runs that ended; null without any. */
    avg_runtime_seconds: number | null;
    /** Median runtime. */
    median_runtime_seconds: number | null;
    /** 95th percentile of runtime, exact. */
    p95_runtime_seconds: number | null;
    /** 99th percentile of runtime, exact. */
    p99_runtime_seconds: number | null;
    /** Credits. */
    total_credits_consumed: number;
    /** Average credits of the runs that say them. */
    avg_credits_per_run: number | null;
    /** Credits by language model: {model: credits}. */
    credits_by_model: Json;
    /** Different agents that ran. */
    unique_agents_run: number;
    /** The five with the most runs: [{agent_id, runs, credits}]. */
    top_agents: Json;
    /** Failed runs. */
    total_errors: number;
    /** Share of the runs that failed, 0 to 1; null without any. */
    error_rate: number | null;
    /** Failed runs by class of error: {class: count}. */
    errors_by_type: Json;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per workspace and hour with any activity of people or runs. */
  interface workspace_hours {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Start of the hour. */
    metric_hour: string;
    /** Different people who did something or started a run. */
    active_users: number;
    /** Runs that began. */
    total_runs: number;
    /** Runs that completed. */
    successful_runs: number;
    /** Runs that failed. */
    failed_runs: number;
    /** Credits. */
    total_credits_consumed: number;
    /** Average runtime of the runs that ended; null without any. */
    avg_response_time_ms: number | null;
    /** 95th percentile of it, exact. */
    p95_response_time_ms: number | null;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per person and day on which they did something in the product, bought something or started a run: a diary by which people are counted once in any range of days. */
  interface workspace_user_days {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** Day in the time zone of the workspaces. */
    metric_date: string;
    /** The person's first active day. */
    first_date: string;
    /** The person's active day before; null on the first. */
    previous_date: string | null;
    /** True on the person's last active day so far. */
    is_last: boolean;
    /** Value of the goals that the person's visits which began on the day completed. */
    revenue: number;
  }
}
