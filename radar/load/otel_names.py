"""What emitters of OpenTelemetry spans call the things that ingest.llm_calls has columns for: one line an emitter."""

from collections.abc import Mapping, Sequence

NAMES: Mapping[str, Sequence[str]] = {
    "provider": (
        "gen_ai.provider.name", "gen_ai.system",  # the conventions, now and before 1.37
        "llm.provider", "llm.system", "embedding.provider",  # OpenInference
        "llm.vendor",  # OpenLLMetry before it took the conventions
        "ai.model.provider",  # Vercel's AI SDK
        "mlflow.llm.provider",
    ),
    "model": (
        "gen_ai.response.model", "ai.response.model", "llm.response.model",
        "gen_ai.request.model", "llm.model_name", "embedding.model_name", "reranker.model_name", "llm.request.model",
        "ai.model.id", "mlflow.llm.model", "langfuse.observation.model.name",
    ),
    "input_tokens": (
        "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens",
        "llm.token_count.prompt",
        "llm.usage.prompt_tokens", "llm.usage.input_tokens",
        "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens",
        "mlflow.chat.tokenUsage.input_tokens", "langfuse.observation.usage_details.input",
    ),
    "output_tokens": (
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens",
        "llm.token_count.completion",
        "llm.usage.completion_tokens", "llm.usage.output_tokens",
        "ai.usage.outputTokens", "ai.usage.completionTokens",
        "mlflow.chat.tokenUsage.output_tokens", "langfuse.observation.usage_details.output",
    ),
    "cached_tokens": (
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
        "gen_ai.usage.cache_read_tokens", "gen_ai.usage.cached_tokens", "gen_ai.usage.cached_input_tokens",
        "gen_ai.usage.input_cached_tokens", "gen_ai.usage.input_tokens.cached", "gen_ai.usage.prompt_tokens.cached",
        "gen_ai.usage.prompt_tokens_details.cached_tokens", "gen_ai.usage.input_tokens_details.cached_tokens",
        "gen_ai.usage.cached_content_token_count",
        "gen_ai.usage.details.cache_read_tokens", "gen_ai.usage.details.cache_read_input_tokens",  # Pydantic AI
        "gen_ai.usage.details.cached_tokens", "gen_ai.usage.details.cached_content_tokens",
        "llm.token_count.prompt_details.cache_read", "llm.token_count.prompt_details.cache_input",
        "llm.usage.cache_read_input_tokens", "llm.usage.cached_tokens",
        "ai.usage.inputTokenDetails.cacheReadTokens", "ai.usage.cachedInputTokens", "ai.usage.cacheReadInputTokens",
        "ai.response.providerMetadata.anthropic.cacheReadInputTokens",
        "ai.response.providerMetadata.anthropic.usage.cache_read_input_tokens",
        "ai.response.providerMetadata.bedrock.usage.cacheReadInputTokens",
        "ai.response.providerMetadata.openai.cachedPromptTokens",
        "ai.response.providerMetadata.azure.cachedPromptTokens",
        "ai.response.providerMetadata.google.usageMetadata.cachedContentTokenCount",
        "ai.response.providerMetadata.deepseek.promptCacheHitTokens",
        "ai.response.providerMetadata.openrouter.usage.promptTokensDetails.cachedTokens",
        "mlflow.chat.tokenUsage.cache_read_input_tokens", "langfuse.observation.usage_details.input_cached_tokens",
        "langfuse.observation.usage_details.cache_read_input_tokens",
    ),
    "cache_write_tokens": (
        "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens",
        "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_input_tokens",
        "gen_ai.usage.cache_creation_tokens", "gen_ai.usage.cache_write_tokens",
        "gen_ai.usage.input_tokens.cache_write", "gen_ai.usage.prompt_tokens_details.cache_write_tokens",
        "gen_ai.usage.details.cache_write_tokens", "gen_ai.usage.details.cache_creation_input_tokens",
        "llm.token_count.prompt_details.cache_write",
        "llm.usage.cache_creation_input_tokens",
        "ai.usage.inputTokenDetails.cacheWriteTokens", "ai.usage.cacheCreationInputTokens",
        "ai.response.providerMetadata.anthropic.cacheCreationInputTokens",
        "ai.response.providerMetadata.anthropic.usage.cache_creation_input_tokens",
        "ai.response.providerMetadata.bedrock.usage.cacheWriteInputTokens",
        "mlflow.chat.tokenUsage.cache_creation_input_tokens",
        "langfuse.observation.usage_details.cache_creation_input_tokens",
    ),
    "cache_write_1h_tokens": (
        "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens", "gen_ai.usage.cache_creation_1h_input_tokens",
        "gen_ai.usage.details.ephemeral_1h_input_tokens", "gen_ai.usage.details.cache_creation_1h_input_tokens",
        "gen_ai.usage.details.cache_write_1h_tokens",
        "ai.response.providerMetadata.anthropic.usage.cache_creation.ephemeral_1h_input_tokens",
    ),
    "service_tier": (
        "openai.response.service_tier", "gen_ai.openai.response.service_tier", "gen_ai.response.service_tier",
        "openai.request.service_tier", "gen_ai.openai.request.service_tier", "gen_ai.request.service_tier",
        "ai.response.providerMetadata.openai.serviceTier",
        "ai.response.providerMetadata.anthropic.usage.service_tier",
    ),
    "estimated_cost_usd": ("gen_ai.usage.cost", "operation.cost", "llm.cost.total", "gen_ai.cost.total_cost"),
    "user_id": (
        "user.id", "enduser.id", "langfuse.user.id", "traceloop.association.properties.user_id",
        "ai.telemetry.metadata.userId", "mlflow.trace.user",
    ),
    "session_id": (
        "session.id", "langfuse.session.id", "gen_ai.conversation.id",
        "traceloop.association.properties.session_id", "ai.telemetry.metadata.sessionId", "mlflow.trace.session",
    ),
    "feature": (
        "radar.feature", "gen_ai.agent.name", "ai.telemetry.functionId", "traceloop.workflow.name",
        "gen_ai.prompt.name",
    ),
}  # fmt: skip
"""Column -> attributes, the first that says something counts."""

