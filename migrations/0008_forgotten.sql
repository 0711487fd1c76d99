-- Forgotten identifiers and passwords: who is reached at an address, and the codes of the three steps.

-- Addresses of the roster are compared as those of accounts are.
ALTER TABLE person ADD COLUMN email_folded TEXT;
UPDATE person SET email_folded = LOWER(email);
CREATE INDEX person_by_email ON person (email_folded);

-- A code that was asked for in one browser; only a keyed digest of it. It is made whatever address was typed.
CREATE TABLE security_code (
    id TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    portal TEXT NOT NULL,
    interaction_id TEXT,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    code TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- when the mail with it was owed: without that no code is the right one
    sent_at BIGINT,
    -- when it was typed
    proven_at BIGINT,
    -- whose password is changed, once that is known
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    -- when it was used, given up, guessed at too often or replaced by a newer one
    ended_at BIGINT
);
CREATE INDEX security_code_by_browser ON security_code (browser, created_at);
CREATE INDEX security_code_by_email ON security_code (email_folded, created_at);
CREATE INDEX security_code_by_end ON security_code (expires_at);
