-- Versions of schemes, laboratories, applications and cases. What was decided is only ever added to.

ALTER TABLE certificates ADD COLUMN scheme_version TEXT;   -- null: the scheme has no version that is known here

-- Accreditations of laboratories: the newest row of each counts.
CREATE TABLE accreditations (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation TEXT NOT NULL REFERENCES organisations (name),
    number       TEXT NOT NULL,
    scope        TEXT NOT NULL,              -- comma separated: schemes it may test for
    until        INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

CREATE INDEX accreditations_by_organisation ON accreditations (organisation, seq);

CREATE TABLE applications (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    holder     TEXT NOT NULL REFERENCES organisations (name),
    body       TEXT NOT NULL REFERENCES organisations (name),
    scheme     TEXT NOT NULL,
    level      TEXT NOT NULL,
    build_id   TEXT NOT NULL REFERENCES builds (id),
    summary    TEXT NOT NULL,
    answers    TEXT NOT NULL,                -- JSON: [{"Requirement", "Claim", "Note"}, ...]
    filed_at   INTEGER NOT NULL,
    status     INTEGER NOT NULL,             -- what the last event says
    laboratory TEXT                          -- what the event that took it into evaluation says
) STRICT;

CREATE INDEX applications_by_holder ON applications (holder, id);
CREATE INDEX applications_by_body ON applications (body, id);
CREATE UNIQUE INDEX applications_open ON applications (build_id, body, scheme, level) WHERE status IN (1, 2, 3);

CREATE TABLE application_events (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    at             INTEGER NOT NULL,
    step           INTEGER NOT NULL,
    status         INTEGER NOT NULL,
    taken_by       TEXT NOT NULL,
    person         TEXT NOT NULL,            -- empty: the organisation's own token
    reason         TEXT NOT NULL,
    laboratory     TEXT,
    certificate_id TEXT,
    is_public      INTEGER NOT NULL,
    proposal_id    INTEGER                   -- when two persons took it
) STRICT;

CREATE INDEX application_events_by_application ON application_events (application_id, seq);

CREATE TABLE cases (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    type           INTEGER NOT NULL,         -- 1 non-conformity, 3 appeal, 4 complaint, 5 renewal
    certificate_id TEXT REFERENCES certificates (id),
    application_id INTEGER REFERENCES applications (id),
    decision       INTEGER,                  -- of an appeal: the number of the contested line in the history, from 1
    opened_by      TEXT NOT NULL,            -- empty: the verifier
    holder         TEXT NOT NULL,
    body           TEXT NOT NULL,
    opened_at      INTEGER NOT NULL,
    summary        TEXT NOT NULL,
    is_open        INTEGER NOT NULL,         -- what the last event says
    CHECK ((certificate_id IS NULL) <> (application_id IS NULL))
) STRICT;

CREATE INDEX cases_by_certificate ON cases (certificate_id, type, is_open);
CREATE INDEX cases_by_application ON cases (application_id);
CREATE INDEX cases_by_body ON cases (body, id);
CREATE INDEX cases_by_holder ON cases (holder, id);

CREATE TABLE case_clocks (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    name    TEXT NOT NULL,
    due_at  INTEGER NOT NULL,
    PRIMARY KEY (case_id, name)
) STRICT, WITHOUT ROWID;

-- Persons who cannot handle a case, because they took the contested decision.
CREATE TABLE case_excluded (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person  TEXT NOT NULL,
    PRIMARY KEY (case_id, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_events (
    seq                    INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id                INTEGER NOT NULL REFERENCES cases (id),
    at                     INTEGER NOT NULL,
    step                   INTEGER NOT NULL, -- 1 open, 2 assign, 3 note, 4 decide
    taken_by               TEXT NOT NULL,
    person                 TEXT NOT NULL,
    rationale_public       TEXT NOT NULL,
    rationale_confidential TEXT NOT NULL,
    dissent                TEXT NOT NULL,
    assigned               TEXT,
    clock                  TEXT,             -- the clock that it met
    outcome                TEXT
) STRICT;

CREATE INDEX case_events_by_case ON case_events (case_id, seq);

CREATE TRIGGER accreditations_stay BEFORE UPDATE ON accreditations BEGIN SELECT RAISE(ABORT, 'accreditations is append-only'); END;
CREATE TRIGGER accreditations_remain BEFORE DELETE ON accreditations BEGIN SELECT RAISE(ABORT, 'accreditations is append-only'); END;
CREATE TRIGGER applications_remain BEFORE DELETE ON applications BEGIN SELECT RAISE(ABORT, 'applications are never deleted'); END;
CREATE TRIGGER application_events_stay BEFORE UPDATE ON application_events BEGIN SELECT RAISE(ABORT, 'application_events is append-only'); END;
CREATE TRIGGER application_events_remain BEFORE DELETE ON application_events BEGIN SELECT RAISE(ABORT, 'application_events is append-only'); END;
CREATE TRIGGER cases_remain BEFORE DELETE ON cases BEGIN SELECT RAISE(ABORT, 'cases are never deleted'); END;
CREATE TRIGGER case_clocks_stay BEFORE UPDATE ON case_clocks BEGIN SELECT RAISE(ABORT, 'case_clocks is append-only'); END;
CREATE TRIGGER case_clocks_remain BEFORE DELETE ON case_clocks BEGIN SELECT RAISE(ABORT, 'case_clocks is append-only'); END;
CREATE TRIGGER case_excluded_stay BEFORE UPDATE ON case_excluded BEGIN SELECT RAISE(ABORT, 'case_excluded is append-only'); END;
CREATE TRIGGER case_excluded_remain BEFORE DELETE ON case_excluded BEGIN SELECT RAISE(ABORT, 'case_excluded is append-only'); END;
CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;

-- Two more kinds of events: 110 a step of an application, 111 a step in a case. Only their parties hear of them.
CREATE TRIGGER event_of_application AFTER INSERT ON application_events BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 110, NEW.seq);
END;

CREATE TRIGGER event_of_case AFTER INSERT ON case_events BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 111, NEW.seq);
END;

-- The first board that leaves a certified build, compromised (3) or drifted (6) after it was conformant (10), opens a non-conformity for the body.
-- It changes no certificate, and says nothing of which board it was.
CREATE TRIGGER case_of_drift AFTER INSERT ON device_history WHEN NEW.conformity IN (3, 6) BEGIN
    INSERT INTO cases (type, certificate_id, opened_by, holder, body, opened_at, summary, is_open)
    SELECT 1, c.id, '', b.manufacturer, c.body, NEW.at, 'A board that ran the certified build ' || b.version || ' left conformance.', 1
    FROM certificates c JOIN builds b ON b.id = c.build_id
    WHERE c.status = 1 AND c.valid_until >= NEW.at
        AND c.build_id = (SELECT h.build FROM device_history h WHERE h.device_id = NEW.device_id AND h.seq < NEW.seq AND h.conformity = 10 ORDER BY h.seq DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.certificate_id = c.id AND k.type = 1 AND k.is_open = 1);
END;

-- 30 days: the time for a remedy.
CREATE TRIGGER case_of_drift_opened AFTER INSERT ON cases WHEN NEW.type = 1 AND NEW.opened_by = '' BEGIN
    INSERT INTO case_clocks (case_id, name, due_at) VALUES (NEW.id, 'remedy', NEW.opened_at + 30 * 86400000);
    INSERT INTO case_events (case_id, at, step, taken_by, person, rationale_public, rationale_confidential, dissent)
    VALUES (NEW.id, NEW.opened_at, 1, '', '', NEW.summary, '', '');
END;
