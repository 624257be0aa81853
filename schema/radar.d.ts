// Made by `radar schema --format typescript` from the contracts in models/: edit those.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export declare namespace ingest {
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
    /** What must hold. For an event goal {"event_name": "Order Completed"}, for a pageview goal {"page_path": "/thanks%"} (a LIKE pattern). */
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
    /** Settings of the project: timezone (IANA name of the reporting time zone, default UTC). */
    settings?: Json;
    /** When the project was made. */
    created_at?: string;
    /** When the row last changed. */
    updated_at?: string;
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
  /** One row per device and person who was logged in on it: the links by which anonymous visits get a person. */
  interface identities {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Browser or device, as its cookie or installation id says. */
    anonymous_id: string;
    /** Known person, as the application calls them. */
    user_id: string;
    /** What made the link first: identify (an identify call) or login (another event with both ids). */
    link_source: string;
    /** When the person was first seen on the device. */
    linked_at: string;
    /** When the traits were told; null when they never were. */
    traits_at: string | null;
    /** What the latest identify call on the device said of the person. */
    traits: Json;
  }
  /** One row per project, day and page that was viewed in a visit of that day. */
  interface page_analytics {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string;
    /** The site or app of the tenant. */
    project_id: string;
    /** Day in the project's reporting time zone; sessions count on the day they start. */
    metric_date: string;
    /** Address of the page without query and fragment; (not set) when the event had none. */
    page_url: string;
    /** Pageviews. */
    views: number;
    /** Different devices. */
    unique_visitors: number;
    /** Visits that began with this page. */
    entries: number;
    /** Visits that ended with this page. */
    exits: number;
    /** Average seconds until the next pageview; null when every view was the visit's last. */
    avg_time_on_page_seconds: number | null;
    /** Share of the visits that began here that bounced; null when none began here. */
    bounce_rate: number | null;
    /** Share of the views that were the last of their visit. */
    exit_rate: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project and path over the last 30 days. */
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
    /** Different devices. */
    unique_visitors: number | null;
    /** Average seconds until the next pageview of the visit. */
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
    /** Whether this is the first event of its session. */
    is_session_start: boolean;
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** When the event happened, by the sender's clock. */
    occurred_at: string;
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
    /** Day on which the session started, in the project's reporting time zone. */
    session_date: string;
    /** Time of the first event. */
    started_at: string;
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
    /** direct, internal, search, social, ai, email, video, shopping or referral. */
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
    /** Start of the first visit, anonymous ones included. */
    first_seen_at: string;
    /** Last event of the last visit. */
    last_seen_at: string;
    /** Visits. */
    total_sessions: number;
    /** Events of all visits. */
    total_events: number;
    /** When the row was last written; an audit column, not part of the result. */
    updated_at: string;
  }
  /** One row per project and type of referrer over the last 30 days. */
  interface traffic_sources {
    /** The tenant. Every policy compares it with the workspaces of the caller. */
    workspace_id: string | null;
    /** The site or app of the tenant. */
    project_id: string | null;
    /** direct, internal, search, social, ai, email, video, shopping or referral. */
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
    /** How far down the page was scrolled, in percent. */
    scroll_percentage: number | null;
    /** Id of the form. */
    form_id: string | null;
  }
}
