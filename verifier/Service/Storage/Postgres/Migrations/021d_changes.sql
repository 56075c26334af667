-- What verifiers on one database follow each other by. Each transaction of a writer that changes something has a number; devices carry the number
-- of the last one that changed them, and everything else that verifiers hold in memory has one number a kind.

CREATE TABLE store_batch (
    one    bigint PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    number bigint NOT NULL
);
INSERT INTO store_batch (number) VALUES (0);

CREATE TABLE store_kinds (
    kind  text COLLATE "C" PRIMARY KEY,
    batch bigint NOT NULL
);

-- Which keys belong to this database: a verifier with others would write what nobody can open, or sign as somebody else.
CREATE TABLE store_keys (
    name        text COLLATE "C" PRIMARY KEY,
    fingerprint bytea NOT NULL
);

ALTER TABLE devices      ADD COLUMN batch bigint NOT NULL DEFAULT 0;
ALTER TABLE device_state ADD COLUMN batch bigint NOT NULL DEFAULT 0;
CREATE INDEX devices_by_batch ON devices (batch);
CREATE INDEX device_state_by_batch ON device_state (batch);

-- The number of this transaction: taken by the writer at its begin, or now by whoever changes something by hand. The row is locked until the
-- transaction ends, so numbers become visible in their order.
CREATE FUNCTION this_batch() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    known text := current_setting('iotattest.batch', true);
    taken bigint;
BEGIN
    IF known IS NOT NULL AND known <> '' THEN
        RETURN known::bigint;
    END IF;
    UPDATE store_batch SET number = number + 1 RETURNING number INTO taken;
    PERFORM set_config('iotattest.batch', taken::text, true);
    RETURN taken;
END $$;

CREATE FUNCTION mark_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.batch := this_batch();
    RETURN NEW;
END $$;
CREATE TRIGGER devices_marked BEFORE INSERT OR UPDATE ON devices FOR EACH ROW EXECUTE FUNCTION mark_row();
CREATE TRIGGER device_state_marked BEFORE INSERT OR UPDATE ON device_state FOR EACH ROW EXECUTE FUNCTION mark_row();

CREATE FUNCTION mark_device() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    device bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.device_id ELSE NEW.device_id END;
BEGIN
    UPDATE devices SET batch = 0 WHERE id = device AND batch <> this_batch();
    RETURN NULL;
END $$;
CREATE TRIGGER device_unknown_sets_marked AFTER INSERT OR UPDATE OR DELETE ON device_unknown_sets FOR EACH ROW EXECUTE FUNCTION mark_device();
CREATE TRIGGER device_mismatches_marked AFTER INSERT OR UPDATE OR DELETE ON device_mismatches FOR EACH ROW EXECUTE FUNCTION mark_device();

-- mark_kind(kind)
CREATE FUNCTION mark_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO store_kinds (kind, batch) VALUES (TG_ARGV[0], this_batch())
    ON CONFLICT (kind) DO UPDATE SET batch = excluded.batch WHERE store_kinds.batch <> excluded.batch;
    RETURN NULL;
END $$;

-- The writer's turn: the row is locked until the transaction ends, so writers of several verifiers go one after the other. Returns the number before.
CREATE FUNCTION take_turn() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('iotattest.batch', '', true);
    RETURN this_batch() - 1;
END $$;

-- Builds are followed one by one; what else there is of a maker, as a whole.
ALTER TABLE builds ADD COLUMN batch bigint NOT NULL DEFAULT 0;
CREATE INDEX builds_by_batch ON builds (batch);
CREATE TRIGGER builds_marked BEFORE INSERT OR UPDATE ON builds FOR EACH ROW EXECUTE FUNCTION mark_row();

-- Certificates name their build: what they say counts for it.
CREATE FUNCTION mark_build() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE builds SET batch = 0 WHERE id = NEW.build_id AND batch <> this_batch();
    RETURN NULL;
END $$;
CREATE TRIGGER certificates_mark_build AFTER INSERT OR UPDATE ON certificates FOR EACH ROW EXECUTE FUNCTION mark_build();

-- Minimums, support and components of a maker.
CREATE FUNCTION mark_maker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO store_kinds (kind, batch) VALUES ('terms/' || NEW.manufacturer, this_batch())
    ON CONFLICT (kind) DO UPDATE SET batch = excluded.batch WHERE store_kinds.batch <> excluded.batch;
    RETURN NULL;
END $$;
CREATE TRIGGER class_minimums_mark AFTER INSERT ON class_minimums FOR EACH ROW EXECUTE FUNCTION mark_maker();
CREATE TRIGGER products_mark AFTER INSERT OR UPDATE ON products FOR EACH ROW EXECUTE FUNCTION mark_maker();
CREATE TRIGGER component_lists_mark AFTER INSERT ON component_lists FOR EACH ROW EXECUTE FUNCTION mark_maker();

CREATE FUNCTION mark_maker_of_build() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO store_kinds (kind, batch) SELECT 'terms/' || manufacturer, this_batch() FROM builds WHERE id = NEW.build_id
    ON CONFLICT (kind) DO UPDATE SET batch = excluded.batch WHERE store_kinds.batch <> excluded.batch;
    RETURN NULL;
END $$;
CREATE TRIGGER build_vulnerability_changes_mark AFTER INSERT ON build_vulnerability_changes FOR EACH ROW EXECUTE FUNCTION mark_maker_of_build();

CREATE TRIGGER component_decisions_mark AFTER INSERT ON component_decisions FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('terms');
CREATE TRIGGER organisations_mark AFTER INSERT OR UPDATE ON organisations FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('organisations');
CREATE TRIGGER organisation_keys_mark AFTER INSERT OR UPDATE ON organisation_keys FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('organisations');
CREATE TRIGGER access_tokens_mark AFTER INSERT OR DELETE ON access_tokens FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('tokens');
CREATE TRIGGER policies_mark AFTER INSERT ON policies FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('policies');
CREATE TRIGGER challenge_keys_mark AFTER INSERT ON challenge_keys FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('challenge_keys');
CREATE TRIGGER epoch_markers_mark AFTER INSERT ON epoch_markers FOR EACH STATEMENT EXECUTE FUNCTION mark_kind('epoch_markers');
CREATE TRIGGER device_alarms_marked AFTER INSERT OR UPDATE ON device_alarms FOR EACH ROW EXECUTE FUNCTION mark_device();
