#!/bin/sh
# Runs once, in an empty PostgreSQL: one database for each service, owned by a role that sees no other.
set -eu
: "${DOUDI_DATABASE_PASSWORD:?}"
for service in intake eligibility payments relief care_institutions oversight; do
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        --set "name=doudi_$service" --set "password=$DOUDI_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
done
