-- Made by `radar schema --format sql` from the contracts in models/: edit those.

create table "analytics"."agent_days" (
    workspace_id uuid not null,
    agent_id uuid not null,
    run_date date not null,
    total_runs integer not null,
    successful_runs integer not null,
    failed_runs integer not null,
    cancelled_runs integer not null,
    avg_runtime_seconds numeric,
    min_runtime_seconds numeric,
    max_runtime_seconds numeric,
    p50_runtime_seconds numeric,
    p75_runtime_seconds numeric,
    p95_runtime_seconds numeric,
    p99_runtime_seconds numeric,
    total_credits_consumed numeric not null,
    avg_credits_per_run numeric,
    total_tokens_used bigint not null,
    avg_tokens_per_run numeric,
    unique_users integer not null,
    avg_user_rating numeric,
    total_feedback_count integer not null,
    error_types jsonb not null,
    common_failure_reasons jsonb not null,
    updated_at timestamptz not null
);
alter table "analytics"."agent_days" enable row level security;
alter table "analytics"."agent_days" add constraint agent_days_pkey_55720765 primary key (workspace_id, agent_id, run_date);
create index agent_days_workspace_id_run_date_idx_32c53819 on "analytics"."agent_days" using btree (workspace_id, run_date);
create policy agent_days_service_74a69166 on "analytics"."agent_days" for all to "service_role" using (true) with check (true);
create policy agent_days_own_workspaces_569f3e38 on "analytics"."agent_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."agent_days" to "service_role";
grant select on "analytics"."agent_days" to "authenticated";
comment on table "analytics"."agent_days" is 'One row per agent and day on which runs of it began.';
comment on column "analytics"."agent_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."agent_days".agent_id is 'The agent.';
comment on column "analytics"."agent_days".run_date is 'Day on which the runs began.';
comment on column "analytics"."agent_days".total_runs is 'Runs that began.';
comment on column "analytics"."agent_days".successful_runs is 'Runs that completed.';
comment on column "analytics"."agent_days".failed_runs is 'Runs that failed.';
comment on column "analytics"."agent_days".cancelled_runs is 'Runs that were cancelled.';
comment on column "analytics"."agent_days".avg_runtime_seconds is 'Average runtime of the runs that ended; null without any.';
comment on column "analytics"."agent_days".min_runtime_seconds is 'Shortest runtime.';
comment on column "analytics"."agent_days".max_runtime_seconds is 'Longest runtime.';
comment on column "analytics"."agent_days".p50_runtime_seconds is '50th percentile of runtime, exact.';
comment on column "analytics"."agent_days".p75_runtime_seconds is '75th percentile of runtime, exact.';
comment on column "analytics"."agent_days".p95_runtime_seconds is '95th percentile of runtime, exact.';
comment on column "analytics"."agent_days".p99_runtime_seconds is '99th percentile of runtime, exact.';
comment on column "analytics"."agent_days".total_credits_consumed is 'Credits.';
comment on column "analytics"."agent_days".avg_credits_per_run is 'Average credits of the runs that say them.';
comment on column "analytics"."agent_days".total_tokens_used is 'Tokens.';
comment on column "analytics"."agent_days".avg_tokens_per_run is 'Average tokens of the runs that say them.';
comment on column "analytics"."agent_days".unique_users is 'Different people who started runs.';
comment on column "analytics"."agent_days".avg_user_rating is 'Average rating, 1 to 5; null without any.';
comment on column "analytics"."agent_days".total_feedback_count is 'Ratings.';
comment on column "analytics"."agent_days".error_types is 'Failed runs by class of error: {class: count}.';
comment on column "analytics"."agent_days".common_failure_reasons is 'The five most frequent: [{reason, error_type, count}], the first 200 characters of the message.';
comment on column "analytics"."agent_days".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."attribution_days" (
    workspace_id uuid not null,
    project_id uuid not null,
    goal_id uuid not null,
    attribution_date date not null,
    channel text not null,
    source text not null,
    medium text not null,
    campaign text not null,
    first_touch_conversions numeric not null,
    first_touch_revenue numeric not null,
    last_touch_conversions numeric not null,
    last_touch_revenue numeric not null,
    last_non_direct_conversions numeric not null,
    last_non_direct_revenue numeric not null,
    linear_conversions numeric not null,
    linear_revenue numeric not null,
    position_based_conversions numeric not null,
    position_based_revenue numeric not null,
    time_decay_conversions numeric not null,
    time_decay_revenue numeric not null
);
alter table "analytics"."attribution_days" enable row level security;
alter table "analytics"."attribution_days" add constraint attribution_days_pkey_8fad2bc2 primary key (workspace_id, project_id, attribution_date, goal_id, channel, source, medium, campaign);
create policy attribution_days_service_74a69166 on "analytics"."attribution_days" for all to "service_role" using (true) with check (true);
create policy attribution_days_own_workspaces_569f3e38 on "analytics"."attribution_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."attribution_days" to "service_role";
grant select on "analytics"."attribution_days" to "authenticated";
comment on table "analytics"."attribution_days" is 'One row per goal, day, channel, source, medium and campaign: the conversions of the day, shared out by the models that look at one path at a time.';
comment on column "analytics"."attribution_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."attribution_days".project_id is 'The site or app of the tenant.';
comment on column "analytics"."attribution_days".goal_id is 'The goal.';
comment on column "analytics"."attribution_days".attribution_date is 'Day of the conversions.';
comment on column "analytics"."attribution_days".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."attribution_days".source is 'utm_source, else the platform or domain that sent the visitor; (none) when nobody did.';
comment on column "analytics"."attribution_days".medium is 'utm_medium; (none) when the address has none.';
comment on column "analytics"."attribution_days".campaign is 'utm_campaign; (none) when the address has none.';
comment on column "analytics"."attribution_days".first_touch_conversions is 'Conversions of the day: the first visit.';
comment on column "analytics"."attribution_days".first_touch_revenue is 'Their worth in the project''s currency.';
comment on column "analytics"."attribution_days".last_touch_conversions is 'Conversions of the day: the last visit.';
comment on column "analytics"."attribution_days".last_touch_revenue is 'Their worth in the project''s currency.';
comment on column "analytics"."attribution_days".last_non_direct_conversions is 'Conversions of the day: the last visit that is not Direct (the last one when all are).';
comment on column "analytics"."attribution_days".last_non_direct_revenue is 'Their worth in the project''s currency.';
comment on column "analytics"."attribution_days".linear_conversions is 'Conversions of the day: every visit alike.';
comment on column "analytics"."attribution_days".linear_revenue is 'Their worth in the project''s currency.';
comment on column "analytics"."attribution_days".position_based_conversions is 'Conversions of the day: 40 % the first, 40 % the last, the rest alike.';
comment on column "analytics"."attribution_days".position_based_revenue is 'Their worth in the project''s currency.';
comment on column "analytics"."attribution_days".time_decay_conversions is 'Conversions of the day: more the later the visit began.';
comment on column "analytics"."attribution_days".time_decay_revenue is 'Their worth in the project''s currency.';

create table "analytics"."attribution_months" (
    workspace_id uuid not null,
    project_id uuid not null,
    goal_id uuid not null,
    month date not null,
    model text not null,
    channel text not null,
    conversions numeric not null,
    revenue numeric not null
);
alter table "analytics"."attribution_months" enable row level security;
alter table "analytics"."attribution_months" add constraint attribution_months_pkey_e0f5cd5b primary key (workspace_id, project_id, month, goal_id, model, channel);
create policy attribution_months_service_74a69166 on "analytics"."attribution_months" for all to "service_role" using (true) with check (true);
create policy attribution_months_own_workspaces_569f3e38 on "analytics"."attribution_months" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."attribution_months" to "service_role";
grant select on "analytics"."attribution_months" to "authenticated";
comment on table "analytics"."attribution_months" is 'One row per goal, month, model and channel: the conversions of the month, shared out by every model. They add up to the conversions exactly, and so does their worth.';
comment on column "analytics"."attribution_months".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."attribution_months".project_id is 'The site or app of the tenant.';
comment on column "analytics"."attribution_months".goal_id is 'The goal.';
comment on column "analytics"."attribution_months".month is 'First day of the month of the conversions.';
comment on column "analytics"."attribution_months".model is 'first_touch, last_touch, last_non_direct, linear, position_based, time_decay, markov or shapley.';
comment on column "analytics"."attribution_months".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."attribution_months".conversions is 'Conversions that the model gives to the channel, in millionths.';
comment on column "analytics"."attribution_months".revenue is 'Their worth in the project''s currency.';

create table "analytics"."channel_spend" (
    workspace_id uuid not null,
    project_id uuid not null,
    spend_date date not null,
    channel text not null,
    source text not null,
    medium text not null,
    campaign text not null,
    cost numeric not null,
    clicks bigint,
    impressions bigint
);
alter table "analytics"."channel_spend" enable row level security;
alter table "analytics"."channel_spend" add constraint channel_spend_pkey_d1574b55 primary key (workspace_id, project_id, spend_date, source, medium, campaign);
create policy channel_spend_service_74a69166 on "analytics"."channel_spend" for all to "service_role" using (true) with check (true);
create policy channel_spend_own_workspaces_569f3e38 on "analytics"."channel_spend" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."channel_spend" to "service_role";
grant select on "analytics"."channel_spend" to "authenticated";
comment on table "analytics"."channel_spend" is 'One row per day, source, medium and campaign that cost money, with the channel of the visits that it brings.';
comment on column "analytics"."channel_spend".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."channel_spend".project_id is 'The site or app of the tenant.';
comment on column "analytics"."channel_spend".spend_date is 'Day of the spend.';
comment on column "analytics"."channel_spend".channel is 'Channel of a visit with these tags.';
comment on column "analytics"."channel_spend".source is 'Source of the campaign, as its utm_source.';
comment on column "analytics"."channel_spend".medium is 'Its utm_medium; (none) when it has none.';
comment on column "analytics"."channel_spend".campaign is 'Its utm_campaign; (none) when it has none.';
comment on column "analytics"."channel_spend".cost is 'What was paid, in the project''s currency.';
comment on column "analytics"."channel_spend".clicks is 'Clicks that were paid for; null when unknown.';
comment on column "analytics"."channel_spend".impressions is 'Times that it was shown; null when unknown.';

create table "analytics"."cohort_activity" (
    workspace_id uuid not null,
    project_id uuid not null,
    person_id text not null,
    anchor text not null,
    cohort_date date not null,
    activity_date date not null,
    sessions integer not null,
    goals_completed integer not null,
    revenue numeric not null,
    is_first_of_week boolean not null,
    is_first_of_month boolean not null,
    is_last boolean not null
);
alter table "analytics"."cohort_activity" enable row level security;
alter table "analytics"."cohort_activity" add constraint cohort_activity_pkey_c4aee640 primary key (workspace_id, project_id, person_id, anchor, activity_date);
create index cohort_activity_workspace_id_project_id_anchor_cohort__e3a34a0f on "analytics"."cohort_activity" using btree (workspace_id, project_id, anchor, cohort_date, activity_date);
create policy cohort_activity_service_74a69166 on "analytics"."cohort_activity" for all to "service_role" using (true) with check (true);
create policy cohort_activity_own_workspaces_569f3e38 on "analytics"."cohort_activity" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."cohort_activity" to "service_role";
grant select on "analytics"."cohort_activity" to "authenticated";
comment on table "analytics"."cohort_activity" is 'One row per anchor, person and day of activity from the day on which the person was acquired by it. The flags make distinct people of weeks and months a sum: each person has one first day of a week, and one last day.';
comment on column "analytics"."cohort_activity".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."cohort_activity".project_id is 'The site or app of the tenant.';
comment on column "analytics"."cohort_activity".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."cohort_activity".anchor is 'What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time.';
comment on column "analytics"."cohort_activity".cohort_date is 'Day on which the anchor acquired the person: of the first visit, or of the first visit that completed the goal.';
comment on column "analytics"."cohort_activity".activity_date is 'Day with visits of the person.';
comment on column "analytics"."cohort_activity".sessions is 'Visits of the day.';
comment on column "analytics"."cohort_activity".goals_completed is 'Goals completed on the day, of any kind, each once a visit.';
comment on column "analytics"."cohort_activity".revenue is 'Worth of the goals completed on the day, in the project''s currency; 0 when nobody said.';
comment on column "analytics"."cohort_activity".is_first_of_week is 'Whether it is the person''s first day of the calendar week (Monday to Sunday) since the cohort date.';
comment on column "analytics"."cohort_activity".is_first_of_month is 'Whether it is the person''s first day of the calendar month since the cohort date.';
comment on column "analytics"."cohort_activity".is_last is 'Whether the person has not been there since.';

create table "analytics"."cohort_days" (
    workspace_id uuid not null,
    project_id uuid not null,
    anchor text not null,
    cohort_date date not null,
    activity_date date not null,
    persons integer not null,
    first_of_week integer not null,
    first_of_month integer not null,
    last_seen integer not null,
    sessions bigint not null,
    goals_completed bigint not null,
    revenue numeric not null
);
alter table "analytics"."cohort_days" enable row level security;
alter table "analytics"."cohort_days" add constraint cohort_days_pkey_125b673e primary key (workspace_id, project_id, anchor, cohort_date, activity_date);
create policy cohort_days_service_74a69166 on "analytics"."cohort_days" for all to "service_role" using (true) with check (true);
create policy cohort_days_own_workspaces_569f3e38 on "analytics"."cohort_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."cohort_days" to "service_role";
grant select on "analytics"."cohort_days" to "authenticated";
comment on table "analytics"."cohort_days" is 'One row per anchor, cohort of a day and later day on which people of the cohort were there. All counts add up over days, and first_of_week, first_of_month and last_seen are different people over any days of a week, of a month, and ever.';
comment on column "analytics"."cohort_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."cohort_days".project_id is 'The site or app of the tenant.';
comment on column "analytics"."cohort_days".anchor is 'What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time.';
comment on column "analytics"."cohort_days".cohort_date is 'Day on which the anchor acquired the people.';
comment on column "analytics"."cohort_days".activity_date is 'Day on which they were there.';
comment on column "analytics"."cohort_days".persons is 'People of the cohort who were there.';
comment on column "analytics"."cohort_days".first_of_week is 'Of them, those who were there for the first time in the calendar week.';
comment on column "analytics"."cohort_days".first_of_month is 'Of them, those who were there for the first time in the calendar month.';
comment on column "analytics"."cohort_days".last_seen is 'Of them, those who have not been there since.';
comment on column "analytics"."cohort_days".sessions is 'Their visits of the day.';
comment on column "analytics"."cohort_days".goals_completed is 'Goals completed, each once a visit.';
comment on column "analytics"."cohort_days".revenue is 'Worth of those goals in the project''s currency.';

create table "analytics"."cohort_periods" (
    workspace_id uuid not null,
    project_id uuid not null,
    anchor text not null,
    period text not null,
    cohort_start date not null,
    period_start date not null,
    active_users integer not null,
    last_seen integer not null,
    sessions bigint not null,
    goals_completed bigint not null,
    revenue numeric not null
);
alter table "analytics"."cohort_periods" enable row level security;
alter table "analytics"."cohort_periods" add constraint cohort_periods_pkey_9eb22e0c primary key (workspace_id, project_id, anchor, period, cohort_start, period_start);
create policy cohort_periods_service_74a69166 on "analytics"."cohort_periods" for all to "service_role" using (true) with check (true);
create policy cohort_periods_own_workspaces_569f3e38 on "analytics"."cohort_periods" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."cohort_periods" to "service_role";
grant select on "analytics"."cohort_periods" to "authenticated";
comment on table "analytics"."cohort_periods" is 'One row per anchor, cohort of a week or month and week or month in which people of the cohort were there. The view cohorts adds single days, rates and what is not yet complete.';
comment on column "analytics"."cohort_periods".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."cohort_periods".project_id is 'The site or app of the tenant.';
comment on column "analytics"."cohort_periods".anchor is 'What made somebody a member of the cohort: `first_activity`, or the id of a goal that they completed for the first time.';
comment on column "analytics"."cohort_periods".period is 'week (Monday to Sunday) or month, of the calendar.';
comment on column "analytics"."cohort_periods".cohort_start is 'First day of the period in which the anchor acquired the people.';
comment on column "analytics"."cohort_periods".period_start is 'First day of the period in which they were there.';
comment on column "analytics"."cohort_periods".active_users is 'People of the cohort who were there.';
comment on column "analytics"."cohort_periods".last_seen is 'Of them, those who have not been there in a later period.';
comment on column "analytics"."cohort_periods".sessions is 'Their visits of the period.';
comment on column "analytics"."cohort_periods".goals_completed is 'Goals completed, each once a visit.';
comment on column "analytics"."cohort_periods".revenue is 'Worth of those goals in the project''s currency.';

create table "analytics"."conversation_events" (
    workspace_id uuid not null,
    project_id uuid not null,
    event_id uuid not null,
    conversation_id uuid not null,
    channel_type text not null,
    external_id text not null,
    anonymous_id text not null,
    user_id text,
    occurred_at timestamptz not null,
    event_order bigint not null,
    event_type text not null,
    sender text,
    state text not null,
    is_start boolean not null,
    is_reopening boolean not null,
    handshake_token text
);
alter table "analytics"."conversation_events" enable row level security;
alter table "analytics"."conversation_events" add constraint conversation_events_pkey_a481ea18 primary key (workspace_id, event_id);
create index conversation_events_workspace_id_project_id_anonymous__21043514 on "analytics"."conversation_events" using btree (workspace_id, project_id, anonymous_id);
create index conversation_events_workspace_id_project_id_external_i_a7695dd6 on "analytics"."conversation_events" using btree (workspace_id, project_id, external_id);
create index conversation_events_workspace_id_project_id_conversati_0a506493 on "analytics"."conversation_events" using btree (workspace_id, project_id, conversation_id, occurred_at);
create policy conversation_events_service_74a69166 on "analytics"."conversation_events" for all to "service_role" using (true) with check (true);
create policy conversation_events_own_workspaces_569f3e38 on "analytics"."conversation_events" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."conversation_events" to "service_role";
grant select on "analytics"."conversation_events" to "authenticated";
comment on table "analytics"."conversation_events" is 'One row per message or state of a thread, with the conversation that it belongs to and the state after it.';
comment on column "analytics"."conversation_events".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."conversation_events".project_id is 'The site or app of the tenant.';
comment on column "analytics"."conversation_events".event_id is 'Id of the message within the workspace, derived from `message_id`: copies of one message share it.';
comment on column "analytics"."conversation_events".conversation_id is 'Conversation, derived from the thread and the time of its first event.';
comment on column "analytics"."conversation_events".channel_type is 'Channel (whatsapp).';
comment on column "analytics"."conversation_events".external_id is 'The person''s id on that channel, whoever wrote.';
comment on column "analytics"."conversation_events".anonymous_id is 'The thread as the id of its side of a person: channel and phone (`whatsapp:ID`).';
comment on column "analytics"."conversation_events".user_id is 'Known person as this event names them.';
comment on column "analytics"."conversation_events".occurred_at is 'When it happened.';
comment on column "analytics"."conversation_events".event_order is 'Orders events of the same instant: as they stood in their file or batch, else as they arrived.';
comment on column "analytics"."conversation_events".event_type is 'message, or conversation_state when a state was set.';
comment on column "analytics"."conversation_events".sender is 'user, bot or agent; null when the message does not say.';
comment on column "analytics"."conversation_events".state is 'State after it.';
comment on column "analytics"."conversation_events".is_start is 'Whether a conversation begins with it.';
comment on column "analytics"."conversation_events".is_reopening is 'Whether a resolved conversation goes on with it.';
comment on column "analytics"."conversation_events".handshake_token is 'Token that ties a conversation to a web visit.';

