-- Raising the minimum of a class asks whether a build reaches it: one look-up, however many builds the class has.

CREATE INDEX builds_by_security_version ON builds (manufacturer, class, security_version) WHERE retired_at IS NULL;
