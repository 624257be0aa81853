{{ raw_table() }}
