-- One's own account.

-- Hashes of the passwords before the one in force, so that none of the last three is taken again.
CREATE TABLE former_password (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (account_id, hash)
);
