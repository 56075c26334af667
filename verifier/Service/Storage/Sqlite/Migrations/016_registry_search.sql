-- What people look for in the registry, and what the registry tells everybody.

CREATE INDEX certificates_by_manifest ON certificates (manifest_sha256);
CREATE INDEX certificates_by_scheme ON certificates (scheme, level);
CREATE INDEX events_by_kind ON events (kind, seq);
