-- From the letter to the operational account.

-- What is remembered of an account's last letter.
CREATE TABLE letter (
    account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- code | words
    kind TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- after its use, until the printed date
    spent_hash TEXT,
    spent_tag TEXT,
    spent_until BIGINT,
    CHECK ((spent_hash IS NULL) = (spent_tag IS NULL)),
    CHECK ((spent_hash IS NULL) = (spent_until IS NULL))
);
CREATE INDEX letter_by_end ON letter (spent_until);

-- A right password of an account that is not operational yet, bound to a browser: no session.
CREATE TABLE activation_proof (
    id TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    portal TEXT NOT NULL,
    interaction_id TEXT,
    -- the letter that was proven; none where the person's own password was
    letter TEXT,
    letter_tag TEXT,
    expires_at BIGINT NOT NULL,
    CHECK ((letter IS NULL) = (letter_tag IS NULL))
);
CREATE INDEX activation_proof_by_account ON activation_proof (account_id);
CREATE INDEX activation_proof_by_expiry ON activation_proof (expires_at);

-- Links in mails that confirm an address; only the digest of the secret.
CREATE TABLE link (
    digest TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    portal TEXT NOT NULL,
    browser TEXT NOT NULL,
    interaction_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    superseded_at BIGINT,
    -- two minutes, counted from 1970: within one, the same request is one mail
    slot BIGINT NOT NULL,
    UNIQUE (account_id, email_folded, slot)
);
CREATE INDEX link_by_email ON link (email_folded, created_at);
CREATE INDEX link_by_expiry ON link (expires_at);
