-- Tokens get a name, an end and a day of last use; keys can be removed; every write is on record.

ALTER TABLE access_tokens ADD COLUMN id            TEXT NOT NULL DEFAULT '';
ALTER TABLE access_tokens ADD COLUMN name          TEXT NOT NULL DEFAULT 'default';   -- 'default': made at registration or by a renewal
ALTER TABLE access_tokens ADD COLUMN expires_at    INTEGER;                           -- null: never
ALTER TABLE access_tokens ADD COLUMN last_used_day INTEGER;                           -- days since 1970 (UTC)
ALTER TABLE access_tokens ADD COLUMN made_by       TEXT NOT NULL DEFAULT 'operator';

UPDATE access_tokens SET id = lower(hex(randomblob(8))), name = coalesce(person, 'default');

CREATE UNIQUE INDEX access_tokens_by_id ON access_tokens (id);

ALTER TABLE organisation_keys ADD COLUMN removed_at     INTEGER;                      -- the row stays: what the key signed stays checkable
ALTER TABLE organisation_keys ADD COLUMN removal_reason TEXT;

CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    organisation TEXT,                       -- null: the operator
    token        TEXT NOT NULL,              -- name of the token, or oidc: and the subject
    token_id     TEXT NOT NULL,              -- empty for the operator and for OIDC
    person       TEXT NOT NULL,
    method       TEXT NOT NULL,
    route        TEXT NOT NULL,              -- the template, such as /v1/devices/{ueid}/clear
    object       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    status       INTEGER NOT NULL,
    omitted      INTEGER NOT NULL            -- refusals of this organisation since its last row that got no row of their own
) STRICT;

CREATE INDEX audit_by_organisation ON audit (organisation, seq);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
