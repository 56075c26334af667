-- What the owner of a board calls the place it is in, and the identity claims of evidence that named another class or maker than enrolment did.

ALTER TABLE devices ADD COLUMN fleet_group TEXT;

CREATE TABLE device_mismatches (
    device_id INTEGER PRIMARY KEY REFERENCES devices (id),
    oem_id    TEXT NOT NULL,
    class     BLOB NOT NULL                  -- UUID, big endian
) STRICT;
