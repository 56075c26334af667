-- Boards that are held back, alarms of boards out of service, device certificates (IDevID), transfers between organisations.

ALTER TABLE devices ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;   -- bits: 1 quarantined, 2 in repair

CREATE TABLE device_alarms (
    device_id INTEGER PRIMARY KEY REFERENCES devices (id),
    count     INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    told_at   INTEGER NOT NULL,              -- of the last event: a board that goes on talking makes one an hour
    detail    TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_of_first_alarm AFTER INSERT ON device_alarms BEGIN
    INSERT INTO events (at, kind, ref, detail) VALUES (NEW.told_at, 131, NEW.device_id, NEW.detail);
END;

CREATE TRIGGER event_of_alarm AFTER UPDATE OF told_at ON device_alarms WHEN OLD.told_at IS NOT NEW.told_at BEGIN
    INSERT INTO events (at, kind, ref, detail) VALUES (NEW.told_at, 131, NEW.device_id, NEW.detail);
END;

-- Roots of manufacturers that issue device certificates. A removed one stays: what it vouched for stays explained.
CREATE TABLE device_cas (
    id             TEXT PRIMARY KEY,         -- SHA-256 of the certificate, hex
    manufacturer   TEXT NOT NULL REFERENCES organisations (name),
    certificate    BLOB NOT NULL,            -- DER
    strength       INTEGER NOT NULL,         -- of every board enrolled under it
    oem_id         TEXT,                     -- narrows what certificates may say; null: no rule
    subject_o      TEXT,
    ueid_prefix    TEXT,
    added_at       INTEGER NOT NULL,
    added_by       TEXT NOT NULL,
    removed_at     INTEGER,
    removal_reason TEXT
) STRICT;

-- The newest revocation list of each issuer, the root or a CA under it.
CREATE TABLE device_crls (
    ca_id       TEXT NOT NULL REFERENCES device_cas (id),
    issuer_key  BLOB NOT NULL,               -- SHA-256 of the issuer's SubjectPublicKeyInfo
    number      BLOB NOT NULL,               -- cRLNumber, big endian
    this_update INTEGER NOT NULL,
    next_update INTEGER NOT NULL,
    crl         BLOB NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (ca_id, issuer_key)
) STRICT;

-- Every certificate of a chain that a board was enrolled with: a revocation of any of them concerns the board.
CREATE TABLE device_certificates (
    device_id  INTEGER NOT NULL REFERENCES devices (id),
    kid        INTEGER NOT NULL,             -- of the board's key at that time: a rekey ends what the certificate says
    ca_id      TEXT NOT NULL REFERENCES device_cas (id),
    issuer_key BLOB NOT NULL,
    serial     BLOB NOT NULL,                -- big endian, without leading zeros
    revoked_at INTEGER,
    PRIMARY KEY (device_id, kid, issuer_key, serial)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_certificates_by_serial ON device_certificates (issuer_key, serial);

CREATE TABLE transfers (
    id         TEXT PRIMARY KEY,             -- the 16 bytes of the statement, hex
    sender     TEXT NOT NULL REFERENCES organisations (name),
    receiver   TEXT NOT NULL REFERENCES organisations (name),
    kid        INTEGER NOT NULL,             -- the sender's key
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    boards     INTEGER NOT NULL,
    statement  BLOB NOT NULL                 -- the signed file
) STRICT;

CREATE TABLE transfer_boards (
    transfer_id TEXT NOT NULL REFERENCES transfers (id),
    device_id   INTEGER NOT NULL REFERENCES devices (id),
    PRIMARY KEY (transfer_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX transfer_boards_by_device ON transfer_boards (device_id);

-- What became of a transfer: offered, then accepted, declined or withdrawn; append-only.
CREATE TABLE transfer_events (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    transfer_id TEXT NOT NULL REFERENCES transfers (id),
    at          INTEGER NOT NULL,
    event       TEXT NOT NULL,
    decided_by  TEXT NOT NULL,
    reason      TEXT NOT NULL
) STRICT;

CREATE INDEX transfer_events_by_transfer ON transfer_events (transfer_id, seq);

CREATE TRIGGER transfer_events_stay BEFORE UPDATE ON transfer_events BEGIN SELECT RAISE(ABORT, 'transfer_events is append-only'); END;
CREATE TRIGGER transfer_events_remain BEFORE DELETE ON transfer_events BEGIN SELECT RAISE(ABORT, 'transfer_events is append-only'); END;

CREATE TRIGGER event_of_transfer AFTER INSERT ON transfer_events BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 132, NEW.seq);
END;
