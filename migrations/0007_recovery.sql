-- The ways back in.

-- At most one for each account, beside the person's own password.
CREATE TABLE temporary_password (
    account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    -- a few bits of a keyed tag: they say which of the hashes a typed password is tried against
    tag TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    -- the session that it opened, until that session has replaced it
    used_by TEXT,
    CHECK (used_by IS NULL OR used_at IS NOT NULL)
);
CREATE INDEX temporary_password_by_end ON temporary_password (expires_at);