create table "analytics"."conversations" (
    workspace_id uuid not null,
    project_id uuid not null,
    conversation_id uuid not null,
    channel_type text not null,
    whatsapp_phone_id text not null,
    anonymous_id text not null,
    user_id text,
    person_id text not null,
    conversation_date date not null,
    current_state text not null,
    started_at timestamptz not null,
    asked_at timestamptz,
    first_response_at timestamptz,
    first_response_seconds integer,
    first_bot_response_at timestamptz,
    first_bot_response_seconds integer,
    first_agent_response_at timestamptz,
    first_agent_response_seconds integer,
    resolved_at timestamptz,
    last_message_at timestamptz,
    ended_at timestamptz not null,
    message_count integer not null,
    user_message_count integer not null,
    bot_message_count integer not null,
    agent_message_count integer not null,
    reopened_count integer not null,
    linked_session_id text,
    handshake_token text,
    updated_at timestamptz not null
);
alter table "analytics"."conversations" enable row level security;
alter table "analytics"."conversations" add constraint conversations_pkey_0e1a39f2 primary key (workspace_id, project_id, conversation_id);
create index conversations_workspace_id_project_id_conversation_dat_60945ad0 on "analytics"."conversations" using btree (workspace_id, project_id, conversation_date);
create index conversations_workspace_id_project_id_anonymous_id_idx_21043514 on "analytics"."conversations" using btree (workspace_id, project_id, anonymous_id);
create index conversations_workspace_id_project_id_user_id_idx_4eb17bec on "analytics"."conversations" using btree (workspace_id, project_id, user_id) where user_id is not null;
create index conversations_workspace_id_project_id_linked_session_i_6cc94f8c on "analytics"."conversations" using btree (workspace_id, project_id, linked_session_id) where linked_session_id is not null;
create policy conversations_service_74a69166 on "analytics"."conversations" for all to "service_role" using (true) with check (true);
create policy conversations_own_workspaces_569f3e38 on "analytics"."conversations" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."conversations" to "service_role";
grant select on "analytics"."conversations" to "authenticated";
comment on table "analytics"."conversations" is 'One row per conversation: the messages of a thread until it is resolved and stays so, or until nobody writes for three days.';
comment on column "analytics"."conversations".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."conversations".project_id is 'The site or app of the tenant.';
comment on column "analytics"."conversations".conversation_id is 'Conversation, derived from the thread and the time of its first event.';
comment on column "analytics"."conversations".channel_type is 'Channel (whatsapp).';
comment on column "analytics"."conversations".whatsapp_phone_id is 'The person''s id on the channel (the external_id of events).';
comment on column "analytics"."conversations".anonymous_id is 'The thread as the id of its side of a person: channel and phone (`whatsapp:ID`).';
comment on column "analytics"."conversations".user_id is 'Person of the conversation: who was last named in it, else who is known in the thread.';
comment on column "analytics"."conversations".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."conversations".conversation_date is 'Day on which the conversation started, in the project''s reporting time zone.';
comment on column "analytics"."conversations".current_state is 'queued, bot_active, agent_active, resolved or reopened (and not answered since), after the last event.';
comment on column "analytics"."conversations".started_at is 'Time of the first event.';
comment on column "analytics"."conversations".asked_at is 'Time of the person''s first message; null when they wrote none.';
comment on column "analytics"."conversations".first_response_at is 'First message of a bot or an agent after the person''s first; null when nobody answered.';
comment on column "analytics"."conversations".first_response_seconds is 'Seconds from the person''s first message to it.';
comment on column "analytics"."conversations".first_bot_response_at is 'The same of bots.';
comment on column "analytics"."conversations".first_bot_response_seconds is 'Seconds until a bot answered.';
comment on column "analytics"."conversations".first_agent_response_at is 'The same of agents.';
comment on column "analytics"."conversations".first_agent_response_seconds is 'Seconds until an agent answered.';
comment on column "analytics"."conversations".resolved_at is 'When it was last resolved, also if it was reopened since; null when it never was.';
comment on column "analytics"."conversations".last_message_at is 'Time of the last message; null without messages.';
comment on column "analytics"."conversations".ended_at is 'Time of the last event.';
comment on column "analytics"."conversations".message_count is 'Messages, those of an unknown sender included.';
comment on column "analytics"."conversations".user_message_count is 'Messages of the person.';
comment on column "analytics"."conversations".bot_message_count is 'Messages of bots.';
comment on column "analytics"."conversations".agent_message_count is 'Messages of agents.';
comment on column "analytics"."conversations".reopened_count is 'How often it went on after it was resolved.';
comment on column "analytics"."conversations".linked_session_id is 'Web visit that a handshake token ties to it; null when none does.';
comment on column "analytics"."conversations".handshake_token is 'That token, else the first that was sent in it.';
comment on column "analytics"."conversations".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."conversion_paths" (
    workspace_id uuid not null,
    project_id uuid not null,
    month date not null,
    goal_id uuid not null,
    path_id uuid not null,
    path text not null,
    conversions bigint not null,
    unconverted bigint not null,
    revenue numeric not null
);
alter table "analytics"."conversion_paths" enable row level security;
alter table "analytics"."conversion_paths" add constraint conversion_paths_pkey_f24a12ed primary key (workspace_id, project_id, month, goal_id, path_id);
create policy conversion_paths_service_74a69166 on "analytics"."conversion_paths" for all to "service_role" using (true) with check (true);
create policy conversion_paths_own_workspaces_569f3e38 on "analytics"."conversion_paths" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."conversion_paths" to "service_role";
grant select on "analytics"."conversion_paths" to "authenticated";
comment on table "analytics"."conversion_paths" is 'One row per goal, month and path of channels, with how often it led to a conversion and how often it did not: what the models markov and shapley learn from. A person''s visits of a month are one path that failed a goal when none of them led to it.';
comment on column "analytics"."conversion_paths".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."conversion_paths".project_id is 'The site or app of the tenant.';
comment on column "analytics"."conversion_paths".month is 'First day of the month: of the conversions, and of the visits that led to none.';
comment on column "analytics"."conversion_paths".goal_id is 'The goal.';
comment on column "analytics"."conversion_paths".path_id is 'Derived from the path.';
comment on column "analytics"."conversion_paths".path is 'Channels in the order of the visits, with > between them; the same channel twice in a row is one step.';
comment on column "analytics"."conversion_paths".conversions is 'Conversions of the month with this path.';
comment on column "analytics"."conversion_paths".unconverted is 'Persons whose visits of the month have this path and led to no completion of the goal.';
comment on column "analytics"."conversion_paths".revenue is 'Worth of the conversions in the project''s currency; 0 when nobody said.';

create table "analytics"."cost_aggregates" (
    workspace_id uuid not null,
    project_id uuid not null,
    call_date date not null,
    feature text not null,
    provider text not null,
    model text not null,
    period text not null,
    period_start timestamptz not null,
    call_count integer not null,
    unpriced_call_count integer not null,
    cache_hit_count integer not null,
    input_tokens bigint not null,
    cached_tokens bigint not null,
    cache_write_tokens bigint not null,
    output_tokens bigint not null,
    total_tokens bigint not null,
    total_cost_usd numeric,
    estimated_cost_usd numeric,
    verified_cost_usd numeric,
    estimated_cost_of_verified_usd numeric,
    avg_latency_ms numeric,
    p50_latency_ms integer,
    p95_latency_ms integer,
    updated_at timestamptz not null
);
alter table "analytics"."cost_aggregates" enable row level security;
alter table "analytics"."cost_aggregates" add constraint cost_aggregates_pkey_e102dad3 primary key (workspace_id, project_id, call_date, feature, provider, model, period, period_start);
create index cost_aggregates_workspace_id_project_id_period_call_da_87d3593d on "analytics"."cost_aggregates" using btree (workspace_id, project_id, period, call_date);
create policy cost_aggregates_service_74a69166 on "analytics"."cost_aggregates" for all to "service_role" using (true) with check (true);
create policy cost_aggregates_own_workspaces_569f3e38 on "analytics"."cost_aggregates" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."cost_aggregates" to "service_role";
grant select on "analytics"."cost_aggregates" to "authenticated";
comment on table "analytics"."cost_aggregates" is 'One row per project, feature, model and hour or day with calls. Hours and days hold the same calls: read one of the two.';
comment on column "analytics"."cost_aggregates".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."cost_aggregates".project_id is 'The site or app of the tenant.';
comment on column "analytics"."cost_aggregates".call_date is 'Day of the calls in the project''s reporting time zone.';
comment on column "analytics"."cost_aggregates".feature is 'What the calls were made for.';
comment on column "analytics"."cost_aggregates".provider is 'Who served the calls.';
comment on column "analytics"."cost_aggregates".model is 'Model.';
comment on column "analytics"."cost_aggregates".period is 'hour or day.';
comment on column "analytics"."cost_aggregates".period_start is 'Start of the hour, or of the day.';
comment on column "analytics"."cost_aggregates".call_count is 'Calls.';
comment on column "analytics"."cost_aggregates".unpriced_call_count is 'Calls whose cost is not known: total_cost_usd leaves them out.';
comment on column "analytics"."cost_aggregates".cache_hit_count is 'Calls that the product''s own cache answered.';
comment on column "analytics"."cost_aggregates".input_tokens is 'Prompt tokens that no cache served.';
comment on column "analytics"."cost_aggregates".cached_tokens is 'Prompt tokens read from the provider''s cache.';
comment on column "analytics"."cost_aggregates".cache_write_tokens is 'Prompt tokens written to it.';
comment on column "analytics"."cost_aggregates".output_tokens is 'Tokens of the answers.';
comment on column "analytics"."cost_aggregates".total_tokens is 'Sum of the four.';
comment on column "analytics"."cost_aggregates".total_cost_usd is 'Cost of the priced calls; null when none is priced.';
comment on column "analytics"."cost_aggregates".estimated_cost_usd is 'Tokens at the prices of their time.';
comment on column "analytics"."cost_aggregates".verified_cost_usd is 'What providers billed, of the calls of which that is known.';
comment on column "analytics"."cost_aggregates".estimated_cost_of_verified_usd is 'The estimate of those same calls, for comparing.';
comment on column "analytics"."cost_aggregates".avg_latency_ms is 'Average latency.';
comment on column "analytics"."cost_aggregates".p50_latency_ms is 'Median latency.';
comment on column "analytics"."cost_aggregates".p95_latency_ms is '95th percentile of latency.';
comment on column "analytics"."cost_aggregates".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."daily_conversations" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    conversations integer not null,
    unique_threads integer not null,
    messages bigint not null,
    resolved_conversations integer not null,
    resolved_rate numeric not null,
    bot_answered_conversations integer not null,
    avg_first_bot_response_seconds numeric,
    median_first_bot_response_seconds numeric,
    agent_answered_conversations integer not null,
    avg_first_agent_response_seconds numeric,
    median_first_agent_response_seconds numeric,
    reopened_rate numeric not null,
    linked_conversations integer not null,
    linked_rate numeric not null,
    updated_at timestamptz not null
);
alter table "analytics"."daily_conversations" enable row level security;
alter table "analytics"."daily_conversations" add constraint daily_conversations_pkey_38ec2be3 primary key (workspace_id, project_id, metric_date);
create policy daily_conversations_service_74a69166 on "analytics"."daily_conversations" for all to "service_role" using (true) with check (true);
create policy daily_conversations_own_workspaces_569f3e38 on "analytics"."daily_conversations" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."daily_conversations" to "service_role";
grant select on "analytics"."daily_conversations" to "authenticated";
comment on table "analytics"."daily_conversations" is 'One row per project and day on which a conversation started.';
comment on column "analytics"."daily_conversations".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."daily_conversations".project_id is 'The site or app of the tenant.';
comment on column "analytics"."daily_conversations".metric_date is 'Day in the project''s reporting time zone; conversations count on the day they start.';
comment on column "analytics"."daily_conversations".conversations is 'Conversations.';
comment on column "analytics"."daily_conversations".unique_threads is 'Different phones.';
comment on column "analytics"."daily_conversations".messages is 'Messages of those conversations.';
comment on column "analytics"."daily_conversations".resolved_conversations is 'Conversations that are resolved now.';
comment on column "analytics"."daily_conversations".resolved_rate is 'Their share (0 to 1).';
comment on column "analytics"."daily_conversations".bot_answered_conversations is 'Conversations in which a bot answered.';
comment on column "analytics"."daily_conversations".avg_first_bot_response_seconds is 'Mean seconds until a bot answered, where one did.';
comment on column "analytics"."daily_conversations".median_first_bot_response_seconds is 'Median seconds until a bot answered.';
comment on column "analytics"."daily_conversations".agent_answered_conversations is 'Conversations in which an agent answered.';
comment on column "analytics"."daily_conversations".avg_first_agent_response_seconds is 'Mean seconds until an agent answered, where one did.';
comment on column "analytics"."daily_conversations".median_first_agent_response_seconds is 'Median seconds until an agent answered.';
comment on column "analytics"."daily_conversations".reopened_rate is 'Share of conversations that were reopened (0 to 1).';
comment on column "analytics"."daily_conversations".linked_conversations is 'Conversations that a token ties to a web visit.';
comment on column "analytics"."daily_conversations".linked_rate is 'Their share (0 to 1).';
comment on column "analytics"."daily_conversations".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."daily_funnels" (
    workspace_id uuid not null,
    project_id uuid not null,
    funnel_name text not null,
    start_date date not null,
    channel text not null,
    step integer not null,
    step_name text not null,
    attempts integer not null,
    visitors integer not null,
    conversion_rate numeric not null,
    step_conversion_rate numeric,
    stopped_attempts integer not null
);
alter table "analytics"."daily_funnels" enable row level security;
alter table "analytics"."daily_funnels" add constraint daily_funnels_pkey_43ecf6b6 primary key (workspace_id, project_id, funnel_name, start_date, channel, step);
create index daily_funnels_workspace_id_project_id_start_date_idx_28ed2a1b on "analytics"."daily_funnels" using btree (workspace_id, project_id, start_date);
create policy daily_funnels_service_74a69166 on "analytics"."daily_funnels" for all to "service_role" using (true) with check (true);
create policy daily_funnels_own_workspaces_569f3e38 on "analytics"."daily_funnels" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."daily_funnels" to "service_role";
grant select on "analytics"."daily_funnels" to "authenticated";
comment on table "analytics"."daily_funnels" is 'One row per funnel, day on which attempts began, channel and step. The view funnels adds what is open.';
comment on column "analytics"."daily_funnels".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."daily_funnels".project_id is 'The site or app of the tenant.';
comment on column "analytics"."daily_funnels".funnel_name is 'The funnel, as models/funnels/_funnels__models.yml declares it.';
comment on column "analytics"."daily_funnels".start_date is 'Day on which the attempts began.';
comment on column "analytics"."daily_funnels".channel is 'Channel of the visit in which they began.';
comment on column "analytics"."daily_funnels".step is 'Number of the step in the funnel, from 1.';
comment on column "analytics"."daily_funnels".step_name is 'What the funnel calls the step.';
comment on column "analytics"."daily_funnels".attempts is 'Attempts that came so far.';
comment on column "analytics"."daily_funnels".visitors is 'Different persons who did. Persons of several days or channels are counted in each.';
comment on column "analytics"."daily_funnels".conversion_rate is 'Share of the attempts that began, 0 to 1.';
comment on column "analytics"."daily_funnels".step_conversion_rate is 'Share of the attempts of the step before; null at the first step and when there were none.';
comment on column "analytics"."daily_funnels".stopped_attempts is 'Attempts that came so far and no further, open or lost; 0 at the last step.';

create table "analytics"."daily_site_metrics" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    unique_visitors integer not null,
    total_sessions integer not null,
    total_pageviews integer not null,
    total_events integer not null,
    bounce_rate numeric not null,
    avg_session_duration_seconds numeric not null,
    avg_engaged_seconds numeric,
    avg_pages_per_session numeric not null,
    direct_sessions integer not null,
    search_sessions integer not null,
    social_sessions integer not null,
    ai_sessions integer not null,
    email_sessions integer not null,
    referral_sessions integer not null,
    goals_completed integer not null,
    conversion_rate numeric not null,
    updated_at timestamptz not null
);
alter table "analytics"."daily_site_metrics" enable row level security;
alter table "analytics"."daily_site_metrics" add constraint daily_site_metrics_pkey_38ec2be3 primary key (workspace_id, project_id, metric_date);
create policy daily_site_metrics_service_74a69166 on "analytics"."daily_site_metrics" for all to "service_role" using (true) with check (true);
create policy daily_site_metrics_own_workspaces_569f3e38 on "analytics"."daily_site_metrics" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."daily_site_metrics" to "service_role";
grant select on "analytics"."daily_site_metrics" to "authenticated";
comment on table "analytics"."daily_site_metrics" is 'One row per project and day with visits.';
comment on column "analytics"."daily_site_metrics".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."daily_site_metrics".project_id is 'The site or app of the tenant.';
comment on column "analytics"."daily_site_metrics".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."daily_site_metrics".unique_visitors is 'Different devices.';
comment on column "analytics"."daily_site_metrics".total_sessions is 'Visits that started on the day.';
comment on column "analytics"."daily_site_metrics".total_pageviews is 'Pageviews of those visits.';
comment on column "analytics"."daily_site_metrics".total_events is 'Events of those visits.';
comment on column "analytics"."daily_site_metrics".bounce_rate is 'Share of visits that bounced, 0 to 1.';
comment on column "analytics"."daily_site_metrics".avg_session_duration_seconds is 'Average seconds from first to last event.';
comment on column "analytics"."daily_site_metrics".avg_engaged_seconds is 'Average engaged seconds of the visits that measure them; null when none does.';
comment on column "analytics"."daily_site_metrics".avg_pages_per_session is 'Average pageviews per visit.';
comment on column "analytics"."daily_site_metrics".direct_sessions is 'Visits with no source.';
comment on column "analytics"."daily_site_metrics".search_sessions is 'Visits from search engines, paid ones included.';
comment on column "analytics"."daily_site_metrics".social_sessions is 'Visits from social networks.';
comment on column "analytics"."daily_site_metrics".ai_sessions is 'Visits from AI assistants.';
comment on column "analytics"."daily_site_metrics".email_sessions is 'Visits from e-mail.';
comment on column "analytics"."daily_site_metrics".referral_sessions is 'Visits from other sites.';
comment on column "analytics"."daily_site_metrics".goals_completed is 'Goals completed in those visits, each once a visit.';
comment on column "analytics"."daily_site_metrics".conversion_rate is 'Share of visits that completed a goal, 0 to 1.';
comment on column "analytics"."daily_site_metrics".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."daily_traffic_sources" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    referrer_type text not null,
    channel text not null,
    utm_source text not null,
    utm_medium text not null,
    utm_campaign text not null,
    sessions integer not null,
    bounces integer not null,
    converted_sessions integer not null,
    goals_completed bigint not null,
    conversion_value numeric not null,
    duration_seconds bigint not null,
    pageviews bigint not null,
    updated_at timestamptz not null
);
alter table "analytics"."daily_traffic_sources" enable row level security;
alter table "analytics"."daily_traffic_sources" add constraint daily_traffic_sources_pkey_7b5dbda2 primary key (workspace_id, project_id, metric_date, referrer_type, channel, utm_source, utm_medium, utm_campaign);
create index daily_traffic_sources_workspace_id_metric_date_idx_f015a513 on "analytics"."daily_traffic_sources" using btree (workspace_id, metric_date);
create policy daily_traffic_sources_service_74a69166 on "analytics"."daily_traffic_sources" for all to "service_role" using (true) with check (true);
create policy daily_traffic_sources_own_workspaces_569f3e38 on "analytics"."daily_traffic_sources" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."daily_traffic_sources" to "service_role";
grant select on "analytics"."daily_traffic_sources" to "authenticated";
comment on table "analytics"."daily_traffic_sources" is 'One row per project, day, type of referrer, channel and campaign that brought visits. All counts add up over days; visitors are in visitor_recency.';
comment on column "analytics"."daily_traffic_sources".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."daily_traffic_sources".project_id is 'The site or app of the tenant.';
comment on column "analytics"."daily_traffic_sources".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."daily_traffic_sources".referrer_type is 'direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral.';
comment on column "analytics"."daily_traffic_sources".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."daily_traffic_sources".utm_source is 'Campaign source, cut at 200 characters; (not set) when there was none.';
comment on column "analytics"."daily_traffic_sources".utm_medium is 'Campaign medium, cut at 200 characters; (not set) when there was none.';
comment on column "analytics"."daily_traffic_sources".utm_campaign is 'Campaign name, cut at 200 characters; (not set) when there was none.';
comment on column "analytics"."daily_traffic_sources".sessions is 'Visits.';
comment on column "analytics"."daily_traffic_sources".bounces is 'Visits that bounced.';
comment on column "analytics"."daily_traffic_sources".converted_sessions is 'Visits that completed a goal.';
comment on column "analytics"."daily_traffic_sources".goals_completed is 'Goals completed in those visits, each once a visit.';
comment on column "analytics"."daily_traffic_sources".conversion_value is 'Worth of those completions, in the project''s currency.';
comment on column "analytics"."daily_traffic_sources".duration_seconds is 'Seconds from first to last event, added up over the visits.';
comment on column "analytics"."daily_traffic_sources".pageviews is 'Pageviews of those visits.';
comment on column "analytics"."daily_traffic_sources".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."embedded_prompts" (
    workspace_id uuid not null,
    call_id uuid not null,
    prompt_hash text,
    embedded_at timestamptz not null
);
alter table "analytics"."embedded_prompts" enable row level security;
alter table "analytics"."embedded_prompts" add constraint embedded_prompts_pkey_6147d560 primary key (workspace_id, call_id);
create policy embedded_prompts_service_74a69166 on "analytics"."embedded_prompts" for all to "service_role" using (true) with check (true);
create policy embedded_prompts_own_workspaces_569f3e38 on "analytics"."embedded_prompts" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."embedded_prompts" to "service_role";
grant select on "analytics"."embedded_prompts" to "authenticated";
comment on table "analytics"."embedded_prompts" is 'One row per call whose prompt was embedded. The embedding itself stays in ingest: a text can be guessed from it.';
comment on column "analytics"."embedded_prompts".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."embedded_prompts".call_id is 'Id of the call.';
comment on column "analytics"."embedded_prompts".prompt_hash is 'Hash of the prompt, when the sender gave one.';
comment on column "analytics"."embedded_prompts".embedded_at is 'When the embedding reached Radar.';

