-- The logins of wederhoor on PostgreSQL, each with its own password, which psql (14 or newer) takes from the environment.
-- Run again it changes the passwords. None of them may pass by row-level security; a login of yours for backups may.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv maintenance_password MAINTENANCE_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', name) FROM (VALUES ('wederhoor_owner'), ('wederhoor_app'), ('wederhoor_maintenance')) AS wanted(name)
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
-- Owns the tables: for `wederhoor migrate` alone.
ALTER ROLE wederhoor_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner_password';
-- Serves and works.
ALTER ROLE wederhoor_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app_password';
-- Deletes organisations that are to go: for `wederhoor tenant delete --due` alone.
ALTER ROLE wederhoor_maintenance LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'maintenance_password';
