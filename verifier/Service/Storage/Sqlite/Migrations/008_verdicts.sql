-- What is true beside the conformity, which advisories mark the build, policies as documents, and with each row of history what its
-- verdict was computed from, so that it can be computed again.

ALTER TABLE device_state ADD COLUMN conditions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device_state ADD COLUMN advisories TEXT NOT NULL DEFAULT '';        -- a space between ids

CREATE TABLE policies (
    id           TEXT NOT NULL,              -- default, or the scheme, a dot and the level
    version      INTEGER NOT NULL,
    document     BLOB NOT NULL,              -- JSON
    submitted_at INTEGER NOT NULL,
    submitted_by TEXT NOT NULL,
    reason       TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TRIGGER policies_stay BEFORE UPDATE ON policies BEGIN SELECT RAISE(ABORT, 'policies are append-only'); END;
CREATE TRIGGER policies_remain BEFORE DELETE ON policies BEGIN SELECT RAISE(ABORT, 'policies are append-only'); END;

-- What reference values and policies said, stored once however many boards it was said about.
CREATE TABLE appraisal_extracts (
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,               -- SHA-256 of the body
    body BLOB NOT NULL                       -- JSON
) STRICT;

CREATE TRIGGER appraisal_extracts_stay BEFORE UPDATE ON appraisal_extracts BEGIN SELECT RAISE(ABORT, 'appraisal_extracts is append-only'); END;

-- Null in rows from before: their verdicts cannot be computed again.
ALTER TABLE device_history ADD COLUMN conditions        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device_history ADD COLUMN advisories        TEXT NOT NULL DEFAULT '';
ALTER TABLE device_history ADD COLUMN extract_id        INTEGER REFERENCES appraisal_extracts (id);
ALTER TABLE device_history ADD COLUMN appraised_at      INTEGER;
ALTER TABLE device_history ADD COLUMN verdict_digest    BLOB;
ALTER TABLE device_history ADD COLUMN key_kind          INTEGER;
ALTER TABLE device_history ADD COLUMN secure_boot       INTEGER;
ALTER TABLE device_history ADD COLUMN debug_status      INTEGER;
ALTER TABLE device_history ADD COLUMN identity_conflict INTEGER;
ALTER TABLE device_history ADD COLUMN claim_mismatch    INTEGER;
ALTER TABLE device_history ADD COLUMN unknown_sets      TEXT;      -- a space between hashes
ALTER TABLE device_history ADD COLUMN highest_security  INTEGER;
ALTER TABLE device_history ADD COLUMN last_build        TEXT;
ALTER TABLE device_history ADD COLUMN decommissioned    INTEGER;
ALTER TABLE device_history ADD COLUMN boot_count        INTEGER;   -- of the evidence, as its digest is: for people, not for the verdict
ALTER TABLE device_history ADD COLUMN evidence_hash     BLOB;