create table "analytics"."form_analytics" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    form_id text not null,
    sessions_started integer not null,
    sessions_submitted integer not null,
    submissions integer not null,
    completion_rate numeric,
    updated_at timestamptz not null
);
alter table "analytics"."form_analytics" enable row level security;
alter table "analytics"."form_analytics" add constraint form_analytics_pkey_4890d58f primary key (workspace_id, project_id, metric_date, form_id);
create policy form_analytics_service_74a69166 on "analytics"."form_analytics" for all to "service_role" using (true) with check (true);
create policy form_analytics_own_workspaces_569f3e38 on "analytics"."form_analytics" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."form_analytics" to "service_role";
grant select on "analytics"."form_analytics" to "authenticated";
comment on table "analytics"."form_analytics" is 'One row per project, day and form that somebody began or sent in a visit of that day.';
comment on column "analytics"."form_analytics".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."form_analytics".project_id is 'The site or app of the tenant.';
comment on column "analytics"."form_analytics".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."form_analytics".form_id is 'Id of the form, else its name; (not set) when the events had neither.';
comment on column "analytics"."form_analytics".sessions_started is 'Visits that began to fill it in, those that sent it included.';
comment on column "analytics"."form_analytics".sessions_submitted is 'Visits that sent it.';
comment on column "analytics"."form_analytics".submissions is 'Times that it was sent.';
comment on column "analytics"."form_analytics".completion_rate is 'Share of the visits that began it that sent it; null when no event tells of a beginning (form_start).';
comment on column "analytics"."form_analytics".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."funnel_journeys" (
    workspace_id uuid not null,
    project_id uuid not null,
    person_id text not null,
    funnel_name text not null,
    started_at timestamptz not null,
    start_date date not null,
    session_id text not null,
    channel text not null,
    device_type text,
    country_code text,
    steps_reached integer not null,
    reached_at timestamptz[] not null,
    is_converted boolean not null,
    window_ends_at timestamptz not null
);
alter table "analytics"."funnel_journeys" enable row level security;
alter table "analytics"."funnel_journeys" add constraint funnel_journeys_pkey_0b452200 primary key (workspace_id, project_id, person_id, funnel_name, started_at);
create index funnel_journeys_workspace_id_project_id_funnel_name_st_86e028b4 on "analytics"."funnel_journeys" using btree (workspace_id, project_id, funnel_name, start_date);
create index funnel_journeys_workspace_id_project_id_start_date_idx_28ed2a1b on "analytics"."funnel_journeys" using btree (workspace_id, project_id, start_date);
create index funnel_journeys_workspace_id_project_id_window_ends_at_7962f02b on "analytics"."funnel_journeys" using btree (workspace_id, project_id, window_ends_at) where not is_converted;
create policy funnel_journeys_service_74a69166 on "analytics"."funnel_journeys" for all to "service_role" using (true) with check (true);
create policy funnel_journeys_own_workspaces_569f3e38 on "analytics"."funnel_journeys" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."funnel_journeys" to "service_role";
grant select on "analytics"."funnel_journeys" to "authenticated";
comment on table "analytics"."funnel_journeys" is 'One row per attempt of a person at a funnel. An attempt begins with a first step; those that repeat within its window are further chances of the same attempt, which counts from the one that came furthest. The next begins after the window or after conversion.';
comment on column "analytics"."funnel_journeys".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."funnel_journeys".project_id is 'The site or app of the tenant.';
comment on column "analytics"."funnel_journeys".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."funnel_journeys".funnel_name is 'The funnel, as models/funnels/_funnels__models.yml declares it.';
comment on column "analytics"."funnel_journeys".started_at is 'When the attempt''s first step was taken: of those that repeat, the last that led as far.';
comment on column "analytics"."funnel_journeys".start_date is 'Day of the visit in which it began, in the project''s reporting time zone.';
comment on column "analytics"."funnel_journeys".session_id is 'Visit in which it began.';
comment on column "analytics"."funnel_journeys".channel is 'Channel of that visit.';
comment on column "analytics"."funnel_journeys".device_type is 'Device type of that visit.';
comment on column "analytics"."funnel_journeys".country_code is 'Country of that visit (ISO 3166-1 alpha-2).';
comment on column "analytics"."funnel_journeys".steps_reached is 'Steps taken in order and in time.';
comment on column "analytics"."funnel_journeys".reached_at is 'When each of these steps was taken.';
comment on column "analytics"."funnel_journeys".is_converted is 'Whether it took them all.';
comment on column "analytics"."funnel_journeys".window_ends_at is 'End of the window after its latest first step: until then, one that has not converted is open, then lost.';

create table "analytics"."funnel_steps" (
    workspace_id uuid not null,
    project_id uuid not null,
    session_id text not null,
    session_date date not null,
    funnel_name text not null,
    step integer not null,
    event_id uuid not null,
    occurred_at timestamptz not null,
    event_order bigint not null,
    person_id text not null,
    channel text not null,
    device_type text,
    country_code text
);
alter table "analytics"."funnel_steps" enable row level security;
alter table "analytics"."funnel_steps" add constraint funnel_steps_pkey_30877f1a primary key (workspace_id, project_id, funnel_name, event_id, step);
create index funnel_steps_workspace_id_project_id_session_id_idx_022e7b13 on "analytics"."funnel_steps" using btree (workspace_id, project_id, session_id);
create index funnel_steps_workspace_id_project_id_person_id_idx_d6d031cc on "analytics"."funnel_steps" using btree (workspace_id, project_id, person_id);
create policy funnel_steps_service_74a69166 on "analytics"."funnel_steps" for all to "service_role" using (true) with check (true);
create policy funnel_steps_own_workspaces_569f3e38 on "analytics"."funnel_steps" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."funnel_steps" to "service_role";
grant select on "analytics"."funnel_steps" to "authenticated";
comment on table "analytics"."funnel_steps" is 'One row per event that meets a step of a declared funnel, and step that it meets.';
comment on column "analytics"."funnel_steps".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."funnel_steps".project_id is 'The site or app of the tenant.';
comment on column "analytics"."funnel_steps".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."funnel_steps".session_date is 'Day on which the session started, in the project''s reporting time zone.';
comment on column "analytics"."funnel_steps".funnel_name is 'The funnel, as models/funnels/_funnels__models.yml declares it.';
comment on column "analytics"."funnel_steps".step is 'Number of the step in the funnel, from 1.';
comment on column "analytics"."funnel_steps".event_id is 'Id of the message within the workspace, derived from `message_id`: copies of one message share it.';
comment on column "analytics"."funnel_steps".occurred_at is 'When the event happened.';
comment on column "analytics"."funnel_steps".event_order is 'Orders events of the same instant: as they stood in their file or batch, else as they arrived.';
comment on column "analytics"."funnel_steps".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."funnel_steps".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."funnel_steps".device_type is 'desktop, mobile, tablet, or another class that the user agent tells.';
comment on column "analytics"."funnel_steps".country_code is 'Country of the sender (ISO 3166-1 alpha-2).';

create table "analytics"."handshakes" (
    workspace_id uuid not null,
    project_id uuid not null,
    handshake_token text not null,
    session_id text,
    anonymous_id text,
    opened_at timestamptz,
    channel_type text,
    external_id text,
    thread_id text,
    sent_at timestamptz,
    linked_at timestamptz,
    user_id text
);
alter table "analytics"."handshakes" enable row level security;
alter table "analytics"."handshakes" add constraint handshakes_pkey_bc00240b primary key (workspace_id, project_id, handshake_token);
create index handshakes_workspace_id_project_id_session_id_idx_deb314d0 on "analytics"."handshakes" using btree (workspace_id, project_id, session_id) where session_id is not null;
create index handshakes_workspace_id_project_id_anonymous_id_idx_7ed15c04 on "analytics"."handshakes" using btree (workspace_id, project_id, anonymous_id) where anonymous_id is not null;
create index handshakes_workspace_id_project_id_thread_id_idx_6e0d4ed4 on "analytics"."handshakes" using btree (workspace_id, project_id, thread_id) where thread_id is not null;
create policy handshakes_service_74a69166 on "analytics"."handshakes" for all to "service_role" using (true) with check (true);
create policy handshakes_own_workspaces_569f3e38 on "analytics"."handshakes" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."handshakes" to "service_role";
grant select on "analytics"."handshakes" to "authenticated";
comment on table "analytics"."handshakes" is 'One row per handshake token: the web visit in which it was opened and the thread in which it was sent. Of each side the first to use it counts.';
comment on column "analytics"."handshakes".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."handshakes".project_id is 'The site or app of the tenant.';
comment on column "analytics"."handshakes".handshake_token is 'Token that ties a conversation to a web visit.';
comment on column "analytics"."handshakes".session_id is 'Visit in which the token was first used on the web.';
comment on column "analytics"."handshakes".anonymous_id is 'Device of that visit.';
comment on column "analytics"."handshakes".opened_at is 'When the token was first used on the web.';
comment on column "analytics"."handshakes".channel_type is 'Channel of the thread (whatsapp).';
comment on column "analytics"."handshakes".external_id is 'The person''s id on that channel.';
comment on column "analytics"."handshakes".thread_id is 'The thread as the id of its side of a person: channel and phone (`whatsapp:ID`).';
comment on column "analytics"."handshakes".sent_at is 'When the token was first used in the thread.';
comment on column "analytics"."handshakes".linked_at is 'When the second side used it; null while one is missing.';
comment on column "analytics"."handshakes".user_id is 'Person whom both sides get: who was known on either by then, else the first who came to be. Null when nobody was, or when each side knew somebody else.';

create table "analytics"."identities" (
    workspace_id uuid not null,
    project_id uuid not null,
    anonymous_id text not null,
    user_id text not null,
    link_source text not null,
    linked_at timestamptz not null,
    event_order bigint not null,
    unlinked_at timestamptz,
    is_active boolean not null,
    traits_at timestamptz,
    traits jsonb not null
);
alter table "analytics"."identities" enable row level security;
alter table "analytics"."identities" add constraint identities_pkey_d6698afe primary key (workspace_id, project_id, anonymous_id, user_id);
create index identities_workspace_id_project_id_user_id_idx_904e0aa1 on "analytics"."identities" using btree (workspace_id, project_id, user_id);
create policy identities_service_74a69166 on "analytics"."identities" for all to "service_role" using (true) with check (true);
create policy identities_own_workspaces_569f3e38 on "analytics"."identities" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."identities" to "service_role";
grant select on "analytics"."identities" to "authenticated";
comment on table "analytics"."identities" is 'One row per device and person who was known on it: the links by which anonymous visits get a person. Links that were ended stay, and link nothing. A thread of messages is a device too.';
comment on column "analytics"."identities".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."identities".project_id is 'The site or app of the tenant.';
comment on column "analytics"."identities".anonymous_id is 'Browser or device, as its cookie or installation id says.';
comment on column "analytics"."identities".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."identities".link_source is 'What made the link: identify (an identify call), alias (a call that says by which id the person was known before), login (another event with both ids) or handshake (a token that a device and a thread share).';
comment on column "analytics"."identities".linked_at is 'When the person was first seen on the device; after an unlink, when next.';
comment on column "analytics"."identities".event_order is 'Orders events of the same instant: as they stood in their file or batch, else as they arrived.';
comment on column "analytics"."identities".unlinked_at is 'When the link was last ended; null when it never was.';
comment on column "analytics"."identities".is_active is 'Whether the link holds: nobody ended it, or it was made again later.';
comment on column "analytics"."identities".traits_at is 'When the traits were told; null when they never were.';
comment on column "analytics"."identities".traits is 'What the latest identify call on the device said of the person.';

create table "analytics"."llm_usage" (
    workspace_id uuid not null,
    project_id uuid not null,
    call_id uuid not null,
    trace_id text,
    span_id text,
    parent_span_id text,
    run_id uuid,
    feature text not null,
    user_id text,
    session_id text,
    provider text not null,
    model text not null,
    input_tokens bigint,
    cached_tokens bigint not null,
    cache_write_tokens bigint not null,
    cache_write_1h_tokens bigint not null,
    output_tokens bigint,
    total_tokens bigint,
    unmeasured_reason text,
    service_tier text not null,
    special_uses text,
    latency_ms integer,
    is_cache_hit boolean not null,
    sender_cost_usd numeric,
    verified_cost_usd numeric,
    call_date date not null,
    call_hour timestamptz not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null
);
alter table "analytics"."llm_usage" enable row level security;
alter table "analytics"."llm_usage" add constraint llm_usage_pkey_6147d560 primary key (workspace_id, call_id);
create index llm_usage_workspace_id_project_id_call_date_idx_98dcc2dc on "analytics"."llm_usage" using btree (workspace_id, project_id, call_date);
create index llm_usage_workspace_id_provider_model_idx_b02ff14c on "analytics"."llm_usage" using btree (workspace_id, provider, model);
create index llm_usage_workspace_id_project_id_trace_id_idx_17d85378 on "analytics"."llm_usage" using btree (workspace_id, project_id, trace_id) where trace_id is not null;
create index llm_usage_workspace_id_project_id_run_id_idx_55fa58fa on "analytics"."llm_usage" using btree (workspace_id, project_id, run_id) where run_id is not null;
create policy llm_usage_service_74a69166 on "analytics"."llm_usage" for all to "service_role" using (true) with check (true);
create policy llm_usage_own_workspaces_569f3e38 on "analytics"."llm_usage" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."llm_usage" to "service_role";
grant select on "analytics"."llm_usage" to "authenticated";
comment on table "analytics"."llm_usage" is 'One row per call of a language model, with its tokens in kinds that do not overlap. Copies of a call are removed: the earliest time wins.';
comment on column "analytics"."llm_usage".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."llm_usage".project_id is 'The site or app of the tenant.';
comment on column "analytics"."llm_usage".call_id is 'Id of the call.';
comment on column "analytics"."llm_usage".trace_id is 'Trace that the call belongs to.';
comment on column "analytics"."llm_usage".span_id is 'Span of the call in its trace.';
comment on column "analytics"."llm_usage".parent_span_id is 'Span that made the call.';
comment on column "analytics"."llm_usage".run_id is 'Run of an agent that made the call.';
comment on column "analytics"."llm_usage".feature is 'What the call was made for; (not set) when nobody said.';
comment on column "analytics"."llm_usage".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."llm_usage".session_id is 'Visit during which the call was made.';
comment on column "analytics"."llm_usage".provider is 'Who served the call, in lower case.';
comment on column "analytics"."llm_usage".model is 'Model as the provider calls it.';
comment on column "analytics"."llm_usage".input_tokens is 'Prompt tokens that no cache served; null when the numbers are missing or contradict each other.';
comment on column "analytics"."llm_usage".cached_tokens is 'Prompt tokens read from the provider''s cache.';
comment on column "analytics"."llm_usage".cache_write_tokens is 'Prompt tokens written to it.';
comment on column "analytics"."llm_usage".cache_write_1h_tokens is 'Those of cache_write_tokens that the cache keeps for an hour.';
comment on column "analytics"."llm_usage".output_tokens is 'Tokens of the answer; null when nobody counted them.';
comment on column "analytics"."llm_usage".total_tokens is 'Sum of the four kinds, which are disjoint.';
comment on column "analytics"."llm_usage".unmeasured_reason is 'Why the tokens say nothing: no_tokens (of the prompt) or inconsistent_tokens (more cached than there were); null when they do.';
comment on column "analytics"."llm_usage".service_tier is 'How it was served: standard, batch, flex, priority, fast.';
comment on column "analytics"."llm_usage".special_uses is 'What it used beside text, with commas; null when nobody said.';
comment on column "analytics"."llm_usage".latency_ms is 'Milliseconds until the answer was complete.';
comment on column "analytics"."llm_usage".is_cache_hit is 'Whether the product''s own cache answered, so that no provider was paid.';
comment on column "analytics"."llm_usage".sender_cost_usd is 'What the sender reckoned the call to cost.';
comment on column "analytics"."llm_usage".verified_cost_usd is 'What the provider billed, when that is known.';
comment on column "analytics"."llm_usage".call_date is 'Day of the call in the project''s reporting time zone.';
comment on column "analytics"."llm_usage".call_hour is 'Start of the hour of the call, in that time zone.';
comment on column "analytics"."llm_usage".occurred_at is 'When the call began.';
comment on column "analytics"."llm_usage".received_at is 'When the call reached Radar.';

create table "analytics"."model_prices" (
    workspace_id uuid not null,
    provider text not null,
    model text not null,
    model_pricing_id uuid not null,
    is_own boolean not null,
    is_listed boolean not null,
    service_tier text not null,
    daily_from time,
    daily_until time,
    effective_date timestamptz not null,
    recorded_at timestamptz not null,
    replaces_history boolean not null,
    input_price_per_1k numeric not null,
    long_input_price_per_1k numeric,
    output_price_per_1k numeric not null,
    long_output_price_per_1k numeric,
    cached_price_per_1k numeric,
    long_cached_price_per_1k numeric,
    cache_write_price_per_1k numeric,
    long_cache_write_price_per_1k numeric,
    cache_write_1h_price_per_1k numeric,
    long_cache_write_1h_price_per_1k numeric,
    long_context_tokens bigint,
    priced_up_to_tokens bigint,
    request_price_usd numeric,
    priced_apart text
);
alter table "analytics"."model_prices" enable row level security;
alter table "analytics"."model_prices" add constraint model_prices_pkey_471ba206 primary key (workspace_id, provider, model, model_pricing_id);
create policy model_prices_service_74a69166 on "analytics"."model_prices" for all to "service_role" using (true) with check (true);
create policy model_prices_own_workspaces_569f3e38 on "analytics"."model_prices" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."model_prices" to "service_role";
grant select on "analytics"."model_prices" to "authenticated";
comment on table "analytics"."model_prices" is 'One row per model that a tenant calls, by the name that the calls give it, and price that it has or had.';
comment on column "analytics"."model_prices".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."model_prices".provider is 'Provider as the calls name it.';
comment on column "analytics"."model_prices".model is 'Model as the calls name it.';
comment on column "analytics"."model_prices".model_pricing_id is 'The price.';
comment on column "analytics"."model_prices".is_own is 'Whether it is the tenant''s own price, which goes before everybody''s.';
comment on column "analytics"."model_prices".is_listed is 'Whether it is from the public list: a price that somebody wrote goes before it.';
comment on column "analytics"."model_prices".service_tier is 'The calls that it holds for, by how they are served.';
comment on column "analytics"."model_prices".daily_from is 'First moment of the day, in UTC, at which it holds; null: all day.';
comment on column "analytics"."model_prices".daily_until is 'First moment after that; before daily_from: on the next day.';
comment on column "analytics"."model_prices".effective_date is 'From when on it holds.';
comment on column "analytics"."model_prices".recorded_at is 'When Radar learned of it.';
comment on column "analytics"."model_prices".replaces_history is 'Whether calls that were priced before take it too.';
comment on column "analytics"."model_prices".input_price_per_1k is 'USD per 1,000 prompt tokens that no cache served.';
comment on column "analytics"."model_prices".long_input_price_per_1k is 'The same for long prompts; null: no other price.';
comment on column "analytics"."model_prices".output_price_per_1k is 'USD per 1,000 tokens of the answer.';
comment on column "analytics"."model_prices".long_output_price_per_1k is 'The same for long prompts; null: no other price.';
comment on column "analytics"."model_prices".cached_price_per_1k is 'USD per 1,000 tokens read from the cache; null: as input.';
comment on column "analytics"."model_prices".long_cached_price_per_1k is 'The same for long prompts; null: no other price.';
comment on column "analytics"."model_prices".cache_write_price_per_1k is 'USD per 1,000 tokens written to the cache; null: as input.';
comment on column "analytics"."model_prices".long_cache_write_price_per_1k is 'The same for long prompts; null: no other price.';
comment on column "analytics"."model_prices".cache_write_1h_price_per_1k is 'USD per 1,000 tokens written for an hour; null: calls with such tokens are not priced.';
comment on column "analytics"."model_prices".long_cache_write_1h_price_per_1k is 'The same for long prompts; null: no other price.';
comment on column "analytics"."model_prices".long_context_tokens is 'Prompt tokens above which the prices of long prompts hold; null: never.';
comment on column "analytics"."model_prices".priced_up_to_tokens is 'Prompt tokens above which no price holds; null: no limit.';
comment on column "analytics"."model_prices".request_price_usd is 'USD per call, whatever its tokens; null: none.';
comment on column "analytics"."model_prices".priced_apart is 'Uses, with commas, that the prices do not hold for; see ingest.model_pricing.';

