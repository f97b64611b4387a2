-- The login that copies the database: it reads every row, as no other login of the program may, and writes none. Its password comes from
-- the environment; run again this changes it. Where it is in use: the machine that makes backups, and nowhere else.
\set ON_ERROR_STOP on
\getenv backup_password BACKUP_PASSWORD
SELECT 'CREATE ROLE wederhoor_backup LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'wederhoor_backup') \gexec
ALTER ROLE wederhoor_backup LOGIN NOSUPERUSER BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO wederhoor_backup;