REASONING = (
    "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens", "gen_ai.usage.details.reasoning_tokens",
    "gen_ai.usage.details.thoughts_tokens", "gen_ai.usage.output_tokens.reasoning",
    "gen_ai.usage.experimental.reasoning_tokens", "gen_ai.usage.thoughts_token_count",
    "llm.token_count.completion_details.reasoning", "llm.usage.reasoning_tokens",
    "ai.usage.outputTokenDetails.reasoningTokens", "ai.usage.reasoningTokens",
)  # fmt: skip
BESIDE_OUTPUT = ("gen_ai.usage.experimental.reasoning_tokens", "gen_ai.usage.thoughts_token_count")
"""As Google counts them: its agents' kit repeats the numbers of its API."""
TOTAL = (
    "gen_ai.usage.total_tokens", "llm.token_count.total", "llm.usage.total_tokens", "ai.usage.totalTokens",
    "mlflow.chat.tokenUsage.total_tokens", "langfuse.observation.usage_details.total",
)  # fmt: skip

USES = {
    "audio": (
        "gen_ai.usage.details.input_audio_tokens", "gen_ai.usage.details.output_audio_tokens",
        "gen_ai.usage.details.cache_audio_read_tokens", "gen_ai.usage.input_audio_tokens",
        "gen_ai.usage.output_audio_tokens", "llm.token_count.prompt_details.audio",
        "llm.token_count.completion_details.audio", "gen_ai.usage.prompt_tokens_details.audio_tokens",
        "gen_ai.usage.completion_tokens_details.audio_tokens", "gen_ai.usage.details.audio_tokens",
        "lk.llm_metrics.input_audio_tokens", "lk.llm_metrics.output_audio_tokens",
    ),
    "image": (
        "gen_ai.usage.details.input_image_tokens", "gen_ai.usage.details.output_image_tokens",
        "gen_ai.usage.details.image_tokens", "gen_ai.usage.completion_tokens_details.image_tokens",
    ),
    "video": ("gen_ai.usage.details.input_video_tokens", "gen_ai.usage.details.video_tokens"),
    "web_search": (
        "gen_ai.usage.details.web_searches", "gen_ai.usage.details.web_search_requests",
        "gen_ai.usage.server_tool_use.web_search_requests",
        "ai.response.providerMetadata.anthropic.usage.server_tool_use.web_search_requests",
    ),
}  # fmt: skip
"""What a call used beside text -> numbers that say how much; where one is given, the call says what it used."""

IN_JSON = ("ai.response.providerMetadata", "mlflow.chat.tokenUsage", "langfuse.observation.usage_details")
"""Attributes that are JSON in a text; what they hold has its path as a name."""

KINDS: Mapping[str, Sequence[str]] = {
    "gen_ai.operation.name": (
        "chat", "text_completion", "generate_content", "embeddings", "embedding", "embed", "responses", "response",
        "chat.completions", "chat.completion", "chat_completion", "chat_completions", "completion", "completions",
        "generate_text", "stream_text", "generate_object", "stream_object", "generate", "message", "messages",
        "messages.create", "inference", "rerank",
    ),
    "openinference.span.kind": ("llm", "embedding", "reranker"),
    "mlflow.spanType": ("chat_model", "llm", "embedding", "reranker"),
    "langfuse.observation.type": ("generation", "embedding"),
    "ai.operationId": (
        "ai.generatetext.dogenerate", "ai.streamtext.dostream", "ai.generateobject.dogenerate",
        "ai.streamobject.dostream", "ai.embed.doembed", "ai.embedmany.doembed",
    ),
}  # fmt: skip
"""Attributes that tell a kind of span -> the kinds that call a model, in lower case. Others repeat the tokens of those
within them: agents, chains, tools, workflows."""
NO_CALLS = {
    "gen_ai.operation.name": (
        "invoke_agent", "create_agent", "execute_tool", "invoke_workflow", "agent", "tool", "workflow", "chain", "task",
        "handoff", "retrieval", "execute_event_loop_cycle",
    ),
    "traceloop.span.kind": ("workflow", "task", "agent", "tool"),
    "logfire.span_type": ("pending_span",),
}  # fmt: skip
"""Kinds of span that call none. A pending span announces one that comes later."""