create table "analytics"."mv_active_users" (
    workspace_id uuid not null,
    activity_date date not null,
    daily_active_users integer,
    weekly_active_users integer,
    monthly_active_users integer
);
alter table "analytics"."mv_active_users" enable row level security;
alter table "analytics"."mv_active_users" add constraint mv_active_users_pkey_92c0f0cc primary key (workspace_id, activity_date);
create policy mv_active_users_service_74a69166 on "analytics"."mv_active_users" for all to "service_role" using (true) with check (true);
create policy mv_active_users_own_workspaces_569f3e38 on "analytics"."mv_active_users" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."mv_active_users" to "service_role";
grant select on "analytics"."mv_active_users" to "authenticated";
comment on table "analytics"."mv_active_users" is 'One row per workspace and day of the last days (var summary_days): rolling different people over 1, 7 and 30 days that end on the day.';
comment on column "analytics"."mv_active_users".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."mv_active_users".activity_date is 'Day in the time zone of the workspaces.';
comment on column "analytics"."mv_active_users".daily_active_users is 'Different people on the day.';
comment on column "analytics"."mv_active_users".weekly_active_users is 'Different people on the seven days that end on it.';
comment on column "analytics"."mv_active_users".monthly_active_users is 'Different people on the thirty days that end on it.';

create table "analytics"."mv_top_agents" (
    workspace_id uuid not null,
    agent_id uuid not null,
    agent_name text,
    total_runs_30d integer,
    successful_runs_30d integer,
    success_rate numeric,
    avg_runtime_seconds numeric,
    median_runtime_seconds numeric,
    total_credits_30d numeric,
    unique_users_30d integer,
    last_run_at timestamptz
);
alter table "analytics"."mv_top_agents" enable row level security;
alter table "analytics"."mv_top_agents" add constraint mv_top_agents_pkey_54c4f47c primary key (workspace_id, agent_id);
create policy mv_top_agents_service_74a69166 on "analytics"."mv_top_agents" for all to "service_role" using (true) with check (true);
create policy mv_top_agents_own_workspaces_569f3e38 on "analytics"."mv_top_agents" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."mv_top_agents" to "service_role";
grant select on "analytics"."mv_top_agents" to "authenticated";
comment on table "analytics"."mv_top_agents" is 'One row per agent with what it did in the last 30 days; an agent without runs has zeros.';
comment on column "analytics"."mv_top_agents".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."mv_top_agents".agent_id is 'The agent.';
comment on column "analytics"."mv_top_agents".agent_name is 'Its name.';
comment on column "analytics"."mv_top_agents".total_runs_30d is 'Runs that began.';
comment on column "analytics"."mv_top_agents".successful_runs_30d is 'Those that completed.';
comment on column "analytics"."mv_top_agents".success_rate is 'Share of the runs that completed, 0 to 1; null without runs.';
comment on column "analytics"."mv_top_agents".avg_runtime_seconds is 'Average runtime of the runs that ended.';
comment on column "analytics"."mv_top_agents".median_runtime_seconds is 'Median of it.';
comment on column "analytics"."mv_top_agents".total_credits_30d is 'Credits.';
comment on column "analytics"."mv_top_agents".unique_users_30d is 'Different people who started runs.';
comment on column "analytics"."mv_top_agents".last_run_at is 'When the last of them began.';

create table "analytics"."mv_workspace_summary" (
    workspace_id uuid not null,
    workspace_name text,
    total_members integer,
    total_agents integer,
    total_runs_30d integer,
    total_credits_30d numeric,
    avg_runtime_seconds_30d numeric,
    active_users_30d integer
);
alter table "analytics"."mv_workspace_summary" enable row level security;
alter table "analytics"."mv_workspace_summary" add constraint mv_workspace_summary_pkey_ffedea8b primary key (workspace_id);
create policy mv_workspace_summary_service_74a69166 on "analytics"."mv_workspace_summary" for all to "service_role" using (true) with check (true);
create policy mv_workspace_summary_own_workspaces_569f3e38 on "analytics"."mv_workspace_summary" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."mv_workspace_summary" to "service_role";
grant select on "analytics"."mv_workspace_summary" to "authenticated";
comment on table "analytics"."mv_workspace_summary" is 'One row per workspace with its members and agents, and what ran in the last 30 days.';
comment on column "analytics"."mv_workspace_summary".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."mv_workspace_summary".workspace_name is 'Its name.';
comment on column "analytics"."mv_workspace_summary".total_members is 'Members.';
comment on column "analytics"."mv_workspace_summary".total_agents is 'Agents.';
comment on column "analytics"."mv_workspace_summary".total_runs_30d is 'Runs that began.';
comment on column "analytics"."mv_workspace_summary".total_credits_30d is 'Credits.';
comment on column "analytics"."mv_workspace_summary".avg_runtime_seconds_30d is 'Average runtime of the runs that ended; null without any.';
comment on column "analytics"."mv_workspace_summary".active_users_30d is 'Different people who started runs.';

create table "analytics"."page_analytics" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    page_url text not null,
    page_path text not null,
    views integer not null,
    unique_visitors integer not null,
    path_sessions integer not null,
    entries integer not null,
    exits integer not null,
    bounces integer not null,
    time_on_page_seconds bigint not null,
    avg_time_on_page_seconds numeric,
    bounce_rate numeric,
    exit_rate numeric not null,
    updated_at timestamptz not null
);
alter table "analytics"."page_analytics" enable row level security;
alter table "analytics"."page_analytics" add constraint page_analytics_pkey_0d2aa159 primary key (workspace_id, project_id, metric_date, page_url, page_path);
create policy page_analytics_service_74a69166 on "analytics"."page_analytics" for all to "service_role" using (true) with check (true);
create policy page_analytics_own_workspaces_569f3e38 on "analytics"."page_analytics" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."page_analytics" to "service_role";
grant select on "analytics"."page_analytics" to "authenticated";
comment on table "analytics"."page_analytics" is 'One row per project, day and page that was viewed in a visit of that day. All counts but unique_visitors add up over days.';
comment on column "analytics"."page_analytics".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."page_analytics".project_id is 'The site or app of the tenant.';
comment on column "analytics"."page_analytics".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."page_analytics".page_url is 'Address of the page without query and fragment; (not set) when the event had none.';
comment on column "analytics"."page_analytics".page_path is 'Path as the client named it, else that of the address; (not set) when there was neither.';
comment on column "analytics"."page_analytics".views is 'Pageviews.';
comment on column "analytics"."page_analytics".unique_visitors is 'Different devices.';
comment on column "analytics"."page_analytics".path_sessions is 'Visits that viewed the path here first: summed over the addresses of a path, its visits.';
comment on column "analytics"."page_analytics".entries is 'Visits that began with this page.';
comment on column "analytics"."page_analytics".exits is 'Visits that ended with this page.';
comment on column "analytics"."page_analytics".bounces is 'Visits that began here and bounced.';
comment on column "analytics"."page_analytics".time_on_page_seconds is 'Seconds until the next pageview, added up over the views that had one (views less exits).';
comment on column "analytics"."page_analytics".avg_time_on_page_seconds is 'Average seconds until the next pageview; null when every view was the visit''s last.';
comment on column "analytics"."page_analytics".bounce_rate is 'Share of the visits that began here that bounced; null when none began here.';
comment on column "analytics"."page_analytics".exit_rate is 'Share of the views that were the last of their visit.';
comment on column "analytics"."page_analytics".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."price_periods" (
    workspace_id uuid not null,
    provider text not null,
    model text not null,
    service_tier text not null,
    calls_from timestamptz not null,
    calls_until timestamptz not null,
    hours_from time not null,
    hours_until time not null,
    received_from timestamptz not null,
    received_until timestamptz not null,
    model_pricing_id uuid,
    revised_pricing_id uuid
);
alter table "analytics"."price_periods" enable row level security;
alter table "analytics"."price_periods" add constraint price_periods_pkey_3cbd6483 primary key (workspace_id, provider, model, service_tier, calls_from, hours_from, received_from);
create policy price_periods_service_74a69166 on "analytics"."price_periods" for all to "service_role" using (true) with check (true);
create policy price_periods_own_workspaces_569f3e38 on "analytics"."price_periods" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."price_periods" to "service_role";
grant select on "analytics"."price_periods" to "authenticated";
comment on table "analytics"."price_periods" is 'One row per model, way of serving it, stretch of time of calls, hours of the day and stretch of time of their receipt within which every call takes the same price.';
comment on column "analytics"."price_periods".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."price_periods".provider is 'Provider as the calls name it.';
comment on column "analytics"."price_periods".model is 'Model as the calls name it.';
comment on column "analytics"."price_periods".service_tier is 'How the calls are served.';
comment on column "analytics"."price_periods".calls_from is 'First moment of the calls.';
comment on column "analytics"."price_periods".calls_until is 'First moment after them.';
comment on column "analytics"."price_periods".hours_from is 'Their first moment of each day, in UTC.';
comment on column "analytics"."price_periods".hours_until is 'First moment after that.';
comment on column "analytics"."price_periods".received_from is 'First moment of their receipt.';
comment on column "analytics"."price_periods".received_until is 'First moment after that.';
comment on column "analytics"."price_periods".model_pricing_id is 'The price that the calls take; null when none was in effect.';
comment on column "analytics"."price_periods".revised_pricing_id is 'A later price that says that it holds for these calls too; null without one.';

create table "analytics"."prompt_similarities" (
    workspace_id uuid not null,
    project_id uuid not null,
    call_date date not null,
    call_id uuid not null,
    feature text not null,
    provider text not null,
    model text not null,
    redundancy_score numeric,
    updated_at timestamptz not null
);
alter table "analytics"."prompt_similarities" enable row level security;
alter table "analytics"."prompt_similarities" add constraint prompt_similarities_pkey_50ea1c0e primary key (workspace_id, project_id, call_date, call_id);
create policy prompt_similarities_service_74a69166 on "analytics"."prompt_similarities" for all to "service_role" using (true) with check (true);
create policy prompt_similarities_own_workspaces_569f3e38 on "analytics"."prompt_similarities" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."prompt_similarities" to "service_role";
grant select on "analytics"."prompt_similarities" to "authenticated";
comment on table "analytics"."prompt_similarities" is 'One row per call whose prompt was compared with the others of its feature and day: the first ones of the day, as many as prompt_comparisons says.';
comment on column "analytics"."prompt_similarities".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."prompt_similarities".project_id is 'The site or app of the tenant.';
comment on column "analytics"."prompt_similarities".call_date is 'Day of the call in the project''s reporting time zone.';
comment on column "analytics"."prompt_similarities".call_id is 'Id of the call.';
comment on column "analytics"."prompt_similarities".feature is 'What the call was made for.';
comment on column "analytics"."prompt_similarities".provider is 'Who served the call.';
comment on column "analytics"."prompt_similarities".model is 'Model.';
comment on column "analytics"."prompt_similarities".redundancy_score is 'Cosine similarity to the prompt most like it among the others, 1 for the same; null when there is no other one to compare with, or no pgvector.';
comment on column "analytics"."prompt_similarities".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."runs" (
    workspace_id uuid not null,
    run_id uuid not null,
    agent_id uuid not null,
    user_id text,
    status text not null,
    started_at timestamptz not null,
    completed_at timestamptz,
    runtime_seconds numeric,
    credits_consumed numeric,
    model text,
    tokens_used bigint,
    error_type text,
    error_message text,
    user_rating numeric,
    run_date date not null,
    run_hour timestamptz not null
);
alter table "analytics"."runs" enable row level security;
alter table "analytics"."runs" add constraint runs_pkey_6e358f0d primary key (workspace_id, run_id);
create index runs_workspace_id_run_date_idx_32c53819 on "analytics"."runs" using btree (workspace_id, run_date);
create index runs_workspace_id_run_hour_idx_90be1f6d on "analytics"."runs" using btree (workspace_id, run_hour);
create index runs_workspace_id_agent_id_run_date_idx_474de7a1 on "analytics"."runs" using btree (workspace_id, agent_id, run_date);
create index runs_workspace_id_user_id_run_date_idx_c5502630 on "analytics"."runs" using btree (workspace_id, user_id, run_date) where user_id is not null;
create policy runs_service_74a69166 on "analytics"."runs" for all to "service_role" using (true) with check (true);
create policy runs_own_workspaces_569f3e38 on "analytics"."runs" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."runs" to "service_role";
grant select on "analytics"."runs" to "authenticated";
comment on table "analytics"."runs" is 'One row per run of an agent, as the application has it now: changes of status are followed, deleted runs go.';
comment on column "analytics"."runs".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."runs".run_id is 'Id of the run.';
comment on column "analytics"."runs".agent_id is 'Agent that ran.';
comment on column "analytics"."runs".user_id is 'Person who started the run; null when a schedule did.';
comment on column "analytics"."runs".status is 'pending, running, completed, failed or cancelled.';
comment on column "analytics"."runs".started_at is 'When the run began.';
comment on column "analytics"."runs".completed_at is 'When the run ended; null while it runs.';
comment on column "analytics"."runs".runtime_seconds is 'Seconds from start to end, as the application says, else as the two times do; null while it runs.';
comment on column "analytics"."runs".credits_consumed is 'Credits that the run cost.';
comment on column "analytics"."runs".model is 'Language model that the run used.';
comment on column "analytics"."runs".tokens_used is 'Tokens that the run''s calls used.';
comment on column "analytics"."runs".error_type is 'Class of the error that ended the run.';
comment on column "analytics"."runs".error_message is 'Message of that error.';
comment on column "analytics"."runs".user_rating is 'Rating that the person gave, 1 to 5.';
comment on column "analytics"."runs".run_date is 'Day on which the run began, in the time zone of the workspaces (var workspace_timezone).';
comment on column "analytics"."runs".run_hour is 'Start of the hour in which it began.';

create table "analytics"."session_events" (
    workspace_id uuid not null,
    project_id uuid not null,
    event_id uuid not null,
    session_id text not null,
    anonymous_id text not null,
    user_id text,
    has_client_session boolean not null,
    shared_session_id text,
    has_visit boolean not null,
    is_session_start boolean not null,
    session_date date not null,
    occurred_at timestamptz not null,
    event_order bigint not null,
    event_type text not null,
    event_name text,
    event_category text,
    page_url text,
    page_path text,
    page_title text,
    page_referrer text,
    is_message boolean not null,
    channel_type text not null,
    external_id text,
    handshake_token text,
    previous_id text,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_content text,
    utm_term text,
    pageview_number integer,
    time_on_page_seconds integer,
    engaged_ms integer not null,
    user_agent text,
    bot_class text,
    device_type text,
    os_name text,
    browser_name text,
    browser_language text,
    timezone text,
    ip_address inet,
    country_code text,
    city text,
    screen_width integer,
    screen_height integer,
    viewport_width integer,
    viewport_height integer,
    device_pixel_ratio numeric,
    properties jsonb not null
);
alter table "analytics"."session_events" enable row level security;
alter table "analytics"."session_events" add constraint session_events_pkey_a481ea18 primary key (workspace_id, event_id);
create index session_events_workspace_id_project_id_session_id_idx_022e7b13 on "analytics"."session_events" using btree (workspace_id, project_id, session_id);
create index session_events_workspace_id_project_id_anonymous_id_oc_76d2e1ce on "analytics"."session_events" using btree (workspace_id, project_id, anonymous_id, occurred_at) where not has_client_session;
create index session_events_workspace_id_project_id_anonymous_id_oc_25e02d00 on "analytics"."session_events" using btree (workspace_id, project_id, anonymous_id, occurred_at) where user_id is not null;
create index session_events_workspace_id_project_id_session_date_id_0c2c8a48 on "analytics"."session_events" using btree (workspace_id, project_id, session_date);
create index session_events_workspace_id_project_id_session_date_ev_28ba2427 on "analytics"."session_events" using btree (workspace_id, project_id, session_date, event_type) where event_type in ('form_start', 'form_submit');
create index session_events_workspace_id_project_id_shared_session__b639f184 on "analytics"."session_events" using btree (workspace_id, project_id, shared_session_id) where shared_session_id is not null and starts_with(anonymous_id, 'user:');
create index session_events_workspace_id_project_id_previous_id_idx_0267a50a on "analytics"."session_events" using btree (workspace_id, project_id, previous_id) where previous_id is not null;
create index session_events_workspace_id_project_id_external_id_occ_80a849e5 on "analytics"."session_events" using btree (workspace_id, project_id, external_id, occurred_at) where external_id is not null;
create index session_events_workspace_id_project_id_handshake_token_878d107f on "analytics"."session_events" using btree (workspace_id, project_id, handshake_token) where handshake_token is not null;
create index session_events_workspace_id_project_id_user_id_occurre_e59e9295 on "analytics"."session_events" using btree (workspace_id, project_id, user_id, occurred_at) where event_type = 'identify';
create policy session_events_service_74a69166 on "analytics"."session_events" for all to "service_role" using (true) with check (true);
create policy session_events_own_workspaces_569f3e38 on "analytics"."session_events" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."session_events" to "service_role";
grant select on "analytics"."session_events" to "authenticated";
comment on table "analytics"."session_events" is 'One row per accepted event, with the visit that it belongs to: copies of a message are removed and robots left out. pageviews and user_events are views of it.';
comment on column "analytics"."session_events".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."session_events".project_id is 'The site or app of the tenant.';
comment on column "analytics"."session_events".event_id is 'Id of the message within the workspace, derived from `message_id`: copies of one message share it.';
comment on column "analytics"."session_events".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."session_events".anonymous_id is 'Browser or device; events that know only the user have an id made of it (user:ID).';
comment on column "analytics"."session_events".user_id is 'Known person as this event names them; sessions say whose visit it was.';
comment on column "analytics"."session_events".has_client_session is 'Whether the client named the visit, so that pauses do not cut it.';
comment on column "analytics"."session_events".shared_session_id is 'The client''s id of the visit where another device had used it first, so that session_id had to be another one.';
comment on column "analytics"."session_events".has_visit is 'Whether it belongs to a visit: messages belong to a thread, and what only says who somebody is (alias, group) to neither.';
comment on column "analytics"."session_events".is_session_start is 'Whether this is the first event of its session.';
comment on column "analytics"."session_events".session_date is 'Day on which the session started, in the project''s reporting time zone.';
comment on column "analytics"."session_events".occurred_at is 'When the event happened, by the sender''s clock.';
comment on column "analytics"."session_events".event_order is 'Orders events of the same instant: as they stood in their file or batch, else as they arrived.';
comment on column "analytics"."session_events".event_type is 'Kind of event: pageview, click, scroll_depth, form_submit, heartbeat, identify, track, or the sender''s own.';
comment on column "analytics"."session_events".event_name is 'What happened, in the sender''s words.';
comment on column "analytics"."session_events".event_category is 'Group of events that the sender puts this one into.';
comment on column "analytics"."session_events".page_url is 'Address of the page with query and fragment.';
comment on column "analytics"."session_events".page_path is 'Path part of the address.';
comment on column "analytics"."session_events".page_title is 'Title of the page.';
comment on column "analytics"."session_events".page_referrer is 'Address of the page before, as the browser told.';
comment on column "analytics"."session_events".is_message is 'Whether it is a message of a conversation, which belongs to a thread and makes no session.';
comment on column "analytics"."session_events".channel_type is 'Where the event came from, web or the channel of a conversation.';
comment on column "analytics"."session_events".external_id is 'The person''s id on that channel (WhatsApp phone id).';
comment on column "analytics"."session_events".handshake_token is 'Token that ties a conversation to a web session.';
comment on column "analytics"."session_events".previous_id is 'Of an alias: the id by which the person was known before.';
comment on column "analytics"."session_events".utm_source is 'Campaign source: the address''s parameter, else what the sender named beside it.';
comment on column "analytics"."session_events".utm_medium is 'Campaign medium.';
comment on column "analytics"."session_events".utm_campaign is 'Campaign name.';
comment on column "analytics"."session_events".utm_content is 'Campaign content.';
comment on column "analytics"."session_events".utm_term is 'Campaign term.';
comment on column "analytics"."session_events".pageview_number is 'Position among the pageviews of the session, from 1; null for other events.';
comment on column "analytics"."session_events".time_on_page_seconds is 'Seconds until the next pageview of the session; null for the last.';
comment on column "analytics"."session_events".engaged_ms is 'Milliseconds since the event before during which the page was visible, capped; 0 at the start of a session.';
comment on column "analytics"."session_events".user_agent is 'User agent string; like all columns of the device kept on the first event of the session only.';
comment on column "analytics"."session_events".bot_class is 'Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet.';
comment on column "analytics"."session_events".device_type is 'desktop, mobile, tablet, or another class that the user agent tells.';
comment on column "analytics"."session_events".os_name is 'Operating system.';
comment on column "analytics"."session_events".browser_name is 'Browser.';
comment on column "analytics"."session_events".browser_language is 'Preferred language of the browser (BCP 47).';
comment on column "analytics"."session_events".timezone is 'Time zone of the visitor''s device (IANA name).';
comment on column "analytics"."session_events".ip_address is 'Sender''s address, cut to /24 or /48 when it was stored.';
comment on column "analytics"."session_events".country_code is 'Country of the sender (ISO 3166-1 alpha-2).';
comment on column "analytics"."session_events".city is 'City of the sender.';
comment on column "analytics"."session_events".screen_width is 'Width of the screen in CSS pixels.';
comment on column "analytics"."session_events".screen_height is 'Height of the screen in CSS pixels.';
comment on column "analytics"."session_events".viewport_width is 'Width of the browser window in CSS pixels.';
comment on column "analytics"."session_events".viewport_height is 'Height of the browser window in CSS pixels.';
comment on column "analytics"."session_events".device_pixel_ratio is 'Physical pixels per CSS pixel.';
comment on column "analytics"."session_events".properties is 'Everything else that the sender said of the event.';

