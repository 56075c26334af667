-- What is true beside the conformity, and which advisories mark the build: a change of either is history.

ALTER TABLE device_state ADD COLUMN conditions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device_state ADD COLUMN advisories TEXT NOT NULL DEFAULT '';        -- a space between ids

ALTER TABLE device_history ADD COLUMN conditions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device_history ADD COLUMN advisories TEXT NOT NULL DEFAULT '';
