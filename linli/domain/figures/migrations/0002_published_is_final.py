"""What is public stays as it is: the database itself refuses to change, add to or delete it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION figures_published_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'the figures of % are public: % refused', OLD.period, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.sha256 <> OLD.sha256 OR NEW.headings <> OLD.headings OR NEW.period <> OLD.period
        OR NEW.made_of <> OLD.made_of OR NEW.prepared_by IS DISTINCT FROM OLD.prepared_by THEN
        RAISE EXCEPTION 'the figures of % were audited as they are: prepare them anew', OLD.period
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION figures_counts_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'counts of a release are never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    touched := ARRAY[CASE TG_OP WHEN 'INSERT' THEN NEW.release_id ELSE OLD.release_id END];
    IF EXISTS (SELECT FROM figures_release WHERE id = ANY (touched) AND state = 'published') THEN
        RAISE EXCEPTION 'the figures are public: % of counts refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON figures_release
    FOR EACH ROW EXECUTE FUNCTION figures_published_is_final();
CREATE TRIGGER counts_are_final BEFORE INSERT OR UPDATE OR DELETE ON figures_releasedcell
    FOR EACH ROW EXECUTE FUNCTION figures_counts_are_final();
CREATE TRIGGER counts_are_final BEFORE INSERT OR UPDATE OR DELETE ON figures_releaseground
    FOR EACH ROW EXECUTE FUNCTION figures_counts_are_final();
REVOKE ALL ON figures_releaseground FROM linli_insight, linli_audit;
"""
BACKWARD = """
DROP TRIGGER counts_are_final ON figures_releaseground;
DROP TRIGGER counts_are_final ON figures_releasedcell;
DROP TRIGGER published_is_final ON figures_release;
DROP FUNCTION figures_counts_are_final();
DROP FUNCTION figures_published_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_releases"), ("audit", "0002_chain_and_grants")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