create table "analytics"."session_goals" (
    workspace_id uuid not null,
    project_id uuid not null,
    goal_id uuid not null,
    goal_name text not null,
    event_id uuid not null,
    session_id text not null,
    session_date date not null,
    conversion_event text not null,
    value numeric,
    completed_at timestamptz not null,
    event_order bigint not null
);
alter table "analytics"."session_goals" enable row level security;
alter table "analytics"."session_goals" add constraint session_goals_pkey_9cee9fdd primary key (workspace_id, project_id, goal_id, event_id);
create index session_goals_workspace_id_project_id_session_id_idx_022e7b13 on "analytics"."session_goals" using btree (workspace_id, project_id, session_id);
create index session_goals_workspace_id_project_id_session_date_idx_0c2c8a48 on "analytics"."session_goals" using btree (workspace_id, project_id, session_date);
create policy session_goals_service_74a69166 on "analytics"."session_goals" for all to "service_role" using (true) with check (true);
create policy session_goals_own_workspaces_569f3e38 on "analytics"."session_goals" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."session_goals" to "service_role";
grant select on "analytics"."session_goals" to "authenticated";
comment on table "analytics"."session_goals" is 'One row per goal and event that completed it. An event or custom goal is completed by each of its events; a pageview or duration goal once a visit, since a reloaded thank-you page is no second order.';
comment on column "analytics"."session_goals".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."session_goals".project_id is 'The site or app of the tenant.';
comment on column "analytics"."session_goals".goal_id is 'The goal.';
comment on column "analytics"."session_goals".goal_name is 'What people called the goal when the visit was last recomputed: readers may not read the goals themselves.';
comment on column "analytics"."session_goals".event_id is 'The event that completed it.';
comment on column "analytics"."session_goals".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."session_goals".session_date is 'Day on which the session started, in the project''s reporting time zone.';
comment on column "analytics"."session_goals".conversion_event is 'Name of the event, or of the goal where the event has none.';
comment on column "analytics"."session_goals".value is 'Worth of the completion: what the event says (its revenue), else what the goal says; null when neither does.';
comment on column "analytics"."session_goals".completed_at is 'When the event happened.';
comment on column "analytics"."session_goals".event_order is 'Orders events of the same instant: as they stood in their file or batch, else as they arrived.';

create table "analytics"."sessions" (
    workspace_id uuid not null,
    project_id uuid not null,
    session_id text not null,
    anonymous_id text not null,
    user_id text,
    person_id text not null,
    session_date date not null,
    started_at timestamptz not null,
    event_order bigint not null,
    ended_at timestamptz not null,
    duration_seconds integer not null,
    engaged_seconds integer,
    event_count integer not null,
    pageview_count integer not null,
    is_bounce boolean not null,
    is_overlong boolean not null,
    converted boolean not null,
    goals_completed integer not null,
    conversion_event text,
    conversion_value numeric,
    entry_url text,
    entry_path text,
    entry_title text,
    exit_url text,
    exit_path text,
    referrer text,
    referrer_domain text,
    referrer_type text not null,
    referrer_platform text,
    channel text not null,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_content text,
    utm_term text,
    user_agent text,
    bot_class text,
    device_type text,
    os_name text,
    browser_name text,
    browser_language text,
    timezone text,
    ip_address inet,
    country_code text,
    city text,
    screen_width integer,
    screen_height integer,
    viewport_width integer,
    viewport_height integer,
    device_pixel_ratio numeric,
    updated_at timestamptz not null
);
alter table "analytics"."sessions" enable row level security;
alter table "analytics"."sessions" add constraint sessions_pkey_e65bf2de primary key (workspace_id, project_id, session_id);
create index sessions_workspace_id_project_id_session_date_idx_0c2c8a48 on "analytics"."sessions" using btree (workspace_id, project_id, session_date);
create index sessions_workspace_id_project_id_anonymous_id_idx_21043514 on "analytics"."sessions" using btree (workspace_id, project_id, anonymous_id);
create index sessions_workspace_id_project_id_user_id_idx_4eb17bec on "analytics"."sessions" using btree (workspace_id, project_id, user_id) where user_id is not null;
create index sessions_workspace_id_project_id_person_id_idx_d6d031cc on "analytics"."sessions" using btree (workspace_id, project_id, person_id);
create index sessions_workspace_id_user_id_idx_b5fefa79 on "analytics"."sessions" using btree (workspace_id, user_id) where conversion_value <> 0;
create index sessions_workspace_id_ended_at_idx_9a019522 on "analytics"."sessions" using btree (workspace_id, ended_at);
create policy sessions_service_74a69166 on "analytics"."sessions" for all to "service_role" using (true) with check (true);
create policy sessions_own_workspaces_569f3e38 on "analytics"."sessions" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."sessions" to "service_role";
grant select on "analytics"."sessions" to "authenticated";
comment on table "analytics"."sessions" is 'One row per visit: the client''s session, or events of one visitor with pauses of at most 30 minutes.';
comment on column "analytics"."sessions".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."sessions".project_id is 'The site or app of the tenant.';
comment on column "analytics"."sessions".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."sessions".anonymous_id is 'Browser or device, as its cookie or installation id says.';
comment on column "analytics"."sessions".user_id is 'Person of the visit: who was last logged in during it, else the person known on the device.';
comment on column "analytics"."sessions".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."sessions".session_date is 'Day on which the session started, in the project''s reporting time zone.';
comment on column "analytics"."sessions".started_at is 'Time of the first event.';
comment on column "analytics"."sessions".event_order is 'Of the first event. Orders events of the same instant: as they stood in their file or batch, else as they arrived.';
comment on column "analytics"."sessions".ended_at is 'Time of the last event.';
comment on column "analytics"."sessions".duration_seconds is 'Seconds from the first to the last event; 0 for a single one.';
comment on column "analytics"."sessions".engaged_seconds is 'Seconds with the page visible; null when the client sends neither heartbeats nor visibility.';
comment on column "analytics"."sessions".event_count is 'Events of every kind.';
comment on column "analytics"."sessions".pageview_count is 'Pageviews.';
comment on column "analytics"."sessions".is_bounce is 'Whether the session has exactly one pageview and no engagement event.';
comment on column "analytics"."sessions".is_overlong is 'Whether the visit is longer than a person''s can be (var session_maximum_hours).';
comment on column "analytics"."sessions".converted is 'Whether a goal was completed.';
comment on column "analytics"."sessions".goals_completed is 'Goals that were completed, each counted once.';
comment on column "analytics"."sessions".conversion_event is 'Name of the first event that completed a goal.';
comment on column "analytics"."sessions".conversion_value is 'Worth of all completions in the visit, in the project''s currency; null when none has a worth.';
comment on column "analytics"."sessions".entry_url is 'Address of the first pageview.';
comment on column "analytics"."sessions".entry_path is 'Path of the first pageview.';
comment on column "analytics"."sessions".entry_title is 'Title of the first pageview.';
comment on column "analytics"."sessions".exit_url is 'Address of the last pageview.';
comment on column "analytics"."sessions".exit_path is 'Path of the last pageview.';
comment on column "analytics"."sessions".referrer is 'Address of the page before the first pageview (or first event, without pageviews).';
comment on column "analytics"."sessions".referrer_domain is 'Host of the referrer, without www.';
comment on column "analytics"."sessions".referrer_type is 'direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral.';
comment on column "analytics"."sessions".referrer_platform is 'Platform that sent the visitor (Google, Facebook, ChatGPT), null when unknown.';
comment on column "analytics"."sessions".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."sessions".utm_source is 'Campaign source: the address''s parameter, else what the sender named beside it.';
comment on column "analytics"."sessions".utm_medium is 'Campaign medium.';
comment on column "analytics"."sessions".utm_campaign is 'Campaign name.';
comment on column "analytics"."sessions".utm_content is 'Campaign content.';
comment on column "analytics"."sessions".utm_term is 'Campaign term.';
comment on column "analytics"."sessions".user_agent is 'User agent string of the browser.';
comment on column "analytics"."sessions".bot_class is 'Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet.';
comment on column "analytics"."sessions".device_type is 'desktop, mobile, tablet, or another class that the user agent tells.';
comment on column "analytics"."sessions".os_name is 'Operating system.';
comment on column "analytics"."sessions".browser_name is 'Browser.';
comment on column "analytics"."sessions".browser_language is 'Preferred language of the browser (BCP 47).';
comment on column "analytics"."sessions".timezone is 'Time zone of the visitor''s device (IANA name).';
comment on column "analytics"."sessions".ip_address is 'Sender''s address, cut to /24 or /48 when it was stored.';
comment on column "analytics"."sessions".country_code is 'Country of the sender (ISO 3166-1 alpha-2).';
comment on column "analytics"."sessions".city is 'City of the sender.';
comment on column "analytics"."sessions".screen_width is 'Width of the screen in CSS pixels.';
comment on column "analytics"."sessions".screen_height is 'Height of the screen in CSS pixels.';
comment on column "analytics"."sessions".viewport_width is 'Width of the browser window in CSS pixels.';
comment on column "analytics"."sessions".viewport_height is 'Height of the browser window in CSS pixels.';
comment on column "analytics"."sessions".device_pixel_ratio is 'Physical pixels per CSS pixel.';
comment on column "analytics"."sessions".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."touchpoints" (
    workspace_id uuid not null,
    project_id uuid not null,
    goal_id uuid not null,
    event_id uuid not null,
    touch_number integer not null,
    touch_count integer not null,
    person_id text not null,
    session_id text not null,
    session_date date not null,
    started_at timestamptz not null,
    conversion_date date not null,
    completed_at timestamptz not null,
    channel text not null,
    source text not null,
    medium text not null,
    campaign text not null,
    value numeric,
    first_touch_credit numeric not null,
    first_touch_revenue numeric,
    last_touch_credit numeric not null,
    last_touch_revenue numeric,
    last_non_direct_credit numeric not null,
    last_non_direct_revenue numeric,
    linear_credit numeric not null,
    linear_revenue numeric,
    position_based_credit numeric not null,
    position_based_revenue numeric,
    time_decay_credit numeric not null,
    time_decay_revenue numeric
);
alter table "analytics"."touchpoints" enable row level security;
alter table "analytics"."touchpoints" add constraint touchpoints_pkey_383e2f7b primary key (workspace_id, project_id, goal_id, event_id, touch_number);
create index touchpoints_workspace_id_project_id_person_id_idx_d6d031cc on "analytics"."touchpoints" using btree (workspace_id, project_id, person_id);
create index touchpoints_workspace_id_project_id_session_id_idx_022e7b13 on "analytics"."touchpoints" using btree (workspace_id, project_id, session_id);
create index touchpoints_workspace_id_project_id_conversion_date_id_562cd7ce on "analytics"."touchpoints" using btree (workspace_id, project_id, conversion_date);
create index touchpoints_workspace_id_project_id_session_date_idx_0c2c8a48 on "analytics"."touchpoints" using btree (workspace_id, project_id, session_date);
create policy touchpoints_service_74a69166 on "analytics"."touchpoints" for all to "service_role" using (true) with check (true);
create policy touchpoints_own_workspaces_569f3e38 on "analytics"."touchpoints" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."touchpoints" to "service_role";
grant select on "analytics"."touchpoints" to "authenticated";
comment on table "analytics"."touchpoints" is 'One row per conversion and visit of the same person that may have led to it: those that began within the look-back (var attribution_lookback_days) before it, the visit of the conversion itself, and always the last one.';
comment on column "analytics"."touchpoints".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."touchpoints".project_id is 'The site or app of the tenant.';
comment on column "analytics"."touchpoints".goal_id is 'The goal.';
comment on column "analytics"."touchpoints".event_id is 'The event that completed the goal.';
comment on column "analytics"."touchpoints".touch_number is 'Place of the visit on the path, from 1 for the earliest.';
comment on column "analytics"."touchpoints".touch_count is 'Visits on the path.';
comment on column "analytics"."touchpoints".person_id is 'Who it was as far as known: `user:` and the user id, else the device''s anonymous id.';
comment on column "analytics"."touchpoints".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."touchpoints".session_date is 'Day on which the session started, in the project''s reporting time zone.';
comment on column "analytics"."touchpoints".started_at is 'When the visit began.';
comment on column "analytics"."touchpoints".conversion_date is 'Day of the conversion: the day on which the visit began in which the goal was completed.';
comment on column "analytics"."touchpoints".completed_at is 'When the goal was completed.';
comment on column "analytics"."touchpoints".channel is 'Channel by GA4''s default channel groups, plus AI Assistants.';
comment on column "analytics"."touchpoints".source is 'utm_source, else the platform or domain that sent the visitor; (none) when nobody did.';
comment on column "analytics"."touchpoints".medium is 'utm_medium; (none) when the address has none.';
comment on column "analytics"."touchpoints".campaign is 'utm_campaign; (none) when the address has none.';
comment on column "analytics"."touchpoints".value is 'Worth of the conversion in the project''s currency; null when nobody said.';
comment on column "analytics"."touchpoints".first_touch_credit is 'Share of the conversion, 0 to 1: the first visit.';
comment on column "analytics"."touchpoints".first_touch_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';
comment on column "analytics"."touchpoints".last_touch_credit is 'Share of the conversion, 0 to 1: the last visit.';
comment on column "analytics"."touchpoints".last_touch_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';
comment on column "analytics"."touchpoints".last_non_direct_credit is 'Share of the conversion, 0 to 1: the last visit that is not Direct (the last one when all are).';
comment on column "analytics"."touchpoints".last_non_direct_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';
comment on column "analytics"."touchpoints".linear_credit is 'Share of the conversion, 0 to 1: every visit alike.';
comment on column "analytics"."touchpoints".linear_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';
comment on column "analytics"."touchpoints".position_based_credit is 'Share of the conversion, 0 to 1: 40 % the first, 40 % the last, the rest alike.';
comment on column "analytics"."touchpoints".position_based_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';
comment on column "analytics"."touchpoints".time_decay_credit is 'Share of the conversion, 0 to 1: more the later the visit began.';
comment on column "analytics"."touchpoints".time_decay_revenue is 'Share of the conversion''s worth by the same rule; null without a worth.';

create table "analytics"."tracked_users" (
    workspace_id uuid not null,
    project_id uuid not null,
    user_id text not null,
    email text,
    name text,
    traits jsonb not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    total_sessions integer not null,
    total_events bigint not null,
    updated_at timestamptz not null
);
alter table "analytics"."tracked_users" enable row level security;
alter table "analytics"."tracked_users" add constraint tracked_users_pkey_42f7e447 primary key (workspace_id, project_id, user_id);
create policy tracked_users_service_74a69166 on "analytics"."tracked_users" for all to "service_role" using (true) with check (true);
create policy tracked_users_own_workspaces_569f3e38 on "analytics"."tracked_users" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."tracked_users" to "service_role";
grant select on "analytics"."tracked_users" to "authenticated";
comment on table "analytics"."tracked_users" is 'One row per known person of a project.';
comment on column "analytics"."tracked_users".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."tracked_users".project_id is 'The site or app of the tenant.';
comment on column "analytics"."tracked_users".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."tracked_users".email is 'E-mail address from the latest traits.';
comment on column "analytics"."tracked_users".name is 'Name from the latest traits.';
comment on column "analytics"."tracked_users".traits is 'What the latest identify call said of the person.';
comment on column "analytics"."tracked_users".first_seen_at is 'Start of the first visit or conversation, anonymous ones included.';
comment on column "analytics"."tracked_users".last_seen_at is 'Last event of the last visit or conversation.';
comment on column "analytics"."tracked_users".total_sessions is 'Visits.';
comment on column "analytics"."tracked_users".total_events is 'Events of all visits.';
comment on column "analytics"."tracked_users".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."user_activity" (
    workspace_id uuid not null,
    project_id uuid not null,
    event_id uuid not null,
    session_id text not null,
    user_id text not null,
    event_type text not null,
    event_name text,
    page_path text,
    ip_address inet,
    user_agent text,
    referrer text,
    properties jsonb not null,
    occurred_at timestamptz not null,
    activity_date date not null,
    activity_hour timestamptz not null
);
alter table "analytics"."user_activity" enable row level security;
alter table "analytics"."user_activity" add constraint user_activity_pkey_a481ea18 primary key (workspace_id, event_id);
alter table "analytics"."user_activity" add constraint user_activity_kind_is_known_b9015978 check (event_type in ('page_view', 'agent_run', 'login', 'logout', 'workspace_switch', 'feature_use', 'error', 'api_call', 'export', 'report_view'));
create index user_activity_workspace_id_project_id_session_id_idx_022e7b13 on "analytics"."user_activity" using btree (workspace_id, project_id, session_id);
create index user_activity_workspace_id_user_id_activity_date_idx_e45dcf8c on "analytics"."user_activity" using btree (workspace_id, user_id, activity_date);
create index user_activity_workspace_id_activity_hour_idx_7e392bf4 on "analytics"."user_activity" using btree (workspace_id, activity_hour);
create policy user_activity_service_74a69166 on "analytics"."user_activity" for all to "service_role" using (true) with check (true);
create policy user_activity_own_workspaces_569f3e38 on "analytics"."user_activity" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."user_activity" to "service_role";
grant select on "analytics"."user_activity" to "authenticated";
comment on table "analytics"."user_activity" is 'One row per thing that a known person did in the product: events of visits whose person is known.';
comment on column "analytics"."user_activity".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."user_activity".project_id is 'The site or app of the tenant.';
comment on column "analytics"."user_activity".event_id is 'Id of the message within the workspace, derived from `message_id`: copies of one message share it.';
comment on column "analytics"."user_activity".session_id is 'Visit: the client''s own id where it sends one, else derived from visitor and start.';
comment on column "analytics"."user_activity".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."user_activity".event_type is 'page_view, agent_run, login, logout, workspace_switch, feature_use, error, api_call, export or report_view.';
comment on column "analytics"."user_activity".event_name is 'What happened, in the sender''s words.';
comment on column "analytics"."user_activity".page_path is 'Path part of the address.';
comment on column "analytics"."user_activity".ip_address is 'Sender''s address, cut to /24 or /48 when it was stored.';
comment on column "analytics"."user_activity".user_agent is 'User agent string of the browser.';
comment on column "analytics"."user_activity".referrer is 'Address of the page before.';
comment on column "analytics"."user_activity".properties is 'Everything else that the sender said of the event.';
comment on column "analytics"."user_activity".occurred_at is 'When it happened.';
comment on column "analytics"."user_activity".activity_date is 'Day of it, in the time zone of the workspaces.';
comment on column "analytics"."user_activity".activity_hour is 'Start of the hour of it.';

