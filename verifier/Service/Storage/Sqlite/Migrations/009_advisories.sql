-- Advisories (CSAF, OpenVEX), the builds they are about, incidents and their clocks.

ALTER TABLE organisations ADD COLUMN country TEXT;             -- ISO 3166-1 alpha-2; null: nobody said
ALTER TABLE builds ADD COLUMN product_name TEXT;               -- from the manifest; empty: it names none; null: a build from before, read at start
ALTER TABLE builds ADD COLUMN sbom_sha256  BLOB;               -- as the manifest says; null also for builds from before

CREATE INDEX builds_by_product ON builds (product_name COLLATE NOCASE) WHERE product_name IS NOT NULL;
CREATE INDEX builds_by_sbom ON builds (sbom_sha256) WHERE sbom_sha256 IS NOT NULL;
CREATE INDEX sbom_components_by_purl ON sbom_components (purl COLLATE NOCASE) WHERE purl IS NOT NULL;

-- One row for each revision; what came stays as it came.
CREATE TABLE advisories (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL,             -- the same for all revisions of a document from one importer
    revision      INTEGER NOT NULL,          -- 1, 2, ... here
    state         INTEGER NOT NULL,          -- 0 waits for the end of its embargo, 1 in force, 2 replaced
    importer      TEXT NOT NULL,             -- organisation, or operator
    scope         TEXT REFERENCES organisations (name),   -- the maker whose builds alone it may speak of; null: all
    format        INTEGER NOT NULL,
    document_id   TEXT NOT NULL,
    issuer        TEXT NOT NULL,
    publisher     TEXT NOT NULL,
    version       TEXT NOT NULL,
    title         TEXT NOT NULL,
    severity      INTEGER NOT NULL,
    withdrawn     INTEGER NOT NULL,
    published_at  INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    imported_at   INTEGER NOT NULL,
    embargo_until INTEGER,
    file          BLOB NOT NULL,
    sha256        BLOB NOT NULL,
    UNIQUE (id, revision)
) STRICT;

CREATE INDEX advisories_by_document ON advisories (importer, issuer, document_id, revision);
CREATE INDEX advisories_alive ON advisories (state, embargo_until) WHERE state < 2;

-- When a revision came into force.
CREATE TABLE advisory_releases (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    advisory_seq INTEGER NOT NULL UNIQUE REFERENCES advisories (seq),
    at           INTEGER NOT NULL
) STRICT;

-- Which statement is about which build; worked out anew when a build gets its bill of materials.
CREATE TABLE advisory_matches (
    id            INTEGER PRIMARY KEY,
    advisory_seq  INTEGER NOT NULL REFERENCES advisories (seq),
    build_id      TEXT NOT NULL REFERENCES builds (id),
    vulnerability TEXT NOT NULL,
    status        INTEGER NOT NULL,
    certainty     INTEGER NOT NULL,
    level         INTEGER NOT NULL,
    product       TEXT NOT NULL,
    component     TEXT NOT NULL,
    why           TEXT NOT NULL,
    reason        TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;

CREATE INDEX advisory_matches_by_advisory ON advisory_matches (advisory_seq, build_id);
CREATE INDEX advisory_matches_by_build ON advisory_matches (build_id);

-- What follows for builds now: the advisories that mark them affected.
CREATE TABLE vulnerable_builds (
    build_id    TEXT NOT NULL REFERENCES builds (id),
    advisory_id TEXT NOT NULL,
    PRIMARY KEY (build_id, advisory_id)
) STRICT, WITHOUT ROWID;

-- Each change of it: append-only.
CREATE TABLE build_vulnerability_changes (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    build_id        TEXT NOT NULL REFERENCES builds (id),
    at              INTEGER NOT NULL,
    advisories      TEXT NOT NULL,           -- one a line; empty: affected no more
    vulnerabilities TEXT NOT NULL            -- one a line
) STRICT;

CREATE INDEX build_vulnerability_changes_by_build ON build_vulnerability_changes (build_id, seq);

CREATE TABLE incidents (
    id           TEXT PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (name),   -- whose duty the report is
    kind         INTEGER NOT NULL,
    advisory_id  TEXT,
    title        TEXT NOT NULL,
    opened_at    INTEGER NOT NULL,           -- T: when the organisation became aware
    recorded_at  INTEGER NOT NULL,
    opened_by    TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX incidents_by_advisory ON incidents (organisation, kind, advisory_id) WHERE advisory_id IS NOT NULL;

CREATE TABLE incident_steps (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    step        INTEGER NOT NULL,
    at          INTEGER NOT NULL,            -- when it happened
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    reason      TEXT NOT NULL,
    UNIQUE (incident_id, step)
) STRICT;

CREATE TABLE incident_overdue (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    clock       TEXT NOT NULL,
    due_at      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    UNIQUE (incident_id, clock)
) STRICT;

CREATE TRIGGER advisories_stay BEFORE UPDATE OF id, revision, importer, scope, format, document_id, issuer, version, file, sha256, imported_at, embargo_until ON advisories BEGIN SELECT RAISE(ABORT, 'revisions of advisories stay as they came'); END;
CREATE TRIGGER advisories_remain BEFORE DELETE ON advisories BEGIN SELECT RAISE(ABORT, 'advisories are never deleted'); END;
CREATE TRIGGER build_vulnerability_changes_stay BEFORE UPDATE ON build_vulnerability_changes BEGIN SELECT RAISE(ABORT, 'build_vulnerability_changes is append-only'); END;
CREATE TRIGGER build_vulnerability_changes_remain BEFORE DELETE ON build_vulnerability_changes BEGIN SELECT RAISE(ABORT, 'build_vulnerability_changes is append-only'); END;
CREATE TRIGGER incidents_stay BEFORE UPDATE ON incidents BEGIN SELECT RAISE(ABORT, 'incidents stay as they were opened'); END;
CREATE TRIGGER incidents_remain BEFORE DELETE ON incidents BEGIN SELECT RAISE(ABORT, 'incidents are never deleted'); END;
CREATE TRIGGER incident_steps_stay BEFORE UPDATE ON incident_steps BEGIN SELECT RAISE(ABORT, 'incident_steps is append-only'); END;
CREATE TRIGGER incident_steps_remain BEFORE DELETE ON incident_steps BEGIN SELECT RAISE(ABORT, 'incident_steps is append-only'); END;

-- Events: 91 an advisory came into force (row of advisory_releases), 92 a later revision of one did, 93 the advisories that mark a build
-- affected changed (row of build_vulnerability_changes), 94 a clock of an incident ran out (row of incident_overdue).
CREATE TRIGGER event_of_advisory AFTER INSERT ON advisory_releases BEGIN
    INSERT INTO events (at, kind, ref)
    SELECT NEW.at, CASE WHEN EXISTS (
        SELECT 1 FROM advisory_releases r JOIN advisories x ON x.seq = r.advisory_seq WHERE x.id = a.id AND r.seq < NEW.seq) THEN 92 ELSE 91 END, NEW.seq
    FROM advisories a WHERE a.seq = NEW.advisory_seq;
END;

CREATE TRIGGER event_of_vulnerable_build AFTER INSERT ON build_vulnerability_changes BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 93, NEW.seq);
END;

CREATE TRIGGER event_of_overdue_clock AFTER INSERT ON incident_overdue BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 94, NEW.seq);
END;
