{{ page_performance_of(days=30) }}
