-- A database for a house, and the two who come to it. Run once by whoever administers the server, in psql:
--
--     createdb atelier
--     psql atelier --set=owner="'a long password'" --set=work="'another'" --file=roles.sql
--
-- `atelier_owner` owns the tables: the program is opened once as it, and again after each update that changes the schema.
-- `atelier` is who every workstation comes as: it reads and writes, and can change no table, rule or role. What was issued or happened
-- it cannot change either: the tables' own rules see to that.

CREATE ROLE atelier_owner LOGIN PASSWORD :owner;
CREATE ROLE atelier LOGIN PASSWORD :work;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO atelier_owner;
GRANT USAGE ON SCHEMA public TO atelier;
ALTER DEFAULT PRIVILEGES FOR ROLE atelier_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO atelier;
ALTER DEFAULT PRIVILEGES FOR ROLE atelier_owner IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO atelier;
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO atelier_owner, atelier', current_database());
END $$;
