-- What people look for in the registry, and what the registry tells everybody.

ALTER TABLE builds ADD COLUMN product_name TEXT;   -- from the manifest; empty: it names none; null: a build from before, read at start

CREATE INDEX certificates_by_manifest ON certificates (manifest_sha256);
CREATE INDEX certificates_by_scheme ON certificates (scheme, level);
CREATE INDEX events_by_kind ON events (kind, seq);
