-- Product models, the certificates of their components, and the logins behind webhooks.

CREATE TABLE products (
    id            INTEGER PRIMARY KEY,
    class         BLOB NOT NULL UNIQUE,      -- UUID, big endian: one class is one product model of one manufacturer
    manufacturer  TEXT NOT NULL REFERENCES organisations (name),
    support_until INTEGER,                   -- last moment with support, as the newest version has it
    told          INTEGER NOT NULL DEFAULT 0 -- of this end of support: 1 that it is near, 2 that it came
) STRICT;

CREATE INDEX products_by_manufacturer ON products (manufacturer, id);
CREATE INDEX products_to_tell ON products (support_until) WHERE told < 2 AND support_until IS NOT NULL;

CREATE TABLE product_versions (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id    INTEGER NOT NULL REFERENCES products (id),
    at            INTEGER NOT NULL,
    decided_by    TEXT NOT NULL,
    reason        TEXT NOT NULL,
    body          TEXT NOT NULL              -- the whole model as JSON
) STRICT;

CREATE INDEX product_versions_by_product ON product_versions (product_id, seq);

-- The components with certificates of their own, of a product or of one build: each row replaces the list before.
CREATE TABLE component_lists (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    class        BLOB NOT NULL,
    build_id     TEXT REFERENCES builds (id), -- null: of the product
    manufacturer TEXT NOT NULL REFERENCES organisations (name),
    at           INTEGER NOT NULL,
    decided_by   TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;

CREATE INDEX component_lists_of_products ON component_lists (class, seq) WHERE build_id IS NULL;
CREATE INDEX component_lists_of_builds ON component_lists (build_id, seq) WHERE build_id IS NOT NULL;

CREATE TABLE component_references (
    list     INTEGER NOT NULL REFERENCES component_lists (seq),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    scheme   TEXT NOT NULL,
    number   TEXT NOT NULL,
    level    TEXT,
    url      TEXT,
    status   TEXT NOT NULL,
    until    TEXT,                           -- a day
    PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX component_references_by_number ON component_references (scheme, number, list);

-- What bodies and the operator said of certificates of components; the newest counts.
CREATE TABLE component_decisions (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    scheme     TEXT NOT NULL,
    number     TEXT NOT NULL,
    status     TEXT NOT NULL,
    until      TEXT,
    at         INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    reason     TEXT NOT NULL
) STRICT;

CREATE INDEX component_decisions_by_number ON component_decisions (scheme, number, seq);

CREATE TRIGGER product_versions_stay BEFORE UPDATE ON product_versions BEGIN SELECT RAISE(ABORT, 'product_versions is append-only'); END;
CREATE TRIGGER product_versions_remain BEFORE DELETE ON product_versions BEGIN SELECT RAISE(ABORT, 'product_versions is append-only'); END;
CREATE TRIGGER component_lists_stay BEFORE UPDATE ON component_lists BEGIN SELECT RAISE(ABORT, 'component_lists is append-only'); END;
CREATE TRIGGER component_lists_remain BEFORE DELETE ON component_lists BEGIN SELECT RAISE(ABORT, 'component_lists is append-only'); END;
CREATE TRIGGER component_references_stay BEFORE UPDATE ON component_references BEGIN SELECT RAISE(ABORT, 'component_references is append-only'); END;
CREATE TRIGGER component_references_remain BEFORE DELETE ON component_references BEGIN SELECT RAISE(ABORT, 'component_references is append-only'); END;
CREATE TRIGGER component_decisions_stay BEFORE UPDATE ON component_decisions BEGIN SELECT RAISE(ABORT, 'component_decisions is append-only'); END;
CREATE TRIGGER component_decisions_remain BEFORE DELETE ON component_decisions BEGIN SELECT RAISE(ABORT, 'component_decisions is append-only'); END;
CREATE TRIGGER products_remain BEFORE DELETE ON products BEGIN SELECT RAISE(ABORT, 'products are never deleted'); END;

-- Support is never shortened, whatever a program asks for.
CREATE TRIGGER support_is_kept BEFORE UPDATE OF support_until ON products
WHEN OLD.support_until IS NOT NULL AND (NEW.support_until IS NULL OR NEW.support_until < OLD.support_until)
BEGIN SELECT RAISE(ABORT, 'support is never shortened'); END;

-- More kinds of events, with their data in the detail: 20 a product was described or changed, 21 somebody decided about a component, 22 support
-- ends soon, 23 support ended. Kind 5 says 'removed' in the detail when a key was.
CREATE TRIGGER event_of_product AFTER INSERT ON product_versions BEGIN
    INSERT INTO events (at, kind, ref, detail)
    SELECT NEW.at, 20, NEW.seq, json_object('class', lower(hex(p.class)), 'manufacturer', p.manufacturer, 'productName', json_extract(NEW.body, '$.productName'),
        'supportUntil', json_extract(NEW.body, '$.supportUntil'), 'decidedBy', NEW.decided_by, 'reason', NEW.reason)
    FROM products p WHERE p.id = NEW.product_id;
END;

CREATE TRIGGER event_of_component AFTER INSERT ON component_decisions BEGIN
    INSERT INTO events (at, kind, ref, detail)
    VALUES (NEW.at, 21, NEW.seq, json_object('scheme', NEW.scheme, 'number', NEW.number, 'status', NEW.status, 'until', NEW.until, 'decidedBy', NEW.decided_by, 'reason', NEW.reason));
END;

CREATE TRIGGER event_of_removed_key AFTER UPDATE OF removed_at ON organisation_keys WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL BEGIN
    INSERT INTO events (at, kind, ref, detail) VALUES (NEW.removed_at, 5, NEW.kid, 'removed');
END;

-- A webhook stops with the login that made it.
ALTER TABLE webhooks ADD COLUMN token_id TEXT NOT NULL DEFAULT '';   -- of the token that made or resumed it; empty: operator, OIDC, or from before
ALTER TABLE webhooks ADD COLUMN ends_at  INTEGER;                    -- after a login by OIDC: last moment with deliveries
