-- Nobody has a right on what is Radar's that no contract gives, and every table has row security.
select * from {{ schema_name('radar') }}.wrong_rights
