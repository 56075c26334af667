-- What nobody may change, whatever a program asks for, and what follows from a change: events, places, cases.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER certificate_events_stay BEFORE UPDATE ON certificate_events FOR EACH ROW EXECUTE FUNCTION refuse('certificate_events is append-only');
CREATE TRIGGER certificate_events_remain BEFORE DELETE ON certificate_events FOR EACH ROW EXECUTE FUNCTION refuse('certificate_events is append-only');
CREATE TRIGGER certificate_proposals_stay BEFORE UPDATE ON certificate_proposals FOR EACH ROW EXECUTE FUNCTION refuse('certificate_proposals is append-only');
CREATE TRIGGER certificate_proposals_remain BEFORE DELETE ON certificate_proposals FOR EACH ROW EXECUTE FUNCTION refuse('certificate_proposals is append-only');
CREATE TRIGGER certificates_remain BEFORE DELETE ON certificates FOR EACH ROW EXECUTE FUNCTION refuse('certificates are never deleted');
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse('audit is append-only');
CREATE TRIGGER audit_remains BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse('audit is append-only');
CREATE TRIGGER policies_stay BEFORE UPDATE ON policies FOR EACH ROW EXECUTE FUNCTION refuse('policies are append-only');
CREATE TRIGGER policies_remain BEFORE DELETE ON policies FOR EACH ROW EXECUTE FUNCTION refuse('policies are append-only');
CREATE TRIGGER appraisal_extracts_stay BEFORE UPDATE ON appraisal_extracts FOR EACH ROW EXECUTE FUNCTION refuse('appraisal_extracts is append-only');
CREATE TRIGGER advisories_stay BEFORE UPDATE OF id, revision, importer, scope, format, document_id, issuer, version, file, sha256, imported_at, embargo_until ON advisories FOR EACH ROW EXECUTE FUNCTION refuse('revisions of advisories stay as they came');
CREATE TRIGGER advisories_remain BEFORE DELETE ON advisories FOR EACH ROW EXECUTE FUNCTION refuse('advisories are never deleted');
CREATE TRIGGER build_vulnerability_changes_stay BEFORE UPDATE ON build_vulnerability_changes FOR EACH ROW EXECUTE FUNCTION refuse('build_vulnerability_changes is append-only');
CREATE TRIGGER build_vulnerability_changes_remain BEFORE DELETE ON build_vulnerability_changes FOR EACH ROW EXECUTE FUNCTION refuse('build_vulnerability_changes is append-only');
CREATE TRIGGER incidents_stay BEFORE UPDATE ON incidents FOR EACH ROW EXECUTE FUNCTION refuse('incidents stay as they were opened');
CREATE TRIGGER incidents_remain BEFORE DELETE ON incidents FOR EACH ROW EXECUTE FUNCTION refuse('incidents are never deleted');
CREATE TRIGGER incident_steps_stay BEFORE UPDATE ON incident_steps FOR EACH ROW EXECUTE FUNCTION refuse('incident_steps is append-only');
CREATE TRIGGER incident_steps_remain BEFORE DELETE ON incident_steps FOR EACH ROW EXECUTE FUNCTION refuse('incident_steps is append-only');
CREATE TRIGGER product_versions_stay BEFORE UPDATE ON product_versions FOR EACH ROW EXECUTE FUNCTION refuse('product_versions is append-only');
CREATE TRIGGER product_versions_remain BEFORE DELETE ON product_versions FOR EACH ROW EXECUTE FUNCTION refuse('product_versions is append-only');
CREATE TRIGGER component_lists_stay BEFORE UPDATE ON component_lists FOR EACH ROW EXECUTE FUNCTION refuse('component_lists is append-only');
CREATE TRIGGER component_lists_remain BEFORE DELETE ON component_lists FOR EACH ROW EXECUTE FUNCTION refuse('component_lists is append-only');
CREATE TRIGGER component_references_stay BEFORE UPDATE ON component_references FOR EACH ROW EXECUTE FUNCTION refuse('component_references is append-only');
CREATE TRIGGER component_references_remain BEFORE DELETE ON component_references FOR EACH ROW EXECUTE FUNCTION refuse('component_references is append-only');
CREATE TRIGGER component_decisions_stay BEFORE UPDATE ON component_decisions FOR EACH ROW EXECUTE FUNCTION refuse('component_decisions is append-only');
CREATE TRIGGER component_decisions_remain BEFORE DELETE ON component_decisions FOR EACH ROW EXECUTE FUNCTION refuse('component_decisions is append-only');
CREATE TRIGGER products_remain BEFORE DELETE ON products FOR EACH ROW EXECUTE FUNCTION refuse('products are never deleted');
CREATE TRIGGER support_is_kept BEFORE UPDATE OF support_until ON products FOR EACH ROW WHEN (OLD.support_until IS NOT NULL AND (NEW.support_until IS NULL OR NEW.support_until < OLD.support_until)) EXECUTE FUNCTION refuse('support is never shortened');
CREATE TRIGGER accreditations_stay BEFORE UPDATE ON accreditations FOR EACH ROW EXECUTE FUNCTION refuse('accreditations is append-only');
CREATE TRIGGER accreditations_remain BEFORE DELETE ON accreditations FOR EACH ROW EXECUTE FUNCTION refuse('accreditations is append-only');
CREATE TRIGGER applications_remain BEFORE DELETE ON applications FOR EACH ROW EXECUTE FUNCTION refuse('applications are never deleted');
CREATE TRIGGER application_events_stay BEFORE UPDATE ON application_events FOR EACH ROW EXECUTE FUNCTION refuse('application_events is append-only');
CREATE TRIGGER application_events_remain BEFORE DELETE ON application_events FOR EACH ROW EXECUTE FUNCTION refuse('application_events is append-only');
CREATE TRIGGER cases_remain BEFORE DELETE ON cases FOR EACH ROW EXECUTE FUNCTION refuse('cases are never deleted');
CREATE TRIGGER case_clocks_stay BEFORE UPDATE ON case_clocks FOR EACH ROW EXECUTE FUNCTION refuse('case_clocks is append-only');
CREATE TRIGGER case_clocks_remain BEFORE DELETE ON case_clocks FOR EACH ROW EXECUTE FUNCTION refuse('case_clocks is append-only');
CREATE TRIGGER case_excluded_stay BEFORE UPDATE ON case_excluded FOR EACH ROW EXECUTE FUNCTION refuse('case_excluded is append-only');
CREATE TRIGGER case_excluded_remain BEFORE DELETE ON case_excluded FOR EACH ROW EXECUTE FUNCTION refuse('case_excluded is append-only');
CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse('case_events is append-only');
CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse('case_events is append-only');
CREATE TRIGGER reports_stay BEFORE UPDATE ON reports FOR EACH ROW EXECUTE FUNCTION refuse('reports are never changed');
CREATE TRIGGER reports_remain BEFORE DELETE ON reports FOR EACH ROW EXECUTE FUNCTION refuse('reports are never taken back');
CREATE TRIGGER build_reports_stay BEFORE UPDATE ON build_reports FOR EACH ROW EXECUTE FUNCTION refuse('build_reports is append-only');
CREATE TRIGGER build_reports_remain BEFORE DELETE ON build_reports FOR EACH ROW EXECUTE FUNCTION refuse('build_reports is append-only');
CREATE TRIGGER transfer_events_stay BEFORE UPDATE ON transfer_events FOR EACH ROW EXECUTE FUNCTION refuse('transfer_events is append-only');
CREATE TRIGGER transfer_events_remain BEFORE DELETE ON transfer_events FOR EACH ROW EXECUTE FUNCTION refuse('transfer_events is append-only');
CREATE TRIGGER log_entries_stay BEFORE UPDATE ON log_entries FOR EACH ROW WHEN (OLD.leaf IS NOT NULL OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.body IS DISTINCT FROM OLD.body) EXECUTE FUNCTION refuse('log_entries is append-only');
CREATE TRIGGER log_entries_remain BEFORE DELETE ON log_entries FOR EACH ROW EXECUTE FUNCTION refuse('log_entries is append-only');
CREATE TRIGGER log_nodes_stay BEFORE UPDATE ON log_nodes FOR EACH ROW EXECUTE FUNCTION refuse('log_nodes is append-only');
CREATE TRIGGER log_nodes_remain BEFORE DELETE ON log_nodes FOR EACH ROW EXECUTE FUNCTION refuse('log_nodes is append-only');
CREATE TRIGGER builds_remain BEFORE DELETE ON builds FOR EACH ROW EXECUTE FUNCTION refuse('builds are never deleted');
CREATE TRIGGER builds_stay BEFORE UPDATE OF id, manufacturer, manifest, manifest_sha256, submitted_at ON builds FOR EACH ROW EXECUTE FUNCTION refuse('a submitted manifest stays as it is');
CREATE TRIGGER certificates_stay BEFORE UPDATE OF id, body, corim, corim_sha256, submitted_at ON certificates FOR EACH ROW EXECUTE FUNCTION refuse('an issued certificate stays as it is');
CREATE TRIGGER build_events_stay BEFORE UPDATE ON build_events FOR EACH ROW EXECUTE FUNCTION refuse('build_events is append-only');
CREATE TRIGGER build_events_remain BEFORE DELETE ON build_events FOR EACH ROW EXECUTE FUNCTION refuse('build_events is append-only');
CREATE TRIGGER class_minimums_stay BEFORE UPDATE ON class_minimums FOR EACH ROW EXECUTE FUNCTION refuse('class_minimums is append-only');
CREATE TRIGGER class_minimums_remain BEFORE DELETE ON class_minimums FOR EACH ROW EXECUTE FUNCTION refuse('class_minimums is append-only');
CREATE TRIGGER certificate_places_stay BEFORE UPDATE ON certificate_places FOR EACH ROW EXECUTE FUNCTION refuse('a place in a status list stays');
CREATE TRIGGER certificate_places_remain BEFORE DELETE ON certificate_places FOR EACH ROW EXECUTE FUNCTION refuse('a place in a status list stays');
CREATE TRIGGER appraisals_stay BEFORE UPDATE ON appraisals FOR EACH ROW EXECUTE FUNCTION refuse('appraisals are append-only');
CREATE TRIGGER appraisals_remain BEFORE DELETE ON appraisals FOR EACH ROW EXECUTE FUNCTION refuse('appraisals are append-only');

