-- What boards of one group share is stored once, in appraisals; a row of history keeps what is its board's own.

CREATE TABLE appraisals (
    id                INTEGER PRIMARY KEY,
    hash              BLOB UNIQUE,             -- SHA-256 of the other columns; null in rows from before
    extract_id        INTEGER REFERENCES appraisal_extracts (id),
    verdict_digest    BLOB,
    has_times         INTEGER NOT NULL,        -- 1: a digest from before, which names the board's own times too
    build             TEXT,
    policy            TEXT NOT NULL,
    advisories        TEXT NOT NULL,           -- a space between ids
    set_hash          TEXT,
    key_kind          INTEGER,
    secure_boot       INTEGER,
    debug_status      INTEGER,
    identity_conflict INTEGER,
    claim_mismatch    INTEGER,
    unknown_sets      TEXT,                    -- a space between hashes
    highest_security  INTEGER,
    last_build        TEXT,
    decommissioned    INTEGER
) STRICT;

CREATE TABLE device_history_new (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    device_id     INTEGER NOT NULL REFERENCES devices (id),
    at            INTEGER NOT NULL,
    as_of         INTEGER,
    appraised_at  INTEGER,                     -- null: the same as at
    conformity    INTEGER NOT NULL,
    drift         INTEGER NOT NULL,
    conditions    INTEGER NOT NULL,
    cause         TEXT NOT NULL,               -- evidence, reference, silence, or what a person did and why
    appraisal_id  INTEGER REFERENCES appraisals (id),
    boot_count    INTEGER,                     -- of the evidence, as its digest is: for people, not for the verdict
    evidence_hash BLOB                         -- null: no new evidence since the row before
) STRICT;

-- One row each for what was written before: its digest is of one board at one time.
INSERT INTO appraisals (id, extract_id, verdict_digest, has_times, build, policy, advisories, set_hash, key_kind, secure_boot, debug_status,
        identity_conflict, claim_mismatch, unknown_sets, highest_security, last_build, decommissioned)
    SELECT seq, extract_id, verdict_digest, 1, build, policy, advisories, set_hash, key_kind, secure_boot, debug_status,
        identity_conflict, claim_mismatch, unknown_sets, highest_security, last_build, decommissioned FROM device_history;

INSERT INTO device_history_new (seq, device_id, at, as_of, appraised_at, conformity, drift, conditions, cause, appraisal_id, boot_count, evidence_hash)
    SELECT seq, device_id, at, as_of, nullif(appraised_at, at), conformity, drift, conditions, cause, seq, boot_count, evidence_hash FROM device_history ORDER BY seq;

DROP TABLE device_history;
ALTER TABLE device_history_new RENAME TO device_history;
CREATE INDEX device_history_by_device ON device_history (device_id, seq);

CREATE TRIGGER appraisals_stay BEFORE UPDATE ON appraisals BEGIN SELECT RAISE(ABORT, 'appraisals are append-only'); END;
CREATE TRIGGER appraisals_remain BEFORE DELETE ON appraisals BEGIN SELECT RAISE(ABORT, 'appraisals are append-only'); END;

-- As before: no change without its event.
CREATE TRIGGER event_of_device_history AFTER INSERT ON device_history BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 1, NEW.seq);
END;

CREATE TRIGGER case_of_drift AFTER INSERT ON device_history WHEN NEW.conformity IN (3, 6) BEGIN
    INSERT INTO cases (type, certificate_id, opened_by, holder, body, opened_at, summary, is_open)
    SELECT 1, c.id, '', b.manufacturer, c.body, NEW.at, 'A board that ran the certified build ' || b.version || ' left conformance.', 1
    FROM certificates c JOIN builds b ON b.id = c.build_id
    WHERE c.status = 1 AND c.valid_until >= NEW.at
        AND c.build_id = (SELECT a.build FROM device_history h JOIN appraisals a ON a.id = h.appraisal_id
            WHERE h.device_id = NEW.device_id AND h.seq < NEW.seq AND h.conformity = 10 ORDER BY h.seq DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.certificate_id = c.id AND k.type = 1 AND k.is_open = 1);
END;
