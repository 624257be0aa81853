{{ traffic_sources_of(days=90) }}