create table "analytics"."user_cohort_days" (
    workspace_id uuid not null,
    cohort_date date not null,
    activity_date date not null,
    users integer not null,
    last_seen integer not null,
    revenue numeric not null,
    updated_at timestamptz not null
);
alter table "analytics"."user_cohort_days" enable row level security;
alter table "analytics"."user_cohort_days" add constraint user_cohort_days_pkey_1714f470 primary key (workspace_id, cohort_date, activity_date);
create policy user_cohort_days_service_74a69166 on "analytics"."user_cohort_days" for all to "service_role" using (true) with check (true);
create policy user_cohort_days_own_workspaces_569f3e38 on "analytics"."user_cohort_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."user_cohort_days" to "service_role";
grant select on "analytics"."user_cohort_days" to "authenticated";
comment on table "analytics"."user_cohort_days" is 'One row per cohort of people of a workspace who came first on a day, and day on which people of it were active.';
comment on column "analytics"."user_cohort_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."user_cohort_days".cohort_date is 'First active day of the people.';
comment on column "analytics"."user_cohort_days".activity_date is 'Day on which they were active.';
comment on column "analytics"."user_cohort_days".users is 'People of the cohort who were active.';
comment on column "analytics"."user_cohort_days".last_seen is 'Those of them who have not been active since.';
comment on column "analytics"."user_cohort_days".revenue is 'What they brought on the day.';
comment on column "analytics"."user_cohort_days".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."user_costs" (
    workspace_id uuid not null,
    project_id uuid not null,
    call_date date not null,
    user_id text not null,
    provider text not null,
    model text not null,
    call_count integer not null,
    unpriced_call_count integer not null,
    total_tokens bigint not null,
    total_cost_usd numeric,
    updated_at timestamptz not null
);
alter table "analytics"."user_costs" enable row level security;
alter table "analytics"."user_costs" add constraint user_costs_pkey_be085686 primary key (workspace_id, project_id, call_date, user_id, provider, model);
create index user_costs_workspace_id_project_id_user_id_call_date_i_be0cff3b on "analytics"."user_costs" using btree (workspace_id, project_id, user_id, call_date);
create index user_costs_workspace_id_project_id_call_date_idx_b3f528ea on "analytics"."user_costs" using btree (workspace_id, project_id, call_date) include (user_id, total_cost_usd);
create policy user_costs_service_74a69166 on "analytics"."user_costs" for all to "service_role" using (true) with check (true);
create policy user_costs_own_workspaces_569f3e38 on "analytics"."user_costs" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."user_costs" to "service_role";
grant select on "analytics"."user_costs" to "authenticated";
comment on table "analytics"."user_costs" is 'One row per person, day and model of their calls.';
comment on column "analytics"."user_costs".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."user_costs".project_id is 'The site or app of the tenant.';
comment on column "analytics"."user_costs".call_date is 'Day of the calls in the project''s reporting time zone.';
comment on column "analytics"."user_costs".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."user_costs".provider is 'Who served the calls.';
comment on column "analytics"."user_costs".model is 'Model.';
comment on column "analytics"."user_costs".call_count is 'Calls.';
comment on column "analytics"."user_costs".unpriced_call_count is 'Calls whose cost is not known.';
comment on column "analytics"."user_costs".total_tokens is 'Tokens of every kind.';
comment on column "analytics"."user_costs".total_cost_usd is 'Cost of the priced calls; null when none is priced.';
comment on column "analytics"."user_costs".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."visitor_days" (
    workspace_id uuid not null,
    project_id uuid not null,
    anonymous_id text not null,
    metric_date date not null,
    referrer_type text not null,
    previous_date date,
    previous_date_of_type date
);
alter table "analytics"."visitor_days" enable row level security;
alter table "analytics"."visitor_days" add constraint visitor_days_pkey_27bfd5ae primary key (workspace_id, project_id, anonymous_id, metric_date, referrer_type);
create index visitor_days_workspace_id_project_id_metric_date_idx_6dc354be on "analytics"."visitor_days" using btree (workspace_id, project_id, metric_date);
create policy visitor_days_service_74a69166 on "analytics"."visitor_days" for all to "service_role" using (true) with check (true);
create policy visitor_days_own_workspaces_569f3e38 on "analytics"."visitor_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."visitor_days" to "service_role";
grant select on "analytics"."visitor_days" to "authenticated";
comment on table "analytics"."visitor_days" is 'One row per device, day with a visit of it, and type of referrer of those visits: a diary by which visitors are counted once in any range of days.';
comment on column "analytics"."visitor_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."visitor_days".project_id is 'The site or app of the tenant.';
comment on column "analytics"."visitor_days".anonymous_id is 'Browser or device, as its cookie or installation id says.';
comment on column "analytics"."visitor_days".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."visitor_days".referrer_type is 'direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral.';
comment on column "analytics"."visitor_days".previous_date is 'Day of the visitor''s row before, in the order of day and type: the same day for the further types of a day, null for the first row ever.';
comment on column "analytics"."visitor_days".previous_date_of_type is 'The visitor''s last day before with a visit of this type; null when there is none.';

create table "analytics"."visitor_recency" (
    workspace_id uuid not null,
    project_id uuid not null,
    metric_date date not null,
    referrer_type text not null,
    previous_date date not null,
    visitors integer not null
);
alter table "analytics"."visitor_recency" enable row level security;
alter table "analytics"."visitor_recency" add constraint visitor_recency_pkey_ac654a71 primary key (workspace_id, project_id, metric_date, referrer_type, previous_date);
create policy visitor_recency_service_74a69166 on "analytics"."visitor_recency" for all to "service_role" using (true) with check (true);
create policy visitor_recency_own_workspaces_569f3e38 on "analytics"."visitor_recency" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."visitor_recency" to "service_role";
grant select on "analytics"."visitor_recency" to "authenticated";
comment on table "analytics"."visitor_recency" is 'One row per project, day, type of referrer and day of the visit before: how many visitors came on the day whose last visit was then. A visitor''s first day of a range is the one whose visit before lies before the range, so the different visitors of any days from A to B are the sum where metric_date between A and B and previous_date < A. The type (all) counts each visitor once, whatever brought them; never add it to the others.';
comment on column "analytics"."visitor_recency".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."visitor_recency".project_id is 'The site or app of the tenant.';
comment on column "analytics"."visitor_recency".metric_date is 'Day in the project''s reporting time zone; sessions count on the day they start.';
comment on column "analytics"."visitor_recency".referrer_type is 'direct, internal, return (from a payment or login page), search, social, ai, email, video, shopping or referral. Or (all): of all types together.';
comment on column "analytics"."visitor_recency".previous_date is 'Day of the visit before, of the same type of referrer; 0001-01-01 when there was none.';
comment on column "analytics"."visitor_recency".visitors is 'Different devices.';

create table "analytics"."workspace_days" (
    workspace_id uuid not null,
    metric_date date not null,
    active_users integer not null,
    new_users integer not null,
    returning_users integer not null,
    total_sessions integer not null,
    avg_session_duration_seconds numeric,
    bounce_rate numeric,
    total_runs integer not null,
    successful_runs integer not null,
    failed_runs integer not null,
    cancelled_runs integer not null,
    avg_runtime_seconds numeric,
    median_runtime_seconds numeric,
    p95_runtime_seconds numeric,
    p99_runtime_seconds numeric,
    total_credits_consumed numeric not null,
    avg_credits_per_run numeric,
    credits_by_model jsonb not null,
    unique_agents_run integer not null,
    top_agents jsonb not null,
    total_errors integer not null,
    error_rate numeric,
    errors_by_type jsonb not null,
    updated_at timestamptz not null
);
alter table "analytics"."workspace_days" enable row level security;
alter table "analytics"."workspace_days" add constraint workspace_days_pkey_ea435718 primary key (workspace_id, metric_date);
create policy workspace_days_service_74a69166 on "analytics"."workspace_days" for all to "service_role" using (true) with check (true);
create policy workspace_days_own_workspaces_569f3e38 on "analytics"."workspace_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."workspace_days" to "service_role";
grant select on "analytics"."workspace_days" to "authenticated";
comment on table "analytics"."workspace_days" is 'One row per workspace and day with any activity.';
comment on column "analytics"."workspace_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."workspace_days".metric_date is 'Day in the time zone of the workspaces; visits count on the day that their project says.';
comment on column "analytics"."workspace_days".active_users is 'Different people who did something or started a run.';
comment on column "analytics"."workspace_days".new_users is 'Those of them for whom it was the first day.';
comment on column "analytics"."workspace_days".returning_users is 'The others.';
comment on column "analytics"."workspace_days".total_sessions is 'Visits of all projects.';
comment on column "analytics"."workspace_days".avg_session_duration_seconds is 'Average seconds of a visit; null without any.';
comment on column "analytics"."workspace_days".bounce_rate is 'Share of the visits that bounced, 0 to 1; null without any.';
comment on column "analytics"."workspace_days".total_runs is 'Runs that began.';
comment on column "analytics"."workspace_days".successful_runs is 'Runs that completed.';
comment on column "analytics"."workspace_days".failed_runs is 'Runs that failed.';
comment on column "analytics"."workspace_days".cancelled_runs is 'Runs that were cancelled.';
comment on column "analytics"."workspace_days".avg_runtime_seconds is 'Average runtime of the runs that ended; null without any.';
comment on column "analytics"."workspace_days".median_runtime_seconds is 'Median runtime.';
comment on column "analytics"."workspace_days".p95_runtime_seconds is '95th percentile of runtime, exact.';
comment on column "analytics"."workspace_days".p99_runtime_seconds is '99th percentile of runtime, exact.';
comment on column "analytics"."workspace_days".total_credits_consumed is 'Credits.';
comment on column "analytics"."workspace_days".avg_credits_per_run is 'Average credits of the runs that say them.';
comment on column "analytics"."workspace_days".credits_by_model is 'Credits by language model: {model: credits}.';
comment on column "analytics"."workspace_days".unique_agents_run is 'Different agents that ran.';
comment on column "analytics"."workspace_days".top_agents is 'The five with the most runs: [{agent_id, runs, credits}].';
comment on column "analytics"."workspace_days".total_errors is 'Failed runs.';
comment on column "analytics"."workspace_days".error_rate is 'Share of the runs that failed, 0 to 1; null without any.';
comment on column "analytics"."workspace_days".errors_by_type is 'Failed runs by class of error: {class: count}.';
comment on column "analytics"."workspace_days".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."workspace_hours" (
    workspace_id uuid not null,
    metric_hour timestamptz not null,
    active_users integer not null,
    total_runs integer not null,
    successful_runs integer not null,
    failed_runs integer not null,
    total_credits_consumed numeric not null,
    avg_response_time_ms bigint,
    p95_response_time_ms bigint,
    updated_at timestamptz not null
);
alter table "analytics"."workspace_hours" enable row level security;
alter table "analytics"."workspace_hours" add constraint workspace_hours_pkey_68f36939 primary key (workspace_id, metric_hour);
create policy workspace_hours_service_74a69166 on "analytics"."workspace_hours" for all to "service_role" using (true) with check (true);
create policy workspace_hours_own_workspaces_569f3e38 on "analytics"."workspace_hours" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."workspace_hours" to "service_role";
grant select on "analytics"."workspace_hours" to "authenticated";
comment on table "analytics"."workspace_hours" is 'One row per workspace and hour with any activity of people or runs.';
comment on column "analytics"."workspace_hours".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."workspace_hours".metric_hour is 'Start of the hour.';
comment on column "analytics"."workspace_hours".active_users is 'Different people who did something or started a run.';
comment on column "analytics"."workspace_hours".total_runs is 'Runs that began.';
comment on column "analytics"."workspace_hours".successful_runs is 'Runs that completed.';
comment on column "analytics"."workspace_hours".failed_runs is 'Runs that failed.';
comment on column "analytics"."workspace_hours".total_credits_consumed is 'Credits.';
comment on column "analytics"."workspace_hours".avg_response_time_ms is 'Average runtime of the runs that ended; null without any.';
comment on column "analytics"."workspace_hours".p95_response_time_ms is '95th percentile of it, exact.';
comment on column "analytics"."workspace_hours".updated_at is 'When the row was last written; an audit column, not part of the result.';

create table "analytics"."workspace_user_days" (
    workspace_id uuid not null,
    user_id text not null,
    metric_date date not null,
    first_date date not null,
    previous_date date,
    is_last boolean not null,
    revenue numeric not null
);
alter table "analytics"."workspace_user_days" enable row level security;
alter table "analytics"."workspace_user_days" add constraint workspace_user_days_pkey_31b55d23 primary key (workspace_id, user_id, metric_date);
create index workspace_user_days_workspace_id_metric_date_idx_f015a513 on "analytics"."workspace_user_days" using btree (workspace_id, metric_date);
create index workspace_user_days_workspace_id_first_date_metric_dat_0bfff4df on "analytics"."workspace_user_days" using btree (workspace_id, first_date, metric_date);
create policy workspace_user_days_service_74a69166 on "analytics"."workspace_user_days" for all to "service_role" using (true) with check (true);
create policy workspace_user_days_own_workspaces_569f3e38 on "analytics"."workspace_user_days" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "analytics"."workspace_user_days" to "service_role";
grant select on "analytics"."workspace_user_days" to "authenticated";
comment on table "analytics"."workspace_user_days" is 'One row per person and day on which they did something in the product, bought something or started a run: a diary by which people are counted once in any range of days.';
comment on column "analytics"."workspace_user_days".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "analytics"."workspace_user_days".user_id is 'Known person, as the application calls them.';
comment on column "analytics"."workspace_user_days".metric_date is 'Day in the time zone of the workspaces.';
comment on column "analytics"."workspace_user_days".first_date is 'The person''s first active day.';
comment on column "analytics"."workspace_user_days".previous_date is 'The person''s active day before; null on the first.';
comment on column "analytics"."workspace_user_days".is_last is 'True on the person''s last active day so far.';
comment on column "analytics"."workspace_user_days".revenue is 'Value of the goals that the person''s visits which began on the day completed.';

