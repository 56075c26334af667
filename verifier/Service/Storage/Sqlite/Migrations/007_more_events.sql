-- Two more kinds of events: 7 a build was retired (row of build_events), 8 the minimum of a class was raised (row of class_minimums).

CREATE TRIGGER event_of_retired_build AFTER INSERT ON build_events WHEN NEW.event = 'retired' BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 7, NEW.seq);
END;

CREATE TRIGGER event_of_class_minimum AFTER INSERT ON class_minimums BEGIN
    INSERT INTO events (at, kind, ref) VALUES (NEW.at, 8, NEW.seq);
END;
