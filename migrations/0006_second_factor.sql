-- Second factors, and what the list of sessions tells.

ALTER TABLE session ADD COLUMN network TEXT NOT NULL DEFAULT '';

-- An application for one-time codes (RFC 6238); one for each account.
CREATE TABLE totp (
    account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- sealed: it must be read again
    seed TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- none until a first code has shown that the application holds the seed
    confirmed_at BIGINT,
    -- the last step of time whose code was taken: each is taken once
    last_step BIGINT NOT NULL,
    used_at BIGINT
);

-- Keys of WebAuthn; `id` is the credential's, in base64url.
CREATE TABLE passkey (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- the public key and its counter (JSON)
    credential TEXT NOT NULL,
    -- what the key knows the account by
    user_handle TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkey_by_account ON passkey (account_id);

-- Codes for whoever has lost the rest; only a keyed digest.
CREATE TABLE recovery_code (
    digest TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX recovery_code_by_account ON recovery_code (account_id);