create table "app"."agent_runs" (
    workspace_id uuid not null,
    run_id uuid not null,
    agent_id uuid not null,
    user_id uuid,
    status text not null,
    started_at timestamptz not null,
    completed_at timestamptz,
    runtime_seconds numeric,
    credits_consumed numeric,
    model text,
    tokens_used bigint,
    error_type text,
    error_message text,
    user_rating numeric,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "app"."agent_runs" enable row level security;
alter table "app"."agent_runs" add constraint agent_runs_pkey_6e358f0d primary key (workspace_id, run_id);
alter table "app"."agent_runs" add constraint agent_runs_status_is_known_31d3cc06 check (status in ('pending', 'running', 'completed', 'failed', 'cancelled'));
alter table "app"."agent_runs" add constraint agent_runs_ends_after_its_start_4454b79f check (completed_at >= started_at);
alter table "app"."agent_runs" add constraint agent_runs_begins_in_our_time_bba88355 check (started_at >= '1970-01-01Z' and started_at < '2100-01-01Z');
alter table "app"."agent_runs" add constraint agent_runs_runtime_is_possible_9951d55f check (runtime_seconds between 0 and 1000000000);
alter table "app"."agent_runs" add constraint agent_runs_credits_are_possible_f0af1f4b check (credits_consumed between 0 and 1000000000);
alter table "app"."agent_runs" add constraint agent_runs_tokens_are_possible_c33fb3c6 check (tokens_used between 0 and 1000000000);
alter table "app"."agent_runs" add constraint agent_runs_rating_is_one_to_five_da2a9397 check (user_rating between 1 and 5);
create index agent_runs_workspace_id_started_at_idx_6f178561 on "app"."agent_runs" using btree (workspace_id, started_at);
create policy agent_runs_service_74a69166 on "app"."agent_runs" for all to "service_role" using (true) with check (true);
create policy agent_runs_own_workspaces_569f3e38 on "app"."agent_runs" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create trigger agent_runs_updated_at_b0fe782c before update on "app"."agent_runs" for each row execute function analytics.update_updated_at();
grant all on "app"."agent_runs" to "service_role";
comment on table "app"."agent_runs" is 'One row per run of an agent; its status changes while it runs.';
comment on column "app"."agent_runs".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "app"."agent_runs".run_id is 'Id of the run.';
comment on column "app"."agent_runs".agent_id is 'Agent that ran.';
comment on column "app"."agent_runs".user_id is 'Person who started the run; null when a schedule did.';
comment on column "app"."agent_runs".status is 'pending, running, completed, failed or cancelled.';
comment on column "app"."agent_runs".started_at is 'When the run began.';
comment on column "app"."agent_runs".completed_at is 'When the run ended; null while it runs.';
comment on column "app"."agent_runs".runtime_seconds is 'Seconds from start to end.';
comment on column "app"."agent_runs".credits_consumed is 'Credits that the run cost.';
comment on column "app"."agent_runs".model is 'Language model that the run used.';
comment on column "app"."agent_runs".tokens_used is 'Tokens that the run''s calls used.';
comment on column "app"."agent_runs".error_type is 'Class of the error that ended the run.';
comment on column "app"."agent_runs".error_message is 'Message of that error.';
comment on column "app"."agent_runs".user_rating is 'Rating that the person gave, 1 to 5.';
comment on column "app"."agent_runs".created_at is 'When the row was made.';
comment on column "app"."agent_runs".updated_at is 'When the row last changed.';

create table "app"."agents" (
    workspace_id uuid not null,
    agent_id uuid not null,
    name text not null,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "app"."agents" enable row level security;
alter table "app"."agents" add constraint agents_pkey_54c4f47c primary key (workspace_id, agent_id);
create policy agents_service_74a69166 on "app"."agents" for all to "service_role" using (true) with check (true);
create policy agents_own_workspaces_569f3e38 on "app"."agents" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create trigger agents_updated_at_67263770 before update on "app"."agents" for each row execute function analytics.update_updated_at();
grant all on "app"."agents" to "service_role";
comment on table "app"."agents" is 'One row per agent of a workspace.';
comment on column "app"."agents".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "app"."agents".agent_id is 'Id of the agent.';
comment on column "app"."agents".name is 'What people call the agent.';
comment on column "app"."agents".created_at is 'When the row was made.';
comment on column "app"."agents".updated_at is 'When the row last changed.';

create table "app"."users" (
    user_id uuid not null,
    email text,
    name text,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "app"."users" enable row level security;
alter table "app"."users" add constraint users_pkey_e8701ad4 primary key (user_id);
create policy users_service_74a69166 on "app"."users" for all to "service_role" using (true) with check (true);
create trigger users_updated_at_7d082ec3 before update on "app"."users" for each row execute function analytics.update_updated_at();
grant all on "app"."users" to "service_role";
comment on table "app"."users" is 'One row per person who can log in to the main application.';
comment on column "app"."users".user_id is 'Id of the person''s account.';
comment on column "app"."users".email is 'Address that the person logs in with.';
comment on column "app"."users".name is 'Name to show.';
comment on column "app"."users".created_at is 'When the row was made.';
comment on column "app"."users".updated_at is 'When the row last changed.';

create table "app"."workspace_members" (
    workspace_id uuid not null,
    user_id uuid not null,
    role text default 'member' not null,
    created_at timestamptz default now() not null
);
alter table "app"."workspace_members" enable row level security;
alter table "app"."workspace_members" add constraint workspace_members_pkey_6ffb435b primary key (workspace_id, user_id);
create index workspace_members_user_id_idx_6ec9feac on "app"."workspace_members" using btree (user_id);
create policy workspace_members_service_74a69166 on "app"."workspace_members" for all to "service_role" using (true) with check (true);
create policy workspace_members_own_workspaces_569f3e38 on "app"."workspace_members" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
grant all on "app"."workspace_members" to "service_role";
comment on table "app"."workspace_members" is 'One row per person and tenant that the person belongs to; what row security compares with.';
comment on column "app"."workspace_members".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "app"."workspace_members".user_id is 'Id of the person''s account.';
comment on column "app"."workspace_members".role is 'What the person may do in the workspace (owner, admin, member).';
comment on column "app"."workspace_members".created_at is 'When the row was made.';

create table "app"."workspaces" (
    workspace_id uuid not null,
    external_id text,
    name text not null,
    slug text not null,
    settings jsonb default '{}' not null,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "app"."workspaces" enable row level security;
alter table "app"."workspaces" add constraint workspaces_pkey_ffedea8b primary key (workspace_id);
create unique index workspaces_slug_idx_4474981d on "app"."workspaces" using btree (slug);
create policy workspaces_service_74a69166 on "app"."workspaces" for all to "service_role" using (true) with check (true);
create policy workspaces_own_workspaces_569f3e38 on "app"."workspaces" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create trigger workspaces_updated_at_13d03f49 before update on "app"."workspaces" for each row execute function analytics.update_updated_at();
grant all on "app"."workspaces" to "service_role";
comment on table "app"."workspaces" is 'One row per tenant (organization) of the main application.';
comment on column "app"."workspaces".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "app"."workspaces".external_id is 'Id of the tenant at the sign-in provider (Clerk).';
comment on column "app"."workspaces".name is 'What people call the tenant.';
comment on column "app"."workspaces".slug is 'Short name in commands and addresses.';
comment on column "app"."workspaces".settings is 'Settings of the tenant.';
comment on column "app"."workspaces".created_at is 'When the row was made.';
comment on column "app"."workspaces".updated_at is 'When the row last changed.';

create table "ingest"."ad_spend" (
    workspace_id uuid not null,
    project_id uuid not null,
    spend_date date not null,
    source text not null,
    medium text default '(none)' not null,
    campaign text default '(none)' not null,
    cost numeric not null,
    clicks bigint,
    impressions bigint,
    ingest_xid bigint default pg_current_xact_id()::text::bigint not null,
    updated_at timestamptz default now() not null
);
alter table "ingest"."ad_spend" enable row level security;
alter table "ingest"."ad_spend" add constraint ad_spend_pkey_d1574b55 primary key (workspace_id, project_id, spend_date, source, medium, campaign);
alter table "ingest"."ad_spend" add constraint ad_spend_cost_is_not_negative_0f3d422b check (cost >= 0 and cost < 'Infinity');
alter table "ingest"."ad_spend" add constraint ad_spend_counts_are_not_negative_66e84109 check (clicks >= 0 and impressions >= 0);
alter table "ingest"."ad_spend" add constraint ad_spend_tags_fit_a_key_8d16f043 check (greatest(length(source), length(medium), length(campaign)) <= 120);
create index ad_spend_ingest_xid_idx_9b3070d5 on "ingest"."ad_spend" using brin (ingest_xid);
create policy ad_spend_service_74a69166 on "ingest"."ad_spend" for all to "service_role" using (true) with check (true);
create policy ad_spend_own_workspaces_569f3e38 on "ingest"."ad_spend" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy ad_spend_ingest_e891f40e on "ingest"."ad_spend" for insert to "radar_ingest" with check (true);
create trigger ad_spend_updated_at_f70ea273 before update on "ingest"."ad_spend" for each row execute function analytics.update_updated_at();
create trigger ad_spend_arrival_152de735 before insert on "ingest"."ad_spend" for each row when (new.ingest_xid is distinct from pg_current_xact_id()::text::bigint) execute function radar.arrive_now(); alter table "ingest"."ad_spend" enable always trigger ad_spend_arrival_152de735;
grant all on "ingest"."ad_spend" to "service_role";
grant insert (workspace_id, project_id, spend_date, source, medium, campaign, cost, clicks, impressions, updated_at) on "ingest"."ad_spend" to "radar_ingest";
comment on table "ingest"."ad_spend" is 'One row per day, source, medium and campaign that cost money. `radar load --format spend` writes it: the days of a file are replaced. Who changes a row otherwise sets ingest_xid to default, or no run sees it.';
comment on column "ingest"."ad_spend".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."ad_spend".project_id is 'The site or app of the tenant.';
comment on column "ingest"."ad_spend".spend_date is 'Day of the spend, in the project''s reporting time zone.';
comment on column "ingest"."ad_spend".source is 'Source of the campaign, as in its utm_source.';
comment on column "ingest"."ad_spend".medium is 'Its utm_medium.';
comment on column "ingest"."ad_spend".campaign is 'Its utm_campaign.';
comment on column "ingest"."ad_spend".cost is 'What was paid, in the project''s currency.';
comment on column "ingest"."ad_spend".clicks is 'Clicks that were paid for, null when unknown.';
comment on column "ingest"."ad_spend".impressions is 'Times that it was shown, null when unknown.';
comment on column "ingest"."ad_spend".ingest_xid is 'Transaction that stored the row, by which a run knows what is new.';
comment on column "ingest"."ad_spend".updated_at is 'When the row last changed.';

create table "ingest"."events" (
    workspace_id uuid not null,
    project_id uuid not null,
    message_id text default gen_random_uuid()::text not null,
    event_id uuid generated always as (md5(workspace_id::text || message_id)::uuid) stored not null,
    occurred_at timestamptz not null,
    received_at timestamptz default now() not null,
    event_type text default 'track' not null,
    event_name text,
    event_category text,
    anonymous_id text,
    user_id text,
    session_id text,
    channel_type text default 'web' not null,
    external_id text,
    handshake_token text,
    page_url text,
    page_path text,
    page_title text,
    page_referrer text,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_content text,
    utm_term text,
    user_agent text,
    bot_class text,
    device_type text,
    os_name text,
    os_version text,
    browser_name text,
    browser_version text,
    browser_language text,
    timezone text,
    screen_width integer,
    screen_height integer,
    viewport_width integer,
    viewport_height integer,
    device_pixel_ratio numeric,
    ip_address inet,
    country_code text,
    city text,
    load_time_ms integer,
    render_time_ms integer,
    properties jsonb default '{}' not null,
    sdk_version text,
    ingest_xid bigint default pg_current_xact_id()::text::bigint not null,
    arrival_number bigint default nextval('radar.arrivals')
) partition by range (occurred_at);
create table "ingest"."events_default" partition of "ingest"."events" default;
alter table "ingest"."events_default" enable row level security;
alter table "ingest"."events" enable row level security;
alter table "ingest"."events" add constraint events_pkey_bbd15620 primary key (workspace_id, message_id, occurred_at);
alter table "ingest"."events" add constraint events_bot_class_is_known_16cf2029 check (radar.assert_bot_class(bot_class));
create index events_ingest_xid_idx_9b3070d5 on "ingest"."events" using brin (ingest_xid);
create index events_workspace_id_project_id_occurred_at_idx_f84adbf9 on "ingest"."events" using btree (workspace_id, project_id, occurred_at) where event_type = 'batch';
create policy events_service_74a69166 on "ingest"."events" for all to "service_role" using (true) with check (true);
create policy events_own_workspaces_569f3e38 on "ingest"."events" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy events_ingest_e891f40e on "ingest"."events" for insert to "radar_ingest" with check (true);
create trigger events_redaction_806845f1 before insert or update on "ingest"."events" for each row when ((lower(((new.properties::text
        || case when strpos(new.page_url, '=') > 0 then new.page_url else '' end
        || case when strpos(new.page_path, '=') > 0 then new.page_path else '' end
        || case when strpos(new.page_referrer, '=') > 0 then new.page_referrer else '' end)) collate "C") collate "default") like any ('{%pwd%,%pass%,%secret%,%pin%,%otp%,%token%,%api%key%,%private%key%,%authorization%,%credit%card%,%debit%card%,%card%num%,%card%no%,%card%code%,%cc%num%,%cc%no%,%cvv%,%cvc%,%csc%,%security%code%,%security%answer%,%verification%code%,%ssn%,%social%security%,%iban%,%account%number%}') or (new.event_type = 'batch' or ((new.event_type like 'form%' or (new.event_name) collate "C" ilike '%form%') is true)) and (new.properties::text
        || case when strpos(new.page_url, '=') > 0 then new.page_url else '' end
        || case when strpos(new.page_path, '=') > 0 then new.page_path else '' end
        || case when strpos(new.page_referrer, '=') > 0 then new.page_referrer else '' end) ~ '[0-9]([ .-]{0,3}[0-9]){12}|[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}') execute function radar.redact_event();
create trigger events_arrival_8e47c5a3 before insert on "ingest"."events" for each row when (new.ingest_xid is distinct from pg_current_xact_id()::text::bigint) execute function radar.arrive_now(); alter table "ingest"."events" enable always trigger events_arrival_8e47c5a3;
grant all on "ingest"."events" to "service_role";
grant insert (workspace_id, project_id, message_id, occurred_at, received_at, event_type, event_name, event_category, anonymous_id, user_id, session_id, channel_type, external_id, handshake_token, page_url, page_path, page_title, page_referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, user_agent, bot_class, device_type, os_name, os_version, browser_name, browser_version, browser_language, timezone, screen_width, screen_height, viewport_width, viewport_height, device_pixel_ratio, ip_address, country_code, city, load_time_ms, render_time_ms, properties, sdk_version, arrival_number) on "ingest"."events" to "radar_ingest";
comment on table "ingest"."events" is 'One row per event as a tracker, SDK or loader sent it, append-only. Retries of a message with the same time are refused by the key; the same message sent with another time is removed when sessions are built.';
comment on column "ingest"."events".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."events".project_id is 'The site or app of the tenant.';
comment on column "ingest"."events".message_id is 'The sender''s id of the message, repeated when it retries.';
comment on column "ingest"."events".event_id is 'Id of the message within the workspace, derived from `message_id`: copies of one message share it.';
comment on column "ingest"."events".occurred_at is 'When the event happened, by the sender''s clock.';
comment on column "ingest"."events".received_at is 'When the event reached Radar.';
comment on column "ingest"."events".event_type is 'Kind of event: pageview, click, scroll, scroll_depth, form_submit, text_copy, page_visibility, heartbeat, identify, track, screen, batch (holds events, which staging unpacks) or any name of the sender''s own.';
comment on column "ingest"."events".event_name is 'What happened, in the sender''s words (Order Completed).';
comment on column "ingest"."events".event_category is 'Group of events that the sender puts this one into.';
comment on column "ingest"."events".anonymous_id is 'Browser or device, as its cookie or installation id says.';
comment on column "ingest"."events".user_id is 'Known person, as the application calls them.';
comment on column "ingest"."events".session_id is 'The client''s id of the visit, if it sends one.';
comment on column "ingest"."events".channel_type is 'Where the event came from, web or whatsapp.';
comment on column "ingest"."events".external_id is 'Id of the person on that channel (WhatsApp phone id).';
comment on column "ingest"."events".handshake_token is 'Token that ties a conversation to a web session.';
comment on column "ingest"."events".page_url is 'Address of the page with query and fragment.';
comment on column "ingest"."events".page_path is 'Path part of the address.';
comment on column "ingest"."events".page_title is 'Title of the page.';
comment on column "ingest"."events".page_referrer is 'Address of the page before.';
comment on column "ingest"."events".utm_source is 'Campaign source that the sender named beside the address.';
comment on column "ingest"."events".utm_medium is 'Campaign medium that the sender named beside the address.';
comment on column "ingest"."events".utm_campaign is 'Campaign name that the sender named beside the address.';
comment on column "ingest"."events".utm_content is 'Campaign content that the sender named beside the address.';
comment on column "ingest"."events".utm_term is 'Campaign term that the sender named beside the address.';
comment on column "ingest"."events".user_agent is 'User agent string of the browser.';
comment on column "ingest"."events".bot_class is 'Class of robot by its user agent (search_engine, ai_crawler, ...), human when it is none, null when nobody looked yet.';
comment on column "ingest"."events".device_type is 'desktop, mobile, tablet, or another class that the user agent tells.';
comment on column "ingest"."events".os_name is 'Operating system.';
comment on column "ingest"."events".os_version is 'Version of the operating system.';
comment on column "ingest"."events".browser_name is 'Browser.';
comment on column "ingest"."events".browser_version is 'Version of the browser.';
comment on column "ingest"."events".browser_language is 'Preferred language of the browser (BCP 47).';
comment on column "ingest"."events".timezone is 'Time zone of the visitor''s device (IANA name).';
comment on column "ingest"."events".screen_width is 'Width of the screen in CSS pixels.';
comment on column "ingest"."events".screen_height is 'Height of the screen in CSS pixels.';
comment on column "ingest"."events".viewport_width is 'Width of the browser window in CSS pixels.';
comment on column "ingest"."events".viewport_height is 'Height of the browser window in CSS pixels.';
comment on column "ingest"."events".device_pixel_ratio is 'Physical pixels per CSS pixel.';
comment on column "ingest"."events".ip_address is 'Sender''s address, truncated to /24 (IPv4) or /48 (IPv6) before storage.';
comment on column "ingest"."events".country_code is 'Country of the sender (ISO 3166-1 alpha-2).';
comment on column "ingest"."events".city is 'City of the sender.';
comment on column "ingest"."events".load_time_ms is 'Milliseconds until the page had loaded.';
comment on column "ingest"."events".render_time_ms is 'Milliseconds until the page was drawn.';
comment on column "ingest"."events".properties is 'Everything else that the sender said of the event; for identify the traits, for batch the events.';
comment on column "ingest"."events".sdk_version is 'Name and version of the library that sent the event.';
comment on column "ingest"."events".ingest_xid is 'Transaction that stored the row. Never set it: an incremental run takes the rows of finished transactions by it, so it decides what is new, and of two copies of a message the first stored wins.';
comment on column "ingest"."events".arrival_number is 'Orders events of the same instant: as they stand in their file or batch, else as they arrived. Null for rows from before there was such a number, which come first.';

create table "ingest"."goals" (
    workspace_id uuid not null,
    goal_id uuid default gen_random_uuid() not null,
    project_id uuid not null,
    name text not null,
    goal_type text not null,
    conditions jsonb not null,
    value numeric,
    is_active boolean default true not null,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "ingest"."goals" enable row level security;
alter table "ingest"."goals" add constraint goals_pkey_c9fbd208 primary key (workspace_id, goal_id);
alter table "ingest"."goals" add constraint goals_goal_type_is_known_fa38806e check (goal_type in ('event', 'pageview', 'duration', 'custom'));
alter table "ingest"."goals" add constraint goals_conditions_can_be_met_291df4fa check (radar.assert_goal(goal_type, conditions));
create policy goals_service_74a69166 on "ingest"."goals" for all to "service_role" using (true) with check (true);
create policy goals_own_workspaces_569f3e38 on "ingest"."goals" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy goals_ingest_e891f40e on "ingest"."goals" for insert to "radar_ingest" with check (true);
create trigger goals_updated_at_fa6e9ab5 before update on "ingest"."goals" for each row execute function analytics.update_updated_at();
grant all on "ingest"."goals" to "service_role";
grant insert (workspace_id, goal_id, project_id, name, goal_type, conditions, value, is_active, created_at, updated_at) on "ingest"."goals" to "radar_ingest";
comment on table "ingest"."goals" is 'One row per goal of a project, whose completion counts as a conversion.';
comment on column "ingest"."goals".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."goals".goal_id is 'Id of the goal.';
comment on column "ingest"."goals".project_id is 'The site or app of the tenant.';
comment on column "ingest"."goals".name is 'What people call the goal.';
comment on column "ingest"."goals".goal_type is 'What completes it: event (an event by name), pageview (a page by path), duration, custom.';
comment on column "ingest"."goals".conditions is 'What must hold, all of it. event: {"event_name": "Order Completed"}; pageview: {"page_path": "/thanks%"} (% or * is any text); duration: {"seconds": 60} since the visit''s start; custom: any of event_name, event_type, page_path, properties. All but duration take "properties": {"plan": "pro", "cart.total": {">=": 50}} (operators =, !=, >, >=, <, <=, contains, in, exists; numbers are compared as numbers) and "value_property", the property that says the worth (default revenue). A goal that can never be met is refused with the reason.';
comment on column "ingest"."goals".value is 'Worth of one completion in the project''s currency.';
comment on column "ingest"."goals".is_active is 'Whether completions are counted.';
comment on column "ingest"."goals".created_at is 'When the goal was made.';
comment on column "ingest"."goals".updated_at is 'When the row last changed.';

create table "ingest"."llm_calls" (
    workspace_id uuid not null,
    project_id uuid not null,
    call_id uuid default gen_random_uuid() not null,
    trace_id text,
    span_id text,
    parent_span_id text,
    run_id uuid,
    feature text default '(not set)' not null,
    user_id text,
    session_id text,
    provider text not null,
    model text not null,
    input_tokens bigint,
    output_tokens bigint,
    cached_tokens bigint default 0 not null,
    cache_write_tokens bigint default 0 not null,
    cache_write_1h_tokens bigint default 0 not null,
    input_includes_cached boolean default true not null,
    service_tier text,
    special_uses text[],
    latency_ms integer,
    is_cache_hit boolean default false not null,
    estimated_cost_usd numeric,
    verified_cost_usd numeric,
    metadata jsonb default '{}' not null,
    occurred_at timestamptz not null,
    received_at timestamptz default now() not null,
    ingest_xid bigint default pg_current_xact_id()::text::bigint not null
) partition by range (occurred_at);
create table "ingest"."llm_calls_default" partition of "ingest"."llm_calls" default;
alter table "ingest"."llm_calls_default" enable row level security;
alter table "ingest"."llm_calls" enable row level security;
alter table "ingest"."llm_calls" add constraint llm_calls_pkey_ea808b55 primary key (workspace_id, call_id, occurred_at);
alter table "ingest"."llm_calls" add constraint llm_calls_tokens_are_not_negative_97d3f173 check (least(input_tokens, output_tokens, cached_tokens, cache_write_tokens) >= 0);
alter table "ingest"."llm_calls" add constraint llm_calls_hour_is_part_of_cache_writes_7b64f39e check (cache_write_1h_tokens between 0 and cache_write_tokens);
alter table "ingest"."llm_calls" add constraint llm_calls_tokens_are_possible_222eaada check (greatest(input_tokens, output_tokens, cached_tokens, cache_write_tokens) <= 1000000000);
alter table "ingest"."llm_calls" add constraint llm_calls_costs_are_possible_b78945c5 check (least(estimated_cost_usd, verified_cost_usd) >= 0 and greatest(estimated_cost_usd, verified_cost_usd) <= 1000000000);
alter table "ingest"."llm_calls" add constraint llm_calls_ids_fit_an_index_bd1ffd27 check (greatest(octet_length(trace_id), octet_length(span_id), octet_length(parent_span_id), octet_length(user_id), octet_length(session_id)) <= 512);
alter table "ingest"."llm_calls" add constraint llm_calls_latency_is_not_negative_34abc2bc check (latency_ms >= 0);
create index llm_calls_ingest_xid_idx_9b3070d5 on "ingest"."llm_calls" using brin (ingest_xid);
create policy llm_calls_service_74a69166 on "ingest"."llm_calls" for all to "service_role" using (true) with check (true);
create policy llm_calls_own_workspaces_569f3e38 on "ingest"."llm_calls" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy llm_calls_ingest_e891f40e on "ingest"."llm_calls" for insert to "radar_ingest" with check (true);
create trigger llm_calls_again_7a50dd46 before update on "ingest"."llm_calls" for each row execute function radar.arrive_again();
create trigger llm_calls_arrival_c668a3eb before insert on "ingest"."llm_calls" for each row when (new.ingest_xid is distinct from pg_current_xact_id()::text::bigint) execute function radar.arrive_now(); alter table "ingest"."llm_calls" enable always trigger llm_calls_arrival_c668a3eb;
grant all on "ingest"."llm_calls" to "service_role";
grant insert (workspace_id, project_id, call_id, trace_id, span_id, parent_span_id, run_id, feature, user_id, session_id, provider, model, input_tokens, output_tokens, cached_tokens, cache_write_tokens, cache_write_1h_tokens, input_includes_cached, service_tier, special_uses, latency_ms, is_cache_hit, estimated_cost_usd, verified_cost_usd, metadata, occurred_at, received_at) on "ingest"."llm_calls" to "radar_ingest";
comment on table "ingest"."llm_calls" is 'One row per call of a language model as a tracer or loader sent it. What a provider''s bill says later may be written into it: the run that follows takes the row again.';
comment on column "ingest"."llm_calls".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."llm_calls".project_id is 'The site or app of the tenant.';
comment on column "ingest"."llm_calls".call_id is 'Id of the call, repeated when the sender retries.';
comment on column "ingest"."llm_calls".trace_id is 'Trace that the call belongs to.';
comment on column "ingest"."llm_calls".span_id is 'Span of the call in its trace.';
comment on column "ingest"."llm_calls".parent_span_id is 'Span that made the call.';
comment on column "ingest"."llm_calls".run_id is 'Run of an agent that made the call (app.agent_runs).';
comment on column "ingest"."llm_calls".feature is 'What the call was made for, in the product''s words.';
comment on column "ingest"."llm_calls".user_id is 'Known person, as the application calls them.';
comment on column "ingest"."llm_calls".session_id is 'Visit during which the call was made.';
comment on column "ingest"."llm_calls".provider is 'Who served the call (openai, anthropic, azure).';
comment on column "ingest"."llm_calls".model is 'Model as the provider calls it.';
comment on column "ingest"."llm_calls".input_tokens is 'Tokens of the prompt; see input_includes_cached.';
comment on column "ingest"."llm_calls".output_tokens is 'Tokens of the answer, reasoning included.';
comment on column "ingest"."llm_calls".cached_tokens is 'Prompt tokens read from the provider''s cache.';
comment on column "ingest"."llm_calls".cache_write_tokens is 'Prompt tokens written to the provider''s cache.';
comment on column "ingest"."llm_calls".cache_write_1h_tokens is 'Those of cache_write_tokens that the cache keeps for an hour, which costs more.';
comment on column "ingest"."llm_calls".input_includes_cached is 'Whether input_tokens counts the cached ones too (OpenAI does, Anthropic does not). Loaders set it by provider.';
comment on column "ingest"."llm_calls".service_tier is 'How it was served: batch, flex, priority; null, default, auto: as usual.';
comment on column "ingest"."llm_calls".special_uses is 'What the call used beside text, where that may cost extra: audio, image, video, web_search, file_search; empty: text alone; null: nobody said.';
comment on column "ingest"."llm_calls".latency_ms is 'Milliseconds until the answer was complete.';
comment on column "ingest"."llm_calls".is_cache_hit is 'Whether the product''s own cache answered, so that no provider was paid.';
comment on column "ingest"."llm_calls".estimated_cost_usd is 'What the sender reckoned; kept, never used as the cost.';
comment on column "ingest"."llm_calls".verified_cost_usd is 'What the provider billed, when that is known.';
comment on column "ingest"."llm_calls".metadata is 'Everything else that the sender said of the call.';
comment on column "ingest"."llm_calls".occurred_at is 'When the call began.';
comment on column "ingest"."llm_calls".received_at is 'When the call reached Radar.';
comment on column "ingest"."llm_calls".ingest_xid is 'Transaction that wrote the row last. Never set it.';

create table "ingest"."model_aliases" (
    model_alias_id uuid generated always as (md5(coalesce(workspace_id::text, '') || '|' || provider || '|' || alias)::uuid) stored not null,
    workspace_id uuid,
    provider text not null,
    alias text not null,
    priced_provider text not null,
    priced_model text not null
);
alter table "ingest"."model_aliases" enable row level security;
alter table "ingest"."model_aliases" add constraint model_aliases_pkey_a2c70b91 primary key (model_alias_id);
create policy model_aliases_service_74a69166 on "ingest"."model_aliases" for all to "service_role" using (true) with check (true);
create policy model_aliases_own_workspaces_569f3e38 on "ingest"."model_aliases" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy model_aliases_ingest_e891f40e on "ingest"."model_aliases" for insert to "radar_ingest" with check (true);
grant all on "ingest"."model_aliases" to "service_role";
grant insert (workspace_id, provider, alias, priced_provider, priced_model) on "ingest"."model_aliases" to "radar_ingest";
comment on table "ingest"."model_aliases" is 'One row per other name of a priced model (a dated version, another provider''s name for it) of everybody or a tenant.';
comment on column "ingest"."model_aliases".model_alias_id is 'Id of the alias, derived from whose it is, provider and alias.';
comment on column "ingest"."model_aliases".workspace_id is 'The tenant whose own alias it is; null: everybody''s.';
comment on column "ingest"."model_aliases".provider is 'Provider that the calls name.';
comment on column "ingest"."model_aliases".alias is 'Model that the calls name.';
comment on column "ingest"."model_aliases".priced_provider is 'Provider of the price.';
comment on column "ingest"."model_aliases".priced_model is 'Model of the price.';

create table "ingest"."model_pricing" (
    model_pricing_id uuid default gen_random_uuid() not null,
    workspace_id uuid,
    provider text not null,
    model text not null,
    effective_date timestamptz default '-infinity' not null,
    service_tier text default 'standard' not null,
    daily_from time,
    daily_until time,
    input_price_per_1k numeric not null,
    output_price_per_1k numeric not null,
    cached_price_per_1k numeric,
    cache_write_price_per_1k numeric,
    cache_write_1h_price_per_1k numeric,
    request_price_usd numeric,
    long_context_tokens bigint,
    long_input_price_per_1k numeric,
    long_output_price_per_1k numeric,
    long_cached_price_per_1k numeric,
    long_cache_write_price_per_1k numeric,
    long_cache_write_1h_price_per_1k numeric,
    priced_up_to_tokens bigint,
    priced_apart text[],
    replaces_history boolean default false not null,
    price_source text default 'manual' not null,
    recorded_at timestamptz default now() not null
);
alter table "ingest"."model_pricing" enable row level security;
alter table "ingest"."model_pricing" add constraint model_pricing_pkey_ff858ba1 primary key (model_pricing_id);
alter table "ingest"."model_pricing" add constraint model_pricing_prices_are_not_negative_35ae9adc check (least(input_price_per_1k, output_price_per_1k, cached_price_per_1k, cache_write_price_per_1k) >= 0);
alter table "ingest"."model_pricing" add constraint model_pricing_other_prices_are_not_negative_b853e254 check (least(cache_write_1h_price_per_1k, request_price_usd) >= 0);
alter table "ingest"."model_pricing" add constraint model_pricing_hours_have_two_ends_47c6d424 check ((daily_from is null) = (daily_until is null));
create index model_pricing_provider_model_effective_date_idx_b6c6d917 on "ingest"."model_pricing" using btree (provider, model, effective_date);
create policy model_pricing_service_74a69166 on "ingest"."model_pricing" for all to "service_role" using (true) with check (true);
create policy model_pricing_own_workspaces_569f3e38 on "ingest"."model_pricing" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy model_pricing_ingest_e891f40e on "ingest"."model_pricing" for insert to "radar_ingest" with check (true);
grant all on "ingest"."model_pricing" to "service_role";
grant insert (model_pricing_id, workspace_id, provider, model, effective_date, service_tier, daily_from, daily_until, input_price_per_1k, output_price_per_1k, cached_price_per_1k, cache_write_price_per_1k, cache_write_1h_price_per_1k, request_price_usd, long_context_tokens, long_input_price_per_1k, long_output_price_per_1k, long_cached_price_per_1k, long_cache_write_price_per_1k, long_cache_write_1h_price_per_1k, priced_up_to_tokens, priced_apart, replaces_history, price_source, recorded_at) on "ingest"."model_pricing" to "radar_ingest";
comment on table "ingest"."model_pricing" is 'One row per price of a model from a date on. A price is never edited: a correction is a row of its own, recorded later.';
comment on column "ingest"."model_pricing".model_pricing_id is 'Id of the price.';
comment on column "ingest"."model_pricing".workspace_id is 'The tenant whose own price it is; null: everybody''s.';
comment on column "ingest"."model_pricing".provider is 'Who serves the model.';
comment on column "ingest"."model_pricing".model is 'The model.';
comment on column "ingest"."model_pricing".effective_date is 'From when on the price holds, until the next one of the model.';
comment on column "ingest"."model_pricing".service_tier is 'The calls that it holds for, by how they are served: standard, batch, flex, priority, fast.';
comment on column "ingest"."model_pricing".daily_from is 'First moment of the day, in UTC, of a price that holds for some hours of each; it goes before one of all hours.';
comment on column "ingest"."model_pricing".daily_until is 'First moment after them; before daily_from: on the next day.';
comment on column "ingest"."model_pricing".input_price_per_1k is 'USD per 1,000 prompt tokens that no cache served.';
comment on column "ingest"."model_pricing".output_price_per_1k is 'USD per 1,000 tokens of the answer.';
comment on column "ingest"."model_pricing".cached_price_per_1k is 'USD per 1,000 tokens read from the cache; null: as input.';
comment on column "ingest"."model_pricing".cache_write_price_per_1k is 'USD per 1,000 tokens written to it; null: as input.';
comment on column "ingest"."model_pricing".cache_write_1h_price_per_1k is 'USD per 1,000 tokens written for an hour; null: calls with such tokens are not priced.';
comment on column "ingest"."model_pricing".request_price_usd is 'USD per call, whatever its tokens; null: none.';
comment on column "ingest"."model_pricing".long_context_tokens is 'Prompt tokens above which the whole call costs the long-context prices; null when there are none.';
comment on column "ingest"."model_pricing".long_input_price_per_1k is 'The same for long prompts.';
comment on column "ingest"."model_pricing".long_output_price_per_1k is 'The same for long prompts.';
comment on column "ingest"."model_pricing".long_cached_price_per_1k is 'The same for long prompts.';
comment on column "ingest"."model_pricing".long_cache_write_price_per_1k is 'The same for long prompts.';
comment on column "ingest"."model_pricing".long_cache_write_1h_price_per_1k is 'The same for long prompts.';
comment on column "ingest"."model_pricing".priced_up_to_tokens is 'Prompt tokens above which a call costs something else again and is not priced; null: no limit.';
comment on column "ingest"."model_pricing".priced_apart is 'What these prices do not hold for: a call whose special_uses have one of them is not priced. unsaid: nor is one that says nothing of its uses; everything: no call is, since the model is paid by the hour or page.';
comment on column "ingest"."model_pricing".replaces_history is 'Whether calls that were priced before this price was recorded take it too; what they cost before is kept.';
comment on column "ingest"."model_pricing".price_source is 'Where the price is from (genai-prices, or manual).';
comment on column "ingest"."model_pricing".recorded_at is 'When Radar learned of the price.';

create table "ingest"."projects" (
    workspace_id uuid not null,
    project_id uuid default gen_random_uuid() not null,
    name text not null,
    slug text not null,
    domain text,
    write_key text default 'wk_' || replace(gen_random_uuid()::text, '-', '') not null,
    secret_key_hash text,
    allowed_origins text[],
    settings jsonb default '{}' not null,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null
);
alter table "ingest"."projects" enable row level security;
alter table "ingest"."projects" add constraint projects_pkey_565bf07f primary key (workspace_id, project_id);
alter table "ingest"."projects" add constraint projects_slug_is_url_safe_583abe4d check (slug ~ '^[a-z0-9][a-z0-9_-]*$');
alter table "ingest"."projects" add constraint projects_timezone_is_known_2d931ea1 check (radar.assert_timezone(coalesce(settings ->> 'timezone', 'UTC')));
create unique index projects_write_key_idx_bdcf30fe on "ingest"."projects" using btree (write_key);
create unique index projects_workspace_id_slug_idx_49728d07 on "ingest"."projects" using btree (workspace_id, slug);
create policy projects_service_74a69166 on "ingest"."projects" for all to "service_role" using (true) with check (true);
create policy projects_own_workspaces_569f3e38 on "ingest"."projects" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy projects_ingest_e891f40e on "ingest"."projects" for insert to "radar_ingest" with check (true);
create trigger projects_gone_000d1e79 before delete on "ingest"."projects" for each row execute function radar.project_gone();
create trigger projects_updated_at_a11b6dd6 before update on "ingest"."projects" for each row execute function analytics.update_updated_at();
grant all on "ingest"."projects" to "service_role";
grant insert (workspace_id, project_id, name, slug, domain, write_key, secret_key_hash, allowed_origins, settings, created_at, updated_at) on "ingest"."projects" to "radar_ingest";
comment on table "ingest"."projects" is 'One row per site or app of a workspace. The write key says where an event belongs; the secret key is stored hashed.';
comment on column "ingest"."projects".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."projects".project_id is 'The site or app of the tenant.';
comment on column "ingest"."projects".name is 'What people call the site or app.';
comment on column "ingest"."projects".slug is 'Short name in commands and addresses, unique within the workspace.';
comment on column "ingest"."projects".domain is 'Host of the site, for telling internal referrers; null for an app.';
comment on column "ingest"."projects".write_key is 'Public key that trackers send; unique over all workspaces.';
comment on column "ingest"."projects".secret_key_hash is 'SHA-256 of the secret key in hex; the key itself is never stored.';
comment on column "ingest"."projects".allowed_origins is 'Origins (scheme://host[:port]) that may send events through ingest.track; null or empty allows every origin.';
comment on column "ingest"."projects".settings is 'Settings of the project: timezone (name of the reporting time zone as in pg_timezone_names, default UTC).';
comment on column "ingest"."projects".created_at is 'When the project was made.';
comment on column "ingest"."projects".updated_at is 'When the row last changed.';

create table "ingest"."prompt_embeddings" (
    workspace_id uuid not null,
    call_id uuid not null,
    embedding vector(1536) not null,
    prompt_hash text,
    received_at timestamptz default now() not null,
    ingest_xid bigint default pg_current_xact_id()::text::bigint not null
);
alter table "ingest"."prompt_embeddings" enable row level security;
alter table "ingest"."prompt_embeddings" add constraint prompt_embeddings_pkey_6147d560 primary key (workspace_id, call_id);
create index prompt_embeddings_embedding_idx_4a9def8b on "ingest"."prompt_embeddings" using hnsw (embedding vector_cosine_ops);
create index prompt_embeddings_ingest_xid_idx_9b3070d5 on "ingest"."prompt_embeddings" using brin (ingest_xid);
create policy prompt_embeddings_service_74a69166 on "ingest"."prompt_embeddings" for all to "service_role" using (true) with check (true);
create policy prompt_embeddings_own_workspaces_569f3e38 on "ingest"."prompt_embeddings" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy prompt_embeddings_ingest_e891f40e on "ingest"."prompt_embeddings" for insert to "radar_ingest" with check (true);
create trigger prompt_embeddings_again_521cb393 before update on "ingest"."prompt_embeddings" for each row execute function radar.embed_again();
create trigger prompt_embeddings_arrival_ef0baef5 before insert on "ingest"."prompt_embeddings" for each row when (new.ingest_xid is distinct from pg_current_xact_id()::text::bigint) execute function radar.arrive_now(); alter table "ingest"."prompt_embeddings" enable always trigger prompt_embeddings_arrival_ef0baef5;
grant all on "ingest"."prompt_embeddings" to "service_role";
grant insert (workspace_id, call_id, embedding, prompt_hash, received_at) on "ingest"."prompt_embeddings" to "radar_ingest";
comment on table "ingest"."prompt_embeddings" is 'One row per call whose prompt somebody embedded: Radar computes no embedding. All of a workspace have to come from one model. On a server without pgvector the numbers wait in an array for it.';
comment on column "ingest"."prompt_embeddings".workspace_id is 'The tenant. Every policy compares it with the workspaces of the caller.';
comment on column "ingest"."prompt_embeddings".call_id is 'Call whose prompt it is (llm_calls).';
comment on column "ingest"."prompt_embeddings".embedding is 'The prompt as 1,536 numbers, as in [0.1,-0.2,...].';
comment on column "ingest"."prompt_embeddings".prompt_hash is 'Hash of the prompt, by which the same one is known again.';
comment on column "ingest"."prompt_embeddings".received_at is 'When the embedding reached Radar; of a call that was embedded again, the last time.';
comment on column "ingest"."prompt_embeddings".ingest_xid is 'Transaction that wrote the row last. Never set it.';

create table "ingest"."rejected_events" (
    rejected_event_id uuid not null,
    workspace_id uuid,
    project_id uuid,
    rejected_at timestamptz default now() not null,
    reason text not null,
    detail text,
    source text not null,
    payload text not null
);
alter table "ingest"."rejected_events" enable row level security;
alter table "ingest"."rejected_events" add constraint rejected_events_pkey_92ad77d4 primary key (rejected_event_id);
alter table "ingest"."rejected_events" add constraint rejected_events_reason_is_known_457fc270 check (reason in ('unparsable', 'no_id', 'unknown_project', 'origin_not_allowed', 'no_time', 'future', 'too_large', 'invalid'));
create index rejected_events_workspace_id_rejected_at_idx_974d07fe on "ingest"."rejected_events" using btree (workspace_id, rejected_at);
create policy rejected_events_service_74a69166 on "ingest"."rejected_events" for all to "service_role" using (true) with check (true);
create policy rejected_events_own_workspaces_569f3e38 on "ingest"."rejected_events" for select to "authenticated" using (workspace_id = any((select radar.current_workspaces())::uuid[]));
create policy rejected_events_ingest_e891f40e on "ingest"."rejected_events" for insert to "radar_ingest" with check (true);
create trigger rejected_events_redaction_7d61ca3d before insert or update on "ingest"."rejected_events" for each row execute function radar.redact_rejected_event();
grant all on "ingest"."rejected_events" to "service_role";
grant insert (rejected_event_id, workspace_id, project_id, rejected_at, reason, detail, source, payload) on "ingest"."rejected_events" to "radar_ingest";
comment on table "ingest"."rejected_events" is 'One row per event that could not be accepted, with the reason, so that nothing that was sent is lost.';
comment on column "ingest"."rejected_events".rejected_event_id is 'Id of the rejection, derived from source, line and payload so that loading a file again adds nothing.';
comment on column "ingest"."rejected_events".workspace_id is 'The tenant, null when the event did not say which.';
comment on column "ingest"."rejected_events".project_id is 'The project, null when the event did not say which.';
comment on column "ingest"."rejected_events".rejected_at is 'When the event was turned away.';
comment on column "ingest"."rejected_events".reason is 'Why: unparsable, no_id (neither anonymous nor user id), unknown_project (or write key), origin_not_allowed, no_time, future (later than received_at by more than the tolerance), too_large, invalid (a value of the wrong type).';
comment on column "ingest"."rejected_events".detail is 'What exactly was wrong.';
comment on column "ingest"."rejected_events".source is 'File name and line, or track.';
comment on column "ingest"."rejected_events".payload is 'The event as it came, cut to 8,192 characters.';
