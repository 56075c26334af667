-- The transparency log (RFC 9162 section 2.1): an entry for every build, certificate, decision and key change, by the transaction that made it.
-- A view says how a row is written down; the trigger takes it from there, and a check compares with it later.

CREATE TABLE log_entries (
    seq  INTEGER PRIMARY KEY,                -- from 1, without gaps; its leaf has index seq - 1
    at   INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ref  TEXT NOT NULL,                      -- which one of its kind
    body BLOB,                               -- the entry; null for a signed file, which stands in its own table
    leaf BLOB                                -- SHA-256(0x00 || entry); filled before the transaction ends
) STRICT;

CREATE UNIQUE INDEX log_entries_by_ref ON log_entries (kind, ref);
CREATE INDEX log_entries_open ON log_entries (seq) WHERE leaf IS NULL;

CREATE TABLE log_nodes (
    level INTEGER NOT NULL,                  -- 1 and up: a node over 2^level leaves
    idx   INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE VIEW log_of_builds AS
    SELECT rowid AS row, 'build' AS kind, id AS ref, submitted_at AS at, manifest AS body, 1 AS is_file FROM builds;

CREATE VIEW log_of_build_events AS
    SELECT seq AS row, 'build-event' AS kind, CAST(seq AS TEXT) AS ref, at,
        CAST(json_object('kind', 'build-event', 'at', at, 'build', build_id, 'event', event, 'decidedBy', decided_by, 'reason', reason) AS BLOB) AS body, 0 AS is_file
    FROM build_events;

CREATE VIEW log_of_class_minimums AS
    SELECT seq AS row, 'class-minimum' AS kind, CAST(seq AS TEXT) AS ref, at,
        CAST(json_object('kind', 'class-minimum', 'at', at, 'manufacturer', manufacturer, 'class', lower(hex(class)), 'version', version, 'decidedBy', decided_by, 'reason', reason) AS BLOB) AS body, 0 AS is_file
    FROM class_minimums;

CREATE VIEW log_of_certificates AS
    SELECT rowid AS row, 'certificate' AS kind, id AS ref, submitted_at AS at, corim AS body, 1 AS is_file FROM certificates;

CREATE VIEW log_of_certificate_events AS
    SELECT seq AS row, 'certificate-event' AS kind, CAST(seq AS TEXT) AS ref, at,
        CAST(json_object('kind', 'certificate-event', 'at', at, 'certificate', certificate_id, 'decision', kind, 'status', status, 'decidedBy', decided_by, 'reason', reason,
            'until', until, 'actions', actions, 'supersededBy', superseded_by, 'twoPersons', json(iif(proposal_id IS NULL, 'false', 'true'))) AS BLOB) AS body, 0 AS is_file
    FROM certificate_events;

CREATE VIEW log_of_keys AS
    SELECT kid AS row, 'key' AS kind, printf('%016x', kid) AS ref, added_at AS at,
        CAST(json_object('kind', 'key', 'at', added_at, 'organisation', organisation, 'kid', printf('%016x', kid), 'spki', lower(hex(spki))) AS BLOB) AS body, 0 AS is_file
    FROM organisation_keys;

CREATE VIEW log_of_removed_keys AS
    SELECT kid AS row, 'key-removed' AS kind, printf('%016x', kid) AS ref, removed_at AS at,
        CAST(json_object('kind', 'key-removed', 'at', removed_at, 'organisation', organisation, 'kid', printf('%016x', kid)) AS BLOB) AS body, 0 AS is_file
    FROM organisation_keys WHERE removed_at IS NOT NULL;

CREATE VIEW log_source AS
    SELECT kind, ref, at, body, is_file FROM log_of_builds
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_build_events
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_class_minimums
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_certificates
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_certificate_events
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_keys
    UNION ALL SELECT kind, ref, at, body, is_file FROM log_of_removed_keys;

-- A first entry of its own: a log of one entry has no valid receipt (RFC 9942 section 5.2 wants a path).
INSERT INTO log_entries (seq, at, kind, ref, body)
    VALUES (1, CAST(unixepoch('subsec') * 1000 AS INTEGER), 'log', 'opened', CAST(json_object('kind', 'log', 'format', 1) AS BLOB));
INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, iif(is_file, NULL, body) FROM log_source ORDER BY at, kind, ref;

CREATE TRIGGER log_build AFTER INSERT ON builds BEGIN
    INSERT INTO log_entries (at, kind, ref) SELECT at, kind, ref FROM log_of_builds WHERE row = NEW.rowid;
END;
CREATE TRIGGER log_build_event AFTER INSERT ON build_events BEGIN
    INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, body FROM log_of_build_events WHERE row = NEW.seq;
END;
CREATE TRIGGER log_class_minimum AFTER INSERT ON class_minimums BEGIN
    INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, body FROM log_of_class_minimums WHERE row = NEW.seq;
END;
CREATE TRIGGER log_certificate AFTER INSERT ON certificates BEGIN
    INSERT INTO log_entries (at, kind, ref) SELECT at, kind, ref FROM log_of_certificates WHERE row = NEW.rowid;
END;
CREATE TRIGGER log_certificate_event AFTER INSERT ON certificate_events BEGIN
    INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, body FROM log_of_certificate_events WHERE row = NEW.seq;
END;
CREATE TRIGGER log_key AFTER INSERT ON organisation_keys BEGIN
    INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, body FROM log_of_keys WHERE row = NEW.kid;
END;
CREATE TRIGGER log_removed_key AFTER UPDATE OF removed_at ON organisation_keys WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL BEGIN
    INSERT INTO log_entries (at, kind, ref, body) SELECT at, kind, ref, body FROM log_of_removed_keys WHERE row = NEW.kid;
END;

CREATE TRIGGER log_entries_stay BEFORE UPDATE ON log_entries WHEN OLD.leaf IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.body IS NOT OLD.body
    BEGIN SELECT RAISE(ABORT, 'log_entries is append-only'); END;
CREATE TRIGGER log_entries_remain BEFORE DELETE ON log_entries BEGIN SELECT RAISE(ABORT, 'log_entries is append-only'); END;
CREATE TRIGGER log_nodes_stay BEFORE UPDATE ON log_nodes BEGIN SELECT RAISE(ABORT, 'log_nodes is append-only'); END;
CREATE TRIGGER log_nodes_remain BEFORE DELETE ON log_nodes BEGIN SELECT RAISE(ABORT, 'log_nodes is append-only'); END;
CREATE TRIGGER builds_remain BEFORE DELETE ON builds BEGIN SELECT RAISE(ABORT, 'builds are never deleted'); END;
CREATE TRIGGER builds_stay BEFORE UPDATE OF id, manufacturer, manifest, manifest_sha256, submitted_at ON builds BEGIN SELECT RAISE(ABORT, 'a submitted manifest stays as it is'); END;
CREATE TRIGGER certificates_stay BEFORE UPDATE OF id, body, corim, corim_sha256, submitted_at ON certificates BEGIN SELECT RAISE(ABORT, 'an issued certificate stays as it is'); END;
CREATE TRIGGER build_events_stay BEFORE UPDATE ON build_events BEGIN SELECT RAISE(ABORT, 'build_events is append-only'); END;
CREATE TRIGGER build_events_remain BEFORE DELETE ON build_events BEGIN SELECT RAISE(ABORT, 'build_events is append-only'); END;
CREATE TRIGGER class_minimums_stay BEFORE UPDATE ON class_minimums BEGIN SELECT RAISE(ABORT, 'class_minimums is append-only'); END;
CREATE TRIGGER class_minimums_remain BEFORE DELETE ON class_minimums BEGIN SELECT RAISE(ABORT, 'class_minimums is append-only'); END;

-- Each certificate has a place in a status list, for ever: list (number - 1) / 65536, index (number - 1) % 65536.
CREATE TABLE certificate_places (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    certificate_id TEXT NOT NULL UNIQUE REFERENCES certificates (id)
) STRICT;
INSERT INTO certificate_places (certificate_id) SELECT id FROM certificates ORDER BY rowid;
CREATE TRIGGER certificate_place AFTER INSERT ON certificates BEGIN
    INSERT INTO certificate_places (certificate_id) VALUES (NEW.id);
END;
CREATE TRIGGER certificate_places_stay BEFORE UPDATE ON certificate_places BEGIN SELECT RAISE(ABORT, 'a place in a status list stays'); END;
CREATE TRIGGER certificate_places_remain BEFORE DELETE ON certificate_places BEGIN SELECT RAISE(ABORT, 'a place in a status list stays'); END;
