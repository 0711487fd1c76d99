-- Links serve more than the activation: each has a purpose.

DROP TABLE link;

-- Links in mails; only the digest of the secret.
CREATE TABLE link (
    digest TEXT PRIMARY KEY,
    -- what its button does: activation
    purpose TEXT NOT NULL,
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
    UNIQUE (account_id, purpose, email_folded, slot)
);
CREATE INDEX link_by_email ON link (email_folded, purpose, created_at);
CREATE INDEX link_by_expiry ON link (expires_at);
