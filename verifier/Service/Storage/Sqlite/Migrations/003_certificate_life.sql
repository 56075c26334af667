-- The life of certificates: what each decision carried, proposals that wait for a second person, and the persons behind tokens.

ALTER TABLE access_tokens ADD COLUMN person TEXT;              -- null: the organisation's own token

ALTER TABLE certificates ADD COLUMN patch_policy TEXT NOT NULL DEFAULT 'none';
ALTER TABLE certificates ADD COLUMN categories   TEXT NOT NULL DEFAULT '';   -- comma separated
ALTER TABLE certificates ADD COLUMN supersedes   TEXT;
ALTER TABLE certificates ADD COLUMN counts_until INTEGER;      -- last moment at which a superseded certificate counts

ALTER TABLE certificate_events ADD COLUMN kind          INTEGER NOT NULL DEFAULT 0;
ALTER TABLE certificate_events ADD COLUMN until         INTEGER;
ALTER TABLE certificate_events ADD COLUMN actions       TEXT NOT NULL DEFAULT '';   -- one a line
ALTER TABLE certificate_events ADD COLUMN superseded_by TEXT;
ALTER TABLE certificate_events ADD COLUMN person        TEXT NOT NULL DEFAULT '';   -- who took or confirmed it; empty: the organisation's own token
ALTER TABLE certificate_events ADD COLUMN proposal_id   INTEGER;                    -- when two persons took it

-- Decisions from before: the status says which one it was. A suspension gets the end that is the default, 42 days.
UPDATE certificate_events SET kind = CASE status
    WHEN 1 THEN CASE WHEN seq = (SELECT MIN(first.seq) FROM certificate_events first WHERE first.certificate_id = certificate_events.certificate_id) THEN 1 ELSE 4 END
    WHEN 2 THEN 2
    WHEN 3 THEN 5
    WHEN 4 THEN 6
END;
UPDATE certificate_events SET until = at + 42 * 86400000 WHERE status = 2;

CREATE INDEX certificate_events_by_certificate ON certificate_events (certificate_id, seq);

CREATE TABLE certificate_proposals (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    certificate_id TEXT NOT NULL,            -- a proposal to issue comes before its certificate
    body           TEXT NOT NULL REFERENCES organisations (name),
    person         TEXT NOT NULL,            -- empty: the organisation's own token
    proposed_at    INTEGER NOT NULL,
    kind           INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    until          INTEGER,
    actions        TEXT NOT NULL,
    verified       INTEGER NOT NULL,
    file           BLOB                      -- the signed certificate, when it is to be issued
) STRICT;

CREATE INDEX certificate_proposals_by_certificate ON certificate_proposals (certificate_id, id);

-- What was decided or proposed stays as it was, whatever a program asks for.
CREATE TRIGGER certificate_events_stay BEFORE UPDATE ON certificate_events BEGIN SELECT RAISE(ABORT, 'certificate_events is append-only'); END;
CREATE TRIGGER certificate_events_remain BEFORE DELETE ON certificate_events BEGIN SELECT RAISE(ABORT, 'certificate_events is append-only'); END;
CREATE TRIGGER certificate_proposals_stay BEFORE UPDATE ON certificate_proposals BEGIN SELECT RAISE(ABORT, 'certificate_proposals is append-only'); END;
CREATE TRIGGER certificate_proposals_remain BEFORE DELETE ON certificate_proposals BEGIN SELECT RAISE(ABORT, 'certificate_proposals is append-only'); END;
CREATE TRIGGER certificates_remain BEFORE DELETE ON certificates BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END;
