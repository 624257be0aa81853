{{ traffic_sources_of(days=30) }}