-- What is never deleted is not emptied either.
DO $$
DECLARE guarded text;
BEGIN
    FOR guarded IN SELECT event_object_table FROM information_schema.triggers WHERE trigger_schema = current_schema() AND event_manipulation = 'DELETE' AND action_statement LIKE '%refuse(%' LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse(%L)', guarded || '_last', guarded, guarded || ' is never emptied');
    END LOOP;
END $$;

CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;

-- add_event(kind, column with the time, column with the row that it points at)
CREATE FUNCTION add_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO events (at, kind, ref) VALUES ($1.%I, $2, $1.%I)', TG_ARGV[1], TG_ARGV[2]) USING NEW, TG_ARGV[0]::bigint;
    RETURN NULL;
END $$;

CREATE TRIGGER event_of_certificate AFTER INSERT ON certificate_events FOR EACH ROW EXECUTE FUNCTION add_event(2, at, seq);
CREATE TRIGGER event_of_build AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION add_event(3, submitted_at, rowid);
CREATE TRIGGER event_of_organisation_key AFTER INSERT ON organisation_keys FOR EACH ROW EXECUTE FUNCTION add_event(5, added_at, kid);
CREATE TRIGGER event_of_retired_build AFTER INSERT ON build_events FOR EACH ROW WHEN (NEW.event = 'retired') EXECUTE FUNCTION add_event(7, at, seq);
CREATE TRIGGER event_of_class_minimum AFTER INSERT ON class_minimums FOR EACH ROW EXECUTE FUNCTION add_event(8, at, seq);
CREATE TRIGGER event_of_vulnerable_build AFTER INSERT ON build_vulnerability_changes FOR EACH ROW EXECUTE FUNCTION add_event(93, at, seq);
CREATE TRIGGER event_of_overdue_clock AFTER INSERT ON incident_overdue FOR EACH ROW EXECUTE FUNCTION add_event(94, at, seq);
CREATE TRIGGER event_of_application AFTER INSERT ON application_events FOR EACH ROW EXECUTE FUNCTION add_event(110, at, seq);
CREATE TRIGGER event_of_case AFTER INSERT ON case_events FOR EACH ROW EXECUTE FUNCTION add_event(111, at, seq);
CREATE TRIGGER event_of_transfer AFTER INSERT ON transfer_events FOR EACH ROW EXECUTE FUNCTION add_event(132, at, seq);

