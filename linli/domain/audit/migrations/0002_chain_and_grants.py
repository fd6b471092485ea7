"""The chain is made by the database, and the roles that may not break it exist from here on."""

from django.db import migrations

ROLES = """
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'linli_web', 'linli_worker', 'linli_insight', 'linli_audit', 'linli_backup'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN', wanted);
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'role % is missing; have a superuser run: CREATE ROLE % LOGIN;',
                    wanted, wanted;
            END;
        END IF;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO
    linli_web, linli_worker, linli_insight, linli_audit, linli_backup;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO linli_web, linli_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO linli_web, linli_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO linli_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO linli_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO linli_web, linli_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO linli_web, linli_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO linli_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO linli_backup;
"""

ROLES_BACK = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM linli_web, linli_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    REVOKE USAGE, SELECT ON SEQUENCES FROM linli_web, linli_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM linli_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON SEQUENCES FROM linli_backup;
"""

CHAIN = """
INSERT INTO audit_journalhead (stream, seq, hash)
SELECT stream, 0, sha256(convert_to('linli journal stream ' || stream, 'UTF8'))
FROM generate_series(0, 63) AS stream;

CREATE FUNCTION linli_journal_lock(wanted smallint, OUT seq bigint, OUT hash bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT head.seq, head.hash FROM audit_journalhead AS head
    WHERE head.stream = wanted FOR UPDATE;
$$;

CREATE FUNCTION linli_journal_text(entry audit_journal) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT concat_ws(
        E'\\x1f', entry.stream, entry.seq,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char(entry.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        entry.event, entry.subject_type, entry.subject_id,
        coalesce(entry.actor_id::text, ''), entry.actor_name, entry.payload, entry.algorithm
    );
$$;

CREATE FUNCTION linli_journal_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head record;
BEGIN
    SELECT * INTO head FROM linli_journal_lock(NEW.stream);
    IF NEW.algorithm = 'sha256' THEN
        NEW.seq := head.seq + 1;
        NEW.previous := head.hash;
        NEW.recorded_at := clock_timestamp();
        NEW.hash := sha256(head.hash || convert_to(linli_journal_text(NEW), 'UTF8'));
    ELSIF NEW.seq IS DISTINCT FROM head.seq + 1 OR NEW.previous IS DISTINCT FROM head.hash THEN
        RAISE EXCEPTION 'journal stream % has moved on', NEW.stream;
    END IF;
    UPDATE audit_journalhead SET seq = NEW.seq, hash = NEW.hash WHERE stream = NEW.stream;
    RETURN NEW;
END $$;

CREATE FUNCTION linli_journal_outbox() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_outbox (journal_id, event) VALUES (NEW.id, NEW.event);
    RETURN NULL;
END $$;

CREATE FUNCTION linli_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER journal_chain BEFORE INSERT ON audit_journal
    FOR EACH ROW EXECUTE FUNCTION linli_journal_chain();
CREATE TRIGGER journal_outbox AFTER INSERT ON audit_journal
    FOR EACH ROW EXECUTE FUNCTION linli_journal_outbox();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON audit_journal
    FOR EACH ROW EXECUTE FUNCTION linli_append_only();

REVOKE ALL ON audit_journalhead FROM linli_web, linli_worker;
REVOKE UPDATE, DELETE ON audit_journal FROM linli_web, linli_worker;
REVOKE INSERT, UPDATE, DELETE ON audit_outbox FROM linli_web;
REVOKE INSERT ON audit_outbox FROM linli_worker;
GRANT SELECT ON audit_journal, audit_journalhead TO linli_audit;
"""

CHAIN_BACK = """
DROP TRIGGER journal_append_only ON audit_journal;
DROP TRIGGER journal_outbox ON audit_journal;
DROP TRIGGER journal_chain ON audit_journal;
DROP FUNCTION linli_append_only();
DROP FUNCTION linli_journal_outbox();
DROP FUNCTION linli_journal_chain();
DROP FUNCTION linli_journal_text(audit_journal);
DROP FUNCTION linli_journal_lock(smallint);
DELETE FROM audit_journalhead;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_journal")]

    operations = [
        migrations.RunSQL(ROLES, ROLES_BACK),
        migrations.RunSQL(CHAIN, CHAIN_BACK),
    ]
