-- Whether components have certificates in force is part of every verdict: a start reads the lists of one manufacturer after the other.
CREATE INDEX component_lists_by_manufacturer ON component_lists (manufacturer, seq);
