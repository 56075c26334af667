-- The transparency log: views say how a row is written down, byte for byte as in SQLite (row_to_json writes without blanks); triggers take it from there.

CREATE FUNCTION entry_of(members json) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT convert_to(members::text, 'UTF8') $$;

CREATE FUNCTION hex16(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(to_hex(number), 16, '0') $$;

CREATE VIEW log_of_builds AS
    SELECT rowid AS row, 'build'::text AS kind, id AS ref, submitted_at AS at, manifest AS body, 1 AS is_file FROM builds;

CREATE VIEW log_of_build_events AS
    SELECT e.seq AS row, 'build-event'::text AS kind, e.seq::text AS ref, e.at,
        entry_of((SELECT row_to_json(d) FROM (SELECT 'build-event' AS kind, e.at, e.build_id AS build, e.event, e.decided_by AS "decidedBy", e.reason) d)) AS body, 0 AS is_file
    FROM build_events e;

CREATE VIEW log_of_class_minimums AS
    SELECT e.seq AS row, 'class-minimum'::text AS kind, e.seq::text AS ref, e.at,
        entry_of((SELECT row_to_json(d) FROM (SELECT 'class-minimum' AS kind, e.at, e.manufacturer, encode(e.class, 'hex') AS class, e.version, e.decided_by AS "decidedBy", e.reason) d)) AS body, 0 AS is_file
    FROM class_minimums e;

CREATE VIEW log_of_certificates AS
    SELECT rowid AS row, 'certificate'::text AS kind, id AS ref, submitted_at AS at, corim AS body, 1 AS is_file FROM certificates;

CREATE VIEW log_of_certificate_events AS
    SELECT e.seq AS row, 'certificate-event'::text AS kind, e.seq::text AS ref, e.at,
        entry_of((SELECT row_to_json(d) FROM (SELECT 'certificate-event' AS kind, e.at, e.certificate_id AS certificate, e.kind AS decision, e.status, e.decided_by AS "decidedBy", e.reason,
            e.until, e.actions, e.superseded_by AS "supersededBy", e.proposal_id IS NOT NULL AS "twoPersons") d)) AS body, 0 AS is_file
    FROM certificate_events e;

CREATE VIEW log_of_keys AS
    SELECT e.kid AS row, 'key'::text AS kind, hex16(e.kid) AS ref, e.added_at AS at,
        entry_of((SELECT row_to_json(d) FROM (SELECT 'key' AS kind, e.added_at AS at, e.organisation, hex16(e.kid) AS kid, encode(e.spki, 'hex') AS spki) d)) AS body, 0 AS is_file
    FROM organisation_keys e;

CREATE VIEW log_of_removed_keys AS
    SELECT e.kid AS row, 'key-removed'::text AS kind, hex16(e.kid) AS ref, e.removed_at AS at,
        entry_of((SELECT row_to_json(d) FROM (SELECT 'key-removed' AS kind, e.removed_at AS at, e.organisation, hex16(e.kid) AS kid) d)) AS body, 0 AS is_file
    FROM organisation_keys e WHERE e.removed_at IS NOT NULL;

CREATE VIEW log_source AS
    SELECT kind, ref, at, body, is_file FROM log_of_builds
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_build_events
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_class_minimums
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_certificates
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_certificate_events
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_keys
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_removed_keys;

-- add_log_entry(view, column with the row). Numbers have no gaps: writers take turns, and a change that is taken back leaves none.
CREATE FUNCTION add_log_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO log_entries (seq, at, kind, ref, body)
        SELECT (SELECT coalesce(max(seq), 0) + 1 FROM log_entries), at, kind, ref, CASE is_file WHEN 0 THEN body END FROM %I WHERE row = $1.%I', TG_ARGV[0], TG_ARGV[1]) USING NEW;
    RETURN NULL;
END $$;

CREATE TRIGGER log_build AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_builds, rowid);
CREATE TRIGGER log_build_event AFTER INSERT ON build_events FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_build_events, seq);
CREATE TRIGGER log_class_minimum AFTER INSERT ON class_minimums FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_class_minimums, seq);
CREATE TRIGGER log_certificate AFTER INSERT ON certificates FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_certificates, rowid);
CREATE TRIGGER log_certificate_event AFTER INSERT ON certificate_events FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_certificate_events, seq);
CREATE TRIGGER log_key AFTER INSERT ON organisation_keys FOR EACH ROW EXECUTE FUNCTION add_log_entry(log_of_keys, kid);
CREATE TRIGGER log_removed_key AFTER UPDATE OF removed_at ON organisation_keys FOR EACH ROW
    WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION add_log_entry(log_of_removed_keys, kid);

-- A first entry of its own: a log of one entry has no valid receipt (RFC 9942 section 5.2 wants a path).
INSERT INTO log_entries (seq, at, kind, ref, body) VALUES (1, now_ms(), 'log', 'opened', convert_to('{"kind":"log","format":1}', 'UTF8'));

-- Two functions of SQLite, under the same names: one text of a question for both.
CREATE FUNCTION hex(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(encode(bytes, 'hex')) $$;
CREATE FUNCTION instr(haystack text, needle text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT strpos(haystack, needle)::bigint $$;
