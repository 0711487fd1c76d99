-- Charters, who accepted them, and the address for notifications.

-- A published version never changes.
CREATE TABLE charter (
    id TEXT PRIMARY KEY,
    -- none: for every school
    establishment_id TEXT REFERENCES establishment (id),
    -- what it is (JSON of domain::Charter)
    document TEXT NOT NULL,
    effective_at BIGINT NOT NULL,
    body_fr TEXT NOT NULL,
    body_en TEXT,
    -- the file as it was published
    source TEXT NOT NULL,
    published_at BIGINT NOT NULL
);
CREATE INDEX charter_by_effect ON charter (effective_at, published_at);

-- One row per account and version: the person's own acceptance, and the guardian's where one is needed.
CREATE TABLE charter_signature (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    charter_id TEXT NOT NULL REFERENCES charter (id),
    accepted_at BIGINT,
    -- the language it was read in, and who acted: none for a command
    language TEXT,
    accepted_by TEXT,
    guardian_at BIGINT,
    guardian_language TEXT,
    -- the guardian's account; none for a signature on paper
    guardian_id TEXT,
    -- a minor version's notice was put away
    seen_at BIGINT,
    PRIMARY KEY (account_id, charter_id),
    CHECK ((accepted_at IS NULL) = (language IS NULL))
);
CREATE INDEX charter_signature_by_charter ON charter_signature (charter_id);

-- For which charters in force it is known that this session owes none.
ALTER TABLE session ADD COLUMN charters TEXT;

-- The answer to the question for an address for notifications; no row: not asked yet, no address: declined.
CREATE TABLE notification_address (
    account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    email TEXT,
    -- waits for its confirmation
    awaiting TEXT,
    answered_at BIGINT NOT NULL
);
