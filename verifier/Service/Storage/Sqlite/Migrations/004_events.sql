-- The outbox: one row for everything others may want to hear of, written by the same transaction that made it true.
-- A row points at what happened; its text is put together when it is read.
CREATE TABLE events (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    kind   INTEGER NOT NULL,                 -- 1 device_history, 2 certificate_events, 3 build submitted, 4 build superseded, 5 organisation key, 6 device address
    ref    INTEGER NOT NULL,                 -- row of that table
    detail TEXT                              -- what no row holds
) STRICT;

CREATE TRIGGER event_of_device_history AFTER INSERT ON device_history BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 1, NEW.seq);
END;

CREATE TRIGGER event_of_certificate AFTER INSERT ON certificate_events BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 2, NEW.seq);
END;

CREATE TRIGGER event_of_build AFTER INSERT ON builds BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.submitted_at, 3, NEW.rowid);
END;

CREATE TRIGGER event_of_superseded_build AFTER UPDATE OF superseded_by ON builds WHEN OLD.superseded_by IS NOT NEW.superseded_by BEGIN
    INSERT INTO events (at, kind, ref) VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER), 4, NEW.rowid);
END;

CREATE TRIGGER event_of_organisation_key AFTER INSERT ON organisation_keys BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.added_at, 5, NEW.kid);
END;

CREATE TABLE webhooks (
    id           TEXT PRIMARY KEY,
    organisation TEXT,                       -- null: the operator's
    roles        TEXT NOT NULL,              -- of who registered it: what it may hear
    url          TEXT NOT NULL,
    types        TEXT NOT NULL,              -- comma separated; empty: all
    secret       BLOB NOT NULL,              -- wrapped with AES-256-GCM
    cursor       INTEGER NOT NULL,           -- last event that was delivered or given up
    attempts     INTEGER NOT NULL DEFAULT 0, -- for the event after the cursor
    next_attempt INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_dead_letters (
    webhook TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,                -- of the event
    at      INTEGER NOT NULL,
    error   TEXT NOT NULL,
    PRIMARY KEY (webhook, seq)
) STRICT, WITHOUT ROWID;
