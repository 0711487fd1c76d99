-- Addresses from which mail came back: refused by the mail server for good, or by a delivery report. The next sign-in of
-- whoever has confirmed one asks to correct it.
CREATE TABLE bounced_address (
    email_folded TEXT PRIMARY KEY,
    -- the status that the mail server or the report gave
    cause TEXT NOT NULL,
    bounced_at BIGINT NOT NULL
);
