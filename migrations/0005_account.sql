-- One's own account.

-- Hashes of the passwords before the one in force, so that none of the last three is taken again.
CREATE TABLE former_password (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- A link between parent and pupil that the parent says is wrong grants nothing until the school has looked into it.
ALTER TABLE guardianship ADD COLUMN disputed_at BIGINT;

-- An account whose letter was added to another account: its identifier finds that one. Its person stays known to the
-- roster, and names its successor.
ALTER TABLE account ADD COLUMN merged_into TEXT REFERENCES account (id);
ALTER TABLE person ADD COLUMN merged_into TEXT REFERENCES person (id);

-- What holders asked their schools to look into, so that the same request again is one mail.
CREATE TABLE school_request (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    slot BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, slot)
);
CREATE INDEX school_request_by_time ON school_request (asked_at);

-- Which services an account was used for, and when last: sessions end, this stays.
CREATE TABLE service_use (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    relying_party_id TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, relying_party_id)
);
