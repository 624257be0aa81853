"""The quality gate before deploys: dbt's tests, and a Great Expectations suite made from the contracts."""