CREATE FUNCTION add_event_of_superseded_build() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref) VALUES (now_ms(), 4, NEW.rowid);
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_superseded_build AFTER UPDATE OF superseded_by ON builds FOR EACH ROW
    WHEN (OLD.superseded_by IS DISTINCT FROM NEW.superseded_by) EXECUTE FUNCTION add_event_of_superseded_build();

CREATE FUNCTION add_event_of_device_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 1, NEW.seq);
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_device_history AFTER INSERT ON device_history FOR EACH ROW EXECUTE FUNCTION add_event_of_device_history();

CREATE FUNCTION add_event_of_advisory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref)
    SELECT NEW.at, CASE WHEN EXISTS (SELECT 1 FROM advisory_releases r JOIN advisories x ON x.seq = r.advisory_seq WHERE x.id = a.id AND r.seq < NEW.seq) THEN 92 ELSE 91 END, NEW.seq
    FROM advisories a WHERE a.seq = NEW.advisory_seq;
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_advisory AFTER INSERT ON advisory_releases FOR EACH ROW EXECUTE FUNCTION add_event_of_advisory();

-- row_to_json writes without blanks, as SQLite's json_object does.
CREATE FUNCTION add_event_of_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref, detail)
    SELECT NEW.at, 20, NEW.seq, row_to_json(d)::text
    FROM products p, LATERAL (SELECT encode(p.class, 'hex') AS class, p.manufacturer, NEW.body::jsonb ->> 'productName' AS "productName",
        NEW.body::jsonb ->> 'supportUntil' AS "supportUntil", NEW.decided_by AS "decidedBy", NEW.reason) d
    WHERE p.id = NEW.product_id;
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_product AFTER INSERT ON product_versions FOR EACH ROW EXECUTE FUNCTION add_event_of_product();

