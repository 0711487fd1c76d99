-- What was asked of schools by the help form. Who asked and what stands in the mail alone.
CREATE TABLE help_request (
    reference TEXT PRIMARY KEY,
    portal TEXT NOT NULL,
    establishment_id TEXT NOT NULL REFERENCES establishment (id) ON DELETE CASCADE,
    -- a keyed tag of all that was typed: the same form sent twice is one request
    tag TEXT NOT NULL,
    slot BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    UNIQUE (tag, slot)
);
CREATE INDEX help_request_by_time ON help_request (asked_at);
