"""What was published stays as it was: the database itself refuses to change or delete it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalogue_published_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'draft' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% % % is published and cannot be deleted',
            TG_TABLE_NAME, OLD.code, OLD.version USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status = 'draft' THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'draft'
        OR to_jsonb(NEW) - 'status' - 'valid_to' IS DISTINCT FROM
           to_jsonb(OLD) - 'status' - 'valid_to' THEN
        RAISE EXCEPTION '% % % is published and cannot be changed: publish a new version',
            TG_TABLE_NAME, OLD.code, OLD.version USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON catalogue_standardversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_published_is_final();
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON catalogue_pack
    FOR EACH ROW EXECUTE FUNCTION catalogue_published_is_final();
"""

BACKWARD = """
DROP TRIGGER published_is_final ON catalogue_pack;
DROP TRIGGER published_is_final ON catalogue_standardversion;
DROP FUNCTION catalogue_published_is_final();
"""


class Migration(migrations.Migration):
    """The trigger on packs and standards."""

    dependencies = [("catalogue", "0001_published_packs")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
