-- What the others ask about: the busiest project, and a visit of it
select workspace_id, project_id, session_id, person_id
from analytics.sessions
where project_id = (
    select project_id
    from analytics.daily_site_metrics
    group by project_id
    order by sum(total_sessions) desc
    limit 1
)
order by session_date desc, event_count desc
limit 1;

-- Daily metrics, 90 days
select * from analytics.daily_site_metrics
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 90
order by metric_date;

-- Site overview, 7, 30 and 90 days
select * from analytics.site_overview where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by window_days;

-- Traffic sources, 30 days
select * from analytics.traffic_sources where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by sessions desc;

-- Traffic sources, 90 days
select * from analytics.traffic_sources_90d where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by sessions desc;

-- Page performance, 30 days
select * from analytics.page_performance where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by total_views desc limit 100;

-- Page performance, 90 days
select * from analytics.page_performance_90d where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by total_views desc limit 100;

-- Top pages, 7 days
select page_url, sum(views) as views, sum(entries) as entries
from analytics.page_analytics
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 7
group by page_url
order by views desc
limit 50;

-- Visitors of 30 days
select sum(visitors) from analytics.visitor_recency
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s and referrer_type = '(all)'
    and metric_date > current_date - 30 and metric_date <= current_date and previous_date <= current_date - 30;

-- Visitors of 90 days
select sum(visitors) from analytics.visitor_recency
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s and referrer_type = '(all)'
    and metric_date > current_date - 90 and metric_date <= current_date and previous_date <= current_date - 90;

-- Visitors of 365 days
select sum(visitors) from analytics.visitor_recency
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s and referrer_type = '(all)'
    and metric_date > current_date - 365 and metric_date <= current_date and previous_date <= current_date - 365;

-- Active visitors, 90 days
select * from analytics.active_visitors
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 90
order by metric_date;

-- Active sessions
select * from analytics.active_sessions where workspace_id = %(workspace_id)s and project_id = %(project_id)s order by last_event_at desc limit 100;

-- Top campaigns, 90 days
select
    utm_source, utm_medium, utm_campaign, sum(sessions) as sessions, sum(converted_sessions) as converted_sessions,
    sum(conversion_value) as conversion_value
from analytics.daily_traffic_sources
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 90
group by utm_source, utm_medium, utm_campaign
order by sessions desc
limit 20;

-- Recent sessions
select * from analytics.sessions
where workspace_id = %(workspace_id)s and project_id = %(project_id)s
order by session_date desc, started_at desc
limit 50;

-- Events of a session
select * from analytics.session_events
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and session_id = %(session_id)s
order by occurred_at, event_id;

-- Sessions of a person
select * from analytics.sessions
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and person_id = %(person_id)s
order by started_at;

-- Funnels, 90 days
select
    funnel_name, step, step_name, sum(attempts) as attempts, sum(open_attempts) as open_attempts, sum(lost_attempts) as lost_attempts
from analytics.funnels
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and start_date > current_date - 90
group by funnel_name, step, step_name
order by funnel_name, step;

-- Goal completions, 30 days
select goal_name, session_date, count(*) as completions, sum(value) as value
from analytics.goal_completions
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and session_date > current_date - 30
group by goal_name, session_date
order by session_date, goal_name;

-- Attribution by channel, this and the last three months
select model, channel, sum(conversions) as conversions, sum(revenue) as revenue
from analytics.channel_attribution
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s
    and month >= date_trunc('month', current_date)::date - interval '3 months'
group by model, channel
order by model, conversions desc;

-- Attribution by campaign, 90 days
select model, source, medium, campaign, sum(conversions) as conversions, sum(revenue) as revenue
from analytics.campaign_attribution
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s and attribution_date > current_date - 90
    and model = 'linear'
group by model, source, medium, campaign
order by conversions desc;

-- Touchpoints of a person
select * from analytics.touchpoints
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and person_id = %(person_id)s
order by completed_at, touch_number;

-- Conversations by day, 90 days
select * from analytics.daily_conversations
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 90
order by metric_date;

-- Recent conversations
select * from analytics.conversations
where workspace_id = %(workspace_id)s and project_id = %(project_id)s
order by conversation_date desc, started_at desc
limit 50;

-- Form completion, 30 days
select form_id, sum(sessions_started) as started, sum(sessions_submitted) as submitted, sum(submissions) as submissions
from analytics.form_analytics
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and metric_date > current_date - 30
group by form_id
order by started desc;

-- Recent form submissions
select * from analytics.form_submissions
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and session_date > current_date - 30
order by session_date desc, submitted_at desc
limit 50;

-- Cohorts by month
select * from analytics.cohorts
where workspace_id = %(workspace_id)s and project_id = %(project_id)s and anchor = 'first_activity' and period = 'month'
order by cohort_start, period_number;

-- Cohorts by week, 90 days
select * from analytics.cohorts
where
    workspace_id = %(workspace_id)s and project_id = %(project_id)s and anchor = 'first_activity' and period = 'week'
    and cohort_start > current_date - 90
order by cohort_start, period_number;
