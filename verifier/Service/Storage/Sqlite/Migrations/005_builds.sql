-- The life of a build, the minimum of a class, and what a build is made of.

ALTER TABLE builds ADD COLUMN retired_at INTEGER;
ALTER TABLE builds ADD COLUMN assemblies_hash TEXT;   -- the set of assemblies whatever their order; null for none, and for builds from before

-- What was decided about a build: append-only.
CREATE TABLE build_events (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    build_id   TEXT NOT NULL REFERENCES builds (id),
    at         INTEGER NOT NULL,
    event      TEXT NOT NULL,                -- submitted, superseded, retired, sbom
    decided_by TEXT NOT NULL,
    reason     TEXT NOT NULL
) STRICT;

CREATE INDEX build_events_by_build ON build_events (build_id, seq);

-- Minimum security version of a class: append-only, each row higher than the one before; the highest counts.
CREATE TABLE class_minimums (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    manufacturer TEXT NOT NULL REFERENCES organisations (name),
    class        BLOB NOT NULL,              -- UUID, big endian
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    decided_by   TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX class_minimums_by_class ON class_minimums (manufacturer, class, version);

CREATE TABLE build_sboms (
    build_id    TEXT PRIMARY KEY REFERENCES builds (id),
    format      TEXT NOT NULL,               -- such as CycloneDX 1.6
    file        BLOB NOT NULL,               -- SHA-256 stands in the manifest
    components  INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sbom_components (
    id       INTEGER PRIMARY KEY,
    build_id TEXT NOT NULL REFERENCES builds (id),
    name     TEXT NOT NULL COLLATE NOCASE,
    version  TEXT,
    purl     TEXT,
    type     TEXT,
    hashes   TEXT NOT NULL                   -- JSON: {"SHA-256": "<hex>", ...}
) STRICT;

CREATE INDEX sbom_components_by_name ON sbom_components (name, build_id);
CREATE INDEX sbom_components_by_build ON sbom_components (build_id);
