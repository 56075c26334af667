-- Times are milliseconds since 1970 (UTC). Hashes and keys are raw bytes. Enumerations are the numbers of the code.

CREATE TABLE organisations (
    name        TEXT PRIMARY KEY,
    roles       TEXT NOT NULL,               -- comma separated: manufacturer, body, integrator, auditor
    schemes     TEXT NOT NULL DEFAULT '',    -- comma separated: schemes a body may issue under, beside the open one
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation_keys (
    kid          INTEGER PRIMARY KEY,        -- first 8 bytes of SHA-256 over the SubjectPublicKeyInfo
    organisation TEXT NOT NULL REFERENCES organisations (name),
    spki         BLOB NOT NULL,
    added_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE access_tokens (
    hash         BLOB PRIMARY KEY,           -- SHA-256 of the token
    roles        TEXT NOT NULL,
    organisation TEXT,                       -- null: not bound to one (operator)
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    id              INTEGER PRIMARY KEY,
    ueid            BLOB NOT NULL UNIQUE,    -- 17 bytes
    kid             INTEGER NOT NULL UNIQUE,
    key_kind        INTEGER NOT NULL,
    key             BLOB NOT NULL,           -- HMAC key wrapped with AES-256-GCM, or SubjectPublicKeyInfo
    key_mark        BLOB UNIQUE,             -- keyed hash of an HMAC key: no two devices may share one; null for P-256, where the kid does this
    credential_hash BLOB NOT NULL,           -- SHA-256 of the transport credential
    oem_id          TEXT NOT NULL,
    class           BLOB NOT NULL,           -- UUID, big endian
    strength        INTEGER NOT NULL,
    freshness       INTEGER NOT NULL,
    manufacturer    TEXT NOT NULL REFERENCES organisations (name),
    owner           TEXT,
    enrolled_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX devices_by_class ON devices (manufacturer, class);
CREATE INDEX devices_by_owner ON devices (owner) WHERE owner IS NOT NULL;

CREATE TABLE measured_sets (
    id    INTEGER PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    body  BLOB NOT NULL
) STRICT;

-- One row per device, updated in place: a report that confirms adds no byte.
CREATE TABLE device_state (
    device_id         INTEGER PRIMARY KEY REFERENCES devices (id),
    stamp_source      INTEGER NOT NULL,
    stamp_time        INTEGER NOT NULL,
    has_baseline      INTEGER NOT NULL,
    boot_count        INTEGER NOT NULL,
    boot_seed         BLOB NOT NULL,
    uptime            INTEGER NOT NULL,
    evidence_hash     BLOB NOT NULL,
    nonce             BLOB NOT NULL,
    as_of             INTEGER,
    set_id            INTEGER REFERENCES measured_sets (id),
    secure_boot       INTEGER,
    debug_status      INTEGER,
    identity_conflict INTEGER NOT NULL,
    claim_mismatch    INTEGER NOT NULL,
    highest_security  INTEGER NOT NULL,
    last_build        TEXT,
    decommissioned    INTEGER NOT NULL,
    reports           INTEGER NOT NULL,
    refusals          INTEGER NOT NULL,
    last_refusal      TEXT,
    conformity        INTEGER NOT NULL,
    drift             INTEGER NOT NULL,
    build             TEXT,
    policy            TEXT NOT NULL
) STRICT;

CREATE TABLE device_unknown_sets (
    device_id INTEGER NOT NULL REFERENCES devices (id),
    set_hash  TEXT NOT NULL,
    PRIMARY KEY (device_id, set_hash)
) STRICT, WITHOUT ROWID;

-- A row only when (conformity, drift, build, policy) changes, or a person decides.
CREATE TABLE device_history (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    device_id  INTEGER NOT NULL REFERENCES devices (id),
    at         INTEGER NOT NULL,
    as_of      INTEGER,
    conformity INTEGER NOT NULL,
    drift      INTEGER NOT NULL,
    build      TEXT,
    policy     TEXT NOT NULL,
    set_hash   TEXT,
    cause      TEXT NOT NULL                 -- evidence, reference, silence, or what a person did and why
) STRICT;

CREATE INDEX device_history_by_device ON device_history (device_id, seq);

CREATE TABLE builds (
    id               TEXT PRIMARY KEY,       -- the CoRIM id of the manifest, a UUID
    manufacturer     TEXT NOT NULL REFERENCES organisations (name),
    class            BLOB NOT NULL,
    version          TEXT NOT NULL,
    security_version INTEGER NOT NULL,
    set_hash         TEXT NOT NULL,
    manifest         BLOB NOT NULL,          -- the signed file
    manifest_sha256  BLOB NOT NULL UNIQUE,
    submitted_at     INTEGER NOT NULL,
    superseded_by    TEXT,
    accepted_until   INTEGER
) STRICT;

CREATE INDEX builds_by_class ON builds (manufacturer, class);

CREATE TABLE build_components (
    build_id TEXT NOT NULL REFERENCES builds (id),
    name     TEXT NOT NULL,
    sha256   BLOB NOT NULL,
    PRIMARY KEY (build_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX build_components_by_digest ON build_components (sha256);

CREATE TABLE certificates (
    id              TEXT PRIMARY KEY,
    scheme          TEXT NOT NULL,
    level           TEXT NOT NULL,
    body            TEXT NOT NULL REFERENCES organisations (name),
    manifest_sha256 BLOB NOT NULL,
    build_id        TEXT NOT NULL REFERENCES builds (id),
    valid_from      INTEGER NOT NULL,
    valid_until     INTEGER NOT NULL,
    status          INTEGER NOT NULL,
    corim           BLOB NOT NULL,           -- the signed file
    corim_sha256    BLOB NOT NULL UNIQUE,
    submitted_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX certificates_by_build ON certificates (build_id);

CREATE TABLE certificate_events (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    certificate_id TEXT NOT NULL REFERENCES certificates (id),
    at             INTEGER NOT NULL,
    status         INTEGER NOT NULL,
    decided_by     TEXT NOT NULL,
    reason         TEXT NOT NULL
) STRICT;

CREATE TABLE challenge_keys (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    secret     BLOB NOT NULL,                -- wrapped with AES-256-GCM
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE epoch_markers (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    bytes     BLOB NOT NULL,
    issued_at INTEGER NOT NULL
) STRICT;
