#!/usr/bin/env bash
# The database role of the chat: owner of its database and no superuser.
set -euo pipefail
psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v password="$(cat /secrets/parlance)" << 'SQL'
create role parlance login password :'password';
create database parlance owner parlance;
SQL
