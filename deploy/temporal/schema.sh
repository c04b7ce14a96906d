#!/bin/sh
# Creates Temporal's two databases, or brings their tables up to date.
set -eu

for database in temporal temporal_visibility; do
  case $database in
    temporal) schema=temporal ;;
    *) schema=visibility ;;
  esac
  sql_tool() {
    temporal-sql-tool --plugin "$DB" --ep "$POSTGRES_SEEDS" -p "$DB_PORT" -u "$POSTGRES_USER" --db "$database" "$@"
  }
  # Both are refused where they were done before; what matters is that the update succeeds.
  sql_tool create || true
  sql_tool setup-schema -v 0.0 || true
  sql_tool update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