CREATE FUNCTION add_event_of_component() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref, detail)
    SELECT NEW.at, 21, NEW.seq, row_to_json(d)::text
    FROM (SELECT NEW.scheme, NEW.number, NEW.status, NEW.until, NEW.decided_by AS "decidedBy", NEW.reason) d;
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_component AFTER INSERT ON component_decisions FOR EACH ROW EXECUTE FUNCTION add_event_of_component();

CREATE FUNCTION add_event_of_removed_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref, detail) VALUES (NEW.removed_at, 5, NEW.kid, 'removed');
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_removed_key AFTER UPDATE OF removed_at ON organisation_keys FOR EACH ROW
    WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION add_event_of_removed_key();

CREATE FUNCTION add_event_of_alarm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (at, kind, ref, detail) VALUES (NEW.told_at, 131, NEW.device_id, NEW.detail);
    RETURN NULL;
END $$;
CREATE TRIGGER event_of_first_alarm AFTER INSERT ON device_alarms FOR EACH ROW EXECUTE FUNCTION add_event_of_alarm();
CREATE TRIGGER event_of_alarm AFTER UPDATE OF told_at ON device_alarms FOR EACH ROW WHEN (OLD.told_at IS DISTINCT FROM NEW.told_at) EXECUTE FUNCTION add_event_of_alarm();

-- The first board that leaves a certified build, compromised (3) or drifted (6) after it was conformant (10), opens a non-conformity for the body.
CREATE FUNCTION open_case_of_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases (type, certificate_id, opened_by, holder, body, opened_at, summary, is_open)
    SELECT 1, c.id, '', b.manufacturer, c.body, NEW.at, 'A board that ran the certified build ' || b.version || ' left conformance.', 1
    FROM certificates c JOIN builds b ON b.id = c.build_id
    WHERE c.status = 1 AND c.valid_until >= NEW.at
        AND c.build_id = (SELECT a.build FROM device_history h JOIN appraisals a ON a.id = h.appraisal_id
            WHERE h.device_id = NEW.device_id AND h.seq < NEW.seq AND h.conformity = 10 ORDER BY h.seq DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.certificate_id = c.id AND k.type = 1 AND k.is_open = 1);
    RETURN NULL;
END $$;
CREATE TRIGGER case_of_drift AFTER INSERT ON device_history FOR EACH ROW WHEN (NEW.conformity IN (3, 6)) EXECUTE FUNCTION open_case_of_drift();

-- 30 days: the time for a remedy.
CREATE FUNCTION begin_case_of_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO case_clocks (case_id, name, due_at) VALUES (NEW.id, 'remedy', NEW.opened_at + 30 * 86400000::bigint);
    INSERT INTO case_events (case_id, at, step, taken_by, person, rationale_public, rationale_confidential, dissent)
    VALUES (NEW.id, NEW.opened_at, 1, '', '', NEW.summary, '', '');
    RETURN NULL;
END $$;
CREATE TRIGGER case_of_drift_opened AFTER INSERT ON cases FOR EACH ROW WHEN (NEW.type = 1 AND NEW.opened_by = '') EXECUTE FUNCTION begin_case_of_drift();

CREATE FUNCTION add_certificate_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One after the other, without gaps: writers take turns.
    INSERT INTO certificate_places (number, certificate_id) SELECT coalesce(max(number), 0) + 1, NEW.id FROM certificate_places;
    RETURN NULL;
END $$;
CREATE TRIGGER certificate_place AFTER INSERT ON certificates FOR EACH ROW EXECUTE FUNCTION add_certificate_place();
