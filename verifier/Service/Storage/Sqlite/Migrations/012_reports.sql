-- Conformance reports that were attached to builds.

-- Files by their digest, each once. Nothing is ever changed or taken back.
CREATE TABLE reports (
    sha256 BLOB PRIMARY KEY,
    file   BLOB NOT NULL
) STRICT;

-- Who attached which report to which build: append-only.
CREATE TABLE build_reports (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    build_id       TEXT NOT NULL REFERENCES builds (id),
    sha256         BLOB NOT NULL REFERENCES reports (sha256),
    attached_by    TEXT NOT NULL,            -- the organisation, or operator
    role           TEXT NOT NULL,            -- in which it did: manufacturer, laboratory, body, operator
    at             INTEGER NOT NULL,
    target         TEXT NOT NULL,            -- what was tested: simulated, mqtt, manifest, evidence
    tool_version   TEXT NOT NULL,
    pass           INTEGER NOT NULL,         -- counted from the checks of the file
    fail           INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX build_reports_once ON build_reports (build_id, sha256, attached_by);
CREATE INDEX build_reports_by_build ON build_reports (build_id, seq);

CREATE TRIGGER reports_stay BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;
CREATE TRIGGER reports_remain BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never taken back'); END;
CREATE TRIGGER build_reports_stay BEFORE UPDATE ON build_reports BEGIN SELECT RAISE(ABORT, 'build_reports is append-only'); END;
CREATE TRIGGER build_reports_remain BEFORE DELETE ON build_reports BEGIN SELECT RAISE(ABORT, 'build_reports is append-only'); END;
